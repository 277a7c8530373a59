"""How good claims and classes are, held against the annotations.

A claim found is held against the annotated one whose quote it overlaps most. It is right
when metric, value, unit and subject are all right: a strict measure, because a figure on
the wrong subject is as false as a wrong figure.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.articles import Article, Story
from extract.claims import Claim
from extract.entities import registry
from extract.training.corpus import Labelled, Sample

# "a third" is annotated as 33.3 and read as 33.33…
TOLERANCE = 0.005
# Bins of the calibration error: few, because a test part has a few hundred claims.
BINS = 5

FIELDS = ("metric", "value", "unit", "subject", "qualifier", "interval", "status", "claimant")


def article(sample: Sample) -> Article:
    """A sample's passage as the reader takes it."""
    passage = sample.passage
    return Article(passage.id, passage.title, passage.text, passage.published)


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in a passage; no `found` where a claim was missed, no `gold` where none is."""

    sample: Sample
    gold: Claim | None
    found: Claim | None


@dataclass(slots=True)
class ClaimScore:
    """Counts over texts: claims wanted, found, and right; fields right of those matched.

    The counters with `_of` hold the same by metric: of the annotation for those wanted and
    right, of what was read for those found. `mistakes` are slips by the words for their kind.
    """

    wanted: int = 0
    found: int = 0
    right: int = 0
    matched: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    wanted_of: Counter[str] = field(default_factory=Counter)
    found_of: Counter[str] = field(default_factory=Counter)
    right_of: Counter[str] = field(default_factory=Counter)
    mistakes: dict[str, list[Slip]] = field(default_factory=lambda: defaultdict(list))

    @property
    def slips(self) -> Counter[str]:
        """How many mistakes of each kind."""
        return Counter({kind: len(slips) for kind, slips in self.mistakes.items()})

    @property
    def precision(self) -> float:
        """Right of those found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right of those wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def f1_of(self, metric: str) -> float:
        """Strict F1 of the claims of one metric."""
        both = self.found_of[metric] + self.wanted_of[metric]
        return 2 * self.right_of[metric] / both if both else 0.0

    def share(self, name: str) -> float:
        """How many of the matched claims have a field right."""
        return self.fields[name] / self.matched if self.matched else 0.0

    def calibration_error(self) -> float:
        """Mean distance between confidence and share right, over BINS bins of like size."""
        ordered = sorted(self.confidences)
        bins = [
            ordered[i * len(ordered) // BINS : (i + 1) * len(ordered) // BINS] for i in range(BINS)
        ]
        gaps = [
            abs(sum(confidence for confidence, _ in part) - sum(right for _, right in part))
            for part in bins
        ]
        return sum(gaps) / len(ordered) if ordered else 0.0


@dataclass(slots=True)
class StoryScore:
    """Counts over stories, AI race or not."""

    both: int = 0
    found: int = 0
    wanted: int = 0
    topics: int = 0
    topics_right: int = 0
    stories: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        """F1 of the class AI race."""
        return 2 * self.both / (self.found + self.wanted) if self.found + self.wanted else 0.0


def score_claims(samples: Iterable[Sample], claims: Iterable[Sequence[Claim]]) -> ClaimScore:
    """Claims, a list a sample, against the samples' annotations."""
    score = ClaimScore()
    for sample, found in zip(samples, claims, strict=True):
        gold = sample.passage.claims
        pairs = pair(gold, found)
        score.wanted += len(gold)
        score.found += len(found)
        score.matched += len(pairs)
        score.wanted_of.update(claim.metric for claim in gold)
        score.found_of.update(claim.metric for claim in found)
        right = set()
        for wanted, index in pairs:
            checked = check(gold[wanted], found[index])
            score.fields.update(name for name, good in checked.items() if good)
            if strictly(checked):
                right.add(index)
                score.right_of[gold[wanted].metric] += 1
                continue
            for kind in _slips(gold[wanted], found[index], checked):
                score.mistakes[kind].append(Slip(sample, gold[wanted], found[index]))
        score.right += len(right)
        score.confidences += [(claim.confidence, i in right) for i, claim in enumerate(found)]
        met, used = {wanted for wanted, _ in pairs}, {index for _, index in pairs}
        score.mistakes["not found"] += [
            Slip(sample, claim, None) for i, claim in enumerate(gold) if i not in met
        ]
        score.mistakes["no claim"] += [
            Slip(sample, None, claim) for i, claim in enumerate(found) if i not in used
        ]
    return score


def score_stories(stories: Iterable[Labelled], found: Iterable[Story]) -> StoryScore:
    """Classes against the labels; topics where they are told and the story is of the race."""
    score = StoryScore()
    for labelled, story in zip(stories, found, strict=True):
        score.stories += 1
        score.wanted += labelled.ai_race
        score.found += story.ai_race
        score.both += labelled.ai_race and story.ai_race
        score.right += labelled.ai_race == story.ai_race
        if labelled.ai_race and labelled.topic:
            score.topics += 1
            score.topics_right += labelled.topic == story.topic
    return score


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody or something says of samples and of stories, in their order."""

    name: str
    samples: Sequence[Sample]
    claims: Sequence[Sequence[Claim]]
    labelled: Sequence[Labelled]
    stories: Sequence[Story]

    def claim_score(self, *origins: str) -> ClaimScore:
        """The claims' score on the samples of such origins ("own", "news")."""
        kept = [i for i, sample in enumerate(self.samples) if sample.origin in origins]
        return score_claims([self.samples[i] for i in kept], [self.claims[i] for i in kept])

    def story_score(self, *origins: str) -> StoryScore:
        """The classes' score on the stories of such origins."""
        kept = [i for i, one in enumerate(self.labelled) if one.origin in origins]
        return score_stories([self.labelled[i] for i in kept], [self.stories[i] for i in kept])


def pair(gold: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[int, int]]:
    """Indices of claims whose quotes overlap, most characters first, each used once."""
    shared = [
        (min(a.end, b.end) - max(a.start, b.start), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
    ]
    pairs: list[tuple[int, int]] = []
    for overlap, i, j in sorted(shared, reverse=True):
        if overlap > 0 and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def check(gold: Claim, found: Claim) -> dict[str, bool]:
    """Which of FIELDS are right."""
    return {
        "metric": gold.metric == found.metric,
        "value": _near(gold.value, found.value),
        "unit": (gold.unit or "").casefold() == (found.unit or "").casefold(),
        "subject": _same(gold.subject, found.subject),
        "qualifier": gold.qualifier == found.qualifier,
        "interval": _near(gold.low, found.low) and _near(gold.high, found.high),
        "status": gold.status == found.status,
        "claimant": _same(gold.claimant, found.claimant),
    }


def strictly(checked: dict[str, bool]) -> bool:
    """Whether metric, value, unit and subject are all right."""
    return all(checked[name] for name in ("metric", "value", "unit", "subject"))


def _near(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=TOLERANCE)


def _same(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return a is b
    return a.casefold() == b.casefold() or registry().same(a, b)


def _slips(gold: Claim, found: Claim, checked: dict[str, bool]) -> Iterable[str]:
    if not checked["metric"]:
        yield f"metric {gold.metric} read as {found.metric}"
    for name in ("value", "unit", "subject"):
        if not checked[name]:
            yield name if name != "subject" or found.subject else "subject missing"
