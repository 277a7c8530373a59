"""An article's claims before and after its text was changed.

A claim that says the same in nearly the same sentence is the same claim, wherever the sentence
stands now. What is left on both sides is gone, or new; where a figure that is gone and one that
is new are about the same, the article was corrected in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from extract.articles import Article
from extract.claims import Claim
from extract.revisions import shared, squeezed, words
from warehouse.compare.scopes import apart
from warehouse.rereading import Known, Rereading
from warehouse.rows import said

NEAR = 0.6
"""Share of the words of a sentence, its figure left out, that make another nearly the same."""

FEWEST = 3
"""Words below which a sentence is like any other: a cell of a table, a figure by itself."""


def beside(article: Article, claims: Sequence[Claim], stored: Iterable[Known]) -> Rereading:
    """The claims of an article's new text beside those that are stored.

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
    found = Rereading(article, [], [], [], [])
    for number, claim in enumerate(claims):
        if number in made:
            found.read_again(made[number], claim)
        else:
            found.new.append(claim)
    for several in by_words.values():
        found.gone.extend(k for k in several if not k.withdrawn and k.claim_id not in taken)
    return found


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
    for old in olds:
        for new in news:
            ours, theirs = gone[old], fresh[new]
            if _topic(ours) == _topic(theirs) and _figure(ours) != _figure(theirs):
                near = _near(ours, theirs, _mean)
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
