"""Alert mails: what stands in them, and that each is sent once, whatever the server does."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller

from flows.errors import MailError
from flows.mail.compose import compose, subject_line
from flows.mail.send import check, deliver, write_file
from flows.server import free_port
from flows.settings import MailSettings
from warehouse.mails import Mail

ROW: dict[str, Any] = {
    "contradiction_id": "c0ffee",
    "kind": "contradicts",
    "severity": 0.9,
    "subject": "DeepSeek-R1",
    "metric": "training_cost",
    "ratio": 0.0525,
    "hints": ["order_of_magnitude", "scope"],
    "explanation": "$294,000 is 19 times less than the $5.6 million on record.",
    "independent_sources": 2,
    "claim_quote": "$294,000",
    "claim_sentence": "DeepSeek said training R1 cost $294,000, far below rivals.",
    "claim_claimant": "DeepSeek",
    "claim_outlet": "The Ledger",
    "claim_published": "2025-09-18",
    "claim_url": "https://ledger.example/r1",
    "claim_as_of": None,
    "record_id": "beef",
    "record_quote": None,
    "record_value": 5600000.0,
    "record_unit": "USD",
    "record_sentence": None,
    "record_note": "Widely given in January 2025",
    "record_claimant": None,
    "record_outlet": "Harbour Wire",
    "record_published": "2025-01-27",
    "record_url": "https://harbour.example/r1",
}

SETTINGS = MailSettings(
    sender="Counterclaim <alerts@desk.example>", recipients=["Ed <ed@desk.example>", "b@x.example"]
)


def parsed(mail: Mail) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(mail.message, policy=default))


def part(mail: Mail, kind: str) -> str:
    body = parsed(mail).get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_both_sides_stand_in_both_parts() -> None:
    mail = compose(SETTINGS, "m1", [ROW])
    for kind in ("plain", "html"):
        text = part(mail, kind)
        for words in (
            "DeepSeek-R1, training cost", "$294,000", "$5.6 million", "The Ledger", "Harbour Wire",
            "2025-09-18", "2025-01-27", "https://ledger.example/r1", "https://harbour.example/r1",
            "19 times less", "order of magnitude", "2 independent sources",
            "Widely given in January 2025",
        ):  # fmt: skip
            assert words in text, (kind, words)
    assert "<mark" in part(mail, "html")
    assert "cost [$294,000], far" in part(mail, "plain")


def test_the_subject_says_the_main_thing() -> None:
    line = "DeepSeek-R1, training cost: $294,000 against $5.6 million"
    assert subject_line([ROW]) == line
    assert subject_line([ROW, ROW, ROW]) == f"{line} (and 2 more)"
    early = {**ROW, "kind": "anachronism", "claim_as_of": "early 2023"}
    assert "early 2023" in subject_line([early])


def test_headers() -> None:
    message = parsed(compose(SETTINGS, "m1", [ROW]))
    assert message["Message-ID"] == "<m1@desk.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [str(a) for a in message["To"].addresses] == ["Ed <ed@desk.example>", "b@x.example"]


def test_what_comes_from_pages_is_escaped_and_breaks_no_header() -> None:
    nasty = "<script>alert(1)</script>\r\nBcc: all@x.example"
    row = {
        **ROW,
        "subject": nasty,
        "claim_quote": nasty,
        "claim_outlet": nasty,
        "explanation": nasty,
    }
    row["claim_sentence"] = f"It cost {nasty}."
    mail = compose(SETTINGS, "m1", [row])
    assert "<script>" not in part(mail, "html")
    assert parsed(mail)["Bcc"] is None
    assert len(parsed(mail).get_all("Subject") or []) == 1


def test_an_anachronism_has_one_side() -> None:
    row = {
        **ROW,
        "kind": "anachronism",
        "record_id": None,
        "claim_as_of": "early 2023",
        "hints": [],
    }
    assert "On record" not in part(compose(SETTINGS, "m1", [row]), "plain")


class Server:
    """A real SMTP server; `answer` is what it says to DATA."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answer = "250 OK"
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.taken.append(envelope.content)
        return self.answer


@pytest.fixture
def server() -> Iterator[tuple[Server, MailSettings]]:
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, MailSettings(host="127.0.0.1", port=controller.port, security="none", seconds=5)
    controller.stop()


def test_delivery(server: tuple[Server, MailSettings]) -> None:
    handler, settings = server
    check(settings)
    mail = compose(settings, "m1", [ROW])
    deliver(settings, mail)
    assert [m.replace(b"\r\n", b"\n") for m in handler.taken] == [
        mail.message.replace(b"\r\n", b"\n")
    ]


@pytest.mark.parametrize("answer", ["451 try later", "554 no"])
def test_a_refusal_is_an_error(server: tuple[Server, MailSettings], answer: str) -> None:
    handler, settings = server
    handler.answer = answer
    with pytest.raises(MailError, match=answer[:3]):
        deliver(settings, compose(settings, "m1", [ROW]))


def test_a_refused_recipient_is_named(server: tuple[Server, MailSettings]) -> None:
    handler, settings = server
    handler.refused = set(settings.recipients)
    with pytest.raises(MailError, match="you@localhost"):
        deliver(settings, compose(settings, "m1", [ROW]))


def test_a_refused_recipient_beside_others_is_told(
    server: tuple[Server, MailSettings],
) -> None:
    handler, settings = server
    settings = settings.model_copy(update={"recipients": ["a@x.example", "b@x.example"]})
    handler.refused = {"b@x.example"}
    assert deliver(settings, compose(settings, "m1", [ROW])) == ["b@x.example"]
    assert len(handler.taken) == 1


def test_the_right_figure_is_marked() -> None:
    sentence = "It grew by 15 percent, then 5 percent."
    row = {**ROW, "claim_sentence": sentence, "claim_quote": "5 percent"}
    text = part(compose(SETTINGS, "m1", [row]), "plain")
    assert "It grew by 15 percent, then [5 percent]." in text


def test_no_server_no_starttls_and_a_silent_server_are_errors(
    server: tuple[Server, MailSettings],
) -> None:
    _, settings = server
    mail = compose(settings, "m1", [ROW])
    with pytest.raises(MailError, match="STARTTLS"):
        deliver(settings.model_copy(update={"security": "starttls"}), mail)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        with pytest.raises(MailError, match="refused"):
            deliver(settings.model_copy(update={"port": port}), mail)
        silent.listen()
        with pytest.raises(MailError, match="timed out"):
            deliver(settings.model_copy(update={"port": port, "seconds": 0.3}), mail)


def test_a_mail_file_is_whole_and_the_error_says_where(tmp_path: Path) -> None:
    mail = compose(SETTINGS, "m1", [ROW])
    path = write_file(tmp_path / "outbox", mail)
    assert path.read_bytes() == mail.message
    assert [entry.name for entry in path.parent.iterdir()] == ["m1.eml"]
    (tmp_path / "file").touch()
    with pytest.raises(MailError, match="file"):
        write_file(tmp_path / "file", mail)
