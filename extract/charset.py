"""The characters of a page's bytes, much as a browser finds them (WHATWG HTML, 13.2.3).

    byte order mark → charset of the HTTP header → valid UTF-8 → charset of a meta tag →
    detection

Valid UTF-8 goes before the meta tag, other than in browsers: pages that were saved or passed
on as UTF-8 often keep the tag of their first life, and no text in another charset of today
is valid UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)

HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)

PRESCAN_BYTES = 8192
"""Where the meta tag is looked for. Browsers read 1024 bytes, but many sites put it later."""

DETECT_BYTES = 64 * 1024
"""What detection looks at: its time grows with the bytes, its certainty hardly."""

SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
"""What a label means on the web: the larger set that contains it (WHATWG Encoding, 4.2).
A tag that can be read is not in UTF-16, whatever it says."""

UNSUITABLE = frozenset(
    {
        "utf-7",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "mbcs",
        "oem",
        "undefined",
    }
)
"""Codecs of Python that are no charset of the web; UTF-7 can hide markup."""


WITH_MARKS = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
"""What detection takes short texts for, and pages without a byte order mark never are."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of the bytes; what cannot be read becomes U+FFFD."""
    for mark, charset in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    header = HEADER_CHARSET.search(content_type or "")
    stated = _codec(header[1]) if header else None
    if stated is not None:
        return body.decode(stated, "replace")
    tag = META_CHARSET.search(body[:PRESCAN_BYTES])
    declared = _codec(tag[1].decode("ascii", "replace")) if tag else None
    if declared != "iso2022_jp":  # the one that is valid ASCII all through
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return body.decode(declared or _detected(body), "replace")


def _codec(label: str) -> str | None:
    """Python's codec for a label of the web; None where there is none, or no suitable one."""
    try:
        found = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return None
    if found.name in UNSUITABLE or not found._is_text_encoding:
        return None
    return SUPERSETS.get(found.name, found.name)


def _detected(body: bytes) -> str:
    best = from_bytes(body[:DETECT_BYTES], cp_exclusion=WITH_MARKS).best()
    return (_codec(best.encoding) if best else None) or "cp1252"
