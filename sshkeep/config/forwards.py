"""Forwardings whose ends hold ``${NAME}``, as the environment of the user has them."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.config.effective_ssh import ReadForHost
from sshkeep.config.model import Config
from sshkeep.config.precedence.obtained import Member, Setting
from sshkeep.config.reading import readings, stops
from sshkeep.config.tokens import BadToken, variables_expanded
from sshkeep.openssh.values.forwards import FORWARD_MAX, parse_forward, printed_forward

FORWARDS = ("dynamicforward", "localforward", "remoteforward")


def expanded_forwards(read: ReadForHost, config: Config) -> ReadForHost:
    """readconf.c parse_forward: expanded as the line is read, whether its block applies or not."""
    machine = read.state.query.machine
    if machine is None:
        return read
    settings, refused = dict(read.settings), list(read.refused)
    for name in FORWARDS:
        with_variables = [
            (str(r.value), entry) for entry, r in readings(name, config) if "${" in str(r.value)
        ]
        found = {text: _expanded(text, name, machine.environment) for text, _ in with_variables}
        refused += [
            (entry, "its variables make it no forwarding", stops(config))
            for text, entry in with_variables
            if not found[text]
        ]
        if found and name in settings:
            settings[name] = _with_texts(settings[name], found)
    return read._replace(settings=settings, refused=tuple(refused))


def _with_texts(setting: Setting, found: Mapping[str, str]) -> Setting:
    """The setting with other texts; what is there already is not added again."""
    members: dict[str, Member] = {}
    for member in setting.members:
        text = found.get(member.text, member.text)
        members.setdefault(text, member._replace(text=text))
    return setting._replace(members=tuple(members.values()))


def _expanded(text: str, name: str, environment: Mapping[str, str]) -> str:
    """As ssh -G prints it; empty where ssh refuses it."""
    remote = name == "remoteforward"
    dynamic = name == "dynamicforward" or (remote and " " not in text)
    try:
        whole = variables_expanded(text.replace(" ", ":")[:FORWARD_MAX], environment)
    except BadToken:
        return ""
    forward = parse_forward(whole, dynamic, remote)
    return printed_forward(forward, name == "dynamicforward") if forward else ""
