"""Ask the OpenSSH of the host about files before they are written."""

# This runs on hosts with Python 3.6 to 3.14.

import base64
import os
import subprocess

from ansible_collections.sshkeep.openssh.plugins.module_utils.overlay import (
    NoOverlay,
    enter_namespace,
    mounts_over,
    write_file,
)
from ansible_collections.sshkeep.openssh.plugins.module_utils.place import WriteRefused

COPY = "/sshkeep-copy"
PROGRAMS = {
    "sshd_config": ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd"),
    "ssh_config": ("/usr/bin/ssh", "/usr/local/bin/ssh", "/bin/ssh"),
}
TIME_LIMIT = 20


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


def ask_openssh(params, replacements, folder):
    """A sentence, and the last line where it refuses the files before and after.

    Raises WriteRefused, and NoOverlay where a copy is needed that ``params`` lack.
    """
    kind, top = params["kind"], params["top"]
    program = next((path for path in PROGRAMS[kind] if os.access(path, os.X_OK)), None)
    if not params["ask"]:
        return "", ""
    if program is None:
        return "not checked: %s is not installed" % os.path.basename(PROGRAMS[kind][0]), ""
    shown = "%s %s" % (program, "-t" if kind == "sshd_config" else "-G")
    code, line, how = asked_with_new_files(params, replacements, folder, program)
    if code == 0:
        return "%s accepts it, %s" % (shown, how), ""
    others = tuple(params["other_errors"])
    if kind == "ssh_config":
        raise WriteRefused("%s refuses it: %s" % (shown, line))
    before, old_line = run_program(check_command(kind, program, top))
    if before == 0 or (old_line.startswith(others) and old_line != line):
        raise WriteRefused("%s refuses it: %s" % (shown, line))
    if line.startswith(others):
        return "%s accepts it, %s; it would not start today: %s" % (shown, how, line), ""
    return "%s refuses it, before and after the change" % shown, line


def asked_with_new_files(params, replacements, folder, program):
    """Exit code, last line, and how it was asked."""
    if params["copies"]:
        code, line = run_program(check_command(params["kind"], program, written_copy(params, folder)))
        return code, line.replace(folder, ""), "on a private copy of the new files"
    if os.geteuid() != 0 or not hasattr(os, "setxattr"):
        raise NoOverlay("only root on Linux can mount files over others")
    enter = enter_namespace(mounts_over(replacements, folder))
    code, line = run_program(check_command(params["kind"], program, params["top"]), enter)
    return code, line, "with the new files mounted over the old ones, for sshd only"


def written_copy(params, folder):
    """The path of the top file of the private copy."""
    for path, data in params["copies"].items():
        copy = folder + path[len(COPY) :]
        if not os.path.isdir(os.path.dirname(copy)):
            os.makedirs(os.path.dirname(copy), 0o700)
        write_file(copy, base64.b64decode(data).replace(COPY.encode(), folder.encode()))
    return folder + params["copied_top"][len(COPY) :]
