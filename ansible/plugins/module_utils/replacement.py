"""Replace files together, each by a rename, or put all of them back."""

# This runs on hosts with Python 3.6 to 3.14.

import base64
import errno
import hashlib
import os
import signal
import stat

from ansible_collections.sshkeep.openssh.plugins.module_utils.place import Place, WriteRefused

OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class HalfWritten(Exception):
    """Which files could not be put back."""


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
            raise WriteRefused("%s was changed while sshkeep looked at it; run the task again" % path)
        if not os.access(".", os.W_OK, dir_fd=self.place.directory):  # check mode should fail, too
            raise WriteRefused("%s is in a folder that is read-only for this user" % path)

    def _read(self):
        if not stat.S_ISREG(self.status.st_mode):
            raise WriteRefused("%s is not a regular file" % self.path)
        if self.status.st_nlink > 1:
            raise WriteRefused("%s has several names (hard links)" % self.path)
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
            raise WriteRefused("%s was changed while it was written" % self.path)
        self.begun = True
        directory = self.place.directory
        if self.after is None:
            os.unlink(self.place.name, dir_fd=directory)
        else:
            os.rename(self.temporary, self.place.name, src_dir_fd=directory, dst_dir_fd=directory)

    def put_back(self):
        """Make the file what it was."""
        now = self.place.status()
        if not self.begun or (now and self.status and now.st_ino == self.status.st_ino):
            return
        self.after, self.begun = self.old, False
        if self.after is None:
            os.unlink(self.place.name, dir_fd=self.place.directory)
            return
        self.discard()
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
            raise WriteRefused("%s belongs to another user than %s, which includes it" % (each.path, top))


def put_all_back(replacements):
    """As far as that can be done; a signal must not end it half-way."""
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    left = []
    for each in reversed(replacements):
        try:
            each.put_back()
        except OSError as error:
            left.append("%s (%s)" % (each.path, error.strerror))
    if left:
        raise HalfWritten("these files are new, and could not be put back: %s" % ", ".join(left))


def write_all(replacements):
    try:
        for each in replacements:
            each.prepare()
        for each in replacements:
            each.put()
        for each in replacements:
            os.fsync(each.place.directory)
    except BaseException:
        put_all_back(replacements)
        raise
    finally:
        for each in replacements:
            each.discard()
