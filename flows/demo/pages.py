"""Pages and feeds of the sample wire, rendered from `wire/templates`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.demo.articles import WIRE, Outlet, WireArticle, WireFeed, outlets

RELATED = 3
"""Other stories beside an article: enough that their figures could be mistaken for its own."""


def render_page(article: WireArticle, visible: Sequence[WireArticle], base: str) -> bytes:
    """The page of an article, with links to others of its outlet that are `visible`."""
    outlet = outlets()[article.outlet]
    own = [other for other in visible if other.outlet == article.outlet and other != article]
    # The nearest before it, as a site would have linked them on the day; then whatever else.
    earlier = [other for other in reversed(own) if other.published <= article.published]
    related = (earlier + [other for other in own if other not in earlier])[:RELATED]
    text = _template(f"{outlet.id}.html.j2").render(
        article=article, outlet=outlet, related=related, base=base
    )
    return _encode(text, outlet.encoding)


def render_home(outlet: Outlet, feed: WireFeed, visible: Sequence[WireArticle], base: str) -> bytes:
    """The front page of an outlet: its articles, the newest first, and the address of its feed."""
    own = [article for article in reversed(visible) if article.outlet == outlet.id]
    text = _template("home.html.j2").render(outlet=outlet, feed=feed, articles=own, base=base)
    return _encode(text, outlet.encoding)


def render_feed(feed: WireFeed, visible: Sequence[WireArticle], base: str) -> bytes:
    """The feed with its visible articles, the newest first."""
    carried = [article for article in reversed(visible) if article.outlet in feed.outlets]
    text = _template(feed.template).render(
        feed=feed, outlet=outlets()[feed.outlets[0]], outlets=outlets(), articles=carried, base=base
    )
    return _encode(text, feed.encoding)


def _encode(text: str, encoding: str) -> bytes:
    # A sign that the encoding lacks, such as the euro in ISO-8859-1, goes out as a reference.
    return text.encode(encoding, "xmlcharrefreplace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WIRE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    environment.filters["rfc822"] = format_datetime
    return environment


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _template(name: str) -> Any:
    return _environment().get_template(name)
