"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: audit
short_description: Audits the sshd_config or ssh_config of a host against the guide of a profile
version_added: 0.2.0
description:
  - Reads a config of the host with all that it includes, as the OpenSSH of that host does, and returns what becomes of each control
    of the guide.
  - Nothing is changed on the host. The task does not fail if a control does.
options:
  profile:
    description: The guide, one of C(sshkeep profiles).
    type: str
    default: cis
extends_documentation_fragment:
  - sshkeep.openssh.host_config
seealso:
  - module: sshkeep.openssh.lint
  - plugin: sshkeep.openssh.audit_html
    plugin_type: filter
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Find out which controls pass
  sshkeep.openssh.audit:
    profile: cis
  register: audited

- name: Write one page about all hosts
  ansible.builtin.copy:
    content: "{{ dict(ansible_play_hosts_all | zip(ansible_play_hosts_all | map('extract', hostvars, 'audited'))) |
      sshkeep.openssh.audit_html }}"
    dest: "{{ lookup('env', 'PWD') }}/audit.html"
    mode: "0600"
  run_once: true
  delegate_to: localhost
"""

RETURN = r"""
profile:
  description: The profile.
  returned: always
  type: str
  sample: cis
guide:
  description: The name of its guide.
  returned: always
  type: str
configs:
  description: The config, with the files that were read, their SHA-256, and all controls, as C(sshkeep audit --format json) has them.
  returned: always
  type: list
  elements: dict
summary:
  description: How many controls pass, fail, are waived, do not apply, and are not checked.
  returned: always
  type: dict
  sample: {passed: 14, fail: 3, waived: 1, not_applicable: 0, not_checked: 2}
picture:
  description: What becomes of an idle session, as SVG. It is empty where that can't be said.
  returned: always
  type: str
made:
  description: When it was made.
  returned: always
  type: str
  sample: "2026-11-29T08:00:00Z"
made_by:
  description: The user and the name of the controller.
  returned: always
  type: str
sshkeep:
  description: The version of sshkeep on the controller.
  returned: always
  type: str
errors:
  description: What could not be read, a sentence each.
  returned: always
  type: list
  elements: str
notes:
  description: What else there is to know about the files.
  returned: always
  type: list
  elements: str
"""
