"""One article's claims against the record and against themselves, storing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from extract.claims import Claim
from warehouse.compare import Side
from warehouse.judging import Bench
from warehouse.pending import PendingClaim


def check_claims(
    connection: duckdb.DuckDBPyConnection,
    claims: Sequence[Claim],
    *,
    published: str | None,
    min_confidence: float,
) -> list[dict[str, Any]]:
    """The contradictions of an article's claims, most severe first.

    Each is a dictionary with `kind`, `subject`, `metric`, `severity`, `ratio`, `hints`,
    `explanation`, and both sides as `claim` and `record` (None where the article speaks against
    itself), with the record's source, address and date.
    """
    day = published[:10] if published else None
    pending = [
        PendingClaim(str(index), None, "", Side(claim, day, None, None))
        for index, claim in enumerate(claims)
    ]
    bench = Bench(connection, pending, {"": [one.side for one in pending]}, min_confidence)
    for one in pending:
        bench.hear(one)
    bench.settle()
    known = {r.record_id: r for group in bench.records.values() for r in group}
    found = []
    # Of a contradiction that the article states twice, the first finding stays.
    first = {finding.contradiction_id: finding for finding in reversed(bench.findings)}
    for finding in sorted(first.values(), key=lambda finding: -finding.severity):
        claim = claims[int(finding.claim_id)]
        record = known.get(finding.record_id or "")
        found.append(
            {
                "kind": finding.kind,
                "subject": claim.subject,
                "metric": claim.metric,
                "severity": finding.severity,
                "ratio": finding.ratio,
                "hints": list(finding.hints),
                "explanation": finding.explanation,
                "claim": claim.to_json(),
                "record": record
                and {
                    **record.side.claim.to_json(),
                    "source": record.side.source,
                    "url": record.side.url,
                    "published": record.side.published,
                },
            }
        )
    return found
