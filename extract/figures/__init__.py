"""The grammar of figures: every quantity in a text, with no model.

The text is read once, left to right. Where a digit or a word of a number stands,
`quantities` reads the longest quantity that begins there; `names` throws out dates,
versions, ages and the like; `ranges` joins two quantities into one; `hedges` says how
sure the figure is; `nouns` names what a plain count counts. What each of them knows by
heart is in currencies.toml, units.toml and words.toml.
"""

from __future__ import annotations

from extract.figures.figure import Figure
from extract.figures.finder import dimension, find_figures

__all__ = ["Figure", "dimension", "find_figures"]
