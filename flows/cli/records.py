"""Reference records: records import, records list."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from extract.errors import DataError
from flows.cli.tables import show
from flows.house import now
from warehouse.contradictions import json_ready
from warehouse.importing import read_records
from warehouse.reading import published
from warehouse.records import add_records, list_records
from warehouse.store import Warehouse


@click.group()
def records() -> None:
    """Reference records: the figures that claims are held against."""


@records.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.pass_obj
def import_(home: Path, files: tuple[Path, ...]) -> None:
    """Takes in CSV files; what is there already is not taken in twice.

    They are of the layout that stands in docs/records.md, or Epoch AI's tables as they are
    downloaded. A bad row is reported with its line, and the rest goes in.
    """
    warehouse, bad = Warehouse(home), 0
    for path in files:
        good = []
        try:
            for row in read_records(path):
                if isinstance(row, DataError):
                    bad += 1
                    click.echo(str(row), err=True)
                else:
                    good.append(row)
        except DataError as error:  # this file is none of ours, but the next may be
            bad += 1
            click.echo(str(error), err=True)
            continue
        new = add_records(warehouse, good, now())
        click.echo(f"{path}: {new} new, {len(good) - new} known already", err=True)
    warehouse.publish()
    sys.exit(1 if bad else 0)


@records.command("list")
@click.option("--subject", help="Only this subject; aliases are understood.")
@click.option("--metric", help="Only this metric.")
@click.option("--json", "as_json", is_flag=True, help="Whole rows as a JSON list.")
@click.pass_obj
def list_(home: Path, subject: str | None, metric: str | None, as_json: bool) -> None:
    """Lists the records."""
    with published(Warehouse(home).published) as connection:
        try:
            rows = list_records(connection, subject, metric)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--metric") from None
    if as_json:
        click.echo(json.dumps([json_ready(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("No record is there of that kind.", err=True)
        return
    from warehouse.compare.wording import figure

    show(
        ["subject", "metric", "figure", "scope", "source", "date", "origin"],
        [
            (
                row["subject"],
                row["metric"],
                row["quote"] or figure(row["value"], row["unit"]),
                ", ".join(f"{key} {word}" for key, word in json.loads(row["scope"]).items()),
                row["source"],
                row["published"],
                row["origin"],
            )
            for row in rows
        ],
    )
