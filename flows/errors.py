"""What can go wrong in `flows`, beside what its rooms raise.

    FlowError
    ├── SettingsError    config.toml or the environment is wrong; names the setting and the line
    ├── MailError        the mail server did not take a mail            (transient)
    └── RunUnderWay      another run holds this home                    (transient)

Errors of the network stand in flows/web/errors.py.
"""

from __future__ import annotations


class FlowError(Exception):
    """Base of the errors of `flows`."""

    transient = False


class SettingsError(FlowError):
    """A setting is wrong; the message says which, where, and what it may be."""


class MailError(FlowError):
    """The mail server could not be reached, or refused."""

    transient = True


class RunUnderWay(FlowError):
    """Another process is running the pipeline on the same home."""

    transient = True
