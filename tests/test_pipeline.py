"""From feed to mail on the sample wire: what should come out, and none else."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest

from flows.demo.articles import TOPICS, WIRE, outlets
from flows.lock import run_lock
from tests.newsdesk import Desk, Mailbox, Wire, mail_server
from warehouse.pages import Pages

EXPECTED = json.loads((WIRE / "expected.json").read_text(encoding="utf-8"))


class Ran:
    """A desk after one run, with what was said and mailed."""

    def __init__(self, desk: Desk, wire: Wire, box: Mailbox) -> None:
        self.desk, self.wire, self.box = desk, wire, box
        self.said = desk.run()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, prefect_env: dict[str, str]) -> Iterator[Ran]:
    home = tmp_path_factory.mktemp("desk") / "home"
    with Wire() as wire, mail_server() as (box, mail):
        yield Ran(Desk(home, wire, mail, prefect_env), wire, box)


def found(ran: Ran) -> list[dict[str, Any]]:
    rows = ran.desk.ask(
        "SELECT kind, subject, metric, claim_quote, record_quote, claim_value, record_value, "
        "independent_sources, hints, claim_url FROM contradictions"
    )
    names = (
        "kind subject metric claim_figure record_figure claim_value record_value "
        "independent_sources hints url"
    ).split()
    return [dict(zip(names, row, strict=True)) for row in rows]


def key(row: dict[str, Any]) -> tuple[Any, ...]:
    """What makes a contradiction: an anachronism is one of the subject, whatever the metric."""
    if row["kind"] == "anachronism":
        return row["kind"], row["subject"]
    return row["kind"], row["subject"], row["metric"], row["claim_value"], row["record_value"]


def test_what_should_come_out_comes_out_and_none_else(ran: Ran) -> None:
    assert sorted(map(key, found(ran)), key=str) == sorted(map(key, EXPECTED), key=str)


def test_with_these_figures_sources_and_hints(ran: Ran) -> None:
    by_key = {key(row): row for row in found(ran)}
    for wanted in EXPECTED:
        row = by_key[key(wanted)]
        assert row["independent_sources"] == wanted["independent_sources"], wanted
        assert set(wanted["hints"]) <= set(row["hints"]), wanted
        if wanted["kind"] == "contradicts":
            assert row["claim_figure"] == wanted["claim_figure"]
            assert row["record_figure"] == wanted["record_figure"]


def test_every_article_is_accounted_for(ran: Ran) -> None:
    stages = dict(ran.desk.ask("SELECT stage, count(*) FROM articles GROUP BY stage"))
    assert sum(stages.values()) == len(ran.wire.articles)
    assert set(stages) <= {"done", "set_aside"}
    assert ran.desk.ask("SELECT count(*) FROM claims WHERE verdict IS NULL") == [(0,)]


def test_dates_titles_and_outlets_are_the_wires(ran: Ran) -> None:
    rows = {
        url.removeprefix(ran.wire.url): rest
        for url, *rest in ran.desk.ask("SELECT url, title, outlet, published FROM articles")
    }
    for article in ran.wire.articles:
        title, outlet, published = rows[article.path]
        assert title == article.title
        assert outlet == outlets()[article.outlet].name
        assert published.date() == article.published.astimezone(published.tzinfo).date()


def test_the_class_of_stories(ran: Ran) -> None:
    """The floor is what the first model reaches; issue by issue it goes up."""
    topics = {article.path: article.topic for article in ran.wire.articles}
    assert set(topics.values()) <= set(TOPICS)
    rows = ran.desk.ask("SELECT url, ai_race FROM articles")
    right = sum(
        ai_race == (topics[url.removeprefix(ran.wire.url)] != "none") for url, ai_race in rows
    )
    assert right / len(rows) >= 0.9


def test_the_copy_is_known_as_one(ran: Ran) -> None:
    copies = [a for a in ran.wire.articles if a.kind == "copy"]
    rows = ran.desk.ask(
        "SELECT a.url, o.url FROM articles a JOIN articles o ON o.article_id = a.copy_of"
    )
    paths = {a.slug: a.path for a in ran.wire.articles}
    assert {tuple(u.removeprefix(ran.wire.url) for u in row) for row in rows} == {
        (copy.path, paths[str(copy.copy_of)]) for copy in copies
    }


def test_every_claim_leads_back_to_the_bytes_it_came_from(ran: Ran) -> None:
    pages = Pages(ran.desk.home)
    rows = ran.desk.ask(
        'SELECT a.text, c."start", c."end", c.quote, a.page_digest '
        "FROM claims c JOIN articles a USING (article_id)"
    )
    assert rows
    for text, start, end, quote, digest in rows:
        assert text[start:end] == quote
        assert pages.read(digest)


def test_the_dead_and_the_endless_feed_stop_nobody(ran: Ran) -> None:
    rows = ran.desk.ask("SELECT url, health, error FROM feeds WHERE error IS NOT NULL")
    assert {url.removeprefix(ran.wire.url) for url, _, _ in rows} == {
        "/dead/feed", "/endless/feed",
    }  # fmt: skip
    assert {health for _, health, _ in rows} == {"failing"}
    assert ran.desk.ask("SELECT count(*) FROM feeds WHERE health = 'ill-formed'") == [(1,)]


def test_two_runs_at_once_are_one_and_a_line(ran: Ran) -> None:
    with run_lock(ran.desk.home), ran.desk.start() as second:
        said = second.communicate(timeout=120)[1]
    assert second.returncode == 1
    assert "another run is under way" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_one_mail_tells_of_all_and_a_second_run_of_none(ran: Ran) -> None:
    (raw,) = ran.box.messages
    message = cast(EmailMessage, email.message_from_bytes(raw, policy=default))
    html = message.get_body(("html",))
    assert html
    for row in found(ran):
        assert row["claim_figure"] in html.get_content()
    before = ran.desk.state()
    assert all(row[-1] for row in before["contradictions"])  # alerted
    said = ran.desk.run()
    assert "0 claims, no new contradiction" in said
    assert ran.desk.state() == before
    assert len(ran.box.messages) == 1
