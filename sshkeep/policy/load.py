"""Reading a policy with all that it extends, down to what applies to one file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ValidationError

from sshkeep.config.files import Unreadable, read_regular
from sshkeep.errors import SshkeepError
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import LoadedRule, Option, Wish
from sshkeep.lint.selection import Layer, groups
from sshkeep.lint.suppression import BAD
from sshkeep.openssh.targets import target_of
from sshkeep.policy.document import BadYaml, Keys, Node, parse
from sshkeep.policy.find import why_untrusted
from sshkeep.policy.model import OwnRule, Policy, RulePolicy, Selection
from sshkeep.policy.own import loaded, problems_of
from sshkeep.policy.paths import check_path, own_paths, with_path
from sshkeep.policy.problems import InvalidPolicy, Problem, in_words, key_name
from sshkeep.policy.ruling import Part, Ruling

MAX_FILES = 50
PROFILES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "profiles")


def load_policy(path: str, rules: Mapping[str, LoadedRule] | None = None, *, found: bool = False) -> Ruling:
    """The policy in ``path``; ``rules`` are those that --rules brings.

    ``found``: nobody named it, so that what it extends must be as trusted as itself. Raises
    InvalidPolicy for what is wrong in it, SshkeepError where it can't be read.
    """
    return _Loading({**all_rules(), **(rules or {})}, found).read(path, None)


def check_text(path: str, data: bytes) -> None:
    """Raises InvalidPolicy where the file ``path`` would be wrong with this content."""
    _Loading(all_rules(), found=False).read(path, None, data)


def profiles() -> dict[str, str]:
    """The paths of the policies that come with sshkeep, by name."""
    names = sorted(name for name in os.listdir(PROFILES) if name.endswith(".yaml"))
    return {name.removesuffix(".yaml"): os.path.join(PROFILES, name) for name in names}


class _File:
    """One file on the way: its text with places, and what is wrong with it."""

    def __init__(self, path: str, node: Node, *, shipped: bool) -> None:
        self.path = path
        self.node = node
        self.shipped = shipped
        """A profile that comes with sshkeep: its rules are held against OpenSSH's tables by a test."""
        self.problems: list[Problem] = []

    def wrong(self, keys: Keys, text: str) -> None:
        self.problems.append(Problem(self.path, self.node.place(keys), key_name(keys), text))


class _Loading:
    def __init__(self, rules: Mapping[str, LoadedRule], found: bool) -> None:
        self.rules = rules
        self.found = found
        self.count = 0
        self.open: list[str] = []
        """The files that are being read, each extended by the one before."""

    def read(self, path: str, by: tuple[_File, Keys] | None, data: bytes | None = None) -> Ruling:
        """The file with what it extends; ``by`` is who extends it, and where; ``data`` its content."""
        self.count += 1
        shipped = by is not None and path in profiles().values()
        file = _File(path, _parsed(path, by, data), shipped=shipped)
        policy = _validated(file)
        self.open.append(os.path.realpath(path))
        rulings = [self.extended(name, file, keys) for keys, name in _each(policy.extend, "extend")]
        self.open.pop()
        own = {name: rule for ruling in rulings for name, rule in ruling.own.items()}
        own.update(self.own_rules(policy.own, file))
        paths = {name: path for ruling in rulings for name, path in ruling.paths.items()}
        paths.update(own_paths(policy.paths, path, file.wrong))
        _check_names(policy, file, {**self.rules, **own}, paths)
        if file.problems:
            raise InvalidPolicy(sorted(file.problems, key=lambda problem: problem.mark))
        parts = [part for ruling in rulings for part in ruling.parts]
        parts += _parts(policy, path, {**self.rules, **own}, paths)
        return Ruling(path, own, tuple(parts), paths)

    def extended(self, name: str, file: _File, keys: Keys) -> Ruling:
        path = _path_of(name, file.path)
        if path is None:
            there = ", ".join(profiles()) or "none yet"
            file.wrong(keys, f"no profile is called {name}: there are {there}; a file ends in .yaml")
        elif os.path.realpath(path) in self.open:
            file.wrong(keys, f"{name} extends this file, in turn")
        elif self.count >= MAX_FILES:
            file.wrong(keys, f"more than {MAX_FILES} files are extended")
        elif self.found and path not in profiles().values() and (why := _why(path)):
            file.wrong(keys, f"{why}, so --policy must name this file")
        if file.problems or path is None:
            raise InvalidPolicy(file.problems)
        return self.read(path, (file, keys))

    def own_rules(self, own: Sequence[OwnRule], file: _File) -> dict[str, LoadedRule]:
        found: dict[str, LoadedRule] = {}
        for number, rule in enumerate(own):
            wrong = [] if file.shipped else list(problems_of(rule))
            if rule.id in self.rules or rule.id in found or rule.id in groups(self.rules):
                wrong.append(("id", f"{rule.id} is the name of another rule or group"))
            for key, text in wrong:
                file.wrong(("own", number, key) if key else ("own", number), text)
            if not wrong:
                found[rule.id] = loaded(rule, file.path, self.rules)
        return found


def _why(path: str) -> str:
    return why_untrusted(path) if os.path.lexists(path) else ""


def _path_of(name: str, policy: str) -> str | None:
    """The file that ``extend: name`` means in ``policy``."""
    if name.endswith((".yaml", ".yml")):
        return os.path.join(os.path.dirname(policy), name)
    return profiles().get(name)


def _parsed(path: str, by: tuple[_File, Keys] | None, data: bytes | None) -> Node:
    try:
        return parse(read_regular(path) if data is None else data)
    except BadYaml as error:
        raise InvalidPolicy([Problem(path, error.mark, "", error.sentence)]) from None
    except (OSError, Unreadable) as error:
        reason = f"can't read the policy {path}: {getattr(error, 'strerror', None) or error}"
        if by is None:
            raise SshkeepError(reason) from None
        file, keys = by
        raise InvalidPolicy([Problem(file.path, file.node.place(keys), key_name(keys), reason)]) from None


def _validated(file: _File) -> Policy:
    data = file.node.plain()
    try:
        return Policy.model_validate({} if data is None else data)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            file.wrong(each["loc"], in_words(each, _keys_at(each["loc"])))
        raise InvalidPolicy(sorted(file.problems, key=lambda problem: problem.mark)) from None


def _keys_at(keys: Keys) -> list[str]:
    """The keys that may stand where the last of ``keys`` does."""
    model: type[BaseModel] = Policy
    for key in keys[:-1]:
        model = _INSIDE.get(str(key), model)
    return list(model.model_fields)


def _inside() -> dict[str, type[BaseModel]]:
    from sshkeep.policy.model import Override, OwnPath, Suppressions

    return {"own": OwnRule, "paths": OwnPath, "overrides": Override, "suppressions": Suppressions}


_INSIDE = _inside()


def _each(values: Sequence[str], key: str) -> Iterator[tuple[Keys, str]]:
    for number, value in enumerate(values):
        yield (key, number), value


def _check_names(
    policy: Policy, file: _File, rules: Mapping[str, LoadedRule], paths: Mapping[str, NetworkPath]
) -> None:
    """Rules, their options, groups, targets and paths must be there."""
    sections: list[tuple[Keys, Selection]] = [((), policy)]
    sections += [(("overrides", number), each) for number, each in enumerate(policy.overrides)]
    for keys, section in sections:
        check_path(section.path, paths, keys, file.wrong)
        for key in ("select", "extend_select", "ignore"):
            for number, name in enumerate(getattr(section, key) or ()):
                if name not in rules and name not in groups(rules):
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
    from difflib import get_close_matches

    close = get_close_matches(name[:60], [*rules, *groups(rules)], 1, 0.7)
    return f"no {what} is called {name}" + (f"; did you mean {close[0]}?" if close else "")


def _bad_target(name: str, count: int) -> str:
    if name == "auto":
        return "auto can't stand in a list" if count > 1 else ""
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
        elif isinstance(_option(texts, there.rule.options[name]), ValueError):
            file.wrong((*keys, name), str(_option(texts, there.rule.options[name])))


def _option(texts: Sequence[str], default: Option) -> Option | ValueError:
    """The option in the type of its default, or what is wrong with it."""
    if isinstance(default, tuple):
        return tuple(texts)
    if len(texts) != 1:
        return ValueError("takes one value")
    if isinstance(default, str):
        return texts[0]
    if not (texts[0].isascii() and texts[0].isdigit() and len(texts[0]) < 10):
        return ValueError("must be a valid integer")
    return int(texts[0]) if int(texts[0]) > 0 else ValueError("must be 1 or more")


def _parts(
    policy: Policy, path: str, rules: Mapping[str, LoadedRule], paths: Mapping[str, NetworkPath]
) -> Iterator[Part]:
    folder = os.path.dirname(os.path.abspath(path))
    reason: dict[str, Wish] = {}
    if policy.suppressions:
        reason[BAD] = Wish(options={"reason": policy.suppressions.reason})
    part = Part(_layer(policy, rules, reason), tuple(policy.target or ()))
    yield with_path(part, policy.path, paths, rules)
    for override in policy.overrides:
        layer = _layer(override, rules, {})
        part = Part(layer, tuple(override.target or ()), tuple(override.files), folder)
        yield with_path(part, override.path, paths, rules)


def _layer(section: Selection, rules: Mapping[str, LoadedRule], wishes: dict[str, Wish]) -> Layer:
    for name, rule in section.rules.items():
        options = {
            key: value
            for key, texts in rule.__pydantic_extra__.items()
            if not isinstance(value := _option(texts, rules[name].rule.options[key]), ValueError)
        }
        wishes[name] = Wish(rule.severity or "", {**wishes.get(name, Wish()).options, **options})
    return Layer(tuple(section.select or ()), tuple(section.extend_select), tuple(section.ignore), wishes)
