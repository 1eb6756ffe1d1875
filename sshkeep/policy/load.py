"""Read a policy with all that it extends, and check it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ValidationError

from sshkeep.config.tree.file_system import UnreadableFile, read_regular_file
from sshkeep.errors import SshkeepError
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import group_names
from sshkeep.lookup import no_such_name, suggestion
from sshkeep.openssh.targets import target_of
from sshkeep.policy.find import why_untrusted
from sshkeep.policy.guide import read_guide, references_to
from sshkeep.policy.layers import option_value, policy_excludes, policy_layers
from sshkeep.policy.model import Policy, PolicyOwnRule, PolicySection, RulePolicy
from sshkeep.policy.network_paths import check_network_path, read_network_paths
from sshkeep.policy.nodes import Keys, Node, PolicySyntaxError
from sshkeep.policy.own_rules import load_own_rule, own_rule_problems
from sshkeep.policy.problems import InvalidPolicy, Problem, describe_validation_error, key_name
from sshkeep.policy.profiles import profiles
from sshkeep.policy.resolved_policy import ResolvedPolicy
from sshkeep.policy.toml_nodes import parse_toml
from sshkeep.policy.yaml_nodes import parse_yaml

MAX_POLICY_FILES = 50


def load_policy(
    path: str, rules: Mapping[str, LoadedRule] | None = None, *, found: bool = False
) -> ResolvedPolicy:
    """The policy in the file ``path``; ``rules`` are those of --rules.

    ``found`` means that the user did not name it: then what it extends must be trusted, too. Raises
    InvalidPolicy for mistakes in it, SshkeepError where it can't be read.
    """
    return _Loading({**all_rules(), **(rules or {})}, found).read(path, None)


def check_policy_text(path: str, data: bytes) -> None:
    """Raises InvalidPolicy for mistakes in ``data`` as the content of the file ``path``."""
    _Loading(all_rules(), found=False).read(path, None, data)


class _File:
    """One of the files: its content with positions, and the mistakes in it."""

    def __init__(self, path: str, node: Node, *, shipped: bool) -> None:
        self.path = path
        self.node = node
        self.shipped = shipped
        """A profile that comes with sshkeep: a test checks its rules against OpenSSH's tables."""
        self.problems: list[Problem] = []

    def wrong(self, keys: Keys, text: str) -> None:
        self.problems.append(Problem(self.path, self.node.position_of(keys), key_name(keys), text))


class _Loading:
    def __init__(self, rules: Mapping[str, LoadedRule], found: bool) -> None:
        self.rules = rules
        self.found = found
        self.count = 0
        self.open: list[str] = []
        """The files that are being read; each extends the next one."""

    def read(self, path: str, by: tuple[_File, Keys] | None, data: bytes | None = None) -> ResolvedPolicy:
        """The file with all that it extends; ``by`` is what extends it, and where, ``data`` its content."""
        self.count += 1
        shipped = by is not None and path in profiles().values()
        file = _File(path, _parsed(path, by, data), shipped=shipped)
        policy = _validated(file)
        self.open.append(os.path.realpath(path))
        extended = [self.extended(name, file, keys) for keys, name in _each(policy.extend, "extend")]
        self.open.pop()
        own = {name: rule for each in extended for name, rule in each.own.items()}
        own.update(self.own_rules(policy, file))
        paths = {name: path for each in extended for name, path in each.paths.items()}
        paths.update(read_network_paths(policy.paths, path, file.wrong))
        _check_names(policy, file, {**self.rules, **own}, paths)
        guides = tuple(guide for each in extended for guide in each.guides)
        if policy.guide:
            name = next((name for name, shipped in profiles().items() if shipped == path), policy.guide.name)
            guides += (read_guide(policy.guide, name, {**self.rules, **own}, file.wrong),)
        if file.problems:
            raise InvalidPolicy(sorted(file.problems, key=lambda problem: problem.position))
        layers = [layer for each in extended for layer in each.all_layers]
        layers += policy_layers(policy, path, {**self.rules, **own}, paths)
        excludes = policy_excludes(policy, path, [each.excludes for each in extended])
        return ResolvedPolicy(path, own, tuple(layers), paths, excludes, guides)

    def extended(self, name: str, file: _File, keys: Keys) -> ResolvedPolicy:
        path = _path_of(name, file.path)
        if path is None:
            file.wrong(keys, f"{no_such_name('profile', name)}; {suggestion('profile', name, profiles())}")
        elif os.path.realpath(path) in self.open:
            file.wrong(keys, f"{name} extends this file, in turn")
        elif self.count >= MAX_POLICY_FILES:
            file.wrong(keys, f"more than {MAX_POLICY_FILES} files are extended")
        elif self.found and path not in profiles().values() and (why := _why(path)):
            file.wrong(keys, f"{why}, so --policy must name this file")
        if file.problems or path is None:
            raise InvalidPolicy(file.problems)
        return self.read(path, (file, keys))

    def own_rules(self, policy: Policy, file: _File) -> dict[str, LoadedRule]:
        found: dict[str, LoadedRule] = {}
        for number, rule in enumerate(policy.own):
            wrong = [] if file.shipped else list(own_rule_problems(rule))
            if rule.id in self.rules or rule.id in found or rule.id in group_names(self.rules):
                wrong.append(("id", f"{rule.id} is the name of another rule or group"))
            for key, text in wrong:
                file.wrong(("own", number, key) if key else ("own", number), text)
            if not wrong:
                rule.references += references_to(rule.id, policy.guide)
                found[rule.id] = load_own_rule(rule, file.path, self.rules)
        return found


def _why(path: str) -> str:
    return why_untrusted(path) if os.path.lexists(path) else ""


def _path_of(name: str, policy: str) -> str | None:
    """The file that ``extend: name`` in ``policy`` means; None for an unknown profile."""
    if name.endswith((".yaml", ".yml", ".toml")):
        return os.path.join(os.path.dirname(policy), name)
    return profiles().get(name)


def _parsed(path: str, by: tuple[_File, Keys] | None, data: bytes | None) -> Node:
    try:
        parse = parse_toml if path.endswith(".toml") else parse_yaml
        return parse(read_regular_file(path) if data is None else data)
    except PolicySyntaxError as error:
        raise InvalidPolicy([Problem(path, error.position, "", error.sentence)]) from None
    except (OSError, UnreadableFile) as error:
        reason = f"can't read the policy {path}: {getattr(error, 'strerror', None) or error}"
        if by is None:
            hint = f"--profile {path} is the profile of that name" if path in profiles() else ""
            raise SshkeepError(reason, hint) from None
        file, keys = by
        raise InvalidPolicy(
            [Problem(file.path, file.node.position_of(keys), key_name(keys), reason)]
        ) from None


def _validated(file: _File) -> Policy:
    data = file.node.plain()
    try:
        return Policy.model_validate({} if data is None else data)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            file.wrong(each["loc"], describe_validation_error(each, _keys_at(each["loc"])))
        raise InvalidPolicy(sorted(file.problems, key=lambda problem: problem.position)) from None


def _keys_at(keys: Keys) -> list[str]:
    """The keys that are allowed at the place of the last of ``keys``."""
    model: type[BaseModel] = Policy
    for key in keys[:-1]:
        model = _INSIDE.get(str(key), model)
    return list(model.model_fields)


def _inside() -> dict[str, type[BaseModel]]:
    from sshkeep.policy.model import (
        Override,
        OwnPath,
        PolicyControl,
        PolicyDocument,
        PolicyGuide,
        PolicySuppressions,
    )

    return {
        "own": PolicyOwnRule,
        "paths": OwnPath,
        "overrides": Override,
        "suppressions": PolicySuppressions,
        "guide": PolicyGuide,
        "documents": PolicyDocument,
        "controls": PolicyControl,
    }


_INSIDE = _inside()


def _each(values: Sequence[str], key: str) -> Iterator[tuple[Keys, str]]:
    for number, value in enumerate(values):
        yield (key, number), value


def _check_names(
    policy: Policy, file: _File, rules: Mapping[str, LoadedRule], paths: Mapping[str, NetworkPath]
) -> None:
    """Report rules, options, groups, targets and paths that do not exist."""
    sections: list[tuple[Keys, PolicySection]] = [((), policy)]
    sections += [(("overrides", number), each) for number, each in enumerate(policy.overrides)]
    for keys, section in sections:
        check_network_path(section.path, paths, keys, file.wrong)
        for key in ("select", "extend_select", "ignore"):
            for number, name in enumerate(getattr(section, key) or ()):
                if name not in rules and name not in group_names(rules):
                    file.wrong((*keys, key, number), _no_rule(name, rules, "rule and no group"))
        for name, rule in section.rules.items():
            if name not in rules:
                file.wrong((*keys, "rules", name), _no_rule(name, rules, "rule"))
            else:
                _check_options(rule, rules[name], file, (*keys, "rules", name))
        for number, name in enumerate(section.target or ()):
            if problem := _bad_target(name, len(section.target or ())):
                file.wrong((*keys, "target", number), problem)


def _no_rule(name: str, rules: Mapping[str, LoadedRule], what: str) -> str:
    names = [*rules, *(group_names(rules) if what != "rule" else ())]
    return f"{no_such_name(what, name)}; {suggestion(what, name, names)}"


def _bad_target(name: str, count: int) -> str:
    if name == "auto":
        return "auto can't be in a list" if count > 1 else ""
    try:
        target_of(name)
    except SshkeepError as error:
        return str(error)
    return ""


def _check_options(rule: RulePolicy, there: LoadedRule, file: _File, keys: Keys) -> None:
    for name, texts in rule.__pydantic_extra__.items():
        if name not in there.rule.options:
            known = ", ".join(["severity", *there.rule.options])
            file.wrong((*keys, name), f"{there.id} has no option {name}; it has {known}")
        elif isinstance(option_value(texts, there.rule.options[name]), ValueError):
            file.wrong((*keys, name), str(option_value(texts, there.rule.options[name])))
