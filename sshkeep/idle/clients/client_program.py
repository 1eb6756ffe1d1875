"""What describes a client program other than OpenSSH, and its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sshkeep.idle.clients.settings_file import SettingsLine
from sshkeep.named import NamedTuple


class ClientSettings(NamedTuple):
    """Seconds between the program's keepalives (0: none), and whether the kernel sends TCP keepalives.

    ``origins``: ``file:line`` of each setting that the file has, by the program's own name for it.
    """

    interval: int
    tcp_keepalive: bool
    origins: Mapping[str, str] = {}


class ClientProgram(NamedTuple):
    """A client program; ``name`` is for the command line, ``title`` for sentences.

    ``defaults`` hold if nothing is configured. ``setting``: where its users change the interval. ``source``:
    where this comes from. ``parse(lines, file, session)`` reads a settings file; ``session`` names one of
    several saved sessions, or is empty; raises SshkeepError. ``tcp_settings``: names of settings about TCP
    keepalives.
    """

    name: str
    title: str
    defaults: ClientSettings
    setting: str
    source: str
    parse: Callable[[list[SettingsLine], str, str], ClientSettings]
    tcp_settings: tuple[str, ...] = ()
