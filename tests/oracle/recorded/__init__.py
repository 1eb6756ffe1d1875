"""Configs and the answers that real releases of OpenSSH gave to them, so that no release need be there.

``configs.jsonl`` has one config a line, made up from a fixed seed: ``kind``, ``text``, the question ``ask``, and
``answers``. Each answer has the ``releases`` that gave it: builds of the portable tags on Debian 12 with PAM and
OpenSSL 3.0, without Kerberos (``openssh-8.0`` and so on), and Debian's packages (``debian-11`` and so on).
An accepted file has ``set``, all printed lines of each keyword whose lines are not those of an empty file, by
keyword, and ``unset``, the keywords that only the empty file prints. A refused one has ``refused``, the numbers of the lines
that the release complains of, in that order; none where it names no line. ListenAddress is sorted, since its
order comes from the resolver; what PAM, GSSAPI and Kerberos add is left out.

The questions were asked as root on a machine without network and name service, of a file that is neither
the user's nor the system's, by ``sshd -T -f FILE -C ...`` and ``ssh -G -F FILE [-l USER] HOST``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sshkeep.openssh.kind import Kind

_FILE = Path(__file__).with_name("configs.jsonl")
_KINDS: dict[str, Kind] = {"sshd": "sshd_config", "ssh": "ssh_config"}


class RecordedAnswer(NamedTuple):
    """What some releases say: the lines that they refuse, or what differs from the empty file's output."""

    releases: Sequence[str]
    accepted: bool
    refused: Sequence[int] = ()
    set: Sequence[str] = ()
    unset: Sequence[str] = ()


class RecordedConfig(NamedTuple):
    """A config, the question that was asked of it, and the answer of each release."""

    kind: Kind
    text: str
    ask: Mapping[str, str]
    answers: Sequence[RecordedAnswer]


def recorded_configs() -> Iterator[RecordedConfig]:
    """All of them, in the order of the file."""
    for line in _FILE.read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            yield RecordedConfig(
                _KINDS[row["kind"]], row["text"], row["ask"], [_answer(each) for each in row["answers"]]
            )


def _answer(row: dict[str, object]) -> RecordedAnswer:
    return RecordedAnswer(**{"accepted": "refused" not in row, **row})  # type: ignore[arg-type]
