"""An alert mail from rows of the view `contradictions`: both sides, side by side, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.house import now
from flows.settings import MailSettings
from warehouse.compare.wording import figure
from warehouse.mails import Mail

SUBJECT_LENGTH = 150
"""Mail programs show some 60 characters; past 150 a subject is noise."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a contradiction as the mail shows it.

    `before`, `marked` and `after` are the sentence with its figure cut out; `marked` is empty
    where the figure does not stand in it as written.
    """

    role: str
    figure: str
    before: str
    marked: str
    after: str
    says: str
    outlet: str
    date: str
    url: str


def compose(settings: MailSettings, mail_id: str, rows: Sequence[Mapping[str, Any]]) -> Mail:
    """One mail for all rows, HTML and plain text.

    Everything that comes from a page goes through the template's escaping, or through header
    objects that refuse line breaks.
    """
    subject = subject_line(rows)
    domain = parseaddr(settings.sender)[1].rpartition("@")[2] or "localhost"
    message_id = f"<{mail_id}@{domain}>"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = _address(settings.sender)
    message["To"] = [_address(recipient) for recipient in settings.recipients]
    message["Date"] = format_datetime(now())
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    items = [{"row": row, "topic": topic(row), "voices": voices(row)} for row in rows]
    words = {"items": items, "subject": subject}
    message.set_content(_template("alert.txt.j2").render(words))
    message.add_alternative(_template("alert.html.j2").render(words), subtype="html")
    recipients = tuple(parseaddr(recipient)[1] for recipient in settings.recipients)
    return Mail(mail_id, message_id, recipients, subject, message.as_bytes())


def subject_line(rows: Sequence[Mapping[str, Any]]) -> str:
    """The main thing first: whose figure, what it is, one against the other."""
    first = rows[0]
    claim = _plain(first["claim_quote"])
    if first["kind"] == "anachronism":
        line = f"{_plain(first['subject'])} dated to {_plain(first['claim_as_of'])}: too early"
    elif first["kind"] == "arithmetic":
        line = f"{topic(first)}: {claim} does not fit the article's own figures"
    else:
        line = f"{topic(first)}: {claim} against {record_figure(first)}"
    more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
    return line[: SUBJECT_LENGTH - len(more)] + more


def topic(row: Mapping[str, Any]) -> str:
    """`DeepSeek-R1, training cost`."""
    return f"{_plain(row['subject'])}, {row['metric'].replace('_', ' ')}"


def record_figure(row: Mapping[str, Any]) -> str:
    """The record's figure as it was written, else in the usual way of writing."""
    return _plain(row["record_quote"] or figure(row["record_value"], row["record_unit"]))


def voices(row: Mapping[str, Any]) -> list[Voice]:
    """The claim, and the record where there is one."""
    sides = [_voice(row, "claim", "New claim", _plain(row["claim_quote"]))]
    if row["record_id"] is not None:
        sides.append(_voice(row, "record", "On record", record_figure(row)))
    return sides


def _voice(row: Mapping[str, Any], side: str, role: str, shown: str) -> Voice:
    sentence = row[f"{side}_sentence"] or row.get(f"{side}_note") or ""
    before, marked, after = _cut(sentence, row[f"{side}_quote"])
    published = row[f"{side}_published"]
    if isinstance(published, datetime):
        published = published.date().isoformat()
    return Voice(
        role,
        shown,
        before,
        marked,
        after,
        says=row[f"{side}_claimant"] or "",
        outlet=row[f"{side}_outlet"] or "",
        date=published or "",
        url=row[f"{side}_url"] or "",
    )


def _cut(sentence: str, quote: str | None) -> tuple[str, str, str]:
    """The sentence before, in and behind its figure; "5 percent" is not the end of "15 percent"."""
    found = quote and re.search(rf"(?<![\w.,]){re.escape(quote)}(?!\w|[.,]\d)", sentence)
    if not found:
        return sentence, "", ""
    return sentence[: found.start()], found[0], sentence[found.end() :]


def _address(text: str) -> Address:
    name, mailbox = parseaddr(text)  # the settings have seen to it that there is one
    return Address(name, addr_spec=mailbox)


def _plain(text: str | None) -> str:
    """Text for one line of a header: no line breaks, no runs of spaces."""
    return " ".join((text or "").split())


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("flows.mail", "."),
        autoescape=lambda name: bool(name) and ".html" in str(name),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Any:
    return _templates().get_template(name)
