"""Settings: config.toml in the home, overridden by environment variables.

`COUNTERCLAIM_MAIL__HOST=smtp.example.org` overrides `host` of `[mail]`. A home without a
config.toml gets one with every setting, its default, and what it is for.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal

import pydantic_settings
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.errors import SettingsError


class Section(BaseModel):
    """A table of config.toml; unknown keys are errors, since they are misspelt ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Web(Section):
    """How the web is asked."""

    contact: str = Field(
        "", description="Address or mail of whoever runs this, told to sites in the User-Agent"
    )
    interval_minutes: int = Field(15, ge=1, le=10_080, description="How often a feed is polled")
    pause_seconds: float = Field(
        1.0, ge=0, le=600, description="Pause between two requests to one host"
    )
    workers: int = Field(8, ge=1, le=64, description="Pages that are fetched at the same time")
    connect_seconds: float = Field(10.0, gt=0, description="Longest wait for a connection")
    read_seconds: float = Field(20.0, gt=0, description="Longest silence within an answer")
    whole_seconds: float = Field(60.0, gt=0, description="Longest time for an answer as a whole")
    max_megabytes: float = Field(
        10.0, gt=0, le=1000, description="Largest answer, unpacked; feeds and pages are far smaller"
    )
    max_redirects: int = Field(5, ge=0, le=20, description="Redirects that are followed")
    pages_per_host: int = Field(
        100,
        ge=1,
        description="Pages fetched from one host in one run; the rest waits for the next run",
    )
    max_attempts: int = Field(
        5, ge=1, le=100, description="Tries for a page, over as many runs, before it is given up"
    )
    robots: bool = Field(True, description="Whether robots.txt is heeded for pages")
    allow_hosts: list[str] = Field(
        [],
        description="Hosts (or host:port) that may have private addresses, such as an intranet's; "
        "all others are refused there",
    )


class Reading(Section):
    """How pages become claims."""

    model: str = Field(
        "", description="Folder or hub name of the model; empty takes the bundled one"
    )
    workers: int = Field(2, ge=1, le=64, description="Processes that extract text from pages")
    page_seconds: float = Field(20.0, gt=0, description="Longest time for one page")
    page_megabytes: int = Field(1024, ge=256, description="Memory of a process that reads pages")
    batch: int = Field(32, ge=1, le=1000, description="Articles that a stage takes at a time")
    min_score: float = Field(
        0.25, ge=0, le=1, description="Stories are read from this probability of the AI race on"
    )


class Compare(Section):
    """When a claim counts, and when it is told."""

    min_confidence: float = Field(
        0.5, ge=0, le=1, description="Claims below it are kept but neither compared nor told"
    )
    min_severity: float = Field(
        0.0, ge=0, le=1, description="Contradictions below it are kept but not told"
    )
    batch: int = Field(256, ge=1, le=10_000, description="Claims that are compared at a time")
    curated: bool = Field(True, description="Take in the records that ship with Counterclaim")


class MailSettings(Section):
    """Where alerts go. Without a host they are written to the folder `outbox` of the home."""

    host: str = Field("", description="Mail server; empty writes .eml files to the outbox folder")
    port: int = Field(587, ge=1, le=65_535, description="Port of the mail server")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="starttls, tls or none"
    )
    user: str = Field("", description="Login; empty sends none")
    password: SecretStr = Field(
        SecretStr(""), description="Better given as COUNTERCLAIM_MAIL__PASSWORD"
    )
    sender: str = Field("counterclaim@localhost", description="From")
    recipients: list[str] = Field(["you@localhost"], min_length=1, description="To")
    seconds: float = Field(30.0, gt=0, description="Longest wait for the mail server")

    @field_validator("sender", "recipients")
    @classmethod
    def _addresses(cls, value: str | list[str]) -> str | list[str]:
        for text in [value] if isinstance(value, str) else value:
            name, mailbox = parseaddr(text)
            if "," in text.removeprefix(f"{name} ") or not re.fullmatch(
                r"[^@\s]+@[^@\s]+", mailbox
            ):
                raise ValueError(f"{text!r} is no mail address; each stands by itself")
        return value


class Settings(BaseSettings):
    """All settings of one installation."""

    model_config = SettingsConfigDict(
        env_prefix="COUNTERCLAIM_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    web: Web = Field(default=Web(), description="How the web is asked")
    reading: Reading = Field(default=Reading(), description="How pages become claims")
    compare: Compare = Field(
        default=Compare(), description="When a claim counts, and when it is told"
    )
    mail: MailSettings = Field(
        default=MailSettings(),
        description="Where alerts go; without a host they are written to the folder `outbox`",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        path = settings_cls.model_config.get("toml_file")
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path))


def load_settings(home: Path) -> Settings:
    """The settings of a home; raises SettingsError that names the setting and the line."""
    path = home / "config.toml"

    class Here(Settings):
        model_config = SettingsConfigDict(toml_file=path)

    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return Here()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: {error}") from error
    except pydantic_settings.SettingsError as error:
        raise SettingsError(f'{error}: a list is written ["a", "b"]') from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        variable = f"COUNTERCLAIM_{where.upper().replace('.', '__')}"
        line = _line_of(text, [str(part) for part in first["loc"]])
        place = variable if variable in os.environ or not line else f"{path}:{line}"
        said = _misspelt(where) if first["type"] == "extra_forbidden" else first["msg"]
        raise SettingsError(f"{place}: {where}: {said}") from error


def _misspelt(where: str) -> str:
    """What to say of a setting that does not exist: which one is written most like it."""
    known = [
        f"{name}.{key}"
        for name, section in Settings.model_fields.items()
        for key in section.annotation.model_fields  # type: ignore[union-attr]
    ]
    like = difflib.get_close_matches(where, [*Settings.model_fields, *known], 1)
    return f"no such setting; did you mean {like[0]}?" if like else "no such setting"


def _line_of(text: str, keys: list[str]) -> int | None:
    """The line of `key` within `[section]`, where the file has it."""
    section, key = keys[0], keys[1] if len(keys) > 1 else None
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            current = header[1].strip()
            if key is None and current == section:
                return number
        elif current == section and key and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return None


def write_default(home: Path) -> Path:
    """Writes config.toml with every setting commented out at its default, where none is."""
    path = home / "config.toml"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(default_text(), encoding="utf-8")
    return path


def default_text() -> str:
    """A config.toml that changes nothing: each setting with what it is for and its default."""
    lines = [
        "# Settings of Counterclaim. Every line that is commented out shows its default.",
        "# COUNTERCLAIM_SECTION__SETTING in the environment overrides what stands here.",
    ]
    for name, section in Settings.model_fields.items():
        model = section.annotation
        assert isinstance(model, type)
        assert issubclass(model, Section)
        lines += ["", f"[{name}]", f"# {section.description}"]
        for key, setting in model.model_fields.items():
            lines += ["", f"# {setting.description}", f"# {key} = {_toml(setting.default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, SecretStr):
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
