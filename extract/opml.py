"""Subscriptions as OPML 2.0 (http://opml.org/spec2.opml), the way feed readers trade them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from extract.errors import DataError
from extract.plain import line


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody reads. `folder` holds nested folders parted by "/", "" for none."""

    url: str
    title: str
    folder: str = ""


def read_opml(body: bytes, name: str = "OPML") -> list[Subscription]:
    """The subscriptions of a file, in its order, each address once.

    Outlines without `xmlUrl` are folders. Raises DataError with the line where the file is
    not well-formed, and where it is no OPML. Entities are not expanded and nothing is loaded.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DataError(name, error.lineno, f"not well-formed: {error.msg}") from error
    if etree.QName(root).localname.lower() != "opml":
        raise DataError(name, root.sourceline, f"<{root.tag}> is no OPML")
    found: dict[str, Subscription] = {}
    for top in root.findall("body"):
        for subscription in _outlines(top):
            found.setdefault(subscription.url, subscription)
    return list(found.values())


def _outlines(top: etree._Element) -> Iterator[Subscription]:
    # A stack, not recursion: a file may nest deeper than Python's stack reaches.
    waiting = [(outline, "") for outline in reversed(top.findall("outline"))]
    while waiting:
        outline, folder = waiting.pop()
        attributes = {key.lower(): value for key, value in outline.attrib.items()}
        title = line(attributes.get("title") or attributes.get("text") or "")
        url = attributes.get("xmlurl", "").strip()
        if url:
            yield Subscription(url, title or url, folder)
        else:
            folder = "/".join(part for part in (folder, title.replace("/", "-")) if part)
        waiting += [(inner, folder) for inner in reversed(outline.findall("outline"))]


def write_opml(subscriptions: Iterable[Subscription], title: str = "Subscriptions") -> bytes:
    """An OPML 2.0 file of the subscriptions, UTF-8; `read_opml` reads them back the same."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = line(title)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {"": body}
    for subscription in subscriptions:
        parent = body
        path = ""
        for name in filter(None, subscription.folder.split("/")):
            path = f"{path}/{name}"
            if path not in folders:
                folders[path] = etree.SubElement(parent, "outline", text=line(name))
            parent = folders[path]
        etree.SubElement(
            parent,
            "outline",
            type="rss",
            text=line(subscription.title),
            xmlUrl=line(subscription.url),
        )
    written = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return bytes(written)
