"""Analyses run in processes of their own: they end when the text changes or when they take too long.

A process is forked, which takes some milliseconds. It stays to answer questions about the same text. So the
server itself answers while a large config is judged, and keeps nothing of it in memory.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from struct import Struct
from typing import Any, BinaryIO, NoReturn, Protocol

from sshkeep.lsp.analysis import Analysis

BUDGET = 60
"""Seconds that one answer may take, from when its turn has come."""
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
"""Forked processes that don't start another program are not safe on macOS."""
_LENGTH = Struct("!Q")
_READING: set[asyncio.Task[None]] = set()
"""Tasks that read answers: asyncio itself does not keep them."""


class AnalysisEnded(Exception):
    """The text has changed, or the answer took too long."""


class Worker(Protocol):
    """Answers questions about one text, until it has ``ended``."""

    ended: bool

    async def ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        """What ``question(analysis, *arguments)`` returns. Raises AnalysisEnded."""
        ...

    def end(self) -> None:
        """Give up all work on this text."""
        ...


def start_worker(make: Callable[[], Analysis]) -> Worker:
    """A worker for the analysis that ``make`` returns. ``make`` is called in the worker's process."""
    return ForkedWorker(make) if CAN_FORK else LocalWorker(make)


class LocalWorker:
    """Works in the server's own process, where the system has no fork."""

    def __init__(self, make: Callable[[], Analysis]) -> None:
        self.analysis = make()
        self.ended = False

    async def ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        await asyncio.sleep(0)
        if self.ended:
            raise AnalysisEnded
        return question(self.analysis, *arguments)

    def end(self) -> None:
        self.ended = True


class ForkedWorker:
    """Works in a process of its own, which gets one question at a time, in their order.

    So a question that its asker gives up before its turn is not worked on.
    """

    def __init__(self, make: Callable[[], Analysis]) -> None:
        own, theirs = socket.socketpair()
        try:
            self.process = os.fork()
        except OSError:
            own.close()
            theirs.close()
            raise
        if self.process == 0:
            _serve(theirs, make)
        theirs.close()
        self.ended = False
        self._socket = own
        self._turn = asyncio.Lock()
        self._answer: asyncio.Future[Any] | None = None
        """The one to the last question: it may be that the asker has gone."""
        self._writer: asyncio.StreamWriter | None = None
        self._connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        reading = asyncio.ensure_future(self._read())
        _READING.add(reading)
        reading.add_done_callback(_READING.discard)

    async def ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        async with self._turn:
            await asyncio.wait([self._answer or self._connected])
            if self.ended or self._writer is None:
                raise AnalysisEnded
            message = pickle.dumps((question, arguments))
            self._writer.write(_LENGTH.pack(len(message)) + message)
            done, result = await asyncio.shield(self._next_answer())
        if not done:
            raise RuntimeError(result)
        return result

    def _next_answer(self) -> asyncio.Future[Any]:
        loop = asyncio.get_running_loop()
        self._answer = answer = loop.create_future()
        timer = loop.call_later(BUDGET, self.end)
        answer.add_done_callback(lambda _: timer.cancel())
        return answer

    async def _read(self) -> None:
        try:
            reader, self._writer = await asyncio.open_connection(sock=self._socket)
            if not self._connected.done():
                self._connected.set_result(None)
            while True:
                (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
                message = await reader.readexactly(length)
                if self._answer and not self._answer.done():
                    self._answer.set_result(pickle.loads(message))
        except (asyncio.IncompleteReadError, OSError):
            pass  # the process has ended
        finally:
            self.end()
            if self._writer:
                self._writer.close()

    def end(self) -> None:
        if self.ended:
            return
        self.ended = True
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        self._reap()
        if not self._connected.done():
            self._connected.set_result(None)
        if self._answer and not self._answer.done():
            self._answer.set_exception(AnalysisEnded())
            self._answer.exception()  # it may be that nobody waits

    def _reap(self) -> None:
        """Take note of the end. To give back the memory of a large process takes a while."""
        with suppress(ChildProcessError):
            if os.waitpid(self.process, os.WNOHANG) == (0, 0):
                asyncio.get_running_loop().call_later(0.05, self._reap)


def _serve(connection: socket.socket, make: Callable[[], Analysis]) -> NoReturn:
    """Answer until the server ends the connection."""
    try:
        _leave_server(connection.fileno())
        analysis = make()
        with connection.makefile("rb") as questions, connection.makefile("wb") as answers:
            while header := questions.read(_LENGTH.size):
                question, arguments = pickle.loads(questions.read(*_LENGTH.unpack(header)))
                _answer(answers, analysis, question, arguments)
    finally:
        os._exit(0)


def _answer(
    answers: BinaryIO, analysis: Analysis, question: Callable[..., Any], arguments: tuple[object, ...]
) -> None:
    try:
        result = True, question(analysis, *arguments)
    except Exception as error:
        last = error.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
        result = False, f"{type(error).__name__}: {error} ({place})"
    message = pickle.dumps(result)
    answers.write(_LENGTH.pack(len(message)) + message)
    answers.flush()


def _leave_server(kept: int) -> None:
    """Close the server's files, so that each end of a connection ends with its owner."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # it ends soon, and gives all memory back at once
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.closerange(3, kept)
    os.closerange(kept + 1, 1 << 16)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (2 * BUDGET, 2 * BUDGET))
