"""The documentation of the action plugin of this name."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: keepalive
short_description: Lets idle SSH sessions survive NATs and firewalls
version_added: 0.2.0
description:
  - Sets C(ClientAliveInterval) of sshd, or C(ServerAliveInterval) of ssh, so that a probe is sent before the network forgets the
    session. sshd 9.2 to 9.4 double the interval, and get half of it.
  - A value that is good enough stays as it is, unless O(interval) names one.
options:
  interval:
    description: Seconds from one probe to the next. Without it, it follows from the network; 60 at most.
    type: int
  count:
    description:
      - How many probes go unanswered before the session is ended.
      - Without it, the value in effect stays, unless it is 0 and the release ends sessions for that.
    type: int
  network_path:
    description: What is between client and host, such as V(azure-load-balancer); C(sshkeep idle --list-paths) lists them.
    type: str
  path_timeout:
    description: The seconds after which it forgets an idle session, instead of O(network_path).
    type: float
  host:
    description: For an ssh_config, the host whose values in effect are looked at.
    type: str
extends_documentation_fragment:
  - sshkeep.openssh.host_config
  - sshkeep.openssh.drop_in
  - sshkeep.openssh.written_config
seealso:
  - module: sshkeep.openssh.idle
  - module: sshkeep.openssh.reload
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Sessions that survive the load balancer of Azure
  sshkeep.openssh.keepalive:
    network_path: azure-load-balancer
  notify: Reload sshd
"""

RETURN = r"""
values:
  description: The interval and the count, by their keywords, as they are then in effect.
  returned: success
  type: dict
  sample: {"ClientAliveInterval": 30, "ClientAliveCountMax": 3}
spacing:
  description: Seconds from one probe to the next.
  returned: success
  type: int
  sample: 60
disconnects_after:
  description: Seconds of silence after which a peer that does not answer is disconnected; null for never.
  returned: success
  type: int
  sample: 240
settings:
  description: The keywords that change, with their values.
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
