"""The word lists of words.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extract.toml import read_toml


@cache
def _lists() -> dict[str, str]:
    return read_toml(Path(__file__).with_name("words.toml"))


def words(name: str) -> frozenset[str]:
    """One list, as written in the file."""
    return frozenset(_lists()[name].split())
