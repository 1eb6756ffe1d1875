"""What all action plugins of the collection do: read the arguments, gather the host's tree, evaluate it."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import yaml
from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ..doc_fragments import drop_in, host_config, rule_selection, written_config
from .answers import evaluated
from .gather import MISSING, Gathered, Wanted, gather

try:
    from sshkeep import SshkeepError
    from sshkeep.trees.kind import kind_by_name
except ImportError:  # MISSING says so
    pass

Data = dict[str, Any]
FRAGMENTS = {
    f"sshkeep.openssh.{module.__name__.rpartition('.')[2]}": module.ModuleDocFragment.DOCUMENTATION
    for module in (drop_in, host_config, rule_selection, written_config)
}


def arguments_of(documentation: str) -> Data:
    """The argument spec that a module's documentation describes, with the fragments that it extends."""
    module = yaml.safe_load(documentation)
    options: Data = {}
    for name in module["extends_documentation_fragment"]:
        options.update(yaml.safe_load(FRAGMENTS[name])["options"])
    return _spec({**options, **module["options"]})


def _spec(options: Data) -> Data:
    described = ("description", "version_added", "suboptions")
    return {
        name: {
            **{key: value for key, value in option.items() if key not in described},
            **({"options": _spec(option["suboptions"])} if "suboptions" in option else {}),
        }
        for name, option in options.items()
    }


class HostConfigAction(ActionBase):  # type: ignore[misc]
    """An action on one config of a host. A module of the same name has its documentation."""

    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    ARGUMENTS: ClassVar[Data] = {}

    def run(self, tmp: str | None = None, task_vars: Data | None = None) -> Data:
        result: Data = super().run(tmp, task_vars)
        if MISSING:
            raise AnsibleActionFail(
                f"the controller's Python has no sshkeep of a release that fits ({MISSING}); "
                "install it where ansible-core is: python3 -m pip install sshkeep"
            )
        _unused, arguments = self.validate_argument_spec(self.ARGUMENTS)
        try:
            result.update(changed=False)
            result.update(self.act(arguments, task_vars or {}))
        except SshkeepError as error:
            raise AnsibleActionFail(self._by_arguments(str(error))) from None
        finally:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _by_arguments(self, message: str) -> str:
        """The message with the names of arguments in place of the command's options."""

        def named(option: re.Match[str]) -> str:
            name = option[1].replace("-", "_")
            return name if name in self.ARGUMENTS else option[0]

        return re.sub(r"--([a-z]+(?:-[a-z]+)*)", named, message)

    @abstractmethod
    def act(self, arguments: Data, task_vars: Data) -> Data:
        """What a subclass does; the result of the task."""

    def gathered(self, arguments: Data, user: str = "") -> Gathered:
        """The tree of the config that the arguments name."""
        path = arguments["path"]
        if path and not path.startswith(("/", "~/")):
            raise AnsibleActionFail(f"{path} is a relative path; write it from / or ~/ on")
        kind = arguments["kind"] or (kind_by_name(path) if path else None) or "sshd_config"
        return gather(
            lambda script: self._low_level_execute_command(script, encoding_errors="surrogateescape"),
            Wanted(kind, path or f"/etc/ssh/{kind}", arguments["target"], user),
        )

    def evaluated(self, operation: str, gathered: Gathered, options: Mapping[str, Any]) -> Data:
        """The library's answer."""
        data: Data = evaluated(operation, gathered, options)
        return data
