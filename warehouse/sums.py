"""Whether the figures of an article multiply out: its claims together, with what is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from warehouse.compare import Side
from warehouse.compare.arithmetic import Misfit, find_misfit, wanted_records
from warehouse.records import candidates


class Sums:
    """The articles of a batch, each with all its claims, and the records that they need.

    Claims below `min_confidence` take no part. Neither do records that were accepted from
    news: a figure of one story is no measure for the sums of another.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        articles: Mapping[str, Sequence[Side]],
        min_confidence: float,
    ) -> None:
        self.articles = {
            article_id: [side for side in sides if side.claim.confidence >= min_confidence]
            for article_id, sides in articles.items()
        }
        wanted = {
            pair
            for sides in self.articles.values()
            for side in sides
            for pair in wanted_records(side, sides)
        }
        found = candidates(connection, sorted(wanted)) if wanted else []
        self.records = [record.side for record in found if record.claim_id is None]

    def misfit(self, article_id: str, total: Side) -> Misfit | None:
        """What of its own article speaks against a claim."""
        return find_misfit(total, self.articles.get(article_id, ()), self.records)
