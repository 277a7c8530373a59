"""What training learns from: parts by story, places found, variants right by construction."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from extract.claims import QUALIFIERS, Claim
from extract.entities import registry
from extract.model import BUNDLED
from extract.model.encoding import Encoder
from extract.model.labels import METRICS, NONE, ROLES
from extract.model.tokenizer import Tokenizer
from extract.training.augment import augment
from extract.training.calibrate import fit
from extract.training.corpus import news_samples, own_samples, part_of, stories
from extract.training.passages import Passage, passage_from_json
from extract.training.scoring import pair, score_claims
from extract.training.targets import Example, example, gold

PASSAGE = passage_from_json(
    {
        "id": "t-1",
        "title": "OpenAI rival DeepSeek says little was spent",
        "published": "2025-09-19",
        "text": "DeepSeek-R1 was trained on 512 Nvidia H800 chips, DeepSeek said. It has 12 rivals.",
        "claims": [
            {
                "metric": "training_hardware",
                "subject": "DeepSeek-R1",
                "value": 512,
                "low": 512,
                "high": 512,
                "unit": "accelerator",
                "qualifier": "exact",
                "status": "reported",
                "claimant": "DeepSeek",
                "scope": {"chip": "Nvidia H800", "stage": "a stage that no word names"},
                "as_of": None,
                "quote": "512",
                "start": 27,
                "end": 30,
            }
        ],
    }
)


def words(made: Example, role: str, number: int = 0) -> list[str]:
    texts = {1: made.title, 3: made.text}
    return [texts[segment][start:end] for segment, start, end in made.targets[number].places[role]]


def test_places_of_a_claim() -> None:
    made = example(PASSAGE)
    claim, other = made.targets
    assert (METRICS[claim.metric], other.metric) == ("training_hardware", NONE)
    assert words(made, "subject") == ["DeepSeek-R1"]
    assert words(made, "claimant") == ["DeepSeek", "DeepSeek"]  # in the title, and in the text
    assert words(made, "chip") == ["Nvidia H800"]
    assert claim.places["period"] == []  # nobody names one
    assert "stage" not in claim.places  # somebody does, in words that are not here


def test_answers_point_at_the_tokens() -> None:
    encoder = Encoder(Tokenizer(BUNDLED), 256)
    made = example(PASSAGE)
    passes = encoder.passes(made.source(), [target.spot for target in made.targets])
    assert [one.figures for one in passes] == [[0, 1]]  # a paragraph is read at once
    answers = gold(passes[0], made.targets)
    spans = {
        ROLES[role]: (first, first + more)
        for figure, role, more, first in answers["spans"].tolist()
        if figure == 0
    }
    first, last = (passes[0].places[token] for token in spans["subject"])
    assert made.text[first[1] : last[2]] == "DeepSeek-R1"
    assert spans["period"] == (0, 0), "nobody names one"
    assert not answers["told"][0, ROLES.index("stage")]


@pytest.mark.parametrize("seed", range(40))
def test_a_variant_keeps_its_answers(seed: int) -> None:
    names = {"lab": ["Anthropic"], "model": ["Grok 4"], "chip": ["Google TPU v5p"]}
    made = example(PASSAGE)
    varied = augment(made, names, random.Random(seed))
    subject, chip = words(varied, "subject")[0], words(varied, "chip")[0]
    assert subject in ("DeepSeek-R1", "Grok 4")
    assert chip in ("Nvidia H800", "Google TPU v5p")
    assert set(words(varied, "claimant")) <= {"DeepSeek", "Anthropic"}
    claim = varied.targets[0]
    quote = varied.text[claim.spot.start : claim.spot.end]
    assert quote.isdigit()
    assert len(quote) == 3
    hedged = not varied.text[: claim.spot.start].endswith("was trained on ")
    assert hedged == (QUALIFIERS[claim.qualifier] != "exact")
    for mention in varied.mentions:
        if mention.name == "DeepSeek-R1":
            assert varied.text[mention.start : mention.end] == subject
    assert augment(made, names, random.Random(seed)) == varied


def test_our_own_passages_teach_their_claims() -> None:
    samples = own_samples()
    assert {sample.part for sample in samples} == {"train", "dev", "test"}
    titles: dict[str, set[str]] = {}
    for sample in samples:
        titles.setdefault(sample.passage.title, set()).add(sample.part)
    assert all(len(parts) == 1 for parts in titles.values())
    assert {story.part for story in stories()} == {"train", "dev", "test"}


def test_a_story_is_always_in_the_same_part() -> None:
    assert [part_of(story) for story in "cfi"] == ["train", "test", "dev"]


def test_news_is_cut_by_its_offsets(tmp_path: Path) -> None:
    article = {
        "url": "https://example.org/1",
        "title": "Chips",
        "text": "Before. " * 100 + PASSAGE.text,
    }
    start = len("Before. ") * 100
    claim = {**PASSAGE.claims[0].to_json(), "start": start + 27, "end": start + 30}
    row = {"id": "n-1", "url": article["url"], "published": "2025-09-19", "start": start, "end": start + len(PASSAGE.text), "ai_race": True, "claims": [claim]}  # fmt: skip
    unknown = {**row, "url": "https://example.org/2"}
    news = tmp_path / "articles.jsonl"
    news.write_text(json.dumps(article))
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, (row, unknown))))
    (sample,) = news_samples(news, tmp_path)
    assert sample.passage.text == PASSAGE.text
    assert sample.wide is not None
    assert sample.wide.text.endswith(PASSAGE.text)
    for passage in (sample.passage, sample.wide):
        claim_read = passage.claims[0]
        assert passage.text[claim_read.start : claim_read.end] == "512"
    made = example(sample.wide, len(sample.wide.text) - len(PASSAGE.text))
    assert [target.metric == NONE for target in made.targets] == [False, True]


def claim(
    value: float = 1, subject: str | None = "OpenAI", start: int = 0, **more: object
) -> Claim:
    return Claim(subject, "revenue", value, value, value, "USD", start=start, end=start + 5, **more)  # type: ignore[arg-type]


def test_a_claim_is_right_when_all_that_matters_is() -> None:
    from extract.training.corpus import Sample

    passage = Passage("s", "t", "2025-01-01", "x" * 60, (claim(), claim(start=10), claim(start=20)))
    found = [
        claim(subject="Open AI", qualifier="approximate"),
        claim(start=11, value=2),
        claim(start=40),
    ]
    score = score_claims([Sample(passage, "own", "test")], [found])
    assert (score.wanted, score.found, score.matched, score.right) == (3, 3, 2, 1)
    assert score.f1 == pytest.approx(1 / 3)
    assert (score.share("qualifier"), score.share("value")) == (0.5, 0.5)
    assert score.slips == {"value": 1, "not found": 1, "no claim": 1}


def test_pairs_take_the_larger_overlap_first() -> None:
    wanted = [claim(start=0), claim(start=5)]
    assert sorted(pair(wanted, [claim(start=4), claim(start=1)])) == [(0, 1), (1, 0)]


def test_calibration_finds_the_logistic_curve() -> None:
    dice = np.random.default_rng(1)
    signals = np.stack([dice.normal(size=4000), np.ones(4000)], axis=1)
    right = (dice.random(4000) < 1 / (1 + np.exp(-(1.5 * signals[:, 0] - 0.5)))).astype(float)
    assert fit(signals, right) == pytest.approx([1.5, -0.5], abs=0.15)


def test_known_names_can_be_exchanged() -> None:
    assert {"lab", "company", "model", "chip"} <= {entity.kind for entity in registry()}
