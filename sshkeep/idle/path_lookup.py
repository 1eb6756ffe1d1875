"""Finding a path by its name."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.idle.known_paths import COMMON_PATHS, KNOWN_PATHS
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lookup import unknown_name


def common_paths() -> tuple[NetworkPath, ...]:
    """The paths to show if the user names none."""
    known = _by_name()
    return tuple(known[name] for name in COMMON_PATHS)


def find_path(name: str, own: Mapping[str, NetworkPath] | None = None) -> NetworkPath:
    """The path of that name; the user's ``own`` come before the known ones. Raises SshkeepError."""
    paths = {**_by_name(), **(own or {})}
    if name not in paths:
        raise unknown_name("path", name, paths)
    return paths[name]


def _by_name() -> dict[str, NetworkPath]:
    return {path.name: path for path in KNOWN_PATHS}
