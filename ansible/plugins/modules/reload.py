"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: reload
short_description: Reloads sshd on trial, and takes the change back if the host does not answer
version_added: 0.2.0
description:
  - Lets sshd read its files again, if they were changed since it has read them and C(sshd -t) accepts them.
  - A change that the modules of this collection wrote is on trial. A timer on the host is started, sshd is reloaded, the connection of
    Ansible is closed and made anew through the reloaded sshd, and only then the change is confirmed. Else the host takes the change
    back by itself, reloads sshd or starts it, and the task fails.
  - So a trial needs a connection that goes through this sshd. Over another one, as with C(connection=local), use I(confirm=0).
  - With C(serial) and C(max_fail_percentage) a rollout stops at the first host.
  - In check mode it says whether sshd has to read its files as they are now. What other tasks only show in check mode is not in them.
options:
  confirm:
    description:
      - Seconds until the host takes the change back, at least 4. 0 means that there is no trial.
      - What was changed by other means than this collection can't be taken back; sshd is then reloaded without a trial.
    type: int
    default: 60
  force:
    description: Reloads sshd also if it has read its files since they were changed.
    type: bool
    default: false
  command:
    description: The shell command that reloads sshd, where neither systemd, a signal nor an init script does.
    type: str
extends_documentation_fragment:
  - sshkeep.openssh.host_config
seealso:
  - module: sshkeep.openssh.setting
  - module: sshkeep.openssh.keepalive
  - module: sshkeep.openssh.fix
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Change all servers, one after the other
  hosts: all
  become: true
  serial: 1
  max_fail_percentage: 0
  tasks:
    - name: No passwords
      sshkeep.openssh.setting:
        keyword: PasswordAuthentication
        value: false
      notify: Reload sshd
  handlers:
    - name: Reload sshd
      sshkeep.openssh.reload:
        confirm: 60
"""

RETURN = r"""
files:
  description: The files that are on trial.
  returned: always
  type: list
  elements: str
trial:
  description: Whether there was a trial.
  returned: always
  type: bool
confirmed:
  description: Whether a new connection confirmed it.
  returned: always
  type: bool
taken_back:
  description: Whether the host took the whole change back.
  returned: always
  type: bool
log:
  description: What was done and seen, a sentence each.
  returned: always
  type: list
  elements: str
state:
  description: What became of a change that was not confirmed.
  returned: if it was not confirmed
  type: str
"""
