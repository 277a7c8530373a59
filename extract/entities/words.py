"""The word lists of words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from extract.errors import DataError


@cache
def _lists() -> dict[str, str]:
    path = Path(__file__).with_name("words.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(path, None, str(error)) from error


def words(name: str) -> frozenset[str]:
    """One list, as written in the file."""
    return frozenset(_lists()[name].split())
