"""Records from CSV files: which table a file is, and its rows one by one.

A table is known by its columns, never by its file's name: Epoch AI's as they are downloaded,
and otherwise the project's own layout.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import StringIO
from pathlib import Path

from extract.errors import DataError
from warehouse import epoch, layout
from warehouse.records import Record

Reader = Callable[[Mapping[str, str]], Iterable[Record | ValueError]]
"""What a row says: its records, and an error for a figure that cannot be read.

Raises ValueError where the row as a whole says nothing."""


def read_records(path: Path) -> Iterator[Record | DataError]:
    """The records of a CSV file's rows, and the error of each bad row or cell; the rest goes on.

    `-` is standard input. An error's line is the one on which its row begins.

    Raises DataError where the file as a whole is none of ours.
    """
    rows = csv.reader(StringIO(_text(path), newline=""), strict=True)
    try:
        header = [column.strip() for column in next(rows, [])]
        read = _reader(set(header))
    except (csv.Error, ValueError) as error:
        raise DataError(path, 1, str(error)) from error
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows, None)
            if cells is None:
                return
            if not cells:
                continue
            if len(cells) != len(header):
                raise ValueError(
                    f"has another number of fields than the first line ({len(header)})"
                )
            found = read(dict(zip(header, cells, strict=True)))
            for item in found:
                yield DataError(path, line, str(item)) if isinstance(item, ValueError) else item
        except (csv.Error, ValueError) as error:
            yield DataError(path, line, str(error))


def _text(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise DataError(path, None, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise DataError(path, None, "is not UTF-8") from error


def _reader(columns: set[str]) -> Reader:
    """How a file with these columns is read; raises ValueError where nobody knows them."""
    if table := epoch.table_with(columns):
        return partial(epoch.records_of, table)
    layout.check_columns(columns)
    return layout.records_of
