"""Finding a path by its name."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.errors import SshkeepError
from sshkeep.idle.known_paths import COMMON_PATHS, KNOWN_PATHS
from sshkeep.idle.model.network_path import NetworkPath


def common_paths() -> tuple[NetworkPath, ...]:
    """The paths to show if the user names none."""
    known = _by_name()
    return tuple(known[name] for name in COMMON_PATHS)


def find_path(name: str, own: Mapping[str, NetworkPath] | None = None) -> NetworkPath:
    """The path of that name; the user's ``own`` come before the known ones. Raises SshkeepError."""
    paths = {**_by_name(), **(own or {})}
    if name not in paths:
        raise SshkeepError(f"no path is called {name}", _suggestion(name, paths))
    return paths[name]


def _suggestion(name: str, paths: Mapping[str, NetworkPath]) -> str:
    from difflib import get_close_matches

    parts = [path for path in paths if name.lower() in path.split("-")]
    close = parts or get_close_matches(name[:60].lower(), paths, 3, 0.6)
    if close:
        return f"did you mean {' or '.join(close[:3])}?"
    return "`sshkeep idle --list-paths` lists them; sshkeep.yaml may name more under paths"


def _by_name() -> dict[str, NetworkPath]:
    return {path.name: path for path in KNOWN_PATHS}
