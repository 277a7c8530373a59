"""Entities of the AI race: who and what figures are about, and who states them."""

from extract.entities.catalogue import KINDS, Entity
from extract.entities.registry import Mention, Registry, registry

__all__ = ["KINDS", "Entity", "Mention", "Registry", "registry"]
