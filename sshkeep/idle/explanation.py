"""Verdict and reason of a forecast in sentences: for the terminal and for the SVG."""

from __future__ import annotations

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.endpoint_config import EffectiveSetting, EndpointConfig
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, PROGRAM, Role
from sshkeep.idle.model.probe_spacing import is_too_late
from sshkeep.idle.model.timers import release_timing
from sshkeep.idle.model.verdict import PathOutcome, Sender, Verdict
from sshkeep.idle.session import Session

VERDICTS: dict[Verdict, str] = {
    "survives": "survives {path}, which forgets after {timeout}",
    "at risk": "at risk on {path}, which forgets after {timeout}",
    "race": "may be dropped by {path} after {timeout}",
    "dropped": "dropped by {path} after {timeout}",
}


def verdict_text(outcome: PathOutcome) -> str:
    """What becomes of the session on one path, as ``dropped by AWS NAT gateway after 5 min 50 s``."""
    if ended_by := outcome.ended_by:
        silence = format_duration_range(*ended_by.after)
        return f"ended by {PROGRAM[ended_by.role]} itself after {silence} of silence"
    path = outcome.path
    return VERDICTS[outcome.verdict].format(path=path.display_name, timeout=format_duration(path.timeout))


def reason_text(session: Session, outcome: PathOutcome) -> str:
    """Why: the first packet on the idle session, and the line that makes it so."""
    sender, ended_by = outcome.sender, outcome.ended_by
    if ended_by:
        end = _end(session, ended_by.role, ended_by.by_jump)
        if ended_by.by_channel:
            timeout = end.value("channeltimeout")
            return f"ChannelTimeout {timeout}: it closes an idle shell, and probes do not count"
        setting = _setting(end.settings[COUNT_KEYWORD[ended_by.role]])
        return f"{setting}: it disconnects after one silent interval, without a probe"
    if sender is None:
        return (
            "nothing is sent while it is idle: no end probes, and TCPKeepAlive is off or does not count there"
        )
    return _by_probe(session, outcome, sender) if sender.payload else _by_kernel(session, outcome, sender)


def _by_probe(session: Session, outcome: PathOutcome, sender: Sender) -> str:
    end = _end(session, sender.role, sender.by_jump)
    doubled = release_timing(end.endpoint).doubles_interval
    setting = _setting(end.settings[INTERVAL_KEYWORD[sender.role]])
    line = f"{setting}, doubled by OpenSSH {end.endpoint.release}" if doubled else setting
    seconds = format_duration(sender.seconds)
    if outcome.verdict == "dropped":
        return f"the first probe would come at {seconds} ({line})"
    if outcome.verdict == "race":
        return f"the first probe comes at {seconds}, too ({line})"
    if sender.seconds >= outcome.path.timeout:
        return f"the probe at {seconds} brings the session back ({line}); until then nothing gets through"
    late = "; one that is lost or late ends it" if outcome.verdict == "at risk" else ""
    return f"a probe comes every {seconds} ({line}){late}"


def _by_kernel(session: Session, outcome: PathOutcome, sender: Sender) -> str:
    seconds = format_duration(sender.seconds)
    first = f"the first packet is the {sender.role}'s TCP keepalive, after {seconds} (TCPKeepAlive yes)"
    if outcome.path.counts_kernel is None and not is_too_late(sender.seconds, outcome.path.timeout):
        return f"{first}; whether that counts there is not known"
    ends = (session.forecast.server, session.forecast.client)
    probing = any(each.sends_probes for end in ends for each in end.connections)
    return first if probing else f"{first}; no end probes"


def _end(session: Session, role: Role, by_jump: bool) -> EndpointConfig:
    return session.jump if by_jump and session.jump else session.end(role)


def _setting(setting: EffectiveSetting) -> str:
    where = f" at {setting.where}" if setting.where else ", the default"
    if setting.default_from:
        where += f" with BatchMode yes at {setting.default_from.directive.where}"
    return f"{setting.keyword} {setting.value}{where}"
