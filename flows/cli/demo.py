"""The whole pipeline on the bundled sample wire: demo."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click
from click.core import ParameterSource

from flows.cli import fail, ourselves
from flows.cli.query import show_contradictions

QUERY = """SELECT published, value, source, sentence FROM timeline
WHERE subject = 'DeepSeek-R1' AND metric = 'training_cost'"""


@click.command()
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Runs everything on a sample wire, with nothing to set up.

    Serves the bundled feeds and pages and a mail server on this machine, runs the pipeline on
    them through real HTTP and SMTP, and prints the contradictions that it finds. Uses the
    folder `demo` of the home, or the home itself where --home is given; runs from scratch.
    """
    home: Path = ctx.obj
    assert ctx.parent
    if ctx.parent.get_parameter_source("home") is ParameterSource.DEFAULT:
        home = home / "demo"
    clear(home)
    # The demo talks to nobody but itself, whatever the environment says.
    for name in [name for name in os.environ if name.startswith(("COUNTERCLAIM_", "PREFECT_"))]:
        del os.environ[name]

    from flows.demo.run import run_demo

    rows = run_demo(home)
    click.echo()
    show_contradictions(rows)
    one_line = " ".join(QUERY.split())
    click.echo(f"Database  {home / 'counterclaim.duckdb'}")
    click.echo(f"Mail      {home / 'mail'} (open the .html in a browser)")
    click.echo(f'Try       {ourselves(home)} sql "{one_line}"')


def clear(home: Path) -> None:
    """Empties the home of an earlier demo; leaves any other installation alone."""
    if not home.exists() or not any(home.iterdir()):
        return
    if not (home / "state" / "demo").exists():
        fail(f"{home} holds something else than an earlier demo: give another --home")
    shutil.rmtree(home)
