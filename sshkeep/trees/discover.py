"""Find the trees of the paths that a user names: each tree once, with the files to report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from sshkeep.config.local_machine import DiskFacts, home_directory
from sshkeep.config.tree.file_system import DISK, FileSystem, MemoryFileSystem, OverlayFileSystem
from sshkeep.config.tree.include_paths import SSH_DIR, IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.config.tree.template import name_without_template, template_by_name
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES, ClientKind, Kind
from sshkeep.openssh.targets import NEWEST_TARGET, Target, target_of
from sshkeep.trees.kind import client_kind, kind_by_content, kind_by_name
from sshkeep.trees.other_formats import check_format
from sshkeep.trees.this_machine import is_live, system_file, target_for
from sshkeep.trees.tree import Tree

MAIN_FILES = ("ssh_config", "sshd_config")
SKIPPED_FOLDERS = {".git", ".hg", ".svn", "node_modules"}
IGNORED_ENDINGS = (
    "~",
    ".bak",
    ".orig",
    ".rpmnew",
    ".rpmsave",
    ".rpmorig",
    ".swp",
)
"""Backups, which no program reads as configs."""


class TreeOptions(NamedTuple):
    """How to read configs. None: the kind is found by name or content, the target is what suits each file.

    ``root`` stands before absolute Include paths. ``files`` are this machine's, some perhaps with another
    content, or those of a tree in memory, to which nothing of this machine belongs.
    """

    kind: Kind | None = None
    target: Target | None = None
    root: str | None = None
    files: FileSystem = DISK

    @property
    def in_memory(self) -> bool:
        """Whether the files are not this machine's."""
        return isinstance(self.files, MemoryFileSystem)


def tree_options(kind: str | None, target: str, root: str | None, files: FileSystem = DISK) -> TreeOptions:
    """The options; the ``target`` ``auto`` suits each file. Raises SshkeepError for unknown names."""
    if kind not in (None, "sshd_config", "ssh_config"):
        raise SshkeepError(f"{kind!r} is no kind of config", "it is sshd_config or ssh_config")
    in_memory = isinstance(files, MemoryFileSystem)
    if root is not None and not in_memory and not os.path.isdir(root):
        raise SshkeepError(f"the root {root} is not a directory", "name the folder that holds etc/ssh")
    named = None if target == "auto" else target_of(target)
    # Absolute paths of a tree in memory are those of its own files.
    return TreeOptions(kind, named, "/" if in_memory and root is None else root, files)  # type: ignore[arg-type]


def tree_for(path: str, options: TreeOptions, data: bytes | None = None) -> Tree:
    """As `any_tree_for`. Also raises SshkeepError for the settings file of another program than OpenSSH."""
    tree = any_tree_for(path, options, data)
    if tree.is_client_program:
        raise SshkeepError(
            f"{path} is a settings file of {CLIENT_TITLES[tree.kind]}, which is not OpenSSH",
            "lint, fix, set and idle --client read it",
        )
    return tree


def any_tree_for(path: str, options: TreeOptions, data: bytes | None = None) -> Tree:
    """The tree that ``path`` belongs to. With ``data``, that is the content of the file, which is read alone.

    Otherwise a drop-in belongs to the main file beside its folder, if that exists and includes it.
    Raises FileNotFoundError, IsADirectoryError, UnreadableFile, SshkeepError.
    """
    if data is not None:
        return _tree(path, options._replace(files=OverlayFileSystem(options.files, {path: data})))
    main = _main_file(path, options.files)
    if main and (options.kind is None or options.kind == kind_by_name(main)):
        tree = _tree(main, options)
        member = _member(tree, path)
        if member:
            return tree._replace(shown=frozenset((member,)))
    return _tree(path, options)


def _tree(path: str, options: TreeOptions) -> Tree:
    files, root = options.files, options.root
    client = None if options.kind else client_kind(path, files)
    if client:
        return client_tree(path, client, options)
    own = is_live(path)
    if options.in_memory or not (own or root == "/"):
        check_format(path, files.read(path))
    kind = options.kind or kind_by_name(path) or kind_by_content(path, files.read(path))
    if options.target or options.in_memory:
        target, installed = options.target or NEWEST_TARGET, False
    else:
        target, installed = target_for(own)
    fragment = os.path.basename(os.path.dirname(os.path.abspath(path))).endswith(".d")
    live = root is None and own
    facts = DiskFacts() if live else None
    given = options.target is not None
    return Tree(_tops(path, kind, root, live), kind, target, files, None, installed, fragment, given, facts)


def client_tree(path: str, kind: ClientKind, options: TreeOptions) -> Tree:
    """A settings file is read alone, and by one program. Raises SshkeepError where a target is named."""
    from sshkeep.idle.clients.client_config import client_target

    if options.target:
        raise SshkeepError(
            f"{path} is a settings file of {CLIENT_TITLES[kind]}, and {options.target.name} does not read it",
            "leave --target out for it",
        )
    place = IncludeBase(kind, os.path.dirname(path), home_directory(), options.root, live=False)
    return Tree((TopFile(path, place),), kind, client_target(kind), options.files)


def _tops(path: str, kind: Kind, root: str | None, live: bool) -> tuple[TopFile, ...]:
    """The live ~/.ssh/config, then the system's file; any other client file is read alone."""
    place = IncludeBase(
        kind,
        os.path.dirname(os.path.realpath(path) if _is_link(path, live) else path),
        home_directory(),
        root,
        live,
    )
    system = system_file("ssh_config")
    if not live or kind == "sshd_config":
        return (TopFile(path, place),)
    if os.path.abspath(path) == system:
        return (TopFile(path, place._replace(system=True)),)
    if os.path.abspath(path) == f"{home_directory()}/.ssh/config" and os.path.lexists(system):
        return TopFile(path, place), TopFile(system, place._replace(beside=SSH_DIR, system=True))
    return (TopFile(path, place),)


def _is_link(path: str, live: bool) -> bool:
    """Whether the path is a link to a config that is not this machine's, whose drop-ins are beside that."""
    return not live and os.path.islink(path)


def _main_file(path: str, files: FileSystem = DISK) -> str | None:
    folder = os.path.dirname(path)
    folder_name = os.path.basename(os.path.abspath(folder))
    for name in MAIN_FILES:
        if folder_name == f"{name}.d":
            # Of a folder that is named, what is beside its name: it may be a link.
            named = os.path.basename(folder) not in ("", ".", "..")
            main = os.path.join(os.path.dirname(folder) if named else os.path.join(folder, ".."), name)
            return main if files.is_file(main) else None
    return None


def _member(tree: Tree, path: str) -> str | None:
    """The name of ``path`` in the tree; None where the tree does not include it."""
    config = tree.load()
    wanted = tree.files.identity(path)
    paths = [*config.files, *(unread.path for unread in config.unread)]
    return next((known for known in paths if tree.files.identity(known) == wanted), None)


def merge_trees(trees: list[Tree]) -> list[Tree]:
    """Each tree once, with all files to report; for a main file, these are all files of its tree."""
    by_top: dict[object, Tree] = {}
    for tree in trees:
        key = (tree.files.identity(tree.name), tree.kind)
        same = by_top.get(key)
        if same is None:
            by_top[key] = tree
        else:
            both = None if same.shown is None or tree.shown is None else same.shown | tree.shown
            by_top[key] = same._replace(shown=both)
    return list(by_top.values())


def configs_in(folder: str, unreadable: Callable[[OSError], None]) -> list[str]:
    """The configs below a directory, main files first; ``unreadable`` gets each folder that can't be read.

    Raises SshkeepError where there are none.
    """
    closed: list[OSError] = []
    found = sorted(_walk(folder, closed.append), key=lambda path: (_main_file(path) is not None, path))
    for error in closed:
        unreadable(error)
    if not found and not closed:
        raise SshkeepError(
            f"no ssh_config, sshd_config, *_config.d/* or .ssh/config below {folder}",
            "name the file itself to lint it",
        )
    return found


def _walk(folder: str, unreadable: Callable[[OSError], None]) -> Iterator[str]:
    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(place, name)
            if _is_config(place, name) and _inside(path, folder):
                yield path


def _is_config(place: str, name: str) -> bool:
    if name.endswith(IGNORED_ENDINGS) or ".dpkg-" in name:
        return False
    folder = os.path.abspath(place)
    if template_by_name(name):
        folder, name = os.path.split(name_without_template(os.path.join(folder, name)))
    parent = os.path.basename(folder)
    in_drop_ins = parent in ("ssh_config.d", "sshd_config.d") and not name.startswith(".")
    return name in MAIN_FILES or in_drop_ins or (name == "config" and parent == ".ssh")


def _inside(path: str, folder: str) -> bool:
    """Whether it is a regular file that no link leads out of the searched directory to."""
    return os.path.isfile(path) and os.path.realpath(path).startswith(
        os.path.realpath(folder).rstrip("/") + "/"
    )
