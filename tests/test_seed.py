"""The records that ship: in once, and kept as history where a release mends them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.newsroom import NOW, ask
from warehouse import seed
from warehouse.store import Warehouse

HEADER = "subject,metric,value,unit,source,published\n"


def test_what_ships_is_taken_in_once(warehouse: Warehouse) -> None:
    new = seed.take_in(warehouse, NOW)
    assert new > 1000
    assert seed.take_in(warehouse, NOW) == 0
    told = ask(
        warehouse,
        "SELECT value FROM timeline WHERE subject = 'DeepSeek-R1' AND metric = 'training_cost'",
    )
    assert {(5.6e6,), (294e3,)} <= set(told)


def test_what_a_release_mends_is_kept_as_history(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seed, "FOLDER", tmp_path)
    file = tmp_path / "models.csv"
    for value in (670e9, 671e9):
        file.write_text(
            f"{HEADER}DeepSeek-V3,parameters,{value:.0f},parameter,Paper,2024-12-27\n"
            "DeepSeek-V2,parameters,236000000000,parameter,Paper,2024-05-07\n"
        )
        seed.digest.cache_clear()
        seed.take_in(warehouse, NOW)
    seed.digest.cache_clear()
    rows = ask(warehouse, "SELECT value / 1e9, superseded_at IS NULL FROM records ORDER BY 1")
    assert rows == [(236, True), (670, False), (671, True)]


def test_check_knows_what_ships_before_the_first_run(counterclaim: Program) -> None:
    line = {
        "id": 1, "title": "DeepSeek-V3 has 500 billion parameters", "published": "2025-02-01",
        "text": "DeepSeek-V3 has 500 billion parameters, the company said.",
    }  # fmt: skip
    done = counterclaim("check", "-", stdin=json.dumps(line))
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    figures = {found["record"]["value"] for found in answer["contradictions"] if found["record"]}
    assert 671e9 in figures
