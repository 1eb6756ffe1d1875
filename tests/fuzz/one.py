"""Fuzzes one target in this process: ``python -m tests.fuzz.one TARGET``, and libFuzzer's arguments."""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    with atheris.instrument_imports(include=["sshkeep"]):
        from tests.fuzz.targets import run_target
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, lambda data: run_target(name, data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
