"""What may stand at the end of a command line that is being typed; `sshkeep completion` prints who asks.

Nothing of the folder is read, no rule of a policy is run, and typer is not imported: it must take no time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import get_args

from sshkeep.cli.declarations import COMMAND_NAMES, CommandOption, parameters
from sshkeep.cli.plain_arguments import Parameter

FILES, FOLDERS = ("", "files"), ("", "folders")
"""In place of a candidate: the shell completes names of files, or of folders."""

Proposal = tuple[str, str]
"""A word, and a line of help."""


def print_completions(shell: str, words: Sequence[str]) -> None:
    """Print what may stand in place of the last one of ``words``, which are those behind ``sshkeep``.

    A line is a word, a tab and its help. bash counts ``=`` as a word of its own, and replaces only what is
    behind it.
    """
    words = _joined(words) if shell == "bash" else [*words]
    for word, help in candidates(words):
        if word.startswith(words[-1]) or not word:
            behind = word.rpartition("=")[2] if shell == "bash" and word.startswith("-") else word
            sys.stdout.write(f"{behind}\t{help}\n")


def _joined(words: Sequence[str]) -> list[str]:
    found = [""]
    for number, word in enumerate(words):
        if word == "=" or words[number - 1 : number] == ["="]:
            found[-1] += word
        else:
            found.append(word)
    return found[1:] or [""]


def candidates(words: Sequence[str]) -> Iterable[Proposal]:
    """What may stand in place of the last word, whatever that begins with."""
    *before, word = words
    if not before:
        return [(name, "") for name in COMMAND_NAMES]
    found = _commands(before)
    if len(found) > 1:
        return [(each.__name__, _first_line(each)) for each in found]
    return _candidates_of(found[0], before, word) if found else []


def _commands(words: Sequence[str]) -> list[Callable[..., object]]:
    """The command that is named, or those of a group of which none is; empty for no command."""
    if words[0] not in COMMAND_NAMES:
        return []
    module = import_module(f"sshkeep.cli.{words[0]}")
    if not hasattr(module, "COMMANDS"):
        return [getattr(module, words[0])]
    return [each for each in module.COMMANDS if words[1:2] in ([], [each.__name__])]


def _candidates_of(command: Callable[..., object], before: Sequence[str], word: str) -> Iterable[Proposal]:
    known = [Parameter(name, hint, False) for name, hint in parameters(command).items()]
    options = {
        name: each
        for each in known
        if isinstance(each.declaration, CommandOption)
        for name in each.declaration.spellings
    }
    arguments = [each for each in known if not isinstance(each.declaration, CommandOption)]
    ended = "--" in before
    count, left = 0, iter(before[before.index(command.__name__) + 1 :])
    for each in left:
        if not each.startswith("-") or each == "-" or (ended and each not in options):
            count += each != "--"
        elif each in options and options[each].type is not bool and next(left, None) is None:
            return _values_of_option(each, options[each], word)
    if word.startswith("-") and not ended:
        return _options(options, word)
    place = min(count, len(arguments) - 1)
    if not arguments or (count > place and not arguments[place].many):
        return []
    return _values_of_argument(command.__name__, arguments[place], count, word)


def _options(options: Mapping[str, Parameter], word: str) -> Iterable[Proposal]:
    name, equals, text = word.partition("=")
    if not equals or name not in options:
        return [(name, each.declaration.help) for name, each in options.items()]
    values = _values_of_option(name, options[name], text)
    return [(f"{name}={value}" if value else "", help) for value, help in values]


def _first_line(command: Callable[..., object]) -> str:
    return (command.__doc__ or "").partition("\n")[0]


def _values_of_option(name: str, parameter: Parameter, text: str) -> Iterable[Proposal]:
    option = parameter.declaration
    choices = getattr(option, "choices", ()) or get_args(parameter.type)
    if choices:
        return [(choice, "") for choice in choices]
    if name in BY_OPTION:
        return BY_OPTION[name](text)
    return BY_METAVAR.get(option.metavar or "", ())


def _values_of_argument(command: str, parameter: Parameter, count: int, text: str) -> Iterable[Proposal]:
    if command == "rule":
        return _rules(text)
    if command in ("set", "explain") and parameter.name != "paths":
        return [FILES] if count else _keywords("")
    if choices := get_args(parameter.type):
        return [(choice, "") for choice in choices]
    return BY_METAVAR.get((parameter.declaration.metavar or "").strip("[].").rstrip("]"), ())


def _rules(text: str) -> Iterator[Proposal]:
    """Ids; behind commas another one of a list. Until something is typed, no rule is run for its summary."""
    from sshkeep.lint.registry import all_rules

    first = text[: text.rfind(",") + 1]
    for rule in all_rules().values():
        if f"{first}{rule.id}".startswith(text):
            yield f"{first}{rule.id}", rule.rule.summary if text != first else rule.group


def _groups(text: str) -> Iterator[Proposal]:
    """Names of groups; behind commas another one of a list."""
    from sshkeep.lint.registry import all_rules

    first = text[: text.rfind(",") + 1]
    groups = dict.fromkeys(rule.group for rule in all_rules().values())
    return ((f"{first}{group}", "a group") for group in groups)


def _rules_and_groups(text: str) -> Iterator[Proposal]:
    first = text[: text.rfind(",") + 1]
    yield from _groups(text)
    yield f"{first}ALL", "all rules"
    yield from _rules(text)


def _keywords(text: str) -> Iterator[Proposal]:
    from sshkeep.openssh.tables.keywords import descriptions, known_names

    names = {**known_names("sshd_config"), **known_names("ssh_config")}
    help = {**descriptions("sshd_config"), **descriptions("ssh_config")}
    yield from ((name, help.get(lower, "")) for lower, name in sorted(names.items()))


def _targets(text: str) -> Iterator[Proposal]:
    from sshkeep.openssh.target_aliases import targets_with_aliases
    from sshkeep.openssh.targets import target_of

    yield "auto", "what is installed"
    for name, aliases in targets_with_aliases().items():
        help = f"OpenSSH {target_of(name).release}"
        yield from ((each, help) for each in (name, *aliases))


def _paths(text: str) -> Iterator[Proposal]:
    from sshkeep.idle.known_paths import KNOWN_PATHS

    yield from ((path.name, path.label) for path in KNOWN_PATHS)


def _profiles(text: str) -> Iterator[Proposal]:
    from sshkeep.policy.profiles import profiles

    yield from ((name, "") for name in profiles())


def _policies(text: str) -> Iterator[Proposal]:
    yield from (FILES, ("none", "no policy"))


BY_OPTION: Mapping[str, Callable[[str], Iterable[Proposal]]] = {
    "--target": _targets,
    "--server-target": _targets,
    "--client-target": _targets,
    "--select": _rules_and_groups,
    "--extend-select": _rules_and_groups,
    "--ignore": _rules_and_groups,
    "--keyword": _keywords,
    "--path": _paths,
    "--profile": _profiles,
    "--extend": _profiles,
    "--group": _groups,
    "--policy": _policies,
}
"""What an option takes, by its name; the text is what is there of the value."""

BY_METAVAR: Mapping[str, tuple[Proposal, ...]] = {
    "FILE": (FILES,),
    "PATH": (FILES,),
    "PATTERN": (FILES,),
    "DIR": (FOLDERS,),
}
"""The same by how the help names the value."""
