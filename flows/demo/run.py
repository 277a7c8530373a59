"""The demo's run: the wire, a mail server, and the pipeline between them."""

from __future__ import annotations

import email
import sys
from email.policy import default
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import click
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from flows.demo.server import RECORDS, WireServer
from flows.house import now
from flows.prefect_env import prepare
from flows.server import free_port, prefect_server
from warehouse.contradictions import contradictions
from warehouse.feeds import subscribe
from warehouse.importing import read_records
from warehouse.reading import published
from warehouse.records import Record, add_records
from warehouse.store import Warehouse

CONFIG = """\
# Made by `counterclaim demo`: everything on this machine, and no politeness needed.

[web]
pause_seconds = 0
whole_seconds = 5      # one feed of the wire never ends
max_megabytes = 2
allow_hosts = ["{wire}"]

[compare]
min_confidence = 0.2   # some figures of the wire are read less surely than what is told by default
curated = false        # the wire brings its own records

[mail]
host = "{mail_host}"
port = {mail_port}
security = "none"
sender = "Counterclaim <alerts@counterclaim.example>"
recipients = ["desk@newsroom.example"]
"""


class Mailbox:
    """Keeps each mail that the server takes as `.eml`, and its HTML part beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(  # noqa: N802 -- the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Takes one mail."""
        content = cast(bytes, envelope.content)
        number = len(list(self.folder.glob("*.eml"))) + 1
        (self.folder / f"{number:03}.eml").write_bytes(content)
        message = email.message_from_bytes(content, policy=default)
        html = message.get_body(("html",))
        if html is not None:
            path = self.folder / f"{number:03}.html"
            path.write_text(html.get_content(), encoding="utf-8")
        return "250 Taken"


def run_demo(home: Path) -> list[dict[str, Any]]:
    """Runs the pipeline once over the sample wire; gives the contradictions that are open."""
    (home / "state").mkdir(parents=True)
    (home / "state" / "demo").touch()
    controller = Controller(Mailbox(home / "mail"), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with WireServer() as wire:
            set_up(home, wire, controller)
            click.echo("Starting the embedded Prefect server", err=True)
            prepare(home, by_hand=True)
            with prefect_server():
                from flows.monitor import run_once

                run_once(str(home))
    finally:
        controller.stop()
    with published(Warehouse(home).published) as connection:
        return contradictions(connection)


def set_up(home: Path, wire: WireServer, controller: Controller) -> None:
    """Settings, subscriptions and the records of the wire's world."""
    host, port = controller.hostname, controller.port
    config = CONFIG.format(wire=urlsplit(wire.url).netloc, mail_host=host, mail_port=port)
    (home / "config.toml").write_text(config, encoding="utf-8")
    warehouse = Warehouse(home)
    subscribe(warehouse, [(url, None, None) for url in wire.feed_urls], now())
    records = [row for row in read_records(RECORDS) if isinstance(row, Record)]
    add_records(warehouse, records, now())
    print(
        f"Sample wire at {wire.url}, {len(wire.feed_urls)} feeds, {len(records)} records; "
        f"mail server at {host}:{port}",
        file=sys.stderr,
    )
