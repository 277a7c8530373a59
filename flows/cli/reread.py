"""Reading stored articles anew: reread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli.tables import show

if TYPE_CHECKING:
    from extract.claims import Claim
    from warehouse.rereading import Change

ROWS = 40
"""Changes that are shown: a screen or two; `--json` gives all of them."""


@click.command()
@click.option("--model", help="Folder or hub name of the model; that of config.toml if not given.")
@click.option("--limit", type=click.IntRange(min=1), help="Articles at most, the oldest first.")
@click.option("--dry-run", is_flag=True, help="Says what would change, and changes nothing.")
@click.option("--json", "as_json", is_flag=True, help="Every change as a JSON list.")
@click.pass_obj
def reread(home: Path, model: str | None, limit: int | None, dry_run: bool, as_json: bool) -> None:
    """Reads stored articles anew with another model, and says what changed.

    Takes the articles on the AI race that a model of another name has read. Claims that both
    models make stay; the others are withdrawn, with what rested on them, and new ones are
    compared. It may be stopped at any moment, and goes on where it was.
    """
    from extract.model import Model
    from extract.reading import Reader
    from flows.house import open_house
    from flows.reread import reread as read_anew

    house = open_house(str(home))
    ours = house.settings.reading.model
    reader = Reader(Model(model or ours or None))
    found = read_anew(house, reader, limit=limit, dry_run=dry_run)
    if as_json:
        rows = [_json(change) for change in found.changes]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif found.changes:
        _show(found.changes)
    if model and model != ours and not dry_run:
        runs = ours or "the bundled model"
        click.echo(f"Runs go on with {runs}: set model under [reading] in config.toml", err=True)
    if found.failed:
        article, why = found.failed[0]
        raise click.ClickException(
            f"{len(found.failed)} could not be read, the first {article.title!r}: {why}"
        )


def _show(changes: list[Change]) -> None:
    show(
        ["subject, metric", "before", "after", "article"],
        [
            (_topic(change), _figure(change.before), _figure(change.after), change.title)
            for change in changes[:ROWS]
        ],
    )
    if len(changes) > ROWS:
        click.echo(f"and {len(changes) - ROWS} more")


def _topic(change: Change) -> str:
    """Whose figure it is, and what it is; both where the readings differ."""
    sides = [side for side in (change.before, change.after) if side]
    topics = [f"{side.subject or 'nobody'}, {side.metric}" for side in sides]
    return " → ".join(dict.fromkeys(topics))


def _figure(claim: Claim | None) -> str:
    """A figure with what tells it from another reading of the same words."""
    from warehouse.compare.wording import interval

    if claim is None:
        return "no claim"
    status = [claim.status] if claim.status != "reported" else []
    return ", ".join([interval(claim), *status, *claim.scope.values()])


def _json(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind,
        "article_id": change.article_id,
        "title": change.title,
        "before": change.before and change.before.to_json(),
        "after": change.after and change.after.to_json(),
    }
