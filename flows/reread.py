"""Reading stored articles anew with another model, and comparing what comes of it.

A plain function, no flow: it is called by hand, after a model was replaced. Each batch is one
transaction, so that it may be killed at any moment: an article that is done carries the model's
name, and the next call, or the next run, goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.articles import Article
from extract.reading import Reader
from flows.house import House, now
from flows.judging import judge_all
from flows.lock import run_lock
from flows.progress import count, stage
from flows.stages.careful import careful
from warehouse.rereading import (
    Change,
    hold_beside,
    store_rereading,
    stored_articles,
    to_reread,
)


@dataclass(slots=True)
class Reread:
    """What reading anew came to; `failed` are articles that could not be read, and why."""

    articles: int = 0
    same: int = 0
    changes: list[Change] = field(default_factory=list)
    failed: list[tuple[Article, str]] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = [change.kind for change in self.changes]
        words = [
            f"{self.same} same",
            *(f"{kinds.count(k)} {k}" for k in ("changed", "gone", "new")),
        ]
        if self.failed:
            words.append(f"{len(self.failed)} failed")
        return f"{count(self.articles, 'article')}: {', '.join(words)}"


def reread(
    house: House, reader: Reader, *, limit: int | None = None, dry_run: bool = False
) -> Reread:
    """Reads anew what another model than `reader` has read, the oldest first.

    At most `limit` articles where it is given. A dry run only says what would change. Raises
    RunUnderWay where another process is at the home.
    """
    if dry_run:
        return _read_all(house, reader, limit, dry_run=True)
    with run_lock(house.home):
        try:
            total = _read_all(house, reader, limit, dry_run=False)
            judge_all(house)
        finally:
            house.publish()
    return total


def _read_all(house: House, reader: Reader, limit: int | None, *, dry_run: bool) -> Reread:
    total = Reread()
    pending = to_reread(house.warehouse, reader.name, limit)
    with stage("reread", len(pending)) as shown:
        for ids in _batches(pending, house.settings.reading.batch):
            articles = stored_articles(house.warehouse, ids)
            done, failed = careful(reader.read, articles)
            found = (
                hold_beside(house.warehouse, done)
                if dry_run
                else store_rereading(
                    house.warehouse,
                    done,
                    model=reader.name,
                    min_confidence=house.settings.compare.min_confidence,
                    now=now(),
                )
            )
            total.articles += len(found)
            total.same += sum(len(one.same) for one in found)
            total.changes += [change for one in found for change in one.changes()]
            total.failed += failed
            shown.advance(len(ids))
        shown.note(str(total) if pending else f"nothing to reread: {reader.name} read all there is")
    return total


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), size):
        yield ids[first : first + size]
