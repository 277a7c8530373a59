"""Looking at the pages of articles again: what they say now, and what they said before.

A plain function, no flow: it is called by hand, or by whoever schedules it. Each batch is one
transaction, so that it may be killed at any moment: a page that was looked at carries the moment,
and the next call goes on with the rest.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from extract.apart import read_article_apart
from extract.articles import Article
from extract.errors import ExtractError
from extract.pages import Page
from extract.reading import Reader
from extract.revisions import KEPT, kept, squeezed
from extract.sandbox import Sandbox
from flows.house import House, now
from flows.judging import judge_all
from flows.lock import run_lock
from flows.progress import count, stage
from flows.stages.careful import careful
from flows.web.client import Response
from flows.web.errors import FetchError
from warehouse.pages import digest_of
from warehouse.rechecking import (
    Look,
    Revision,
    StoredPage,
    corrections_of,
    store_recheck,
    to_recheck,
)
from warehouse.rereading import stored_articles

DAYS = 3
"""Days for which an article is looked at: nearly all corrections come within the first two."""

PAUSE = timedelta(hours=6)
"""Between two looks at a page: a site is not asked for all its news anew at every run."""


@dataclass(slots=True)
class Rechecked:
    """What looking again came to.

    `corrections` are rows of the view of that name; `failed` pages by their address, with why
    they came to nothing.
    """

    articles: int = 0
    changed: int = 0
    corrections: list[dict[str, Any]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        words = [f"{self.changed} changed", count(len(self.corrections), "correction")]
        if self.failed:
            words.append(f"{len(self.failed)} failed")
        return f"{count(self.articles, 'article')}: {', '.join(words)}"


@dataclass(frozen=True, slots=True)
class _Text:
    """What a page says now, where that is another text than before; not read yet."""

    page: StoredPage
    answer: Response
    before: Article
    found: Page
    signature: bytes

    @property
    def after(self) -> Article:
        """The article with its new text, as it is read and kept."""
        title = self.found.title or self.before.title
        return replace(self.before, title=title, text=self.found.text)


def recheck(
    house: House, *, days: int = DAYS, limit: int | None = None, reader: Reader | None = None
) -> Rechecked:
    """Looks again at the articles of the last `days`, at most `limit` where it is given.

    `reader` is the installation's where none is given. Raises RunUnderWay where another process
    is at the home.
    """
    with run_lock(house.home):
        try:
            total = _recheck_all(house, reader, timedelta(days=days), limit)
            judge_all(house)
        finally:
            house.publish()
    return total


def _recheck_all(
    house: House, reader: Reader | None, age: timedelta, limit: int | None
) -> Rechecked:
    total, found = Rechecked(), list[str]()
    web, reading = house.settings.web, house.settings.reading
    pages = to_recheck(
        house.warehouse, now(), age=age, pause=PAUSE, per_host=web.pages_per_host, limit=limit
    )
    with (
        stage("recheck", len(pages)) as shown,
        Sandbox(reading.workers, reading.page_seconds, reading.page_megabytes) as workers,
    ):
        for first in range(0, len(pages), reading.batch):
            batch = pages[first : first + reading.batch]
            looks, texts = _look_at(house, batch, workers)
            # The model is loaded for a text that is another: most runs find none.
            read, revisions = _read(house, reader or house.reader, texts) if texts else ([], [])
            found += store_recheck(
                house.warehouse,
                [*looks, *read],
                revisions,
                model=(reader or house.reader).name if revisions else "",
                min_confidence=house.settings.compare.min_confidence,
                now=now(),
            )
            total.articles += len(batch)
            total.changed += len(revisions)
            failed = {look.article_id: look.error for look in (*looks, *read)}
            total.failed += [(page.url, why) for page in batch if (why := failed[page.article_id])]
            shown.advance(len(batch))
        total.corrections = corrections_of(house.warehouse, found)
        shown.note(str(total) if pages else "nothing to look at again")
    return total


def _look_at(
    house: House, batch: list[StoredPage], workers: Sandbox
) -> tuple[list[Look], list[_Text]]:
    """Fetches a batch, several hosts at a time: pages that bring nothing, and other texts."""
    assert house.client  # made once, before the threads ask for it
    with ThreadPoolExecutor(house.settings.web.workers) as pool:
        answers = list(pool.map(lambda page: _ask(house, page), batch))
    looks, others, texts = list[Look](), list[tuple[StoredPage, Response]](), list[_Text]()
    for page, answer in zip(batch, answers, strict=True):
        if isinstance(answer, str):
            looks.append(_failed(page, answer))
        elif answer.status == 304 or digest_of(answer.body) == page.page_digest:
            looks.append(_seen(page, answer))
        else:
            others.append((page, answer))
    stored = stored_articles(house.warehouse, [page.article_id for page, _ in others])
    before = {article.id: article for article in stored}
    results = workers.map(
        read_article_apart, [(answer.body, p.url, answer.content_type) for p, answer in others]
    )
    for (page, answer), result in zip(others, results, strict=True):
        article = before[page.article_id]
        if isinstance(result, ExtractError):
            looks.append(_failed(page, str(result)))
        elif squeezed(result[0].text) == squeezed(article.text):
            looks.append(_seen(page, answer))
        elif why := _no_article(article, result[0]):
            looks.append(_failed(page, why))
        else:
            texts.append(_Text(page, answer, article, *result))
    return looks, texts


def _ask(house: House, page: StoredPage) -> Response | str:
    """The answer for a page, or why there is none; never raises for what a site does."""
    robots = house.settings.web.robots
    try:
        return house.client.get(
            page.entry_url, etag=page.etag, last_modified=page.last_modified, robots=robots
        )
    except FetchError as error:
        return str(error)
    except Exception as error:
        # What nobody foresaw in one page must not keep the others from being looked at.
        return f"{type(error).__name__}: {error}"


def _no_article(before: Article, page: Page) -> str | None:
    """Why a page is no later text of the article that stood there; None where it is one."""
    if page.kind != "article" or not page.text:
        return f"no article any longer but {page.kind if page.text else 'empty'}"
    if page.language not in (None, "en"):
        return f"written in {page.language} now"
    share = kept(before.text, page.text)
    return f"another text: {share:.0%} of the article is left" if share < KEPT else None


def _read(house: House, reader: Reader, texts: list[_Text]) -> tuple[list[Look], list[Revision]]:
    """Reads the claims of other texts; one that cannot be read changes nothing."""
    done, failed = careful(lambda several: reader.read([one.after for one in several]), texts)
    looks = [_failed(one.page, f"could not be read: {why}") for one, why in failed]
    revisions = []
    for one, claims in done:
        looks.append(_seen(one.page, one.answer))
        digest = house.pages.keep(one.answer.body)
        revisions.append(
            Revision(
                one.before.text, one.page.read_by, one.after, claims, digest,
                one.answer.content_type, one.signature,
            )
        )  # fmt: skip
    return looks, revisions


def _seen(page: StoredPage, answer: Response) -> Look:
    """A look that ended well: its answer's validators hold from now on."""
    if answer.status == 304:  # it need not repeat them
        return Look(page.article_id, None, page.etag, page.last_modified)
    return Look(page.article_id, None, answer.etag, answer.last_modified)


def _failed(page: StoredPage, why: str) -> Look:
    """A look that came to nothing: the next one asks for what is not the page that was read."""
    return Look(page.article_id, why, page.etag, page.last_modified)
