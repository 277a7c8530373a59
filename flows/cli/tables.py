"""Tables for people, as wide as the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 160
"""Columns where nobody's terminal says how wide it is."""


EXACT = 2**53
"""Up to here a float tells every whole number."""


def show(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Prints a table; what comes from pages is shown as it is, never as markup."""
    console = Console()
    piped = not console.is_terminal
    if piped:
        console = Console(width=PIPED_WIDTH)
    table = Table(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    with console.capture() as capture:
        console.print(table)
    text = capture.get()
    # A pipe has no use for the blanks that fill the last column.
    sys.stdout.write("\n".join(map(str.rstrip, text.splitlines())) + "\n" if piped else text)


def _cell(value: Any) -> str:
    """A value as people read it: no microseconds, and no digits that a float only seems to have."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < EXACT else f"{value:.10g}"
    return str(value.replace(microsecond=0) if isinstance(value, datetime) else value)
