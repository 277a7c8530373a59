"""The reader: exact offsets, canonical units, nothing dropped, nothing dependent on company."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from extract.articles import TOPICS, Article
from extract.canonical import canonical
from extract.claims import claim_from_json
from extract.errors import ModelError
from extract.figures import find_figures
from extract.metrics import metrics, named_behind
from extract.model import BUNDLED, Model
from extract.model.encoding import Source, Spot
from extract.reading import Reader
from extract.sentences import split_sentences

R1 = Article(
    "r1",
    "DeepSeek says R1 cost $294,000 to train",
    "DeepSeek trained its R1 model on 512 Nvidia H800 chips for about 80 hours. "
    "The run cost just $294,000, the company said.\n"
    "OpenAI is in talks to raise more than $30 billion in a new round.",
    "2025-09-19",
)
CHESS = Article(
    "chess",
    "A quiet draw in the seventh game",
    "The players shook hands after 41 moves and three hours in front of 600 people.",
    "2025-09-19",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_claims_of_a_story(reader: Reader) -> None:
    claims = {claim.quote: claim for claim in reader.read([R1])[0]}
    cost = claims["$294,000"]
    assert (cost.metric, cost.value, cost.unit, cost.subject) == (
        "training_cost",
        294_000,
        "USD",
        "DeepSeek-R1",
    )
    chips = claims["512"]
    assert (chips.metric, chips.unit, chips.qualifier) == (
        "training_hardware",
        "accelerator",
        "exact",
    )
    talks = claims["$30 billion"]
    assert (talks.metric, talks.subject, talks.status) == ("funding_round", "OpenAI", "planned")
    assert (talks.low, talks.high, talks.qualifier) == (30e9, None, "at_least")


def test_claims_quote_the_text_and_keep_the_contract(reader: Reader) -> None:
    for claim in reader.read([R1])[0]:
        assert R1.text[claim.start : claim.end] == claim.quote
        assert claim.quote in claim.sentence
        assert claim.sentence in R1.text
        assert 0 < claim.confidence < 1
        assert claim_from_json(json.loads(json.dumps(claim.to_json()))) == claim


def test_reading_does_not_depend_on_the_other_articles(reader: Reader) -> None:
    alone = [reader.read([article])[0] for article in (R1, CHESS, R1)]
    together = reader.read([R1, CHESS, R1])
    for one, other in zip(alone, together, strict=True):
        assert [replace(claim, confidence=0) for claim in one] == [
            replace(claim, confidence=0) for claim in other
        ]


def test_a_very_long_sentence_loses_no_figure(reader: Reader) -> None:
    text = "The table lists " + ", ".join(
        f"{n * 7} billion dollars for lab {n}" for n in range(1, 300)
    )
    readings = reader.readings([Article("long", "Labs and their money", text)])[0]
    assert [reading.figure for reading in readings] == find_figures(text)


def test_texts_without_figures_or_words(reader: Reader) -> None:
    assert reader.read([]) == []
    empty = [
        Article("1", "", ""),
        Article("2", "Title", "\n \n"),
        Article("3", "", "No number here."),
    ]
    assert reader.read(empty) == [[], [], []]
    assert len(reader.classify(empty)) == 3


def test_classes_of_stories(reader: Reader) -> None:
    race, other = reader.classify([R1, CHESS])
    assert race.ai_race
    assert race.topic in TOPICS[:-1]
    assert (other.ai_race, other.topic) == (False, "none")
    assert 0 <= other.score < 0.5 <= race.score <= 1


def test_every_figure_is_in_one_pass_that_fits(reader: Reader) -> None:
    words = " ".join(f"about {n} million users in country number {n}" for n in range(400))
    text = f"A short start with 3 chips. {words}. And 5 more."
    spots = [Spot(figure.start, figure.end, "count") for figure in find_figures(text)]
    source = Source("Title", text, split_sentences(text))
    passes = reader.model.encoder.passes(source, spots)
    assert sorted(number for made in passes for number in made.figures) == list(range(len(spots)))
    for made in passes:
        assert len(made.ids) <= reader.model.encoder.max_length
        for (first, last), number in zip(made.spans, made.figures, strict=True):
            touched = text[made.places[first][1] : made.places[last - 1][2]]
            assert touched == text[spots[number].start : spots[number].end]


# text, metric, negative → value, low, high, unit, qualifier of the text's first figure
CANONICAL = [
    ("It trained for 3 days.", "training_time", False, (72, 72, 72, "hour", "exact")),
    ("Output costs $0.002 per 1,000 tokens.", "api_price_output", False, (2, 2, 2, "USD", "exact")),
    ("Input is $0.55 per million tokens.", "api_price_input", False, (0.55, 0.55, 0.55, "USD", "exact")),
    ("Shares fell more than 3%.", "share_price_change", True, (-3, None, -3, "percent", "at_most")),
    ("It lost at most $5 billion.", "profit", True, (-5e9, -5e9, None, "USD", "at_least")),
    ("It lost between 2 and 3 billion euros.", "profit", True, (-2.5e9, -3e9, -2e9, "EUR", "range")),
    ("It earned $5 billion.", "revenue", True, (5e9, 5e9, 5e9, "USD", "exact")),
    ("It bought 50,000 H100s.", "accelerator_fleet", False, (50_000, 50_000, 50_000, "accelerator", "exact")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "metric", "negative", "wanted"), CANONICAL)
def test_canonical(
    text: str, metric: str, negative: bool, wanted: tuple[float, float, float, str, str]
) -> None:
    figure = find_figures(text)[0]
    made = canonical(figure, metric, text[figure.end :], negative)
    assert (made.value, made.low, made.high) == pytest.approx(wanted[:3])
    assert (made.unit, made.qualifier) == wanted[3:]


def test_a_metric_never_carries_a_unit_it_cannot(reader: Reader) -> None:
    text = "Nvidia spent $3 billion, hired 40 people, gained 12% and used 2 GW for 30 days."
    for reading in reader.readings([Article("units", "Nvidia", text)])[0]:
        unit = metrics()[reading.metric].unit
        assert unit in ("any", "money") or reading.claim.unit == unit


def test_a_model_that_will_not_do_says_why(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.onnx, tokenizer\.json, config\.json missing"):
        Model(tmp_path)
    shutil.copytree(BUNDLED, tmp_path / "model")
    onnx = tmp_path / "model" / "model.onnx"
    onnx.write_bytes(onnx.read_bytes()[:-1])
    with pytest.raises(ModelError, match="damaged"):
        Model(tmp_path / "model")
    config = json.loads((BUNDLED / "config.json").read_text())
    path = tmp_path / "model" / "config.json"
    path.write_text(json.dumps({**config, "format": 0}))
    with pytest.raises(ModelError, match="format 0"):
        Model(tmp_path / "model")
    del config["story"]
    path.write_text(json.dumps(config))
    with pytest.raises(ModelError, match="story"):
        Model(tmp_path / "model")
    with pytest.raises(ModelError, match="neither a folder nor a name on the hub"):
        Model("no/such/model")


def test_words_right_behind_a_figure_name_its_metric() -> None:
    assert named_behind(" in market value on Monday") == {"valuation", "market_value_change"}
    assert named_behind(" in sales") == {"revenue"}
    assert named_behind(" on Monday, in market value") == frozenset()
