"""Looking at the pages of articles again: recheck."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from flows.cli.tables import show


@click.command()
@click.option(
    "--days",
    type=click.IntRange(min=1, max=3650),
    default=3,
    show_default=True,
    help="How old an article may be.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Articles at most.")
@click.option("--json", "as_json", is_flag=True, help="The corrections as a JSON list.")
@click.pass_obj
def recheck(home: Path, days: int, limit: int | None, as_json: bool) -> None:
    """Looks at the pages of articles again, and says which figures they changed.

    Takes the articles on the AI race of the last days, each at most once in six hours. Where the
    text is another, its figures are read anew: one that is gone is withdrawn with what rested on
    it, and one that is new is compared. It may be stopped at any moment, and goes on where it was.
    """
    from flows.house import open_house
    from flows.recheck import recheck as look_again
    from warehouse.contradictions import json_ready

    found = look_again(open_house(str(home)), days=days, limit=limit).corrections
    if as_json:
        click.echo(json.dumps([json_ready(row) for row in found], ensure_ascii=False, indent=2))
    elif found:
        show(
            ["subject, metric", "before", "after", "outlet", "title"],
            [
                (_topic(row), row["before_quote"], row["after_quote"], row["outlet"], row["title"])
                for row in found
            ],
        )


def _topic(row: dict[str, Any]) -> str:
    return f"{row['subject'] or 'nobody'}, {row['metric']}"
