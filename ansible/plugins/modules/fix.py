"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: fix
short_description: Fixes problems in the sshd_config or ssh_config of a host
version_added: 0.2.0
description:
  - Fixes what M(sshkeep.openssh.lint) finds, so that each fix takes effect and no other setting changes.
options:
  unsafe:
    description: Also makes the fixes that may change who gets in, or what a line means.
    type: bool
    default: false
extends_documentation_fragment:
  - sshkeep.openssh.host_config
  - sshkeep.openssh.rule_selection
  - sshkeep.openssh.written_config
seealso:
  - module: sshkeep.openssh.lint
  - module: sshkeep.openssh.reload
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Fix all that is about keepalive
  sshkeep.openssh.fix:
    select: [keepalive]
  notify: Reload sshd
"""

RETURN = r"""
fixed:
  description: The findings that are fixed.
  returned: success
  type: list
  elements: dict
left:
  description: The findings that are left.
  returned: success
  type: list
  elements: dict
files:
  description: The files that change.
  returned: success
  type: list
  elements: str
  sample: [/etc/ssh/sshd_config]
asked:
  description: What the OpenSSH of the host said about the new files, or why it was not asked; empty where nothing changes.
  returned: success
  type: str
  sample: "/usr/sbin/sshd -t accepts it, with the new files mounted over the old ones, for sshd only"
proven:
  description: What holds as before, and what comes along, a sentence each.
  returned: success
  type: list
  elements: str
notes:
  description: What else there is to know, a sentence each.
  returned: success
  type: list
  elements: str
target:
  description: What the config was read for.
  returned: success
  type: str
  sample: debian-12
"""
