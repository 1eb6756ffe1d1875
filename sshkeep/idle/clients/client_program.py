"""What describes a client program other than OpenSSH, its settings, and its saved sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sshkeep.idle.clients.settings_file import SettingsLine
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import ClientKind


class ClientSettings(NamedTuple):
    """Seconds between the program's keepalives (0: none), and whether the kernel sends TCP keepalives.

    ``origins``: ``file:line`` of each setting that the file has, by the program's own name for it.
    """

    interval: int
    tcp_keepalive: bool
    origins: Mapping[str, str] = {}


class SavedNumber(NamedTuple):
    """A number in a session: what the program reads, and its line. ``text`` is the part of the line for it.

    ``valid``: the text is a number. Both programs read the digits that another text begins with, else 0.
    """

    value: int
    line: SettingsLine
    text: str
    valid: bool = True


class SavedSession(NamedTuple):
    """One session in a settings file; the only one has the name of its file, or none.

    ``numbers`` are by the names in `ClientProgram.names`. ``header`` is the number of the line that begins
    the session, ``last`` that of its last line; 0: the file has none. ``other_protocol``: it is not about
    SSH. ``template``: how a new line of the session is written.
    """

    name: str
    numbers: dict[str, SavedNumber]
    header: int
    last: int
    other_protocol: bool
    template: str


class ClientProgram(NamedTuple):
    """A client program; ``name`` is for the command line, ``title`` for sentences.

    ``defaults`` hold if nothing is configured. ``setting``: where its users change the interval.
    ``source``: where this comes from. ``parse(lines, file)`` returns the sessions of a settings file; raises
    SshkeepError if it is none. ``units`` are the names of the settings that add up to the interval, with the
    seconds of one unit, the one to write last. ``wrong_number``: what a value is that is no number.
    ``tcp_setting``: the name of the setting for TCP keepalives, or empty. ``section``: the section that the
    settings are in, or empty. ``load``: how the program gets to know a changed export, with {} for its name.
    """

    name: ClientKind
    title: str
    defaults: ClientSettings
    setting: str
    source: str
    parse: Callable[[list[SettingsLine], str], list[SavedSession]]
    units: Mapping[str, int]
    wrong_number: str
    tcp_setting: str = ""
    section: str = ""
    load: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The settings about keepalive that a session may have."""
        return (*self.units, self.tcp_setting) if self.tcp_setting else tuple(self.units)

    @property
    def keyword(self) -> str:
        """The setting to write an interval in seconds to."""
        return list(self.units)[-1]

    def interval(self, session: SavedSession) -> int:
        """Seconds between the keepalives of a session, as they add up; 0 or less are none."""
        there = [name for name in self.units if name in session.numbers]
        if not there:
            return self.defaults.interval
        return sum(session.numbers[name].value * self.units[name] for name in there)
