"""What a finding is recognised by in other tools: it stays the same when lines move."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from sshkeep.lint.baseline import Fingerprint, fingerprint_of
from sshkeep.lint.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """A SHA-256 for each finding, in hexadecimal; equal findings are counted, so that no two are the same."""
    from hashlib import sha256

    seen: Counter[Fingerprint] = Counter()
    for finding in findings:
        fingerprint = fingerprint_of(finding, os.getcwd())
        seen[fingerprint] += 1
        yield sha256("\0".join([*fingerprint, str(seen[fingerprint])]).encode()).hexdigest()
