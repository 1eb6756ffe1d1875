"""Every answer about the line in effect agrees with what OpenSSH would use for one connection or host.

For each option, and each release and vendor in which it behaves differently, configs are generated that set it
in blocks that meet. `evaluate` is held against the real programs by tests/oracle.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import NamedTuple

import pytest

from sshkeep.config import sample_clients
from sshkeep.config.blocks.clients import Connection, HostQuery, SshState
from sshkeep.config.blocks.matching import applies_to_connection, applies_to_host, universal
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.config.effective.printed import printed_global_value
from sshkeep.config.effective.ssh import effective_ssh
from sshkeep.config.effective.sshd import effective_sshd
from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.config.precedence.global_value import global_setting, global_value, in_effect
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.obtained import Setting, SettingsByOption
from sshkeep.config.precedence.order import effect_of, order_by_part
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, Release
from sshkeep.openssh.tables.defaults import printed_name
from sshkeep.openssh.tables.keywords import keyword_for, keywords, precedence
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target, target_of
from sshkeep.openssh.values.arguments import Value
from sshkeep.testing import config_of
from tests.oracle.generator.samples import BLANK, pick
from tests.oracle.generator.vocabulary import values_of

CONFIGS = 8
"""Configs for each option and target."""
TARGETS = [
    *(target_of(f"openssh-{major}.{minor}") for major, last in ((8, 9), (9, 9), (10, NEWEST.minor)) for minor in range(last + 1)),
    *(target_of(f"debian-{version}") for version in (11, 12, 13)),
]  # fmt: skip

SSHD_BLOCKS = (
    *("Match all", "Match User ann", "Match User ann", "Match User ann,bob", "Match User bob"),
    *("Match User ann Group staff", "Match Group staff", "Match User *,!bob", "Match Host *.example", "Match User !ann"),
)  # fmt: skip
SSH_BLOCKS = (
    *("Host *", "Host ann", "Host ann", "Host ann bob", "Host bob", "Host a*", "Host * !bob"),
    *("Match all", "Match final all", "Match final originalhost ann", "Match canonical all"),
    *("Match originalhost BOB", "Match host ann", "Match user joe", "Match !final originalhost ann", "Match localuser me"),
)  # fmt: skip
NAMES = ("ann", "bob", "stranger")

Query = Connection | HostQuery


class Case(NamedTuple):
    kind: Kind
    option: str
    target: Target


def _signature(option: str, kind: Kind, target: Target) -> object:
    row = keyword_for(option, kind, target)
    if row is None or row.state or not row.type.sets_option:
        return None
    release = target.release
    other = precedence(option, kind).switched_off_in(release)
    return (
        row.type,
        row.adds,
        row.in_match is not None and max(row.in_match, precedence(option, kind).block_counts_from) <= release,
        precedence(option, kind).last_wins(release),
        precedence(option, kind).ignores_block(release),
        (other, release, target.vendor) if other else None,
        precedence(option, kind).raised_for(target),
    )


def cases() -> Iterator[Case]:
    """Each option once for each of its ways to behave."""
    for kind in ("sshd_config", "ssh_config"):
        language: Kind = "sshd_config" if kind == "sshd_config" else "ssh_config"
        options = {row.option for target in TARGETS for row in keywords(language, target).values()}
        for option in sorted(options):
            seen: dict[object, Target] = {}
            for target in TARGETS:
                seen.setdefault(_signature(option, language, target), target)
            yield from (Case(language, option, target) for signature, target in seen.items() if signature)


CASES = list(cases())


@cache
def _line(row: Keyword, kind: Kind, release: Release, seed: int) -> str:
    rng = Random(seed)
    sample = pick(rng, values_of(row, kind).good, release)
    if sample is None:
        return ""
    words = [f'"{word}"' if BLANK in word else word for word in sample.split(" ")]
    return f"{row.name} {' '.join(words).replace(BLANK, ' ')}"


def generated(case: Case, seed: int) -> str:
    """A config of lines of the option and of those that have to do with it, in blocks that meet."""
    rng = Random(f"{case}{seed}")
    others = [
        precedence(case.option, case.kind).switched_off_by,
        precedence(case.option, case.kind).raised_for(case.target),
    ]
    names = [case.option] * 3 + [other.option for other in others if other]
    if case.kind == "ssh_config" and rng.random() < 0.3:
        names += ["hostname", "user"]
    in_match = bool(_signature(case.option, case.kind, case.target)[2])  # type: ignore[index]
    lines: list[str] = []
    for _ in range(rng.randrange(2, 9)):
        if rng.random() < 0.5 and (in_match or case.kind == "ssh_config"):
            lines.append(rng.choice(SSHD_BLOCKS if case.kind == "sshd_config" else SSH_BLOCKS))
        row = keyword_for(rng.choice(names), case.kind, case.target)
        if row is not None:
            lines.append(_line(row, case.kind, case.target.release, rng.randrange(6)))
    return "\n".join(lines) + "\n"


def queries(case: Case) -> list[Query]:
    if case.kind == "sshd_config":
        return [
            Connection(name, f"{name}.example" if name == "bob" else "h", "192.0.2.1", "192.0.2.2", 22, "", groups)
            for name in NAMES
            for groups in ((), ("staff",))
        ]  # fmt: skip
    return [HostQuery(name, user, "me") for name in NAMES for user in (None, "joe")]


def settings_of(config: Config, query: Query) -> SettingsByOption:
    if isinstance(query, Connection):
        return effective_sshd(config, query)
    return effective_ssh(config, query).settings


def setting_of(option: str, config: Config, query: Query) -> Setting:
    return settings_of(config, query).get(option) or Setting(option)


def value_of(option: str, config: Config, query: Query) -> Value:
    """With the default where no line sets it."""
    settings = settings_of(config, query)

    def value(name: str) -> Value:
        return in_effect(settings.get(name) or Setting(name), config, value).value

    return value(option)


def applies(block: Block | None, config: Config, query: Query) -> bool:
    if block is None:
        return True
    if isinstance(query, Connection):
        return applies_to_connection(block, query, config.target.release) is True
    state = SshState(query)
    return all(applies_to_host(link, state, config.target.release) is True for link in block.chain())


def examples() -> Iterator[tuple[Case, str, Config]]:
    for case in CASES:
        for seed in range(CONFIGS):
            text = generated(case, seed)
            yield case, text, config_of({case.kind: text}, target=case.target)


EXAMPLES = list(examples())


def outcome(setting: Setting) -> tuple[object, ...]:
    return setting.value, [line.entry.index for line in setting.won]


def test_there_are_enough() -> None:
    assert len(CASES) > 220
    with_blocks = [config for _, _, config in EXAMPLES if config.blocks]
    assert len(with_blocks) > len(EXAMPLES) / 3


def test_the_value_for_everyone_is_a_strangers() -> None:
    seen = 0
    for case, text, config in EXAMPLES:
        strangers = [q for q in queries(case) if not any(_singles_out(c, config, q) for c in config.blocks)]
        for query in strangers:
            seen += 1
            expected = outcome(setting_of(case.option, config, query))
            assert outcome(global_setting(case.option, config)) == expected, (case.target.name, query, text)
            assert global_value(case.option, config).value == value_of(case.option, config, query), text
    assert seen > len(EXAMPLES)


def _hosts_change(config: Config) -> bool:
    """Whether lines of the config change which blocks apply, so that `applies` does not know."""
    return config.kind == "ssh_config" and any(config.lines(name) for name in ("hostname", "user"))


def _singles_out(block: Block, config: Config, query: Query) -> bool:
    """Whether the block is for some only, and fits; names that HostName changes are left out."""
    if _hosts_change(config):
        return True
    return not universal(block, config.target.release) and (
        applies(block, config, query) or _in_second_pass(block, config, query)
    )


def _in_second_pass(block: Block, config: Config, query: Query) -> bool:
    if isinstance(query, Connection):
        return False
    state = SshState(query)
    state.final = True
    return all(applies_to_host(link, state, config.target.release) is not False for link in block.chain())


def test_it_is_printed_as_evaluate_prints_it() -> None:
    derived = {
        "kbdinteractiveauthentication",
        "port",
        "listenaddress",
        "addressfamily",
        "hostname",
        "user",
        "host",
        "updatehostkeys",
    }
    for case, text, config in EXAMPLES:
        row = keyword_for(case.option, case.kind, case.target)
        if row is None or case.option in derived or row.type.is_algorithm_list:
            continue
        for query in queries(case):
            if any(_singles_out(block, config, query) for block in config.blocks):
                continue
            run = (
                evaluate_sshd(config, query) if isinstance(query, Connection) else evaluate_ssh(config, query)
            )
            if run.problems or run.refusals or not setting_of(case.option, config, query).won:
                continue
            name = printed_name(case.option, case.kind, case.target)
            if name in run.lines:
                assert printed_global_value(row, config).texts == run.lines[name], text


def test_the_value_in_a_block_is_that_of_who_fits_only_this_block() -> None:
    seen = 0
    for case, text, config in EXAMPLES:
        if _hosts_change(config):
            continue
        for query in queries(case):
            fitting = [c for c in config.blocks if _singles_out(c, config, query)]
            texts = {block.header.raw.strip() for block in fitting}
            if len(texts) != 1 or not all(applies(block, config, query) for block in fitting):
                continue
            if any(_in_second_pass(c, config, query) != applies(c, config, query) for c in fitting):
                continue
            seen += 1
            effect = value_in_block(case.option, fitting[0], config)
            setting = setting_of(case.option, config, query)
            assert effect.value == value_of(case.option, config, query), (case.target.name, query, text)
            if not setting.adds and not setting.parts:
                assert effect.entry is (setting.won[0].entry if setting.won else None), text
    assert seen > len(EXAMPLES) / 4


def test_shadowed_lines_are_never_in_effect_and_can_go() -> None:
    seen = 0
    for case, text, config in EXAMPLES:
        dead = {line.entry.index for line in shadowed(case.option, config)}
        if not dead:
            continue
        seen += 1
        numbers = {config.entries[index].directive.number for index in dead}
        left = [line for number, line in enumerate(text.splitlines()) if number not in numbers]
        without = config_of({case.kind: "\n".join(left) + "\n"}, target=case.target)
        for query in queries(case):
            setting = setting_of(case.option, config, query)
            assert dead.isdisjoint(line.entry.index for line in setting.won), (case.target.name, query, text)
            assert setting.value == setting_of(case.option, without, query).value, (query, text)
    assert seen > len(EXAMPLES) / 5


def test_a_line_that_another_one_says_again_is_found() -> None:
    """Each of two lines with other values, one of which can't win: the order knows which."""
    for case in CASES:
        row = keyword_for(case.option, case.kind, case.target)
        assert row is not None
        lines = list(
            dict.fromkeys(filter(None, (_line(row, case.kind, case.target.release, n) for n in range(6))))
        )
        for text in (f"{lines[0]}\n{lines[0]}\n",) if lines else ():
            config = config_of({case.kind: text}, target=case.target)
            setting = setting_of(case.option, config, queries(case)[-1])
            dead = {line.entry.index for line in shadowed(case.option, config)}
            lost = {line.entry.index for line in setting.lost}
            if setting.won and not setting.adds and not precedence(case.option, case.kind).ends_program:
                bug = precedence(case.option, case.kind).switched_off_in(case.target.release)
                assert dead == lost or (bug and bug.overwrites), (case, text)


def test_whoever_decides_beside_a_line_is_a_candidate() -> None:
    for case, text, config in EXAMPLES:
        for entry in config.entries if not _hosts_change(config) else ():
            found = candidates_beside(case.option, entry, config)
            known = {line.entry.index for line in found.lines}
            for query in queries(case):
                if not applies(entry.block, config, query):
                    continue
                won = {line.entry.index for line in setting_of(case.option, config, query).won}
                assert won <= known, (case.target.name, query, text)
                assert won or found.unset or _switched_off(case, config, query), (
                    case.target.name,
                    query,
                    text,
                )


def _switched_off(case: Case, config: Config, query: Query) -> bool:
    other = precedence(case.option, case.kind).switched_off_in(case.target.release)
    return bool(other and setting_of(other.option, config, query).won)


def test_configs_with_the_same_order_treat_all_alike() -> None:
    """What the proof of a change rests on: one line is taken out, said twice, or moved."""
    alike = 0
    for at, (case, text, config) in enumerate(EXAMPLES):
        rng = Random(at)
        for _ in range(3):
            lines = text.splitlines()
            line = lines.pop(rng.randrange(len(lines)))
            if rng.random() < 0.6:
                lines.insert(rng.randrange(len(lines) + 1), line)
            changed = config_of({case.kind: "\n".join(lines) + "\n"}, target=case.target)
            if _effects(case.option, config) != _effects(case.option, changed):
                continue
            if _hosts_change(config):
                continue
            alike += 1
            for query in queries(case):
                # `ProxyJump none` behind a ProxyCommand changes nothing.
                before, after = (
                    setting_of(case.option, each, query).value or None for each in (config, changed)
                )
                assert before == after, (case.target.name, query, text, lines)
    assert alike > len(EXAMPLES)


def _effects(option: str, config: Config) -> Mapping[str, list[tuple[object, ...]]]:
    return {
        part: [effect_of(line, part) for line in lines]
        for part, lines in order_by_part(option, config).items()
    }


def test_sample_clients_are_told_what_all_lines_say() -> None:
    seen = 0
    for case, text, config in EXAMPLES:
        for block in config.blocks:
            for client in sample_clients._clients(block):
                found = sample_clients._settings_of(client, (case.option,), config)
                assert found is not None
                query: Query = (
                    sample_clients._connection(client)
                    if config.kind == "sshd_config"
                    else sample_clients._query(client)
                )
                seen += 1
                own = found.get(case.option) or Setting(case.option)
                whole = setting_of(case.option, config, query)
                if not whole.adds:
                    assert own.value == whole.value, (case.target.name, query, text)
    assert seen > len(EXAMPLES) / 4


def test_every_option_is_asked() -> None:
    """An option that gets no lines would be tested in vain."""
    silent = {
        case.option
        for case in CASES
        if not any(config.lines(case.option) for other, _, config in EXAMPLES if other == case)
    }
    assert silent <= {"refuseconnection", "rdomain"}, silent


# language, target, config, option, the value for everyone: each was answered by another line before
FAULTS: list[tuple[Kind, str, str, str, Value]] = [
    ("sshd_config", "debian-12", "MaxStartups 10:30:60\nMaxStartups 10:30:1000\n", "maxstartups", {"begin": 10, "rate": 30, "max": 1000}),
    ("sshd_config", "openssh-10.1", "MaxStartups 10:30:60\nMaxStartups 10:30:1000\n", "maxstartups", "10:30:60"),
    ("sshd_config", "openssh-8.0", "IgnoreRhosts no\nMatch all\nIgnoreRhosts yes\n", "ignorerhosts", "no"),
    ("sshd_config", "openssh-9.2", "IPQoS ef\nIPQoS cs1\n", "ipqos", "cs1 cs1"),
    ("sshd_config", "openssh-9.2", "FingerprintHash md5\nFingerprintHash sha256\n", "fingerprinthash", "SHA256"),
    ("sshd_config", "openssh-9.2", "UnusedConnectionTimeout 5m\nUnusedConnectionTimeout none\n", "unusedconnectiontimeout", 0),
    ("sshd_config", "openssh-10.5", "StreamLocalBindMask 0177\nStreamLocalBindMask 0111\n", "streamlocalbindmask", 0o111),
    ("ssh_config", "openssh-8.6", "TunnelDevice 1:1\nTunnelDevice 2:2\n", "tunneldevice", "2:2"),
    ("ssh_config", "debian-12", "BatchMode yes\n", "serveraliveinterval", 300),
    ("ssh_config", "openssh-9.2", "BatchMode yes\n", "serveraliveinterval", 0),
    ("ssh_config", "openssh-9.2", "Match final all\nHostName a\n", "hostname", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "target", "text", "option", "value"), FAULTS)
def test_the_right_line_wins_for_everyone(
    kind: Kind, target: str, text: str, option: str, value: Value
) -> None:
    case = Case(kind, option, target_of(target))
    assert global_value(option, config_of({case.kind: text}, target=case.target)).value == value
