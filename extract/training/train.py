"""Train the claims model and write its folder.

    python -m extract.training.train [--out DIR] [--base NAME] [--epochs N]

Learns from the train part of the project's own passages and stories, and of the news where
COUNTERCLAIM_NEWS names its text; calibrates on the dev part; writes ONNX with 8-bit weights,
the tokenizer, config.json and CARD.md with what was measured on the test part. `--base` is
any encoder by its name on the hub or its folder; by default all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from extract.model import FORMAT, Model
from extract.model.encoding import Encoder
from extract.model.labels import labels
from extract.reading import Reader
from extract.training.calibrate import UNCALIBRATED, calibrate
from extract.training.card import described, write_card
from extract.training.corpus import (
    NEWS_VARIABLE,
    Labelled,
    Sample,
    all_samples,
    news_file,
    stories,
)
from extract.training.export import export_onnx, quantize, write_folder
from extract.training.learning import Settings, fit, lead_items, story_class
from extract.training.network import Network, load_encoder
from extract.training.targets import Example, example

MINILM = "sentence-transformers/all-MiniLM-L6-v2"
# What all-MiniLM-L6-v2 was tuned with; title, words before and sentence seldom fill it.
MAX_LENGTH = 256
# Real news is what the model is for, and there is less of it: its claims are read so often.
NEWS_READ = 2


def main(arguments: list[str] | None = None) -> int:
    """The command; exit status 0."""
    options = _options(arguments)
    began = time.monotonic()
    torch.set_num_threads(options.threads)
    news = news_file()
    if news is None:
        say(f"no news: {NEWS_VARIABLE} names no file, so only our own passages are learned")
    samples = all_samples(news)
    labelled = stories(news=news)
    network, tokenizer, losses = learn(samples, labelled, options)
    name = Path(options.base).name.lower() if options.base else "minilm"
    config = {
        "format": FORMAT,
        "name": f"{name}-{datetime.now(UTC).date().isoformat()}",
        "base": options.base or MINILM,
        "max_length": MAX_LENGTH,
        "labels": labels(),
        **UNCALIBRATED,
    }
    dev = [sample for sample in samples if sample.part == "dev"]
    classes = [story for story in labelled if story.part == "dev"]
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        export_onnx(network, whole)
        quantize(whole, small)
        finish(options.out, small, tokenizer, config, dev, classes)
        if options.whole:
            finish(options.whole, whole, tokenizer, config, dev, classes)
    minutes = (time.monotonic() - began) / 60
    how = f"{options.epochs} epochs in batches of {options.batch}, seed {options.seed}, "
    how += f"{minutes:.0f} minutes on {options.threads} threads, last loss {losses[-1]:.3f}"
    write_card(options.out, samples, labelled, how, described(samples, labelled), options.whole)
    say(f"{Model(options.out).name} in {options.out}, after {minutes:.0f} minutes")
    return 0


def learn(
    samples: Sequence[Sample], labelled: Sequence[Labelled], options: argparse.Namespace
) -> tuple[Network, Any, list[float]]:
    """A network trained on the train part, its tokenizer, and the loss of each epoch."""
    encoder, tokenizer = load_encoder(options.base)
    network, codec = Network(encoder), Encoder(tokenizer, MAX_LENGTH)
    leads = [story for story in labelled if story.part == "train"]
    classes = {story.title: story for story in leads if story.origin == "news"}
    readings = []
    for sample in samples:
        if sample.part == "train":
            twice = sample.origin == "news" and sample.passage.claims
            found = ways(sample, classes.get(sample.passage.title))
            readings += [found] * (NEWS_READ if twice else 1)
    say(f"{len(readings)} passages and {len(leads)} stories to learn from")
    settings = Settings(epochs=options.epochs, batch=options.batch, seed=options.seed)
    losses = fit(network, codec, readings, lead_items(codec, leads), settings, say)
    return network, tokenizer, losses


def ways(sample: Sample, story: Labelled | None = None) -> list[Example]:
    """The ways to read a sample: alone, and with the article's words before it."""
    found = [example(sample.passage)]
    if sample.wide is not None:
        found.append(example(sample.wide, len(sample.wide.text) - len(sample.passage.text)))
    if story:
        for one in found:
            one.story = story_class(story)
    return found


def finish(
    folder: Path,
    onnx: Path,
    tokenizer: Any,
    config: Mapping[str, Any],
    dev: Sequence[Sample],
    classes: Sequence[Labelled],
) -> None:
    """Write a model's folder and calibrate what it holds."""
    whole = write_folder(folder, onnx, tokenizer, config)
    say(f"calibrating on {len(dev)} passages and {len(classes)} stories")
    whole |= calibrate(Reader(Model(folder)), dev, classes)
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")


def say(line: str) -> None:
    """Progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m extract.training.train")
    parser.add_argument("--out", type=Path, default=Path("build/model"), help="the folder to write")
    parser.add_argument("--whole", type=Path, help="also write the model in 32-bit floats here")
    parser.add_argument("--base", help="an encoder of the hub, or a folder")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
