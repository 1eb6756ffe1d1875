"""Search folders for configs, and leave out what a user, a policy or git excludes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sshkeep.config.tree.template import name_without_template, template_by_name
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.trees.kind import MAIN_FILES
from sshkeep.trees.path_patterns import PathPattern

if TYPE_CHECKING:
    from sshkeep.trees.gitignore import IgnoreFile

DROP_IN_FOLDERS = ("ssh_config.d", "sshd_config.d")
DEFAULT_EXCLUDES = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "node_modules",
    "venv",
    "/dev",
    "/proc",
    "/sys",
)
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
POLICY_NAMES = ("sshkeep.yaml", "pyproject.toml")


class PolicyExcludes(NamedTuple):
    """The excludes of a policy; ``exclude`` takes the place of the default ones, unless it is None."""

    exclude: tuple[PathPattern, ...] | None = None
    extend_exclude: tuple[PathPattern, ...] = ()


NO_EXCLUDES = PolicyExcludes()


class SearchOptions(NamedTuple):
    """What a call leaves out. ``exclude`` takes the place of the policy's and the default ones.

    With ``force_exclude`` they also count for paths that the user names.
    """

    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    gitignore: bool = True


class NotSearched(NamedTuple):
    """A folder, or a file with the name of a config, that a search left out."""

    path: str
    why: str


class Search:
    """Finds the configs below folders.

    ``left_out`` is what was not looked at, ``mounts`` are the other file systems below, ``unreadable`` the
    errors of folders. ``policy_excludes`` gives those of the policy that counts for a path.
    """

    def __init__(
        self,
        options: SearchOptions = SearchOptions(),  # noqa: B008, never changed
        policy_excludes: Callable[[str], PolicyExcludes] = lambda path: NO_EXCLUDES,
    ) -> None:
        self.options = options
        self.left_out: list[NotSearched] = []
        self.mounts: list[str] = []
        self.unreadable: list[OSError] = []
        self.progress: Callable[[int], None] = lambda folders: None
        """It is told how many folders have been searched."""
        self._policy_excludes = policy_excludes

    def configs_in(self, folder: str) -> list[str]:
        """The configs below a folder, sorted. Raises SshkeepError where there are none."""
        left_out, closed = len(self.left_out), len(self.unreadable)
        try:
            found = sorted(_Walk(self, folder).configs())
        except OSError as error:  # of the folder itself
            self.unreadable.append(error)
            return []
        if not found and closed == len(self.unreadable):
            raise SshkeepError(
                f"no ssh_config, sshd_config, *_config.d/* or .ssh/config below {folder}",
                "something was left out: -v shows what, and why"
                if len(self.left_out) > left_out
                else "name the file itself to lint it",
            )
        return found

    def leaves_out(self, path: str) -> bool:
        """Whether an exclude counts for a path that the user names, or for a folder that it is in."""
        if not self.options.force_exclude:
            return False
        absolute, here = os.path.abspath(path), os.getcwd()
        excludes = self.excludes(absolute)
        within = absolute.startswith(here.rstrip("/") + "/")
        names = absolute[len(here.rstrip("/")) + 1 :].split("/") if within else []
        above = [os.path.join(here, *names[:count]) for count in range(1, len(names))]
        why = next((why for each in (*above, absolute) if (why := excludes.why(each))), "")
        if why:
            self.left_out.append(NotSearched(path, why))
        return bool(why)

    def excludes(self, path: str) -> Excludes:
        """What is excluded beside ``path``. Of a policy that is not valid nothing counts."""
        options, here = self.options, os.getcwd()
        try:
            policy = self._policy_excludes(path)
        except SshkeepError:  # reported where a config is linted by it
            policy = NO_EXCLUDES
        default = tuple(PathPattern(text, "/", "by default") for text in DEFAULT_EXCLUDES)
        patterns = policy.exclude if policy.exclude is not None else default
        if options.exclude is not None:
            patterns = tuple(PathPattern(text, here, "--exclude") for text in options.exclude)
        more = tuple(PathPattern(text, here, "--extend-exclude") for text in options.extend_exclude)
        return Excludes((*patterns, *policy.extend_exclude, *more))


class Excludes:
    """The patterns that count in a folder; those without wildcards, as most are, are looked up."""

    def __init__(self, patterns: tuple[PathPattern, ...]) -> None:
        plain = [each for each in patterns if "*" not in each.text and "?" not in each.text]
        self._names = {each.text: each for each in plain if "/" not in each.text}
        self._paths = {os.path.normpath(os.path.join(each.folder, each.text)): each for each in plain}
        self._wild = [each for each in patterns if each not in plain]

    def why(self, path: str) -> str:
        """Why the absolute ``path`` is excluded; empty if it is not."""
        fitting = self._names.get(os.path.basename(path)) or self._paths.get(path)
        for each in () if fitting else self._wild:
            if each.fits(path):
                fitting = each
                break
        return f"excluded {fitting.origin}: {fitting.text}" if fitting else ""


class _Place(NamedTuple):
    """A folder that is to be searched: its path as the user names it, and what counts in it."""

    path: str
    absolute: str
    excludes: Excludes
    ignore_files: tuple[IgnoreFile, ...]


class _Walk:
    """One search below ``top``. It stays on one file system, and follows no link to a folder."""

    def __init__(self, search: Search, top: str) -> None:
        self.search = search
        self.top = top
        self.device = os.stat(top).st_dev
        self.real_top = os.path.realpath(top).rstrip("/") + "/"

    def configs(self) -> Iterator[str]:
        """The paths of the configs; folder after folder, since one in another may be deeper than a call."""
        left = [self._start()]
        searched = 0
        while left:
            place = left.pop()
            searched += 1
            self.search.progress(searched)
            try:
                with os.scandir(place.path) as entries:
                    inside = list(entries)
            except OSError as error:
                self.search.unreadable.append(error)
                continue
            place = self._with_own_files(place, frozenset(entry.name for entry in inside))
            for entry in inside:
                path = os.path.join(place.absolute, entry.name)
                if _is_folder(entry):
                    if self._is_wanted(entry, path, place, is_folder=True):
                        left.append(place._replace(path=entry.path, absolute=path))
                elif is_config_name(place.absolute, entry.name):
                    if self._is_wanted(entry, path, place, is_folder=False):
                        yield entry.path
                elif _is_backup(place.absolute, entry.name):
                    self._leave_out(entry.path, "a backup, by its name")

    def _start(self) -> _Place:
        absolute = os.path.abspath(self.top)
        above: tuple[IgnoreFile, ...] = ()
        if self.search.options.gitignore:
            from sshkeep.trees.gitignore import files_above

            above = files_above(absolute)
        return _Place(self.top, absolute, self.search.excludes(os.path.join(absolute, "x")), above)

    def _with_own_files(self, place: _Place, names: frozenset[str]) -> _Place:
        """What counts in a folder with these entries: its own policy, its own .gitignore."""
        if any(name in names for name in POLICY_NAMES):
            place = place._replace(excludes=self.search.excludes(os.path.join(place.absolute, "x")))
        if self.search.options.gitignore and (".gitignore" in names or ".git" in names):
            from sshkeep.trees.gitignore import files_in

            # A repository in another one has its own rules.
            outer = () if ".git" in names else place.ignore_files
            place = place._replace(ignore_files=(*outer, *files_in(place.absolute, names)))
        return place

    def _is_wanted(self, entry: os.DirEntry[str], path: str, place: _Place, *, is_folder: bool) -> bool:
        """Whether a folder is searched, or a file with the name of a config is one to lint."""
        why = place.excludes.why(path)
        if not why and place.ignore_files:
            from sshkeep.trees.gitignore import ignored_by

            line = ignored_by(place.ignore_files, path, is_folder=is_folder)
            why = f"ignored by git: {line}" if line else ""
        if not why:
            why = self._other_file_system(entry) if is_folder else self._why_no_file(entry)
        if why:
            self._leave_out(entry.path, why)
        return not why

    def _other_file_system(self, entry: os.DirEntry[str]) -> str:
        try:
            if entry.stat(follow_symlinks=False).st_dev == self.device:
                return ""
        except OSError as error:
            self.search.unreadable.append(error)
            return "can't be looked at"
        self.search.mounts.append(entry.path)
        return "another file system"

    def _why_no_file(self, entry: os.DirEntry[str]) -> str:
        """Why it is no regular file, or one that a link leads out of the searched folder to."""
        try:
            if not entry.is_file():
                return "not a regular file"
            if entry.is_symlink() and not os.path.realpath(entry.path).startswith(self.real_top):
                return "a link that leads out of the searched folder"
        except OSError as error:
            return f"can't be looked at: {error.strerror}"
        return ""

    def _leave_out(self, path: str, why: str) -> None:
        self.search.left_out.append(NotSearched(path, why))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def is_config_name(folder: str, name: str) -> bool:
    """Whether a file of this name in the absolute ``folder`` is a config, or a template of one."""
    if name.endswith(IGNORED_ENDINGS) or ".dpkg-" in name:
        return False
    if template_by_name(name):
        folder, name = os.path.split(name_without_template(os.path.join(folder, name)))
    if name in MAIN_FILES:
        return True
    parent = os.path.basename(folder)
    in_drop_ins = parent in DROP_IN_FOLDERS and not name.startswith(".")
    return in_drop_ins or (name == "config" and parent == ".ssh")


def _is_backup(folder: str, name: str) -> bool:
    """Whether it would be a config without the ending of a backup."""
    ending = next((each for each in IGNORED_ENDINGS if name.endswith(each)), "")
    stem = name.removesuffix(ending) if ending else name.partition(".dpkg-")[0]
    return stem != name and is_config_name(folder, stem)
