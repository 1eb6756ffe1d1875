"""The options that all modules of the collection have."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  path:
    description:
      - The config on the host. C(~/) is the home of the remote user,
        or of the user of C(become_user).
      - Without it, it is C(/etc/ssh/sshd_config), or C(/etc/ssh/ssh_config) if O(kind=ssh_config). Where the host has it in
        C(/usr/etc/ssh) only, it is that one.
    type: str
  kind:
    description:
      - The language of the config. Without it, the name of the file says it.
    type: str
    choices: [sshd_config, ssh_config]
  target:
    description:
      - What reads the config. V(auto) is the OpenSSH that the host has, with the patches of its distribution.
      - Other values are those of C(sshkeep targets), such as V(debian-12), V(rhel-9) or V(openssh-9.2).
    type: str
    default: auto
notes:
  - The Python of the controller needs C(sshkeep). A host needs OpenSSH and a POSIX shell; where files are written, also the Python
    that Ansible needs there.
  - All files that the config includes are fetched, up to 4 MiB. A private key is never fetched.
  - No command that a config names is run, and no host name is looked up.
"""
