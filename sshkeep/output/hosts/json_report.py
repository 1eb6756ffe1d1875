"""`sshkeep hosts --format json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from sshkeep.config.tree.config import Config
from sshkeep.idle.host_forecast import HostForecast
from sshkeep.idle.model.peer_detection import first_probe_on_path
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.named import NamedTuple
from sshkeep.output.idle.json_report import IdleSetting, TimeSpan, setting_model, span_model
from sshkeep.syntax.source import clean


class HostPath(NamedTuple):
    """What becomes of an idle session on one path."""

    name: str
    timeout: float
    verdict: Literal["survives", "at risk", "race", "dropped"]


class HostKeepalive(NamedTuple):
    """The keepalive of one host. Seconds count from the last packet; null means never."""

    host: Annotated[str, "as its line spells it; * stands for all hosts that no line names"]
    pattern: Annotated[bool, "it has wildcards: the rest holds for a host that fits no other name"]
    file: Annotated[str | None, "where the Host or Match line is that names it first"]
    line: int | None
    interval: Annotated[int, "ServerAliveInterval in seconds; 0 is off"]
    count_max: int
    settings: Annotated[list[IdleSetting], "both, and the lines that set them"]
    uncertain: Annotated[bool, "a line counts if its block applies, which is not known"]
    first_probe: Annotated[TimeSpan | None, "its own, or that of its connection to the jump host"]
    probe_every: float | None
    jump_host: Annotated[str | None, "the first one of ProxyJump"]
    proxy_command: bool
    paths: Annotated[list[HostPath], "none for a host that ssh refuses"]
    survives: Annotated[int, "how many of the paths"]
    refused: Annotated[str | None, "why ssh exits for this host"]


class HostsReport(NamedTuple):
    """What `sshkeep hosts --format json` prints. Times are seconds; the server has the defaults."""

    target: str
    files: list[str]
    hosts: Annotated[list[HostKeepalive], "in the order of reading, and all other hosts at the end"]
    exit_code: int


def hosts_report(hosts: Sequence[HostForecast], config: Config, exit_code: int) -> HostsReport:
    """The report."""
    return HostsReport(
        target=config.target.name,
        files=[clean(path) for path in config.files],
        hosts=[_host(each) for each in hosts],
        exit_code=exit_code,
    )


def _host(each: HostForecast) -> HostKeepalive:
    directive = each.host.block.header if each.host.block else None
    return HostKeepalive(
        host=clean(each.host.name),
        pattern=each.host.is_pattern,
        file=clean(directive.file.source.path) if directive else None,
        line=directive.number + 1 if directive else None,
        interval=int(each.interval.value),
        count_max=int(each.count_max.value),
        settings=[setting_model(each.interval), setting_model(each.count_max)],
        uncertain=each.uncertain,
        first_probe=span_model(first_probe_on_path(each.client)),
        probe_every=None if each.probe_every is None else float(each.probe_every),
        jump_host=clean(each.jump_host) or None,
        proxy_command=each.proxy_command,
        paths=[_path(outcome) for outcome in each.outcomes],
        survives=each.survived,
        refused=clean(each.refused) or None,
    )


def _path(outcome: PathOutcome) -> HostPath:
    return HostPath(outcome.path.name, float(outcome.path.timeout), outcome.verdict)
