"""`make bench`: 500 new claims against 10⁴ to 10⁷ stored claims and records.

A generator fills the warehouse: nine claims for each record, since most of what news says is on
record already; subjects of the catalogue, a few of them in most of the news and most in little.
Each size runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from extract.entities import registry
from extract.metrics import metrics
from warehouse.judging import judge_pending
from warehouse.store import Warehouse

SIZES = (10**4, 10**5, 10**6, 10**7)
NEW = 500
NOW = datetime(2026, 6, 1, tzinfo=UTC)

# A figure's row number i gives everything else, by chance that is the same in every run. One in ten
# differs from what others say of its subject and metric.
FILL = """
CREATE TEMP MACRO id(kind, number) AS substr(md5(printf('%s %d', kind, number)), 1, 16);
CREATE TEMP TABLE names AS
SELECT unnest($subjects) AS subject, unnest(range(len($subjects))) AS number;
CREATE TEMP TABLE kinds AS
SELECT unnest($metrics) AS metric, unnest($units) AS unit, unnest(range(len($metrics))) AS number;
CREATE TEMP TABLE drawn AS
SELECT
    i, pow(hash(i, 'subject') / pow(2, 64), 3) * len($subjects) AS whose,
    hash(i, 'metric') % len($metrics) AS what,
    exp(8 + 16 * (hash(CAST(floor(whose) AS BIGINT), what) / pow(2, 64)))
        * (1 + 0.5 * CAST(hash(i, 'off') % 10 = 0 AS INTEGER)) AS value,
    DATE '2022-01-01' + CAST(hash(i, 'day') % 1600 AS INTEGER) AS day
FROM range($size + $new) AS r(i);
CREATE TEMP TABLE figures AS
SELECT d.i, n.subject, k.metric, round(d.value, 0) AS value, k.unit, d.day
FROM drawn AS d
JOIN names AS n ON n.number = CAST(floor(d.whose) AS BIGINT)
JOIN kinds AS k ON k.number = d.what;
INSERT INTO store.articles (
    article_id, url, entry_url, title, outlet, published, ai_race, seen_at, stage, attempts, read_by
)
SELECT
    id('article', i // 5), printf('https://news.example/%d', i // 5), '', 'Title',
    printf('outlet %d', i % 200), min(day), true, min(day), 'done', 0, 'bench'
FROM figures
WHERE i % 10 > 0 OR i >= $size
GROUP BY i // 5, i % 200
ON CONFLICT DO NOTHING;
INSERT INTO store.claims
SELECT
    id('claim', i), id('article', i // 5), subject, metric, value, value, value, unit,
    'exact', 'reported', NULL, '{}', NULL, CAST(value AS VARCHAR), 0, 1,
    'A sentence of the usual length that holds this one figure and says whose it is.', 0.9,
    'bench', NULL
FROM figures
WHERE i % 10 > 0 OR i >= $size;
INSERT INTO store.verdicts
SELECT id('claim', i), 'agrees', NULL, 1, '[]', 'It agrees.', day
FROM figures
WHERE i % 10 > 0 AND i < $size;
INSERT INTO store.records
SELECT
    id('record', i), subject, metric, value, value, value, unit, 'exact', 'reported', NULL,
    '{}', NULL, 'Outlet', 'https://news.example/r', 'Title', CAST(day AS VARCHAR), NULL,
    CAST(value AS VARCHAR), 'A sentence of the usual length that holds this one figure.', 0.9,
    'claim', id('claim', i), day, NULL, NULL, NULL
FROM figures
WHERE i % 10 = 0 AND i < $size;
INSERT INTO store.waiting
SELECT id('claim', i), id('article', i // 5),
    day, 0
FROM figures
WHERE i >= $size;
"""


def main() -> None:
    """Fills a warehouse of each size and prints what judging the new claims took."""
    print(f"{NEW} new claims against what is stored\n")
    print(f"{'stored':>10} {'fill s':>8} {'batch s':>8} {'ms a claim':>11} {'growth':>7} {'MB':>6}")
    first = None
    for size in SIZES if len(sys.argv) < 2 else map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            fill(Path(folder), size)
            filled = time.perf_counter() - began
            line = subprocess.run(
                [sys.executable, "-m", "tests.bench_compare", "judge", folder],
                check=True, capture_output=True, text=True,
            ).stdout.split()  # fmt: skip
        seconds, claims, peak = float(line[0]), int(line[1]), float(line[2])
        each = 1000 * seconds / claims
        first = first or each
        print(
            f"{size:10,} {filled:8.1f} {seconds:8.2f} {each:11.2f} {each / first:7.2f} {peak:6.0f}",
            flush=True,
        )


def fill(home: Path, size: int) -> None:
    """Stores as many claims and records, and NEW claims that are pending."""
    warehouse = Warehouse(home)
    with warehouse.turn():
        pass
    known = [metric for metric in metrics().values() if metric.id != "other"]
    units = ["USD" if metric.unit == "money" else metric.unit for metric in known]
    given = {
        "subjects": [entity.name for entity in registry()], "size": size, "new": NEW,
        "metrics": [metric.id for metric in known], "units": units,
    }  # fmt: skip
    with duckdb.connect(str(warehouse.path)) as connection:
        for statement in FILL.split(";"):
            if statement.strip():
                used = {name: value for name, value in given.items() if f"${name}" in statement}
                connection.execute(statement, used)


def judge(home: Path) -> None:
    """Judges what is pending; prints seconds, claims and the peak of memory in MB."""
    warehouse = Warehouse(home)
    registry()
    began = time.perf_counter()
    judged = judge_pending(warehouse, now=NOW, limit=NEW, min_confidence=0.5)
    seconds = time.perf_counter() - began
    assert judged
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, judged.claims, peak)


if __name__ == "__main__":
    judge(Path(sys.argv[2])) if sys.argv[1:2] == ["judge"] else main()
