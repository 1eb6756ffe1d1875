"""The classes of the tables: an option's row, and its spellings as one target knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.precedence import FIRST_WINS, Precedence
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.types import IGNORED
from sshkeep.openssh.values.value_type import ValueType
from sshkeep.openssh.vendors import Feature, Vendor, Vendors

DefaultText = str | tuple[str, ...] | None
"""What is printed behind the keyword: on one line, on several, or None where no line is printed."""

State = Literal["", "deprecated", "unsupported", "ignored", "unknown"]
"""How a program takes the keyword: it works, is skipped with a notice (see `notice`), or is refused."""

UNPRINTED = "no line is printed"
"""As ``default``: the program prints no line even where the option is set, or none was seen."""

LOWER_CASE_UNTIL = Release(10, 3)
"""servconf.c dump_config: keywords in lower case; later as documented, in 10.4 not all of them."""

BY_RELEASE = "algorithm list"
"""As ``default``: algorithms/defaults.py has the list."""


class Keyword(NamedTuple):
    """One spelling of an option, for the releases ``since`` to ``until`` of ``vendors`` (empty for all).

    ``option`` is the lower-case name of the option. ``in_match`` is the first release that lets the keyword
    stand in an sshd Match block, None for never. ``adds`` is true where lines add up instead of the first
    one winning. ``unverified`` says what of the row was not seen in the vendor's code.
    """

    name: str
    type: ValueType
    option: str
    in_match: Release | None = None
    adds: bool = False
    since: Release = OLDEST
    until: Release = NEWEST
    vendors: Vendors = ()
    state: State = ""
    unverified: str = ""

    def allowed_in_match(self, release: Release) -> bool:
        """Whether sshd takes the keyword in a Match block."""
        return self.in_match is not None and self.in_match <= release


class Spelling(NamedTuple):
    """A further spelling of an option, or the same one with other facts: ``name`` is then empty.

    Each has its own ``description`` where the name is another one, and its own ``type`` where a vendor reads
    the arguments otherwise; all else as in `Keyword`.
    """

    name: str = ""
    description: str = ""
    in_match: Release | None = None
    adds: bool = False
    since: Release = OLDEST
    until: Release = NEWEST
    vendors: Vendors = ()
    state: State = ""
    unverified: str = ""
    type: ValueType | None = None


class VendorDefault(NamedTuple):
    """Where a vendor's build has another default. Only what is compiled in: a stock file sets no default.

    ``verified`` is false where it was read about but seen neither in code nor in a program. Where it
    ``depends_on_build``, the value is what is printed most often, and nothing may rest on it.
    """

    vendor: Vendor
    value: DefaultText
    since: Release = OLDEST
    until: Release = NEWEST
    verified: bool = True
    depends_on_build: bool = False


class Printed(NamedTuple):
    """The releases that print a line for the option, and the name on it, empty for the option's own."""

    name: str = ""
    since: Release = OLDEST
    until: Release = NEWEST
    vendor: Vendor | None = None


class Option:
    """All facts about one option of one language, for all releases and vendors.

    ``type``, ``in_match``, ``adds``, ``since``, ``until``, ``vendors``, ``state``, ``unverified``: the common
    case of its own name, as in `Keyword`; ``spellings`` has all others. ``description`` is one line.

    ``default`` is what the program prints where nothing is set, ``changes`` the later values and their first
    releases, ``vendor_defaults`` what vendors have instead. Braces are for str.format: ``{user}`` and
    ``{home}`` are the user's who asks, ``{host}`` the host asked for, ``{hostname}`` the same in lower case.
    ``printed`` says which releases print the option under which name, where these are not the releases that
    know it. Up to ``lower_case_until``, sshd prints the name in lower case, but with a word of
    ``documented_with`` only up to LOWER_CASE_UNTIL, as for most options. ``none_clears``: an argument
    ``none`` unsets the option (CLEAR_ON_NONE of servconf.c and readconf.c).

    ``precedence`` says which of several lines takes effect, where that is not the first.

    ``needs`` is the feature that must be built in. ``setting`` is the annotation of the settings' field
    (settings/field_types.py), where it is not the value type's first.
    """

    __slots__ = (
        "adds",
        "changes",
        "default",
        "description",
        "documented_with",
        "in_match",
        "lower_case_until",
        "name",
        "needs",
        "none_clears",
        "precedence",
        "printed",
        "setting",
        "since",
        "spellings",
        "state",
        "type",
        "until",
        "unverified",
        "vendor_defaults",
        "vendors",
    )

    def __init__(
        self,
        name: str,
        type: ValueType,
        description: str,
        *,
        default: DefaultText,
        changes: tuple[tuple[Release, DefaultText], ...] = (),
        vendor_defaults: tuple[VendorDefault, ...] = (),
        in_match: Release | None = None,
        adds: bool = False,
        since: Release = OLDEST,
        until: Release = NEWEST,
        vendors: Vendors = (),
        state: State = "",
        unverified: str = "",
        spellings: tuple[Spelling, ...] = (),
        printed: tuple[Printed, ...] = (),
        lower_case_until: Release = LOWER_CASE_UNTIL,
        documented_with: tuple[str, ...] = (),
        needs: Feature | None = None,
        none_clears: bool = False,
        precedence: Precedence = FIRST_WINS,
        setting: str = "",
    ) -> None:
        self.name = name
        self.type = type
        self.description = description
        self.default = default
        self.changes = changes
        self.vendor_defaults = vendor_defaults
        self.in_match = in_match
        self.adds = adds
        self.since = since
        self.until = until
        self.vendors = vendors
        self.state: State = state
        self.unverified = unverified
        self.spellings = spellings
        self.printed = printed
        self.lower_case_until = lower_case_until
        self.documented_with = documented_with
        self.needs: Feature | None = needs
        self.none_clears = none_clears
        self.precedence = precedence
        self.setting = setting

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def keywords(self) -> Iterator[Keyword]:
        """Every spelling, whatever the target."""
        option = self.name.lower()
        type = IGNORED if self.state else self.type
        yield Keyword(
            self.name,
            type,
            option,
            self.in_match,
            self.adds,
            self.since,
            self.until,
            self.vendors,
            self.state,
            self.unverified,
        )
        for each in self.spellings:
            type = IGNORED if each.state else each.type or self.type
            yield Keyword(each.name or self.name, type, option, *each[2:-1])

    def default_for(self, target: Target) -> DefaultText:
        """The default of the target's build; None where no line is printed, or it is not known."""
        for row in self.vendor_defaults:
            if row.vendor == target.vendor and row.since <= target.release <= row.until:
                return row.value
        changed = (value for since, value in reversed(self.changes) if since <= target.release)
        return next(changed, self.default)


def skipped(
    name: str,
    state: State,
    description: str,
    *,
    in_match: Release | None = None,
    since: Release = OLDEST,
    until: Release = NEWEST,
    vendors: Vendors = (),
    unverified: str = "",
    spellings: tuple[Spelling, ...] = (),
) -> Option:
    """The row of a keyword that no release reads any more."""
    return Option(
        name,
        IGNORED,
        description,
        default=UNPRINTED,
        state=state,
        in_match=in_match,
        since=since,
        until=until,
        vendors=vendors,
        unverified=unverified,
        spellings=spellings,
    )
