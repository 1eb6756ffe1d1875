"""The real sshd and ssh as judges: asked at run time, and sshkeep asked the same."""

import os
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from sshkeep.cli.effective import _connection
from sshkeep.config.evaluate import evaluate_ssh, evaluate_sshd, refusals_of
from sshkeep.config.machine import this_machine
from sshkeep.config.matching import Asked
from sshkeep.openssh.keyword import Kind
from sshkeep.output.openssh import openssh_lines
from sshkeep.trees.discover import Request, tree_for
from sshkeep.trees.live import installed_target, local_user

SSHD = "/usr/sbin/sshd"


class Answer(NamedTuple):
    """Whether a config is accepted, and lower-case option to its sorted values."""

    accepted: bool
    settings: Mapping[str, list[str]]
    said: str = ""


@lru_cache(maxsize=1)
def host_key() -> str:
    """A host key made for these tests; sshd -T does not work without one."""
    path = Path(mkdtemp(prefix="sshkeep-key-")) / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    os.makedirs("/run/sshd", exist_ok=True)
    return str(path)


def openssh(kind: Kind, path: Path, ask: str) -> Answer:
    """What the installed program says of ``path``; ``ask`` is a -C string, or a host name."""
    if kind == "sshd_config":
        command = [SSHD, "-T", "-f", str(path), "-h", host_key(), *(["-C", ask] if ask else [])]
    else:
        command = ["ssh", "-G", "-F", str(path), ask or "somewhere"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20, cwd="/")
    return Answer(done.returncode == 0, _settings(done.stdout.splitlines()), done.stderr)


def sshkeep(kind: Kind, path: Path, ask: str) -> Answer:
    """What sshkeep says of the same, read for the installed OpenSSH and this machine's root."""
    target = installed_target()
    assert target
    config = tree_for(str(path), Request(kind, target, "/")).load()
    if kind == "sshd_config":
        evaluated = evaluate_sshd(config, _connection(ask.split(",") if ask else [], live=True))
    else:
        asked = Asked(ask or "somewhere", None, local_user(), machine=this_machine())
        evaluated = evaluate_ssh(config, asked)
    refused = refusals_of(evaluated, config)
    said = "; ".join(f"{r.directive.where}: {r.problem}" for r in refused)
    said = "; ".join([said, *evaluated.problems])
    accepted = not refused and not evaluated.problems
    return Answer(accepted, _settings(openssh_lines(evaluated, config)), said)


def _settings(lines: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:  # type: ignore[attr-defined]
        keyword, _, value = line.partition(" ")
        found.setdefault(keyword.lower(), []).append(value)
    return {keyword: sorted(values) for keyword, values in found.items()}


def differences(real: Answer, ours: Answer) -> list[str]:
    """What sshkeep says otherwise: the verdict, or a setting that it prints."""
    if real.accepted != ours.accepted:
        return [
            f"verdict: openssh {real.accepted} ({real.said.strip()}), sshkeep {ours.accepted} ({ours.said})"
        ]
    if not real.accepted:
        return []
    return [
        f"{keyword}: openssh {real.settings.get(keyword)}, sshkeep {ours.settings.get(keyword)}"
        for keyword in sorted({*real.settings, *ours.settings} - {"hostkey"})
        if real.settings.get(keyword) != ours.settings.get(keyword)
    ]
