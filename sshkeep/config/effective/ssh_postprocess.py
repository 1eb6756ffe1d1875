"""What ssh does when all files are read: derived values, expansions, and the last checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sshkeep.config.blocks.clients import SshState
from sshkeep.config.effective.expansion import UNKNOWN_MACHINE, expand_lines, last_jump_host
from sshkeep.config.effective.printed import PrintedLines
from sshkeep.config.effective.ssh import HostSettings
from sshkeep.config.effective.ssh_final_checks import FINAL_CHECKS
from sshkeep.config.parse_line import accepted_lines, stops_at_bad_value
from sshkeep.config.precedence.obtained import Member, Setting, SettingsByOption
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.addresses import canonical_host
from sshkeep.openssh.releases import (
    JUMP_LOOP_REFUSED,
    UPDATE_HOST_KEYS_ASKS,
    UPDATE_HOST_KEYS_BY_DEFAULT,
    Release,
)
from sshkeep.openssh.tokens import BadToken, expand_variables
from sshkeep.openssh.values.forwards import FORWARD_MAX, parse_forward, printed_forward


def postprocess(read: HostSettings, lines: PrintedLines, config: Config) -> list[str]:
    """Change ``lines`` to what ssh -G prints, and return the problems for which ssh exits."""
    settings, state, release = read.settings, read.state, config.target.release
    problems = [read.problem] if read.problem else []
    _fill_in(settings, lines, state)
    lines["hostname"] = (canonical_host(state.host),)
    lines["user"] = (state.user or state.query.local_user,)
    _dynamic_forwards(settings, lines)
    _update_host_keys(settings, lines, release)
    if lines.get("clearallforwardings") == ("yes",):
        for name in ("localforward", "remoteforward", "dynamicforward"):
            lines.pop(name, None)
        lines["tunnel"] = ("false",)
    if "hostkeyalias" in lines:
        lines["hostkeyalias"] = (lines["hostkeyalias"][0].lower(),)
    problems += _jump(lines, state, release)
    checks = [check for check in FINAL_CHECKS if check.since <= release]
    problems += [check.problem for check in checks if check.refuses(_text_of(lines))]
    if state.query.machine is not None:
        problems += expand_lines(lines, state.query, state.query.machine, release)
    else:
        # Which tokens and variables there are does not depend on the machine, what they stand for does.
        problems += expand_lines(dict(lines), state.query, UNKNOWN_MACHINE, release)
    return problems


def _text_of(lines: PrintedLines) -> Callable[[str], str]:
    return lambda option: " ".join(lines.get(option, ()))


def _fill_in(settings: SettingsByOption, lines: PrintedLines, state: SshState) -> None:
    """Put the user, the home and the host into the defaults that depend on them."""
    query = state.query
    facts = {
        "user": state.user or query.local_user,
        "home": query.machine.home if query.machine else "~",
        "host": query.host,
        "hostname": canonical_host(state.host),
    }
    for name in ("host", "userknownhostsfile"):
        if name in lines and (name not in settings or settings[name].value is None):
            lines[name] = (lines[name][0].format(**facts),)


def _dynamic_forwards(settings: SettingsByOption, lines: PrintedLines) -> None:
    """readconf.c dump_cfg_forwards also prints a LocalForward from a socket as a DynamicForward."""
    names = [name for name in ("localforward", "dynamicforward") if name in settings]
    both = [member for name in names for member in settings[name].members]
    both.sort(key=lambda member: (member.line.stage, member.line.entry.index))
    cut = [text.partition(" ") for text, _ in both]
    shown = [listen for listen, _, connect in cut if not connect or "/" in connect]
    if shown:
        lines["dynamicforward"] = tuple(shown)


def _update_host_keys(settings: SettingsByOption, lines: PrintedLines, release: Release) -> None:
    """readconf.c fill_default_options, from 8.5: on, unless VerifyHostKeyDNS or UserKnownHostsFile is set."""
    is_set = "updatehostkeys" in settings and settings["updatehostkeys"].won
    if not is_set and release >= UPDATE_HOST_KEYS_BY_DEFAULT:
        files = settings["userknownhostsfile"].value if "userknownhostsfile" in settings else None
        plain = files is None or files == ("~/.ssh/known_hosts",)
        lines["updatehostkeys"] = (
            "true" if plain and lines.get("verifyhostkeydns", ("false",)) == ("false",) else "false",
        )
    if lines.get("updatehostkeys") == ("ask",) and _ask_is_pointless(lines, release):
        lines["updatehostkeys"] = ("false",)


def _ask_is_pointless(lines: PrintedLines, release: Release) -> bool:
    persists = lines.get("controlpersist") != ("no",)
    if release < UPDATE_HOST_KEYS_ASKS:
        return persists
    persists = persists and "controlpath" in lines
    quiet = lines.get("loglevel", ("",))[0] in ("SILENT", "QUIET", "FATAL", "ERROR")
    return persists or "remotecommand" in lines or lines.get("requesttty") == ("false",) or quiet


def _jump(lines: PrintedLines, state: SshState, release: Release) -> list[str]:
    if "proxyjump" not in lines:
        return []
    lines.pop("proxycommand", None)
    lines["proxyusefdpass"] = ("no",)
    user, host, port = last_jump_host(lines)
    same_port = (port if port > 0 else 22) == int(lines["port"][0])
    if (
        release >= JUMP_LOOP_REFUSED
        and host == canonical_host(state.host)
        and same_port
        and (user or lines["user"][0]) == lines["user"][0]
    ):
        return [f"the jump host is the host itself: {host}"]
    return []


FORWARDS = ("dynamicforward", "localforward", "remoteforward")


def expand_forwards(read: HostSettings, config: Config) -> HostSettings:
    """readconf.c parse_forward expands ``${NAME}`` as it reads a line, also in blocks that do not apply."""
    machine = read.state.query.machine
    if machine is None:
        return read
    settings, refused = dict(read.settings), list(read.refused)
    for name in FORWARDS:
        with_variables = _with_variables(name, config)
        found = {text: _expanded(text, name, machine.environment) for text, _ in with_variables}
        refused += [
            (entry, "its variables make it no forwarding", stops_at_bad_value(config))
            for text, entry in with_variables
            if not found[text]
        ]
        if found and name in settings:
            settings[name] = _with_texts(settings[name], found)
    return read._replace(settings=settings, refused=tuple(refused))


@cached_answer
def _with_variables(name: str, config: Config) -> list[tuple[str, Entry]]:
    return [(str(r.value), entry) for entry, r in accepted_lines(name, config) if "${" in str(r.value)]


def _with_texts(setting: Setting, found: Mapping[str, str]) -> Setting:
    """The setting with expanded texts, each of them once."""
    members: dict[str, Member] = {}
    for member in setting.members:
        text = found.get(member.text, member.text)
        members.setdefault(text, member._replace(text=text))
    return setting._replace(members=tuple(members.values()))


def _expanded(text: str, name: str, environment: Mapping[str, str]) -> str:
    """The forwarding as ssh -G prints it; empty where ssh refuses it."""
    remote = name == "remoteforward"
    dynamic = name == "dynamicforward" or (remote and " " not in text)
    try:
        whole = expand_variables(text.replace(" ", ":")[:FORWARD_MAX], environment)
    except BadToken:
        return ""
    forward = parse_forward(whole, dynamic, remote)
    return printed_forward(forward, name == "dynamicforward") if forward else ""
