"""Forwardings whose ends hold ``${NAME}``, as the environment of the user has them."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.config.effective_sshd import Settings
from sshkeep.config.matching import Asked
from sshkeep.config.model import Config
from sshkeep.config.printed import Texts
from sshkeep.config.reading import readings, stops
from sshkeep.config.tokens import BadToken, variables_expanded
from sshkeep.openssh.values.hostports import FORWARD_MAX, parse_forward, printed_forward

FORWARDS = ("dynamicforward", "localforward", "remoteforward")


def expand_forwards(settings: Settings, lines: dict[str, Texts], asked: Asked, config: Config) -> None:
    """readconf.c parse_forward: expanded as the line is read, whether its block applies or not."""
    assert asked.machine
    for name in FORWARDS:
        with_variables = [
            (str(r.value), entry) for entry, r in readings(name, config) if "${" in str(r.value)
        ]
        if not with_variables:
            continue
        found = {text: _expanded(text, name, asked.machine.environment) for text, _ in with_variables}
        asked.refusing += [
            (entry, "its variables make it no forwarding", stops(config))
            for text, entry in with_variables
            if not found[text]
        ]
        if name in settings:
            setting = settings[name]
            setting.members = [(found.get(text, text), entry) for text, entry in setting.members]
            lines[name] = tuple(dict.fromkeys(text for text, _ in setting.members))


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
