"""Notable models: parameters, training compute, data, time, hardware and cost."""

from __future__ import annotations

from warehouse.epoch import names
from warehouse.epoch.table import Entry, Figure, Row, Table

PARAMETERS = "Parameters"
COMPUTE = "Training compute (FLOP)"
DATA = "Training dataset size (total)"
# Datasets are counted in what they are made of: pictures, games, hours, and tokens where a model
# reads nothing but text and was trained to write it.
TEXT = frozenset(("Language", "Mathematics"))
WRITING = ("Language modeling", "Language generation", "Text autocompletion", "Code", "Chat")
# Training takes some 6 operations a parameter and token. Where it took more than twice as many,
# the count is of words, or of a part; where it took hardly any, of something else. Sparse models
# use down to a thirtieth of their parameters for a token.
OPERATIONS = 6
MOST, LEAST = 2.0, 0.02


def read(row: Row) -> Entry | None:
    """A model's row; None without name or date."""
    name, published = row.text("Model"), row.day("Publication date")
    if not name or published is None:
        return None
    subject, variant, version = names.model(name, row.names("Organization"))
    scope = {"product": variant} if variant else {}
    figures = [
        Figure("parameters", (PARAMETERS,), scope=scope),
        Figure("training_compute", (COMPUTE,), status="estimated", scope=scope),
        Figure("training_time", ("Training time (hours)",), scope=scope),
        _hardware(row, scope),
        Figure(
            "training_cost",
            ("Training compute cost (2023 USD)",),
            status="estimated",
            scope={**scope, "type": "2023 dollars"},
        ),
    ]
    if _counts_tokens(row):
        passes = row.text("Epochs").removesuffix(".0")
        note = f"Epochs: {passes}" if passes not in ("", "1") else ""
        figures.append(Figure("training_tokens", (DATA,), scope=scope, note=note))
    return Entry(
        key=(name,),
        subject=subject,
        published=published,
        url=row.address("Link"),
        confidence=row.text("Confidence"),
        figures=tuple(figures),
        note=f"Version: {version}" if version else "",
    )


def _hardware(row: Row, scope: dict[str, str]) -> Figure:
    chips = row.names("Training hardware")
    if len(chips) == 1:
        scope = {**scope, "chip": names.chip(chips[0])[0]}
    note = f"Chips: {', '.join(chips)}" if len(chips) > 1 else ""
    return Figure("training_hardware", ("Hardware quantity",), scope=scope, note=note)


def _counts_tokens(row: Row) -> bool:
    """Whether the size of the dataset is a number of tokens.

    A model that begins with another one may count that one's data or only its own, so neither.
    """
    domains = row.names("Domain")
    if "Language" not in domains or not TEXT.issuperset(domains) or row.text("Base model"):
        return False
    if not any(task.startswith(WRITING) for task in row.names("Task")):
        return False
    try:
        compute, parameters, data = (row.number(column) for column in (COMPUTE, PARAMETERS, DATA))
        passes = row.number("Epochs") or 1.0
    except ValueError:
        return True  # a broken cell is reported with its own figure
    if not (compute and parameters and data):
        return True
    return LEAST <= compute / (OPERATIONS * parameters * data * passes) <= MOST


TABLE = Table("models", frozenset(("Model", "Publication date", PARAMETERS, COMPUTE)), read)
