"""The words of a model's card, round the tables that card_tables makes."""

from __future__ import annotations

CARD = """\
# {name}

Reads numeric claims about the AI race out of English news: for each figure of a sentence its
metric, subject, status, sign, claimant and scope, and for each story whether it is about the
AI race. Made for Counterclaim; the fields and metrics are those of `extract/metrics.toml`.

- Base: `{base}` (Apache-2.0), all layers but the word embeddings trained further
- Licence: Apache-2.0
- File: `model.onnx`, ONNX with 8-bit weights, {megabytes:.0f} MB, sha256 `{sha256}`
- Training: {how}
- Data: {data}
- A figure is taken for a claim from a probability of {threshold:g} on; thresholds and
  calibration were fitted on the dev part

## Measured on the test part

Stories that were neither learned from nor fitted on; each passage read alone. A claim is right
when metric, value, unit and subject are all right (strict).

{measured}

Of the claims found, the share with a field right:

{by_field}

Beside other ways to read the same. "Nearest by embedding" takes the metric, or that there is
none, from the likest train sentence that has a figure of the same dimension, and the class from
the likest train story; likeness is the cosine of embeddings by the base as it is. "Grammar alone"
takes every figure for a claim of its dimension's commonest metric, and every story for one of
the race. Both take the subject that is named last before the figure.

{beside}

{readers}
By metric, all parts together:

{by_metric}

## How sure it is

Claims by the confidence they are given with, and the share of them that is right.

![Share right over confidence](reliability.svg)

{by_confidence}

## Figures and other people's data

Of the quotes annotated in the test part, the grammar of figures finds to the character, and of
those reads as annotated:

{figures}
{others}
## The commonest mistakes

As annotated, and as read. Examples are of the project's own passages.

{mistakes}

## Limits

- English news only. Passages are read by themselves, so a subject named far before its figure
  is missed.
- The project's own passages were written for it, by few hands: their numbers are kinder than
  those of the news. Rare metrics have few examples in either.
- Dates and figures come from rules, names from a catalogue: what those do not know, the
  model cannot mend.
"""

READERS = """\
A second reader has read {passages} of these passages without a look at the first reading. Scored
against the first like a model, that is about as far as a model can be measured:

{table}
"""

QUOTED = """
Values that Epoch AI's people read out of sentences of reports and papers (CC BY 4.0, never
learned from). A sentence may hold more figures, so this is recall: whether the value is among
the figures found, and whether a claim of such a metric has it.

{table}
"""

CASES = """
English cases of Microsoft Recognizers-Text (MIT), whose conventions are others: a number
without anything that it counts is one there, and so is part of a date or an address.

{table}
"""
