"""Commands that read the published database: contradictions, sql."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click

from flows.cli.tables import show
from warehouse.contradictions import contradictions as list_contradictions
from warehouse.contradictions import json_ready
from warehouse.decisions import STATUSES
from warehouse.reading import ask, published
from warehouse.store import Warehouse

SHOWN_DIGITS = 6
"""Of an id: enough to tell one contradiction from thousands, and `decide` takes them."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Whole rows as a JSON list.")
@click.option(
    "--status",
    type=click.Choice((*STATUSES, "all")),
    default="open",
    show_default=True,
    help="Which to show.",
)
@click.pass_obj
def contradictions(home: Path, as_json: bool, status: str) -> None:
    """What is open, most severe first; `decide` closes it."""
    with published(Warehouse(home).published) as connection:
        rows = list_contradictions(connection, status)
    if as_json:
        click.echo(json.dumps([json_ready(row) for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        show_contradictions(rows)
    else:
        click.echo(
            "There is none." if status == "all" else f"No contradiction is {status}.", err=True
        )


def show_contradictions(rows: list[dict[str, Any]]) -> None:
    """A table for people: both figures, both sources, and why."""
    from flows.mail.compose import topic, voices

    table = []
    for row in rows:
        sides = [
            f"{voice.figure}\n{', '.join(filter(None, (voice.outlet, voice.date)))}"
            for voice in voices(row)
        ]
        record = sides[1] if len(sides) > 1 else ""
        given = row["contradiction_id"][:SHOWN_DIGITS]
        table.append((given, topic(row), sides[0], record, row["explanation"]))
    show(["id", "subject, metric", "claim", "record", "why"], table)


@click.command()
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How the answer is written.",
)
@click.pass_obj
def sql(home: Path, query: str, form: str) -> None:
    """Runs one query, read-only, on the published database.

    \b
    counterclaim sql "SELECT * FROM timeline WHERE subject = 'DeepSeek-R1'"
    """
    answer = ask(Warehouse(home).published, query)
    if form == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        click.echo(json.dumps([json_ready(row) for row in rows], ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    else:
        show(answer.columns, answer.rows)
