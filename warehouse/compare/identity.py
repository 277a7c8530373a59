"""What one contradiction is, however many articles repeat it, and what dates itself too early."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from extract.claims import Claim
from extract.metrics import metrics
from warehouse.compare.periods import day_in_words, span
from warehouse.compare.scopes import value_key
from warehouse.compare.sides import Side, stated_time
from warehouse.compare.subjects import subject_key
from warehouse.compare.units import canonical
from warehouse.compare.wording import interval

# Hex digits of SHA-256 kept: 64 bits, so that a clash among a million rows is one in 37 million.
KEY_DIGITS = 16
# A model is trained before it is released, frontier models for most of a year.
TRAINING_MONTHS = 12
# Companies begin as projects, under other names, and are dated by whichever beginning one knows.
COMPANY_MONTHS = 24


def contradiction_key(claim: Claim, record: Claim) -> str:
    """A stable name of the contradiction between two figures, the same from either side.

    Made of the subject, the metric, the scope keys that identify the figure, and the two
    figures with their units; not of who says it, when, or in which words.
    """
    scope = {
        key: value_key(key, value)
        for key in metrics()[claim.metric].identify
        if (value := claim.scope.get(key) or record.scope.get(key))
    }
    figures = sorted(figure_key(side) for side in (claim, record))
    subject = subject_key(claim.subject or "", record.subject or "")
    parts = [subject, claim.metric, scope, figures]
    written = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:KEY_DIGITS]


def figure_key(claim: Claim) -> str:
    """A figure with its unit, the same however it is written."""
    value, unit = canonical(claim.value, claim.unit, claim.metric)
    # Six digits are more than news writes, and fewer than floating point gets wrong.
    return f"{value + 0.0:.6g} {unit}"


def anachronism(claim: Side, since: str | None, *, founded: bool = False) -> str | None:
    """Why a claim dates its figure before its subject existed, or None where it does not.

    `founded` where the subject is a company or the like, which may be older than its date by
    COMPANY_MONTHS. Only a date that the words give counts, and of a coarse one its last day.
    Training may begin TRAINING_MONTHS before the release; a plan speaks of the future, and a
    denial says that something was not so.
    """
    existed, dated = span(since), stated_time(claim)
    if existed is None or dated is None or claim.claim.status in ("planned", "denied"):
        return None
    earliest = existed.first
    training = claim.claim.metric.startswith("training_")
    if training:
        earliest = _months_before(earliest, TRAINING_MONTHS)
    if founded:
        earliest = _months_before(earliest, COMPANY_MONTHS)
    if dated.last >= earliest:
        return None
    said = claim.claim.as_of if span(claim.claim.as_of) else claim.claim.scope.get("period")
    margin = f", and training starts at most {TRAINING_MONTHS} months before" if training else ""
    return (
        f"{interval(claim.claim)} is dated {day_in_words(said)}, but {claim.claim.subject} has"
        f" existed only since {day_in_words(since)}{margin}."
    )


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=max(year, 1), month=month + 1, day=min(day.day, 28))
