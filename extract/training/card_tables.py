"""The tables of a model's card, as Markdown, each from scores that are already taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from extract.claims import Claim
from extract.training.corpus import Sample
from extract.training.reliability import Bin
from extract.training.score_figures import CASES, score_cases, score_passage
from extract.training.scoring import FIELDS, Answers, ClaimScore, Slip

# Kinds of mistakes that the card names: the ones that a reader of claims will meet.
KINDS = 6
EXAMPLES = 3
# Characters of the text on either side of an example's figure: the clause it stands in.
AROUND = 70


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as Markdown, all but the first column flush right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, marks, *rows))


def measured(answers: Answers, origins: Sequence[str]) -> str:
    """What was read of each part, and how much of it is right."""
    rows = []
    for origin in origins:
        score, story = answers.claim_score(origin), answers.story_score(origin)
        passages = sum(sample.origin == origin for sample in answers.samples)
        topic = f"{story.topics_right / story.topics:.3f}" if story.topics else "–"
        rows.append(
            [origin, str(passages), str(score.wanted), f"{score.f1:.3f}", f"{score.precision:.3f}",
             f"{score.recall:.3f}", f"{score.calibration_error():.3f}", str(story.stories),
             f"{story.f1:.3f}", topic]
        )  # fmt: skip
    head = (
        "part,passages,claims,strict F1,precision,recall,calibration error,stories,AI race F1,topic"
    )
    return table(head.split(","), rows)


def by_field(answers: Answers, origins: Sequence[str]) -> str:
    """Of the claims found, the share with each field right."""
    scores = [(origin, answers.claim_score(origin)) for origin in origins]
    return table(
        ["part", *FIELDS],
        [[origin, *(f"{score.share(name):.3f}" for name in FIELDS)] for origin, score in scores],
    )


def beside(all_answers: Sequence[Answers], origins: Sequence[str]) -> str:
    """One row a reader: strict F1 of claims and F1 of the class, part by part."""
    head = [f"strict F1, {origin}" for origin in origins]
    head += [f"AI race F1, {origin}" for origin in origins]
    return table(
        ["", *head],
        [
            [answers.name]
            + [f"{answers.claim_score(origin).f1:.3f}" for origin in origins]
            + [f"{answers.story_score(origin).f1:.3f}" for origin in origins]
            for answers in all_answers
        ],
    )


def two_readers(readers: Mapping[str, ClaimScore], model: Mapping[str, ClaimScore]) -> str:
    """How far a second reader agrees with the first, beside the model on the same passages."""
    rows = []
    for origin, second in readers.items():
        for name, score in (
            (f"{origin}, second reader", second),
            (f"{origin}, this model", model[origin]),
        ):
            shares = [f"{score.share(field):.3f}" for field in ("metric", "subject", "status")]
            rows.append([name, str(score.wanted), f"{score.f1:.3f}", *shares])
    return table(["", "claims", "strict F1", "metric", "subject", "status"], rows)


def by_metric(score: ClaimScore) -> str:
    """One row a metric, the commonest first."""
    counts = score.wanted_of + score.found_of
    names = sorted(counts, key=lambda name: (-score.wanted_of[name], name))
    return table(
        ["metric", "claims", "found", "right", "strict F1"],
        [
            [f"`{name}`", str(score.wanted_of[name]), str(score.found_of[name]),
             str(score.right_of[name]), f"{score.f1_of(name):.2f}"]
            for name in names
        ],
    )  # fmt: skip


def by_confidence(series: Sequence[tuple[str, Sequence[Bin]]]) -> str:
    """One row a bin of confidence: claims and the share right, part by part."""
    held = {name: {one.low: one for one in bins} for name, bins in series}
    highs = {one.low: one.high for _, bins in series for one in bins}
    rows = []
    for low, high in sorted(highs.items()):
        row = [f"{low:.1f}–{high:.1f}"]
        for bins in held.values():
            one = bins.get(low)
            row += [str(one.claims), f"{one.right:.2f}"] if one else ["0", "–"]
        rows.append(row)
    head = [cell for name in held for cell in (f"{name}: claims", "right")]
    return table(["confidence", *head], rows)


def quoted(found: Mapping[str, Sequence[tuple[bool, bool]]]) -> str:
    """Epoch's quoted values by column, the commonest first, and all of them."""
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    whole = [pair for _, pairs in ordered for pair in pairs]
    return table(
        ["Epoch's column", "values", "among the figures", "read as such a claim"],
        [
            [column, str(len(pairs)), *(str(sum(pair[side] for pair in pairs)) for side in (0, 1))]
            for column, pairs in [*ordered, ("all", whole)]
        ],
    )


def figures(samples: Sequence[Sample], origins: Sequence[str]) -> str:
    """The annotated quotes that the grammar of figures finds, and what it reads in them."""
    rows = []
    for origin in origins:
        tally: Counter[str] = Counter()
        for sample in samples:
            if sample.origin == origin:
                claims = [claim.to_json() for claim in sample.passage.claims]
                score_passage({"claims": claims}, sample.passage.text, tally)
        fields = [
            f"{tally[name] / tally['found']:.3f}" for name in ("value", "bounds", "qualifier")
        ]
        exact = f"{tally['found'] / tally['claims']:.3f}"
        rows.append([origin, str(tally["claims"]), exact, *fields])
    return table(["part", "claims", "found to the character", "value", "bounds", "qualifier"], rows)


def cases(folder: Path) -> str:
    """Microsoft's cases of quantities, file by file."""
    rows = []
    for name in CASES:
        wanted, hit = score_cases(folder / f"{name}.json")
        rows.append([f"`{name}`", str(wanted), str(hit)])
    return table(["cases", "values", "found"], rows)


def mistakes(answers: Answers, origins: Sequence[str]) -> str:
    """The commonest kinds of mistakes, with examples out of the project's own passages.

    The news is counted, never shown: its sentences belong to others.
    """
    scores = {origin: answers.claim_score(origin) for origin in origins}
    counts = sum((score.slips for score in scores.values()), Counter[str]())
    lines = []
    for kind, _ in counts.most_common(KINDS):
        many = ", ".join(f"{score.slips[kind]} {origin}" for origin, score in scores.items())
        lines.append(f"- {kind} ({many})")
        # One a passage, and spread over the data, which holds passages of a kind side by side.
        slips = list({one.sample.passage.id: one for one in scores["own"].mistakes[kind]}.values())
        spread = slips[:: max(1, len(slips) // EXAMPLES)][:EXAMPLES]
        lines += [f"  - {_example(slip)}" for slip in spread]
    return "\n".join(lines)


def _example(slip: Slip) -> str:
    claim = slip.gold or slip.found
    assert claim, "a slip has one of them"
    text = slip.sample.passage.text.replace("\n", " ").replace("`", "'")
    before = text[max(0, claim.start - AROUND) : claim.start].partition(" ")[2]
    after = text[claim.end : claim.end + AROUND].rpartition(" ")[0]
    # Marked as code, because Markdown makes formulas of what stands between dollar signs.
    clause = f"`… {before}«{claim.quote}»{after} …`"
    numbers = {(one.value, one.unit) for one in (slip.gold, slip.found) if one}
    said = [_said(one, with_number=len(numbers) > 1) for one in (slip.gold, slip.found)]
    return f"{clause} {said[0]}, read as {said[1]}"


def _said(claim: Claim | None, with_number: bool) -> str:
    """Metric and subject of a claim, and its number where that is what differs."""
    if claim is None:
        return "no claim"
    unit = f" {claim.unit}" if claim.unit else ""
    number = f", {claim.value:,.6g}{unit}" if with_number else ""
    return f"`{claim.metric}` of {claim.subject or 'nobody'}{number}"
