"""One installation, opened: its settings, warehouse, web client and reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from flows.progress import stage
from flows.settings import Settings, load_settings
from warehouse.pages import Pages
from warehouse.store import Warehouse

if TYPE_CHECKING:
    from extract.reading import Reader
    from flows.web.client import Client


@dataclass(frozen=True)
class House:
    """What the stages share. The parts that are slow to make are made when first used."""

    home: Path
    settings: Settings
    warehouse: Warehouse
    pages: Pages

    @cached_property
    def client(self) -> Client:
        """The one way out to the web, with the settings' limits."""
        from flows.web.client import Client

        web = self.settings.web
        return Client(
            user_agent=user_agent(web.contact),
            connect_seconds=web.connect_seconds,
            read_seconds=web.read_seconds,
            whole_seconds=web.whole_seconds,
            max_bytes=int(web.max_megabytes * 1_000_000),
            max_redirects=web.max_redirects,
            allow_hosts=frozenset(web.allow_hosts),
            pause_seconds=web.pause_seconds,
        )

    @cached_property
    def reader(self) -> Reader:
        """The model, loaded once a process."""
        from extract.model import Model
        from extract.reading import Reader

        return Reader(Model(self.settings.reading.model or None))

    def publish(self) -> None:
        """Puts a fresh copy of the database where readers look, and says so as a stage."""
        with stage("publish") as shown:
            self.warehouse.publish()
            shown.note(str(self.warehouse.published))


@cache
def open_house(home: str) -> House:
    """The installation in a folder, opened once a process; raises SettingsError."""
    path = Path(home)
    return House(path, load_settings(path), Warehouse(path), Pages(path))


def user_agent(contact: str) -> str:
    """An honest name, with where to complain."""
    about = f" (+{contact})" if contact else ""
    return f"counterclaim/{version('counterclaim')}{about}"


def now() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)
