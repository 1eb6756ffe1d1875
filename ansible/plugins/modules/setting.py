"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: setting
short_description: Sets options of sshd_config or ssh_config where they take effect
version_added: 0.2.0
description:
  - Makes an option take effect, wherever its line has to stand, before the line of a drop-in or outside of a Match block; or
    several options as one change.
options:
  keyword:
    description: The keyword of the option.
    type: str
  value:
    description: Its value; a list has the values of several lines, as for C(Port). Not needed if O(state=absent).
    type: raw
  settings:
    description: Several keywords with their values, instead of O(keyword) and O(value).
    type: dict
  state:
    description:
      - V(present) sets the value. V(absent) takes the lines of the option away, so that the default holds.
      - V(added) and V(removed) are for lists such as C(AllowUsers) or C(Ciphers).
    type: str
    choices: [present, absent, added, removed]
    default: present
  in_block:
    description: The line of a Host or Match block, for a setting in that block only.
    type: str
extends_documentation_fragment:
  - sshkeep.openssh.host_config
  - sshkeep.openssh.drop_in
  - sshkeep.openssh.written_config
seealso:
  - module: sshkeep.openssh.keepalive
  - module: sshkeep.openssh.reload
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: No passwords for anyone; before OpenSSH 8.7 the second keyword is ChallengeResponseAuthentication
  sshkeep.openssh.setting:
    settings:
      PasswordAuthentication: false
      KbdInteractiveAuthentication: false
  notify: Reload sshd

- name: Only SFTP for partners
  sshkeep.openssh.setting:
    in_block: Match Group partners
    keyword: ForceCommand
    value: internal-sftp

- name: A keepalive in the config of a user
  become: true
  become_user: ann
  sshkeep.openssh.setting:
    path: ~/.ssh/config
    keyword: ServerAliveInterval
    value: 60
"""

RETURN = r"""
settings:
  description: The keywords with their values, as the lines have them.
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
