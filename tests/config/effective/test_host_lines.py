"""The lines of the blocks that may apply to a host decide as all lines do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.named_hosts import EVERY_OTHER, named_hosts
from sshkeep.config.effective.evaluate import evaluate_ssh
from sshkeep.config.effective.host_lines import HostLines
from sshkeep.testing import config_of

HEADERS = [
    "Host web", "Host WEB db", "Host *.corp", "Host w?b", "Host * !db", "Host real", "Host 192.0.2.1", "Host *",
    "Match host real", "Match host REAL,db", "Match host 192.0.2.1", "Match host ::1", "Match !host web",
    "Match originalhost Web", "Match originalhost *eb", "Match final", "Match final host real",
    "Match user bob", "Match localuser me", "Match exec x", "Match all", "Match canonical",
]  # fmt: skip
LINES = [
    "ServerAliveInterval 10", "ServerAliveInterval 20", "HostName real", "HostName %h.corp", "HostName 0::1",
    "HostName 192.0.2.1", "User bob", "ServerAliveCountMax 5", "IgnoreUnknown Foo", "Foo 1", "ProxyJump gate",
    "ProxyCommand nc", "BatchMode yes", "Tag x", "TCPKeepAlive no", "StreamLocalBindMask 0111",
]  # fmt: skip
BLOCKS = st.tuples(st.sampled_from(HEADERS), st.lists(st.sampled_from(LINES), max_size=3))


@pytest.mark.parametrize("target", ["debian-11", "debian-12", "openssh-10.6"])
@given(first=st.lists(st.sampled_from(LINES), max_size=2), blocks=st.lists(BLOCKS, max_size=6))
@settings(max_examples=60, deadline=None)
def test_as_all_lines(target: str, first: list[str], blocks: list[tuple[str, list[str]]]) -> None:
    text = "\n".join([*first, *(line for header, lines in blocks for line in (header, *lines)), ""])
    config = config_of({"ssh_config": text}, target=target)
    lines = HostLines(config)
    for host in (*named_hosts(config), EVERY_OTHER):
        query = HostQuery(host.sample, None, "me")
        some, every = lines.evaluate(query), evaluate_ssh(config, query)
        assert some.lines == every.lines, host.name
        assert some.problems == every.problems
        assert bool(some.refusals) is bool(every.refusals)
