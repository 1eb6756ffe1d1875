"""What sshd derives from its settings when it starts, where it listens, and why it may refuse to start."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.blocks.clients import Connection
from sshkeep.config.blocks.matching import applies_to_connection, never_fits_connection
from sshkeep.config.effective.printed import PrintedLines
from sshkeep.config.effective.sshd import settings_at_start
from sshkeep.config.parse_line import all_lines, parse_entry
from sshkeep.config.precedence.obtained import SettingsByOption
from sshkeep.config.precedence.order import first_include_end
from sshkeep.config.refusals import (
    CHECKED_WHERE_THEY_APPLY,
    MAX_LINES_OF_OPTION,
    Refusal,
    any_method_behind_others,
    unchecked_addresses,
    unchecked_lines,
)
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.openssh.addresses import parse_address
from sshkeep.openssh.releases import ARGV_SPLIT, ONE_KEYBOARD_INTERACTIVE, Release
from sshkeep.openssh.tables.defaults import defaults

METHOD_NEEDS = {
    "publickey": "pubkeyauthentication",
    "password": "passwordauthentication",
    "keyboard-interactive": "kbdinteractiveauthentication",
    "hostbased": "hostbasedauthentication",
    "gssapi-with-mic": "gssapiauthentication",
}
"""auth2.c: the flag that enables each method; ``none`` always is."""


def derive_keyboard_interactive(settings: SettingsByOption, lines: PrintedLines, release: Release) -> None:
    """sshd.c main up to 8.6: ChallengeResponseAuthentication switches the other one on.

    It does so before it reads the blocks for a connection, which may switch it off again.
    """
    own = settings.get("kbdinteractiveauthentication")
    if release >= ONE_KEYBOARD_INTERACTIVE or (own and own.in_match):
        return
    if lines.get("challengeresponseauthentication") == ("yes",):
        lines["kbdinteractiveauthentication"] = ("yes",)
    elif own is None or own.value is None:
        lines["kbdinteractiveauthentication"] = ("no",)


def startup_problems(config: Config) -> list[tuple[str, str]]:
    """sshd.c main, "Check that options are sensible": the option (lower case), and the problem.

    sshd names no line.
    """
    settings = settings_at_start(config)
    problems = [
        (command.lower(), f"{command} set without {command}User")
        for command in ("AuthorizedKeysCommand", "AuthorizedPrincipalsCommand")
        if _text(settings, command.lower()) != "none" and not _is_set(settings, f"{command.lower()}user")
    ]
    if not _methods_can_be_met(settings, config):
        problem = "AuthenticationMethods cannot be satisfied by enabled authentication methods"
        problems.append(("authenticationmethods", problem))
    return problems


def _is_set(settings: SettingsByOption, name: str) -> bool:
    """Whether the option is set to any value: even the user's name may be none."""
    setting = settings.get(name)
    return setting is not None and setting.value is not None


def _text(settings: SettingsByOption, name: str) -> str:
    setting = settings.get(name)
    value = str(setting.value) if setting and setting.value is not None else "none"
    return "none" if value.lower() == "none" else value


def _methods_can_be_met(settings: SettingsByOption, config: Config) -> bool:
    setting = settings.get("authenticationmethods")
    wanted = setting.value if setting else None
    if not isinstance(wanted, tuple) or wanted == ("any",):
        return True
    lines: PrintedLines = dict(defaults(config.kind, config.target))
    lines.update({name: (str(s.value),) for name, s in settings.items() if s.value is not None})
    derive_keyboard_interactive(settings, lines, config.target.release)

    def enabled(method: str) -> bool:
        needs = METHOD_NEEDS.get(method.partition(":")[0])
        return needs is None or lines.get(needs) == ("yes",)

    return any(all(map(enabled, chain.split(","))) for chain in wanted)


def any_method_where_blocks_meet(config: Config) -> list[Refusal]:
    """The same for a connection to which all blocks apply: sshd starts, and then refuses it."""
    return list(
        any_method_behind_others(config, lambda block: block is not None, lambda block: block is not None)
    )


def refused_for_connection(config: Config, connection: Connection) -> Iterator[Refusal]:
    """Lines that sshd checks only when their block applies: sshd starts, and the connection fails."""
    release = config.target.release

    def here(block: Block | None) -> bool:
        fits = block is not None and applies_to_connection(block, connection, release) is True
        return fits and block is not None and not never_fits_connection(block, config)

    yield from _bad_addresses(config, connection)
    yield from any_method_behind_others(config, here, lambda block: True)
    yield from _checked_again(config, here)
    for option in CHECKED_WHERE_THEY_APPLY:
        seen = False
        for entry, parsed in all_lines(option, config):
            reported_already = parsed.problem and entry.index not in unchecked_lines(config)
            if here(entry.block) and not reported_already:
                if seen and release < ARGV_SPLIT:
                    break
                seen = True
                active = parse_entry(entry, config, active=True)
                if active.problem:
                    place = (entry.index, 1)
                    yield Refusal(entry, active.problem, True, place, active.reason)


def _bad_addresses(config: Config, connection: Connection) -> Iterator[Refusal]:
    """Address lists that sshd up to 8.3 checks when it compares them with a connection (`bad_addresses`)."""
    given = {"address": connection.addr, "localaddress": connection.laddr}
    for refusal, criterion in unchecked_addresses(config):
        if given[criterion] is not None:
            yield refusal


def _checked_again(config: Config, here: Callable[[Block | None], bool]) -> Iterator[Refusal]:
    """servconf.c sAuthenticationMethods up to 8.6: for a connection only lines of its blocks are taken.

    So lines that were skipped at start are checked, up to the first line in one of those blocks.
    """
    skipped = unchecked_lines(config)
    for entry, parsed in all_lines("authenticationmethods", config):
        if parsed.problem and entry.index in skipped:
            yield Refusal(entry, parsed.problem, True, (entry.index, 1), parsed.reason)
        if here(entry.block):
            return


DEFAULT_PORT = "22"
WILDCARDS = {"any": ("[::]", "0.0.0.0"), "inet": ("0.0.0.0",), "inet6": ("[::]",)}  # noqa: S104


def listen_lines(settings: SettingsByOption, config: Config) -> PrintedLines:
    """``port`` and ``listenaddress`` as sshd -T prints them (servconf.c process_queued_listen_addrs).

    sshd listens on an address without a port at every Port, of which it takes a limited number. A host
    name is not resolved.
    """
    numbered = _numbered_ports(settings, config)
    ports = tuple(port for _, port in numbered)
    family = str(settings["addressfamily"].value or "any") if "addressfamily" in settings else "any"
    places = []
    for member in settings["listenaddress"].members if "listenaddress" in settings else ():
        host, _, port = member.text.partition(" ")
        until = _settled_at(member.line.entry.index, config)
        known = [each for index, each in numbered if index < until]
        places += [shown_address(host, each) for each in ([port] if port else known)]
    if not places:
        places = [f"{wildcard}:{port}" for port in ports for wildcard in WILDCARDS[family]]
    return {"port": ports, "listenaddress": tuple(places)}


def listening_ports(config: Config) -> tuple[int, ...]:
    """The ports that sshd listens on, in order."""
    lines = listen_lines(settings_at_start(config), config)
    found = {place.rpartition(":")[2] for place in lines["listenaddress"]} or {*lines["port"]}
    return tuple(sorted(map(int, found)))


def _numbered_ports(settings: SettingsByOption, config: Config) -> list[tuple[int, str]]:
    """Every port, and the index of its line; -1 for the default port, which may come before others."""
    members = settings["port"].members if "port" in settings else ()
    found = [(member.line.entry.index, member.text) for member in members][:MAX_LINES_OF_OPTION]
    settled = first_include_end(config) if config.target.include_ends_start else len(config.entries)
    default_comes_first = not found or (config.visits[:-1] and found[0][0] >= settled)
    return [(-1, DEFAULT_PORT), *found] if default_comes_first else found


def _settled_at(index: int, config: Config) -> int:
    """The number of entries that are read when sshd joins the address of entry ``index`` with ports."""
    ends = [visit.end_entry for visit in config.visits if visit.end_entry > index]
    return min(ends) if config.target.include_ends_start else len(config.entries)


def _members(settings: SettingsByOption, name: str) -> tuple[str, ...]:
    return tuple(member.text for member in settings[name].members) if name in settings else ()


def shown_address(host: str, port: str) -> str:
    """One address with its port as sshd -T prints it."""
    address = parse_address(host)
    if address is None:
        return f"{host}:{port}"
    from socket import AF_INET, AF_INET6, inet_ntop

    if len(address) == 4:
        return f"{inet_ntop(AF_INET, address)}:{port}"
    return f"[{inet_ntop(AF_INET6, address)}]:{port}"


def address_family_problem(settings: SettingsByOption) -> str:
    """Why sshd can't listen on a numeric address that is not of AddressFamily; empty where it can."""
    family = str(settings["addressfamily"].value or "any") if "addressfamily" in settings else "any"
    for address in _members(settings, "listenaddress"):
        number = parse_address(address.partition(" ")[0])
        if number is not None and family != "any" and (len(number) == 4) != (family == "inet"):
            return f"{address.partition(' ')[0]} is not an address of AddressFamily {family}"
    return ""
