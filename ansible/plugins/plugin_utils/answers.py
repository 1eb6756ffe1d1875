"""Equal trees are evaluated once in a run.

Ansible forks a worker for each task of each host, so a worker's memory is lost at its end. What they share is
what was imported before the fork, and a file without a name, which is gone with the last of them, whatever
ended it. It has a record for each answer: the key, the length, and the answer in JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from struct import Struct
from tempfile import TemporaryFile

from .evaluation import OPERATIONS, Data, Options
from .gather import Gathered

with TemporaryFile() as file:
    FILE = os.dup(file.fileno())
HEAD = Struct("!32sQ")
END = 1 << 62
"""No record is there. Its lock is for a look at the file, those after it are for keys."""


def evaluated(operation: str, gathered: Gathered, options: Options) -> Data:
    """What the operation says about the tree. Raises SshkeepError."""
    key = _key(operation, gathered, options)
    with _locked(END + 1 + int.from_bytes(key[:4], "big")):  # another worker may be at the same tree
        found = _stored(key)
        if found is None:
            found = OPERATIONS[operation](gathered, options)
            _store(key, found)
        return found


def _key(operation: str, gathered: Gathered, options: Options) -> bytes:
    """Equal for two hosts if they get the same answer."""
    digest = sha256()
    who = (gathered.user_name, sorted(gathered.groups))
    for part in (operation, sorted(options.items()), _policy_files(options), gathered.path, who):
        digest.update(repr(part).encode(errors="surrogateescape") + b"\0")
    for part in gathered.machine:
        shown = sorted(part.items()) if isinstance(part, Mapping) else part
        digest.update(repr(shown).encode(errors="surrogateescape") + b"\0")
    return digest.digest()


def _policy_files(options: Options) -> list[tuple[str, int, int]]:
    """Name, time and size of the policy and of the files beside it, which it may extend."""
    policy = options.get("policy")
    if not policy or not os.path.exists(policy):
        return []
    with os.scandir(os.path.dirname(os.path.abspath(policy))) as entries:
        files = [
            each for each in entries if each.name.endswith((".yaml", ".yml", ".toml")) and each.is_file()
        ]
        return sorted((each.name, each.stat().st_mtime_ns, each.stat().st_size) for each in files)


@contextmanager
def _locked(place: int) -> Iterator[None]:
    """One worker at a time; the lock goes with the worker, too."""
    fcntl.lockf(FILE, fcntl.LOCK_EX, 1, place)
    try:
        yield
    finally:
        fcntl.lockf(FILE, fcntl.LOCK_UN, 1, place)


def _stored(key: bytes) -> Data | None:
    at = 0
    with _locked(END):
        while head := os.pread(FILE, HEAD.size, at):
            known, length = HEAD.unpack(head)
            at += HEAD.size
            if known == key:
                found: Data = json.loads(os.pread(FILE, length, at))
                return found
            at += length
    return None


def _store(key: bytes, answer: Data) -> None:
    data = json.dumps(answer).encode()
    with _locked(END):
        os.pwrite(FILE, HEAD.pack(key, len(data)) + data, os.fstat(FILE).st_size)
