"""What was there when a baseline was written, so that only what is new needs be told.

A finding is known by its rule, file, keyword, block and the text of its line, not by its place, so lines
may move. Of several that are alike, as many are known as there were.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from sshkeep.config.files import Unreadable, read_regular
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.syntax.source import clean

VERSION = 1


class Fingerprint(NamedTuple):
    """What is known of a finding; ``file`` is seen from the baseline's folder, ``text`` has single blanks."""

    file: str
    rule: str
    keyword: str
    block: str
    text: str


class Baseline:
    """The findings that are known in the file ``path``, each as often as it was there."""

    def __init__(self, path: str, known: Counter[Fingerprint]) -> None:
        self.folder = os.path.dirname(os.path.abspath(path))
        self.known = known

    def is_new(self, finding: Finding) -> bool:
        """Whether it was not there; a known one is used up by the question."""
        fingerprint = fingerprint_of(finding, self.folder)
        if self.known[fingerprint] < 1:
            return True
        self.known[fingerprint] -= 1
        return False


def fingerprint_of(finding: Finding, folder: str) -> Fingerprint:
    """A setting that is missing has no line, whatever stands where it would go."""
    number, _ = finding.source.position(finding.span.start)
    lines = finding.source.lines
    text = " ".join(finding.source.text(number - 1).split()) if lines else ""
    missing = finding.span.start == finding.span.end or (text.startswith("#") and finding.concerns)
    path = os.path.abspath(finding.source.path)
    with suppress(ValueError):  # another drive
        path = os.path.relpath(path, folder)
    texts = (path.replace(os.sep, "/"), finding.rule, finding.keyword, finding.block, "" if missing else text)
    return Fingerprint(*map(clean, texts))


def baseline_text(path: str, findings: Iterable[Finding]) -> str:
    """The text of a baseline in the file ``path`` that knows ``findings``; the same for the same."""
    folder = os.path.dirname(os.path.abspath(path))
    counts = Counter(fingerprint_of(finding, folder) for finding in findings)
    known = [{**fingerprint._asdict(), "count": counts[fingerprint]} for fingerprint in sorted(counts)]
    return json.dumps({"version": VERSION, "findings": known}, indent=1, ensure_ascii=False) + "\n"


def read_baseline(path: str) -> Baseline:
    """Raises SshkeepError for a file that is no baseline."""
    try:
        data = json.loads(read_regular(path))
        return Baseline(path, _known(data))
    except (OSError, Unreadable) as error:
        reason = getattr(error, "strerror", None) or error
        raise SshkeepError(f"can't read the baseline {path}: {reason}") from None
    except (ValueError, RecursionError, LookupError, TypeError):
        raise SshkeepError(
            f"{path} is no baseline of this sshkeep", "write it again with --write-baseline"
        ) from None


def _known(data: object) -> Counter[Fingerprint]:
    """Raises ValueError, LookupError or TypeError for another shape."""
    if not isinstance(data, dict) or data["version"] != VERSION or not isinstance(data["findings"], list):
        raise ValueError
    known: Counter[Fingerprint] = Counter()
    for each in data["findings"]:
        texts = [each[name] for name in Fingerprint._fields]
        if not all(isinstance(text, str) for text in texts) or type(each["count"]) is not int:
            raise ValueError
        known[Fingerprint(*texts)] += each["count"]
    return known
