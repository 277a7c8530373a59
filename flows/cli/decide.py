"""Commands of an editor: decide, lessons."""

from __future__ import annotations

import json
from pathlib import Path

import click

from extract.metrics import metrics
from flows.house import now
from warehouse.decisions import REASONS, STATUSES
from warehouse.decisions import decide as store_decision
from warehouse.lessons import lessons as find_lessons
from warehouse.reading import published
from warehouse.store import Warehouse


@click.command()
@click.argument("contradiction")
@click.argument("status", type=click.Choice(STATUSES))
@click.option("--reason", type=click.Choice(REASONS), help="Why it is dismissed.")
@click.option("--note", help="A remark, kept with the decision.")
@click.option("--subject", help="Of a misread figure: whose it truly is.")
@click.option(
    "--metric",
    type=click.Choice([*metrics(), "none"]),
    metavar="METRIC",
    help="Of a misread figure: what it truly is; none where it is no claim.",
)
@click.pass_obj
def decide(
    home: Path,
    contradiction: str,
    status: str,
    reason: str | None,
    note: str | None,
    subject: str | None,
    metric: str | None,
) -> None:
    """Decides on a contradiction, by its id or the id's first digits.

    \b
    confirmed    the record stays
    superseded   the claim's figure takes the record's place
    dismissed    it means nothing (--reason), and never comes back
    open         decided anew

    \b
    counterclaim contradictions
    counterclaim decide 3f9a confirmed --note "The paper's figure covers V3."
    counterclaim decide 81c0 dismissed --reason misread --metric none
    """
    if (subject or metric) and reason != "misread":
        raise click.UsageError(
            "--subject and --metric mend a figure: they go with --reason misread"
        )
    if (status == "dismissed") != (reason is not None):
        raise click.UsageError("dismissed needs a --reason, and nothing else takes one")
    warehouse = Warehouse(home)
    row = store_decision(
        warehouse, contradiction, status, now=now(), reason=reason, note=note, subject=subject,
        metric=metric,
    )  # fmt: skip
    warehouse.publish()
    click.echo(f"{row['contradiction_id']}: {row['status']}. {row['explanation']}", err=True)


@click.command()
@click.pass_obj
def lessons(home: Path) -> None:
    """Figures dismissed as misread, as annotated passages (JSON lines) to learn from."""
    with published(Warehouse(home).published) as connection:
        for lesson in find_lessons(connection):
            click.echo(json.dumps(lesson, ensure_ascii=False))
