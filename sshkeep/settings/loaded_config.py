"""`load`: read a config, then evaluate it for connections or hosts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar, overload

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd, refusals_for
from sshkeep.config.effective.printed import printed_setting
from sshkeep.config.local_machine import groups_of_user, read_local_machine
from sshkeep.config.refusals import Refusal, refused_lines
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.defaults import printed_name, prints
from sshkeep.openssh.values.value_type import Texts
from sshkeep.settings.base import Settings, field_of
from sshkeep.settings.ssh import SshSettings
from sshkeep.settings.sshd import SshdSettings
from sshkeep.trees.discover import tree_for, tree_options
from sshkeep.trees.this_machine import local_user

AnySettings = TypeVar("AnySettings", bound=Settings)


class Refused(NamedTuple):
    """A line for which OpenSSH refuses the config; ``line`` counts from 1."""

    file: str
    line: int
    problem: str


class Loaded:
    """A config with all that it includes, read for one target."""

    def __init__(self, config: Config, live: bool) -> None:
        self._config = config
        self._live = live

    @property
    def kind(self) -> Kind:
        """The config's language."""
        return self._config.kind

    @property
    def target(self) -> str:
        """The name of what it is read for."""
        return self._config.target.name

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all files that were read."""
        return tuple(self._config.files)

    @property
    def refusals(self) -> tuple[Refused, ...]:
        """All lines for which the target refuses the config; empty if it accepts the config."""
        return tuple(
            Refused(r.directive.file.source.path, r.directive.number + 1, r.problem)
            for r in refused_lines(self._config)
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """Included files that could not be read."""
        return tuple(unread.path for unread in self._config.unread)

    @property
    def not_found(self) -> tuple[str, ...]:
        """Includes that match no file, in configs that are not this machine's."""
        return tuple(dict.fromkeys(self._config.not_found))

    def _settings(self, model: type[AnySettings], evaluated: Evaluated, strict: bool) -> AnySettings:
        doubt = next(self._doubts(evaluated), None) if strict else None
        if doubt:
            raise doubt
        doubtful = (field_of(model, name) for name, setting in evaluated.settings.items() if setting.maybe)
        return model.from_printed(
            {**dict(_unprinted(evaluated, self._config)), **evaluated.lines}, filter(None, doubtful)
        )

    def _doubts(self, evaluated: Evaluated) -> Iterator[SshkeepError]:
        """Why there is no sure answer."""
        refused = refusals_for(evaluated, self._config)
        problems = [
            *map(_refusal_text, refused),
            *(f"{self._config.top}: {each}" for each in evaluated.problems),
        ]
        for problem in problems:
            yield SshkeepError(f"{problem}; {self.target} refuses the config", _REFUSED)
        for unread in self._config.unread:
            yield SshkeepError(f"{unread.path}: {unread.why}; {self._config.top} includes it", _UNREAD)
        for setting in evaluated.settings.values():
            for line in setting.maybe:
                condition = block_name(line.entry.block)
                yield SshkeepError(
                    f"{line.entry.directive.where}: whether '{condition}' applies is not known",
                    _UNCERTAIN[self.kind],
                )


_REFUSED = "strict=False reads on, as if these lines were not there"
_UNREAD = "strict=False does without it"
_UNCERTAIN: dict[Kind, str] = {
    "sshd_config": "groups= says which groups the user is in; strict=False takes it as not met",
    "ssh_config": "assume_exec= says what Match exec answers; strict=False takes it as not met",
}


class LoadedSshd(Loaded):
    """An sshd_config."""

    def effective(
        self,
        *,
        user: str | None = None,
        host: str | None = None,
        addr: str | None = None,
        laddr: str | None = None,
        lport: int | None = None,
        rdomain: str | None = None,
        groups: Iterable[str] | None = None,
        strict: bool = True,
    ) -> SshdSettings:
        """What sshd would use for a connection, as ``sshd -T -C`` prints it.

        A Match criterion whose attribute is not given does not match. ``groups`` are the user's; for this
        machine's own files they are looked up where they are not given.

        Raises SshkeepError where there is no answer or more than one: the target refuses the config, a
        file that it includes can't be read, or the user's groups decide and are not known. With
        ``strict=False`` it goes on without such lines, files and blocks, and ``uncertain`` names the
        fields that hang on such a block.
        """
        known = tuple(groups) if groups is not None else None
        if known is None and self._live and user is not None:
            known = groups_of_user(user)
        connection = Connection(user, host, addr, laddr, lport, rdomain, known)
        return self._settings(SshdSettings, evaluate_sshd(self._config, connection), strict)


class LoadedSsh(Loaded):
    """An ssh_config."""

    def effective(
        self,
        *,
        host: str,
        user: str | None = None,
        local_user: str | None = None,
        assume_exec: bool | None = None,
        strict: bool = True,
    ) -> SshSettings:
        """What ssh would use for ``host``, named as on its command line, as ``ssh -G`` prints it.

        ``user`` is as given with -l, ``local_user`` who runs ssh (else who runs this program).
        ``Match exec`` is never run: ``assume_exec`` is what all of them answer. In files that are not this
        machine's own, and not read with the root ``/``, ``~`` and tokens stay as they are written.

        Raises SshkeepError where there is no answer or more than one: the target refuses the config, a
        file that it includes can't be read, or a condition decides that can't be known. With
        ``strict=False`` it goes on without such lines, files and blocks, and ``uncertain`` names the
        fields that hang on such a block.
        """
        machine = read_local_machine() if self._live else None
        query = HostQuery(host, user, _local(local_user), assume_exec, machine)
        return self._settings(SshSettings, evaluate_ssh(self._config, query), strict)


def _local(user: str | None) -> str:
    return local_user() if user is None else user


def _refusal_text(refusal: Refusal) -> str:
    return f"{refusal.directive.where}: {refusal.problem}"


def _unprinted(evaluated: Evaluated, config: Config) -> Iterator[tuple[str, Texts]]:
    """What is set though the program prints no line for it: ssh's IgnoreUnknown, vendors' keywords."""
    shown = prints(config.kind, config.target)
    for option, setting in evaluated.settings.items():
        if (
            setting.won
            and setting.value is not None
            and printed_name(option, config.kind, config.target) not in shown
        ):
            row = setting.won[0].entry.keyword
            assert row
            yield option, printed_setting(setting, row, config.kind, config.target)


PathLike = str | os.PathLike[str]


@overload
def load(
    path: PathLike, *, kind: Literal["sshd_config"], target: str = "auto", root: PathLike | None = None
) -> LoadedSshd: ...
@overload
def load(
    path: PathLike, *, kind: Literal["ssh_config"], target: str = "auto", root: PathLike | None = None
) -> LoadedSsh: ...
@overload
def load(
    path: PathLike, *, kind: None = None, target: str = "auto", root: PathLike | None = None
) -> LoadedSshd | LoadedSsh: ...
def load(
    path: PathLike, *, kind: Kind | None = None, target: str = "auto", root: PathLike | None = None
) -> LoadedSshd | LoadedSsh:
    """The config at ``path`` with all that it includes; see `LoadedSshd` and `LoadedSsh`.

    ``kind`` is its language, else detected by name or content; a type checker knows which of the two comes
    back only where it is given. ``target`` is what to read it for, such as ``debian-12``; ``auto`` is
    what is installed for this machine's own files, else the newest release known. ``root`` stands
    before absolute Include paths. A drop-in is read as part of the main file beside its folder.

    Raises SshkeepError for what can't be read, and names that are none.
    """
    name = os.fspath(path)
    request = tree_options(kind, target, None if root is None else os.fspath(root))
    try:
        tree = tree_for(name, request)
        config = tree.load()
        config.check_values_known()
    except (OSError, UnreadableFile) as error:
        raise SshkeepError(*describe_read_error(name, error)) from error
    found = LoadedSshd if config.kind == "sshd_config" else LoadedSsh
    return found(config, tree.is_read_here)
