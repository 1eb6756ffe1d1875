"""The paths that sshkeep knows, and how one is named."""

import re

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.idle.known_paths import KNOWN_PATHS
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.path_lookup import common_paths, find_path


@pytest.mark.parametrize("path", KNOWN_PATHS, ids=lambda path: path.name)
def test_a_row_says_what_it_is_and_who_says_so(path: NetworkPath) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", path.name)
    assert path.label
    assert path.source
    assert path.timeout > 0


@pytest.mark.parametrize("path", KNOWN_PATHS, ids=lambda path: path.name)
def test_what_it_ships_with_is_among_what_can_be_set(path: NetworkPath) -> None:
    low, high = path.configurable or (path.timeout, path.timeout)
    assert low <= path.timeout <= high


def test_no_two_have_the_same_name() -> None:
    assert len({path.name for path in KNOWN_PATHS}) == len(KNOWN_PATHS)


TIMEOUTS = [
    ("azure-load-balancer", 240),
    ("aws-nat-gateway", 350),
    ("aws-nlb", 350),
    ("gcp-vpc", 600),
    ("home-router", 1200),
    ("firewall-1h", 3600),
    ("rfc5382", 7440),
]


def test_the_table_without_a_name_begins_with_the_most_forgetful() -> None:
    assert [(path.name, path.timeout) for path in common_paths()] == TIMEOUTS


def test_the_users_own_path_beats_the_known_one() -> None:
    own = {"aws-nlb": NetworkPath("aws-nlb", 900), "lab": NetworkPath("lab", 30)}
    assert find_path("aws-nlb").timeout == 350
    assert find_path("aws-nlb", own).timeout == 900
    assert find_path("lab", own).timeout == 30


UNKNOWN = [
    ("azure-loadbalancer", "did you mean azure-load-balancer?"),
    ("AWS-NLB", "did you mean aws-nlb"),
    ("elb", "did you mean aws-classic-elb?"),
    ("lbb", "did you mean lab?"),
    ("", "`sshkeep idle --list-paths` lists them"),
    ("x" * 1_000_000, "`sshkeep idle --list-paths` lists them"),
]


@pytest.mark.parametrize(("name", "hint"), UNKNOWN)
def test_a_name_that_is_none_is_told_with_what_may_be_meant(name: str, hint: str) -> None:
    with pytest.raises(SshkeepError) as caught:
        find_path(name, {"lab": NetworkPath("lab", 30)})
    assert caught.value.sentence == f"no path is called {name[:60] or repr(name)}"
    assert caught.value.hint.startswith(hint)
