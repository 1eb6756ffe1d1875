"""The options of modules that write the files of a config."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  edit_managed:
    description: Also edits what another program writes, where without it a setting is made in the admin's own place.
    type: bool
    default: false
notes:
  - The new files are judged as a whole by the C(sshd -t) or C(ssh -G) of the host before anything is replaced. All files are
    replaced or none. Mode, owner, ACL and SELinux context stay.
  - In check mode nothing is replaced, and the OpenSSH of the host is asked, too.
  - sshd reads the new files after a reload; M(sshkeep.openssh.reload) does that on trial.
"""
