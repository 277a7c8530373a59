"""Handing a mail to a server, or writing it to the outbox folder."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from pathlib import Path

from flows.errors import MailError
from flows.settings import MailSettings
from warehouse.mails import Mail


def deliver(settings: MailSettings, mail: Mail) -> list[str]:
    """Gives the mail to the server; returns the recipients that it refused beside others.

    Raises MailError unless the server took it. Once it did, nothing counts as an error any
    more: a server that hangs up instead of saying goodbye has the mail all the same.
    """
    place = f"{settings.host}:{settings.port}"
    try:
        with _connected(settings) as server:
            if settings.user:
                server.login(settings.user, settings.password.get_secret_value())
            sender = parseaddr(settings.sender)[1]
            refused = server.sendmail(sender, list(mail.recipients), mail.message)
            return sorted(refused)
    except smtplib.SMTPRecipientsRefused as error:
        who = ", ".join(error.recipients)
        raise MailError(f"mail server {place} refuses {who}") from error
    except smtplib.SMTPResponseException as error:
        words = error.smtp_error
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        raise MailError(f"mail server {place}: {error.smtp_code} {said}") from error
    except (OSError, UnicodeError, smtplib.SMTPException) as error:
        raise MailError(f"mail server {place}: {error}") from error


def check(settings: MailSettings) -> None:
    """Connects and logs in without sending; raises MailError where that fails."""
    try:
        with _connected(settings) as server:
            if settings.user:
                server.login(settings.user, settings.password.get_secret_value())
            server.noop()
    except (OSError, UnicodeError, smtplib.SMTPException) as error:
        raise MailError(f"mail server {settings.host}:{settings.port}: {error}") from error


def write_file(folder: Path, mail: Mail) -> Path:
    """Writes the mail as `.eml`, whole or not at all; raises MailError where it cannot."""
    path = folder / f"{mail.mail_id}.eml"
    fresh = path.with_suffix(f".{os.getpid()}.new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(mail.message)
        fresh.replace(path)
    except OSError as error:
        raise MailError(f"{path} cannot be written: {error.strerror}") from error
    return path


@contextmanager
def _connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    server = _connect(settings)
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connect(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.security == "tls":
        return smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=settings.seconds, context=context
        )
    server = smtplib.SMTP(settings.host, settings.port, timeout=settings.seconds)
    if settings.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server
