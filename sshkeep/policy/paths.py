"""The paths that a policy brings, the one it names, and what comes of that for the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sshkeep.errors import SshkeepError
from sshkeep.idle.path_lookup import find_path
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.probe_spacing import recommended_spacing
from sshkeep.lint.rule import PATH_TIMEOUT, LoadedRule, Option, Spacing, Wish
from sshkeep.lint.selection import OWN
from sshkeep.openssh.releases import NEWEST
from sshkeep.openssh.values.numbers import parse_time
from sshkeep.policy.document import Keys
from sshkeep.policy.model import OwnPath
from sshkeep.policy.ruling import Part

Wrong = Callable[[Keys, str], None]
"""Takes what is wrong, and where."""


def own_paths(rows: Sequence[OwnPath], file: str, wrong: Wrong) -> dict[str, NetworkPath]:
    """The paths that stand in ``file``, by name."""
    paths: dict[str, NetworkPath] = {}
    for number, row in enumerate(rows):
        if row.name in paths:
            wrong(("paths", number, "name"), f"{row.name} stands here twice")
        timeout = parse_time(row.timeout, NEWEST)
        if not timeout:
            text = f"{row.timeout} is no time of a second or more, such as 240 or 5m"
            wrong(("paths", number, "timeout"), text)
        paths[row.name] = NetworkPath(
            row.name, timeout or 0, row.on_expiry, row.counts_kernel, row.name, row.source or file
        )
    return paths


def check_path(name: str | None, paths: Mapping[str, NetworkPath], keys: Keys, wrong: Wrong) -> None:
    """``path: name`` must be one of sshkeep's or of ``paths``."""
    try:
        if name is not None:
            find_path(name, paths)
    except SshkeepError as error:
        wrong((*keys, "path"), f"{error.sentence}; {error.hint}")


def with_path(
    part: Part, name: str | None, paths: Mapping[str, NetworkPath], rules: Mapping[str, LoadedRule]
) -> Part:
    """``part``, which says ``path: name``, with what that sets of the options of ``rules``."""
    if name is None:
        return part
    path = find_path(name, paths)
    return part._replace(path=path, by_path=_wishes(path, rules))


def _wishes(path: NetworkPath, rules: Mapping[str, LoadedRule]) -> dict[str, Wish]:
    """Only rules about keepalives, and Python's of one's own, have such options."""
    wishes = {}
    for name, loaded in rules.items():
        if loaded.group in ("keepalive", OWN) and (options := dict(_options(path, loaded))):
            wishes[name] = Wish(options=options)
    return wishes


def _options(path: NetworkPath, loaded: LoadedRule) -> Iterator[tuple[str, Option]]:
    for name, default in loaded.rule.options.items():
        if name == PATH_TIMEOUT:
            yield name, int(path.timeout)
        elif isinstance(default, Spacing):
            yield name, recommended_spacing(path.timeout)
