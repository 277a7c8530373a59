"""The network learns, and its ONNX file says what it says. Needs the `train` extra."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from extract.model import BUNDLED  # noqa: E402
from extract.model.encoding import Encoder, collate  # noqa: E402
from extract.model.labels import SIZES  # noqa: E402
from extract.model.tokenizer import Tokenizer  # noqa: E402
from extract.training.corpus import own_samples  # noqa: E402
from extract.training.export import export_onnx  # noqa: E402
from extract.training.learning import Settings, fit  # noqa: E402
from extract.training.network import INPUTS, OUTPUTS, Network, possible_metrics  # noqa: E402
from extract.training.targets import example  # noqa: E402


def small_network(vocabulary: int) -> Network:
    """A network whose encoder is small enough to be trained within a test."""
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        attn_implementation="eager",
    )
    return Network(BertModel(config))


def test_twenty_steps_lower_the_loss_and_onnx_agrees(tmp_path: Path) -> None:
    import onnxruntime

    tokenizer = Tokenizer(BUNDLED)
    encoder = Encoder(tokenizer, 128)
    network = small_network(len(tokenizer))
    made = [example(sample.passage) for sample in own_samples()[:8]]
    # A passage is one pass now, and eight are one batch: an epoch is a step.
    losses = fit(network, encoder, [[one] for one in made], [], Settings(epochs=20), lambda _: None)
    assert losses[-1] < 0.85 * losses[0]

    export_onnx(network, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx")
    for one in made[:3]:
        passes = encoder.passes(one.source(), [target.spot for target in one.targets])
        inputs = collate(passes, encoder.pad)
        with torch.no_grad():
            tensors = {name: torch.from_numpy(inputs[name]) for name in INPUTS}
            wanted = network.outputs(tensors)
        for name, scores in zip(OUTPUTS, session.run(list(OUTPUTS), inputs), strict=True):
            np.testing.assert_allclose(scores, wanted[name].numpy(), atol=2e-3)


def test_a_unit_rules_out_the_metrics_that_cannot_carry_it() -> None:
    from extract.model.labels import METRICS

    table = possible_metrics()
    money = table[SIZES.index("money")]
    assert money[METRICS.index("revenue")] == 0
    assert money[METRICS.index("parameters")] < -1000
    assert (table[:, -1] == 0).all()
