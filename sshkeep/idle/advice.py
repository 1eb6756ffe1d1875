"""The smallest change that lets an idle session survive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from shlex import quote

from sshkeep.config.blocks.matching import universal
from sshkeep.config.tree.block import block_name
from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model.endpoint import (
    CONFIG_KIND,
    COUNT_KEYWORD,
    DEFAULT_COUNT,
    INTERVAL_KEYWORD,
    Endpoint,
    Role,
    TimeRange,
)
from sshkeep.idle.model.peer_detection import notices_dead_peer
from sshkeep.idle.model.probe_spacing import recommended_spacing
from sshkeep.idle.model.timers import interval_for, probe_spacing
from sshkeep.idle.model.verdict import path_outcome
from sshkeep.idle.session import Session
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase

DEFAULT_FILE: dict[Role, str] = {"server": "/etc/ssh/sshd_config", "client": "~/.ssh/config"}


class Advice(NamedTuple):
    """What to change on one end; one end is enough.

    ``steps``: commands for a shell, or what to set by hand in a program other than OpenSSH. ``spacing``:
    seconds from probe to probe afterwards. ``drops_after``: seconds after which this end drops a sleeping
    peer.
    """

    role: Role
    steps: tuple[str, ...]
    spacing: int
    packets_per_hour: int
    drops_after: TimeRange | None


def advice(session: Session) -> Iterator[Advice]:
    """For each end that the user controls, what makes the session survive; nothing if it survives anyway.

    An end is the user's if its file or program was given; if neither was, the client is.
    """
    if all(each.verdict == "survives" for each in session.forecast.outcomes):
        return
    ends = [end for end in (session.client, session.server) if end.file or end.manual_setting]
    for end in ends or [session.client]:
        now = session.forecast.endpoint(end.endpoint.role)
        changed = _changed(now, session)
        if _helps(changed, session):
            yield _advice(end, now, changed)


def _changed(endpoint: Endpoint, session: Session) -> Endpoint:
    """The endpoint with what it lacks: probes often enough for the paths, a count that waits for answers."""
    # A path that needs more than all others (a proxy's minute) counts only if the user asks about it.
    timeouts = [each.path.timeout for each in session.forecast.outcomes]
    spacing = recommended_spacing(min(timeouts) if session.path_given else None)
    if not 0 < probe_spacing(endpoint) <= spacing:
        endpoint = endpoint._replace(interval=interval_for(spacing, endpoint))
    if endpoint.count_max == 0 and endpoint.zero_ends_sessions:
        endpoint = endpoint._replace(count_max=DEFAULT_COUNT)
    return endpoint


def _helps(changed: Endpoint, session: Session) -> bool:
    """Whether the session survives more of the paths with it."""
    expected = session.forecast
    server = changed if changed.role == "server" else expected.server
    client = changed if changed.role == "client" else expected.client
    before = [each.verdict for each in expected.outcomes]
    after = [path_outcome(server, client, each.path).verdict for each in expected.outcomes]
    return after.count("survives") > before.count("survives")


def _advice(end: EndpointConfig, now: Endpoint, changed: Endpoint) -> Advice:
    role, spacing = changed.role, probe_spacing(changed)
    values = {
        INTERVAL_KEYWORD[role]: (now.interval, changed.interval),
        COUNT_KEYWORD[role]: (now.count_max, changed.count_max),
    }
    changes = {name: after for name, (before, after) in values.items() if before != after}
    return Advice(role, _steps(changes, end), spacing, 3600 // spacing, notices_dead_peer(changed))


def _steps(changes: Mapping[str, int | None], end: EndpointConfig) -> tuple[str, ...]:
    """What to set by hand; for OpenSSH a command for each block, which can be run as it stands."""
    if end.manual_setting:
        step = Phrase("{program}: {setting}: {value}")
        return tuple(
            step.filled(program=end.program, setting=end.manual_setting, value=value)
            for value in changes.values()
        )
    by_block: dict[str, dict[str, int | None]] = {}
    for keyword, value in changes.items():
        by_block.setdefault(_block(keyword, end), {})[keyword] = value
    return tuple(_command(block, values, end) for block, values in by_block.items())


def _command(block: str, values: Mapping[str, int | None], end: EndpointConfig) -> str:
    # The shell is to expand a tilde, so the default file is not quoted.
    file = quote(end.file) if end.file else DEFAULT_FILE[end.endpoint.role]
    between = "=" if len(values) > 1 else " "
    words = [
        "sshkeep set --write",
        *([f"--target {end.program}"] if end.target_given else []),
        *([f"--kind {CONFIG_KIND[end.endpoint.role]}"] if _unnamed(end) else []),
        *([f"--in {quote(block)}"] if block else []),
        *(f"{keyword}{between}{value}" for keyword, value in values.items()),
        file,
    ]
    return " ".join(words)


def _unnamed(end: EndpointConfig) -> bool:
    """Whether the name of the file does not show its language."""
    name = end.file.rpartition("/")[2]
    return bool(name) and CONFIG_KIND[end.endpoint.role] not in end.file and name != "config"


def _block(keyword: str, end: EndpointConfig) -> str:
    """The block of the line that decides, unless it applies to everyone; empty for none."""
    entry = end.settings[keyword].entry
    if entry is None or end.target is None or universal(entry.block, end.target.release):
        return ""
    return block_name(entry.block)
