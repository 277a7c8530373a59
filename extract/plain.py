"""Plain text out of what strangers wrote: NFC, no control characters, no markup."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# What must not reach a text: control characters, surrogates without a partner, characters
# that turn the direction of reading or have no width (they hide words from a search, and
# a soft hyphen stands inside one), and the code points that are no characters.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
BLANKS = re.compile(r"\s+")
REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?")
TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|![^<>]*)>")
HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
BLOCK_END = re.compile(r"<(?:/(?:p|div|li|h[1-6]|tr|blockquote)|br\s*/?)\s*>", re.IGNORECASE)


def line(text: str) -> str:
    """The text as one line: NFC, blanks of every kind and number as one space."""
    return BLANKS.sub(" ", UNWANTED.sub("", unicodedata.normalize("NFC", text))).strip()


def paragraphs(text: str) -> str:
    """The text with its paragraphs parted by one line break, none of them empty."""
    return "\n".join(filter(None, (line(part) for part in BREAKS.split(text))))


def without_markup(html: str) -> str:
    """The text of a fragment of HTML, as of a feed's title; "1 < 2" stays as it is."""
    text = HIDDEN.sub(" ", html) if "<" in html else html
    return unescape(TAG.sub("", BLOCK_END.sub("\n", text)))


def safe_references(html: str) -> str:
    """The HTML with its numeric references to unwanted characters gone, and those to
    Windows-1252 (`&#147;`) as the characters that browsers show. libxml2 hands them through as
    control characters, and what reads its text then fails on the whole page."""
    return REFERENCE.sub(_safe_reference, html)


def _safe_reference(match: re.Match[str]) -> str:
    character = unescape(match[0])
    if UNWANTED.search(character) or character in ("", "\ufffd"):
        return ""
    plain = match[0].rstrip(";")[2:]
    number = int(plain[1:], 16) if plain[0] in "xX" else int(plain)
    return character if 0x80 <= number <= 0x9F else match[0]
