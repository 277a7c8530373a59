"""Holding a claim against the records: pure functions, no SQL.

`judge` gives the verdict, `anachronism` what dates itself too early, `find_misfit` what its own
article's figures do not multiply out to, `contradiction_key` one name for one contradiction. The
rules are the contract's; each module says which part it is:

    periods   what time a date or period covers, and when two are the same
    units     one unit to another, money at the European Central Bank's rates
    reach     how far a figure reaches by what its writing leaves open
    scopes    whether two scopes name the same thing
    sides     a claim or record with its origin, and which of two speaks of a later time
    pairs     one claim against one record: the table of verdicts, row by row
    hints     what may lie behind a contradiction, and how grave it is
    explain   the verdict in plain sentences
    events    which records the news is held against at all
    verdicts  which record the verdict is taken against

    relations   what multiplies out to what (relations.toml)
    factors     which figures of an article, or on record, stand for a factor
    arithmetic  totals that do not fit their factors, and the sum in words
"""

from __future__ import annotations

from warehouse.compare.arithmetic import find_misfit
from warehouse.compare.events import is_of_one_event
from warehouse.compare.identity import anachronism, contradiction_key
from warehouse.compare.sides import Side, Verdict, side_from_json
from warehouse.compare.verdicts import judge

__all__ = [
    "Side",
    "Verdict",
    "anachronism",
    "contradiction_key",
    "find_misfit",
    "is_of_one_event",
    "judge",
    "side_from_json",
]  # fmt: skip
