"""``sshkeep.yaml``: what an organisation wants of the rules; so far targets, selection and rules' options.

target: debian-12
ignore: [keep-alive]
rules:
  client-alive-interval: {severity: error, seconds: 30}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sshkeep.config.files import Unreadable, read_regular
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import Wish
from sshkeep.openssh.targets import target_of


class RulePolicy(BaseModel):
    """One rule's severity; every other key is one of the rule's options."""

    model_config = ConfigDict(extra="allow", strict=True)
    __pydantic_extra__: dict[str, int]
    severity: Literal["error", "warning", "info"] | None = None


class Policy(BaseModel):
    """The whole file. The command line beats it where both speak."""

    model_config = ConfigDict(extra="forbid", strict=True)
    target: str = "auto"
    select: list[str] = []
    extend_select: list[str] = []
    ignore: list[str] = []
    rules: dict[str, RulePolicy] = {}

    def wishes(self) -> dict[str, Wish]:
        """Rule id to what is wished of it."""
        return {
            name: Wish(rule.severity or "", dict(rule.__pydantic_extra__))
            for name, rule in self.rules.items()
        }


def load_policy(path: str) -> Policy:
    """The policy in ``path``. Raises SshkeepError that names file, line, column and key."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        data = YAML(typ="rt").load(read_regular(path).decode("utf-8"))
    except (OSError, Unreadable) as error:
        raise SshkeepError(
            f"can't read the policy {path}: {getattr(error, 'strerror', None) or error}"
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise SshkeepError(f"{path}{place}: {error.problem}") from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise SshkeepError(f"{path}: {error}") from None
    try:
        policy = Policy.model_validate({} if data is None else _plain(data))
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(path, data, first["loc"], first["msg"]) from None
    _check_names(policy, path, data)
    return policy


def _plain(value: Any) -> Any:
    """Plain dicts, lists and scalars, without ruamel's marks, which pydantic's strict mode refuses."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _check_names(policy: Policy, path: str, data: Any) -> None:
    """Rules, their options, and the target must exist."""
    rules = all_rules()
    for name, rule in policy.rules.items():
        if name not in rules:
            raise _wrong(path, data, ("rules", name), f"no rule is called {name}")
        for option in rule.__pydantic_extra__:
            if option not in rules[name].rule.options:
                known = ", ".join(["severity", *rules[name].rule.options])
                raise _wrong(
                    path, data, ("rules", name, option), f"{name} has no option {option}; it has {known}"
                )
            if rule.__pydantic_extra__[option] < 1:
                raise _wrong(path, data, ("rules", name, option), f"{option} must be 1 or more")
    if policy.target != "auto":
        try:
            target_of(policy.target)
        except SshkeepError as error:
            raise _wrong(path, data, ("target",), str(error)) from None


def _wrong(path: str, data: Any, keys: Sequence[Any], message: str) -> SshkeepError:
    """The error at the innermost of ``keys`` that the file's marks know."""
    line, column = 0, 0
    for key in keys:
        if not isinstance(data, Mapping | list) or (isinstance(data, Mapping) and key not in data):
            break
        line, column = data.lc.key(key) if isinstance(data, Mapping) else data.lc.item(key)  # type: ignore[attr-defined]
        data = data[key]
    name = ".".join(map(str, keys))
    return SshkeepError(f"{path}:{line + 1}:{column + 1}: {name}: {message[:1].lower()}{message[1:]}")
