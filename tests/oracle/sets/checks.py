"""What must hold of a call that was carried out, by the answers of the real program and the bytes."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from sshkeep.config.effective.expansion import EXPANSIONS
from sshkeep.config.tree.config import Config
from sshkeep.openssh.tables.defaults import printed_name
from sshkeep.syntax.source import encode
from sshkeep.syntax.words import split_line
from tests.oracle.answers import Answer, Difference
from tests.oracle.sets.calls import Call

_TOKENS = {"hostname", "user", "port", "hostkeyalias", "proxyjump", "proxycommand"}
"""Options that feed ssh's tokens."""

Settings = Mapping[str, Sequence[str]]


def settings(answer: Answer) -> dict[str, Sequence[str]]:
    """By lower-case keyword."""
    return {keyword.lower(): values for keyword, values in answer.settings.items()}


def own_names(call: Call, config: Config) -> set[str]:
    """Under which names the program prints the option."""
    option = config.known[call.request.keyword.lower()].option
    return {option, printed_name(option, config.kind, config.target)}


def unlike(
    now: Settings, wanted: Settings, names: Collection[str], what: str, *, bag: bool
) -> Iterator[Difference]:
    """The options ``names`` that are not as in ``wanted``; in a ``bag`` neither order nor number count."""
    for name in sorted(names):
        one, other = now.get(name, ()), wanted.get(name, ())
        if (set(one) != set(other)) if bag else (list(one) != list(other)):
            yield Difference(what, name, f"{name}: {list(one)}", f"wanted: {list(other)}")


def others(
    before: Settings, after: Settings, own: Collection[str], implied: Sequence[str]
) -> Iterator[Difference]:
    """Every other option is as it was, save those that were announced."""
    if any(" compares the " in sentence for sentence in implied):
        return
    told = {sentence.split(" ")[0].lower() for sentence in implied}
    # The lines that hold %r, %p and the like are as they were; what ssh makes of them is not.
    expanded = {each.keyword for each in EXPANSIONS} if _TOKENS & {*own} else set()
    names = {*before, *after} - {*own} - told - expanded
    yield from unlike(after, before, names, "other", bag=False)


def bytes_kept(
    before: Mapping[str, bytes], after: Mapping[str, bytes], call: Call, config: Config
) -> Iterator[Difference]:
    """All lines but those of the option stand as they were; at most a block's first line and blanks are new."""
    for path, data in after.items():
        old, new = _lines(before.get(path, b"")), _lines(data)
        added = {b"", b"Host *", encode(call.request.header)}
        left, found = (
            [line for line in lines if _is_foreign(line, call, config) and line not in added]
            for lines in (old, new)
        )
        more = [line for line in added if not 0 <= new.count(line) - old.count(line) <= 2]
        if left != found or more:
            yield Difference("bytes", "a line of something else", repr(new), repr(old))
        yield from _endings(before.get(path, b""), data)


def _lines(data: bytes) -> list[bytes]:
    return [line.rstrip(b"\r") for line in data.split(b"\n")]


def _endings(old: bytes, new: bytes) -> Iterator[Difference]:
    if old and len(new) >= len(old) and old.endswith(b"\n") != new.endswith(b"\n") and new:
        yield Difference("bytes", "the end of the file", repr(old[-20:]), repr(new[-20:]))


def _is_of(line: bytes, call: Call, config: Config) -> bool:
    split = split_line(line)
    row = config.known.get(split.name.lower()) if split else None
    return row is not None and row.option == config.known[call.request.keyword.lower()].option


def _is_foreign(line: bytes, call: Call, config: Config) -> bool:
    """Whether the line is neither the option's nor its commented default."""
    commented = re.compile(rb"\s*#\s*" + re.escape(encode(call.request.keyword)), re.IGNORECASE)
    return not _is_of(line, call, config) and commented.match(line) is None
