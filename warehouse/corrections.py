"""An article's claims before and after its text was changed.

The claims of a paragraph that stands as it did stay, wherever it stands now. A model that reads
it beside other words makes one claim in ten otherwise, and nobody changed those.
Elsewhere a claim that says the same in nearly the same sentence is the same claim. What is left on
both sides is gone, or new; where a figure that is gone and one that is new are about the same,
the article was corrected in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extract.articles import Article
from extract.claims import Claim
from extract.revisions import shared, squeezed, standing, words
from warehouse.compare.scopes import apart
from warehouse.rereading import Known, Rereading
from warehouse.rows import said

MOST_PAIRS = 2_000

NEAR = 0.6
"""Share of the words of a sentence, its figure left out, that make another nearly the same."""

FEWEST = 3
"""Words below which a sentence is like any other: a cell of a table, a figure by itself."""


def beside(
    article: Article, claims: Sequence[Claim], stored: Sequence[Known], before: str
) -> Rereading:
    """The claims of an article's new text beside those that are stored.

    `before` is the text that it had; empty where another model has read it, so that every
    paragraph is read anew.
    """
    found = Rereading(article, [], [], [], [])
    claims, stored = list(claims), list(stored)
    for was, now, length in standing(before, article.text):
        for known in [k for k in stored if _stands(k, before, was, was + length)]:
            stored.remove(known)
            shift, place = now - was, known.claim
            found.same.append(
                (known, replace(place, start=place.start + shift, end=place.end + shift))
            )
        claims = [claim for claim in claims if not now <= claim.start < now + length]
    _hold_beside(found, claims, stored)
    return found


def _stands(known: Known, text: str, first: int, last: int) -> bool:
    """Whether a claim was made in a stretch of the text that an article had."""
    claim = known.claim
    inside = first <= claim.start and claim.end <= last
    # What was withdrawn has its place in some earlier text; a misreading may still stand here.
    kept = not known.withdrawn or (known.misread and text[claim.start : claim.end] == claim.quote)
    return inside and kept


def _hold_beside(found: Rereading, claims: Sequence[Claim], stored: Sequence[Known]) -> None:
    """Finds for each claim the stored one that it is.

    Of several that could be the same, those that stand go before those that were withdrawn,
    then the likeliest pair, then the first in the text.
    """
    by_words = defaultdict(list)
    for known in stored:
        by_words[said(known.claim)].append(known)
    likely = []
    for number, claim in enumerate(claims):
        for known in by_words[said(claim)]:
            # A longer sentence that takes up the old one is still that one.
            near = _near(known.claim, claim, min)
            if near >= NEAR:
                likely.append((known.withdrawn, -near, known.claim.start, number, known))
    made: dict[int, Known] = {}
    taken: set[str] = set()
    for *_, number, known in sorted(likely, key=lambda pair: pair[:-1]):
        if number not in made and known.claim_id not in taken:
            made[number] = known
            taken.add(known.claim_id)
    for number, claim in enumerate(claims):
        if number in made:
            found.read_again(made[number], claim)
        else:
            found.new.append(claim)
    found.gone.extend(k for k in stored if not k.withdrawn and k.claim_id not in taken)


def corrected(
    gone: Sequence[Claim], fresh: Sequence[Claim], before: str, after: str
) -> Iterator[tuple[int, int]]:
    """Which of the claims that are `gone` were corrected to which `fresh` ones, by their numbers.

    `before` and `after` are the texts. A figure whose sentence stands as it did was not
    corrected but read otherwise, since other words are around it.
    """
    was, is_now = squeezed(before), squeezed(after)
    olds = [n for n, claim in enumerate(gone) if squeezed(claim.sentence) not in is_now]
    news = [n for n, claim in enumerate(fresh) if squeezed(claim.sentence) not in was]
    likely = []
    # Sentences are held side by side only where that is little work: a page may be made to be much.
    few = len(olds) * len(news) <= MOST_PAIRS
    for old in olds:
        for new in news:
            ours, theirs = gone[old], fresh[new]
            if _topic(ours) == _topic(theirs) and _figure(ours) != _figure(theirs):
                near = _near(ours, theirs, _mean) if few else 0.0
                if near >= NEAR or _of_one_thing(ours, theirs):
                    likely.append((-near, old, new))
    for _, old, new in sorted(likely):
        if old in olds and new in news:
            olds.remove(old)
            news.remove(new)
            yield old, new


def _topic(claim: Claim) -> tuple[str | None, str]:
    return claim.subject, claim.metric


def _figure(claim: Claim) -> tuple[float, float | None, float | None, str | None]:
    return claim.value, claim.low, claim.high, claim.unit


def _of_one_thing(ours: Claim, theirs: Claim) -> bool:
    """Whether two claims of one topic count the same, as far as they say."""
    if ours.subject is None or ours.metric == "other" or ours.as_of != theirs.as_of:
        return False
    found = apart(ours.metric, ours.scope, theirs.scope)
    return not found.conflicts and not found.one_sided


def _near(ours: Claim, theirs: Claim, length: Callable[[int, int], float]) -> float:
    """How near two claims' sentences are, 0 to 1, their figures left out.

    `length` gives the number of words that would be all, from those of each sentence.
    """
    if squeezed(ours.sentence) == squeezed(theirs.sentence):
        return 1.0
    left, right = (words(c.sentence.replace(c.quote, " ", 1)) for c in (ours, theirs))
    if min(len(left), len(right)) < FEWEST:
        return 0.0
    return min(1.0, shared(left, right) / length(len(left), len(right)))


def _mean(ours: int, theirs: int) -> float:
    return (ours + theirs) / 2
