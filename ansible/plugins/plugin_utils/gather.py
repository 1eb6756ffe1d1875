"""Fetch the files that a host's OpenSSH reads, with one shell command.

The command needs a POSIX shell, ls, od and grep. It prints text only, between markers, so that a terminal
on the way (`sudo` with requiretty) and a banner of the host do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from secrets import token_hex
from shlex import quote
from typing import NamedTuple

from ansible.errors import AnsibleActionFail

from ..module_utils.host_openssh import PROGRAMS

try:
    from sshkeep import OtherMachine
    from sshkeep.api.inputs import Inputs
    from sshkeep.config.local_machine import FileStatus
    from sshkeep.openssh.targets import NEWEST_TARGET, target_of
    from sshkeep.trees.other_machine import MachineFiles
    from sshkeep.trees.this_machine import system_files, target_of_answers
except ImportError as error:
    MISSING: ImportError | None = error
    MachineFiles = object
else:
    MISSING = None

MAX_BYTES = 4 * 1024 * 1024
"""Of all files of a host together. A usual host has 10 KB; the largest known ssh_config has 3 MB."""
MAX_FILES = 1000
MAX_ROUNDS = 16
"""As deep as Includes may be nested (READCONF_MAX_DEPTH of readconf.c)."""
OS_RELEASE = ("/etc/os-release", "/usr/lib/os-release")

SYSTEM_FILES = {
    "sshd_config": (
        "/etc/ssh/sshd_config",
        "/etc/ssh/sshd_config.d/*",
        "/usr/etc/ssh/sshd_config",
        "/usr/etc/ssh/sshd_config.d/*",
        "/etc/crypto-policies/back-ends/opensshserver.config",
    ),
    "ssh_config": (
        "/etc/ssh/ssh_config",
        "/etc/ssh/ssh_config.d/*",
        "/usr/etc/ssh/ssh_config",
        "/usr/etc/ssh/ssh_config.d/*",
        "/etc/crypto-policies/back-ends/openssh.config",
    ),
}
"""What the system's configs of the known distributions include; other Includes take a second command."""

SCRIPT = r"""
export LC_ALL=C
unset TIME_STYLE QUOTING_STYLE BLOCK_SIZE LS_BLOCK_SIZE BLOCKSIZE POSIXLY_CORRECT
section() { printf '%s %s\n' "$mark" "$1"; }
nl='
'
section user
user=$(id)
printf '%s\n' "$user"
name=${user#*(}
name=${name%%)*}
home=$HOME
case $name in *[!A-Za-z0-9._-]*) ;; *) eval "home=~$name" ;; esac
section home
printf '%s\n' "$home"
if [ "$programs" ]; then
    section system
    { read -r system </proc/sys/kernel/ostype; } 2>/dev/null || system=$(uname -s)
    printf '%s\n' "$system"
    section version
    # Both programs are of one release as a rule; the one that reads the files is asked first.
    for program in $programs; do
        [ -x "$program" ] || continue
        version=$("$program" -V 2>&1 </dev/null)
        printf '%s\n' "$version"
        case $version in *OpenSSH_*) break ;; esac
    done
fi
if [ "$asked" ]; then
    section groups
    id -Gn -- "$asked" 2>/dev/null
fi
section refused
set -- PATTERNS
count=0
for path do
    shift
    [ -e "$path" ] || [ -L "$path" ] || continue
    count=$((count + 1))
    key=
    case ${path##*/} in
        *.pub) ;;
        ssh_host_*_key | id_rsa | id_dsa | id_ecdsa* | id_ed25519* | id_xmss) key=1 ;;
    esac
    case $path in *"$nl"*) continue ;; esac
    if [ -d "$path" ]; then continue
    elif [ "$key" ]; then printf 'private %s\n' "$path"
    elif [ $count -gt MAX_FILES ]; then printf 'many %s\n' "$path"
    elif [ ! -e "$path" ]; then continue
    elif [ ! -f "$path" ]; then printf 'special %s\n' "$path"
    elif [ ! -r "$path" ]; then printf 'closed %s\n' "$path"
    else set -- "$@" "$path"
    fi
done
keys=
[ $# = 0 ] || keys=$nl$(grep -l -e 'BEGIN .*PRIVATE KEY' -- "$@")$nl
for path do
    shift
    case $keys in
        *"$nl$path$nl"*) printf 'private %s\n' "$path" ;;
        *) set -- "$@" "$path" ;;
    esac
done
show() {
    [ $# -gt 0 ] || return
    section links
    for path do
        case $path in */os-release) continue ;; esac
        if [ -L "$path" ] || [ -L "${path%/*}" ]; then
            real=$(readlink -f -- "$path")
            case $real in *"$nl"*) real= ;; esac
            printf '%s\n' "$path" "$real"
        fi
    done
    if [ -e /sys/fs/selinux/enforce ]; then
        section contexts
        ls -dZL -- "$@"
    fi
    section files
    ls -ldnL -- "$@"
    section order
    printf '%s\n' "$@"
    section content
    od -An -v -tx1 -N MAX_BYTES -- "$@"
    section again
    ls -ldnL -- "$@"
}
# To a terminal, ls would print other names.
if [ -t 1 ]; then show "$@" | cat; else show "$@"; fi
section end
"""

WHY_REFUSED = {
    "private": "a private key, which is not fetched",
    "many": f"one of more than {MAX_FILES} files",
    "special": "not a regular file",
    "closed": "permission denied",
}

Run = Callable[[str], "dict[str, str]"]
"""Runs a shell command on the host: `ActionBase._low_level_execute_command`, or the like."""


class Wanted(NamedTuple):
    """What to fetch: the files of one language, and of them ``path``; ``~/`` is the home of the remote user.

    ``target`` is ``auto`` or names the OpenSSH that reads the files. ``user``: whose groups to ask for.
    """

    kind: str
    path: str
    target: str = "auto"
    user: str = ""


class Gathered(NamedTuple):
    """A host as it was fetched.

    ``path`` is the wanted file without ``~``; ``contexts`` are SELinux's. ``user_name`` is the remote user.
    ``folders`` are those of Includes with wildcards.
    """

    machine: OtherMachine
    kind: str
    path: str
    contexts: dict[str, str]
    groups: tuple[str, ...] = ()
    user_name: str = ""
    folders: tuple[str, ...] = ()


def gather(run: Run, wanted: Wanted) -> Gathered:
    """Fetch the tree that is wanted. Raises AnsibleActionFail, and SshkeepError for an old release."""
    patterns = list(dict.fromkeys([wanted.path, *SYSTEM_FILES[wanted.kind], *OS_RELEASE]))
    found = _fetch(run, patterns, wanted.user, kind=wanted.kind)
    asked = set(patterns)
    for _round in range(MAX_ROUNDS):
        gathered = _gathered(found, wanted)
        includes = _includes(gathered, wanted)
        missing = sorted(each for each in includes if not _covered(each, asked))
        if not missing:
            parts = [each.rpartition("/") for each in sorted(includes)]
            folders = [folder for folder, _unused, name in parts if set("*?[") & set(name)]
            return gathered._replace(folders=tuple(folders))
        asked.update(missing)
        found = found.joined(_fetch(run, missing))
    raise AnsibleActionFail(f"{wanted.path}: Includes are nested more than {MAX_ROUNDS} deep")


class Fetched(NamedTuple):
    """The sections that commands printed, and the files in them."""

    sections: dict[str, list[str]]
    files: dict[str, bytes]
    statuses: dict[str, FileStatus]
    refused: dict[str, str]
    real_paths: dict[str, str]
    contexts: dict[str, str]

    def joined(self, more: Fetched) -> Fetched:
        """With the files of a further command."""
        return Fetched(self.sections, *({**old, **new} for old, new in zip(self[1:], more[1:], strict=True)))

    def text(self, name: str) -> str:
        return "\n".join(self.sections.get(name, ()))


def _fetch(run: Run, patterns: Sequence[str], user: str = "", kind: str = "") -> Fetched:
    """With ``kind``, what system it is, too."""
    mark = f"@@{token_hex(8)}"
    programs = sorted(PROGRAMS, key=lambda name: name != kind) if kind else ()
    names = {
        "mark": mark,
        "asked": user,
        "programs": " ".join(sum((PROGRAMS[name] for name in programs), ())),
    }
    script = "".join(f"{name}={quote(value)}\n" for name, value in names.items()) + SCRIPT.replace(
        "PATTERNS", " ".join(map(_shell_pattern, patterns))
    ).replace("MAX_FILES", str(MAX_FILES)).replace("MAX_BYTES", str(MAX_BYTES + 1))
    answer = run(script)
    sections = _sections(answer["stdout"].split("\n"), mark)
    if "end" not in sections:
        said = (answer["stderr"] or answer["stdout"]).strip().splitlines()
        raise AnsibleActionFail(f"the host's files can't be fetched: {said[-1] if said else 'no answer'}")
    try:
        return _files(sections)
    except (ValueError, KeyError) as error:
        raise AnsibleActionFail(
            f"the host's answer can't be read ({error}); is its ls that of POSIX, and is no file's name odd?"
        ) from error


def _sections(lines: Iterable[str], mark: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if line.startswith(f"{mark} "):
            current = found.setdefault(line[len(mark) + 1 :].strip(), [])
        else:
            current.append(line.rstrip("\r"))
    return found


def _files(sections: dict[str, list[str]]) -> Fetched:
    """Raises AnsibleActionFail where a file changed while it was read."""
    listed = dict(map(_listed, sections.get("files", ())))
    data = bytes.fromhex("".join(sections.get("content", ())))
    sizes = [listed[path][1] for path in sections.get("order", ())]
    refused = {}
    for line in sections.get("refused", ()):
        why, _unused, path = line.partition(" ")
        refused[path] = WHY_REFUSED[why]
    files: dict[str, bytes] = {}
    at = 0
    for path, size in zip(sections.get("order", ()), sizes, strict=True):
        if at + size > MAX_BYTES:
            refused[path] = f"more than {MAX_BYTES // 1024 // 1024} MiB with the files before it"
        else:
            files[path] = data[at : at + size]
        at += size
    if sections.get("files") != sections.get("again") or len(data) < min(at, MAX_BYTES):
        raise AnsibleActionFail("a file changed while it was fetched; run it again")
    links = sections.get("links", [])
    contexts = (line.split(None, 1) for line in sections.get("contexts", ()))
    return Fetched(
        sections,
        files,
        {path: status for path, (status, _unused) in listed.items()},
        refused,
        {path: real for path, real in zip(links[::2], links[1::2], strict=True) if real},
        {path: context for context, path in contexts},
    )


def _listed(line: str) -> tuple[str, tuple[FileStatus, int]]:
    """Path, permissions and size of a line of ``ls -ldn``."""
    mode, _unused, user, group, size, _unused, _unused, _unused, path = line.split(None, 8)
    return path, (FileStatus(_mode(mode[1:10]), int(user), int(group)), int(size))


def _mode(letters: str) -> int:
    """``rwxr-x---`` as a number; s and t stand for x with a special bit, S and T for that bit alone."""
    bits = sum(0o400 >> place for place, letter in enumerate(letters) if letter not in "-ST")
    return bits | sum(0o4000 >> at for at in range(3) if letters[at * 3 + 2] in "sStT")


def _shell_pattern(pattern: str) -> str:
    """The pattern of an Include as a word of the shell: only its wildcards are special."""
    home, rest = ('"$home"', pattern[1:]) if pattern.startswith("~/") else ("", pattern)
    return home + re.sub(r"[^A-Za-z0-9/._*?\[\]!^-]", lambda found: quote(found[0]), rest)


def _gathered(found: Fetched, wanted: Wanted) -> Gathered:
    home = found.text("home").rstrip("/")
    release = next((found.files[path] for path in OS_RELEASE if path in found.files), b"")
    if wanted.target == "auto":
        system = found.text("system").strip().lower().replace("sunos", "solaris")
        seen = target_of_answers(found.text("version"), release.decode(errors="replace"), system)
        target = seen or NEWEST_TARGET
    else:
        target = target_of(wanted.target)
    configs = {path: data for path, data in found.files.items() if path not in OS_RELEASE}
    user = re.match(r"uid=(\d+)(?:\((.*?)\))?", found.text("user"))
    machine = OtherMachine(
        configs,
        target,
        home,
        int(user[1]) if user else 0,
        {path: status for path, status in found.statuses.items() if path in configs},
        found.refused,
        found.real_paths,
    )
    path = home + wanted.path[1:] if wanted.path.startswith("~/") else wanted.path
    own, vendors = system_files(wanted.kind)
    if path == own and path not in configs and vendors in configs:
        path = vendors
    groups = tuple(found.text("groups").split())
    return Gathered(machine, wanted.kind, path, found.contexts, groups, (user[2] or "") if user else "")


class _AskedFiles(MachineFiles):
    """Notes which files were looked for."""

    def __init__(self, machine: OtherMachine) -> None:
        super().__init__(machine)
        self.asked: set[str] = set()

    def glob(self, pattern: str) -> list[str]:
        self.asked.add(pattern)
        return super().glob(pattern)


def _includes(gathered: Gathered, wanted: Wanted) -> set[str]:
    """The patterns of all Includes that are reached."""
    machine = gathered.machine
    tops = [path for path in (gathered.path, *system_files(wanted.kind)) if path in machine.files]
    files = _AskedFiles(machine)
    for tree in Inputs(wanted.kind, files=machine).trees(tops[:1]) if tops else ():
        tree._replace(files=files).load()
    return files.asked


def _covered(pattern: str, asked: set[str]) -> bool:
    """Whether all files that the pattern names were asked for."""
    folder, _unused, name = pattern.rpartition("/")
    return pattern in asked or (f"{folder}/*" in asked and not name.startswith("."))
