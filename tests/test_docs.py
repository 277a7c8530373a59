"""The docs are true: every command, setting, view and column is in them, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from extract.metrics import metrics
from flows.cli import COMMANDS, program
from flows.settings import Settings
from warehouse.layout import COLUMNS
from warehouse.migrate import comments

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text(encoding="utf-8")
VIEWS = ("feeds", "articles", "claims", "records", "contradictions", "corrections", "timeline")


def commands() -> list[str]:
    found = []
    context = click.Context(program)
    for name in COMMANDS:
        command = program.get_command(context, name)
        if isinstance(command, click.Group):
            found += [f"{name} {sub}" for sub in command.commands]
        else:
            found.append(name)
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_docs(command: str) -> None:
    assert re.search(rf"`{command}[ `]", DOCS["commands.md"])


def test_every_documented_command_exists() -> None:
    text = README + "".join(DOCS.values())
    for name in re.findall(r"^(?:\.venv/bin/)?counterclaim (?:--home \S+ )?(\w+)", text, re.M):
        assert name in COMMANDS, name
    for target in re.findall(r"`?make (\w+)", text):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M), target


def test_every_option_is_in_the_docs() -> None:
    context = click.Context(program)
    for name in COMMANDS:
        command = program.get_command(context, name)
        subs = command.commands.values() if isinstance(command, click.Group) else [command]
        for sub in subs:
            assert sub
            for option in sub.params:
                if isinstance(option, click.Option) and name != "feeds":
                    assert option.opts[0] in DOCS["commands.md"], (name, option.opts)


def test_every_setting_is_in_the_docs() -> None:
    for name, section in Settings.model_fields.items():
        _, _, text = DOCS["settings.md"].partition(f"## [{name}]\n")
        text = text.partition("\n## ")[0]
        said = dict(re.findall(r"^\| `(\w+)` \| `.*` \| (.+) \|$", text, re.M))
        fields = section.annotation.model_fields  # type: ignore[union-attr]
        assert said == {key: field.description for key, field in fields.items()}


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_is_in_the_docs(view: str) -> None:
    _, _, text = DOCS["sql.md"].partition(f"## {view}\n")
    said = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text.partition("\n## ")[0], re.M))
    assert said == {column: words for column, words in comments()[view].items() if column}


def test_every_column_of_records_is_in_the_docs() -> None:
    table = DOCS["records.md"].partition("| column |")[2].partition("\n\n")[0]
    assert set(
        re.findall(r"`(\w+)`", "\n".join(r.split("|")[1] for r in table.splitlines()[2:]))
    ) == set(COLUMNS)


def test_every_metric_is_in_the_docs() -> None:
    table = DOCS["records.md"].partition("| metric |")[2].partition("\n\n")[0]
    said = [tuple(cell.strip() for cell in row.split("|")[1:3]) for row in table.splitlines()[2:]]
    assert said == [(f"`{metric.id}`", metric.unit) for metric in metrics().values()]


def test_every_link_leads_somewhere() -> None:
    for name, text in {"README.md": README, **{f"docs/{n}": t for n, t in DOCS.items()}}.items():
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if not target.startswith(("http://", "https://")):
                assert ((ROOT / name).parent / target).exists(), (name, target)


def test_every_named_file_exists() -> None:
    for name in ("house.md", "model.md"):
        for path in re.findall(r"`((?:flows|extract|warehouse|tests)/[\w./*-]+)`", DOCS[name]):
            assert list(ROOT.glob(path)), (name, path)


def test_every_document_is_named_in_the_readme() -> None:
    assert [name for name in DOCS if f"docs/{name}" not in README] == []
