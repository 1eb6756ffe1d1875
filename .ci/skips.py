"""Counts passed and skipped tests of a JUnit report, and fails for a skip that no line of a list allows.

    python .ci/skips.py REPORT LIST

Each line of LIST is a text that the skip's reason or the test's name contains; # begins a comment.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def main(report: str, allowed: str) -> int:
    """0 when all skips are allowed, else 1."""
    lines = [line.strip() for line in Path(allowed).read_text().splitlines()]
    reasons = [line for line in lines if line and not line.startswith("#")]
    cases = list(ET.parse(report).getroot().iter("testcase"))
    skips = [(case, skip) for case in cases for skip in case.iter("skipped")]
    print(f"{len(cases) - len(skips)} passed, 0 failed, {len(skips)} skipped")
    unexpected = 0
    for case, skip in skips:
        told = f"{case.get('classname')}::{case.get('name')}: {skip.get('message')}"
        if not any(reason in told for reason in reasons):
            print(f"a skip that .ci/skips.txt does not allow: {told}")
            unexpected += 1
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
