"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: lint
short_description: Finds problems in the sshd_config or ssh_config of a host
version_added: 0.2.0
description:
  - Reads a config of the host with all that it includes, as the OpenSSH of that host does, and returns what is wrong with it.
  - Nothing is changed on the host.
options:
  fail_on:
    description: The task fails if there is a finding of this severity or above.
    type: str
    choices: [never, info, warning, error]
    default: never
extends_documentation_fragment:
  - sshkeep.openssh.host_config
  - sshkeep.openssh.rule_selection
seealso:
  - module: sshkeep.openssh.fix
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Find all problems of sshd's config
  sshkeep.openssh.lint:
  register: found

- name: Stop where idle sessions will die
  sshkeep.openssh.lint:
    select: [keepalive]
    fail_on: warning
"""

RETURN = r"""
findings:
  description: What is wrong, in the order of the files. Lines and columns count from 1.
  returned: always
  type: list
  elements: dict
  sample:
    - rule: client-alive-interval
      severity: warning
      message: sshd never probes an idle client
      file: /etc/ssh/sshd_config
      line: 18
      column: 1
summary:
  description: How many findings of each severity, and how many can be fixed.
  returned: always
  type: dict
target:
  description: What the config was read for.
  returned: always
  type: str
  sample: debian-12
files:
  description: The files that were read.
  returned: always
  type: list
  elements: str
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
