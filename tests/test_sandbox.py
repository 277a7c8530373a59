"""Workers that hang, swell, crash and lose their parent."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.errors import DataError, ExtractError, FeedError, SandboxError
from extract.sandbox import Sandbox


def double(number: int) -> int:
    if number == 13:
        raise FeedError("unlucky")
    if number == 14:
        raise ZeroDivisionError("cannot")
    if number == 15:
        raise DataError("file.toml", 3, "does not pickle")
    print("noise on standard output")
    return 2 * number


def misbehave(how: str) -> int:
    if how == "hang":
        re.match(r"(a+)+$", "a" * 40 + "b")  # holds the interpreter's lock all the while
    elif how == "sleep":
        time.sleep(60)
    elif how == "swell":
        return len(bytearray(10**10))
    elif how == "crash":
        ctypes.string_at(0)
    elif how == "exit":
        os._exit(3)
    elif how == "leave":
        sys.exit(4)
    elif how == "recurse":
        return misbehave(how)
    elif how == "lambda":
        return lambda: 1  # type: ignore[return-value]
    return os.getpid()


def pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_dead(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def test_results_in_order_and_errors_as_values() -> None:
    with Sandbox(workers=2) as sandbox:
        results = list(sandbox.map(double, [(number,) for number in range(20)]))
    for number, result in enumerate(results):
        if number == 13:
            assert isinstance(result, FeedError)
            assert str(result) == "unlucky"
        elif number == 14:
            assert isinstance(result, SandboxError)
            assert str(result) == "ZeroDivisionError: cannot"
        elif number == 15:
            assert isinstance(result, ExtractError)
        else:
            assert result == 2 * number


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ("hang", "took longer than 0.5 s"),
        ("sleep", "took longer than 0.5 s"),
        ("swell", "took more than 512 MB of memory"),
        ("crash", "the worker died"),
        ("exit", "the worker died"),
        ("leave", "the worker died"),
        ("recurse", "RecursionError"),
        ("lambda", "PicklingError|AttributeError"),
    ],
)
def test_bad_item_does_not_stop_the_rest(how: str, what: str) -> None:
    with Sandbox(workers=1, seconds=0.5, megabytes=512) as sandbox:
        before, bad, after, last = sandbox.map(misbehave, [("",), (how,), ("",), ("",)])
    assert isinstance(bad, SandboxError)
    assert re.search(what, str(bad))
    assert isinstance(before, int)
    assert after == last  # one worker for one item after the other
    assert not alive(before)


def test_workers_work_side_by_side_and_are_gone_afterwards() -> None:
    with Sandbox(workers=2) as sandbox:
        pids = set(sandbox.map(pid_after, [(0.3,), (0.3,), (0.3,), (0.3,)]))
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids if isinstance(pid, int))
    assert not any(alive(pid) for pid in pids if isinstance(pid, int))


def test_leaving_does_not_wait_for_hung_workers() -> None:
    started = time.monotonic()
    with Sandbox(workers=2, seconds=60) as sandbox:
        first = next(sandbox.map(pid_after, [(0.0,), *[(60.0,)] * 8]))
    assert isinstance(first, int)
    assert time.monotonic() - started < 10


def test_function_that_cannot_be_sent_is_the_callers_mistake() -> None:
    with Sandbox(workers=1) as sandbox, pytest.raises(Exception, match="pickle"):
        list(sandbox.map(lambda: 1, [()]))


PARENT = """
import sys
from extract.sandbox import Sandbox
from tests.test_sandbox import pid_after
with Sandbox(workers=1, seconds=float(sys.argv[1])) as sandbox:
    for answer in sandbox.map(pid_after, [(0.0,), (float(sys.argv[2]),), (0.0,)]):
        print(answer, flush=True)
"""


@pytest.mark.parametrize(("seconds", "work"), [(60.0, 0.5), (0.5, 60.0)])
def test_workers_end_when_their_parent_is_killed(
    seconds: float, work: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Idle or at work: kill -9 of the parent leaves nobody behind."""
    program = PARENT.replace(", orphan", "")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import extract.sandbox; extract.sandbox.ALARM_SECONDS = 1.0\n{program}",
            str(seconds),
            str(work),
        ],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.1)
        assert alive(worker)
        parent.send_signal(signal.SIGKILL)
    assert wait_until_dead(worker, 5.0)
