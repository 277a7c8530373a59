"""The scheduled deployments in one process: serve."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.pass_obj
def serve(home: Path) -> None:
    """The pipeline on its schedule, until it is stopped.

    One process, with the embedded Prefect server. The interval is `interval_minutes` of `[web]`
    in config.toml.
    """
    from flows.prefect_env import prepare
    from flows.settings import write_default

    write_default(home)
    prepare(home)
    from flows.serve import serve_forever

    serve_forever(home)
