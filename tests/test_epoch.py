"""Epoch AI's tables: which table a file is, what its rows become, and what is skipped."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract.errors import DataError
from tests.conftest import Program
from tests.newsroom import NOW
from warehouse.compare import Side, judge
from warehouse.compare.periods import span
from warehouse.epoch import CONFIDENCE, TABLES
from warehouse.importing import read_records
from warehouse.records import Record, add_records
from warehouse.store import Warehouse

EPOCH = Path(__file__).parent.parent.parent / "shared" / "epoch"
DOCS = Path(__file__).parent.parent / "docs" / "records.md"

HEADERS = {
    "models": "Model|Organization|Publication date|Domain|Task|Parameters|Training compute (FLOP)|Training dataset|Training dataset size (total)|Confidence|Link|Epochs|Training time (hours)|Training hardware|Hardware quantity|Training compute cost (2023 USD)|Base model",
    "clusters": "Name|Status|Certainty|Single cluster?|Chip type (primary)|Chip quantity (primary)|Owner|First Operational Date|Possible Duplicate|Chip type (secondary)|Chip quantity (secondary)|Total number of AI chips|Exclude|Calculated Power Capacity (MW)|Reported Power Capacity (MW)|Source 1|Source 2",
    "hardware": "Hardware name|Manufacturer|Type|Release date|Release price (USD)|Link to datasheet|Source for the price",
    "funding": "Id|Company|Close date|Status|Funding (equity)|Funding (debt)|Valuation (post-money)|Report date|Source 1|Source 2|Source 3|Type|Confidence|Exclude from graph view",
    "revenue": "Id|Company|Date|Revenue amount (normalize to annual)|Annualized revenue (USD)|Type|Revenue info (non-annualized)|Confidence|Source 1|Source 2|Report date|Source type",
    "staff": "Id|Company|Staff count|Date|Report date|Source 1|Source 2|Type|Division name|Source type|Confidence",
    "usage": "Id|Company|Active users|Active users time period|Daily tokens|Daily messages|Date|Report date|Source 1|Source 2|Source type|Product|Confidence|Exclude from graph view",
    "computing": "Id|Company|Amount|Category|Period type|Source 1|Date|Report date|Confidence|Source Type|Exclude from graph view",
}

GPT_4: dict[str, Any] = {
    "Model": "GPT-4 (Mar 2023)", "Organization": "OpenAI", "Publication date": "2023-03-15",
    "Domain": "Multimodal,Language,Vision", "Task": "Language modeling",
    "Training compute (FLOP)": "2.1e+25", "Confidence": "Likely",
    "Link": "https://arxiv.org/abs/2303.08774",
}  # fmt: skip
FALCON: dict[str, Any] = {
    "Model": "Falcon-180B", "Organization": "Technology Innovation Institute",
    "Publication date": "2023-09-06", "Domain": "Language", "Task": "Language modeling/generation",
    "Parameters": "180000000000.00003", "Training compute (FLOP)": "3.76e+24",
    "Training dataset size (total)": "3500000000000", "Epochs": "1.0", "Confidence": "Confident",
    "Training hardware": "NVIDIA A100 SXM4 40 GB", "Hardware quantity": "4,096",
    "Training time (hours)": "4320.0", "Training compute cost (2023 USD)": "10000000",
    "Link": "see the paper,\nhttps://arxiv.org/abs/2311.16867, https://huggingface.co/tiiuae",
}  # fmt: skip
COLOSSUS: dict[str, Any] = {
    "Name": "xAI Colossus Memphis Phase 1", "Status": "Existing", "Certainty": "Confirmed",
    "Chip type (primary)": "NVIDIA H100 SXM5 80GB", "Chip quantity (primary)": "100000",
    "Total number of AI chips": "100000", "Owner": "xAI", "First Operational Date": "2024-09-02",
    "Calculated Power Capacity (MW)": "142.7", "Reported Power Capacity (MW)": "150",
    "Source 1": "https://x.ai/colossus",
}  # fmt: skip
SERIES_F: dict[str, Any] = {
    "Id": "Series F", "Company": "Anthropic", "Close date": "2025-09-02", "Status": "Closed",
    "Funding (equity)": "13000000000.0", "Valuation (post-money)": "183000000000.0",
    "Report date": "2025-09-02", "Type": "Primary", "Confidence": "Confident",
    "Source 1": "https://www.anthropic.com/news/series-f",
}  # fmt: skip
CHATGPT: dict[str, Any] = {
    "Id": "800M", "Company": "OpenAI", "Product": "ChatGPT", "Active users": "800000000.0",
    "Active users time period": "Weekly", "Date": "2025-10-06", "Report date": "2025-10-06",
    "Source 1": "https://openai.com/devday", "Confidence": "Confident",
}  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> Any:
    """Writes rows in the layout of a table; the file's name says nothing."""

    def write(kind: str, *rows: dict[str, Any]) -> Path:
        path = tmp_path / "download.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, HEADERS[kind].split("|"), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def records(path: Path) -> list[Record]:
    found = list(read_records(path))
    assert all(isinstance(one, Record) for one in found), found
    return [one for one in found if isinstance(one, Record)]


def said(path: Path) -> list[tuple[Any, ...]]:
    claims = [one.side.claim for one in records(path)]
    return [(c.subject, c.metric, c.value, c.status, dict(c.scope), c.as_of) for c in claims]


def test_a_model_gives_a_record_for_each_of_its_figures(table: Any) -> None:
    path = table("models", FALCON)
    model, chips = "Falcon 180B", {"chip": "Nvidia A100"}
    assert said(path) == [
        (model, "parameters", 180e9, "reported", {}, None),
        (model, "training_compute", 3.76e24, "estimated", {}, None),
        (model, "training_time", 4320, "reported", {}, None),
        (model, "training_hardware", 4096, "reported", chips, None),
        (model, "training_cost", 1e7, "estimated", {"type": "2023 dollars"}, None),
        (model, "training_tokens", 3.5e12, "reported", {}, None),
    ]
    for one in records(path):
        claim = one.side.claim
        assert one.side.url == "https://arxiv.org/abs/2311.16867"
        assert (one.side.source, one.side.published) == ("Epoch AI", "2023-09-06")
        assert (one.origin, claim.confidence) == ("imported", CONFIDENCE["Confident"])
        assert one.note == "Epoch's confidence: Confident"
        assert claim.claimant == ("Epoch AI" if claim.status == "estimated" else None)
        assert (claim.low, claim.high, claim.qualifier) == (claim.value, claim.value, "exact")


@pytest.mark.parametrize(
    "change",
    [
        {"Domain": "Vision,Language"},
        {"Task": "Translation"},
        {"Base model": "Falcon-40B"},
        {"Training dataset size (total)": "350000000000"},  # a tenth: more compute than tokens
    ],
)
def test_a_dataset_is_counted_in_tokens_only_where_it_is(
    table: Any, change: dict[str, str]
) -> None:
    metrics = [row[1] for row in said(table("models", {**FALCON, **change}))]
    assert "parameters" in metrics
    assert "training_tokens" not in metrics


def test_what_epoch_guesses_is_estimated(table: Any) -> None:
    path = table("models", {**FALCON, "Confidence": "Speculative"})
    assert {row[3] for row in said(path)} == {"estimated"}
    assert {one.side.claim.confidence for one in records(path)} == {CONFIDENCE["Speculative"]}


def test_two_versions_of_one_model_are_two_records_of_it(table: Any) -> None:
    june = {**GPT_4, "Model": "GPT-4 (Jun 2023)", "Publication date": "2023-06-13"}
    first, second = records(table("models", GPT_4, june))
    assert first.side.claim.subject == second.side.claim.subject == "GPT-4"
    assert first.record_id != second.record_id
    assert [one.note for one in (first, second)] == [
        "Epoch's confidence: Likely; Version: Mar 2023",
        "Epoch's confidence: Likely; Version: Jun 2023",
    ]


def test_variants_of_one_model_do_not_contradict_each_other(table: Any) -> None:
    large = {**GPT_4, "Model": "CLIP (ViT L/14@336px)", "Parameters": "370000000"}
    small = {**GPT_4, "Model": "CLIP (ResNet-50)", "Parameters": "88600000"}
    one, other = (r.side for r in records(table("models", large, small)) if _counts(r))
    assert one.claim.subject == other.claim.subject == "CLIP"
    assert judge(other, [one]).verdict == "other_scope"


def _counts(record: Record) -> bool:
    return record.side.claim.metric == "parameters"


def test_unknown_names_stay_as_written(table: Any) -> None:
    for name in ("Zebrafish-9 (For The Win)", "Zebrafish-9 (Mar 2023)"):
        assert said(table("models", {**GPT_4, "Model": f" {name}\n"}))[0][0] == name
    chip = {"Hardware name": "Zebra X9 (80W)", "Release date": "2022", "Release price (USD)": "9"}
    assert said(table("hardware", chip))[0][0] == "Zebra X9 (80W)"
    cluster = {**COLOSSUS, "Name": '"Zebra Hall, Jülich"', "Chip type (primary)": "Zebra X9"}
    (fleet, _) = said(table("clusters", cluster))
    assert (fleet[0], fleet[4]) == ("Zebra Hall, Jülich", {"chip": "Zebra X9"})


def test_a_model_is_no_company_that_has_its_name(table: Any) -> None:
    assert said(table("models", {**GPT_4, "Model": "Inflection AI"}))[0][0] == "Inflection AI"
    assert said(table("clusters", {**COLOSSUS, "Name": "Tesla 10k"}))[0][0] == "Tesla 10k"


def test_a_cluster_gives_chips_and_power(table: Any) -> None:
    path, phase = table("clusters", COLOSSUS), {"stage": "Phase 1"}
    assert said(path) == [
        ("Colossus", "accelerator_fleet", 100000, "reported", {**phase, "chip": "Nvidia H100"}, "2024-09-02"),
        ("Colossus", "datacenter_power", 150e6, "reported", phase, "2024-09-02"),
    ]  # fmt: skip
    note = "Epoch's confidence: Confirmed; Epoch's name: xAI Colossus Memphis Phase 1"
    assert {one.note for one in records(path)} == {note}


def test_power_that_nobody_reported_is_epochs_estimate(table: Any) -> None:
    path = table("clusters", {**COLOSSUS, "Reported Power Capacity (MW)": ""})
    power = records(path)[-1]
    assert (power.side.claim.value, power.side.claim.status) == (142.7e6, "estimated")
    assert power.side.claim.claimant == "Epoch AI"


def test_two_kinds_of_chips_and_all_of_them(table: Any) -> None:
    taipei = {
        **COLOSSUS, "Name": "NVIDIA Taipei-1", "Chip quantity (primary)": "512",
        "Chip type (secondary)": "NVIDIA L40", "Chip quantity (secondary)": "256",
        "Total number of AI chips": "768",
    }  # fmt: skip
    fleets = [(row[0], row[2], row[4]) for row in said(table("clusters", taipei))[:-1]]
    assert fleets == [
        ("Taipei-1", 768, {}),
        ("Taipei-1", 512, {"chip": "Nvidia H100"}),
        ("Taipei-1", 256, {"chip": "Nvidia L40"}),
    ]
    two_builds = {**taipei, "Chip type (secondary)": "NVIDIA H100 PCIe"}
    assert said(table("clusters", two_builds))[0][2:5] == (768, "reported", {"chip": "Nvidia H100"})
    unknown = {**taipei, "Chip type (secondary)": ""}
    assert [row[2] for row in said(table("clusters", unknown))][:-1] == [768, 512]


def test_a_plan_is_dated_by_its_copy_in_the_archive(table: Any) -> None:
    plan = {
        **COLOSSUS, "Status": "Planned", "First Operational Date": "",
        "Source 1": "private correspondence",
        "Source 2": "https://web.archive.org/web/20240605101112/https://example.org/plan",
    }  # fmt: skip
    path = table("clusters", plan)
    assert {(row[3], row[5]) for row in said(path)} == {("planned", None)}
    assert {one.side.published for one in records(path)} == {"2024-06-05"}
    assert not records(table("clusters", {**plan, "Source 2": ""}))


def test_a_plan_that_came_true_is_another_record(table: Any) -> None:
    plan = {**COLOSSUS, "Status": "Planned"}
    (planned, _), (real, _) = records(table("clusters", plan)), records(table("clusters", COLOSSUS))
    assert planned.record_id != real.record_id


def test_another_site_of_almost_that_name_is_another_site(table: Any) -> None:
    for name in ("AIST ABCI 3.0", "Condor Galaxy 9 (CG-9)", "JUWELS-Booster"):
        assert said(table("clusters", {**COLOSSUS, "Name": name}))[0][0] == name


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("clusters", {**COLOSSUS, "Possible Duplicate": "True"}),
        ("clusters", {**COLOSSUS, "Exclude": "True"}),
        ("clusters", {**COLOSSUS, "Name": "Anonymized Chinese System"}),
        ("clusters", {**COLOSSUS, "Name": ""}),
        ("clusters", {**COLOSSUS, "First Operational Date": ""}),
        ("models", {**FALCON, "Publication date": ""}),
        ("models", {"Model": "GPT-4", "Publication date": "2023-03-15"}),
        ("hardware", {"Hardware name": "NVIDIA A100", "Release date": "2020-05-14"}),
        ("usage", {**CHATGPT, "Exclude from graph view": "True"}),
        ("usage", {**CHATGPT, "Active users": "", "Daily messages": "3000000000"}),
        ("funding", {**SERIES_F, "Exclude from graph view": "True"}),
        ("funding", {**SERIES_F, "Company": ""}),
    ],
)
def test_rows_without_a_figure_to_hold_are_skipped(
    table: Any, kind: str, row: dict[str, str]
) -> None:
    assert list(read_records(table(kind, row))) == []


def test_a_chip_has_a_price_by_its_build(table: Any) -> None:
    game = {
        "Hardware name": "NVIDIA GeForce RTX 4090", "Manufacturer": "NVIDIA",
        "Release date": "2022-10-12", "Release price (USD)": "1599.0",
        "Source for the price": "No list price; see https://example.org/4090_(card)\nand others",
    }  # fmt: skip
    v100 = {**game, "Hardware name": "NVIDIA Tesla V100 PCIe 32 GB", "Release price (USD)": "11458"}
    path = table("hardware", game, v100)
    assert said(path) == [
        ("Nvidia RTX 4090", "chip_price", 1599, "reported", {}, "2022-10-12"),
        ("Nvidia V100", "chip_price", 11458, "reported", {"product": "NVIDIA Tesla V100 PCIe 32 GB"}, "2022-10-12"),
    ]  # fmt: skip
    assert records(path)[0].side.url == "https://example.org/4090_(card)"


def test_a_round_gives_what_was_raised_and_what_it_valued(table: Any) -> None:
    assert said(table("funding", SERIES_F)) == [
        ("Anthropic", "funding_round", 13e9, "reported", {}, "2025-09-02"),
        ("Anthropic", "valuation", 183e9, "reported", {}, "2025-09-02"),
    ]
    tender = {**SERIES_F, "Company": "OpenAI", "Funding (equity)": "0.0", "Type": "Secondary"}
    assert [row[1] for row in said(table("funding", tender))] == ["valuation"]
    talks = {**SERIES_F, "Status": "Late discussions", "Close date": ""}
    assert {(row[3], row[5]) for row in said(table("funding", talks))} == {("planned", None)}


def test_equity_and_debt_are_one_sum_where_they_are_one_round(table: Any) -> None:
    mistral = {
        **SERIES_F, "Company": "Mistral AI", "Close date": "2024-06-11", "Type": "Primary,Debt",
        "Funding (equity)": "500000000.0", "Funding (debt)": "140000000.0",
    }  # fmt: skip
    raised = [(row[2], row[4]) for row in said(table("funding", mistral))][:-1]
    assert raised == [(140e6, {"type": "debt"}), (640e6, {}), (500e6, {"type": "equity"})]
    apart = {**mistral, "Type": "Primary"}
    raised = [(row[2], row[4]) for row in said(table("funding", apart))][:-1]
    assert raised == [(140e6, {"type": "debt"}), (500e6, {})]


def test_revenue_has_its_period(table: Any) -> None:
    base = {"Company": "OpenAI", "Report date": "2025-06-09", "Confidence": "Likely"}
    rows = [
        {**base, "Date": "2025-06-09", "Type": "Annual recurring revenue", "Annualized revenue (USD)": "10000000000.0"},
        {**base, "Date": "2024-12-31", "Type": "Yearly revenue", "Revenue amount (normalize to annual)": "3700000000.0"},
        {**base, "Date": "2025-03-31", "Company": "xAI", "Type": "Quarterly revenue", "Annualized revenue (USD)": "208000000.0"},
        {**base, "Date": "2025-12-31", "Type": "Yearly revenue", "Revenue amount (normalize to annual)": "12700000000.0"},
        {**base, "Date": "2024-12-31", "Type": "Product/division revenue", "Revenue amount (normalize to annual)": "1"},
        {**base, "Date": "", "Type": "Yearly revenue", "Revenue amount (normalize to annual)": "1"},
    ]  # fmt: skip
    assert said(table("revenue", *rows)) == [
        ("OpenAI", "revenue", 10e9, "reported", {"period": "annualised"}, "2025-06-09"),
        ("OpenAI", "revenue", 3.7e9, "reported", {"period": "2024"}, "2024"),
        ("xAI", "revenue", 52e6, "reported", {"period": "Q1 2025"}, "Q1 2025"),
        ("OpenAI", "revenue", 12.7e9, "planned", {"period": "2025"}, "2025"),
    ]


def test_people_belong_to_the_company_or_its_part(table: Any) -> None:
    base = {"Date": "2024-12-31", "Report date": "2025-02-12", "Confidence": "Likely"}
    part = {**base, "Type": "Division/role"}
    rows = [
        {**base, "Company": "Anthropic", "Staff count": "915", "Type": "Full company"},
        {**part, "Company": "Anthropic", "Staff count": "521", "Division name": "Research"},
        {**part, "Company": "Google", "Staff count": "700", "Division name": "DeepMind"},
        {**base, "Company": "Meta", "Staff count": "3400"},
    ]
    assert [row[:1] + row[2:3] + row[4:5] for row in said(table("staff", *rows))] == [
        ("Anthropic", 915, {}),
        ("Anthropic", 521, {"type": "Research"}),
        ("DeepMind", 700, {}),
    ]


def test_users_belong_to_the_product(table: Any) -> None:
    company = {**CHATGPT, "Product": "All products", "Active users time period": "Monthly"}
    assert said(table("usage", CHATGPT, company)) == [
        ("ChatGPT", "users", 800e6, "reported", {"period": "weekly"}, "2025-10-06"),
        ("OpenAI", "users", 800e6, "reported", {"period": "monthly"}, "2025-10-06"),
    ]


def test_spending_on_computing_is_a_forecast_until_its_year_is_over(table: Any) -> None:
    row = {
        "Company": "OpenAI", "Amount": "416000000", "Period type": "Year", "Date": "2022-12-31",
        "Category": "R&D cloud compute,Inference cloud compute", "Report date": "2023-05-04",
    }  # fmt: skip
    early = {**row, "Date": "2023-12-31", "Category": ""}
    kind = "R&D cloud compute and Inference cloud compute"
    assert said(table("computing", row, early)) == [
        ("OpenAI", "investment", 416e6, "reported", {"period": "2022", "type": kind}, "2022"),
        ("OpenAI", "investment", 416e6, "planned", {"period": "2023"}, "2023"),
    ]


def test_a_bad_cell_is_reported_with_its_line_and_the_rest_goes_in(table: Any) -> None:
    # The second row stands on the lines 3 to 5.
    bad = {**FALCON, "Parameters": "14180000,14180000", "Training time (hours)": "weeks"}
    undated = {**GPT_4, "Publication date": "spring"}
    path = table("models", GPT_4, {**bad, "Link": "a\nb\nc"}, undated, GPT_4)
    found = list(read_records(path))
    errors = [str(one).removeprefix(f"{path}:") for one in found if isinstance(one, DataError)]
    assert errors == [
        "3: Parameters must be a number, not '14180000,14180000'",
        "3: Training time (hours) must be a number, not 'weeks'",
        "6: Publication date is a date like 2025-09-19, not 'spring'",
    ]
    assert Counter(one.side.claim.subject for one in found if isinstance(one, Record)) == {
        "GPT-4": 2,
        "Falcon 180B": 4,
    }


def test_importing_again_adds_nothing(table: Any, warehouse: Warehouse) -> None:
    found = records(table("models", GPT_4, FALCON, FALCON))
    assert add_records(warehouse, found, NOW) == 7
    assert add_records(warehouse, found, NOW) == 0


def test_ids_hang_on_nothing_that_is_mended(table: Any, warehouse: Warehouse) -> None:
    add_records(warehouse, records(table("models", FALCON)), NOW)
    mended = {
        **FALCON, "Confidence": "Speculative", "Link": "https://example.org/elsewhere",
        "Organization": "TII", "Publication date": "2023-09-07", "Parameters": "180000000000",
        "Training hardware": "NVIDIA A100",
    }  # fmt: skip
    assert add_records(warehouse, records(table("models", mended)), NOW) == 0
    other = {**mended, "Parameters": "180000000001"}
    assert add_records(warehouse, records(table("models", other)), NOW) == 1


def test_days_of_one_figure_are_records_of_their_own(table: Any) -> None:
    later = {**CHATGPT, "Date": "2025-10-29"}
    assert len({one.record_id for one in records(table("usage", CHATGPT, later, CHATGPT))}) == 2


def test_a_file_that_is_no_table_does_not_keep_the_next_one_out(
    table: Any, counterclaim: Program, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Name,Company type\nOpenAI,Foundation\n")
    done = counterclaim("records", "import", str(other), str(table("models", GPT_4)))
    assert done.returncode == 1
    assert "lacks the columns" in done.stderr
    assert "1 new" in done.stderr


def test_the_docs_say_how_sure_each_word_is() -> None:
    text = DOCS.read_text(encoding="utf-8")
    told = {
        word: float(number)
        for words, number in re.findall(r"^\| (\w[\w, ]+) \| (0\.\d) \|$", text, re.M)
        for word in words.split(", ")
    }
    assert told == CONFIDENCE


@pytest.mark.skipif(not EPOCH.is_dir(), reason="Epoch AI's tables are not here")
def test_the_tables_as_they_were_downloaded(warehouse: Warehouse) -> None:
    tables, every = 0, list[Record]()
    for path in sorted(EPOCH.glob("*.csv")):
        if path.stem == "ai_companies":
            continue  # a list of companies, with no figures
        found = records(path)
        tables += 1
        every += found
        assert found
    assert tables == len(TABLES)
    assert add_records(warehouse, every, NOW) == len(every)
    assert add_records(warehouse, every, NOW) == 0
    for one in every:
        claim = one.side.claim
        assert claim.subject == (claim.subject or "").strip() != ""
        assert claim.value > 0
        assert claim.as_of is None or span(claim.as_of)
        assert one.side.url is None or one.side.url.startswith("http")
    figures: dict[Any, list[Side]] = {}
    for one in every:
        claim = one.side.claim
        figures.setdefault((claim.subject, claim.metric), []).append(one.side)
    apart = [
        sides
        for (_, metric), sides in figures.items()
        if metric in ("parameters", "training_tokens", "training_compute")
        and any(judge(one, [other]).verdict == "contradicts" for one in sides for other in sides)
    ]
    assert len(apart) <= 1  # DeepSeek-R1 was trained on in May 2025
