"""What OpenSSH prints for a line that it refuses, word for word: people search for these texts.

Only texts that were seen in 8.4, 9.2, 10.0 and later are here; `tests/oracle/test_error_texts.py` asks these
releases.
"""

from __future__ import annotations

from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, Release
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.arguments import Reason

BAD_OPTION = "Bad configuration option: "
_BY_OPTION = {
    "ciphers": "Bad SSH2 cipher spec '{word}'.",
    "kexalgorithms": "Bad SSH2 KexAlgorithms '{word}'.",
    "hostkeyalgorithms": "Bad key types '{word}'.",
    "pubkeyacceptedalgorithms": "Bad key types '{word}'.",
    "hostbasedacceptedalgorithms": "Bad key types '{word}'.",
    "loglevel": "unsupported log level '{word}'",
    "syslogfacility": "unsupported log facility '{word}'",
    "ipqos": "Bad IPQoS value: {word}",
}
"""For values of these options, by `Keyword.option`."""


class RefusedLine(NamedTuple):
    """A line that OpenSSH refuses, with the keyword and the first words as they are written."""

    kind: Kind
    release: Release
    reason: Reason
    keyword: str
    row: Keyword | None
    words: tuple[str, ...] = ()


def error_text(line: RefusedLine) -> str:
    """The error without the file and the line number in front; empty where it is not known."""
    name = line.keyword if line.kind == "sshd_config" else line.keyword.lower()
    if line.reason == "unknown keyword":
        return f"{BAD_OPTION}{name}"
    if line.reason == "value":
        return _value_error(line)
    if line.release < ARGV_SPLIT:
        return ""
    if line.reason == "missing argument" and not line.words:
        return f'no argument after keyword "{name}"'
    if line.reason == "extra argument" and line.row and line.row.type.most:
        return f"keyword {name} extra arguments at end of line"
    return "invalid quotes" if line.reason == "quotes" else ""


def _value_error(line: RefusedLine) -> str:
    """A value of one word; of others it is not always the first word that is refused."""
    if line.row is None or len(line.words) != 1:
        return ""
    word, type = line.words[0], line.row.type
    if line.row.option in _BY_OPTION:
        return _BY_OPTION[line.row.option].format(word=word)
    if line.row.option == "macs":
        return f"Bad SSH2 {'mac' if line.kind == 'sshd_config' else 'MAC'} spec '{word}'."
    if type.name == "port":
        return "Badly formatted port number." if line.kind == "sshd_config" else f"Bad port '{word}'."
    if type.name == "time":
        return "invalid time value."
    if type.name == "integer":
        named = line.kind == "sshd_config" and line.release >= ARGV_SPLIT
        return f"{f'{line.keyword} ' if named else ''}integer value invalid."
    return f'unsupported option "{word}".' if type.choices else ""
