"""What Prefect must know before it is imported: its home, and what it is not to do.

Each installation keeps Prefect's own files in HOME/state/prefect, so that two homes never
meet. Whoever sets PREFECT_API_URL or PREFECT_HOME keeps their own server or profile.
"""

from __future__ import annotations

import os
from pathlib import Path

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Prefect gives its embedded server 20 s to start; a busy machine takes longer when cold.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    # Our own progress goes to standard error; Prefect's chatter only where something is wrong.
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_CLI_PROMPT": "false",
    # A run every quarter of an hour leaves megabytes a day; a week is enough to look back.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "604800",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P1D",
    # Results are in the warehouse; Prefect keeps none.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


def prepare(home: Path, *, by_hand: bool = False) -> None:
    """Sets what is not set; to be called before anything imports prefect.

    A run by hand ends with its error in one line, so Prefect need not print it as well.
    """
    if by_hand:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    folder = Path(os.environ.setdefault("PREFECT_HOME", str(home / "state" / "prefect")))
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
