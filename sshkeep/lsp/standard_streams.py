"""The connection to the client: standard input and output."""

from __future__ import annotations

import asyncio
import gc
import sys
from threading import Event

from pygls.io_ import run_async

from sshkeep.lsp.server import EditorServer

MAX_BUFFERED = 1 << 24
"""Bytes of a message that are read ahead."""


def serve() -> None:
    """Serve the client at standard input and output until it ends the connection."""
    server = EditorServer()
    gc.set_threshold(700, 10, 10)  # Python's own: a server lives long, and is mostly idle
    if sys.platform == "win32":
        server.start_io()
    else:
        asyncio.run(_serve(server))


async def _serve(server: EditorServer) -> None:
    """As `start_io`, but without a second thread: a process that is forked must have but one."""
    reader = asyncio.StreamReader(limit=MAX_BUFFERED)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    server.protocol.set_writer(_Output())
    try:
        await run_async(Event(), reader, server.protocol, error_handler=server.report_server_error)
    finally:
        server.analyses.end()


class _Output:
    """Standard output, which the command line closes."""

    def write(self, data: bytes) -> None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def close(self) -> None:
        pass
