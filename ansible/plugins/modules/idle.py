"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: idle
short_description: Predicts whether an idle SSH session to a host survives
version_added: 0.2.0
description:
  - Predicts what becomes of an idle session between the host's sshd and a client, on a path that forgets idle sessions.
  - The client is the controller, or another machine such as a jump host, whose keepalive settings are named.
  - Nothing is changed on the host.
options:
  client:
    description: The client's config on the controller. Without it, it is that of the user who runs Ansible.
    type: path
  client_settings:
    description: The settings of another client, by keywords, as M(sshkeep.openssh.effective) returns them there.
    type: dict
  client_target:
    description: The OpenSSH of the client.
    type: str
    default: auto
  host:
    description: The host that the client asks for. Without it, it is C(ansible_host).
    type: str
  network_path:
    description: What is between client and host; C(sshkeep idle --list-paths) lists them. Without it, it is the common ones.
    type: str
  path_timeout:
    description: The seconds after which it forgets an idle session, instead of O(network_path).
    type: float
  fail_when_lost:
    description: Whether the task fails if the session is lost, or may be.
    type: bool
    default: false
extends_documentation_fragment:
  - sshkeep.openssh.host_config
seealso:
  - module: sshkeep.openssh.keepalive
  - module: sshkeep.openssh.effective
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Does my session to this host survive the NAT gateway?
  sshkeep.openssh.idle:
    network_path: aws-nat-gateway
    fail_when_lost: true
"""

RETURN = r"""
paths:
  description: The verdict for each path, and when it comes about, in seconds.
  returned: success
  type: list
  elements: dict
lost:
  description: Whether the session is lost on a path, or may be.
  returned: success
  type: bool
server:
  description: The host's end, its settings and the lines that set them.
  returned: success
  type: dict
client:
  description: The client's end.
  returned: success
  type: dict
advice:
  description: What would help.
  returned: success
  type: list
  elements: dict
findings:
  description: Problems that only show in both configs together.
  returned: success
  type: list
  elements: dict
clocks:
  description: Other timeouts of sshd and ssh.
  returned: success
  type: list
  elements: dict
notes:
  description: What was assumed.
  returned: success
  type: list
  elements: str
"""
