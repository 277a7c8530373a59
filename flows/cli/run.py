"""One pass of the whole pipeline: run."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.pass_obj
def run(home: Path) -> None:
    """One pass of the whole pipeline over the subscribed feeds.

    Polls the feeds that are due, reads what is new, holds every figure against the record,
    and sends one mail for the contradictions that are new.
    """
    from flows.prefect_env import prepare
    from flows.server import prefect_server
    from flows.settings import write_default
    from warehouse.feeds import subscriptions
    from warehouse.store import Warehouse

    config = write_default(home)
    if not subscriptions(Warehouse(home)):
        raise click.ClickException(
            "no feed is subscribed: `counterclaim feeds add URL`, or "
            "`counterclaim feeds import` for the list that ships"
        )
    prepare(home, by_hand=True)
    click.echo(f"Home {home}, settings {config}", err=True)
    with prefect_server():
        from flows.monitor import run_once

        summary = run_once(str(home))
    if summary.compared.contradictions:
        click.echo("What is new: counterclaim contradictions", err=True)
