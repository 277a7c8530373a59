"""The model's card: confidence in bins, a plot of them, baselines, and mistakes that may be shown."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from extract.claims import Claim
from extract.training import card_tables
from extract.training.baselines import claims, stated, usual_metric
from extract.training.corpus import Sample
from extract.training.passages import Passage
from extract.training.reliability import plot, reliability
from extract.training.scoring import Answers, ClaimScore

TEXT = "Nvidia earned $22 billion. OpenAI, after a year of talks, raised $6.6 billion in one round."


def made(quote: str, metric: str, subject: str | None, value: float) -> Claim:
    start = TEXT.index(quote)
    return Claim(
        subject,
        metric,
        value,
        value,
        value,
        "USD",
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def sample(origin: str = "own", text: str = TEXT) -> Sample:
    gold = (
        made("$22 billion", "profit", "Nvidia", 22e9),
        made("$6.6 billion", "funding_round", "OpenAI", 6.6e9),
    )
    return Sample(Passage(f"{origin}-1", "Money", "2025-01-01", text, gold), origin, "test")


def answers(*samples: Sample) -> Answers:
    """A reader that takes the round for the chip maker's, and loses the profit."""
    found = [made("$6.6 billion", "funding_round", "Nvidia", 6.6e9)]
    return Answers("reader", samples, [found] * len(samples), [], [])


def test_bins_tell_how_much_of_each_confidence_is_right() -> None:
    score = ClaimScore(confidences=[(0.12, False), (0.18, True), (0.95, True), (1.0, True)])
    low, high = reliability(score)
    assert (low.low, low.claims, low.right) == (0.1, 2, 0.5)
    assert low.confidence == pytest.approx(0.15)
    assert (high.high, high.claims, high.right) == (1.0, 2, 1.0)


def test_the_plot_has_a_point_a_bin_and_larger_ones_for_more_claims() -> None:
    score = ClaimScore(confidences=[(0.1, False)] * 4 + [(0.9, True)] * 100)
    drawn = ElementTree.fromstring(plot([("own", reliability(score))]))
    points = [one for one in drawn.iter() if one.tag.endswith("circle") and len(one)]
    few, many = points
    assert float(many.get("r", 0)) == pytest.approx(5 * float(few.get("r", 0)), rel=0.02)
    assert float(many.get("cx", 0)) > float(few.get("cx", 0))
    assert float(many.get("cy", 0)) < float(few.get("cy", 0)), "more of them right stands higher"


def test_the_grammar_alone_names_who_stands_before() -> None:
    read = claims(sample(), usual_metric([*stated(sample()), *stated(sample())[1:]]))
    assert [(one.quote, one.metric, one.subject, one.value) for one in read] == [
        ("$22 billion", "funding_round", "Nvidia", 22e9),
        ("$6.6 billion", "funding_round", "OpenAI", 6.6e9),
    ]
    assert claims(sample(), lambda _: None) == []


def test_scores_by_metric_add_up() -> None:
    score = answers(sample()).claim_score("own")
    assert (score.wanted_of, score.found_of) == (
        {"profit": 1, "funding_round": 1},
        {"funding_round": 1},
    )
    assert score.f1_of("funding_round") == 0
    assert "| `profit` | 1 | 0 | 0 | 0.00 |" in card_tables.by_metric(score)


def test_examples_of_mistakes_are_never_out_of_the_news() -> None:
    told = TEXT.replace("after a year of talks", "words of somebody else")
    both = answers(sample("own"), sample("news", told))
    text = card_tables.mistakes(both, ["own", "news"])
    assert "- subject (1 own, 1 news)" in text
    assert "- not found (1 own, 1 news)" in text
    assert "a year of talks, raised «$6.6 billion» in one" in text
    assert "`funding_round` of OpenAI, read as `funding_round` of Nvidia" in text
    assert "somebody else" not in text
