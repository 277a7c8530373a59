"""config.toml, the environment, and what they say when they are wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from flows.errors import SettingsError
from flows.settings import Settings, default_text, load_settings, write_default


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, clean_env: dict[str, str]) -> None:
    import os

    for name in set(os.environ) - set(clean_env):
        monkeypatch.delenv(name)


def write(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(text, encoding="utf-8")
    return home


def test_the_written_default_changes_nothing(home: Path) -> None:
    write_default(home)
    assert load_settings(home).model_dump() == load_settings(home.parent).model_dump()


def test_the_written_default_says_every_default(home: Path) -> None:
    text = default_text()
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line else line for line in text.splitlines()
    )
    write(home, uncommented)
    assert load_settings(home).model_dump() == load_settings(home.parent).model_dump()
    said = tomllib.loads(uncommented)
    for name, section in Settings.model_fields.items():
        assert set(said[name]) == set(section.annotation.model_fields)  # type: ignore[union-attr]


def test_a_config_of_the_user_is_never_overwritten(home: Path) -> None:
    write(home, "[web]\ninterval_minutes = 3\n")
    write_default(home)
    assert load_settings(home).web.interval_minutes == 3


def test_the_environment_overrides_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, '[mail]\nhost = "mail.example.org"\nport = 25\n')
    monkeypatch.setenv("COUNTERCLAIM_MAIL__PORT", "2525")
    mail = load_settings(home).mail
    assert (mail.host, mail.port) == ("mail.example.org", 2525)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[web]\ninterval_minutes = 0\n", "config.toml:2", "interval_minutes"),
        ("[web]\n\ninterval_mins = 5\n", "config.toml:3", "interval_mins"),
        ("[mail]\nsecurity = 'ssl'\n", "config.toml:2", "starttls"),
        ("[post]\nhost = 'x'\n", "config.toml:1", "post"),
        ("[web\n", "config.toml", "line 1"),
        ("[mail]\nrecipients = ['nobody']\n", "config.toml:2", "mail address"),
        ("[mail]\nrecipients = ['a@b@c']\n", "config.toml:2", "mail address"),
        ("[mail]\nrecipients = ['a@x.org, b@x.org']\n", "config.toml:2", "mail address"),
        ("[mail]\nrecipients = []\n", "config.toml:2", "at least 1"),
        ("[mail]\nsender = ''\n", "config.toml:2", "mail address"),
        ("[compare]\nmin_confidence = 'high'\n", "config.toml:2", "number"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    home: Path, text: str, place: str, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(write(home, text))
    assert place in str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_variable_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, "[mail]\nport = 25\n")
    monkeypatch.setenv("COUNTERCLAIM_MAIL__PORT", "many")
    with pytest.raises(SettingsError, match=r"COUNTERCLAIM_MAIL__PORT: mail\.port"):
        load_settings(home)


def test_a_file_that_is_no_text_is_named(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings(home)


def test_the_password_is_never_shown(home: Path) -> None:
    write(home, '[mail]\npassword = "hunter2"\n')
    assert "hunter2" not in repr(load_settings(home))
