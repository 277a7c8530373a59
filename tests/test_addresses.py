"""One spelling an address, and whose it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.addresses import canonical, outlet

SPELLINGS = [
    (
        "HTTP://Www.Example.COM:80/News/Story/?b=2&a=1#comments",
        "http://www.example.com/News/Story/?a=1&b=2",
    ),
    ("https://example.com:443", "https://example.com/"),
    ("https://example.com:8443/a", "https://example.com:8443/a"),
    ("https://example.com./a", "https://example.com/a"),
    ("  https://example.com/a\n", "https://example.com/a"),
    ("https://reader:secret@example.com/a", "https://example.com/a"),
    (
        "https://example.com/a?utm_source=rss&UTM_Medium=feed&id=7&fbclid=x&gclid=y&mc_cid=z",
        "https://example.com/a?id=7",
    ),
    (
        "https://example.com/a?ref=7&source=wire&id=9",
        "https://example.com/a?id=9&ref=7&source=wire",
    ),
    (
        "https://example.com/a?q=two+words&q=%C3%A9t%C3%A9",
        "https://example.com/a?q=two%20words&q=%C3%A9t%C3%A9",
    ),
    ("https://example.com/größe", "https://example.com/gr%C3%B6%C3%9Fe"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
    ("https://[2606:4700::1111]:443/a", "https://[2606:4700::1111]/a"),
    # twins of the desktop's page
    ("https://example.com/2025/story/amp/", "https://example.com/2025/story"),
    ("https://example.com/2025/story.amp.html", "https://example.com/2025/story.html"),
    ("https://example.com/story?amp=1&outputType=amp", "https://example.com/story"),
    ("https://amp.example.com/story", "https://www.example.com/story"),
    ("https://m.example.co.uk/story", "https://www.example.co.uk/story"),
    ("https://en.m.example.org/wiki/Chip", "https://en.example.org/wiki/Chip"),
    (
        "https://www.google.com/amp/s/www.example.com/story/amp?utm_source=x&p=2",
        "https://www.example.com/story?p=2",
    ),
    (
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/story",
        "https://www.example.com/story",
    ),
    # no twins
    ("https://example.com/champ", "https://example.com/champ"),
    ("https://example.com/amp/guitars", "https://example.com/amp/guitars"),
    ("https://m.com/a", "https://m.com/a"),
    ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
]


@pytest.mark.parametrize(("url", "expected"), SPELLINGS)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:///a",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "http://[::1/",
        "http://./",
        "https://" + "ü" * 300 + "/",
    ],
)
def test_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(url)


@given(st.text(max_size=60))
def test_any_path_and_query_is_canonical_at_once(text: str) -> None:
    once = canonical(f"https://example.com/{text}".replace("\\", ""))
    assert canonical(once) == once
    assert once.isascii()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/a", "example.com"),
        ("https://m.example.com/a", "example.com"),
        ("https://WWW.Example.co.uk:8080/a", "example.co.uk"),
        ("https://blog.example.com/a", "blog.example.com"),
        ("http://127.0.0.1:8000/a", "127.0.0.1"),
    ],
)
def test_outlet(url: str, expected: str) -> None:
    assert outlet(url) == expected
