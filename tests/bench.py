"""`make bench`: seconds an article by stage, and the whole against its two heavy parts alone.

All in one run on one machine, so that the ratios hold where the seconds do not: the sample
wire through the whole pipeline as `counterclaim run` does it, then the same pages through
trafilatura alone, and the same articles through the model alone.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from extract.articles import Article
from extract.reading import Reader
from flows.prefect_env import prepare
from flows.server import prefect_server
from tests.newsdesk import Desk, Wire, mail_server
from warehouse.pages import Pages

LINE = re.compile(r"^  (\w+) .* ([\d.]+) s$", re.MULTILINE)


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(Path(folder))
        with prefect_server(), Wire() as wire, mail_server() as (_, mail):
            desk = Desk(home, wire, mail, dict(os.environ))
            began = time.perf_counter()
            said = desk.run()
            whole = time.perf_counter() - began
        stages = [(name, float(seconds)) for name, seconds in LINE.findall(said)]
        rows = desk.ask("SELECT page_digest, title, text, ai_race FROM articles")
        pages = [Pages(home).read(digest) for digest, *_ in rows]
        articles = [Article(str(n), title, text) for n, (_, title, text, _) in enumerate(rows)]
        race = [article for article, row in zip(articles, rows, strict=True) if row[3]]

    reader = Reader()
    reader.read(articles[:1])  # loading is not reading
    alone = {
        "trafilatura": timed(lambda: [trafilatura.bare_extraction(page) for page in pages]),
        "model": timed(lambda: (reader.classify(articles), reader.read(race))),
    }
    count = len(articles)
    print(f"{count} articles, {len(race)} of them on the AI race\n")
    print(f"{'':<22} {'s':>8} {'ms an article':>14} {'of the stages':>14}")
    total = sum(seconds for _, seconds in stages)
    for name, seconds in [*stages, ("all stages", total), ("the process as a whole", whole)]:
        print(f"{name:<22} {seconds:8.2f} {1000 * seconds / count:14.1f} {seconds / total:14.0%}")
    print()
    for name, seconds in alone.items():
        print(f"{name + ' alone':<22} {seconds:8.2f} {1000 * seconds / count:14.1f}")
    both = sum(alone.values())
    print(f"\nall stages take {total / both:.1f} times as long as trafilatura and model alone")


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
