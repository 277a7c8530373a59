"""Subscriptions: feeds add, feeds import, feeds list, feeds remove."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import click

from extract.addresses import canonical
from flows.cli.tables import show
from flows.house import now
from warehouse.contradictions import json_ready
from warehouse.feeds import subscribe, subscriptions, unsubscribe
from warehouse.store import Warehouse

SHIPPED = Path(__file__).parent.parent / "feeds.opml"
"""Feeds to start from."""


@click.group()
def feeds() -> None:
    """Subscriptions, with each feed's health."""


@feeds.command()
@click.argument("url")
@click.option("--title", help="What to call it; the feed's own title if not given.")
@click.pass_obj
def add(home: Path, url: str, title: str | None) -> None:
    """Subscribes to one feed."""
    try:
        address = checked(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None
    _subscribe(home, [(address, title, None)])


@feeds.command("import")
@click.argument("file", type=click.File("rb"), required=False)
@click.pass_obj
def import_(home: Path, file: IO[bytes] | None) -> None:
    """Subscribes to every feed of an OPML file, folders kept.

    Without FILE it takes the list that ships: AI, technology, business and policy desks.
    """
    from extract.opml import read_opml

    wanted, bad = [], 0
    for feed in read_opml(file.read() if file else SHIPPED.read_bytes()):
        try:
            wanted.append((checked(feed.url), feed.title, feed.folder))
        except ValueError as error:
            bad += 1
            click.echo(f"counterclaim: {feed.title or 'feed'}: {feed.url!r}: {error}", err=True)
    _subscribe(home, wanted)
    sys.exit(1 if bad else 0)


@feeds.command("list")
@click.option("--json", "as_json", is_flag=True, help="Whole rows as a JSON list.")
@click.pass_obj
def list_(home: Path, as_json: bool) -> None:
    """Lists the subscriptions."""
    rows = subscriptions(Warehouse(home))
    if as_json:
        click.echo(json.dumps([json_ready(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("No feed is subscribed: try `counterclaim feeds import`.", err=True)
        return
    show(
        ["folder", "title", "url", "health", "entries", "last polled", "why"],
        [
            (
                row["folder"],
                row["title"],
                row["url"],
                row["health"],
                row["entries"],
                row["polled_at"].strftime("%Y-%m-%d %H:%M") if row["polled_at"] else "",
                row["error"] or row["warning"],
            )
            for row in rows
        ],
    )


@feeds.command()
@click.argument("url")
@click.pass_obj
def remove(home: Path, url: str) -> None:
    """Ends one subscription; what the feed has brought stays."""
    warehouse = Warehouse(home)
    try:
        known = unsubscribe(warehouse, url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="URL") from None
    if not known:
        raise click.ClickException(f"no feed of that address is subscribed: {url}")
    warehouse.publish()


def checked(url: str) -> str:
    """The address as given; raises ValueError where it cannot be polled."""
    canonical(url)
    if re.search(r"\s", url.strip()) or urlsplit(url).username:
        raise ValueError("an address has neither spaces nor a user name in it")
    return url.strip()


def _subscribe(home: Path, wanted: Sequence[tuple[str, str | None, str | None]]) -> None:
    warehouse = Warehouse(home)
    new = subscribe(warehouse, wanted, now())
    warehouse.publish()
    click.echo(f"{new} new, {len(wanted) - new} known already", err=True)
