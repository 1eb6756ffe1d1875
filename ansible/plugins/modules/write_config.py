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
import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
from collections import deque

from ansible.module_utils.basic import AnsibleModule

COPY = "/sshkeep-copy"
STATE = "/var/lib/sshkeep/ansible"
UNLOADED = STATE + "/unloaded"
"""What sshd has not read yet: for each file N the old and the new content, and N.path."""
RUNNING = ("/etc/ssh/sshd_config", "/usr/etc/ssh/sshd_config")
"""What the running sshd reads; a trial is about these files and what they include."""
PID_FILES = ("/run/sshd.pid", "/var/run/sshd.pid")
PROGRAMS = {
    "sshd_config": ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd"),
    "ssh_config": ("/usr/bin/ssh", "/usr/local/bin/ssh", "/bin/ssh"),
}
TIME_LIMIT = 20
MAX_LINKS = 40
OPEN_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Refusal(Exception):
    """Why nothing is written."""


class NoOverlay(Exception):
    """The kernel does not let this process mount."""


# Which paths are safe to write to: sshkeep/system/trust.py and safe_path.py have the reasons.


def others_may_add(directory):
    user = os.geteuid()
    if directory.st_uid not in (0, user) or directory.st_mode & stat.S_IWOTH:
        return True
    return user == 0 and bool(directory.st_mode & stat.S_IWGRP) and directory.st_gid != 0


def may_follow(link, directory):
    """Root does not rely on a sticky directory: another user may give root's link a second name there."""
    if link.st_uid not in (0, os.geteuid()):
        return False
    sticky = os.geteuid() != 0 and directory.st_uid in (0, os.geteuid()) and directory.st_mode & stat.S_ISVTX
    return bool(sticky) or not others_may_add(directory)


class Place(object):
    """A name in a directory that is held open, so that what is checked is what is used."""

    def __init__(self, path, make):
        self.asked = path
        self.made = []
        self.way = [os.open("/", OPEN_DIRECTORY)]
        self.names = []
        todo = deque(path.split("/"))
        links = 0
        while True:
            part = todo.popleft()
            if part in ("", "."):
                continue
            if part == "..":
                if len(self.way) > 1:
                    os.close(self.way.pop())
                    self.names.pop()
                continue
            status = self._status(part)
            if status is not None and stat.S_ISLNK(status.st_mode):
                links += 1
                if links > MAX_LINKS or not may_follow(status, os.fstat(self.way[-1])):
                    raise Refusal(
                        "%s: %s is a symbolic link that others could have made" % (path, self._path(part))
                    )
                target = os.readlink(part, dir_fd=self.way[-1])
                if target.startswith("/"):
                    self._to_root()
                todo.extendleft(reversed(target.split("/")))
                continue
            if not any(todo):
                self.name = part
                break
            if status is None:
                if not make:
                    self.name = None  # a folder is missing
                    break
                os.mkdir(part, 0o700 if part == ".ssh" else 0o755, dir_fd=self.way[-1])
                self.made.append(self._path(part))
            self.way.append(os.open(part, OPEN_DIRECTORY, dir_fd=self.way[-1]))
            self.names.append(part)
        self.directory = self.way[-1]
        self.path = self._path(self.name or "")

    def _to_root(self):
        while len(self.way) > 1:
            os.close(self.way.pop())
        self.names = []

    def _path(self, part):
        return "/" + "/".join(self.names + [part])

    def _status(self, part):
        try:
            return os.stat(part, dir_fd=self.way[-1], follow_symlinks=False)
        except FileNotFoundError:
            return None

    def status(self):
        """None for no file."""
        return self._status(self.name) if self.name else None


class Replacement(object):
    """One file, and what becomes of it."""

    def __init__(self, path, before, after, make):
        self.path = path
        self.after = after
        self.place = Place(path, make)
        self.status = self.place.status()
        self.old = None if self.status is None else self._read()
        self.temporary = ".sshkeep-" + base64.b32encode(os.urandom(10)).decode()
        self.begun = False
        found = "" if self.old is None else hashlib.sha256(self.old).hexdigest()
        if found != before:
            raise Refusal("%s was changed while sshkeep looked at it; run the task again" % path)

    def _read(self):
        if not stat.S_ISREG(self.status.st_mode):
            raise Refusal("%s is not a regular file" % self.path)
        if self.status.st_nlink > 1:
            raise Refusal("%s has several names (hard links)" % self.path)
        with os.fdopen(os.open(self.place.name, OPEN_FILE, dir_fd=self.place.directory), "rb") as stream:
            self.status = os.fstat(stream.fileno())
            self.attributes = extended_attributes(stream.fileno())
            return stream.read()

    def prepare(self):
        """Write the new file beside the old one."""
        if self.after is None:
            return
        descriptor = os.open(
            self.temporary,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC,
            0o600,
            dir_fd=self.place.directory,
        )
        with os.fdopen(descriptor, "wb") as stream:
            if self.status is not None:
                keep_attributes(stream.fileno(), self.status, self.attributes)
            else:
                folder = os.fstat(self.place.directory)
                os.fchown(stream.fileno(), folder.st_uid, folder.st_gid)
                os.fchmod(stream.fileno(), 0o600 if folder.st_mode & 0o077 == 0 else 0o644)
            stream.write(self.after)
            stream.flush()
            os.fsync(stream.fileno())

    def put(self):
        """Let it take its place, if that still is what was found."""
        now = self.place.status()
        same = ("st_ino", "st_size", "st_mtime", "st_ctime")
        if [getattr(now, name, None) for name in same] != [getattr(self.status, name, None) for name in same]:
            raise Refusal("%s was changed while it was written" % self.path)
        self.begun = True
        directory = self.place.directory
        if self.after is None:
            os.unlink(self.place.name, dir_fd=directory)
        else:
            os.rename(self.temporary, self.place.name, src_dir_fd=directory, dst_dir_fd=directory)

    def put_back(self):
        """Make the file what it was."""
        if not self.begun:
            return
        self.after, self.begun = self.old, False
        if self.after is None:
            os.unlink(self.place.name, dir_fd=self.place.directory)
            return
        self.prepare()
        directory = self.place.directory
        os.rename(self.temporary, self.place.name, src_dir_fd=directory, dst_dir_fd=directory)

    def discard(self):
        try:
            os.unlink(self.temporary, dir_fd=self.place.directory)
        except FileNotFoundError:
            pass


def extended_attributes(descriptor):
    """With them ACLs and the SELinux context."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        return {name: os.getxattr(descriptor, name) for name in os.listxattr(descriptor)}
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.EOPNOTSUPP):
            return {}
        raise


def keep_attributes(descriptor, status, attributes):
    """Raises OSError where one can't be kept."""
    os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    has = extended_attributes(descriptor)
    for name, value in attributes.items():
        if has.get(name) != value:
            os.setxattr(descriptor, name, value)


def check_ownership(top, replacements):
    """A user decides what their config includes; root's rights are not meant for that."""
    if os.geteuid() != 0 or not os.path.exists(top):
        return
    owner = os.stat(top).st_uid
    for each in replacements:
        other = each.status or os.fstat(each.place.directory)
        if owner != 0 and other.st_uid != owner:
            raise Refusal("%s belongs to another user than %s, which includes it" % (each.path, top))


# Ask the host's OpenSSH.


def run_program(command, enter=None):
    """The exit code, and the last line that it printed."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=enter,
            cwd="/",
            env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"},
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, "no answer within %d s" % TIME_LIMIT
    except subprocess.SubprocessError as error:
        raise NoOverlay(str(error))
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return done.returncode, lines[-1] if lines else ""


def check_command(kind, program, top):
    if kind == "sshd_config":
        return [program, "-t", "-o", "HostKeyAgent=none", "-f", top]
    return [program, "-G", "-F", top, "sshkeep.invalid"]


def mounts_over(replacements, folder):
    """Pairs of a source and the place over which it is bound: files, or a view of a folder for new files."""
    found = []
    new = {}
    for each in replacements:
        if each.old is None or each.after is None:
            place = os.path.dirname(each.place.path) if each.place.name else each.place.path.rstrip("/")
            new.setdefault(place or "/", []).append(each)
    for number, place in enumerate(sorted(new)):
        original, view = os.path.join(folder, "original%d" % number), os.path.join(folder, "view%d" % number)
        os.mkdir(original, 0o700)
        os.mkdir(view, 0o700)
        names = {os.path.join(place, os.path.basename(each.path)): each for each in new[place]}
        for name in os.listdir(place):
            path = os.path.join(place, name)
            if path not in names:
                target = os.path.realpath(path) if os.path.islink(path) else os.path.join(original, name)
                os.symlink(target, os.path.join(view, name))
        for each in new[place]:
            if each.after is not None:
                # Below a folder that is missing, too.
                rest = (
                    os.path.relpath(each.path, place)
                    if not each.place.name
                    else os.path.basename(each.place.path)
                )
                copy = os.path.join(view, rest)
                os.makedirs(os.path.dirname(copy), 0o755, exist_ok=True)
                write_file(copy, each.after)
                copy_label(copy, place)
        like(view, place)
        found += [(place, original), (view, place)]
    for number, each in enumerate(replacements):
        if each.old is not None and each.after is not None:
            copy = os.path.join(folder, "file%d" % number)
            write_file(copy, each.after)
            like(copy, each.place.path)
            found.append((copy, each.place.path))
    return found


def like(path, original):
    status = os.stat(original)
    os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))
    copy_label(path, original)


def copy_label(path, original):
    """Without the label sshd may not be allowed to read the file."""
    try:
        os.setxattr(path, "security.selinux", os.getxattr(original, "security.selinux"))
    except OSError:
        pass


def write_file(path, data):
    with open(path, "wb") as stream:
        stream.write(data)


def enter_namespace(mounts):
    """A function for a new process, after which that process alone sees the mounts."""
    libc = ctypes.CDLL(None, use_errno=True)

    def checked(result):
        if result:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    def enter():
        checked(libc.unshare(0x20000))
        # Otherwise the mounts below would propagate to all processes.
        checked(libc.mount(b"none", b"/", None, ctypes.c_ulong(0x4000 | 0x40000), None))
        for source, place in mounts:
            checked(
                libc.mount(
                    os.fsencode(source), os.fsencode(place), None, ctypes.c_ulong(0x1000 | 0x4000), None
                )
            )

    return enter


def ask_openssh(module, replacements, folder):
    """A sentence, and the last line where it refuses the config before and after. Raises Refusal, NoOverlay."""
    kind, top = module.params["kind"], module.params["top"]
    program = next((path for path in PROGRAMS[kind] if os.access(path, os.X_OK)), None)
    shown = "%s %s" % (program, "-t" if kind == "sshd_config" else "-G")
    if not module.params["ask"]:
        return "", ""
    if program is None:
        return "not checked: %s is not installed" % os.path.basename(PROGRAMS[kind][0]), ""
    if module.params["copies"]:
        code, line = run_program(check_command(kind, program, written_copy(module, folder)))
        line = line.replace(folder, "")
        how = "on a private copy of the new files"
    else:
        if os.geteuid() != 0 or not hasattr(os, "setxattr"):
            raise NoOverlay("only root on Linux can mount files over others")
        enter = enter_namespace(mounts_over(replacements, folder))
        code, line = run_program(check_command(kind, program, top), enter)
        how = "with the new files mounted over the old ones, for sshd only"
    if code == 0:
        return "%s accepts it, %s" % (shown, how), ""
    others = tuple(module.params["other_errors"])
    if kind == "ssh_config":
        raise Refusal("%s refuses it: %s" % (shown, line))
    before, old_line = run_program(check_command(kind, program, top))
    if before == 0 or (old_line.startswith(others) and old_line != line):
        raise Refusal("%s refuses it: %s" % (shown, line))
    if line.startswith(others):
        return "%s accepts it, %s; it would not start today: %s" % (shown, how, line), ""
    return "%s refuses it, before and after the change" % shown, line


def written_copy(module, folder):
    """The path of the top file of the private copy."""
    for path, data in module.params["copies"].items():
        copy = folder + path[len(COPY) :]
        if not os.path.isdir(os.path.dirname(copy)):
            os.makedirs(os.path.dirname(copy), 0o700)
        write_file(copy, base64.b64decode(data).replace(COPY.encode(), folder.encode()))
    return folder + module.params["copied_top"][len(COPY) :]


# Write.


def write_all(replacements):
    try:
        for each in replacements:
            each.prepare()
        for each in replacements:
            each.put()
        for each in replacements:
            os.fsync(each.place.directory)
    except BaseException:
        for each in reversed(replacements):
            each.put_back()
        raise
    finally:
        for each in replacements:
            each.discard()


def wait_for_others():
    """One change at a time on this host, until this process ends: what is remembered is that of all runs."""
    os.makedirs(STATE, 0o700, exist_ok=True)
    fcntl.flock(os.open(STATE, OPEN_DIRECTORY), fcntl.LOCK_EX)


def remember(replacements):
    """Keep the old files until sshd has read the new ones: the first old content of each path counts."""
    forget_what_sshd_has_read()
    os.makedirs(UNLOADED, 0o700, exist_ok=True)
    os.chmod(STATE, 0o700)
    known = {}
    for name in os.listdir(UNLOADED):
        if name.endswith(".path"):
            with open(os.path.join(UNLOADED, name), "rb") as stream:
                known[stream.read()] = os.path.join(UNLOADED, name[: -len(".path")])
    for each in replacements:
        path = os.fsencode(each.place.path)
        base = known.get(path)
        if base is None or not same_as(base + ".new", each.old):
            base = base or os.path.join(UNLOADED, "%d" % (len(known) + 1))
            known[path] = base
            keep(base + ".old", each.old, each)
            write_file(base + ".path", path)
        keep(base + ".new", each.after, each)


def forget_what_sshd_has_read():
    """sshd writes its pid file whenever it has read its files, also if something else reloaded it."""
    for pid_file in PID_FILES:
        try:
            if os.stat(pid_file).st_mtime > os.stat(UNLOADED).st_mtime:
                shutil.rmtree(UNLOADED)
        except FileNotFoundError:
            continue


def same_as(path, data):
    try:
        with open(path, "rb") as stream:
            return stream.read() == data
    except FileNotFoundError:
        return data is None


def keep(path, data, like_file):
    """Write the data with the attributes of the file; no file for None."""
    if os.path.lexists(path):
        os.unlink(path)
    if data is None:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        if like_file.status is not None:
            keep_attributes(stream.fileno(), like_file.status, like_file.attributes)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def main():
    files = {
        "path": {"type": "str", "required": True},
        "before": {"type": "str", "required": True},
        "after": {"type": "str", "no_log": True},
    }
    module = AnsibleModule(
        argument_spec={
            "files": {"type": "list", "elements": "dict", "required": True, "options": files},
            "kind": {"type": "str", "choices": ["sshd_config", "ssh_config"], "required": True},
            "top": {"type": "str", "required": True},
            "ask": {"type": "bool", "default": True},
            "copies": {"type": "dict", "default": {}, "no_log": True},
            "copied_top": {"type": "str", "default": ""},
            "other_errors": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    for number in (signal.SIGHUP, signal.SIGTERM):  # as when the connection breaks: what follows is undone
        signal.signal(number, lambda *_: module.exit_json(failed=True, msg="interrupted"))
    folder = tempfile.mkdtemp(prefix="sshkeep-", dir=module.tmpdir)
    made = []
    try:
        running = os.geteuid() == 0 and module.params["top"] in RUNNING
        if running and not module.check_mode:
            wait_for_others()
        if running and os.path.exists(STATE + "/trial"):
            raise Refusal("another change is on trial; sshkeep.openssh.reload ends one that was cut off")
        replacements = []
        for file in module.params["files"]:
            after = None if file["after"] is None else base64.b64decode(file["after"])
            each = Replacement(file["path"], file["before"], after, make=not module.check_mode)
            made += each.place.made
            replacements.append(each)
        check_ownership(module.params["top"], replacements)
        asked, refused = ask_openssh(module, replacements, folder)
        if not module.check_mode:
            if running:
                remember(replacements)
            write_all(replacements)
        made = []
    except NoOverlay:
        module.exit_json(changed=False, needs_copy=True, asked="", refused="")
    except (Refusal, OSError) as error:
        module.fail_json(msg="nothing was written: %s" % error)
    finally:
        for path in reversed(made):
            os.rmdir(path)
        shutil.rmtree(folder, ignore_errors=True)
    module.exit_json(changed=True, needs_copy=False, asked=asked, refused=refused)


if __name__ == "__main__":
    main()
