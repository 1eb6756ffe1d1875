"""The real configs below the folder that SSHKEEP_CORPUS names, put before a release and before sshkeep."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.oracle.cases import Case
from tests.oracle.dangers import danger
from tests.oracle.judging import judge_of
from tests.oracle.releases import Release
from tests.oracle.run import Result

ASKS: dict[Kind, tuple[str, ...]] = {
    "sshd_config": (
        "lport=22",
        "user=bob,host=h,addr=10.0.0.1,laddr=10.9.9.9,lport=22",
        "user=root,host=h.example,addr=192.168.0.1,laddr=10.9.9.9,lport=2222",
    ),
    "ssh_config": ("github.com", "bob@example.org", "web"),
}


class Real(NamedTuple):
    """A file of the corpus."""

    kind: Kind
    path: Path

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def corpus() -> Iterator[Real]:
    """All configs of the corpus, drop-ins too; none where SSHKEEP_CORPUS is not set."""
    folder = os.environ.get("SSHKEEP_CORPUS")
    for path in sorted(Path(folder).rglob("*")) if folder else ():
        named = next(
            (part for part in (path.name, path.parent.name) if "ssh_config" in part or "sshd_config" in part),
            "",
        )
        if named and path.is_file():
            yield Real("sshd_config" if "sshd_config" in named else "ssh_config", path)


def danger_of(real: Real, release: Release) -> str:
    """Why the real program must not be asked, for the file or one it includes; empty where it may."""
    data = [real.path.read_bytes()]
    with suppress(SshkeepError):
        config = tree_for(str(real.path), TreeOptions(real.kind, release.target, "/")).load()
        data += [b"".join(file.source.lines) for file in config.files.values()]
    return next(filter(None, (danger(real.kind, some) for some in data)), "")


def compare_corpus(release: Release) -> tuple[dict[Kind, Result], list[str]]:
    """The results for both languages; and what was not asked, a line each with its reason."""
    results: dict[Kind, Result] = {"sshd_config": Result(), "ssh_config": Result()}
    skipped = []
    with judge_of(release) as judge:
        for real in corpus():
            why = danger_of(real, release)
            if why:
                skipped.append(f"{real.name}: {why}")
                continue
            text = real.path.read_bytes().decode(errors="surrogateescape")
            case = Case(real.name, text, ASKS[real.kind])
            results[real.kind].count(case, judge.judge(real.kind, case))
    return results, skipped
