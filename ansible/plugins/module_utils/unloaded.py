"""What sshd has not read yet: its old files are kept, so that a trial can take a change back."""

# This runs on hosts with Python 3.6 to 3.14.

import fcntl
import os
import shutil

from ansible_collections.sshkeep.openssh.plugins.module_utils.place import OPEN_DIRECTORY
from ansible_collections.sshkeep.openssh.plugins.module_utils.replacement import keep_attributes

STATE = "/var/lib/sshkeep/ansible"
UNLOADED = STATE + "/unloaded"
"""For each file N the old and the new content, and N.path."""
RUNNING = ("/etc/ssh/sshd_config", "/usr/etc/ssh/sshd_config")
"""What the running sshd reads; a trial is about these files and what they include."""
PID_FILES = ("/run/sshd.pid", "/var/run/sshd.pid")


def wait_for_others():
    """One change at a time on this host, until this process ends: what is remembered is that of all runs."""
    os.makedirs(STATE, 0o700, exist_ok=True)
    fcntl.flock(os.open(STATE, OPEN_DIRECTORY), fcntl.LOCK_EX)


def remember(replacements):
    """Keep the old files until sshd has read the new ones: the first old content of each path counts.

    Returns what undoes it, where the files are not written after all.
    """
    kept = []
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
        stays = base is not None and same_as(base + ".new", each.old)
        if not stays:
            base = base or os.path.join(UNLOADED, "%d" % (last_number() + 1))
            known[path] = base
            keep(base + ".old", each.old, each)
            with open(base + ".path", "wb") as stream:
                stream.write(path)
                stream.flush()
                os.fsync(stream.fileno())
        kept.append((base, stays, each))
        keep(base + ".new", each.after, each)

    def forget():
        for base, stays, each in kept:
            if stays:
                keep(base + ".new", each.old, each)
                continue
            for ending in (".old", ".new", ".path"):
                if os.path.lexists(base + ending):
                    os.unlink(base + ending)

    return forget


def last_number():
    """Entries may be gone from the middle: a number is not used for a second file."""
    numbers = [name.split(".")[0] for name in os.listdir(UNLOADED)]
    return max([int(number) for number in numbers if number.isdigit()] or [0])


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
