"""Makes a config smaller as long as the two sides still disagree in the same way."""

from collections.abc import Callable, Iterator

from tests.oracle.cases import Case

ATTEMPTS = 400

Wrong = Callable[[Case], bool]


def shrunk(case: Case, wrong: Wrong) -> Case:
    """The smallest case found for which ``wrong`` still holds, after at most ATTEMPTS of asking."""
    left = ATTEMPTS
    while True:
        for smaller in _smaller(case):
            left -= 1
            if left < 0:
                return case
            if wrong(smaller):
                case = smaller
                break
        else:
            return case


def _smaller(case: Case) -> Iterator[Case]:
    """Simpler cases, the much simpler ones first."""
    if len(case.asks) > 1:
        yield from (case._replace(asks=(ask,)) for ask in case.asks)
    for name in case.files:
        yield case._replace(files={n: text for n, text in case.files.items() if n != name})
    for shorter in (*_fewer_lines(case.system), *_shorter_lines(case.system)) if case.system else ():
        yield case._replace(system=shorter)
    for name in ("", *case.files):
        text = case.files[name] if name else case.config
        for shorter in (*_fewer_lines(text), *_shorter_lines(text)):
            yield (
                case._replace(files={**case.files, name: shorter}) if name else case._replace(config=shorter)
            )


def _fewer_lines(text: str) -> Iterator[str]:
    lines = text.split("\n")
    size = len(lines) // 2
    while size:
        for at in range(0, len(lines), size):
            yield "\n".join(lines[:at] + lines[at + size :])
        size //= 2


def _shorter_lines(text: str) -> Iterator[str]:
    """A word less in one line, the margin, the end, or a part of a list away."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        for shorter in _shorter(line):
            if len(shorter) < len(line) or shorter < line:
                yield "\n".join([*lines[:number], shorter, *lines[number + 1 :]])


def _shorter(line: str) -> Iterator[str]:
    yield line.strip()
    words = line.split(" ")
    for at in range(1, len(words)):
        yield " ".join(words[:at] + words[at + 1 :])
    for mark in (",", '"', "'", "\t", "\f", "\r", "\\"):
        for at, character in enumerate(line):
            if character == mark:
                yield line[:at] + line[at + 1 :]
                if mark == ",":
                    start = max(line.rfind(" ", 0, at), line.rfind(",", 0, at)) + 1
                    yield line[:start] + line[at + 1 :]
    yield line.replace("\t", " ")
    yield line.replace("  ", " ")
