"""Mount new files over the old ones, for one process only.

It then sees the whole tree as it is going to be, with all that a private copy could lack.
"""

# This runs on hosts with Python 3.6 to 3.14.

import ctypes
import os
import stat


class NoOverlay(Exception):
    """The kernel does not let this process mount."""


def mounts_over(replacements, folder):
    """Pairs of a source and the place over which it is bound: files, or a view of a folder for new names."""
    found = []
    other_names = {}
    for number, each in enumerate(replacements):
        if each.old is None or each.after is None:
            other_names.setdefault(existing_folder(each.place), []).append(each)
        else:
            copy = os.path.join(folder, "file%d" % number)
            write_file(copy, each.after)
            like(copy, each.place.path)
            found.append((copy, each.place.path))
    views = []
    for number, place in enumerate(sorted(other_names)):
        views += view(place, other_names[place], folder, number)
    return views + found  # a file within the folder of a view is mounted there, too


def existing_folder(place):
    """The folder of the name, or the innermost one that is there."""
    return os.path.dirname(place.path) if place.name else place.path.rstrip("/") or "/"


def view(place, replacements, folder, number):
    """The mounts that show a folder with files that are new, and without those that go."""
    original, shown = os.path.join(folder, "original%d" % number), os.path.join(folder, "view%d" % number)
    os.mkdir(original, 0o700)
    os.mkdir(shown, 0o700)
    replaced = [each.place.name for each in replacements]
    for name in os.listdir(place):
        if name not in replaced:
            path = os.path.join(place, name)
            target = os.path.realpath(path) if os.path.islink(path) else os.path.join(original, name)
            os.symlink(target, os.path.join(shown, name))
    for each in replacements:
        if each.after is not None:
            name = os.path.basename(each.place.path)
            # Below a folder that is missing, too.
            copy = os.path.join(shown, name if each.place.name else os.path.relpath(each.path, place))
            os.makedirs(os.path.dirname(copy), 0o755, exist_ok=True)
            write_file(copy, each.after)
            copy_label(copy, place)
    like(shown, place)
    return [(place, original), (shown, place)]


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
