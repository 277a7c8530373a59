"""Ids that follow from content, so that doing a thing twice makes nothing twice."""

from __future__ import annotations

import hashlib


def stable_id(*parts: object) -> str:
    """16 hex digits of SHA-256 over the parts: 64 bits, safe up to some 10⁸ rows."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
