"""Expand ``%`` tokens and ``${NAME}`` in a text, as misc.c does."""

from __future__ import annotations

import re
from collections.abc import Mapping


class BadToken(Exception):
    """ssh exits for an unknown token, or a variable that is not set; the text names it."""


class UnsetVariable(BadToken):
    """A variable that is well formed and not set, which ssh forgives in the name of an Include."""


# Compiled when they are first used: few texts have a token.
_TOKEN = r"%(.?)"
_VARIABLE = r"\$\{([^}]*)(\}?)"


def expand_tokens(text: str, tokens: Mapping[str, str]) -> str:
    """misc.c percent_expand. Raises BadToken."""
    return re.sub(_TOKEN, lambda found: _token(found[1], tokens), text, flags=re.DOTALL)


def expand_variables(text: str, environment: Mapping[str, str]) -> str:
    """misc.c dollar_expand: ``${NAME}``. Raises BadToken."""
    return re.sub(_VARIABLE, lambda found: _variable(found[1], found[2], environment), text)


def expand_both(text: str, tokens: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """misc.c percent_dollar_expand: both in one pass, so that values are not expanded. Raises BadToken."""

    def expanded(found: re.Match[str]) -> str:
        if found[1] is not None:
            return _token(found[1], tokens)
        return _variable(found[2], found[3], environment)

    return re.sub(f"{_TOKEN}|{_VARIABLE}", expanded, text, flags=re.DOTALL)


def _token(name: str, tokens: Mapping[str, str]) -> str:
    if name == "%":
        return "%"
    if name not in tokens:
        raise BadToken(f"%{name} is not a token here")
    return tokens[name]


def _variable(name: str, brace: str, environment: Mapping[str, str]) -> str:
    if not brace:
        raise BadToken("a ${ is not closed")
    if not name:
        raise BadToken("${} names no variable")
    if name not in environment:
        raise UnsetVariable(f"the variable {name} is not set")
    return environment[name]


class AnyVariable(dict[str, str]):
    """An environment in which every variable is set."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return ""


_IN_INCLUDE = dict.fromkeys("CLdhijklnpru", "")


def bad_include_name(argument: str) -> str:
    """What ssh does not expand in the name of an Include, for any host; empty for nothing.

    readconf.c expand_match_exec_or_include_path, which has all tokens since 9.9.
    """
    try:
        expand_both(argument, _IN_INCLUDE, AnyVariable())
    except BadToken as error:
        return str(error)
    return ""
