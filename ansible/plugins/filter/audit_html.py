"""One page about the audits of many hosts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from ansible.errors import AnsibleFilterError

DOCUMENTATION = r"""
---
name: audit_html
short_description: Makes one HTML page of the audits of many hosts
version_added: 0.2.0
description:
  - The page is that of C(sshkeep audit --format html). It needs nothing else, and loads nothing.
  - Hosts whose files are equal, and read by the same release, are one part of the page. A host that could not be read is below its errors.
  - The Python of the controller needs C(sshkeep) and C(jinja2), which Ansible has.
positional: _input
options:
  _input:
    description: By host, what M(sshkeep.openssh.audit) registered.
    type: dict
    required: true
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
# audited was registered by sshkeep.openssh.audit
- name: Make a page of all hosts
  ansible.builtin.set_fact:
    page: "{{ dict(ansible_play_hosts_all | zip(ansible_play_hosts_all | map('extract', hostvars, 'audited'))) |
      sshkeep.openssh.audit_html }}"
"""

RETURN = r"""
_value:
  description: The page.
  type: str
"""

try:
    from pydantic import TypeAdapter

    from sshkeep.output.audit.html import html_text
    from sshkeep.output.audit.json_report import AuditConfig, AuditReport, AuditSummary
except ImportError as error:
    MISSING: ImportError | None = error
else:
    MISSING = None

Result = dict[str, Any]
"""What `sshkeep.openssh.audit` returns."""


def audit_html(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The page; ``results`` by host."""
    if MISSING:
        raise AnsibleFilterError(f"the controller's Python has no sshkeep of a release that fits ({MISSING})")
    if not isinstance(results, Mapping) or not all(isinstance(each, Mapping) for each in results.values()):
        raise AnsibleFilterError(
            "audit_html wants a dictionary: by host, what sshkeep.openssh.audit registered"
        )
    # What Ansible keeps beside each text is of no use here.
    plain: dict[str, Result] = json.loads(json.dumps(results))
    audited = {host: each for host, each in plain.items() if each.get("configs")}
    parts = _parts(audited)
    report = AuditReport(
        profile=_common(audited, "profile"),
        guide=_common(audited, "guide") or "no host could be read",
        made=datetime.now(timezone.utc).replace(microsecond=0),
        made_by=_common(audited, "made_by"),
        sshkeep=_common(audited, "sshkeep"),
        configs=[config for config, _unused in parts],
        summary=_sum([each["summary"] for each in audited.values()]),
        errors=[
            f"{host}: {each.get('msg', 'was not audited')}"
            for host, each in plain.items()
            if host not in audited
        ],
        notes=[f"{host}: {note}" for host, each in audited.items() for note in each["notes"]],
        exit_code=0,
    )
    return html_text(report, [picture for _unused, picture in parts])


def _sum(summaries: Sequence[Mapping[str, int]]) -> AuditSummary:
    return AuditSummary(**{name: sum(each[name] for each in summaries) for name in AuditSummary._fields})


def _parts(audited: Mapping[str, Result]) -> list[tuple[AuditConfig, str]]:
    """A config for all hosts that have it, and its picture."""
    hosts: dict[str, list[str]] = {}
    for host, each in audited.items():
        hosts.setdefault(json.dumps([each["configs"], each["picture"]]), []).append(host)
    return [
        (config._replace(name=f"{config.name} of {', '.join(names)}"), picture)
        for text, names in hosts.items()
        for configs, picture in [json.loads(text)]
        for config in TypeAdapter(list[AuditConfig]).validate_python(configs)
    ]


def _common(audited: Mapping[str, Result], name: str) -> str:
    return ", ".join(dict.fromkeys(each[name] for each in audited.values()))


class FilterModule:
    """The filters of this file, for Ansible."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"audit_html": audit_html}
