"""What ssh does with its settings when all files are read: derived values, expansions, last refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sshkeep.config.effective_ssh import ReadForHost
from sshkeep.config.final_checks import FINAL_CHECKS
from sshkeep.config.machine import Machine
from sshkeep.config.matching import HostQuery, SshState
from sshkeep.config.model import Config
from sshkeep.config.precedence.obtained import Settings
from sshkeep.config.printed import Texts
from sshkeep.config.tokens import (
    BadToken,
    Session,
    percent_expanded,
    variables_expanded,
)
from sshkeep.openssh.addresses import canonical_host
from sshkeep.openssh.releases import (
    CONTROL_PATH_TAKES_HOME,
    FORWARD_TOKENS,
    JUMP_LOOP_REFUSED,
    PATHS_TAKE_VARIABLES,
    REVOKED_KEYS_TOKENS,
    SET_ENV_TOKENS,
    UPDATE_HOST_KEYS_BY_DEFAULT,
    USER_TOKENS,
    Release,
)
from sshkeep.openssh.values.hostports import parse_jump_host
from sshkeep.openssh.values.tilde import expand_tilde

Lines = dict[str, Texts]


class Expansion(NamedTuple):
    """How one option's texts are expanded, from which release on."""

    keyword: str
    since: Release | None = None
    tilde: bool = True
    variables: Release | None = PATHS_TAKE_VARIABLES
    """First release in which ``${NAME}`` is expanded, too."""
    before: str = ""
    """Only what follows this is expanded (SetEnv's ``=``)."""


EXPANSIONS = (
    Expansion("remotecommand", tilde=False, variables=None),
    Expansion("controlpath"),
    Expansion("identityagent", since=PATHS_TAKE_VARIABLES),
    Expansion("forwardagent", since=PATHS_TAKE_VARIABLES),
    Expansion("revokedhostkeys", since=REVOKED_KEYS_TOKENS),
    Expansion("userknownhostsfile", since=PATHS_TAKE_VARIABLES),
    Expansion("versionaddendum", since=SET_ENV_TOKENS, tilde=False),
    Expansion("setenv", since=SET_ENV_TOKENS, tilde=False, before="="),
    Expansion("localforward", since=FORWARD_TOKENS, tilde=False, variables=None),
    Expansion("dynamicforward", since=FORWARD_TOKENS, tilde=False, variables=None),
    Expansion("remoteforward", since=FORWARD_TOKENS, tilde=False, variables=None),
)
"""ssh.c main, in its order; what is only expanded when connecting stays as it is."""


def derive(read: ReadForHost, lines: Lines, config: Config) -> list[str]:
    """Make ``lines`` what ssh -G prints; the problems for which ssh exits."""
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
    problems += [check.problem for check in FINAL_CHECKS if check.refuses(_text_of(lines))]
    if state.query.machine is not None:
        problems += _expand(lines, state.query, state.query.machine, release)
    return problems


def _text_of(lines: Lines) -> Callable[[str], str]:
    return lambda option: " ".join(lines.get(option, ()))


def _fill_in(settings: Settings, lines: Lines, state: SshState) -> None:
    """The defaults that depend on who asks for what."""
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


def _dynamic_forwards(settings: Settings, lines: Lines) -> None:
    """readconf.c dump_cfg_forwards prints a LocalForward to a socket as a DynamicForward, too."""
    names = [name for name in ("localforward", "dynamicforward") if name in settings]
    both = [member for name in names for member in settings[name].members]
    both.sort(key=lambda member: (member.line.stage, member.line.entry.index))
    cut = [text.partition(" ") for text, _ in both]
    shown = [listen for listen, _, connect in cut if not connect or "/" in connect]
    if shown:
        lines["dynamicforward"] = tuple(shown)


def _update_host_keys(settings: Settings, lines: Lines, release: Release) -> None:
    """readconf.c fill_default_options: on, unless DNS is asked or the known hosts are elsewhere (8.5)."""
    is_set = "updatehostkeys" in settings and settings["updatehostkeys"].won
    if not is_set and release >= UPDATE_HOST_KEYS_BY_DEFAULT:
        files = settings["userknownhostsfile"].value if "userknownhostsfile" in settings else None
        plain = files is None or files == ("~/.ssh/known_hosts",)
        lines["updatehostkeys"] = (
            "true" if plain and lines.get("verifyhostkeydns", ("false",)) == ("false",) else "false",
        )
    if lines.get("updatehostkeys") == ("ask",) and _ask_is_pointless(lines):
        lines["updatehostkeys"] = ("false",)


def _ask_is_pointless(lines: Lines) -> bool:
    persists = lines.get("controlpersist") != ("no",) and "controlpath" in lines
    quiet = lines.get("loglevel", ("",))[0] in ("SILENT", "QUIET", "FATAL", "ERROR")
    return persists or "remotecommand" in lines or lines.get("requesttty") == ("false",) or quiet


def _jump(lines: Lines, state: SshState, release: Release) -> list[str]:
    if "proxyjump" not in lines:
        return []
    lines.pop("proxycommand", None)
    lines["proxyusefdpass"] = ("no",)
    user, host, port = _last_jump(lines)
    same_port = (port if port > 0 else 22) == int(lines["port"][0])
    if (
        release >= JUMP_LOOP_REFUSED
        and host == canonical_host(state.host)
        and same_port
        and (user or lines["user"][0]) == lines["user"][0]
    ):
        return [f"the jump host is the host itself: {host}"]
    return []


def _last_jump(lines: Lines) -> tuple[str, str, int]:
    """User, host and port of the last host to jump over; a name that is none in brackets is taken whole."""
    last = lines.get("proxyjump", ("",))[0].rpartition(",")[2]
    return parse_jump_host(last) or ("", last, -1)


def _expand(lines: Lines, query: HostQuery, machine: Machine, release: Release) -> list[str]:
    session = Session(
        lines["hostname"][0],
        query.host,
        lines["port"][0],
        lines["user"][0],
        query.local_user,
        lines.get("hostkeyalias", ("",))[0],
        _last_jump(lines)[1],
        machine,
    )
    try:
        if release >= USER_TOKENS:
            session = _with_user(lines, session, release)
        for expansion in EXPANSIONS:
            if expansion.keyword in lines and (expansion.since or release) <= release:
                lines[expansion.keyword] = tuple(
                    _expanded(text, expansion, session, release) for text in lines[expansion.keyword]
                )
    except BadToken as error:
        return [str(error)]
    return []


def _with_user(lines: Lines, session: Session, release: Release) -> Session:
    """ssh.c main, from 10.0: User takes tokens, but not %r nor %C."""
    tokens = {name: text for name, text in session.tokens(release).items() if name not in "rC"}
    user = percent_expanded(variables_expanded(lines["user"][0], session.machine.environment), tokens)
    lines["user"] = (user,)
    return session._replace(user=user)


def _expanded(text: str, expansion: Expansion, session: Session, release: Release) -> str:
    if expansion.keyword in ("userknownhostsfile", "revokedhostkeys"):
        return " ".join(_one(word, expansion, session, release) for word in text.split(" "))
    if expansion.keyword.endswith("forward"):
        ends = [_one(end, expansion, session, release) if "/" in end else end for end in text.split(" ")]
        return " ".join(ends)
    head, equals, tail = text.partition(expansion.before) if expansion.before else ("", "", text)
    return head + equals + _one(tail, expansion, session, release)


def _one(text: str, expansion: Expansion, session: Session, release: Release) -> str:
    if expansion.tilde:
        text = expand_tilde(text, session.local_user, session.machine.home, release)
    if expansion.variables is not None and release >= expansion.variables:
        text = variables_expanded(text, session.machine.environment)
    tokens = session.tokens(release)
    if expansion.keyword == "controlpath" and release < CONTROL_PATH_TAKES_HOME:
        del tokens["d"]
    return percent_expanded(text, tokens)
