"""The source of settings/sshd.py and settings/ssh.py, made from the tables of options."""

from __future__ import annotations

import re
from functools import lru_cache

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, Release
from sshkeep.openssh.tables.defaults import default_lines
from sshkeep.openssh.tables.keywords import option_rows, vendor_option_rows
from sshkeep.openssh.tables.option import Option
from sshkeep.openssh.targets import Target, all_targets, target_of

LAST_MINORS = {8: 9, 9: 9, NEWEST.major: NEWEST.minor}
RELEASES = [Release(major, minor) for major, last in LAST_MINORS.items() for minor in range(last + 1)]
TARGETS: list[Target] = [target_of(f"openssh-{release}") for release in RELEASES] + [*all_targets().values()]

ONE_WORD = ("CCache", "CNAMEs", "IPQoS", "MACs", "RDomain", "S4U2", "XAuth", "Enablek5users")
LISTS = ("Algorithms", "Commas", "Forwards", "Lines", "Words")
"""Types of fields that are empty where nothing is set."""
BY_NAME = ("ByName", "Environment")

HEAD = '''"""Every setting of {program}. Written by ``python -m tests.regenerate`` from the tables of options."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sshkeep.openssh.kind import Kind
from sshkeep.settings.base import Settings
from sshkeep.settings.field_types import (
{types}
)


class {name}(Settings):
    """Every setting of {program}, by keyword.

    What each means, from and until which release there is such a setting, and its default:
    ``{name}.model_fields[name].description``, and the descriptions of its JSON Schema.
    """

    kind: ClassVar[Kind] = "{kind}"

{fields}

    # Vendors' own.
{vendors}
'''


def models_source(kind: Kind) -> str:
    """The module of the settings of one language."""
    rows = sorted(setting_rows(kind), key=lambda row: field_name(row.name))
    own = [row for row in rows if all(keyword.vendors for keyword in row.keywords())]
    types = {field_annotation(row).removesuffix(" | None") for row in rows}
    program = kind.removesuffix("_config")
    return HEAD.format(
        program=program,
        kind=kind,
        name=f"{program.capitalize()}Settings",
        types="\n".join(f"    {name}," for name in sorted(types, key=str.lower)),
        fields="\n".join(_field(row, kind) for row in rows if row not in own),
        vendors="\n".join(_field(row, kind) for row in own),
    )


def setting_rows(kind: Kind) -> list[Option]:
    """The options that are fields of the settings: those that set something, and what ``ssh -G`` prints."""
    rows = (*option_rows(kind), *vendor_option_rows(kind))
    return [row for row in rows if row.type.sets_option or row.setting]


def field_name(spelling: str) -> str:
    """A keyword in snake_case: an acronym is one word, and what `ONE_WORD` lists."""
    for word in ONE_WORD:
        spelling = spelling.replace(word, word.capitalize())
    return "_".join(re.findall(r"[A-Z][a-z0-9]+|[A-Z][A-Z0-9]*(?![a-z])", spelling)).lower()


def field_annotation(row: Option) -> str:
    """The field's type as the table has it."""
    return row.setting or row.type.settings[0]


def _field(row: Option, kind: Kind) -> str:
    type, vendors_own = field_annotation(row), all(keyword.vendors for keyword in row.keywords())
    if type.endswith((" | None", "OrNone")):
        return f"    {field_name(row.name)}: {type} = None"
    if type in LISTS and not vendors_own:
        return f"    {field_name(row.name)}: {type} = ()"
    if type in BY_NAME:
        return f"    {field_name(row.name)}: {type} = Field(default_factory=dict)"
    always = printed_by_all(row.name.lower(), kind)
    return f"    {field_name(row.name)}: {type}" + ("" if always else " | None = None")


@lru_cache(maxsize=512)
def printed_by_all(option: str, kind: Kind) -> bool:
    """Whether every target has a default of the option."""
    return all(default_lines(option, kind, target) for target in TARGETS)
