"""What sshd makes of its settings when it starts, and why it may refuse to after reading them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.afterwards import Lines
from sshkeep.config.effective_sshd import settings_at_start
from sshkeep.config.matching import Connection, applies_at_start, applies_to_connection
from sshkeep.config.model import Config, Context
from sshkeep.config.precedence.obtained import Settings
from sshkeep.config.reading import all_readings, read_entry
from sshkeep.config.verdict import Refusal, unchecked
from sshkeep.openssh.releases import ARGV_SPLIT, LISTS_ON_THE_SIDE, ONE_KEYBOARD_INTERACTIVE, Release
from sshkeep.openssh.tables.defaults import defaults

METHOD_NEEDS = {
    "publickey": "pubkeyauthentication",
    "password": "passwordauthentication",
    "keyboard-interactive": "kbdinteractiveauthentication",
    "hostbased": "hostbasedauthentication",
    "gssapi-with-mic": "gssapiauthentication",
}
"""auth2.c: the flag that enables each method; ``none`` always is."""


def settle_keyboard_interactive(settings: Settings, lines: Lines, release: Release) -> None:
    """sshd.c main up to 8.6: ChallengeResponseAuthentication switches the other one on.

    That is before the blocks of a connection are looked at, which may switch it off again.
    """
    own = settings.get("kbdinteractiveauthentication")
    if release >= ONE_KEYBOARD_INTERACTIVE or (own and own.in_match):
        return
    if lines.get("challengeresponseauthentication") == ("yes",):
        lines["kbdinteractiveauthentication"] = ("yes",)
    elif own is None or own.value is None:
        lines["kbdinteractiveauthentication"] = ("no",)


def refused_at_start(config: Config) -> list[tuple[str, str]]:
    """sshd.c main, "Check that options are sensible": the option (lower case) to blame, and the problem.

    No line is named there.
    """
    settings = settings_at_start(config)
    problems = [
        (command.lower(), f"{command} set without {command}User")
        for command in ("AuthorizedKeysCommand", "AuthorizedPrincipalsCommand")
        if _text(settings, command.lower()) != "none" and not _is_set(settings, f"{command.lower()}user")
    ]
    if not _methods_can_be_met(settings, config):
        problem = "AuthenticationMethods can't be met by the methods that are enabled"
        problems.append(("authenticationmethods", problem))
    return problems


def _is_set(settings: Settings, name: str) -> bool:
    """To anything: the name of the user may even be none."""
    setting = settings.get(name)
    return setting is not None and setting.value is not None


def _text(settings: Settings, name: str) -> str:
    setting = settings.get(name)
    value = str(setting.value) if setting and setting.value is not None else "none"
    return "none" if value.lower() == "none" else value


def _methods_can_be_met(settings: Settings, config: Config) -> bool:
    setting = settings.get("authenticationmethods")
    wanted = setting.value if setting else None
    if not isinstance(wanted, tuple) or wanted == ("any",):
        return True
    lines: Lines = dict(defaults(config.kind, config.target))
    lines.update({name: (str(s.value),) for name, s in settings.items() if s.value is not None})
    settle_keyboard_interactive(settings, lines, config.target.release)

    def enabled(method: str) -> bool:
        needs = METHOD_NEEDS.get(method.partition(":")[0])
        return needs is None or lines.get(needs) == ("yes",)

    return any(all(map(enabled, chain.split(","))) for chain in wanted)


def any_repeated(config: Config) -> Iterator[Refusal]:
    """servconf.c sAuthenticationMethods, 8.7 to 9.6: ``any`` is refused once another line was taken."""
    release = config.target.release
    yield from _any_behind(config, lambda context: applies_at_start(context, release), lambda context: True)


def any_where_blocks_meet(config: Config) -> list[Refusal]:
    """The same for a connection that all blocks fit: sshd starts, and then refuses it."""
    return list(_any_behind(config, lambda context: context is not None, lambda context: context is not None))


def _any_behind(
    config: Config, taken: Callable[[Context | None], bool], judged: Callable[[Context | None], bool]
) -> Iterator[Refusal]:
    if not ARGV_SPLIT <= config.target.release < LISTS_ON_THE_SIDE:
        return
    seen = False
    for entry, reading in all_readings("authenticationmethods", config):
        if reading.problem:
            continue
        if seen and "any" in (word.text for word in reading.words) and judged(entry.context):
            yield Refusal(entry, "any must stand alone", True, (entry.index, 1), "repeated")
        seen = seen or taken(entry.context)


def refused_for(config: Config, connection: Connection) -> Iterator[Refusal]:
    """Lines that are only looked at whole when their block applies: sshd starts, the connection fails."""
    release = config.target.release

    def here(context: Context | None) -> bool:
        return context is not None and applies_to_connection(context, connection, release) is True

    yield from _any_behind(config, here, lambda context: True)
    yield from _looked_at_again(config, here)
    for meaning in ("subsystem", "authorizedkeyscommand", "authorizedprincipalscommand"):
        seen = False
        for entry, reading in all_readings(meaning, config):
            told_already = reading.problem and entry.index not in unchecked(config)
            if here(entry.context) and not told_already:
                if seen and release < ARGV_SPLIT:
                    break
                seen = True
                active = read_entry(entry, config, active=True)
                if active.problem:
                    place = (entry.index, 1)
                    yield Refusal(entry, active.problem, True, place, active.reason)


def _looked_at_again(config: Config, here: Callable[[Context | None], bool]) -> Iterator[Refusal]:
    """servconf.c sAuthenticationMethods up to 8.6: for a connection nothing is taken yet but in its blocks.

    So lines that were passed over at start are looked at, until one of those blocks has a line.
    """
    passed_over = unchecked(config)
    for entry, reading in all_readings("authenticationmethods", config):
        if reading.problem and entry.index in passed_over:
            yield Refusal(entry, reading.problem, True, (entry.index, 1), reading.reason)
        if here(entry.context):
            return
