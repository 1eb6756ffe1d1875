"""`load`: from a path to a config that can be asked what OpenSSH would use."""

from __future__ import annotations

import os
from typing import Literal, overload

from sshkeep.config.files import Unreadable, explained
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.settings.loaded_config import LoadedSsh, LoadedSshd
from sshkeep.trees.discover import request_for, tree_for

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

    ``kind`` is its language, else told by name or content; a type checker knows which of the two comes
    back only where it is given. ``target`` is what to read it for, such as ``debian-12``; ``auto`` is
    what is installed for this machine's own files, else the newest release known. ``root`` stands
    before absolute Include paths. A drop-in is read as part of the main file beside its folder.

    Raises SshkeepError for what can't be read, and names that are none.
    """
    name = os.fspath(path)
    request = request_for(kind, target, None if root is None else os.fspath(root))
    try:
        tree = tree_for(name, request)
        config = tree.load()
    except (OSError, Unreadable) as error:
        raise SshkeepError(*explained(name, error)) from error
    found = LoadedSshd if config.kind == "sshd_config" else LoadedSsh
    return found(config, tree.tops[0].place.live)
