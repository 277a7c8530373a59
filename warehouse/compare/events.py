"""Which records the news is held against at all.

`judge` holds whatever it is given against each other, as the contract says. In the stream of news
more must be known first: a share's fall of today is no word on last month's, the next round of
funding is another round, and "a tenth of the cost" says nothing until both say of what. The rules
are the metrics' `within` and `alike` (extract/metrics.toml).
"""

from __future__ import annotations

from collections.abc import Mapping

from extract.metrics import metrics
from warehouse.compare.scopes import same_value, value_key
from warehouse.compare.sides import Side, days_later

PARTING = ("in", "with", "what", "type", "product", "place")
"""Scope keys that tell one thing of a subject from another: a stake from its other stakes, paying
users from all. `judge` compares where only one side has them, and says so as a hint; nine in ten of
what that finds in the news is no contradiction."""

USUAL = {"type": frozenset(("net", "post-money")), "place": frozenset(("world",))}
"""Values that name the usual case, which others do not name."""

PLAN_DAYS = 365
"""A plan on record is of the same event as what comes of it, if that comes within a year."""


def is_of_one_event(claim: Side, record: Side) -> bool:
    """Whether a record of a claim's subject and metric may be about the same event."""
    metric = metrics()[claim.claim.metric]
    ours, theirs = claim.claim.scope, record.claim.scope
    for key in metric.alike:
        if not (key in ours and key in theirs and same_value(key, ours[key], theirs[key])):
            return False
    if any(_tells(key, ours) != _tells(key, theirs) for key in PARTING):
        return False
    if metric.within is None:
        return True
    if metric.signed and claim.claim.value * record.claim.value < 0:
        return False  # a fall and a rise
    apart = days_later(claim, record)
    plan = record.claim.status == "planned"
    return apart is None or abs(apart) <= max(metric.within, PLAN_DAYS if plan else 0)


def _tells(key: str, scope: Mapping[str, str]) -> bool:
    return key in scope and value_key(key, scope[key]) not in USUAL.get(key, ())
