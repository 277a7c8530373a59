"""What several tests share: a home, and a program that runs as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.server import prefect_server
from warehouse.store import Warehouse

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of its own."""
    return tmp_path / "home"


@pytest.fixture
def warehouse(home: Path) -> Warehouse:
    """An empty warehouse in the home."""
    return Warehouse(home)


@pytest.fixture(scope="session")
def clean_env() -> dict[str, str]:
    """The environment without anybody's settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COUNTERCLAIM_", "PREFECT_"))
    }


@pytest.fixture
def counterclaim(home: Path, clean_env: dict[str, str]) -> Program:
    """The program as a process: `counterclaim("sql", "SELECT 1", stdin="…")`."""

    def run(
        *arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "--home", str(home), *arguments],
            input=data,
            capture_output=True,
            env={**clean_env, **(env or {})},
            timeout=300,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture(scope="session")
def prefect_env(
    tmp_path_factory: pytest.TempPathFactory, clean_env: dict[str, str]
) -> Iterator[dict[str, str]]:
    """The environment of a process that uses one Prefect server for the whole session."""
    folder = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(clean_env):
            patch.delenv(name)
        patch.setenv("PREFECT_HOME", str(folder))
        with prefect_server() as url:
            yield {**clean_env, "PREFECT_HOME": str(folder), "PREFECT_API_URL": url}
