"""Value types for tests: their properties, types of words, and lines without arguments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Arguments, BadValue
from sshkeep.openssh.values.value_type import LIST, LazyModule, Printing, ValueType
from sshkeep.openssh.values.words import word_type
from tests.openssh.values.reading import target_by_name


def _arguments(*words: str, target: str = "openssh-9.9") -> Arguments:
    return Arguments(words, "Colour", "colour", "sshd_config", target_by_name(target))


def colour() -> ValueType:
    """A type of words with all that it can have."""
    return word_type(
        "colour",
        {"Red": "red", "blue": "blue", "yes": "yes"},
        settings="Text",
        before=(Release(9, 0), {"grey": "grey"}),
        vendor_words=("debian", {"black": "black"}),
        true_false_from=Release(9, 5),
        printed=lambda word, target: f"{word} of {target.release}",
    )


@pytest.mark.parametrize(
    ("word", "target", "value"),
    [
        ("blue", "openssh-9.0", "blue"),
        ("BLUE", "openssh-9.0", "blue"),
        ("grey", "openssh-8.9", "grey"),
        ("black", "debian-12", "black"),
        ("black", "debian-11", "black"),
    ],
)
def test_words_by_target(word: str, target: str, value: str) -> None:
    assert colour().read(_arguments(word, target=target)) == value


@pytest.mark.parametrize(
    ("word", "target", "sentence"),
    [
        ("blue", "openssh-8.9", "'blue' is none of grey"),
        ("grey", "openssh-9.0", "'grey' is none of Red, blue, yes"),
        ("blue", "debian-12", "'blue' is none of black"),
        ("red", "openssh-9.0", "'red' is none of Red, blue, yes"),
    ],
)
def test_unknown_words_by_target(word: str, target: str, sentence: str) -> None:
    with pytest.raises(BadValue) as error:
        colour().read(_arguments(word, target=target))
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("word", "target", "text"),
    [
        ("yes", "openssh-9.4", "yes of 9.4"),
        ("yes", "openssh-9.5", "true of 9.5"),
        ("blue", "openssh-9.5", "blue of 9.5"),
    ],
)
def test_how_words_are_printed(word: str, target: str, text: str) -> None:
    assert colour().printed(word, _printing(target_by_name(target))) == (text,)


def _printing(target: Target, adds: bool = False) -> Printing:
    return Printing("sshd_config", target, adds, lambda: ("the default",))


def test_a_type_of_words() -> None:
    assert (colour().name, colour().help, colour().settings, colour().is_flag, colour().most) == (
        "colour",
        "",
        ("Text",),
        False,
        1,
    )
    switch = word_type("switch", {"on": "on"}, settings="Flag", help="on", exact_case=True)
    assert (switch.help, switch.is_flag) == ("on", True)
    assert switch.printed("on", _printing(target_by_name("openssh-9.9"))) == ("on",)
    with pytest.raises(BadValue, match=r"^'ON' is neither yes nor no$"):
        switch.read(_arguments("ON"))
    assert switch.read(_arguments("on")) == "on"


def test_a_type_says_nothing_of_itself_but_what_it_is_given() -> None:
    """No property is set that the table does not name."""
    type = ValueType("plain", lambda arguments: arguments.words[0], help="a word", settings=("Text",))
    target = target_by_name("openssh-9.9")
    flags = (
        type.on_one_line,
        type.opens_block,
        type.is_include,
        type.is_algorithm_list,
        type.is_flag,
        type.is_time,
    )
    assert flags == (False,) * 6
    assert (type.parts_are_named, type.is_list, type.takes_rest_of_line) == (False,) * 3
    assert type.ignores_words_after_empty == ()
    assert (type.choices, type.empty_until, type.empty_value, type.empty_is_fatal_from) == (None,) * 4
    assert (type.empty_is_skipped_by, type.empty_rest_is_read_by) == ((), ())
    assert (type.splitting, type.most, type.name, repr(type)) == ("words", 1, "plain", "<plain>")
    assert (type.sets_option, type.help_for(target)) == (True, "a word")
    assert type.printed(("a", "b"), _printing(target)) == ("a", "b")


def test_what_can_be_written() -> None:
    """The words of a fixed set are the target's."""
    assert colour().help_for(target_by_name("openssh-9.9")) == "Red, blue, yes"
    assert colour().help_for(target_by_name("openssh-8.9")) == "grey"
    bare = ValueType("bare", lambda arguments: None, help="", settings=())
    assert bare.help_for(target_by_name("openssh-9.9")) == ""


def test_readers_are_imported_when_they_are_called() -> None:
    assert getattr(LazyModule("values.numbers"), "parse_size")("1K") == 1024  # noqa: B009


def test_a_type_is_what_it_is_given() -> None:
    """Each property, where the table names it."""
    type = ValueType(
        "full",
        lambda arguments: arguments.listed,
        help="",
        settings=(),
        most=LIST,
        on_one_line=True,
        splitting="rest",
        choices=lambda target: {"a": "a", "b": "b"},
        opens_block=True,
        is_include=True,
        is_algorithm_list=True,
        is_flag=True,
        is_time=True,
        parts_are_named=True,
        empty_until=Release(9, 0),
        empty_value="nothing",
        empty_is_fatal_from=Release(9, 5),
        empty_is_skipped_by=("ssh_config",),
        empty_rest_is_read_by=("ssh_config",),
        ignores_words_after_empty=("sshd_config",),
    )
    target = target_by_name("openssh-9.9")
    assert type.on_one_line and type.opens_block and type.is_include and type.is_algorithm_list
    assert type.is_flag and type.is_time and type.parts_are_named and type.is_list and type.takes_rest_of_line
    assert (type.sets_option, type.help_for(target)) == (False, "a, b")
    assert type.printed(("a", "b"), _printing(target)) == ("a b",)
    assert type.printed((), _printing(target)) == ("none",)
    assert type.printed(("a", "b"), _printing(target, adds=True)) == ("a", "b")
    assert type.read(_arguments(target="openssh-8.9")) == "nothing"
    assert type.read(_arguments("a", "", "b", target="openssh-8.6")) == ("a",)


def words() -> ValueType:
    """A list that may be empty in some releases, and for sshd."""
    return ValueType(
        "list",
        lambda arguments: ("read", *arguments.listed),
        help="words",
        settings=("Words",),
        most=LIST,
        empty_until=Release(9, 0),
        empty_is_fatal_from=Release(9, 5),
        empty_is_skipped_by=("sshd_config",),
    )


def rest_of_line() -> ValueType:
    """The rest of a line, of which ssh reads an empty one."""
    return ValueType(
        "rest",
        lambda arguments: "read",
        help="",
        settings=("Text",),
        splitting="rest",
        empty_rest_is_read_by=("ssh_config",),
    )


@pytest.mark.parametrize(
    ("type", "words", "kind", "target", "value"),
    [
        (words, (), "ssh_config", "openssh-8.9", None),
        (words, (), "sshd_config", "openssh-9.9", None),
        (words, ("",), "ssh_config", "openssh-8.6", None),
        (words, ("",), "ssh_config", "openssh-8.7", ("read", "")),
        (words, ("",), "sshd_config", "openssh-9.9", ("read", "")),
        (rest_of_line, ("",), "ssh_config", "openssh-8.6", "read"),
    ],
)
def test_no_argument(
    type: Callable[[], ValueType], words: tuple[str, ...], kind: Kind, target: str, value: object
) -> None:
    arguments = Arguments(words, "Colour", "colour", kind, target_by_name(target))
    assert type().read(arguments) == value


@pytest.mark.parametrize(
    ("type", "words", "kind", "target", "stops"),
    [
        (words, (), "ssh_config", "openssh-9.0", None),
        (words, (), "ssh_config", "openssh-9.4", None),
        (words, (), "ssh_config", "openssh-9.5", True),
        (rest_of_line, (), "ssh_config", "openssh-8.6", None),
        (rest_of_line, ("",), "sshd_config", "openssh-8.6", None),
        (rest_of_line, ("",), "ssh_config", "openssh-8.7", None),
    ],
)
def test_no_argument_is_refused(
    type: Callable[[], ValueType], words: tuple[str, ...], kind: Kind, target: str, stops: bool | None
) -> None:
    arguments = Arguments(words, "Colour", "colour", kind, target_by_name(target))
    with pytest.raises(BadValue) as error:
        type().read(arguments)
    assert (str(error.value), error.value.stops, error.value.reason) == (
        "no argument after Colour",
        stops,
        "missing argument",
    )
