"""The commands as scripts use them: JSON is only JSON, bad input has its number, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import COMMANDS
from tests.conftest import Program

R1 = {"subject": "DeepSeek-R1", "metric": "training_cost", "unit": "USD"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_teaches(counterclaim: Program, command: str) -> None:
    done = counterclaim(*filter(None, [command]), "--help")
    assert done.returncode == 0
    assert "Usage: " in done.stdout
    assert len(done.stdout.splitlines()) > 6


def test_wrong_usage_is_2(counterclaim: Program) -> None:
    assert counterclaim("fly").returncode == 2
    assert counterclaim("sql").returncode == 2
    assert counterclaim("figures", "no-such-file.jsonl").returncode == 2
    assert counterclaim("feeds", "add", "ftp://example.org/feed").returncode == 2


def test_figures(counterclaim: Program) -> None:
    line = {"id": 7, "text": "R1 cost just $294,000 on 512 chips, about 5% of V3."}
    done = counterclaim("figures", "-", stdin=json.dumps(line))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["id"] == 7
    assert [(f["quote"], f["value"], f["unit"], f["qualifier"]) for f in answer["figures"]] == [
        ("$294,000", 294000, "USD", "exact"),
        ("512", 512, "accelerator", "exact"),
        ("5%", 5, "percent", "approximate"),
    ]
    for figure in answer["figures"]:
        assert line["text"][figure["start"] : figure["end"]] == figure["quote"]


BAD_LINES = [
    ("{", "is no JSON"),
    ("[1]", "is no JSON object"),
    ('{"id": 1}', "text is missing"),
    ('{"id": 1, "text": 5}', "text must be text, not int"),
    (b'{"id": 1, "text": "\xff"}', "is not UTF-8"),
    ("[" * 100_000, "1"),
]


@pytest.mark.parametrize(("line", "what"), BAD_LINES)
def test_a_bad_line_has_its_number_and_the_rest_goes_on(
    counterclaim: Program, line: str | bytes, what: str
) -> None:
    bad = line.encode() if isinstance(line, str) else line
    good = b'{"id": "a", "text": "It cost $5 million."}'
    done = counterclaim("figures", "-", stdin=b"\n".join([good, bad, b"", good]))
    assert done.returncode == 1
    assert [json.loads(row)["id"] for row in done.stdout.splitlines()] == ["a", "a"]
    assert done.stderr.startswith("-:2: ")
    assert what in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_file_is_no_error(counterclaim: Program) -> None:
    for command in ("figures", "extract", "compare"):
        done = counterclaim(command, "-")
        assert (done.returncode, done.stdout) == (0, "")


def test_extract(counterclaim: Program) -> None:
    text = "DeepSeek-V3 was trained on 2,048 Nvidia H800 GPUs. It cost $5.576 million."
    line = {"id": "x", "title": "DeepSeek-V3 in figures", "text": text, "published": "2024-12-27"}
    done = counterclaim("extract", "-", stdin=json.dumps(line))
    assert done.returncode == 0
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    assert set(answer) == {"id", "story", "claims"}
    assert set(answer["story"]) == {"ai_race", "score", "topic"}
    assert answer["claims"]
    for claim in answer["claims"]:
        assert set(claim) == {
            "subject", "metric", "value", "low", "high", "unit", "qualifier", "status", "claimant",
            "scope", "as_of", "quote", "start", "end", "sentence", "confidence",
        }  # fmt: skip
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert claim["sentence"] in text


def test_extract_refuses_a_bad_date(counterclaim: Program) -> None:
    line = {"id": "x", "title": "", "text": "It cost $5.", "published": "last week"}
    done = counterclaim("extract", "-", stdin=json.dumps(line))
    assert done.returncode == 1
    assert "published is an ISO 8601 date" in done.stderr


def test_compare(counterclaim: Program) -> None:
    record = {**R1, "value": 5.6e6, "quote": "$5.6 million", "published": "2025-01-27"}
    claim = {**R1, "value": 294000, "quote": "$294,000", "published": "2025-09-18"}
    lines = [
        {"id": 1, "claim": claim, "records": [record]},
        {"id": 2, "claim": claim, "records": []},
        {"id": 3, "claim": {**claim, "metric": "price"}, "records": []},
        {"id": 4, "claim": claim, "records": [{**record, "value": "much"}]},
        {"id": 5, "records": []},
    ]
    done = counterclaim("compare", "-", stdin="\n".join(map(json.dumps, lines)))
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["verdict"], first["record"]) == ("contradicts", 0)
    assert "order_of_magnitude" in first["hints"]
    assert first["ratio"] == pytest.approx(0.0525)
    assert "$294,000" in first["explanation"]
    assert "$5.6 million" in first["explanation"]
    assert (second["verdict"], second["record"], second["ratio"]) == ("new", None, None)
    assert done.returncode == 1
    for where, what in (("-:3", "no such metric"), ("-:4", "record 0"), ("-:5", "claim")):
        assert any(row.startswith(where) and what in row for row in done.stderr.splitlines()), where


def test_check_stores_nothing(counterclaim: Program, home: Path) -> None:
    line = {"id": "x", "title": "DeepSeek-R1", "text": "DeepSeek-R1 cost $294,000."}
    done = counterclaim("check", "-", stdin=json.dumps(line))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"id": "x", "contradictions": []}
    assert not (home / "state").exists()


PAGE = """<!DOCTYPE html><html lang="en"><head><title>A model for less</title>
<meta property="article:published_time" content="2025-09-18T08:30:00+00:00"></head>
<body><article><h1>A model for less</h1>
<p>DeepSeek said on Thursday that the training of its R1 model had cost $294,000 in all.</p>
<p>The company used 512 chips for eighty hours, its paper says, and much work came before.</p>
</article></body></html>"""


def test_article(counterclaim: Program, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    done = counterclaim("article", "--url", "https://news.example/a", str(path))
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) == {"url", "title", "published", "author", "language", "text"}
    assert (answer["title"], answer["language"]) == ("A model for less", "en")
    assert answer["published"] == "2025-09-18T08:30:00+00:00"
    assert answer["text"].startswith("DeepSeek said on Thursday")


def test_an_empty_page_is_one_line_of_error(counterclaim: Program) -> None:
    done = counterclaim("article", "-")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_feeds(counterclaim: Program, tmp_path: Path) -> None:
    assert counterclaim("feeds", "add", "https://example.org/feed?utm_source=x").returncode == 0
    assert counterclaim("feeds", "add", "https://example.org/feed").returncode == 0
    done = counterclaim("feeds", "import")
    assert (done.returncode, done.stdout) == (0, "")
    rows = json.loads(counterclaim("feeds", "list", "--json").stdout)
    assert len(rows) >= 31
    assert {row["health"] for row in rows} == {"new"}
    assert [row["url"] for row in rows if "example.org" in row["url"]] == [
        "https://example.org/feed?utm_source=x"  # kept as given, and known in another spelling
    ]
    assert any(row["folder"] == "Policy" for row in rows)
    assert "example.org" in counterclaim("feeds", "list").stdout
    assert counterclaim("feeds", "remove", "https://example.org/feed").returncode == 0
    rows = json.loads(counterclaim("feeds", "list", "--json").stdout)
    assert [row["health"] for row in rows if "example.org" in row["url"]] == ["ended"]
    assert counterclaim("feeds", "remove", "https://example.org/feed").returncode == 1


def test_an_ill_formed_opml_is_one_line_of_error(counterclaim: Program) -> None:
    done = counterclaim("feeds", "import", "-", stdin="<opml><body>")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_run_without_feeds_says_what_to_do(counterclaim: Program) -> None:
    done = counterclaim("run")
    assert done.returncode == 1
    assert "feeds add" in done.stderr


CSV = """subject,metric,value,unit,scope,source,url,published
DeepSeek V3,training_cost,5576000,USD,stage=final training run,arXiv,https://arxiv.org/abs/2412.19437,2024-12-27
OpenAI,valuation,lots,USD,,OpenAI,https://openai.com,2024-10-02
OpenAI,valuation,157000000000,USD,,OpenAI,javascript:alert(1),2024-10-02
OpenAI,worth,157000000000,USD,,OpenAI,https://openai.com,2024-10-02
OpenAI,valuation,157000000000,USD,,OpenAI,https://openai.com,October
OpenAI,valuation,157000000000,USD,,OpenAI,https://openai.com,2024-10-02
"""


def test_records(counterclaim: Program, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(CSV)
    done = counterclaim("records", "import", str(path))
    assert done.returncode == 1
    bad = [row for row in done.stderr.splitlines() if row.startswith(f"{path}:")][:-1]
    assert [row.removeprefix(f"{path}:").split(":")[0] for row in bad] == ["3", "4", "5", "6"]
    assert "2 new" in done.stderr
    assert "0 new, 2 known" in counterclaim("records", "import", str(path)).stderr
    rows = json.loads(counterclaim("records", "list", "--json").stdout)
    assert {row["subject"] for row in rows} == {"DeepSeek-V3", "OpenAI"}
    done = counterclaim("records", "import", "-", stdin=path.read_text())
    assert "0 new, 2 known" in done.stderr
    (v3,) = json.loads(counterclaim("records", "list", "--subject", "deepseek v3", "--json").stdout)
    assert v3["scope"] == {"stage": "final training run"}
    assert "$5.576 million" in counterclaim("records", "list").stdout
    assert counterclaim("records", "list", "--metric", "worth").returncode == 2


def test_a_file_of_another_layout_is_refused_whole(counterclaim: Program, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,price\nx,1\n")
    done = counterclaim("records", "import", str(path))
    assert done.returncode == 1
    assert "lacks the columns" in done.stderr
    assert done.stderr.count("\n") == 1


def test_sql_formats(counterclaim: Program) -> None:
    counterclaim("feeds", "add", "https://example.org/feed")
    query = "SELECT url, entries, NULL AS nothing FROM feeds"
    assert counterclaim("sql", query, "--format", "csv").stdout == (
        "url,entries,nothing\nhttps://example.org/feed,0,\n"
    )
    assert json.loads(counterclaim("sql", query, "--format", "json").stdout) == [
        {"url": "https://example.org/feed", "entries": 0, "nothing": None}
    ]
    assert "https://example.org/feed" in counterclaim("sql", query).stdout
    done = counterclaim("sql", "SELECT nothing FROM nowhere")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "contradictions, corrections, feeds" in done.stderr
    done = counterclaim("sql", "SELECT 1; SELECT 2")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "0.5\n" in counterclaim("sql", "SELECT 3.0::DOUBLE AS whole, 0.5::DOUBLE AS half").stdout


def test_a_wrong_setting_is_one_line_of_error(counterclaim: Program, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[mail]\nport = 'many'\n")
    done = counterclaim("doctor")
    assert done.returncode == 1
    assert "config.toml:2" in done.stdout


def test_a_misspelt_setting_is_said(counterclaim: Program, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[web]\ninterval_minuts = 5\n")
    done = counterclaim("run")
    assert done.returncode == 1
    assert "did you mean web.interval_minutes" in done.stderr
    assert done.stderr.count("\n") == 1


def test_demo_leaves_another_installation_alone(counterclaim: Program, home: Path) -> None:
    counterclaim("feeds", "add", "https://example.org/feed")
    done = counterclaim("demo")
    assert done.returncode == 1
    assert "give another --home" in done.stderr
    assert (home / "counterclaim.duckdb").exists()
