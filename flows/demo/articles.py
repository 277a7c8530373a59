"""The articles of the sample wire, read from `wire/articles/*.md`.

A file is TOML front matter between two lines of `+++`, then paragraphs of plain text parted
by empty lines:

    slug        as the file's name
    outlet      one of outlets.toml
    title, author, published (with its offset from UTC)
    kind        article; copy (a syndicated text, of the slug in `copy_of`); paywall (the page
                shows the first `free` paragraphs)
    topic       what the story is on, one of extract.articles.TOPICS: for tests, never served
    tags        categories, as the outlet shows them
    caption     of the page's picture, where it has one
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from extract.articles import TOPICS
from extract.errors import DataError

WIRE = Path(__file__).with_name("wire")
KINDS = ("article", "copy", "paywall")
TYPES: Mapping[str, type] = {
    "slug": str, "outlet": str, "title": str, "author": str, "published": datetime, "kind": str,
    "topic": str, "tags": list, "copy_of": str, "caption": str, "free": int,
}  # fmt: skip
REQUIRED = frozenset(TYPES) - {"copy_of", "caption", "free"}
FENCE = "+++"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet; the fields are explained in outlets.toml."""

    id: str
    name: str
    about: str
    language: str
    path: str
    encoding: str


@dataclass(frozen=True, slots=True)
class WireFeed:
    """One feed of the wire; the fields are explained in outlets.toml."""

    id: str
    path: str
    template: str
    type: str
    encoding: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WireArticle:
    """One article; `paragraphs` is its whole text, `open_paragraphs` what its page shows."""

    slug: str
    outlet: str
    title: str
    author: str
    published: datetime
    kind: str
    topic: str
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]
    copy_of: str | None = None
    caption: str | None = None
    free: int | None = None

    @property
    def open_paragraphs(self) -> tuple[str, ...]:
        return self.paragraphs[: self.free]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def path(self) -> str:
        """Of its page on the server."""
        return self.published.strftime(outlets()[self.outlet].path).format(slug=self.slug)


@cache
def outlets() -> Mapping[str, Outlet]:
    """The outlets by id."""
    return {name: Outlet(id=name, **table) for name, table in _registry()["outlets"].items()}


@cache
def feeds() -> Mapping[str, WireFeed]:
    """The feeds that work, by id."""
    return {
        name: WireFeed(id=name, **table | {"outlets": tuple(table["outlets"])})
        for name, table in _registry()["feeds"].items()
    }


def _registry() -> dict[str, Any]:
    return tomllib.loads((WIRE / "outlets.toml").read_text(encoding="utf-8"))


def articles(folder: Path = WIRE / "articles") -> tuple[WireArticle, ...]:
    """The articles in order of publication; raises DataError, with the line, at a bad file."""
    found = {path: read_article(path) for path in sorted(folder.glob("*.md"))}
    slugs = {article.slug for article in found.values()}
    for path, article in found.items():
        if article.copy_of and article.copy_of not in slugs - {article.slug}:
            line = _line(path.read_text(encoding="utf-8").splitlines(), "copy_of")
            raise DataError(path, line, f"copy_of names no other article: {article.copy_of}")
    return tuple(sorted(found.values(), key=lambda article: article.published))


def read_article(path: Path) -> WireArticle:
    """One file; raises DataError, with the line, where it is not what the module says."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != FENCE:
        raise DataError(path, 1, f"does not begin with {FENCE}")
    if FENCE not in lines[1:]:
        raise DataError(path, len(lines), f"the front matter is not closed with {FENCE}")
    close = lines.index(FENCE, 1)
    try:
        # The opening fence becomes an empty line, so that the parser counts lines as the file does.
        fields = tomllib.loads("\n".join(["", *lines[1:close]]))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        raise DataError(path, int(place[1]) if place else close, str(error)) from error
    _check(path, lines, fields)
    body = "\n".join(lines[close + 1 :]).strip()
    if not body:
        raise DataError(path, close + 1, "has no text under the front matter")
    paragraphs = tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", body))
    free = fields.get("free")
    if free is not None and not 0 < free < len(paragraphs):
        raise DataError(path, _line(lines, "free"), "free leaves no paragraph, or all, to be read")
    return WireArticle(**fields | {"tags": tuple(fields["tags"]), "paragraphs": paragraphs})


def _check(path: Path, lines: list[str], fields: Mapping[str, Any]) -> None:
    if missing := sorted(REQUIRED - set(fields)):
        raise DataError(path, 1, f"the front matter lacks {', '.join(missing)}")
    for key, value in fields.items():
        if problem := _problem(path, key, value, fields):
            raise DataError(path, _line(lines, key), problem)


def _problem(path: Path, key: str, value: Any, fields: Mapping[str, Any]) -> str | None:
    choices = {"outlet": tuple(outlets()), "kind": KINDS, "topic": TOPICS}.get(key)
    belongs = {"copy_of": "copy", "free": "paywall"}
    if key not in TYPES:
        return f"there is no key {key}"
    if type(value) is not TYPES[key]:
        return f"{key} is of the type {TYPES[key].__name__}, not {value!r}"
    if choices and value not in choices:
        return f"{key} is one of {', '.join(choices)}, not {value}"
    if key == "slug" and value != path.stem:
        return f"the slug is {value}, but the file's name is {path.stem}"
    if isinstance(value, datetime) and value.tzinfo is None:
        return "published has no offset from UTC"
    if key in belongs and fields["kind"] != belongs[key]:
        return f"{key} is for the kind {belongs[key]} only"
    if key == "kind":
        needed = next((name for name, kind in belongs.items() if kind == value), None)
        if needed and needed not in fields:
            return f"the kind {value} needs {needed}"
    return None


def _line(lines: list[str], key: str) -> int | None:
    return next((n for n, row in enumerate(lines, 1) if re.match(rf"{key}\s*=", row)), None)
