"""The scheduled deployments, served from one process with the embedded Prefect server."""

from __future__ import annotations

from datetime import timedelta
from inspect import isawaitable
from pathlib import Path

import click

from flows.house import open_house
from flows.server import prefect_server


def serve_forever(home: Path) -> None:
    """Runs `monitor` on its schedule until the process is stopped.

    One run at a time: a run that would start while another is under way is cancelled, so that
    late runs after an outage fold into one.
    """
    interval = timedelta(minutes=open_house(str(home)).settings.web.interval_minutes)
    with prefect_server(scheduling=True) as url:
        from prefect import serve
        from prefect.client.schemas.objects import (
            ConcurrencyLimitConfig,
            ConcurrencyLimitStrategy,
        )

        from flows.monitor import monitor

        deployment = monitor.to_deployment(
            name="counterclaim",
            interval=interval,
            parameters={"home": str(home)},
            concurrency_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
            description="From feed to mail, over every feed that is due.",
        )
        minutes = int(interval.total_seconds() // 60)
        click.echo(f"Prefect's pages: {url.removesuffix('/api')}", err=True)
        click.echo(f"A pass every {minutes} minutes, the first within as many", err=True)
        assert not isawaitable(deployment)  # to_deployment is async only within a running loop
        serve(deployment, limit=1, print_starting_message=False)
