"""The training loop: examples and stories into a fitted network."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from extract.articles import TOPICS
from extract.entities import registry
from extract.model.decoding import SPAN_TOKENS
from extract.model.encoding import Encoder, Pass, collate
from extract.model.labels import NONE, ROLES, SCOPE, SPECIAL
from extract.training.augment import augment
from extract.training.corpus import Labelled
from extract.training.network import Network
from extract.training.targets import UNKNOWN, Example, gold

# The metric and the subject make a claim right or wrong; the rest are details of it.
WEIGHTS = {
    "metric": 1.0, "qualifier": 0.2, "status": 0.5, "negative": 0.3, "story": 0.5, "topic": 0.3,
}  # fmt: skip
ROLE_WEIGHTS = {"subject": 1.0, "claimant": 0.4, **dict.fromkeys(SCOPE, 0.1)}
# The heads start from nothing, the encoder from what it knows; so it moves less.
HEAD_RATE, ENCODER_RATE = 1e-3, 1e-4
WARM_UP = 0.1
# Of the readings of a passage, so many are variants of it.
VARIED = 0.6
# The score of a span that cannot be; exp of it is zero, and a difference of two is still exact.
OUT = -1e4
# Of leads, and of sentences without a claim, an epoch reads so many: they are learned soon,
# and would take half of the time.
LEADS_READ, IDLE_READ = 0.35, 0.4


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how to train."""

    epochs: int = 10
    # Small, for as many steps as the time allows: after one epoch in batches of 4 the dev part's
    # strict F1 was 0.30 own and 0.24 news, in batches of 16 it was 0.22 and 0.15.
    batch: int = 4
    seed: int = 1


@dataclass(slots=True)
class Item:
    """One pass with its answers; `story` is (AI race, topic or UNKNOWN) where that is told."""

    made: Pass
    answers: dict[str, np.ndarray]
    story: tuple[float, int] | None = None


def fit(
    network: Network,
    encoder: Encoder,
    readings: Sequence[Sequence[Example]],
    leads: Sequence[Item],
    settings: Settings,
    progress: Callable[[str], None],
) -> list[float]:
    """Train in place; returns the mean loss of each epoch.

    `readings` are the ways to read a passage (alone, with what stands before it): each epoch
    takes one of them by chance, as it is or varied.
    """
    torch.manual_seed(settings.seed)
    words = network.encoder.get_input_embeddings()
    # Rare names would drift from those that this little news never mentions.
    words.weight.requires_grad_(False)
    optimizer = _optimizer(network)
    rates = [group["lr"] for group in optimizer.param_groups]
    losses = []
    for epoch in range(settings.epochs):
        dice = random.Random(f"{settings.seed} {epoch}")
        items = _items(encoder, readings, leads, dice)
        network.train()
        total = 0.0
        batches = list(_batches(items, settings.batch, dice))
        for number, batch in enumerate(batches, 1):
            share = _rate((epoch + number / len(batches)) / settings.epochs)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            loss = loss_of(network, batch, encoder.pad)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
            if number % 20 == 0 or number == len(batches):
                progress(
                    f"epoch {epoch + 1}/{settings.epochs}, batch {number}/{len(batches)}, "
                    f"loss {total / number:.3f}"
                )
        losses.append(total / len(batches))
    return losses


def lead_items(encoder: Encoder, stories: Sequence[Labelled]) -> list[Item]:
    """The leads of stories with their classes."""
    return [
        Item(encoder.lead(story.title, story.text), {}, story_class(story)) for story in stories
    ]


def story_class(story: Labelled) -> tuple[float, int]:
    """A story's class as the loss takes it: AI race or not, and the topic's index or UNKNOWN."""
    return float(story.ai_race), TOPICS.index(story.topic) if story.topic else UNKNOWN


def loss_of(network: Network, items: Sequence[Item], pad: int) -> Tensor:
    """The weighted loss of a batch; a head with no answer in it adds nothing."""
    inputs = collate([item.made for item in items], pad)
    outputs = network.outputs({name: torch.from_numpy(array) for name, array in inputs.items()})
    loss = torch.zeros(())
    read = [item for item in items if item.made.spans]
    if read:
        rows = torch.from_numpy(
            np.concatenate(
                [[bool(item.made.spans)] * max(len(item.made.spans), 1) for item in items]
            )
        )
        answers = _joined(read)
        for name in ("metric", "qualifier", "status"):
            loss = loss + WEIGHTS[name] * _classes(outputs[name][rows], answers[name])
        told = answers["negative"] != UNKNOWN
        if told.any():
            loss = loss + WEIGHTS["negative"] * nn.functional.binary_cross_entropy_with_logits(
                outputs["negative"][rows][told], answers["negative"][told].float()
            )
        segments = inputs["segments"][inputs["figure_row"]][rows.numpy()]
        scores = span_scores(outputs["start"][rows], outputs["end"][rows], segments)
        loss = loss + _pointers(scores, answers["told"], answers["spans"])
    told_stories = [(row, item.story) for row, item in enumerate(items) if item.story]
    if told_stories:
        scores = outputs["story"][[row for row, _ in told_stories]]
        race = torch.tensor([story[0] for _, story in told_stories])
        topic = torch.tensor([story[1] for _, story in told_stories])
        loss = loss + WEIGHTS["story"] * nn.functional.binary_cross_entropy_with_logits(
            scores[:, 0], race
        )
        loss = loss + WEIGHTS["topic"] * _classes(scores[:, 1:], topic)
    return loss


def _classes(scores: Tensor, answers: Tensor) -> Tensor:
    told = answers != UNKNOWN
    if not told.any():
        return scores.sum() * 0
    return nn.functional.cross_entropy(scores[told], answers[told])


def span_scores(start: Tensor, end: Tensor, segments: np.ndarray) -> Tensor:
    """The score of every span, [F, roles, SPAN_TOKENS * T], as `decoding.point` has them.

    `start` and `end` are [F, roles, T], `segments` [F, T]. A span lies in one segment; the
    first token stands for nowhere.
    """
    length = start.shape[2]
    where = torch.from_numpy(segments)
    spans = []
    for more in range(SPAN_TOKENS):
        kept = max(length - more, 0)
        whole = (where[:, :kept] == where[:, more:]) & (where[:, :kept] != SPECIAL)
        if more == 0:
            whole[:, 0] = True
        scores = start[:, :, :kept] + end[:, :, more:]
        scores = scores.masked_fill(~whole.unsqueeze(1), OUT)
        spans.append(nn.functional.pad(scores, (0, length - kept), value=OUT))
    return torch.cat(spans, dim=2)


def _pointers(scores: Tensor, told: Tensor, spans: Tensor) -> Tensor:
    """Minus the log of the share that all right spans have together, where they are told."""
    length = scores.shape[2] // SPAN_TOKENS
    wrong = torch.ones_like(scores, dtype=torch.bool)
    wrong[spans[:, 0], spans[:, 1], spans[:, 2] * length + spans[:, 3]] = False
    right = scores.masked_fill(wrong, OUT).logsumexp(dim=2)
    lost = (scores.logsumexp(dim=2) - right) * told
    by_role = lost.sum(dim=0) / told.sum(dim=0).clamp(min=1)
    weights = torch.tensor([ROLE_WEIGHTS[role] for role in ROLES])
    return (by_role * weights).sum()


def _joined(items: Sequence[Item]) -> dict[str, Tensor]:
    """The answers of a batch, its figures counted through."""
    joined = {
        name: torch.from_numpy(np.concatenate([item.answers[name] for item in items]))
        for name in ("metric", "qualifier", "status", "negative", "told")
    }
    figures = 0
    spans = []
    for item in items:
        spans.append(item.answers["spans"] + np.array([figures, 0, 0, 0]))
        figures += len(item.answers["metric"])
    joined["spans"] = torch.from_numpy(np.concatenate(spans))
    return joined


def _items(
    encoder: Encoder,
    readings: Sequence[Sequence[Example]],
    leads: Sequence[Item],
    dice: random.Random,
) -> list[Item]:
    names = _names()
    items = [lead for lead in leads if dice.random() < LEADS_READ]
    for ways in readings:
        one = dice.choice(ways)
        if dice.random() < VARIED:
            one = augment(one, names, dice)
        spots = [target.spot for target in one.targets]
        for made in encoder.passes(one.source(), spots):
            answers = gold(made, one.targets)
            if (answers["metric"] != NONE).any() or dice.random() < IDLE_READ:
                items.append(Item(made, answers, one.story))
    return items


def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for entity in registry():
        names.setdefault(entity.kind, []).append(entity.name)
    return names


def _batches(items: Sequence[Item], size: int, dice: random.Random) -> Iterator[list[Item]]:
    """Batches of passes of like length, in an order of chance."""
    order = sorted(items, key=lambda item: len(item.made.ids) + dice.random() * 24)
    batches = [order[first : first + size] for first in range(0, len(order), size)]
    dice.shuffle(batches)
    return iter(batches)


def _rate(done: float) -> float:
    return done / WARM_UP if done < WARM_UP else max(0.0, (1 - done) / (1 - WARM_UP))


def _optimizer(network: Network) -> torch.optim.Optimizer:
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            rate = ENCODER_RATE if name.startswith("encoder.") else HEAD_RATE
            decay = 0.01 if weight.dim() > 1 else 0.0
            groups.setdefault((rate, decay), []).append(weight)
    return torch.optim.AdamW(
        {"params": weights, "lr": rate, "weight_decay": decay}
        for (rate, decay), weights in groups.items()
    )
