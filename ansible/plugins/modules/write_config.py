#!/usr/bin/python
"""Write files of an OpenSSH config together, once the host's OpenSSH has accepted all of them."""

# This runs on hosts with Python 3.6 to 3.14.

DOCUMENTATION = r"""
---
module: write_config
short_description: Writes files of an OpenSSH config, if the OpenSSH of the host accepts them
version_added: 0.2.0
description:
  - The modules M(sshkeep.openssh.setting), M(sshkeep.openssh.keepalive) and M(sshkeep.openssh.fix) use it; it is not for playbooks.
  - C(sshd -t) reads the new files in place of the old ones, in a mount namespace of its own, or else a private copy of them all.
    Only then each file is replaced by one rename, all of them or none. Mode, owner, ACL and SELinux context stay.
  - A symbolic link is followed if no other user could have made it.
  - The files that were replaced are kept in C(/var/lib/sshkeep/ansible) until sshd has read the new ones, so that
    M(sshkeep.openssh.reload) can take the change back.
options:
  files:
    description: The files to write.
    type: list
    elements: dict
    required: true
    suboptions:
      path:
        description: Where it is.
        type: str
        required: true
      before:
        description: The SHA-256 of what is there now, in hexadecimal digits; empty for no file.
        type: str
        required: true
      after:
        description: The new content in base64; without it, the file is removed.
        type: str
  kind:
    description: The language of the files.
    type: str
    choices: [sshd_config, ssh_config]
    required: true
  top:
    description: The file that OpenSSH opens by itself.
    type: str
    required: true
  ask:
    description: Whether the OpenSSH of the host has to accept the files.
    type: bool
    default: true
  copies:
    description:
      - The whole tree by paths below C(/sshkeep-copy), in base64, with Includes that lead there, and the path of its top file.
      - Without it, the files are mounted over the old ones.
    type: dict
    default: {}
  copied_top:
    description: The top file of the copy.
    type: str
    default: ""
  other_errors:
    description: How a message of sshd begins that is not about the config.
    type: list
    elements: str
    default: []
author:
  - The sshkeep maintainers (@sshkeep)
"""

EXAMPLES = r"""
- name: Use this instead
  sshkeep.openssh.setting:
    keyword: PermitRootLogin
    value: prohibit-password
"""

RETURN = r"""
asked:
  description: What the OpenSSH of the host said, a sentence.
  returned: always
  type: str
  sample: "/usr/sbin/sshd -t accepts it, with the new files mounted over the old ones, for sshd only"
refused:
  description: The last line of OpenSSH's message, where it refuses the config before and after the change.
  returned: always
  type: str
needs_copy:
  description: The files can't be mounted over the old ones here, so that C(copies) is needed. Nothing was written.
  returned: always
  type: bool
"""

import base64
import os
import shutil
import signal
import tempfile

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.sshkeep.openssh.plugins.module_utils.host_openssh import NoOverlay, ask_openssh
from ansible_collections.sshkeep.openssh.plugins.module_utils.place import WriteRefused, others_may_add
from ansible_collections.sshkeep.openssh.plugins.module_utils.replacement import (
    HalfWritten,
    Replacement,
    check_ownership,
    write_all,
)
from ansible_collections.sshkeep.openssh.plugins.module_utils.unloaded import (
    RUNNING,
    STATE,
    remember,
    wait_for_others,
)

FILES = {
    "path": {"type": "str", "required": True},
    "before": {"type": "str", "required": True},
    "after": {"type": "str", "no_log": True},
}
ARGUMENTS = {
    "files": {"type": "list", "elements": "dict", "required": True, "options": FILES},
    "kind": {"type": "str", "choices": ["sshd_config", "ssh_config"], "required": True},
    "top": {"type": "str", "required": True},
    "ask": {"type": "bool", "default": True},
    "copies": {"type": "dict", "default": {}, "no_log": True},
    "copied_top": {"type": "str", "default": ""},
    "other_errors": {"type": "list", "elements": "str", "default": []},
}


def main():
    module = AnsibleModule(argument_spec=ARGUMENTS, supports_check_mode=True)
    for number in (signal.SIGHUP, signal.SIGTERM):  # as when the connection breaks: what follows is undone
        signal.signal(number, lambda *_: module.exit_json(failed=True, msg="interrupted"))
    # In Ansible's folder; there is none where the module came by a pipe, and `module.tmpdir` would make one.
    folder = tempfile.mkdtemp(prefix="sshkeep-", dir=module._tmpdir)
    made = []
    try:
        asked, refused = write(module, folder, made)
    except NoOverlay:
        module.exit_json(changed=False, needs_copy=True, asked="", refused="")
    except HalfWritten as error:
        module.fail_json(msg=str(error))
    except (WriteRefused, OSError) as error:
        module.fail_json(msg="nothing was written: %s" % error)
    finally:
        for path in reversed(made):
            os.rmdir(path)
        shutil.rmtree(folder, ignore_errors=True)
    removed = remove_ansibles_folder(module)
    module.exit_json(
        changed=True, needs_copy=False, asked=asked, refused=refused, _ansible_suppress_tmpdir_delete=removed
    )


def write(module, folder, made):
    """What OpenSSH said, as `ask_openssh` has it; ``made`` gets the folders that were made for nothing."""
    top = module.params["top"]
    running = os.geteuid() == 0 and of_running_sshd(module.params)
    if running and not module.check_mode:
        wait_for_others()
    if running and any(os.path.exists(STATE + name) for name in ("/trial", "/taking_back")):
        raise WriteRefused("another change is on trial; sshkeep.openssh.reload ends one that was cut off")
    replacements = []
    for file in module.params["files"]:
        after = None if file["after"] is None else base64.b64decode(file["after"])
        each = Replacement(file["path"], file["before"], after, make=not module.check_mode)
        made += each.place.made
        replacements.append(each)
    check_ownership(top, replacements)
    if running:
        check_can_be_taken_back(replacements)
    answer = ask_openssh(module.params, replacements, folder)
    if not module.check_mode:
        forget = remember(replacements) if running else None
        try:
            write_all(replacements)
        except HalfWritten:
            raise
        except BaseException:
            if forget:
                forget()
            raise
    del made[:]
    return answer


def of_running_sshd(params):
    """Whether the change is on trial at the next reload: also that of a drop-in that is named alone."""
    if params["kind"] != "sshd_config":
        return False
    paths = [params["top"]] + [file["path"] for file in params["files"]]
    folders = tuple(os.path.dirname(each) + "/" for each in RUNNING)
    return any(os.path.normpath(path).startswith(folders) for path in paths)


def check_can_be_taken_back(replacements):
    """A trial leaves files alone that others could lead elsewhere meanwhile."""
    for each in replacements:
        if others_may_add(os.fstat(each.place.directory)):
            raise WriteRefused(
                "%s is in a folder that others may write to, so that no trial could take it back" % each.path
            )


def remove_ansibles_folder(module):
    """Whether it is gone: this saves the controller a command. Else Ansible removes it, as always."""
    folder = module._tmpdir
    if folder is None or "ansible-tmp-" not in folder or module._keep_remote_files:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    return not os.path.exists(folder)


if __name__ == "__main__":
    main()
