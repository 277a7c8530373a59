"""The model's tokenizer reads as the one of transformers that wrote it, and starts without it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import ModelError
from extract.model import BUNDLED
from extract.model.tokenizer import Tokenizer
from extract.training.corpus import own_samples

ODD = [
    "",
    " ",
    "İstanbul paid ≈ 1 000 €",
    "zero\u200bwidth and ｗｉｄｅ",
    "[SEP] in the text",
    "x" * 3000,
]


def test_it_reads_as_transformers_does() -> None:
    from transformers import PreTrainedTokenizerFast

    theirs = PreTrainedTokenizerFast.from_pretrained(BUNDLED, local_files_only=True)
    ours = Tokenizer(BUNDLED)
    texts = [sample.passage.text for sample in own_samples()[::5]] + ODD
    wanted = theirs(texts, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
    found = ours(texts, add_special_tokens=False)
    assert found["input_ids"] == wanted["input_ids"]
    assert found["offset_mapping"] == wanted["offset_mapping"]
    for name in ("cls_token_id", "sep_token_id", "pad_token_id"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert len(ours) == len(theirs)


def test_a_tokenizer_that_will_not_do_says_why(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        Tokenizer(tmp_path)
    shutil.copy(BUNDLED / "tokenizer.json", tmp_path)
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"cls_token": "[CLS]"}))
    with pytest.raises(ModelError, match="no tokens that start and part"):
        Tokenizer(tmp_path)
    (tmp_path / "tokenizer_config.json").write_text(
        json.dumps({"cls_token": {"content": "[CLS]"}, "sep_token": "[SEP]"})
    )
    assert Tokenizer(tmp_path).sep_token_id == Tokenizer(BUNDLED).sep_token_id


def test_reading_does_not_wait_for_transformers() -> None:
    asked = "import sys; from extract.reading import Reader; Reader(); print('transformers' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
