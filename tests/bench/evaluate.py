"""Run by a Python that has sshkeep: reads and evaluates configs in one process, and prints the times.

python evaluate.py TARGET CONFIG... where a config's name ends in sshd_config or ssh_config.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.config.tree.config import Config
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target, target_of
from sshkeep.trees.discover import TreeOptions, tree_for

SHORT = 0.1
"""Seconds below which a config is read and evaluated over and over."""
ROUNDS = 101


def times(path: str, data: bytes, target: Target) -> tuple[float, float]:
    """Seconds to read a config with its includes, and to evaluate every setting of it."""
    began = perf_counter()
    kind: Kind = "sshd_config" if path.endswith("sshd_config") else "ssh_config"
    config = tree_for(path, TreeOptions(kind, target), data).load()
    read = perf_counter()
    evaluated(config)
    return read - began, perf_counter() - read


def evaluated(config: Config) -> Evaluated:
    if config.kind == "sshd_config":
        return evaluate_sshd(config, Connection(user="bob", addr="10.0.0.5"))
    return evaluate_ssh(config, HostQuery("host5", None, "bob"))


def main() -> None:
    gc.set_threshold(100_000, 50, 100)  # as the command line does, which reads large files, too
    target = target_of(sys.argv[1])
    for path in sys.argv[2:]:
        data = Path(path).read_bytes()
        measured = [times(path, data, target)]
        if sum(measured[0]) < SHORT:
            measured = [times(path, data, target) for _ in range(ROUNDS)]
        read, evaluate = (median(column) for column in zip(*measured, strict=True))
        peak = getrusage(RUSAGE_SELF).ru_maxrss // 1000
        print(f"{path}: read {read * 1000:.2f} ms, evaluate {evaluate * 1000:.2f} ms, peak {peak} MB so far")


if __name__ == "__main__":
    main()
