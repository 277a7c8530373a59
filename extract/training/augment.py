"""Other passages from an annotated one, right by construction and the same for a seed.

What is exchanged changes no answer but the places: a known entity for another of its kind,
the digits of a figure, the way its magnitude is written, the currency, a hedge before it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.claims import QUALIFIERS
from extract.entities import Mention
from extract.model.encoding import Place, Spot
from extract.model.labels import SENTENCE, TITLE
from extract.training.targets import UNKNOWN, Example, Target

# Each by itself, so that most variants differ in one or two ways and still read as news.
EXCHANGE, DIGITS, MAGNITUDE, CURRENCY, HEDGE = 0.5, 0.6, 0.3, 0.2, 0.15

HEDGES = {
    "approximate": ("about", "around", "roughly", "nearly", "almost", "some", "approximately"),
    "at_least": ("more than", "over", "at least", "upwards of", "in excess of"),
    "at_most": ("less than", "under", "up to", "at most", "no more than"),
}
MAGNITUDES = (
    ("thousand", "k"), ("million", "m", "M", "mn"), ("billion", "b", "B", "bn"),
    ("trillion", "T", "tn", "trn"),
)  # fmt: skip
_MAGNITUDE = re.compile(r"(?<=\d)(\s?)(thousand|million|billion|trillion|bn|mn|tn|[mMbBTk])$")
_CURRENCY = re.compile(r"^\$(?=\d)")
_HEDGED = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|more|less|fewer|over|under|up"
    r"|least|most|above|below|than|to|and|between|from|of|only|just|the|a|an|its|their)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of title or text (TITLE, SENTENCE) to be replaced; nothing where start == end."""

    segment: int
    start: int
    end: int
    new: str


def augment(made: Example, names: Mapping[str, Sequence[str]], dice: random.Random) -> Example:
    """A variant of an example. `names` are the known entities by kind."""
    edits = _exchange(made, names, dice) if dice.random() < EXCHANGE else []
    currency = dice.choice("€£¥") if dice.random() < CURRENCY else None
    targets: list[Target] = []
    for target in made.targets:
        spot = target.spot
        quote = made.text[spot.start : spot.end]
        new = _digits(quote, dice) if dice.random() < DIGITS else quote
        new = _magnitude(new, dice) if dice.random() < MAGNITUDE else new
        new = _CURRENCY.sub(currency, new) if currency else new
        hedge = None
        if dice.random() < HEDGE and _may_hedge(made.text, target):
            hedge = dice.choice(sorted(HEDGES))
            before = f"{dice.choice(HEDGES[hedge])} "
            edits.append(Edit(SENTENCE, spot.start, spot.start, before))
        if new != quote:
            edits.append(Edit(SENTENCE, spot.start, spot.end, new))
        targets.append(replace(target, qualifier=QUALIFIERS.index(hedge)) if hedge else target)
    return apply(replace(made, targets=targets), edits)


def apply(made: Example, edits: Sequence[Edit]) -> Example:
    """The example with its texts edited and every place moved along; edits may not overlap."""
    title, text = (
        _Edited(whole, [edit for edit in edits if edit.segment == segment])
        for segment, whole in ((TITLE, made.title), (SENTENCE, made.text))
    )

    def place(old: Place) -> Place:
        segment, start, end = old
        side = title if segment == TITLE else text
        return segment, side.start(start), side.end(end)

    def moved(mentions: Sequence[Mention], side: _Edited) -> list[Mention]:
        return [
            replace(mention, start=side.start(mention.start), end=side.end(mention.end))
            for mention in mentions
        ]

    targets = [
        replace(
            target,
            spot=Spot(
                text.start(target.spot.start), text.end(target.spot.end), target.spot.dimension
            ),
            places={role: [place(old) for old in olds] for role, olds in target.places.items()},
        )
        for target in made.targets
    ]
    return Example(
        title.whole,
        text.whole,
        targets,
        moved(made.title_mentions, title),
        moved(made.mentions, text),
        made.story,
    )


class _Edited:
    """A text after its edits, and where its characters have gone."""

    def __init__(self, whole: str, edits: Sequence[Edit]) -> None:
        self.edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [whole[at : edit.start], edit.new]
            at = edit.end
        self.whole = "".join([*pieces, whole[at:]])

    def start(self, old: int) -> int:
        """A span's start: after what is inserted there."""
        return old + sum(
            len(edit.new) - (edit.end - edit.start)
            for edit in self.edits
            if edit.end <= old and (edit.start < old or edit.start == edit.end)
        )

    def end(self, old: int) -> int:
        """A span's end: before what is inserted there."""
        return old + sum(
            len(edit.new) - (edit.end - edit.start)
            for edit in self.edits
            if edit.end <= old and edit.start < old
        )


def _exchange(made: Example, names: Mapping[str, Sequence[str]], dice: random.Random) -> list[Edit]:
    """Each known entity, with even odds, for another of its kind, wherever it is named.

    Mentions that hold a figure to be read, or cross another place, stay as they are.
    """
    fixed = [(target.spot.start, target.spot.end) for target in made.targets]
    fixed += [
        (start, end)
        for target in made.targets
        for places in target.places.values()
        for segment, start, end in places
        if segment == SENTENCE
    ]
    exact = {(mention.start, mention.end) for mention in made.mentions}
    fixed = [span for span in fixed if span not in exact]
    instead: dict[str, str] = {}
    edits: list[Edit] = []
    for segment, mentions in ((TITLE, made.title_mentions), (SENTENCE, made.mentions)):
        for mention in mentions:
            if mention.name is None or mention.kind is None:
                continue
            if mention.name not in instead:
                others = names.get(mention.kind) or (mention.text,)
                keep = dice.random() < 0.5
                instead[mention.name] = mention.text if keep else dice.choice(others)
            crossed = segment == SENTENCE and any(
                start < mention.end and mention.start < end for start, end in fixed
            )
            if instead[mention.name] != mention.text and not crossed:
                edits.append(Edit(segment, mention.start, mention.end, instead[mention.name]))
    return edits


def _digits(quote: str, dice: random.Random) -> str:
    """Other digits in the same form; leading zeros and the number's length stay."""
    made, leading = [], True
    for letter in quote:
        if not (letter.isascii() and letter.isdigit()) or (leading and letter == "0"):
            made.append(letter)
        else:
            made.append(str(dice.randint(int(leading), 9)))
            leading = False
    return "".join(made)


def _magnitude(quote: str, dice: random.Random) -> str:
    """The same magnitude, written another way ("million", "m", "mn")."""
    found = _MAGNITUDE.search(quote)
    for ways in MAGNITUDES:
        if found and found[2] in ways:
            way = dice.choice(ways)
            return quote[: found.start()] + (" " + way if len(way) > 3 else way)
    return quote


def _may_hedge(text: str, target: Target) -> bool:
    if target.qualifier == UNKNOWN or QUALIFIERS[target.qualifier] != "exact":
        return False
    before = text[: target.spot.start]
    return before.endswith(" ") and not _HEDGED.search(before)
