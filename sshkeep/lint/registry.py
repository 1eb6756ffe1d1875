"""Finding the rules: every module in a folder of `rules/` is one."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

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


@lru_cache(maxsize=1)
def all_rules() -> dict[str, LoadedRule]:
    """Every rule by its id, in the order group, id."""
    folder = rules_folder()
    loaded: dict[str, LoadedRule] = {}
    for group in sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name))):
        for file in sorted(os.listdir(os.path.join(folder, group))):
            if file.endswith(".py") and not file.startswith("_"):
                rule = _load(os.path.join(folder, group, file), group, file[:-3])
                if rule.id in loaded:
                    raise SshkeepError(
                        f"two rules are called {rule.id}", "give one of the files another name"
                    )
                loaded[rule.id] = rule
    return loaded


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

    Raises SshkeepError for a name that is neither.
    """
    rules = all_rules()
    groups = {rule.group for rule in rules.values()} | set(DEFAULT_GROUPS)
    for name in (*select, *extend, *ignore):
        if name not in rules and name not in groups:
            raise SshkeepError(f"no rule and no group is called {name!r}", "`sshkeep rule` lists them")
    wanted = {*(select or DEFAULT_GROUPS), *extend}
    return [
        rule
        for rule in rules.values()
        if (rule.id in wanted or rule.group in wanted) and rule.id not in ignore and rule.group not in ignore
    ]
