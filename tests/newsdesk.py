"""A whole installation on the sample wire: real HTTP, real SMTP, real Prefect, real processes."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from flows.demo.run import set_up
from flows.demo.server import Answer, WireServer
from flows.server import free_port
from warehouse.reading import ask
from warehouse.store import Warehouse

Hook = Callable[[], None]


class Wire(WireServer):
    """The sample wire, with a hook on each request."""

    on_request: Callable[[str], None] | None = None

    def answer(self, path: str) -> Answer:
        """As the wire, after the hook."""
        if self.on_request:
            self.on_request(path)
        return super().answer(path)


class Mailbox:
    """A mail server's handler that keeps what it takes; `on_data` is called before it answers."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.on_data: Hook | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(envelope.content)
        if self.on_data:
            self.on_data()
        return "250 Taken"

    def message_ids(self) -> list[str]:
        """The Message-ID of every mail taken, in order."""
        return [str(email.message_from_bytes(message)["Message-ID"]) for message in self.messages]


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, Controller]]:
    """A real SMTP server on loopback."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield box, controller
    finally:
        controller.stop()


class Desk:
    """An installation whose feeds are the wire's and whose mail goes to the mailbox."""

    def __init__(
        self, home: Path, wire: WireServer, mail: Controller, env: dict[str, str], batch: int = 32
    ) -> None:
        self.home, self.env = home, env
        (home / "state").mkdir(parents=True)
        set_up(home, wire, mail)
        with (home / "config.toml").open("a") as config:
            config.write(f"\n[reading]\nbatch = {batch}\n\n")
        self.warehouse = Warehouse(home)

    def start(self) -> subprocess.Popen[str]:
        """`counterclaim run` as a process of its own; progress comes from its standard error."""
        return subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "--home", str(self.home), "run"],
            stderr=subprocess.PIPE,
            text=True,
            env=self.env,
        )

    def run(self) -> str:
        """A whole run; returns what it said."""
        with self.start() as process:
            said = process.communicate(timeout=300)[1]
        assert process.returncode == 0, said
        return said

    def run_until(self, stage: str, then: Hook) -> int:
        """Starts a run, calls `then` as soon as `stage` is done; returns the exit status."""
        with self.start() as process:
            assert process.stderr
            for line in process.stderr:
                if re.match(rf"  {stage} ", line):
                    threading.Thread(target=self._after(process, then)).start()
            return process.wait()

    def _after(self, process: subprocess.Popen[str], then: Hook) -> Hook:
        def act() -> None:
            then()
            process.kill()

        return act

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer of the published database."""
        return ask(self.warehouse.published, sql).rows

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """What must be the same however the runs went: no times of the clock in it."""
        return {
            "articles": self.ask(
                "SELECT article_id, title, published, stage, error, ai_race, topic, copy_of, "
                "page_digest FROM articles ORDER BY ALL"
            ),
            "claims": self.ask(
                "SELECT claim_id, subject, metric, value, verdict, record_id, explanation "
                "FROM claims ORDER BY ALL"
            ),
            "records": self.ask("SELECT record_id, subject, value FROM records ORDER BY ALL"),
            "contradictions": self.ask(
                "SELECT contradiction_id, claim_id, record_id, severity, independent_sources, "
                "alerted_at IS NOT NULL FROM contradictions ORDER BY ALL"
            ),
        }
