"""A batch in which one bad item costs itself only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def careful(
    work: Callable[[list[T]], list[R]], batch: list[T]
) -> tuple[list[tuple[T, R]], list[tuple[T, str]]]:
    """The results of `work(batch)`, one an item, and the items that it cannot do, with why.

    Where the batch raises, each item is tried by itself: whatever nobody foresaw in one
    article must not keep the same batch from ever being done.
    """
    try:
        return list(zip(batch, work(batch), strict=True)), []
    except Exception:
        done, failed = [], []
        for item in batch:
            try:
                (result,) = work([item])
            except Exception as error:
                failed.append((item, f"{type(error).__name__}: {error}"))
            else:
                done.append((item, result))
        return done, failed
