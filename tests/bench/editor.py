"""What a keystroke costs the language server, over the wire: CPU of the server and of its processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.lsp.client import Client, position, range_of

TICK = os.sysconf("SC_CLK_TCK")
KEYSTROKES = 20
WANTED = {"200 lines": 0.030, "5,000 lines": 0.150, "100,000 Hosts": 1.5}
"""Seconds of CPU from a keystroke to its diagnostics."""
WANTED_START = 0.6
WANTED_HOVER = 0.050


def _host(number: int) -> str:
    return f"Host host{number}.example.org\n HostName 10.0.0.{number % 250}\n User u{number % 100}\n Port 22\n ServerAliveInterval 60\n"


TEXTS = {
    name: "".join(map(_host, range(count))) for name, count in (("200 lines", 40), ("5,000 lines", 1_000))
}


def editor_lines(folder: str) -> Iterator[str]:
    """A line for each figure."""
    uri = Path(folder, "ssh_config").as_uri()
    yield _start(uri)
    for name, text in TEXTS.items():
        yield _keystrokes(name, uri, text, KEYSTROKES)
    yield from _large(uri)


def cpu_of(process: int) -> float:
    """Seconds of CPU of a process, and of all its children, also of those that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / TICK
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(cpu_of(int(child)) for child in children)


def _start(uri: str) -> str:
    measured = []
    for _ in range(5):
        with Client() as client:
            client.open(uri, TEXTS["200 lines"])
            client.diagnostics(uri)
            measured.append(cpu_of(client.process.pid))
    return _line("start to the first diagnostics of 200 lines", median(measured), WANTED_START)


def _keystrokes(name: str, uri: str, text: str, count: int) -> str:
    with Client() as client:
        client.open(uri, text)
        client.diagnostics(uri, 1)
        memory, before = client.memory(), cpu_of(client.process.pid)
        for version in range(2, count + 2):
            client.change(uri, version, {"range": range_of((2, 7), (2, 7)), "text": "x"})
            client.diagnostics(uri, version)
        used = (cpu_of(client.process.pid) - before) / count
        more = client.memory() - memory
    return f"{_line(f'keystroke, {name}', used, WANTED[name])}; the server's memory grew by {more:.1f} MB"


def _large(uri: str) -> Iterator[str]:
    """A text that is judged for seconds: answers meanwhile, and the end of that work."""
    name = "100,000 Hosts"
    with Client() as client:
        client.open(uri, "".join(map(_host, range(100_000))))
        client.diagnostics(uri, 1)
        before = cpu_of(client.process.pid)
        client.change(uri, 2, {"range": range_of((2, 7), (2, 7)), "text": "x"})
        # While it is judged.
        hovers = []
        for number in range(10):
            begin = time.perf_counter()
            place = position(250_000 + 5 * number + 4, 3)
            client.request("textDocument/hover", textDocument={"uri": uri}, position=place)
            hovers.append(time.perf_counter() - begin)
            assert client.published[uri]["version"] == 1
        client.diagnostics(uri, 2)
        yield _line(f"keystroke, {name}", cpu_of(client.process.pid) - before, WANTED[name])
        yield _line(f"hover meanwhile, {name}, s of wall time, the longest of 10", max(hovers), WANTED_HOVER)
        before = cpu_of(client.process.pid)
        for version in range(3, 13):
            client.change(uri, version, {"range": range_of((2, 7), (2, 7)), "text": "x"})
            time.sleep(0.1)
        client.diagnostics(uri, 12)
        yield f"10 keystrokes in 1 s, {name}: {cpu_of(client.process.pid) - before:.2f} s of CPU in all"


def _line(what: str, seconds: float, wanted: float) -> str:
    mark = "" if seconds <= wanted else "  more than wanted"
    return f"{what}: {seconds:.3f} s, wanted {wanted:.3f}{mark}"
