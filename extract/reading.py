"""The reader: articles in, claims and the story's class out.

The grammar (`extract.figures`) finds every figure and its interval, the claims model says what
each is about, whom, and who says so; the catalogue (`extract.entities`) gives the canonical
names, and `extract.dates` the periods.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from extract.articles import TOPICS, Article, Story
from extract.attached import is_day, period_of, rate_of, round_of, staff_event
from extract.canonical import canonical
from extract.claims import STATUSES, Claim
from extract.dates import Period, find_periods
from extract.entities import Mention, registry
from extract.figures import Figure, dimension, find_figures
from extract.metrics import metrics, named_behind
from extract.model import Model
from extract.model.decoding import Pointed, point, sigmoid, softmax
from extract.model.encoding import Pass, Place, Source, Spot
from extract.model.labels import METRICS, NONE, ROLES, SCOPE, TITLE
from extract.sentences import split_sentences

# Articles read at once: few enough that the scores of their passes stay small.
ARTICLES_AT_ONCE = 64
# Sentences before the claim's that a name may come from, nearest first; further back, "the
# company" is seldom the one meant.
SENTENCES_BACK = 8
# Characters behind a figure that may name its metric.
AHEAD = 30
# A scope is given from this probability on: a wrong one parts a claim from its record.
SCOPE_THRESHOLD = 0.5
# Scopes that name entities of the catalogue; the others are words of the text.
NAMED_SCOPES = frozenset(("benchmark", "chip", "product", "place", "in", "with", "against"))


@dataclass(slots=True)
class _Text:
    """An article being read."""

    article: Article
    source: Source
    figures: list[Figure]
    periods: list[Period]

    def sentence(self, figure: Figure) -> int:
        """The number of the sentence that a figure starts in."""
        starts = [start for start, _ in self.source.sentences]
        return max(int(np.searchsorted(starts, figure.start, side="right")) - 1, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one figure, before any threshold.

    `metric` is the likeliest metric, NONE left out; `signals` are the inputs of the confidence.
    """

    figure: Figure
    metric: str
    claim_probability: float
    signals: tuple[float, ...]
    claim: Claim


class Reader:
    """Reads articles with a claims model; the bundled one where none is given."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or Model()

    @property
    def name(self) -> str:
        """Name of the model, which every claim that it reads carries."""
        return self.model.name

    def read(self, articles: Sequence[Article]) -> list[list[Claim]]:
        """The claims of each article, in the order of the text, whatever the story's class."""
        threshold = float(self.model.config["claim_threshold"])
        return [
            [reading.claim for reading in readings if reading.claim_probability >= threshold]
            for readings in self.readings(articles)
        ]

    def readings(self, articles: Sequence[Article]) -> list[list[Reading]]:
        """Every figure of each article, read as if it were a claim."""
        found: list[list[Reading]] = []
        for first in range(0, len(articles), ARTICLES_AT_ONCE):
            texts = [_text(article) for article in articles[first : first + ARTICLES_AT_ONCE]]
            passes = [self.model.encoder.passes(text.source, _spots(text)) for text in texts]
            scores = iter(self.model.run([made for several in passes for made in several]))
            for text, several in zip(texts, passes, strict=True):
                readings = [
                    self._reading(text, made, row, scored)
                    for made, scored in ((made, next(scores)) for made in several)
                    for row in range(len(made.figures))
                ]
                found.append(sorted(readings, key=lambda reading: reading.figure.start))
        return found

    def classify(self, articles: Sequence[Article]) -> list[Story]:
        """The class of each story, from its title and its first words."""
        leads = [self.model.encoder.lead(article.title, article.text) for article in articles]
        slope, offset = self.model.config["story"]
        stories = []
        for scores in self.model.run(leads):
            score = sigmoid(slope * float(scores["story"][0]) + offset)
            topics = scores["story"][1:].copy()
            topics[TOPICS.index("none")] = -math.inf
            topic = TOPICS[int(topics.argmax())] if score >= 0.5 else "none"
            stories.append(Story(score >= 0.5, score, topic))
        return stories

    def _reading(
        self, text: _Text, made: Pass, row: int, scores: Mapping[str, np.ndarray]
    ) -> Reading:
        figure = text.figures[made.figures[row]]
        impossible = _impossible(figure, text.article.text[figure.end : figure.end + AHEAD])
        shares = softmax(np.where(impossible, -math.inf, scores["metric"][row]))
        metric = METRICS[int(shares[:NONE].argmax())]
        found = point(scores["start"][row], scores["end"][row], made.places)
        pointed = dict(zip(ROLES, found, strict=True))
        pointed["subject"] = _of_its_kind(text, made, row, scores, metric, pointed["subject"])
        claim_probability = 1 - float(shares[NONE])
        given_claim = float(shares[:NONE].max()) / max(claim_probability, 1e-9)
        signals = (
            _logit(claim_probability),
            _logit(given_claim),
            _logit(pointed["subject"].probability),
            1.0,
        )
        weights = self.model.config["confidence"]
        confidence = sigmoid(sum(w * s for w, s in zip(weights, signals, strict=True)))
        negative = float(scores["negative"][row]) > 0
        status = STATUSES[int(scores["status"][row].argmax())]
        claim = _claim(text, figure, metric, pointed, negative, status, confidence)
        return Reading(figure, metric, claim_probability, signals, claim)


def _of_its_kind(
    text: _Text,
    made: Pass,
    row: int,
    scores: Mapping[str, np.ndarray],
    metric: str,
    subject: Pointed,
) -> Pointed:
    """The subject pointed at, or the likeliest known entity where it is none of the metric's kind.

    Money is raised by companies, not by chips, however near a chip stands.
    """
    never = NEVER.get(metric, frozenset())
    if subject.place:
        pointed = _mention(text.source, subject.place)
        if pointed is None or pointed.kind is None or pointed.kind not in never:
            return subject
    starts = {(s == TITLE, start): token for token, (s, start, _) in enumerate(made.places) if s}
    ends = {(s == TITLE, end): token for token, (s, _, end) in enumerate(made.places) if s}
    start, end = scores["start"][row][0], scores["end"][row][0]
    others: list[tuple[float, Place]] = []
    for title, mentions in ((True, text.source.title_mentions), (False, text.source.mentions)):
        for mention in mentions:
            first = starts.get((title, mention.start))
            last = ends.get((title, mention.end))
            if first is None or last is None:
                continue
            if mention.kind and mention.kind not in never:
                place = (made.places[first][0], mention.start, mention.end)
                others.append((float(start[first] + end[last]), place))
    return Pointed(max(others)[1] if others else None, subject.probability)


def _impossible(figure: Figure, after: str) -> np.ndarray:
    """Which metrics (and NONE, never) a figure cannot be, by its size and the words behind it.

    No context window is a trillion, and what is lost "in market value" is no loss of a year.
    """
    named = named_behind(after) if dimension(figure.unit) == "money" else frozenset()
    could = [
        metrics()[name].could_be(figure.value) and (not named or name in named) for name in METRICS
    ]
    return np.array([not possible for possible in could] + [False])


def _text(article: Article) -> _Text:
    known = registry()
    source = Source(
        article.title,
        article.text,
        split_sentences(article.text),
        known.find(article.title),
        known.find(article.text),
    )
    periods = find_periods(article.text, _day(article.published))
    return _Text(article, source, find_figures(article.text), periods)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _spots(text: _Text) -> list[Spot]:
    return [Spot(figure.start, figure.end, dimension(figure.unit)) for figure in text.figures]


def _claim(
    text: _Text,
    figure: Figure,
    metric: str,
    pointed: Mapping[str, Pointed],
    negative: bool,
    status: str,
    confidence: float,
) -> Claim:
    number = text.sentence(figure)
    start, end = text.source.sentences[number]
    context = _context(text, number)
    mentions, title_mentions = text.source.mentions, text.source.title_mentions
    subject = _name(text, pointed["subject"].place, context)
    claimant = _name(text, pointed["claimant"].place, context)
    measured = canonical(figure, metric, text.article.text[figure.end : end], negative)
    words = text.article.text
    period = period_of(text.periods, text.figures, figure, words, (start, end))
    return Claim(
        subject=subject or nearest_named(metric, figure.start, mentions, title_mentions),
        metric=metric,
        value=measured.value,
        low=measured.low,
        high=measured.high,
        unit=measured.unit,
        qualifier=measured.qualifier,
        status=status,
        claimant=claimant,
        scope=_scope(text, figure, metric, pointed, period, context),
        as_of=period.label if period else None,
        quote=figure.quote,
        start=figure.start,
        end=figure.end,
        sentence=text.article.text[start : max(end, figure.end)],
        confidence=confidence,
    )


def _words(text: _Text, place: Place) -> str:
    whole = text.article.title if place[0] == TITLE else text.article.text
    return whole[place[1] : place[2]]


def _context(text: _Text, number: int) -> list[str]:
    """The sentence, those before it, nearest first, and the title."""
    spans = text.source.sentences[max(0, number - SENTENCES_BACK) : number + 1]
    return [*(text.article.text[start:end] for start, end in reversed(spans)), text.article.title]


def _name(text: _Text, place: Place | None, context: Sequence[str]) -> str | None:
    """The canonical name of what stands at a place: as the article's mention there, if any."""
    if place is None:
        return None
    mention = _mention(text.source, place)
    if mention and mention.name:
        return mention.name
    return registry().resolve(_words(text, place), context)


def _mention(source: Source, place: Place) -> Mention | None:
    """The article's mention that stands exactly at a place, if any."""
    mentions = source.title_mentions if place[0] == TITLE else source.mentions
    same = (mention for mention in mentions if (mention.start, mention.end) == place[1:])
    return next(same, None)


def nearest_named(
    metric: str, start: int, mentions: Sequence[Mention], title_mentions: Sequence[Mention]
) -> str | None:
    """The known entity named last before the figure at `start`, of a kind the metric is of."""
    kinds = SUBJECT_KINDS.get(metric, COMPANIES)
    before = [mention for mention in mentions if mention.end <= start]
    for mention in [*reversed(before), *title_mentions]:
        if mention.kind in kinds:
            return mention.name
    return None


COMPANIES = frozenset(("company", "lab"))
MODELS = frozenset(("model", "family"))
SUBJECT_KINDS: Mapping[str, frozenset[str]] = {
    **{name: MODELS for name in metrics() if name.startswith(("training_", "api_price"))},
    **dict.fromkeys(
        ("parameters", "active_parameters", "context_window", "benchmark_score"), MODELS
    ),
    **dict.fromkeys(("chip_price", "gpu_hour_price"), frozenset(("chip", "family"))),
    **dict.fromkeys(("accelerator_fleet", "datacenter_power"), COMPANIES | {"site", "project"}),
    **dict.fromkeys(("users", "downloads"), COMPANIES | MODELS | {"product"}),
}
"""Kinds of entities that a metric's figures describe; companies and labs where not listed."""


THINGS = frozenset(("model", "family", "chip", "benchmark", "index", "outlet"))
PEOPLE = frozenset(("person", "outlet", "agency", "country", "index"))
NEVER: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("funding_round", "valuation", "headcount", "market_value_change"), THINGS),
    **{name: PEOPLE for name, kinds in SUBJECT_KINDS.items() if kinds is MODELS},
}
"""Kinds of entities that a metric's figures never describe: there the pointer has slipped."""


def _scope(
    text: _Text,
    figure: Figure,
    metric: str,
    pointed: Mapping[str, Pointed],
    period: Period | None,
    context: Sequence[str],
) -> dict[str, str]:
    scope: dict[str, str] = {}
    for role in SCOPE:
        found = pointed[role]
        if found.place and found.probability >= SCOPE_THRESHOLD:
            named = role in NAMED_SCOPES and _name(text, found.place, context)
            scope[role] = named or _words(text, found.place)
    first = text.source.sentences[text.sentence(figure)][0]
    place = figure.start - first, figure.end - first
    if metric == "funding_round" and (named := round_of(context[0], *place)):
        scope["round"] = named
    if metric == "headcount" and (event := staff_event(context[0], *place)):
        scope.setdefault("what", event)
    if "period" in metrics()[metric].identify:
        counted = _counted_over(metric, scope.get("period"), period, context[0])
        scope.pop("period", None)
        if counted:
            scope["period"] = counted
    return scope


def _counted_over(
    metric: str, words: str | None, period: Period | None, sentence: str
) -> str | None:
    """What a figure that a period identifies is counted over.

    Users are counted by the week or month, money by the year or quarter. The model's words
    count where they say so; of the dates, only what is longer than a day.
    """
    if metric == "users":
        return rate_of(words or "") or rate_of(sentence)
    if words and not any(character.isdigit() for character in words):
        return words
    return period.label if period and not is_day(period) else words


def _logit(probability: float) -> float:
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))
