"""Whether a block applies to a connection to sshd, or to a host that ssh connects to.

The answer is True or False, or None where it depends on a program or on the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sshkeep.config.blocks.clients import Connection, SshState, Truth
from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, Criterion, criteria_taken, parse_criteria
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.openssh.addresses import match_addresses
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.releases import EMPTY_TAG_IS_NO_TAG, MATCH_INVALID_USER, NEGATED_FINAL_IS_QUIET, Release
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.numbers import parse_port


def _both(truths: Iterable[Truth]) -> Truth:
    """All must be true: False if one is False, else None if one is None."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def _version(target: Target, patterns: tuple[str, ...]) -> bool:
    return match_list(target.version_text, patterns)


def _matches_text(value: str | None, patterns: tuple[str, ...]) -> bool:
    return value is not None and match_list(value, patterns)


def _sshd_host(connection: Connection, patterns: tuple[str, ...]) -> bool:
    if connection.host is None:
        return False
    return match_list(connection.host.lower(), tuple(pattern.lower() for pattern in patterns))


def _group(connection: Connection, patterns: tuple[str, ...]) -> Truth:
    if connection.user is None:
        return False
    if connection.groups is None:
        return None
    denied = any(
        match_list(group, tuple(p[1:] for p in patterns if p.startswith("!"))) for group in connection.groups
    )
    return not denied and any(match_list(group, patterns) for group in connection.groups)


def _address(address: str | None, patterns: tuple[str, ...]) -> bool:
    return address is not None and match_addresses(address, patterns)


def _local_port(connection: Connection, patterns: tuple[str, ...]) -> Truth:
    port = parse_port(",".join(patterns), 0)
    if connection.lport is not None:
        return port == connection.lport
    if port not in connection.ports:
        return False
    return True if len(connection.ports) == 1 else None


SSHD_CRITERIA: dict[str, Callable[[Connection, tuple[str, ...]], Truth]] = {
    "all": lambda connection, patterns: True,
    "user": lambda connection, patterns: _matches_text(connection.user, patterns),
    "group": _group,
    "host": _sshd_host,
    "address": lambda connection, patterns: _address(connection.addr, patterns),
    "localaddress": lambda connection, patterns: _address(connection.laddr, patterns),
    "localport": _local_port,
    "rdomain": lambda connection, patterns: _matches_text(connection.rdomain, patterns),
    "invalid-user": lambda connection, patterns: False,
    "never": lambda connection, patterns: False,
}

SSH_CRITERIA: dict[str, Callable[[SshState, tuple[str, ...]], Truth]] = {
    "all": lambda state, patterns: True,
    "host": lambda state, patterns: state.match_host(patterns),
    "originalhost": lambda state, patterns: match_list(
        state.query.host.lower(), tuple(pattern.lower() for pattern in patterns)
    ),
    "user": lambda state, patterns: match_list(state.user or state.query.local_user, patterns),
    "localuser": lambda state, patterns: match_list(state.query.local_user, patterns),
    "exec": lambda state, patterns: state.query.assume_exec,
    "canonical": lambda state, patterns: state.final,
    "final": lambda state, patterns: state.final,
    "tagged": lambda state, patterns: match_list(state.tag, patterns) if state.tag else patterns == ("",),
    "localnetwork": lambda state, patterns: None,
    "sessiontype": lambda state, patterns: match_list(state.session, patterns),
    "command": lambda state, patterns: patterns == ("",),
}


def host_line_holds(name: str, patterns: tuple[str, ...]) -> bool:
    """readconf.c oHost: one pattern matches and no negated one does; case counts."""
    return match_list(name, patterns)


def applies_at_start(block: Block | None, release: Release) -> bool:
    """Whether sshd takes the block's lines when it starts (servconf.c match_cfg_line without ``ci``)."""
    if block is None:
        return True
    if block.at_start is None:
        target = block.header.file.target
        block.at_start = _both(_at_start(c, target) for c in _all_criteria(block)) is True
    return block.at_start


def _at_start(criterion: Criterion, target: Target) -> bool:
    if criterion.name == "version":
        return _version(target, criterion.patterns)
    invalid_user = criterion.name == "invalid-user" and target.release == MATCH_INVALID_USER
    return criterion.name == "all" or invalid_user


def never_fits_connection(block: Block, config: Config) -> bool:
    """Whether sshd drops the block for every connection: that of a file included outside of blocks.

    servconf.c parse_server_match_config of 8.2 and 8.3: nothing outside of blocks is active then, and an
    Include there has SSHCFG_NEVERMATCH set for the whole file.
    """
    outermost = block.chain()[0]
    return config.target.include_ends_start and outermost.header.file.source.path != config.top


def applies_to_connection(block: Block, connection: Connection, release: Release) -> Truth:
    """Whether an sshd Match block, with the blocks around it, applies to ``connection``."""
    return _both(
        _version(block.header.file.target, c.patterns)
        if c.name == "version"
        else SSHD_CRITERIA[c.name](connection, c.patterns)
        for c in _all_criteria(block)
    )


def applies_to_host(block: Block, state: SshState, release: Release) -> Truth:
    """Whether one Host or Match line of ssh matches now; the caller checks the blocks around it."""
    target, criteria = block.header.file.target, criteria_taken(block)
    return criteria is not None and _both(_ssh_holds(criterion, state, target) for criterion in criteria)


def _ssh_holds(criterion: Criterion, state: SshState, target: Target) -> Truth:
    if criterion.name == HOST_LINE:
        return host_line_holds(state.host if state.final else state.query.host, criterion.patterns)
    if criterion.name == "version":
        truth: Truth = _version(target, criterion.patterns)
    elif criterion.name == "tagged" and target.release < EMPTY_TAG_IS_NO_TAG:
        truth = match_list(state.tag, criterion.patterns)
    else:
        truth = SSH_CRITERIA[criterion.name](state, criterion.patterns)
    return truth if truth is None else truth != criterion.negated


_NEVER = Criterion("never", False)
"""Takes the place of criteria that OpenSSH refuses: such a block never applies."""


def _all_criteria(block: Block) -> Sequence[Criterion]:
    if block.outer is None:
        criteria = criteria_taken(block)
        return (_NEVER,) if criteria is None else criteria
    found: list[Criterion] = []
    for link in block.chain():
        criteria = criteria_taken(link)
        if criteria is None:
            return [_NEVER]
        found.extend(criteria)
    return found


def universal(block: Block | None, release: Release) -> bool:
    """Whether the block applies to every connection or host.

    True for no block, ``Match all``, ``Host *`` and the like, also for ``Match final all``.
    """
    if block is None:
        return True
    if block.always is None:
        target = block.header.file.target
        block.always = all(_always(criterion, target) for criterion in _all_criteria(block))
    return block.always


def holds_for_all(block: Block) -> bool:
    """Whether the block's own line fits every connection or host, whatever is around it."""
    if block.outer is None:
        return universal(block, block.header.file.target.release)
    target, criteria = block.header.file.target, criteria_taken(block)
    return criteria is not None and all(_always(criterion, target) for criterion in criteria)


def _always(criterion: Criterion, target: Target) -> bool:
    if criterion.negated:
        return False
    if criterion.name in ("all", "final"):
        return True
    if criterion.name == "version":
        return _version(target, criterion.patterns)
    if criterion.name in (HOST_LINE, "originalhost", "host", "user", "localuser"):
        return "*" in criterion.patterns and not any(p.startswith("!") for p in criterion.patterns)
    return False


def second_pass_only(block: Block | None) -> bool:
    """Whether the block applies only in ssh's second pass (``Match final``, ``Match canonical``)."""
    return block is not None and any(c.name in _SECOND_PASS and not c.negated for c in _all_criteria(block))


def first_pass_only(block: Block | None) -> bool:
    """Whether the block applies only in ssh's first pass (``Match !final``)."""
    criteria = _all_criteria(block) if block else ()
    return any(criterion.name in _SECOND_PASS and criterion.negated for criterion in criteria)


_SECOND_PASS = ("final", "canonical")


@cached_answer
def wants_final_pass(config: Config) -> bool:
    """Whether ssh reads its files twice.

    readconf.c match_cfg_line: every ``final`` requests it, also in a block that does not apply.
    """
    quiet = config.target.release >= NEGATED_FINAL_IS_QUIET
    return any(_requests_final_pass(block, quiet) for block in config.blocks)


def _requests_final_pass(block: Block, quiet: bool) -> bool:
    try:
        return any(c.name == "final" and not (c.negated and quiet) for c in parse_criteria(block))
    except BadCriteria:
        return False
