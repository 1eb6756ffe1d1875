"""Compares sshkeep with a release of OpenSSH over generated configs; exit code 1 for a difference.

python -m tests.oracle --release 9.2 --kind both --seed 1 --count 20000
"""

import argparse
import os
import sys
import time

from sshkeep.openssh.kind import Kind
from tests.oracle.corpus import compare_corpus
from tests.oracle.debian import CannotFetch
from tests.oracle.options import KINDS, parser_of
from tests.oracle.releases import INSTALLED, SUITES, Release, release_of
from tests.oracle.run import Job, report, run, uncovered


def main() -> int:
    """0: no difference, and all covered; 1: not so; 2: a release is not there."""
    parser = parser_of("tests.oracle", 1000)
    parser.add_argument("--corpus", action="store_true", help="the files below $SSHKEEP_CORPUS instead")
    options = parser.parse_args()
    if options.corpus and not os.environ.get("SSHKEEP_CORPUS"):
        parser.error("--corpus reads the folder that SSHKEEP_CORPUS names, and it is not set")
    if os.geteuid():
        parser.error("other programs are run in private mounts, which needs root")
    named = options.release or [INSTALLED]
    try:
        releases = [release_of(name) for name in (SUITES if "all" in named else named)]
    except CannotFetch as error:
        print(error, file=sys.stderr)
        return 2
    if options.corpus:
        wrong = [_real(release, options) for release in releases]
    else:
        wrong = [_generated(release, kind, options) for release in releases for kind in KINDS[options.kind]]
    return int(any(wrong))


def _generated(release: Release, kind: Kind, options: argparse.Namespace) -> bool:
    """Whether something is wrong; the report goes to standard output."""
    job = Job(release, kind, options.seed, options.start, options.start + options.count)
    began = time.monotonic()
    result = run(job, options.jobs)
    seconds = time.monotonic() - began
    missing = uncovered(result, job)
    say("accepted/refused for a bad value/accepted in a block:", *result.coverage.table(kind, release.target))
    say(*report(result, kind, release), *(f"not covered: {line}" for line in missing))
    pace = f"{result.configs / seconds:.0f} configs, {result.questions / seconds:.0f} questions a second"
    say(f"seed {job.seed}, {seconds:.0f} s, {pace}")
    return bool(result.mismatches or missing)


def _real(release: Release, options: argparse.Namespace) -> bool:
    """The same for the corpus."""
    results, skipped = compare_corpus(release)
    say(*(f"not asked: {line}" for line in skipped))
    for kind in KINDS[options.kind]:
        say(*report(results[kind], kind, release))
    return any(results[kind].mismatches or not results[kind].configs for kind in KINDS[options.kind])


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
