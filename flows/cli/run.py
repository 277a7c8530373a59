"""One pass of the whole pipeline: run."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli import ourselves


@click.command()
@click.option("--now", is_flag=True, help="Polls every feed, those that are not due yet too.")
@click.pass_obj
def run(home: Path, now: bool) -> None:
    """One pass of the whole pipeline over the subscribed feeds.

    Polls the feeds that are due, reads what is new, holds every figure against the record,
    and sends one mail for the contradictions that are new.
    """
    from flows.prefect_env import prepare
    from flows.server import prefect_server
    from flows.settings import load_settings, write_default
    from warehouse.feeds import make_due, subscriptions
    from warehouse.store import Warehouse

    config = write_default(home)
    load_settings(home)  # what is wrong there is said before anything starts
    warehouse = Warehouse(home)
    if not any(feed["active"] for feed in subscriptions(warehouse)):
        raise click.ClickException(
            "no feed is subscribed: `counterclaim feeds add URL`, or "
            "`counterclaim feeds import` for the list that ships"
        )
    if now:
        make_due(warehouse)
    prepare(home, by_hand=True)
    click.echo(f"Home {home}, settings {config}", err=True)
    click.echo("Starting the embedded Prefect server", err=True)
    with prefect_server():
        from flows.monitor import run_once

        summary = run_once(str(home))
    if summary.polled.feeds and summary.polled.failed == summary.polled.feeds:
        click.echo(f"No feed could be polled: {ourselves(home)} feeds list says why", err=True)
    if summary.compared.contradictions:
        click.echo(f"What is new: {ourselves(home)} contradictions", err=True)
