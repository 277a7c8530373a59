"""JSON lines in and out: bad lines are reported with their number, the rest goes on."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any, TypeVar

import click

Item = TypeVar("Item")

LONGEST = 20_000_000
"""Bytes of a line: far above any article; a line beyond it is no JSON line but a wrong file."""


SURROGATE = re.compile("[\ud800-\udfff]")


LONGEST_ERROR = 300
"""Characters of an error: what was wrong is said by then, the rest is the input's."""


class Lines:
    """The lines of a file, each made into something; counts what was wrong."""

    def __init__(self, file: IO[bytes], make: Callable[[dict[str, Any]], Any]) -> None:
        self.file, self.make = file, make
        self.name = getattr(file, "name", "-")
        self.name = "-" if self.name == "<stdin>" else str(self.name)
        self.bad = 0

    def __iter__(self) -> Iterator[Any]:
        number = 0
        while line := self.file.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                self._report(number, f"is longer than {LONGEST:,} bytes")
                while line and not line.endswith(b"\n"):
                    line = self.file.readline(LONGEST)
                continue
            if not line.strip():
                continue
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                data = _whole(json.loads(text, parse_constant=_no_constant))
                if not isinstance(data, dict):
                    raise ValueError("is no JSON object")
                yield self.make(data)
            except UnicodeDecodeError:
                self._report(number, "is not UTF-8")
            except json.JSONDecodeError as error:
                self._report(number, f"is no JSON: {error.msg} at column {error.colno}")
            except RecursionError:
                self._report(number, "is nested too deeply")
            except ValueError as error:
                self._report(number, str(error))

    def batches(self, size: int) -> Iterator[list[Any]]:
        """The items, some at a time."""
        items = iter(self)
        while batch := list(islice(items, size)):
            yield batch

    def _report(self, number: int, what: str) -> None:
        self.bad += 1
        click.echo(f"{self.name}:{number}: {what[:LONGEST_ERROR]}", err=True)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _whole(data: Any) -> Any:
    """The data with what UTF-8 or JSON cannot hold mended: half a surrogate pair is U+FFFD.

    One character for one, so that offsets stay. Raises ValueError for infinite numbers.
    """
    if isinstance(data, str):
        return SURROGATE.sub("\ufffd", data)
    if isinstance(data, float) and math.isinf(data):
        raise ValueError("a number is too large")
    if isinstance(data, list):
        return [_whole(item) for item in data]
    if isinstance(data, dict):
        return {_whole(key): _whole(value) for key, value in data.items()}
    return data


@contextmanager
def reading(file: IO[bytes], make: Callable[[dict[str, Any]], Any]) -> Iterator[Lines]:
    """The lines of a file; ends with exit status 1 where some of them were wrong."""
    lines = Lines(file, make)
    yield lines
    if lines.bad:
        many = "line was" if lines.bad == 1 else "lines were"
        click.echo(f"counterclaim: {lines.bad} {many} wrong", err=True)
        sys.exit(1)


def write(items: Iterable[Any]) -> None:
    """Each item as one line of JSON on standard output."""
    for item in items:
        click.echo(json.dumps(item, ensure_ascii=False, allow_nan=False))


def text_of(data: dict[str, Any], key: str, *, required: bool = True) -> str:
    """A text field of a line; raises ValueError where it is missing or no text."""
    value = data.get(key)
    if value is None and not required:
        return ""
    if value is None:
        raise ValueError(f"{key} is missing")
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text, not {type(value).__name__}")
    return value


input_file = click.argument("file", type=click.File("rb"))
"""A file, or `-` for standard input."""
