"""Find and load the rules: every module in a folder of `rules/` is one, and listed in `rule_index`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.machinery import SourceFileLoader
from types import ModuleType

from sshkeep.errors import SshkeepError
from sshkeep.lint.rule import LoadedRule, Rule
from sshkeep.lint.rule_index import RULE_INDEX
from sshkeep.lint.selection import DEFAULT_GROUPS, OWN_GROUP, Layer, select_rules
from sshkeep.openssh.kind import Kind

PACKED = not isinstance(__spec__ and __spec__.loader, SourceFileLoader)
"""Whether this is sshkeep.pyz, in which modules have no file of their own."""

__all__ = ["DEFAULT_GROUPS", "all_rules", "chosen_rules", "rules_folder", "rules_in"]


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
    """Every built-in rule by its id, in the order group, id."""
    folder = "" if PACKED else rules_folder()
    return _by_id(RuleInFile(folder, module, *row) for module, row in RULE_INDEX.items())


class RuleInFile(LoadedRule):
    """A rule of `rule_index`, whose module is run when another attribute is first used.

    Most runs use few of them, and to run a module takes 0.1 ms and more.
    """

    def __init__(
        self, folder: str, module: str, kinds: tuple[Kind, ...], only_with: tuple[str, ...] = ()
    ) -> None:
        self.group, _, name = module.partition("/")
        self.id = _id(f"{name}.py")
        self.kinds = kinds
        self.only_with = only_with
        self.path = os.path.join(folder, f"{module}.py")

    @cached_property
    def _made(self) -> tuple[str, Rule]:  # type: ignore[override]
        return _made(self.path, self.group)


def rules_in(folder: str) -> dict[str, LoadedRule]:
    """The rules of ``--rules FOLDER`` by id; runs its modules. Raises SshkeepError for what is no rule."""
    try:
        paths = _modules(folder)
    except OSError as error:
        raise SshkeepError(f"can't read the rules in {folder}: {error.strerror}") from None
    if not paths:
        raise SshkeepError(f"no rule is in {folder}", "a rule is a Python file; `sshkeep rule` shows some")
    return _by_id(map(_foreign, paths))


def _modules(folder: str) -> list[str]:
    names = sorted(name for name in os.listdir(folder) if name.endswith(".py") and not name.startswith("_"))
    return [os.path.join(folder, name) for name in names]


def _by_id(rules: Iterable[LoadedRule]) -> dict[str, LoadedRule]:
    loaded: dict[str, LoadedRule] = {}
    for rule in rules:
        if rule.id in loaded:
            raise SshkeepError(f"two rules are called {rule.id}", "give one of the files another name")
        loaded[rule.id] = rule
    return loaded


def _foreign(path: str) -> LoadedRule:
    try:
        return LoadedRule(_id(path), OWN_GROUP, *_made(path, OWN_GROUP))
    except Exception as error:  # a foreign module may raise anything
        reason = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise SshkeepError(f"{path} is not a rule: {reason}", "it needs a RULE = Rule(...)") from None


def _id(path: str) -> str:
    return os.path.basename(path)[:-3].replace("_", "-")


def _made(path: str, group: str) -> tuple[str, Rule]:
    module = _module(path, f"sshkeep.rules.{group}.{os.path.basename(path)[:-3]}")
    rule = module.RULE
    if not isinstance(rule, Rule):
        raise TypeError("RULE is not a Rule")
    if wrong := next((each for each in rule.only_with if each != each.lower()), ""):
        raise ValueError(f"only_with has {wrong}, which is not in lower case")
    return (module.__doc__ or "").strip(), rule


def _module(path: str, name: str) -> ModuleType:
    if PACKED and not os.path.isabs(path):
        return import_module(name)
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    SourceFileLoader(name, path).exec_module(module)
    return module


def chosen_rules(select: list[str], extend: list[str], ignore: list[str]) -> list[LoadedRule]:
    """The built-in rules in ``select`` (else the default groups) and ``extend``, without those in ``ignore``.

    Each is a list of ids and groups.

    Raises SshkeepError for a name that is neither.
    """
    layer = Layer(tuple(select), tuple(extend), tuple(ignore))
    selection = select_rules(all_rules(), [layer])
    return [rule for rule in selection.rules if rule.id not in selection.accepted]
