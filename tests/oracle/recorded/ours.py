"""What sshkeep says of a config, in the terms of the recorded answers."""

from collections.abc import Mapping, Sequence
from functools import cache

from sshkeep.api.query import connection_of
from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd, refusals_for
from sshkeep.config.local_machine import LocalMachine
from sshkeep.config.refusals import reported_by_openssh
from sshkeep.config.tree.config import Config
from sshkeep.output.openssh import openssh_lines
from sshkeep.testing.configs import config_of
from tests.oracle.recorded import RecordedAnswer, RecordedConfig

MACHINE = LocalMachine("/root", 0, "recorded", {})
"""No recorded answer depends on it."""

NOT_RECORDED = ("usepam", "pamservicename", "gssapi", "kerberos")
"""What the keywords that depend on a build start with."""


def answer_of(
    recorded: RecordedConfig, target: str, files: Mapping[str, str] | None = None
) -> RecordedAnswer:
    """What sshkeep says for the target; ``files`` are there to be included, from /etc/ssh."""
    held = {recorded.kind: recorded.text, **(files or {})}
    config = config_of(held, recorded.kind, target, live=bool(files))
    evaluated = _evaluated(config, recorded)
    refused = reported_by_openssh(config, refusals_for(evaluated, config))
    if refused or evaluated.problems:
        lines = dict.fromkeys(refusal.directive.number + 1 for refusal in refused)
        return RecordedAnswer((target,), False, list(lines))
    printed = _printed(evaluated, config)
    empty = _of_empty_file(recorded.kind, target, tuple(recorded.ask.items()))
    changed = [
        line
        for name in sorted(printed, key=str.lower)
        if empty.get(name) != printed[name]
        for line in printed[name]
    ]
    return RecordedAnswer((target,), True, (), changed, sorted(empty.keys() - printed.keys()))


def whole_output(recorded: RecordedConfig, target: str) -> list[str]:
    """All lines that sshkeep prints in the name of an accepting target."""
    config = config_of({recorded.kind: recorded.text}, recorded.kind, target, live=False)
    return list(openssh_lines(_evaluated(config, recorded), config))


@cache
def _of_empty_file(kind: str, target: str, ask: tuple[tuple[str, str], ...]) -> Mapping[str, Sequence[str]]:
    empty = RecordedConfig("sshd_config" if kind == "sshd_config" else "ssh_config", "", dict(ask), ())
    config = config_of({empty.kind: ""}, empty.kind, target, live=False)
    return _printed(_evaluated(config, empty), config)


def _evaluated(config: Config, recorded: RecordedConfig) -> Evaluated:
    ask = recorded.ask
    if config.kind == "sshd_config":
        connection = connection_of([f"{name}={value}" for name, value in ask.items()])
        return evaluate_sshd(config, connection._replace(groups=()))
    return evaluate_ssh(config, HostQuery(ask["host"], ask.get("user"), "root", None, MACHINE))


def _printed(evaluated: Evaluated, config: Config) -> dict[str, list[str]]:
    """The whole lines by the name that they begin with."""
    found: dict[str, list[str]] = {}
    for line in openssh_lines(evaluated, config):
        name = line.partition(" ")[0]
        if not name.lower().startswith(NOT_RECORDED):
            found.setdefault(name, []).append(line)
    return {
        name: sorted(lines) if name.lower() == "listenaddress" else lines for name, lines in found.items()
    }
