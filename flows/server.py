"""An embedded Prefect server: a process of its own that ends when we do.

Prefect starts a temporary server by itself where none is set, but a run that is killed leaves
it behind, holding the database of Prefect's home. This one reads its standard input, which
ends with the process that started it, however that ended.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import FlowError

START_SECONDS = 180.0
"""13 s on an idle machine with a cold cache; a machine under load takes many times that."""

STOP_SECONDS = 10.0


@contextmanager
def prefect_server(*, scheduling: bool = False) -> Iterator[str]:
    """A server for the time of the block; gives its API's address and sets PREFECT_API_URL.

    Where PREFECT_API_URL is set already, that server is used and none is started.
    `scheduling` runs the services that make scheduled runs; a single pass needs none.
    `flows.prefect_env.prepare` must have been called, and prefect not been imported, before.
    """
    if url := os.environ.get("PREFECT_API_URL"):
        yield url
        return
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    env = {**os.environ, "PREFECT_API_URL": url, "PREFECT_UI_ENABLED": "1" if scheduling else "0"}
    if not scheduling:
        env["PREFECT__SERVER_EPHEMERAL"] = "1"
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server", str(port)],
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=file,
            env=env,
        )
    try:
        _wait(process, port, log)
        os.environ["PREFECT_API_URL"] = url
        yield url
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        assert process.stdin
        process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Waits until the server answers; raises FlowError where it dies or takes too long."""
    import httpx2

    deadline = time.monotonic() + START_SECONDS
    with httpx2.Client(trust_env=False) as client:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise FlowError(f"the embedded Prefect server did not start: {log} says why")
            try:
                if client.get(f"http://127.0.0.1:{port}/api/health").status_code == 200:
                    return
            except httpx2.HTTPError:
                pass
            time.sleep(0.1)
    raise FlowError(f"the embedded Prefect server did not answer within {START_SECONDS:.0f} s")


def free_port() -> int:
    """A port of this machine that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    """Ends this process where its standard input does."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def main(port: int) -> None:
    """The server itself, as the child runs it."""
    import uvicorn

    _end_with_parent()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
