"""Commands that compare without storing: compare, check."""

from __future__ import annotations

from typing import IO, Any

import click

from extract.articles import Article
from flows.cli.lines import input_file, reading, write
from flows.cli.text import BATCH, article_of


@click.command()
@input_file
def compare(file: IO[bytes]) -> None:
    """One claim against given records: {id, claim, records: […]} a line to a verdict.

    Answers {id, verdict, record, ratio, hints, explanation}; `record` is an index from 0.
    """
    from warehouse.compare import judge, side_from_json

    def make(data: dict[str, Any]) -> dict[str, Any]:
        records = data.get("records")
        if not isinstance(records, list):
            raise ValueError("records must be a list")
        if "claim" not in data:
            raise ValueError("claim is missing")
        claim = side_from_json(data["claim"])
        sides = []
        for index, record in enumerate(records):
            try:
                sides.append(side_from_json(record))
            except ValueError as error:
                raise ValueError(f"record {index}: {error}") from None
        verdict = judge(claim, sides)
        return {
            "id": data.get("id"),
            "verdict": verdict.verdict,
            "record": verdict.record,
            "ratio": verdict.ratio,
            "hints": list(verdict.hints),
            "explanation": verdict.explanation,
        }

    with reading(file, make) as lines:
        write(lines)


@click.command()
@click.option("--model", help="Folder or hub name of the model; the bundled one if not given.")
@input_file
@click.pass_obj
def check(home: Any, model: str | None, file: IO[bytes]) -> None:
    """Articles against the warehouse and against themselves, storing nothing.

    {id, title, text, published} a line to {id, contradictions: […]}.
    """
    from extract.model import Model
    from extract.reading import Reader
    from flows.house import open_house
    from warehouse.checking import check_claims
    from warehouse.contradictions import json_ready
    from warehouse.reading import records_of

    house = open_house(str(home))
    reader = Reader(Model(model or house.settings.reading.model or None))
    with (
        records_of(house.warehouse.published, curated=house.settings.compare.curated) as connection,
        reading(file, article_of) as lines,
    ):
        for batch in lines.batches(BATCH):
            articles: list[Article] = [item for _, item in batch]
            for (given, article), claims in zip(batch, reader.read(articles), strict=True):
                found = check_claims(
                    connection,
                    claims,
                    published=article.published,
                    min_confidence=house.settings.compare.min_confidence,
                )
                write([{"id": given, "contradictions": [json_ready(row) for row in found]}])
