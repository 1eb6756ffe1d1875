"""What is known of a type of values: how it is cut, read, printed, described, and typed in the settings."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal

from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value, no_argument
from sshkeep.phrase import Phrase

Texts = tuple[str, ...]
"""What a program prints behind a keyword: a text for each line."""

Splitting = Literal["words", "environment", "criteria", "rest"]
"""How a line is cut into arguments: see `split_arguments`."""

Spellings = dict[str, str]
"""Lower-case word to the word that it stands for."""

LIST = 0
"""As ``most``: any number of words."""


class Printing(NamedTuple):
    """What a printer may ask: ``adds`` is `Keyword.adds`, ``default`` gives the lines of the default."""

    kind: Kind
    target: Target
    adds: bool
    default: Callable[[], Texts]


class LazyModule:
    """A module of readers, imported when the first of them is called: a config has few types of values."""

    def __init__(self, name: str) -> None:
        self._name = f"sshkeep.openssh.{name}"

    def __getattr__(self, attribute: str) -> object:
        found = self.__dict__[attribute] = getattr(import_module(self._name), attribute)
        return found


def print_lines(value: Value, printing: Printing) -> Texts:
    """One line; of a list, a line for each member."""
    return value if isinstance(value, tuple) else (str(value),)


def print_on_one_line(value: Value, printing: Printing) -> Texts:
    """The words of a list on one line, ``none`` for no word; where lines add up, a line for each."""
    if isinstance(value, tuple) and not printing.adds:
        return (" ".join(value) or "none",)
    return print_lines(value, printing)


class ValueType:
    """One type of values. All types are in types.py and words.py.

    ``settings`` names the types of field_types.py that may hold such a value, the usual one first. ``help``
    says in a few words what can be written. A line has at most ``most`` words, or any number (`LIST`).
    """

    __slots__ = (
        "choices",
        "empty_is_fatal_from",
        "empty_is_skipped_by",
        "empty_rest_is_read_by",
        "empty_until",
        "empty_value",
        "help",
        "ignores_words_after_empty",
        "is_algorithm_list",
        "is_flag",
        "is_include",
        "is_time",
        "most",
        "name",
        "on_one_line",
        "opens_block",
        "parts_are_named",
        "printed",
        "reader",
        "settings",
        "splitting",
    )

    def __init__(
        self,
        name: str,
        reader: Callable[[Arguments], Value],
        *,
        help: str,
        settings: tuple[str, ...],
        most: int = 1,
        printed: Callable[[Value, Printing], Texts] | None = None,
        on_one_line: bool = False,
        splitting: Splitting = "words",
        choices: Callable[[Target], Spellings] | None = None,
        opens_block: bool = False,
        is_include: bool = False,
        is_algorithm_list: bool = False,
        is_flag: bool = False,
        is_time: bool = False,
        parts_are_named: bool = False,
        empty_until: Release | None = None,
        empty_value: Value = None,
        empty_is_fatal_from: Release | None = None,
        empty_is_skipped_by: tuple[Kind, ...] = (),
        empty_rest_is_read_by: tuple[Kind, ...] = (),
        ignores_words_after_empty: tuple[Kind, ...] = (),
    ) -> None:
        self.name = name
        self.reader = reader
        self.help = help
        self.settings = settings
        self.most = most
        self.printed = printed or (print_on_one_line if on_one_line else print_lines)
        """The right-hand sides of the lines that the program prints for a value."""
        self.on_one_line = on_one_line
        """Whether the words of a list are printed on one line, instead of a line each."""
        self.splitting: Splitting = splitting
        self.choices = choices
        """The words of a fixed set that the target takes, where there is one."""
        self.opens_block = opens_block
        self.is_include = is_include
        self.is_algorithm_list = is_algorithm_list
        self.is_flag = is_flag
        self.is_time = is_time
        self.parts_are_named = parts_are_named
        """Whether the first word of a line names what the rest is for, as Subsystem's does."""
        self.empty_until = empty_until
        """First release that refuses a list of no words; None where all do."""
        self.empty_value = empty_value
        """The value of such a list; None leaves the option unset."""
        self.empty_is_fatal_from = empty_is_fatal_from
        """From which release on ssh, too, exits at once where a comment takes all the line (readconf.c)."""
        self.empty_is_skipped_by = empty_is_skipped_by
        """The programs that take a line of which a comment takes all, in all releases."""
        self.empty_rest_is_read_by = empty_rest_is_read_by
        """The programs that, up to 8.6, took an empty rest of the line behind a separator."""
        self.ignores_words_after_empty = ignores_words_after_empty
        """The programs that, up to 8.6, looked at nothing behind an empty word of the list."""

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def is_list(self) -> bool:
        """Whether a line has any number of words, each of which counts for itself."""
        return self.most == LIST

    @property
    def takes_rest_of_line(self) -> bool:
        """Whether the value is the rest of the line as it is, quotes and all."""
        return self.splitting == "rest"

    @property
    def sets_option(self) -> bool:
        """Whether such a line sets an option: no Include, no Host or Match, and nothing that is skipped."""
        return bool(self.settings)

    def help_for(self, target: Target) -> str:
        """What may be written, in words; the words themselves for a fixed set."""
        return self.help or ", ".join(self.choices(target) if self.choices else ())

    def read(self, arguments: Arguments) -> Value:
        """The value of a line's arguments. Raises BadValue where the target refuses them."""
        if not arguments.words or not arguments.words[0]:
            value = self._read_nothing(arguments)
            self._check_end(arguments)
            return value
        value = self.reader(arguments)
        self._check_end(arguments)
        extra = arguments.words[self.most :] if self.most else ()
        if extra and (arguments.splits_argv or extra[0]):
            problem = _MORE_THAN[self.most].filled(keyword=arguments.keyword)
            raise BadValue(problem, reason="extra argument")
        return value

    def _check_end(self, arguments: Arguments) -> None:
        """Up to 8.6 an empty word ended a list, and more behind it was an extra argument."""
        words = arguments.words
        ignored = arguments.kind in self.ignores_words_after_empty
        if self.most or ignored or arguments.splits_argv or "" not in words:
            return
        behind = words[words.index("") + 1 :]
        if behind and behind[0]:
            raise BadValue(f"more than a list after {arguments.keyword}", reason="extra argument")

    def _read_nothing(self, arguments: Arguments) -> Value:
        """No argument, or an empty one first: an error unless a list of an older release is meant."""
        release, old = arguments.target.release, not arguments.splits_argv
        allowed = self.empty_until is not None and release < self.empty_until
        skipped = arguments.kind in self.empty_is_skipped_by
        if (allowed or skipped) and (not arguments.words or old):
            return self.empty_value
        read_anyway = self.is_list if not old else arguments.kind in self.empty_rest_is_read_by
        if arguments.words and read_anyway:
            return self.reader(arguments)
        since = self.empty_is_fatal_from
        fatal = True if since and release >= since else None
        raise BadValue(no_argument(arguments.keyword), fatal, reason="missing argument")


_MORE_THAN = {
    1: Phrase("more than one argument after {keyword}"),
    2: Phrase("more than two arguments after {keyword}"),
    3: Phrase("more than three arguments after {keyword}"),
}
