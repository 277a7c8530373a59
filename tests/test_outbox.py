"""The outbox: one mail for what is new, kept until the server took it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from tests.newsroom import NOW, claim, judge_all, publish_article, r1_story
from warehouse.mails import Mail, mark_failed, mark_sent, unsent, write_alert
from warehouse.store import Warehouse


def compose(mail_id: str, rows: Sequence[dict[str, Any]]) -> Mail:
    subject = f"{len(rows)} new"
    return Mail(mail_id, f"<{mail_id}@x.example>", ("a@x.example",), subject, b"Subject: x\r\n\r\n")


def write(warehouse: Warehouse) -> int:
    return write_alert(warehouse, compose, min_severity=0, now=NOW)


def alerted(warehouse: Warehouse) -> list[Any]:
    with warehouse.turn() as connection:
        return connection.execute(
            "SELECT alerted_at IS NOT NULL FROM contradictions ORDER BY found_at"
        ).fetchall()


def test_a_contradiction_is_in_one_mail_only(warehouse: Warehouse) -> None:
    assert write(warehouse) == 0
    r1_story(warehouse)
    judge_all(warehouse)
    assert write(warehouse) == 1
    assert write(warehouse) == 0
    assert [mail.subject for mail in unsent(warehouse, NOW)] == ["1 new"]


def test_it_is_owed_until_the_server_took_it(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    judge_all(warehouse)
    write(warehouse)
    (mail,) = unsent(warehouse, NOW)
    mark_failed(warehouse, mail.mail_id, "451 later", NOW + timedelta(minutes=5))
    assert alerted(warehouse) == [(False,)]
    assert unsent(warehouse, NOW) == []
    (again,) = unsent(warehouse, NOW + timedelta(minutes=6))
    assert (again.message_id, again.message, again.attempts) == (mail.message_id, mail.message, 1)
    mark_sent(warehouse, mail.mail_id, NOW)
    assert alerted(warehouse) == [(True,)]
    assert unsent(warehouse, NOW + timedelta(days=1)) == []


def test_what_comes_later_gets_a_mail_of_its_own(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    judge_all(warehouse)
    write(warehouse)
    text = "DeepSeek-R1 cost $60 million to train."
    later = claim(text, "$60 million", "DeepSeek-R1", "training_cost", 60e6)
    publish_article(warehouse, "https://late.example/1", "2025-09-20", text, [later])
    judge_all(warehouse)
    assert write(warehouse) == 1
    assert len({mail.message_id for mail in unsent(warehouse, NOW)}) == 2


def test_a_mail_that_cannot_be_composed_leaves_its_contradictions_owed(
    warehouse: Warehouse,
) -> None:
    r1_story(warehouse)
    judge_all(warehouse)

    def broken(mail_id: str, rows: Sequence[dict[str, Any]]) -> Mail:
        raise ValueError("no template")

    with pytest.raises(ValueError, match="no template"):
        write_alert(warehouse, broken, min_severity=0, now=NOW)
    assert write(warehouse) == 1


def test_below_the_severity_nothing_is_told(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    judge_all(warehouse)
    assert write_alert(warehouse, compose, min_severity=1, now=NOW) == 0
    assert write(warehouse) == 1
