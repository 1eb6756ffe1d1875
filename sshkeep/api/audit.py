"""Audit configs against the guide of a profile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from sshkeep.api.idle import idle
from sshkeep.api.inputs import Contents, Inputs, PathLike, Paths
from sshkeep.api.rulesets import NO_POLICY, Rulesets
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.idle.explanation import reason_text, verdict_text
from sshkeep.idle.timeline.timeline import build_timeline
from sshkeep.lint.audit import AuditedControl, audit_config, unwaived
from sshkeep.lint.baseline import read_baseline
from sshkeep.lint.guide import Guide
from sshkeep.lint.rule import LoadedRule
from sshkeep.named import NamedTuple
from sshkeep.policy.profiles import profile_path
from sshkeep.trees.this_machine import local_user
from sshkeep.trees.tree import Tree
from sshkeep.version import VERSION

if TYPE_CHECKING:
    from sshkeep.output.audit.json_report import AuditReport


class AuditedTree(NamedTuple):
    """One config as one target reads it, and what became of each control."""

    tree: Tree
    config: Config
    controls: tuple[AuditedControl, ...]


class AuditResult(NamedTuple):
    """The controls of a profile's guide, config by config. The report, as plain data, is `report`.

    ``errors``: what could not be done, a sentence each. ``missing``: Includes for which nothing was found.
    """

    guide: Guide
    rules: dict[str, LoadedRule]
    configs: tuple[AuditedTree, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """2 if something could not be read, 1 if a control fails that no waiver accepts, else 0."""
        return 2 if self.errors else 1 if any(unwaived(each.controls) for each in self.configs) else 0

    def report(self) -> AuditReport:
        """The result as plain data, with the time and who made it."""
        from sshkeep.output.audit import json_report
        from sshkeep.syntax.source import clean

        return json_report.AuditReport(
            profile=self.guide.profile,
            guide=self.guide.name,
            made=_now(),
            made_by=clean(f"{local_user()}@{os.uname().nodename}" if hasattr(os, "uname") else local_user()),
            sshkeep=VERSION,
            configs=[
                json_report.audited_config(each.tree.name, each.config, self.guide, self.rules, each.controls)
                for each in self.configs
            ],
            summary=json_report.summary_of(control for each in self.configs for control in each.controls),
            errors=[clean(error) for error in self.errors],
            notes=[clean(note) for note in (*self.notes, *map(_missing_note, self.missing))],
            exit_code=self.exit_code,
        )

    def pictures(self) -> Iterator[str]:
        """An SVG for each config: an idle session on the first common path that loses it, else the first."""
        for each in self.configs:
            yield _picture(each)


def audit(
    paths: Paths = (),
    *,
    profile: str,
    files: Contents | None = None,
    kind: str | None = None,
    target: str = "auto",
    root: PathLike | None = None,
    baseline: PathLike | None = None,
) -> AuditResult:
    """Audit the configs at ``paths`` against the guide of ``profile``; without any, this machine's own.

    The arguments are those of `sshkeep.lint`. What a comment suppresses or the baseline knows is a waiver.
    Raises SshkeepError for wrong arguments; what can't be read is in the ``errors`` of the result.
    """
    rulesets = Rulesets(profile_path(profile), target)
    policy = rulesets.policy_for("")
    assert policy is not None
    guide = next(guide for guide in policy.guides if guide.profile == profile)
    inputs = Inputs(kind, target, root, files)
    known = read_baseline(os.fspath(baseline)) if baseline is not None else None
    audited = []
    for tree in inputs.trees(paths):
        if tree.is_client_program:
            inputs.fail(f"{tree.name}: no guide is about the settings of a client program")
            continue
        ruleset = rulesets.ruleset(tree)
        for each, config in inputs.configs(ruleset.trees):
            controls = audit_config(config, guide, ruleset.selection, known)
            audited.append(AuditedTree(each, config, tuple(controls)))
    notes = tuple(note for each in audited for note in each.config.notes)
    rules = dict(rulesets.rules(policy))
    return AuditResult(guide, rules, tuple(audited), tuple(inputs.errors), notes, tuple(inputs.missing))


def _now() -> datetime:
    """Now, or SOURCE_DATE_EPOCH (reproducible-builds.org), to the second."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdecimal() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), timezone.utc)
    return datetime.now(timezone.utc).replace(microsecond=0)


def _missing_note(path: str) -> str:
    return f"nothing found for Include {path}"


def _picture(audited: AuditedTree) -> str:
    from sshkeep.output.idle.svg import timeline_svg

    name, target = audited.tree.name, audited.tree.target.name
    contents = {path: file.stored for path, file in audited.config.files.items()}
    try:
        if audited.config.kind == "sshd_config":
            result = idle(server=name, server_target=target, policy=NO_POLICY, unsaved=contents)
        else:
            result = idle(client=name, client_target=target, policy=NO_POLICY, unsaved=contents)
    except SshkeepError:  # a config that OpenSSH refuses, or settings that depend on the host
        return ""
    outcome = next(iter(result.session.lost), result.session.forecast.outcomes[0])
    timeline = build_timeline(result.session.forecast, outcome)
    return timeline_svg(timeline, verdict_text(outcome), reason_text(result.session, outcome))
