"""The network paths of a policy: those it defines, the one it names, and the options that this sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sshkeep.errors import SshkeepError
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.probe_spacing import recommended_spacing
from sshkeep.idle.path_lookup import find_path
from sshkeep.lint.rule import PATH_TIMEOUT, LoadedRule, OptionValue, RuleConfig, Spacing
from sshkeep.lint.selection import OWN_GROUP
from sshkeep.openssh.releases import NEWEST
from sshkeep.openssh.values.numbers import parse_time
from sshkeep.policy.model import OwnPath
from sshkeep.policy.nodes import Keys
from sshkeep.policy.resolved_policy import PolicyLayer

ReportMistake = Callable[[Keys, str], None]
"""Takes the keys of a mistake, and a text."""


def read_network_paths(rows: Sequence[OwnPath], file: str, wrong: ReportMistake) -> dict[str, NetworkPath]:
    """The paths that ``file`` defines, by name."""
    paths: dict[str, NetworkPath] = {}
    for number, row in enumerate(rows):
        if row.name in paths:
            wrong(("paths", number, "name"), f"{row.name} stands here twice")
        timeout = parse_time(row.timeout, NEWEST)
        if not timeout:
            text = f"{row.timeout} is not a time of a second or more, such as 240 or 5m"
            wrong(("paths", number, "timeout"), text)
        paths[row.name] = NetworkPath(
            row.name, timeout or 0, row.on_expiry, row.counts_kernel, row.name, row.source or file
        )
    return paths


def check_network_path(
    name: str | None, paths: Mapping[str, NetworkPath], keys: Keys, wrong: ReportMistake
) -> None:
    """Report ``path: name`` unless it is one of sshkeep's or of ``paths``."""
    try:
        if name is not None:
            find_path(name, paths)
    except SshkeepError as error:
        wrong((*keys, "path"), f"{error.sentence}; {error.hint}")


def with_network_path(
    layer: PolicyLayer, name: str | None, paths: Mapping[str, NetworkPath], rules: Mapping[str, LoadedRule]
) -> PolicyLayer:
    """``layer``, which has ``path: name``, with the options of ``rules`` that this sets."""
    if name is None:
        return layer
    path = find_path(name, paths)
    return layer._replace(path=path, by_path=_rule_options(path, rules))


def _rule_options(path: NetworkPath, rules: Mapping[str, LoadedRule]) -> dict[str, RuleConfig]:
    """Only rules about keepalives, and those of --rules, have such options."""
    found = {}
    for name, loaded in rules.items():
        if loaded.group in ("keepalive", OWN_GROUP) and (options := dict(_options(path, loaded))):
            found[name] = RuleConfig(options=options)
    return found


def _options(path: NetworkPath, loaded: LoadedRule) -> Iterator[tuple[str, OptionValue]]:
    for name, default in loaded.rule.options.items():
        if name == PATH_TIMEOUT:
            yield name, int(path.timeout)
        elif isinstance(default, Spacing):
            yield name, recommended_spacing(path.timeout)
