"""The claims model at run time: ONNX Runtime and a tokenizer, no torch.

A model is a folder: `model.onnx`, `tokenizer.json`, `config.json` (labels, lengths,
thresholds and calibration; see CONFIG) and `CARD.md` (how it was made and how good it is).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from extract.errors import ModelError
from extract.model.encoding import Encoder, Pass, collate
from extract.model.labels import labels
from extract.model.tokenizer import Tokenizer

__all__ = ["BUNDLED", "FORMAT", "Model"]

BUNDLED = Path(__file__).with_name("bundled")
"""The model that comes with the package."""

FORMAT = 1
"""Raised whenever the graph's inputs or outputs change their meaning."""

FILES = ("model.onnx", "tokenizer.json", "config.json")
CONFIG = {
    "format": int,
    "name": str,
    "base": str,  # the encoder it was trained from
    "sha256": str,  # of model.onnx
    "max_length": int,  # tokens of a pass
    "labels": dict,  # extract.model.labels.labels()
    "claim_threshold": float,  # a figure is a claim from this probability on
    "confidence": list,  # weights of extract.reading.signals, the last one alone
    "story": list,  # slope and offset of the story's logit
}


class Model:
    """A claims model, ready to run; raises ModelError where its folder will not do."""

    def __init__(self, folder_or_hub_name: str | Path | None = None, threads: int = 0) -> None:
        """`threads` run passes side by side; 0 takes one a core."""
        self.folder = _folder(folder_or_hub_name)
        self.config = _config(self.folder)
        self.name = str(self.config["name"])
        self.encoder = Encoder(Tokenizer(self.folder), int(self.config["max_length"]))
        self._session = _session(self.folder, str(self.config["sha256"]))
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._threads = ThreadPoolExecutor(threads or os.cpu_count() or 1, "model")

    def run(self, passes: Sequence[Pass]) -> list[dict[str, np.ndarray]]:
        """The scores of each pass, in the order given.

        By pass with F figures and T tokens: metric [F, metrics + 1], qualifier [F, 5],
        status [F, 4], negative [F], start and end [F, roles, T], story [1 + topics].
        A pass without figures has the scores of a dummy; leave them alone.

        Each pass is run by itself, one a core: 8-bit weights round by the largest number in
        the batch, so that in a batch a sentence would read differently beside others; and
        on two cores it takes 0.7 of a batch's time, with nothing padded.
        """
        return list(self._threads.map(self._run, passes))

    def _run(self, made: Pass) -> dict[str, np.ndarray]:
        found = self._session.run(self._outputs, collate([made], self.encoder.pad))
        scores = dict(zip(self._outputs, found, strict=True))
        scores["story"] = scores["story"][0]
        return scores


def _folder(name: str | Path | None) -> Path:
    if name is None:
        return BUNDLED
    if Path(name).is_dir() or isinstance(name, Path):
        return Path(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        return Path(snapshot_download(name, allow_patterns=["*.onnx", "*.json", "*.md"]))
    except HFValidationError as error:
        raise ModelError(f"{name}: neither a folder nor a name on the hub") from error
    except Exception as error:  # the hub's client raises whatever its transport does
        raise ModelError(
            f"{name}: no such folder, and the hub does not give it: {error}"
        ) from error


def _config(folder: Path) -> dict[str, Any]:
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        raise ModelError(f"{folder}: no claims model: {', '.join(missing)} missing")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{folder}/config.json: {error}") from error
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        found = config.get("format") if isinstance(config, dict) else None
        raise ModelError(f"{folder}: a model of format {found}; this version reads format {FORMAT}")
    if wrong := [key for key, kind in CONFIG.items() if not isinstance(config.get(key), kind)]:
        raise ModelError(f"{folder}/config.json: missing or of the wrong type: {', '.join(wrong)}")
    if changed := [key for key, words in labels().items() if config["labels"].get(key) != words]:
        raise ModelError(
            f"{folder}: trained on other {', '.join(changed)} than today's: train again"
        )
    return config


def _session(folder: Path, digest: str) -> Any:
    import onnxruntime

    data = (folder / "model.onnx").read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(f"{folder}/model.onnx: damaged: not the file that config.json names")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the passes share the cores out
    options.log_severity_level = 3  # errors only; its advice on graphs helps no reader of news
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
