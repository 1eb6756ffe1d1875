"""Verdict and reason of a forecast in sentences: for the terminal and for the SVG."""

from __future__ import annotations

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.endpoint_config import EffectiveSetting, EndpointConfig
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, END_NAMES, INTERVAL_KEYWORD, PROGRAM, Role
from sshkeep.idle.model.probe_spacing import is_too_late
from sshkeep.idle.model.timers import release_timing
from sshkeep.idle.model.verdict import PathOutcome, Sender, Verdict
from sshkeep.idle.session import Session
from sshkeep.phrase import Phrase, in_turn

VERDICTS: dict[Verdict, Phrase] = {
    "survives": Phrase("survives {path}, which forgets after {timeout}"),
    "at risk": Phrase("at risk on {path}, which forgets after {timeout}"),
    "race": Phrase("may be dropped by {path} after {timeout}"),
    "dropped": Phrase("dropped by {path} after {timeout}"),
}


def verdict_text(outcome: PathOutcome) -> str:
    """What becomes of the session on one path, as ``dropped by AWS NAT gateway after 5 min 50 s``."""
    if ended_by := outcome.ended_by:
        silence = format_duration_range(*ended_by.after)
        program = PROGRAM[ended_by.role]
        return Phrase("ended by {program} itself after {time} of silence", program=program, time=silence)
    path, timeout = outcome.path.display_name, format_duration(outcome.path.timeout)
    return VERDICTS[outcome.verdict].filled(path=path, timeout=timeout)


def reason_text(session: Session, outcome: PathOutcome) -> str:
    """Why: the first packet on the idle session, and the line that makes it so."""
    sender, ended_by = outcome.sender, outcome.ended_by
    if ended_by:
        end = _end(session, ended_by.role, ended_by.by_jump)
        if ended_by.by_channel:
            timeout = end.value("channeltimeout")
            return Phrase(
                "ChannelTimeout {timeout}: it closes an idle shell, and probes do not count", timeout=timeout
            )
        setting = _setting(end.settings[COUNT_KEYWORD[ended_by.role]])
        return Phrase("{setting}: it disconnects after one silent interval, without a probe", setting=setting)
    if sender is None:
        return Phrase(
            "nothing is sent while it is idle: no end probes, and TCPKeepAlive is off or does not count there"
        )
    return _by_probe(session, outcome, sender) if sender.payload else _by_kernel(session, outcome, sender)


def _by_probe(session: Session, outcome: PathOutcome, sender: Sender) -> str:
    end = _end(session, sender.role, sender.by_jump)
    doubled = release_timing(end.endpoint).doubles_interval
    setting = _setting(end.settings[INTERVAL_KEYWORD[sender.role]])
    if doubled:
        setting = Phrase(
            "{setting}, doubled by OpenSSH {release}", setting=setting, release=end.endpoint.release
        )
    time = format_duration(sender.seconds)
    if outcome.verdict == "dropped":
        return Phrase("the first probe would come at {time} ({setting})", time=time, setting=setting)
    if outcome.verdict == "race":
        return Phrase("the first probe comes at {time}, too ({setting})", time=time, setting=setting)
    if sender.seconds >= outcome.path.timeout:
        return Phrase(
            "the probe at {time} brings the session back ({setting}); until then nothing gets through",
            time=time,
            setting=setting,
        )
    comes = Phrase("a probe comes every {time} ({setting})", time=time, setting=setting)
    late = Phrase("one that is lost or late ends it")
    return in_turn([comes, late]) if outcome.verdict == "at risk" else comes


def _by_kernel(session: Session, outcome: PathOutcome, sender: Sender) -> str:
    seconds = format_duration(sender.seconds)
    first = Phrase(
        "the first packet is the {end}'s TCP keepalive, after {time} (TCPKeepAlive yes)",
        end=END_NAMES[sender.role],
        time=seconds,
    )
    if outcome.path.counts_kernel is None and not is_too_late(sender.seconds, outcome.path.timeout):
        return in_turn([first, Phrase("whether that counts there is not known")])
    ends = (session.forecast.server, session.forecast.client)
    probing = any(each.sends_probes for end in ends for each in end.connections)
    return first if probing else in_turn([first, Phrase("no end probes")])


def _end(session: Session, role: Role, by_jump: bool) -> EndpointConfig:
    return session.jump if by_jump and session.jump else session.end(role)


def _setting(setting: EffectiveSetting) -> str:
    text = setting.shown
    if setting.where:
        return Phrase("{setting} at {place}", setting=text, place=setting.where)
    if setting.default_from:
        place = setting.default_from.directive.where
        return Phrase("{setting}, the default with BatchMode yes at {place}", setting=text, place=place)
    return Phrase("{setting}, the default", setting=text)
