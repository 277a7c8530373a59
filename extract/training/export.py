"""A trained network into the folder that `extract.model.Model` loads."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from extract.training.network import INPUTS, OUTPUTS, Network

# What the exporter traces with; every size is then free. Two of each, because it takes a
# size of one for a constant.
_BATCH, _TOKENS, _FIGURES = 2, 24, 3


def export_onnx(network: Network, path: Path) -> None:
    """Write the network as ONNX in 32-bit floats, with batch, tokens and figures left open."""
    network.eval()
    batch, tokens, figures = (torch.export.Dim(name) for name in ("batch", "tokens", "figures"))
    shapes = {name: {0: batch, 1: tokens} for name in INPUTS[:4]}
    shapes |= {"figure_row": {0: figures}, "figure_dimension": {0: figures}}
    shapes["figure_mask"] = {0: figures, 1: tokens}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        logging.getLogger("onnxscript").setLevel(logging.ERROR)
        program = torch.onnx.export(
            network,
            (),
            kwargs=_sample(),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_shapes=shapes,
            dynamo=True,
            verbose=False,
        )
    program.save(str(path))


def quantize(source: Path, target: Path) -> None:
    """Weights as 8-bit integers, each output channel with its own scale; embeddings too."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        logging.getLogger().setLevel(logging.ERROR)
        quantize_dynamic(
            prepared,
            target,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )


def write_folder(
    folder: Path, onnx: Path, tokenizer: Any, config: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a model's folder; its name gets the first digits of its sum. Returns the config."""
    folder.mkdir(parents=True, exist_ok=True)
    data = onnx.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    (folder / "model.onnx").write_bytes(data)
    tokenizer.save_pretrained(folder)
    whole = {**config, "name": f"{config['name']}-{digest[:8]}", "sha256": digest}
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")
    return whole


def _sample() -> dict[str, torch.Tensor]:
    whole = torch.ones((_BATCH, _TOKENS), dtype=torch.int64)
    mask = torch.from_numpy(np.eye(_FIGURES, _TOKENS, dtype=np.float32))
    row = torch.tensor([0, 1, 1])
    return {
        "input_ids": whole,
        "attention_mask": whole.clone(),
        "segments": whole.clone(),
        "kinds": whole * 0,
        "figure_row": row,
        "figure_dimension": row.clone(),
        "figure_mask": mask,
    }
