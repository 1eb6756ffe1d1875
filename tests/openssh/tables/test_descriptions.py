"""Every keyword has one line that says what it does."""

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import (
    all_keywords,
    descriptions,
    known_names,
    option_rows,
    vendor_option_rows,
)

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
LONGEST = 100


@pytest.mark.parametrize("kind", KINDS)
def test_every_keyword_has_one_and_none_is_left_over(kind: Kind) -> None:
    given = [row.name.lower() for row in (*option_rows(kind), *vendor_option_rows(kind))]
    given += [
        spelling.name.lower()
        for row in (*option_rows(kind), *vendor_option_rows(kind))
        for spelling in row.spellings
        if spelling.description
    ]
    assert sorted(given) == sorted(known_names(kind))
    assert descriptions(kind).keys() == known_names(kind).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_one_plain_line(kind: Kind) -> None:
    for name, text in descriptions(kind).items():
        assert 10 <= len(text) <= LONGEST, name
        assert text.isprintable() and text == text.strip() and not text.endswith("."), name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_always_skipped_says_so(kind: Kind) -> None:
    works = {row.name.lower() for row in all_keywords(kind) if not row.state}
    for name in (
        {row.name.lower() for row in all_keywords(kind)} - works - {"kerberosgetafstoken", "noneswitch"}
    ):
        assert descriptions(kind)[name].startswith("Skipped"), name


@pytest.mark.parametrize("kind", KINDS)
def test_other_names_name_the_option_they_stand_for(kind: Kind) -> None:
    known = known_names(kind)
    for row in all_keywords(kind):
        if row.name.lower() != row.option != "challengeresponseauthentication":
            text = descriptions(kind)[row.name.lower()]
            assert known[row.option] in text or row.name in descriptions(kind)[row.option], row
