"""Configs of files in memory: nothing of the disk is read."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.config.local_machine import FileStatus, MemoryFacts
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import MemoryFileSystem
from sshkeep.config.tree.include_paths import SSH_DIR, IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_config import client_target
from sshkeep.idle.endpoint_config import EndpointConfig, configured_endpoint
from sshkeep.idle.model.endpoint import CONFIG_KIND, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.openssh.targets import NEWEST_TARGET, Target, target_of
from sshkeep.trees.kind import kind_by_name
from sshkeep.trees.tree import Tree

HOME = "/home/someone"
USER = 1000

Files = Mapping[str, str | bytes]
"""Contents by path; a path without a slash in front is under /etc/ssh."""
FileFacts = Mapping[str, tuple[int, int, int]]
"""Permission bits, owner and group of each file that is there, by its whole path."""


def tree_of(
    files: Files,
    kind: Kind | None = None,
    target: Target | str = NEWEST_TARGET,
    *,
    live: bool = True,
    facts: FileFacts | None = None,
) -> Tree:
    """The config tree of ``files``. The first one is its main file, the others are there to be included.

    Without ``kind`` the main file's name is it. ``live``: the files are the machine's own; without it they
    are those of a checkout, where the main file's folder stands for /etc/ssh. ``facts`` are what else that
    machine has, which belongs to user 1000 with the home /home/someone; without them nothing is known of it.
    Raises SshkeepError for an unknown target, and for a kind that the name does not show.
    """
    held = {posixpath.join(SSH_DIR, path): _bytes(content) for path, content in files.items()}
    main = next(iter(held))
    kind = kind or kind_by_name(main)
    if kind is None:
        raise SshkeepError(f"the name {main} shows no kind of config", "give kind=")
    machine = None
    if facts is not None:
        machine = MemoryFacts({path: FileStatus(*status) for path, status in facts.items()}, HOME, USER)
    place = IncludeBase(kind, posixpath.dirname(main), HOME, live=live)
    read_for = target_of(target) if isinstance(target, str) else target
    if kind in CLIENT_TITLES:
        read_for, live = client_target(kind), False
    return Tree((TopFile(main, place),), kind, read_for, MemoryFileSystem(held), facts=machine)


def config_of(
    files: Files,
    kind: Kind | None = None,
    target: Target | str = NEWEST_TARGET,
    *,
    live: bool = True,
    facts: FileFacts | None = None,
) -> Config:
    """The config that `tree_of` the same arguments holds. Raises SshkeepError as that does."""
    return tree_of(files, kind, target, live=live, facts=facts).load()


def endpoint_with(
    role: Role, text: str, target: Target | str = NEWEST_TARGET, kernel: Kernel | None = None
) -> EndpointConfig:
    """One end of a session, with this config, for any client. ``kernel`` is by default an ordinary Linux."""
    kind = CONFIG_KIND[role]
    config = config_of({kind: text}, kind, target, live=False)
    if role == "server":
        evaluated = evaluate_sshd(config, Connection())
    else:
        evaluated = evaluate_ssh(config, HostQuery("host", None, "me"))
    return configured_endpoint(config, evaluated, role, kernel or Kernel())


def _bytes(content: str | bytes) -> bytes:
    """Text with surrogates is bytes that are no UTF-8, as Python reads them."""
    return content if isinstance(content, bytes) else content.encode(errors="surrogateescape")
