"""Alert: one mail a run for the contradictions that are new, and whatever is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.errors import MailError
from flows.house import House, now, open_house
from flows.mail.compose import compose
from flows.mail.send import deliver, write_file
from flows.progress import count, stage
from flows.web.politeness import backoff
from warehouse.mails import (
    Mail,
    count_waiting,
    mark_failed,
    mark_sent,
    unsent,
    write_alert,
)


@dataclass(frozen=True, slots=True)
class Alerted:
    """What alerting came to. `files` are mails written to the outbox folder."""

    contradictions: int
    sent: int
    files: int
    failed: int


@flow(name="alert", validate_parameters=False)
def alert(home: str) -> Alerted:
    """Writes the mail for what is new, then sends what is owed; a dead server costs delay only."""
    house = open_house(home)
    settings = house.settings
    with stage("alert") as shown:
        told = write_alert(
            house.warehouse,
            partial(compose, settings.mail),
            min_severity=settings.compare.min_severity,
            now=now(),
        )
        mails = unsent(house.warehouse, now())
        results = [send_one(house, mail) for mail in mails]
        sent, files = results.count("sent"), results.count("file")
        errors = [result for result in results if result not in ("sent", "file")]
        words = [f"{count(sent, 'mail')} sent"] if settings.mail.host else []
        if files:
            where = house.home / "outbox"
            words.append(f"no mail server is set: {count(files, 'mail')} written to {where}")
        if errors:
            words.append(f"{count(len(errors), 'mail')} not sent: {errors[0]}")
        if waiting := count_waiting(house.warehouse, now()):
            words.append(f"{count(waiting, 'mail')} to be tried again later")
        shown.note(", ".join(words) or "nothing to tell")
    return Alerted(told, sent, files, len(errors))


@task(task_run_name="send {mail.subject}", cache_policy=NO_CACHE)
def send_one(house: House, mail: Mail) -> str:
    """Sends one mail or writes it to the outbox folder; returns `sent`, `file`, or the error."""
    settings, refused = house.settings.mail, None
    try:
        if settings.host:
            refused = ", ".join(deliver(settings, mail)) or None
        else:
            write_file(house.home / "outbox", mail)
    except MailError as error:
        wait = backoff(mail.attempts + 1, None)
        mark_failed(house.warehouse, mail.mail_id, str(error), now() + wait)
        return str(error)
    mark_sent(
        house.warehouse, mail.mail_id, now(), error=refused and f"the server refuses {refused}"
    )
    return "sent" if settings.host else "file"
