"""Copies of one wire story are told from stories written apart."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from extract.copies import COPY, signature, similarity

WIRE = """Halden Systems said on Tuesday that it trained its newest language model on 4,096 accelerators over eleven weeks, a run that it put at 61 million dollars.
The figure is the first that the Oslo company has given for any of its models, and it leaves out salaries, failed runs and the price of the data.
"We think the public should know what these systems take to build," its head of research told reporters at a briefing in Bergen.
Analysts had guessed at twice as much after the company rented a whole hall of a data centre near the Swedish border last autumn.
The model reads texts of up to 256,000 tokens and answers in twenty-two languages, among them Sami and Icelandic.
Prices start at 40 cents for a million tokens read and at 1.60 dollars for a million written, about a third of what its larger rivals ask for.
Shares of the hall's owner, which is listed in Stockholm, rose by four per cent in the morning and gave most of it back by noon.
The company plans to open a second hall with 12,000 accelerators in the spring of next year."""

REPRINT = """Norwegian lab names its price
By our own correspondent in Oslo
Halden Systems said on Tuesday that it trained its newest language model on 4,096 accelerators over eleven weeks, a run that it put at 61 million dollars.
The figure is the first that the Oslo company has given for any of its models, and it leaves out salaries, failed runs and the price of the data.
“We think the public should know what these systems take to build,” its head of research told reporters at a briefing in Bergen.
It had long been expected that the bill would be higher, not least because of a lease signed last autumn.
The model reads texts of up to 256,000 tokens and answers in twenty-two languages, among them Sami and Icelandic.
Prices start at 40 cents for a million tokens read and at 1.60 dollars for a million written, about a third of what its larger rivals ask for.
The company plans to open a second hall with 12,000 accelerators in the spring of next year."""

APART = """A young laboratory in Norway has broken with the habit of its trade and told the world what a model costs.
Training took eleven weeks and 4,096 accelerators, Halden Systems said at a briefing in Bergen on Tuesday; the invoice came to 61 million dollars.
That is half of what most observers had in mind. It does not count the people, though, nor the attempts that went wrong.
"We think the public should know what these systems take to build," the head of research said.
Customers pay 40 cents for every million tokens that the model reads, and four times that for what it writes.
Next spring a hall with 12,000 accelerators is to follow, the second that the company fills near the border."""


def test_reprint_is_a_copy() -> None:
    assert similarity(signature(WIRE), signature(REPRINT)) >= 0.7 > COPY


def test_first_half_is_a_copy() -> None:
    half = "\n".join(WIRE.splitlines()[:4])
    assert similarity(signature(half), signature(WIRE)) >= 0.85


def test_story_written_apart_is_none() -> None:
    assert similarity(signature(WIRE), signature(APART)) < 0.3 < COPY
    assert similarity(signature(REPRINT), signature(APART)) < 0.3


def test_order_case_and_width_do_not_matter() -> None:
    assert similarity(signature(WIRE), signature(WIRE.upper())) == 1.0
    assert similarity(signature(WIRE), signature(REPRINT)) == similarity(
        signature(REPRINT), signature(WIRE)
    )


@pytest.mark.parametrize("text", ["", "Subscribe to read on.", "a b c d e f g h i j k l m n o p"])
def test_text_too_short_is_nobodys_copy(text: str) -> None:
    assert similarity(signature(text), signature(text)) == 0.0
    assert similarity(signature(text), signature(WIRE)) == 0.0


def test_signature_stays() -> None:
    """Signatures lie in databases: another process, and another version, must give the same."""
    program = (
        "import sys; from extract.copies import signature; print(signature(sys.stdin.read()).hex())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        input=WIRE,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert bytes.fromhex(other.stdout) == signature(WIRE)
    assert len(signature(WIRE)) == 5 + 4 * 256
    assert hashlib.sha256(signature(WIRE)).hexdigest()[:16] == "3159647013e2c1a8"


def test_signature_of_another_version_is_not_compared() -> None:
    ours = signature(WIRE)
    assert similarity(ours, bytes([ours[0] + 1]) + ours[1:]) == 0.0
