"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: effective
short_description: Returns the settings in effect of sshd or ssh on a host
version_added: 0.2.0
description:
  - Returns what the OpenSSH of the host would use for a connection, and the line that sets each value. The values are also facts.
  - Values of C(SetEnv) may be secrets, so only the names of the variables are returned.
options:
  connection:
    description: For an sshd_config, the connection. The groups of the user are those on the host.
    type: dict
    suboptions:
      user:
        description: Who logs in.
        type: str
      host:
        description: The name of the client.
        type: str
      addr:
        description: The address of the client.
        type: str
      laddr:
        description: The address of the host.
        type: str
      lport:
        description: The port of the host.
        type: int
      rdomain:
        description: The routing domain.
        type: str
  host:
    description: For an ssh_config, the host that the client asks for.
    type: str
  assume_exec:
    description: What commands of C(Match exec) are taken to answer; none is run.
    type: bool
extends_documentation_fragment:
  - sshkeep.openssh.host_config
seealso:
  - module: sshkeep.openssh.lint
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: What holds for root from outside
  sshkeep.openssh.effective:
    connection:
      user: root
      addr: 203.0.113.7

- name: Nobody may log in as root with a password
  ansible.builtin.assert:
    that: sshkeep_sshd_config.permitrootlogin[0] in ["no", "without-password", "forced-commands-only"]
"""

RETURN = r"""
values:
  description: The values in effect by keywords in small letters; each is a list. Also the fact C(sshkeep_sshd_config) or
    C(sshkeep_ssh_config).
  returned: success
  type: dict
  sample: {"clientaliveinterval": ["30"], "port": ["22"]}
settings:
  description: The same with the line that sets each, and the lines that lose.
  returned: success
  type: list
  elements: dict
accepted:
  description: Whether the OpenSSH of the host accepts the config.
  returned: success
  type: bool
refused:
  description: The lines for which it does not.
  returned: success
  type: list
  elements: dict
problems:
  description: Why it would exit when it has read everything.
  returned: success
  type: list
  elements: str
target:
  description: What the config was read for.
  returned: success
  type: str
files:
  description: The files that were read.
  returned: success
  type: list
  elements: str
errors:
  description: What could not be read.
  returned: success
  type: list
  elements: str
"""
