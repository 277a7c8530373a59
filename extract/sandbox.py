"""Runs functions on bytes of strangers in worker processes that may hang, swell or crash.

    with Sandbox(workers=2, seconds=20, megabytes=1024) as sandbox:
        for page in sandbox.map(read_page, [(body, url), …]):
            …   # a Page, or the ExtractError that kept it from being one

Parsers written for honest input take minutes over a few crafted kilobytes, or bring the
process down (feedparser and trafilatura both have open reports of it). A worker guards
against faults, not against an attacker who already runs code in it.

A worker is a fresh interpreter, not a fork: a fork of a process with threads inherits locks
that nobody will open. It is used again for item after item, and replaced when it ran out of
time or memory, or died. It ends with its parent, however that ended: its standard input
ends then, and an alarm of the system's stops it even in the middle of a hung item.
"""

from __future__ import annotations

import importlib
import logging
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from extract.errors import ExtractError, SandboxError

if sys.platform != "win32":
    import resource

START_SECONDS = 120.0
"""What a worker may take to start and import: seconds, a minute on a machine under load.
It is not counted against the item."""

ALARM_SECONDS = 5.0
"""How much later than the parent's own limit the worker's alarm goes off: it is for orphans."""

LENGTH = struct.Struct("!Q")

T = TypeVar("T")


class Sandbox:
    """A pool of workers; use it as a context manager, from any thread.

    `seconds` is the wall-clock limit of one item, `megabytes` the address space of one
    worker (where the system has RLIMIT_AS and heeds it: Linux does, macOS does not).
    """

    def __init__(self, workers: int = 2, seconds: float = 20.0, megabytes: int = 1024) -> None:
        self._workers = [_Worker(seconds, megabytes) for _ in range(workers)]

    def __enter__(self) -> Self:
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(len(self._workers), thread_name_prefix="sandbox")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop(for_good=True)
        self._threads.shutdown()

    def map(
        self, function: Callable[..., T], items: Iterable[tuple[Any, ...]]
    ) -> Iterator[T | ExtractError]:
        """`function(*item)` for each item, in order; errors are handed back, not raised.

        The function is one of a module's own, so that the worker can import it. An
        ExtractError that it raises comes back as it is, any other error and every limit
        overrun as SandboxError. Items are taken from the iterable as workers come free.
        """
        running: deque[Future[T | ExtractError]] = deque()
        for item in items:
            running.append(self._threads.submit(self._run, function, item))
            if len(running) > 2 * len(self._workers):  # one item waits for each worker
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def _run(self, function: Callable[..., Any], item: tuple[Any, ...]) -> Any:
        worker = self._idle.get()
        try:
            return worker.run(function, item)
        except ExtractError as error:
            return error
        finally:
            self._idle.put(worker)


class _Worker:
    """One worker process, started when it is first needed."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._imported: set[str] = set()
        self._lock = threading.Lock()  # parts stopping for good from starting
        self._closed = False

    def run(self, function: Callable[..., Any], item: tuple[Any, ...]) -> Any:
        """What the function returns; raises ExtractError."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._start()
        if function.__module__ not in self._imported:
            self._ask(_import, (function.__module__,), START_SECONDS)
            self._imported.add(function.__module__)
        return self._ask(function, item, self._seconds)

    def stop(self, *, for_good: bool = False) -> None:
        """Ends the process and reaps it."""
        with self._lock:
            self._closed = self._closed or for_good
            process, self._process = self._process, None
        self._imported.clear()
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written to a dead worker
                    pipe.close()

    def _start(self) -> None:
        program = (
            f"import sys; sys.path[:] = {sys.path!r}\n"
            f"from extract.sandbox import serve; serve({self._megabytes})"
        )
        with self._lock:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            self._process = subprocess.Popen(
                [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )

    def _ask(self, function: Callable[..., Any], item: tuple[Any, ...], seconds: float) -> Any:
        question = pickle.dumps((seconds + ALARM_SECONDS, function, item))
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise SandboxError("the sandbox is closed")
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        broken = True
        try:
            _send(process.stdin, question)
            fine, outcome = pickle.loads(_receive(process.stdout))
            broken = isinstance(outcome, MemoryError)  # what is left of it is not to be trusted
        except (OSError, EOFError) as error:
            what = f"took longer than {seconds:g} s" if late.is_set() else "the worker died"
            raise SandboxError(what) from error
        except Exception as error:  # the outcome cannot be unpickled here
            raise SandboxError(f"{type(error).__name__}: {error}") from error
        finally:
            timer.cancel()
            timer.join()
            if broken or late.is_set():
                self.stop()
        if fine:
            return outcome
        if isinstance(outcome, MemoryError):
            raise SandboxError(f"took more than {self._megabytes} MB of memory")
        raise outcome


def serve(megabytes: int) -> None:
    """The worker: answers one question after the other until its input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    logging.getLogger().addHandler(logging.NullHandler())  # parsers grumble at what they read
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # a print must not get between the answers
    if sys.platform != "win32":
        _limit(resource.RLIMIT_AS, megabytes * 1024 * 1024)
        _limit(resource.RLIMIT_CORE, 0)
    while True:
        try:
            question = _receive(questions)
        except EOFError:
            return
        try:
            seconds, function, item = pickle.loads(question)
            _alarm(seconds)
            answer = pickle.dumps((True, function(*item)))
        except Exception as error:
            answer = _failure(error)
        _alarm(0)
        try:
            _send(answers, answer)
        except BrokenPipeError:  # the parent is gone
            os._exit(1)


def _failure(error: Exception) -> bytes:
    known = (ExtractError, MemoryError)
    try:
        return pickle.dumps((False, error if isinstance(error, known) else _plain(error)))
    except Exception:
        return pickle.dumps((False, _plain(error)))


def _plain(error: Exception) -> SandboxError:
    """An error of a library, or of ours, in words: its class may not be importable."""
    return SandboxError(f"{type(error).__name__}: {error}"[:1000])


if sys.platform != "win32":

    def _limit(what: int, value: int) -> None:
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(what, (value, hard))


def _alarm(seconds: float) -> None:
    if sys.platform != "win32":  # the signal's default action ends the process, whatever it does
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _import(module: str) -> None:
    importlib.import_module(module)


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data
