"""The command line: `counterclaim`.

Each command stands in a module of its own that is imported when it is called, so that
`counterclaim figures` does not wait for Prefect.
"""

from __future__ import annotations

import importlib
import os
import shlex
import shutil
import sys
from pathlib import Path

import click

from extract.errors import ExtractError
from flows.errors import FlowError
from warehouse.errors import WarehouseError

COMMANDS = {
    "demo": "flows.cli.demo",
    "run": "flows.cli.run",
    "serve": "flows.cli.serve",
    "feeds": "flows.cli.feeds",
    "article": "flows.cli.text",
    "figures": "flows.cli.text",
    "extract": "flows.cli.text",
    "compare": "flows.cli.judge",
    "check": "flows.cli.judge",
    "reread": "flows.cli.reread",
    "recheck": "flows.cli.recheck",
    "records": "flows.cli.records",
    "contradictions": "flows.cli.query",
    "decide": "flows.cli.decide",
    "lessons": "flows.cli.decide",
    "sql": "flows.cli.query",
    "doctor": "flows.cli.doctor",
}
"""Where each command stands, in the order in which --help shows them."""


DEFAULT_HOME = Path("~/.counterclaim")


class Program(click.Group):
    """A group whose commands are imported when they are called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="counterclaim")
@click.option(
    "--home",
    envvar="COUNTERCLAIM_HOME",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_HOME,
    show_default=True,
    help="Folder of one installation: database, config.toml, outbox. [env: COUNTERCLAIM_HOME]",
)
@click.pass_context
def program(ctx: click.Context, home: Path) -> None:
    """Reads the news on the AI race and holds every figure against the record.

    \b
    counterclaim demo                       see it work, on a sample wire
    counterclaim feeds import               subscribe to the feeds that ship
    counterclaim run                        one pass, from feeds to mail
    counterclaim contradictions             what is open
    """
    ctx.obj = home.expanduser().resolve()


def ourselves(home: Path) -> str:
    """How to call the program again for a home, as it can be pasted into a shell."""
    ours = shutil.which("counterclaim")
    called = "counterclaim" if ours and Path(ours).samefile(sys.argv[0]) else sys.argv[0]
    if home == DEFAULT_HOME.expanduser().resolve():
        return shlex.quote(called)
    return f"{shlex.quote(called)} --home {shlex.quote(str(home))}"


def main() -> None:
    """Runs the program; what goes wrong is one line on standard error and exit status 1."""
    try:
        program(standalone_mode=True)
    except (ExtractError, FlowError, WarehouseError) as error:
        fail(str(error))
    except BrokenPipeError:
        # Whoever read our output has left (`| head`); there is nobody to tell.
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        fail(f"{error.filename or 'system'}: {error.strerror or error}")
    except Exception as error:
        if "COUNTERCLAIM_DEBUG" in os.environ:
            raise
        fail(f"{type(error).__name__}: {error} (COUNTERCLAIM_DEBUG=1 shows where)")


def fail(message: str) -> None:
    """Says what went wrong, in one line, and ends with exit status 1."""
    line = " ".join(message.split()).encode("utf-8", "replace").decode()
    click.echo(f"counterclaim: {line}", err=True)
    sys.exit(1)
