"""`kill -9` in every stage, then again: as if nothing had happened."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

from tests.newsdesk import Desk, Mailbox, Wire, mail_server

BATCH = 3
"""So small that every stage has several batches to be killed between."""


def killed_on_request(desk: Desk, wire: Wire, number: int, *, page: bool) -> int:
    """A run that is killed as its request of that number for a page, or a feed, comes in."""
    pages = {article.path for article in wire.articles}
    process: list[subprocess.Popen[str]] = []
    seen = [0]

    def on_request(path: str) -> None:
        if (path in pages) == page:
            seen[0] += 1
            if seen[0] == number and process:
                process[0].kill()

    wire.on_request = on_request
    try:
        process.append(desk.start())
        with process[0] as running:
            running.communicate(timeout=300)
        return running.returncode
    finally:
        wire.on_request = None


def killed_on_mail(desk: Desk, box: Mailbox) -> int:
    """A run that is killed when the server has the mail and has not said so yet."""
    with desk.start() as running:
        box.on_data = running.kill
        running.communicate(timeout=300)
    box.on_data = None
    return running.returncode


def test_killed_in_every_stage_nothing_is_lost_and_nothing_is_twice(
    tmp_path: Path, prefect_env: dict[str, str]
) -> None:
    dice = random.Random(20250918)

    def pause() -> None:
        time.sleep(dice.uniform(0.0, 0.4))

    with Wire() as wire:
        with mail_server() as (calm_box, mail):
            calm = Desk(tmp_path / "calm", wire, mail, prefect_env)
            calm.run()
            expected, mails = calm.state(), calm_box.message_ids()
            assert len(expected["articles"]) == len(wire.articles)
            assert expected["contradictions"]
            assert len(mails) == 1
        with mail_server() as (box, mail):
            desk = Desk(tmp_path / "killed", wire, mail, prefect_env, batch=BATCH)
            killed = [
                killed_on_request(desk, wire, 3, page=False),  # in poll
                killed_on_request(desk, wire, 8, page=True),  # in fetch
                desk.run_until("fetch", pause),  # in extract
                desk.run_until("extract", pause),  # in classify
                desk.run_until("classify", pause),  # in claims
                desk.run_until("claims", lambda: None),  # in compare
                killed_on_mail(desk, box),  # in alert
                desk.run_until("alert", lambda: None),  # in publish
            ]
            assert killed.count(-signal.SIGKILL) >= 6, killed  # a stage may be over in time
            assert killed[0] == killed[1] == killed[6] == -signal.SIGKILL
            desk.run()
            assert desk.state() == expected
            # The server took the mail once before the kill and once after; readers see one.
            assert set(box.message_ids()) == {
                message.replace(calm.home.name, desk.home.name) for message in mails
            }
            assert len(box.message_ids()) <= 2
            # And nothing is left to do.
            desk.run()
            assert desk.state() == expected
            assert len(box.message_ids()) <= 2
