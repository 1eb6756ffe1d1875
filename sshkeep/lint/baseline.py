"""The findings that existed when a baseline was written, so that only new ones are reported.

A finding is recognised by its rule, file, keyword, block and the text of its line, not by its position, so
lines may move. Of several equal findings, as many are known as there were.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress

from sshkeep.config.tree.file_system import UnreadableFile, read_regular_file
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import clean, escaped_json
from sshkeep.system.output import write_output

BASELINE_VERSION = 1


class Fingerprint(NamedTuple):
    """Identifies a finding. ``file`` is relative to the baseline's folder, ``text`` has single blanks."""

    file: str
    rule: str
    keyword: str
    block: str
    text: str


class Remark(NamedTuple):
    """What people add to a known finding: why it is accepted, and since when (YYYY-MM-DD)."""

    reason: str = ""
    date: str = ""


class Baseline:
    """The known findings of the file ``path``, each with the number of times it was there."""

    def __init__(self, path: str, known: Counter[Fingerprint], remarks: Mapping[Fingerprint, Remark]) -> None:
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.known = known
        self.remarks = remarks

    def remark(self, finding: Finding) -> Remark:
        """The remark on a known finding."""
        return self.remarks.get(fingerprint_of(finding, self.folder), Remark())

    def is_new(self, finding: Finding) -> bool:
        """Whether the finding is not known. Each known one answers for one finding only."""
        fingerprint = fingerprint_of(finding, self.folder)
        if self.known[fingerprint] < 1:
            return True
        self.known[fingerprint] -= 1
        return False


def fingerprint_of(finding: Finding, folder: str) -> Fingerprint:
    """The fingerprint in a baseline in ``folder``.

    A missing setting has no text, whatever line stands where it would go.
    """
    number, _ = finding.source.position(finding.span.start)
    lines = finding.source.lines
    text = " ".join(finding.source.text(number - 1).split()) if lines else ""
    missing = finding.span.start == finding.span.end or (text.startswith("#") and finding.concerns)
    path = os.path.abspath(finding.source.path)
    with suppress(ValueError):  # another drive
        path = os.path.relpath(path, folder)
    texts = (path.replace(os.sep, "/"), finding.rule, finding.keyword, finding.block, "" if missing else text)
    return Fingerprint(*map(clean, texts))


def write_baseline(path: str, findings: Iterable[Finding]) -> None:
    """Write a baseline that knows ``findings`` to the file ``path``. Raises SshkeepError.

    The remarks of the baseline that it replaces are kept.
    """
    remarks: Mapping[Fingerprint, Remark] = {}
    with suppress(SshkeepError):  # there is none yet
        remarks = read_baseline(path).remarks
    write_output(path, _text(path, findings, remarks).encode("utf-8"))


def _text(path: str, findings: Iterable[Finding], remarks: Mapping[Fingerprint, Remark]) -> str:
    """The text of that baseline; the same findings give the same text."""
    folder = os.path.dirname(os.path.abspath(path))
    counts = Counter(fingerprint_of(finding, folder) for finding in findings)
    known = [
        {
            **fingerprint._asdict(),
            "count": counts[fingerprint],
            **(remarks[fingerprint]._asdict() if fingerprint in remarks else {}),
        }
        for fingerprint in sorted(counts)
    ]
    text = json.dumps({"version": BASELINE_VERSION, "findings": known}, indent=1, ensure_ascii=False)
    return escaped_json(text) + "\n"


def read_baseline(path: str) -> Baseline:
    """Read the baseline in the file ``path``. Raises SshkeepError for a file that is none."""
    try:
        data = json.loads(read_regular_file(path))
        return Baseline(path, *_known(data))
    except (OSError, UnreadableFile) as error:
        reason = getattr(error, "strerror", None) or error
        raise SshkeepError(f"can't read the baseline {path}: {reason}") from None
    except (ValueError, RecursionError, LookupError, TypeError):
        raise SshkeepError(
            f"{path} is not a baseline of this sshkeep", "write it again with --write-baseline"
        ) from None


def _known(data: object) -> tuple[Counter[Fingerprint], dict[Fingerprint, Remark]]:
    """Raises ValueError, LookupError or TypeError for another shape."""
    if (
        not isinstance(data, dict)
        or data["version"] != BASELINE_VERSION
        or not isinstance(data["findings"], list)
    ):
        raise ValueError
    known: Counter[Fingerprint] = Counter()
    remarks: dict[Fingerprint, Remark] = {}
    for each in data["findings"]:
        texts = [each[name] for name in Fingerprint._fields]
        remark = Remark(*(each.get(name, "") for name in Remark._fields))
        if not all(isinstance(text, str) for text in (*texts, *remark)) or type(each["count"]) is not int:
            raise ValueError
        known[Fingerprint(*texts)] += each["count"]
        if any(remark):
            remarks[Fingerprint(*texts)] = remark
    return known, remarks
