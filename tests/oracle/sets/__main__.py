"""Generated calls of ``sshkeep set`` before the real programs; exit code 1 where one is wrong.

python -m tests.oracle.sets --release all --kind both --seed 1 --count 625
"""

import argparse
import os
import sys
import time

from tests.oracle.__main__ import say
from tests.oracle.debian import CannotFetch
from tests.oracle.options import KINDS, parser_of
from tests.oracle.releases import INSTALLED, SUITES, release_of
from tests.oracle.sets.run import Job, report, run


def main() -> int:
    """0: all calls did what they should; 1: not so; 2: a release is not there."""
    parser = parser_of("tests.oracle.sets", 200)
    parser.add_argument("--refusals", action="store_true", help="show an example of each refusal")
    options = parser.parse_args()
    if os.geteuid():
        parser.error("other programs are run in private mounts, which needs root")
    named = options.release or [INSTALLED]
    try:
        releases = [release_of(name) for name in (SUITES if "all" in named else named)]
    except CannotFetch as error:
        print(error, file=sys.stderr)
        return 2
    jobs = [
        Job(release, kind, options.seed, options.start, options.start + options.count)
        for release in releases
        for kind in KINDS[options.kind]
    ]
    return int(sum(_wrong(job, options) for job in jobs) > 0)


def _wrong(job: Job, options: argparse.Namespace) -> bool:
    """Whether a call went wrong; the report goes to standard output."""
    began = time.monotonic()
    result = run(job, options.jobs)
    seconds = time.monotonic() - began
    if options.refusals:
        for (shape, reason), example in result.refusals.items():
            say(f"=== refused, {shape}: {reason}", example, "")
    say(*report(result, job))
    say(f"seed {job.seed}, {seconds:.0f} s")
    return bool(result.mismatches)


if __name__ == "__main__":
    sys.exit(main())
