"""What is fuzzed: each target takes any bytes, and raises nothing but what its callers expect."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress

from sshkeep.api.query import connection_of
from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd, refusals_for
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import MemoryFileSystem
from sshkeep.edit.request import SetMode, SetRequest
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import plan_selected
from sshkeep.fix.set_plan import plan_set
from sshkeep.idle.clients.client_config import ClientConfig, load_client_config
from sshkeep.idle.clients.recognise import client_kind_of
from sshkeep.idle.clients.registry import client_settings
from sshkeep.lint.baseline import read_baseline
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import lint_config
from sshkeep.lint.selection import Selection
from sshkeep.openssh.kind import ClientKind, Kind
from sshkeep.openssh.targets import target_of
from sshkeep.output.effective import setting_lines
from sshkeep.output.findings import finding_lines
from sshkeep.output.fix import plan_lines
from sshkeep.output.terminal import Terminal
from sshkeep.policy.load import check_policy_text
from sshkeep.state.record import Record
from sshkeep.syntax.source import Source, decode, may_be_shown
from sshkeep.syntax.words import BadQuotes, split_line, split_words, split_words_by_strdelim
from sshkeep.trees.discover import TreeOptions, client_tree, tree_for
from sshkeep.trees.tree import Tree

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
RELEASES = ("openssh-8.0", "openssh-8.4", "debian-11", "openssh-9.2", "debian-12", "rhel-9", "openssh-10.6")
MODES: tuple[SetMode, ...] = ("set", "add", "remove", "unset")
PLAIN = Terminal("never")


class Choices:
    """The first bytes of an input choose, and the rest is the config."""

    def __init__(self, data: bytes, count: int) -> None:
        self.numbers = list(data[:count].ljust(count, b"\0"))
        self.rest = data[count:]

    def number(self, below: int) -> int:
        return self.numbers.pop(0) % max(below, 1)


def syntax(data: bytes) -> None:
    """Lines and words."""
    assert b"".join(Source("x", data).lines) == data
    for raw in Source("x", data).lines:
        for sshd in (True, False):
            line = split_line(raw, strip_margin=sshd)
            if line is None:
                continue
            assert 0 <= line.start <= line.stop <= line.rest <= max(line.end, line.rest) <= len(raw)
            with suppress(BadQuotes):
                split_words(raw, line.rest, line.end)
            split_words_by_strdelim(raw, line.rest, line.end, equals=sshd)


def _tree(choices: Choices) -> Tree:
    kind = KINDS[choices.number(len(KINDS))]
    target = target_of(RELEASES[choices.number(len(RELEASES))])
    return tree_for(f"/nowhere/{kind}", TreeOptions(kind, target), choices.rest)


def config(data: bytes) -> None:
    """Reading and evaluating."""
    read = _tree(Choices(data, 2)).load()
    if read.kind == "sshd_config":
        found = evaluate_sshd(read, Connection(user="bob", host="web", addr="10.0.0.1", lport=22))
    else:
        found = evaluate_ssh(read, HostQuery("web", None, "bob"))
    refusals_for(found, read)
    _check_lines(list(setting_lines(found, read, PLAIN)))


def lint_and_fix(data: bytes) -> None:
    """All rules, and their fixes."""
    choices = Choices(data, 3)
    unsafe = bool(choices.number(2))
    tree = _tree(choices)
    selection = Selection(tuple(all_rules().values()))
    for finding in lint_config(tree.load(), selection).findings:
        _check_lines(list(finding_lines(finding, PLAIN)))
    _check_lines(plan_lines(plan_selected(tree, selection, unsafe=unsafe), PLAIN))


def set_one(data: bytes) -> None:
    """`set` with keywords, values and blocks that stand in the config, so that most calls are accepted."""
    choices = Choices(data, 7)
    mode = MODES[choices.number(len(MODES))]
    numbers = [choices.number(256) for _ in range(4)]
    tree = _tree(choices)
    plan_set(tree, [_wish(tree.load(), mode, numbers)])


def _wish(read: Config, mode: SetMode, numbers: list[int]) -> SetRequest:
    known = [row.name for row in read.known.values()]
    lines = [entry.directive for entry in read.entries]
    line = lines[numbers[0] % len(lines)] if lines else None
    keyword = line.line.name if line and numbers[1] % 4 else known[numbers[0] * numbers[1] % len(known)]
    told = lines[numbers[2] % len(lines)] if lines else None
    value = decode(told.raw[told.line.rest : told.line.end]) if told else "yes"
    blocks = ["", *(block.header.text for block in read.blocks)]
    words = () if mode == "unset" else tuple(value.split()) or ("yes",)
    return SetRequest(keyword, words, mode, blocks[numbers[3] % len(blocks)])


def policy(data: bytes) -> None:
    check_policy_text("sshkeep.yaml", data)


def baseline(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        read_baseline(file.name)


def record(data: bytes) -> None:
    with suppress(ValueError):
        Record.from_json(data).to_json()


def putty_file(data: bytes) -> None:
    """PuTTY's saved sessions."""
    _client_file("putty", data)


def teraterm_file(data: bytes) -> None:
    """TERATERM.INI."""
    _client_file("teraterm", data)


def _client_file(kind: ClientKind, data: bytes) -> None:
    """Recognised, linted, fixed and set; what is written is stored as the file was."""
    client_kind_of("file", data)
    tree = client_tree("file", kind, TreeOptions(files=MemoryFileSystem({"file": data})))
    selection = Selection(tuple(all_rules().values()), rule_configs={})
    config = tree.load()
    assert isinstance(config, ClientConfig)
    for finding in lint_config(config, selection).findings:
        _check_lines(list(finding_lines(finding, PLAIN)))
    plan = plan_selected(tree, selection, unsafe=True)
    _check_lines(plan_lines(plan, PLAIN))
    for after in plan.after.values():
        assert load_client_config(config.program, "file", after).file.mark == config.file.mark
    with suppress(SshkeepError):
        client_settings(config)
    plan_set(tree, [SetRequest(config.program.keyword, ("60",))])


def connection(data: bytes) -> None:
    connection_of(os.fsdecode(data).split(","))


def _check_lines(lines: list[str]) -> None:
    """Nothing that speaks to a terminal; a diff keeps tabs, and a CR at the end of a line."""
    for line in lines:
        shown = line.replace("\t", "").removesuffix("\r")
        assert all(map(may_be_shown, shown)), line


TARGETS: dict[str, Callable[[bytes], None]] = {
    "syntax": syntax,
    "config": config,
    "lint-fix": lint_and_fix,
    "set": set_one,
    "policy": policy,
    "baseline": baseline,
    "record": record,
    "putty": putty_file,
    "teraterm": teraterm_file,
    "connection": connection,
}


def run_target(name: str, data: bytes) -> bool:
    """Whether the input is accepted; what is refused is refused with a sentence. Other errors are bugs."""
    try:
        TARGETS[name](data)
    except SshkeepError as error:
        if not error.sentence:
            raise
        return False
    return True
