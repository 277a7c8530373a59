"""Entities: the catalogue as read from its file, and names found, resolved and compared."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.entities import KINDS, registry
from extract.entities.catalogue import COLUMNS, firm_names, read_entities
from extract.entities.keys import LONGEST, key, trim
from extract.errors import DataError

CASES = Path(__file__).with_name("entities")
HEADER = ",".join(COLUMNS)


def cases(name: str) -> list:
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def test_catalogue_covers_the_field():
    entities = list(registry())
    assert len(entities) >= 350
    assert {entity.kind for entity in entities} == KINDS


def test_every_firm_name_resolves_to_its_entity():
    known = registry()
    wrong = {
        alias: known.resolve(alias)
        for entity in known
        for alias in firm_names(entity)
        if known.resolve(alias) != entity.name
    }
    assert wrong == {}


def test_every_short_name_is_decided_by_its_entity_or_maker():
    known = registry()
    wrong = {
        (alias, evidence): known.resolve(alias, [evidence])
        for entity in known
        for alias in entity.short
        for evidence in [entity.name]
        if known.find(evidence) and known.resolve(alias, [evidence]) != entity.name
    }
    assert wrong == {}


def test_every_name_is_found_in_prose():
    known = registry()
    plain = {entity.name for entity in known if entity.name in entity.short}
    missed = [
        entity.name
        for entity in known
        if entity.name not in plain
        and [mention.name for mention in known.find(f"they say {entity.name} is")] != [entity.name]
    ]
    assert missed == []


@pytest.mark.parametrize("case", cases("resolve.json"), ids=lambda case: case["mention"])
def test_resolve(case):
    assert registry().resolve(case["mention"], case["context"]) == case["name"]


@pytest.mark.parametrize("case", cases("find.json"), ids=lambda case: case["text"][:40])
def test_find(case):
    names = [mention.name for mention in registry().find(case["text"]) if mention.name]
    assert names == case["names"]


@pytest.mark.parametrize(("a", "b", "same"), cases("same.json"))
def test_same(a, b, same):
    assert registry().same(a, b) is same
    assert registry().same(b, a) is same


def test_nothing_is_the_same_as_a_missing_name():
    assert not registry().same(None, None)
    assert not registry().same("OpenAI", None)


def test_unknown_names_are_mentions_without_an_entity():
    text = "The round was led by Michael Thomas of Peec AI, based in Berlin, and bought Wan 9.1."
    found = [(mention.text, mention.name) for mention in registry().find(text)]
    assert ("Michael Thomas of Peec AI", None) in found or ("Michael Thomas", None) in found
    assert all(text[m.start : m.end] == m.text for m in registry().find(text))


def test_headlines_and_heads_of_sentences_name_nobody():
    assert (
        registry().find("Investors Were Told To Sell Their Shares Quickly\nAnalysts agreed.") == []
    )


def test_possessives_and_suffixes_stay_out_of_names():
    texts = [
        mention.text for mention in registry().find("OpenAI’s deal with Oracle Corp. and Meta's")
    ]
    assert texts == ["OpenAI", "Oracle Corp.", "Meta"]


def test_get_knows_kind_maker_and_date():
    model = registry().get("DeepSeek R1")
    assert model is not None
    assert (model.name, model.kind, model.maker, model.since) == (
        "DeepSeek-R1",
        "model",
        "DeepSeek",
        "2025-01-20",
    )
    unseen = registry().get("GPT-9")
    assert unseen is not None
    assert (unseen.kind, unseen.maker, unseen.since) == ("model", "OpenAI", None)
    chip = registry().get("Nvidia R300")
    assert chip is not None
    assert chip.kind == "chip"
    assert registry().get("Acme Works") is None


def words() -> st.SearchStrategy[str]:
    """Texts in which names, parts of names and anything else meet."""
    names = [
        name for entity in registry() for name in (entity.name, *entity.aliases, *entity.short)
    ]
    pieces = st.one_of(
        st.sampled_from(names),
        st.sampled_from(
            ["the", "'s", "’s", " ", "-", "5", "3.1", "Pro", "Max", "model", "Inc.", ".", "\n"]
        ),
        st.text(max_size=6),
    )
    return st.lists(pieces, max_size=8).flatmap(
        lambda parts: st.sampled_from([" ", "", "-"]).map(lambda gap: gap.join(parts))
    )


@given(words())
@example("İ R1 ﬁ ² GPT-²")
@example("U.S.U.S.")
@example("GPT-5-Inc. and gpt-4-0613")
def test_find_keeps_its_promises(text):
    end = 0
    for mention in registry().find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert (mention.name is None) == (mention.kind is None)
        if mention.name:
            assert registry().resolve(mention.name) == mention.name
        end = mention.end


@given(words(), st.lists(words(), max_size=2))
@example("the the 's", [])
@example("0\x1f[", [])
@example("“the 'R1's’", ["DeepSeek"])
def test_resolve_is_idempotent(mention, context):
    once = registry().resolve(mention, context)
    assert registry().resolve(once, context) == once


@given(words())
def test_same_is_reflexive_and_blind_to_trimmings(name):
    assert registry().same(name, name)
    assert not key(name) or len(name) > LONGEST - 2 or registry().same(name, f"“{name}”")


@given(st.text())
def test_trim_and_key_take_any_text(text):
    assert trim(trim(text)) == trim(text)
    assert key(text) == key(text.lower()) or not text.isascii()


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        (["a,model"], 2, "2 columns, not 8"),
        (["Acme,thing,,,,,,"], 2, "no such kind"),
        ([",company,,,,,,"], 2, "without a name"),
        (["Acme,company,,,,,,", "Acme,lab,,,,,,"], 3, "stands on line 2 too"),
        (["Acme,company,,,13/2020,,,"], 2, "since is"),
        (["Acme,company,,,2020-13,,,"], 2, "since is"),
        (["Acme,company,,,,Ac;;Me,,"], 2, "empty alias"),
        (["Acme,company,,,,,,Other 3"], 2, "style starts with the name"),
        (["Acme,company,,,,,,", "M,model,Nobody,,,,,"], 3, "maker Nobody"),
        (["Acme,company,,,,AC,,", "Other,company,,,,ac,,"], 3, "means Acme too"),
        (["Acme,company,,,,,,", "Other,company,,,,,Acme,"], 3, "always means Acme"),
        (['"Acme,company,,,,,,'], 2, "unexpected end"),
    ],
)
def test_errors_name_file_and_line(tmp_path, rows, line, what):
    path = tmp_path / "entities.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    with pytest.raises(DataError, match=what) as caught:
        read_entities(path)
    assert str(caught.value).startswith(f"{path}:{line}:")


def test_a_file_without_its_header_is_refused(tmp_path):
    path = tmp_path / "entities.csv"
    path.write_text("OpenAI,lab,,,,,,\n", encoding="utf-8")
    with pytest.raises(DataError, match="names the columns"):
        read_entities(path)


@pytest.mark.parametrize("piece", ["R1 ", "A-", "a ", "Scale\n", "Qwen3-", "U.S. ", "x 's "])
def test_long_texts_take_time_in_proportion(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        registry().find(text)
        registry().resolve(text)
        return time.process_time() - began

    # Ten times the text may take ten times the time; a hundred times would be quadratic.
    assert seconds(50_000) < 30 * max(seconds(5_000), 0.02)
