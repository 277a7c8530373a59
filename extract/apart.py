"""What is done in worker processes, with what strangers serve (see sandbox).

A worker imports the module of the function that it runs, so these stand where they bring in
parsers and nothing else.
"""

from __future__ import annotations

from extract.copies import signature
from extract.feeds import Feed, parse_feed
from extract.pages import Page, read_page


def parse_feed_apart(body: bytes, url: str, content_type: str | None) -> Feed:
    """`parse_feed` as a worker takes it; raises FeedError."""
    return parse_feed(body, url=url, content_type=content_type)


def read_page_apart(body: bytes, url: str | None, content_type: str | None) -> Page:
    """`read_page` as a worker takes it; raises PageError."""
    return read_page(body, url=url, content_type=content_type)


def read_article_apart(body: bytes, url: str, content_type: str | None) -> tuple[Page, bytes]:
    """A page, and the signature of its text; raises PageError."""
    page = read_page(body, url=url, content_type=content_type)
    return page, signature(page.text)
