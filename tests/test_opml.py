"""Subscriptions in and out as OPML."""

from __future__ import annotations

import time

import pytest

from extract.errors import DataError
from extract.opml import Subscription, read_opml, write_opml

NESTED = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1">
  <head><title>Mine</title></head>
  <body>
    <outline text="Labs">
      <outline text="Norway/Sweden" title="Norway/Sweden">
        <outline type="rss" text="Halden &amp; S\xf8nn" xmlUrl="https://halden.example/feed.xml" htmlUrl="https://halden.example/"/>
      </outline>
      <outline type="rss" title="Title wins" text="Text" xmlUrl=" https://labs.example/rss "/>
    </outline>
    <outline type="atom" XMLURL="https://top.example/atom"/>
    <outline text="Twice" xmlUrl="https://top.example/atom"/>
    <outline text="Empty folder"/>
  </body>
</opml>"""


def test_nested_folders() -> None:
    assert read_opml(NESTED) == [
        Subscription("https://halden.example/feed.xml", "Halden & Sønn", "Labs/Norway-Sweden"),
        Subscription("https://labs.example/rss", "Title wins", "Labs"),
        Subscription("https://top.example/atom", "https://top.example/atom", ""),
    ]


def test_written_subscriptions_read_back_the_same() -> None:
    subscriptions = [
        *read_opml(NESTED),
        Subscription('https://a.example/?x=1&y="2"', "<Ärger> & 数字\x07", "Labs/New"),
    ]
    again = read_opml(write_opml(subscriptions))
    clean = Subscription('https://a.example/?x=1&y="2"', "<Ärger> & 数字", "Labs/New")
    assert set(again) == {*subscriptions[:-1], clean}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "not well-formed"),
        (b"no xml at all", "feeds.opml:1: not well-formed"),
        (b"<opml>\n<body>\n<outline text='a'>\n</body></opml>", "feeds.opml:4: not well-formed"),
        (b"<opml><body><outline text='a\xff' xmlUrl='x'/></body></opml>", "not well-formed"),
        (b"<?xml version='1.0'?>\n<rss><channel/></rss>", "feeds.opml:2: <rss> is no OPML"),
        (b"<opml><body>" + b"<outline>" * 100_000, "not well-formed"),
    ],
)
def test_ill_formed_file_names_its_line(body: bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read_opml(body, "feeds.opml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_file_without_subscriptions() -> None:
    assert read_opml(b"<opml version='2.0'><head/></opml>") == []


def test_entities_neither_explode_nor_read_files() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE opml [<!ENTITY a0 "ha">{levels}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    for where in (
        '<outline text="&a9;" xmlUrl="http://x.example/"/>',
        '<outline xmlUrl="http://x.example/">&a9;&f;</outline>',
    ):
        started = time.monotonic()
        try:
            found = read_opml(f"{bomb}<opml><body>{where}</body></opml>".encode())
        except DataError:
            found = []
        assert time.monotonic() - started < 1
        assert all(len(subscription.title) < 1000 for subscription in found)
