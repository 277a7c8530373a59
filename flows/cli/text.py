"""Commands from bytes and text to values: article, figures, extract. No database needed."""

from __future__ import annotations

import json
import sys
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

import click

from extract.articles import Article
from extract.errors import ExtractError
from flows.cli.lines import input_file, reading, text_of, write

BATCH = 64
"""Articles read at a time: enough to fill the encoder's batches, few enough to see progress."""


PAGE_SECONDS = 30.0
"""Longest time for one page; the largest honest ones take a second or two."""


@click.command()
@click.option("--url", help="Address of the page: resolves links, and may hold its date.")
@input_file
def article(url: str | None, file: IO[bytes]) -> None:
    """One page of HTML to JSON: url, title, published, author, language, text."""
    from extract.apart import read_page_apart
    from extract.sandbox import Sandbox

    # A page may hang its parser or eat its memory; a worker can be stopped.
    with Sandbox(workers=1, seconds=PAGE_SECONDS) as sandbox:
        (page,) = sandbox.map(read_page_apart, [(file.read(), url, None)])
    if isinstance(page, ExtractError):
        raise page
    write(
        [
            {
                "url": page.url,
                "title": page.title,
                "published": _iso(page.published),
                "author": page.author,
                "language": page.language,
                "text": page.text,
            }
        ]
    )


@click.command()
@input_file
def figures(file: IO[bytes]) -> None:
    """Every quantity in a text: {id, text} a line to {id, figures: […]}.

    Money, percent and plain counts included, whatever they are about; no model is needed.
    """
    from extract.figures import find_figures

    def make(data: dict[str, Any]) -> dict[str, Any]:
        found = find_figures(text_of(data, "text"))
        return {"id": data.get("id"), "figures": [figure.to_json() for figure in found]}

    with reading(file, make) as lines:
        write(lines)


@click.command()
@click.option("--model", help="Folder or hub name of the model; the bundled one if not given.")
@input_file
@click.pass_obj
def extract(home: Path, model: str | None, file: IO[bytes]) -> None:
    """Articles to claims: {id, title, text, published} a line to {id, story, claims: […]}."""
    from extract.model import Model
    from extract.reading import Reader
    from flows.settings import load_settings

    reader = Reader(Model(model or load_settings(home).reading.model or None))
    done = 0
    with reading(file, article_of) as lines:
        for batch in lines.batches(BATCH):
            articles = [item for _, item in batch]
            results = zip(batch, reader.classify(articles), reader.read(articles), strict=True)
            write(
                {
                    "id": given,
                    "story": {
                        "ai_race": story.ai_race, "score": story.score, "topic": story.topic,
                    },
                    "claims": [claim.to_json() for claim in claims],
                }
                for (given, _), story, claims in results
            )  # fmt: skip
            done += len(batch)
            if sys.stderr.isatty():
                click.echo(f"\r{done} articles", err=True, nl=False)
    if sys.stderr.isatty():
        click.echo(err=True)


def article_of(data: dict[str, Any]) -> tuple[Any, Article]:
    """The id as given, and the article; raises ValueError that says what is wrong."""
    published = text_of(data, "published", required=False) or None
    if published is not None:
        try:
            datetime.fromisoformat(f"{published}-01-01"[:10] if len(published) < 8 else published)
        except ValueError:
            raise ValueError(f"published is an ISO 8601 date, not {published!r}") from None
    given = data.get("id")
    return given, Article(
        id=json.dumps(given),
        title=text_of(data, "title", required=False),
        text=text_of(data, "text"),
        published=published,
    )


def _iso(moment: datetime | None) -> str | None:
    """A date alone where only the day is known."""
    if moment is None:
        return None
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat()
