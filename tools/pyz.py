"""Build sshkeep.pyz, sshkeep in one file: ``python -m tools.pyz [--python PROGRAM]... [OUTPUT]``.

It needs Python 3.9 or later and nothing else, and starts as fast as an installed sshkeep with each Python
that it was compiled for: the one that builds it, or those of ``--python``. Others compile it at each start.
The same checkout, Pythons and SOURCE_DATE_EPOCH give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tools.python39 import HELPERS, HELPERS_TEXT, translated

ROOT = Path(__file__).parent.parent
LEFT_OUT = ("sshkeep/testing/", "sshkeep/output/schemas/", "sshkeep/cli/typer_app.py")
"""What needs a library, or no command runs."""

FIRST_DATE = 315532800
"""1980-01-01, the earliest that a zip file can hold."""

MAIN = """\
import os
import sys

if sys.version_info < (3, 9):
    sys.exit("sshkeep: sshkeep.pyz needs Python 3.9 or later, and this is %s.%s" % sys.version_info[:2])
tag = sys.implementation.cache_tag
source = "python39" if sys.version_info < (3, 10) else "python310"
# The path is absolute: the timer of --confirm finds sshkeep by it.
here = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.join(here, tag if tag in {compiled!r} else source)

from sshkeep.cli.main import main

main()
"""

COMPILE = """\
import importlib._bootstrap_external, marshal, pathlib, sys
source, target = map(pathlib.Path, sys.argv[1:])
for path in sorted(source.rglob("*.py")):
    name = path.relative_to(source)
    code = compile(path.read_bytes(), name.as_posix(), "exec", dont_inherit=True)
    # A second pass: what marshal writes depends on what else refers to a constant.
    code = marshal.loads(marshal.dumps(code))
    place = target / name.with_suffix(".pyc")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(importlib._bootstrap_external._code_to_hash_pyc(code, bytes(8), False))
print(sys.implementation.cache_tag)
"""
"""Compiles all modules of a folder; ``.pyc`` files by hash and unchecked, so that no time is in them."""


def build(output: Path, pythons: Iterable[str]) -> None:
    """Write the file; ``pythons`` are the programs to compile for."""
    sources = {"python310": _modules(), "python39": _modules_for_39()}
    entries = {f"{name}/{path}": data for name, modules in sources.items() for path, data in modules.items()}
    compiled = set()
    for python in pythons:
        tag, modules = _compiled(python, sources)
        compiled.add(tag)
        entries |= {f"{tag}/{path}": data for path, data in modules.items()}
    folders = {path.partition("/")[0] for path in entries}
    entries |= {f"{folder}/{path}": data for folder in folders for path, data in _catalogues().items()}
    entries["__main__.py"] = MAIN.format(compiled=sorted(compiled)).encode()
    date = time.gmtime(max(FIRST_DATE, int(os.environ.get("SOURCE_DATE_EPOCH", FIRST_DATE))))
    with open(output, "wb") as stream:
        stream.write(b"#!/usr/bin/env python3\n")
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            for path in sorted(entries):
                archive.writestr(_entry(path, date), entries[path])
    output.chmod(0o755)


def _entry(path: str, date: time.struct_time) -> ZipInfo:
    entry = ZipInfo(path, date[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry


def _modules() -> dict[str, bytes]:
    """The text of each module by its path; the rules are in the package, as where it is installed."""
    found = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "sshkeep").rglob("*.py")}
    rules = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "rules").rglob("*.py")}
    modules = {path: file.read_bytes() for path, file in found.items() if not path.startswith(LEFT_OUT)}
    return modules | {f"sshkeep/{path}": file.read_bytes() for path, file in rules.items()}


def _catalogues() -> dict[str, bytes]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "sshkeep" / "locale").rglob("*.mo")
    }


def _modules_for_39() -> dict[str, bytes]:
    modules = {path: translated(data.decode()).encode() for path, data in _modules().items()}
    return {**modules, f"{HELPERS}.py": HELPERS_TEXT.encode()}


def _compiled(python: str, sources: Mapping[str, Mapping[str, bytes]]) -> tuple[str, dict[str, bytes]]:
    """The modules compiled by this program, and the tag of its Python."""
    asked = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 10))"]
    name = "python39" if subprocess.run(asked).returncode else "python310"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        for path, data in sources[name].items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(data)
        tag = subprocess.run(
            [python, "-c", COMPILE, source, target],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        return tag, {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*.pyc")}


def main() -> None:
    """Build what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tools.pyz", description=__doc__)
    parser.add_argument("--python", action="append", metavar="PROGRAM", help="A Python to compile for.")
    parser.add_argument("output", nargs="?", type=Path, default=Path("sshkeep.pyz"), metavar="OUTPUT")
    options = parser.parse_args()
    build(options.output, options.python or [sys.executable])


if __name__ == "__main__":
    main()
