"""Find the trees of the paths that a user names: each tree once, with the files to report."""

from __future__ import annotations

import os

from sshkeep.config.local_machine import DiskFacts, MachineFacts, home_directory
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import DISK, FileSystem, MemoryFileSystem, OverlayFileSystem
from sshkeep.config.tree.include_paths import SSH_DIR, IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES, ClientKind, Kind
from sshkeep.openssh.targets import NEWEST_TARGET, Target, target_of
from sshkeep.trees.kind import MAIN_FILES, client_kind, kind_by_content, kind_by_name
from sshkeep.trees.other_formats import check_format
from sshkeep.trees.other_machine import GatheredFacts, MachineFiles, OtherMachine
from sshkeep.trees.this_machine import is_live, system_file, system_files, target_for
from sshkeep.trees.tree import Tree


class TreeOptions(NamedTuple):
    """How to read configs. None: the kind is found by name or content, the target is what suits each file.

    ``root`` stands before absolute Include paths. ``files`` are this machine's, some perhaps with another
    content, or those of a tree in memory, to which nothing of this machine belongs.
    """

    kind: Kind | None = None
    target: Target | None = None
    root: str | None = None
    files: FileSystem = DISK
    home_named: str = ""
    """What ``~`` of a client's files stands for; empty where the call does not say it."""

    @property
    def in_memory(self) -> bool:
        """Whether the files are not this machine's."""
        return isinstance(self.files, MemoryFileSystem)

    @property
    def machine(self) -> OtherMachine | None:
        """The machine whose files they are, where that is another one."""
        return self.files.machine if isinstance(self.files, MachineFiles) else None

    @property
    def home(self) -> str:
        """The home of the user whose ssh reads the files."""
        return self.home_named or (self.machine.home if self.machine else home_directory())

    def system_file(self, name: str) -> str | None:
        """The system's file of this name on the machine that the files are of; None where it has none."""
        if not self.machine:
            path = system_file(name)
            return path if os.path.lexists(path) else None
        return next((path for path in system_files(name) if self.files.is_file(path)), None)


def tree_options(kind: str | None, target: str, root: str | None, files: FileSystem = DISK) -> TreeOptions:
    """The options; the ``target`` ``auto`` suits each file. Raises SshkeepError for unknown names."""
    if kind not in (None, "sshd_config", "ssh_config"):
        raise SshkeepError(f"{kind!r} is not a kind of config", "it is sshd_config or ssh_config")
    in_memory = isinstance(files, MemoryFileSystem)
    if root is not None and not in_memory and not os.path.isdir(root):
        raise SshkeepError(f"the root {root} is not a directory", "name the folder that holds etc/ssh")
    named = None if target == "auto" else target_of(target)
    if in_memory and root is None and not isinstance(files, MachineFiles):
        root = "/"  # absolute paths of a tree in memory are those of its own files
    return TreeOptions(kind, named, root, files)  # type: ignore[arg-type]


class LoadedTree(NamedTuple):
    """A main file's tree, its config, and the path of each file in that by its identity."""

    tree: Tree
    config: Config
    members: dict[object, str]


LoadedTrees = dict[str, LoadedTree]
"""By the path of the main file."""


def tree_for(
    path: str, options: TreeOptions, data: bytes | None = None, known: LoadedTrees | None = None
) -> Tree:
    """As `any_tree_for`. Also raises SshkeepError for the settings file of another program than OpenSSH."""
    tree = any_tree_for(path, options, data, known)
    if tree.is_client_program:
        raise not_openssh(path, CLIENT_TITLES[tree.kind])
    return tree


def not_openssh(path: str, program: str) -> SshkeepError:
    """The error for the settings file of another program, where only OpenSSH's are read."""
    return SshkeepError(
        f"{path} is a settings file of {program}, which is not OpenSSH",
        "lint, fix, set and idle --client read it",
    )


def any_tree_for(
    path: str, options: TreeOptions, data: bytes | None = None, known: LoadedTrees | None = None
) -> Tree:
    """The tree that ``path`` belongs to. With ``data``, that is the content of the file, which is read alone.

    Otherwise a drop-in belongs to the main file beside its folder, if that exists and includes it; ``known``
    keeps what main files include from one drop-in of a call to the next.
    Raises FileNotFoundError, IsADirectoryError, UnreadableFile, SshkeepError.
    """
    if data is not None:
        return _tree(path, options._replace(files=OverlayFileSystem(options.files, {path: data})))
    main = _main_file(path, options.files)
    if main and (options.kind is None or options.kind == kind_by_name(main)):
        known = {} if known is None else known
        if main not in known:
            tree = _tree(main, options)
            known[main] = _loaded(tree)
        tree, _, members = known[main]
        member = members.get(options.files.identity(path))
        if member:
            return tree._replace(shown=frozenset((member,)))
    return _tree(path, options)


def _tree(path: str, options: TreeOptions) -> Tree:
    files, root = options.files, options.root
    client = None if options.kind else client_kind(path, files)
    if client:
        return client_tree(path, client, options)
    machine = options.machine
    own = machine is not None or is_live(path)
    if not machine and (options.in_memory or not (own or root == "/")):
        check_format(path, files.read(path))
    kind = options.kind or kind_by_name(path) or kind_by_content(path, files.read(path))
    if machine and not options.target:
        target, installed = machine.target, True
    elif options.target or options.in_memory:
        target, installed = options.target or NEWEST_TARGET, False
    else:
        target, installed = target_for(own)
    fragment = os.path.basename(os.path.dirname(os.path.abspath(path))).endswith(".d")
    live = root is None and own
    facts: MachineFacts | None = GatheredFacts(machine) if machine else DiskFacts() if live else None
    given = options.target is not None
    return Tree(
        _tops(path, kind, live, options), kind, target, files, None, installed, fragment, given, facts
    )


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


def _tops(path: str, kind: Kind, live: bool, options: TreeOptions) -> tuple[TopFile, ...]:
    """The live ~/.ssh/config, then the system's file; any other client file is read alone."""
    beside = os.path.dirname(os.path.realpath(path) if _is_link(path, live) else path)
    image = None if live or options.root is not None else _image(beside)
    place = IncludeBase(
        kind, beside, options.home, options.root, live, image=image, home_named=bool(options.home_named)
    )
    system = options.system_file("ssh_config")
    if not live or kind == "sshd_config":
        return (TopFile(path, place),)
    if os.path.abspath(path) == system:
        return (TopFile(path, place._replace(system=True)),)
    if os.path.abspath(path) == f"{options.home}/.ssh/config" and system:
        return TopFile(path, place), TopFile(system, place._replace(beside=SSH_DIR, system=True))
    return (TopFile(path, place),)


def _image(folder: str) -> str | None:
    """The root of the tree in which ``folder`` is etc/ssh; None where it is another one."""
    if not os.path.abspath(folder).endswith(SSH_DIR):
        return None
    above = folder.rstrip("/").removesuffix(SSH_DIR[1:])
    return above.rstrip("/") if above != folder.rstrip("/") else os.path.normpath(f"{folder or '.'}/../..")


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


def _loaded(tree: Tree) -> LoadedTree:
    config = tree.load()
    paths = [*config.files, *(unread.path for unread in config.unread)]
    return LoadedTree(tree, config, {tree.files.identity(path): path for path in reversed(paths)})


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
