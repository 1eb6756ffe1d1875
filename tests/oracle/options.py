"""Options that the runs against other releases share."""

import argparse
from random import SystemRandom

from sshkeep.openssh.kind import Kind
from tests.oracle.releases import INSTALLED, SUITES

KINDS: dict[str, tuple[Kind, ...]] = {
    "sshd_config": ("sshd_config",),
    "ssh_config": ("ssh_config",),
    "both": ("sshd_config", "ssh_config"),
}


def parser_of(program: str, count: int) -> argparse.ArgumentParser:
    """A parser with releases, languages, the seed, which of its draws (``count`` by default), processes."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}")
    parser.add_argument(
        "--release",
        action="append",
        help=f"{INSTALLED}, {', '.join(SUITES)}, an OpenSSH number, or all; repeatable",
    )
    parser.add_argument("--kind", choices=list(KINDS), default="both")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    parser.add_argument("--start", type=int, default=0, help="number of the first one that is made up")
    parser.add_argument("--count", type=int, default=count, help="how many, per release and language")
    parser.add_argument("--jobs", type=int, default=2)
    return parser
