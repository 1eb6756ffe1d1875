"""One endpoint with its config: the settings that keepalive depends on, and the lines that set them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sshkeep.config.blocks.matching import universal
from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.idle.model.endpoint import CONFIG_KIND, COUNT_KEYWORD, INTERVAL_KEYWORD, ROLES, Endpoint, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.named import NamedTuple
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.hostports import parse_jump_host
from sshkeep.phrase import Phrase

TCP_KEEPALIVE = "TCPKeepAlive"
KEEPALIVE_KEYWORDS: dict[Role, tuple[str, ...]] = {
    role: (INTERVAL_KEYWORD[role], COUNT_KEYWORD[role], TCP_KEEPALIVE) for role in ROLES
}
"""The keywords that an `Endpoint` is made of."""


_FLAGS = {"true": "yes", "false": "no"}


class EffectiveSetting(NamedTuple):
    """One setting in effect; ``entry`` is the line that sets it, None if the default holds.

    ``undecided``: lines of blocks that may apply or not (`Match exec` is never run). ``program_place``:
    ``file:line`` in the settings of a program other than OpenSSH. ``default_from``: the line that makes the
    default what it is.
    """

    keyword: str
    value: str
    entry: Entry | None = None
    undecided: tuple[Entry, ...] = ()
    program_place: str = ""
    default_from: Entry | None = None

    @property
    def shown(self) -> Phrase:
        """Keyword and value for people; what releases print as true is what they read as yes."""
        value = _FLAGS.get(self.value, self.value) if self.keyword == TCP_KEEPALIVE else self.value
        return Phrase("{keyword} {value}", keyword=self.keyword, value=value)

    @property
    def where(self) -> str:
        """``path:line`` of the line that sets it; empty if the default holds."""
        return self.entry.directive.where if self.entry else self.program_place


class EndpointConfig(NamedTuple):
    """An endpoint, and where its settings come from.

    ``program``: a target's name, or a program other than OpenSSH. ``file``: empty if no config was given, and
    the defaults are assumed. ``lines``: all effective settings, as `Evaluated` has them.
    ``for_anyone``: evaluated without a connection or host. ``target_given``: the target was named by the
    user, so advice must name it, too. ``manual_setting``: where to set the interval in a program other than
    OpenSSH.
    """

    endpoint: Endpoint
    program: str
    file: str
    settings: Mapping[str, EffectiveSetting]
    lines: Mapping[str, tuple[str, ...]]
    target: Target | None = None
    config: Config | None = None
    for_anyone: bool = False
    target_given: bool = False
    manual_setting: str = ""

    def value(self, keyword: str) -> str:
        """The effective value of a keyword in small letters; empty for ``none`` and for no value."""
        text = " ".join(self.lines.get(keyword, ()))
        return "" if text == "none" else text

    @property
    def jump_host(self) -> tuple[str, str] | None:
        """User (empty if not given) and name of the host that ssh connects to first, with ProxyJump."""
        text = self.value("proxyjump")
        host = parse_jump_host(text.partition(",")[0]) if text else None
        return host[:2] if host else None


def configured_endpoint(config: Config, evaluated: Evaluated, role: Role, kernel: Kernel) -> EndpointConfig:
    """An endpoint with a config that was evaluated for a connection or a host."""
    settings = {keyword: _setting(keyword, evaluated, config) for keyword in KEEPALIVE_KEYWORDS[role]}
    endpoint = _endpoint(role, config.target, settings, kernel)
    end = EndpointConfig(
        endpoint, config.target.name, config.top, settings, evaluated.lines, config.target, config
    )
    if role == "client" and end.value("proxycommand"):
        # A ProxyCommand leaves ssh without a socket of its own: sshconnect.c, ssh_proxy_connect.
        return end._replace(endpoint=endpoint._replace(tcp_keepalive=False))
    return end


def default_endpoint(role: Role, target: Target, kernel: Kernel) -> EndpointConfig:
    """An endpoint without a known config."""
    from sshkeep.openssh.tables.defaults import defaults

    lines = defaults(CONFIG_KIND[role], target)
    settings = {name: EffectiveSetting(name, lines[name.lower()][0]) for name in KEEPALIVE_KEYWORDS[role]}
    return EndpointConfig(_endpoint(role, target, settings, kernel), target.name, "", settings, lines, target)


def _setting(keyword: str, evaluated: Evaluated, config: Config) -> EffectiveSetting:
    lines, setting = evaluated.lines, evaluated.settings.get(keyword.lower())
    won = setting.won[0].entry if setting and setting.won else None
    undecided = tuple(line.entry for line in setting.maybe) if setting else ()
    value = lines[keyword.lower()][0]
    raised = precedence(keyword.lower(), config.kind).raised_for(config.target)
    cause = evaluated.settings.get(raised.option) if raised and won is None else None
    default_from = cause.won[0].entry if cause and raised and cause.value == raised.value else None
    return EffectiveSetting(keyword, value, won, undecided, default_from=default_from)


def lines_for_others(setting: EffectiveSetting, config: Config) -> Iterator[Entry]:
    """The lines of the setting's keyword in blocks that apply to other connections or hosts."""
    here = {entry.index for entry in (setting.entry, *setting.undecided) if entry}
    for entry, _ in accepted_lines(setting.keyword.lower(), config):
        if entry.index not in here and not universal(entry.block, config.target.release):
            yield entry


def _endpoint(
    role: Role, target: Target, settings: Mapping[str, EffectiveSetting], kernel: Kernel
) -> Endpoint:
    return Endpoint(
        role,
        target.release,
        int(settings[INTERVAL_KEYWORD[role]].value),
        int(settings[COUNT_KEYWORD[role]].value),
        settings[TCP_KEEPALIVE].value not in ("no", "false"),
        kernel,
        count_zero_is_never=target.count_zero_is_never,
    )
