"""Finding the rules: every module in a folder of `rules/` is one."""

from __future__ import annotations

import os
import sys
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.lint.rule import LoadedRule, Rule

DEFAULT_GROUPS = ("correctness", "keepalive")
"""Groups that are on unless others are selected."""


def rules_folder() -> str:
    """Where the rule modules are: in the package, or beside it in sshkeep's own checkout.

    The second only where the pyproject.toml there is sshkeep's: a foreign `rules` folder beside an
    installed package is never run.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rules")
    if os.path.isdir(inside):
        return inside
    checkout = os.path.dirname(package)
    try:
        with open(os.path.join(checkout, "pyproject.toml"), encoding="utf-8") as stream:
            if '\nname = "sshkeep"\n' in stream.read():
                return os.path.join(checkout, "rules")
    except OSError:
        pass
    raise SshkeepError("sshkeep's rules are missing from its installation", "install it again")


class RuleFile(NamedTuple):
    """Where a rule is; its module is not run."""

    group: str
    path: str


@lru_cache(maxsize=1)
def rule_files() -> dict[str, RuleFile]:
    """Every rule's file by the rule's id, in the order group, id."""
    folder = rules_folder()
    found: dict[str, RuleFile] = {}
    for group in sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name))):
        for file in sorted(os.listdir(os.path.join(folder, group))):
            if file.endswith(".py") and not file.startswith("_"):
                id = file[:-3].replace("_", "-")
                if id in found:
                    raise SshkeepError(f"two rules are called {id}", "give one of the files another name")
                found[id] = RuleFile(group, os.path.join(folder, group, file))
    return found


@cache
def rule_called(id: str) -> LoadedRule:
    """The rule of one of `rule_files`; its module is run here, and only here."""
    group, path = rule_files()[id]
    return _load(path, group, os.path.basename(path)[:-3])


def all_rules() -> dict[str, LoadedRule]:
    """Every rule by its id, in the order group, id."""
    return {id: rule_called(id) for id in rule_files()}


def _load(path: str, group: str, stem: str) -> LoadedRule:
    module = _module(path, f"sshkeep.rules.{group}.{stem}")
    rule = module.RULE
    assert isinstance(rule, Rule)
    return LoadedRule(stem.replace("_", "-"), group, (module.__doc__ or "").strip(), rule)


def _module(path: str, name: str) -> ModuleType:
    spec = spec_from_file_location(name, path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def chosen_rules(select: list[str], extend: list[str], ignore: list[str]) -> list[LoadedRule]:
    """The rules that ids or groups name: ``select`` (else the default groups), more, fewer.

    Modules of rules that are not chosen are not run. Raises SshkeepError for a name that is neither.
    """
    files = rule_files()
    groups = {file.group for file in files.values()} | set(DEFAULT_GROUPS)
    for name in (*select, *extend, *ignore):
        if name not in files and name not in groups:
            raise SshkeepError(f"no rule and no group is called {name!r}", "`sshkeep rule` lists them")
    wanted = {*(select or DEFAULT_GROUPS), *extend}
    return [
        rule_called(id)
        for id, file in files.items()
        if (id in wanted or file.group in wanted) and id not in ignore and file.group not in ignore
    ]
