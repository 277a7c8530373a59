"""Checks the installation and says what to mend: doctor."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from extract.errors import ExtractError
from flows.errors import FlowError, MailError
from flows.settings import load_settings
from warehouse.errors import WarehouseError


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok`, `note` or `FAIL`, and what to know or do."""

    state: str
    what: str


@click.command()
@click.pass_obj
def doctor(home: Path) -> None:
    """Checks settings, database, model, feeds, mail and Prefect, and says what to mend."""
    failed = False
    for name, check in CHECKS.items():
        try:
            findings = list(check(home))
        except (ExtractError, FlowError, WarehouseError, OSError) as error:
            findings = [Finding("FAIL", str(error))]
        for finding in findings:
            failed = failed or finding.state == "FAIL"
            click.echo(f"{finding.state:<5} {name:<9} {finding.what}")
    sys.exit(1 if failed else 0)


def _home(home: Path) -> Iterator[Finding]:
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=home):
        yield Finding("ok", f"{home} can be written to")


def _settings(home: Path) -> Iterator[Finding]:
    load_settings(home)
    path = home / "config.toml"
    yield Finding("ok", str(path) if path.exists() else "defaults; `run` writes config.toml")


def _database(home: Path) -> Iterator[Finding]:
    from warehouse.reading import ask
    from warehouse.store import Warehouse

    warehouse = Warehouse(home)
    with warehouse.turn() as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM store.articles), (SELECT count(*) FROM records)"
        ).fetchone()
    assert row
    yield Finding("ok", f"{row[0]} articles, {row[1]} records")
    if warehouse.published.exists():
        ask(warehouse.published, "SELECT count(*) FROM contradictions")
        yield Finding("ok", f"{warehouse.published} can be read")
    if not row[1]:
        yield Finding("note", "no records yet: `counterclaim records import FILE.csv`")


def _model(home: Path) -> Iterator[Finding]:
    from extract.articles import Article
    from extract.model import Model
    from extract.reading import Reader

    reader = Reader(Model(load_settings(home).reading.model or None))
    sentence = "OpenAI raised $6.6 billion at a valuation of $157 billion."
    claims = reader.read([Article("doctor", "OpenAI raises billions", sentence)])[0]
    yield Finding("ok", f"{reader.name} reads {len(claims)} claims in a sentence that holds two")


def _feeds(home: Path) -> Iterator[Finding]:
    from warehouse.feeds import subscriptions
    from warehouse.store import Warehouse

    rows = [row for row in subscriptions(Warehouse(home)) if row["active"]]
    if not rows:
        yield Finding("note", "none subscribed: `counterclaim feeds import`")
        return
    failing = [row for row in rows if row["health"] == "failing"]
    if len(failing) == len(rows):
        yield Finding("FAIL", f"none of {len(rows)} answers: is the network there?")
    else:
        yield Finding("ok", f"{len(rows)} subscribed, {len(failing)} failing")
    for row in failing:
        yield Finding("note", str(row["error"]))  # it begins with the address


def _mail(home: Path) -> Iterator[Finding]:
    from flows.mail.send import check

    mail = load_settings(home).mail
    if not mail.host:
        yield Finding("note", f"no server set: mails are written to {home / 'outbox'}")
        return
    try:
        check(mail)
    except MailError as error:
        yield Finding("FAIL", f"{error}; see [mail] in {home / 'config.toml'}")
    else:
        yield Finding("ok", f"{mail.host}:{mail.port} answers, to {', '.join(mail.recipients)}")


def _prefect(home: Path) -> Iterator[Finding]:
    from importlib.metadata import version

    from flows.prefect_env import prepare
    from flows.server import prefect_server

    prepare(home)
    own = "PREFECT_API_URL" not in os.environ
    with prefect_server() as url:
        kind = "the embedded server starts" if own else f"uses {url}"
    yield Finding("ok", f"Prefect {version('prefect')}, {kind}")


CHECKS: dict[str, Callable[[Path], Iterator[Finding]]] = {
    "home": _home,
    "settings": _settings,
    "database": _database,
    "model": _model,
    "feeds": _feeds,
    "mail": _mail,
    "Prefect": _prefect,
}
