"""The proof of a change as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.crypto_policy import OPT_OUT, POLICY_WINS, is_in_policy
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.fix.proof.proof import Proof
from sshkeep.openssh.kind import CLIENT_TITLES
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.phrase import Phrase

MAX_NAMED = 5
"""Lines of blocks that are listed one by one."""
_FOR_ALL = {"sshd_config": "for all connections", "ssh_config": "for all hosts"}
_EXCEPT = {
    "sshd_config": ", except where a Match block sets its own",
    "ssh_config": ", except where a Host block sets its own",
}


def set_sentence(intent: SetGlobal | SetInBlock, config: Config) -> str:
    """The new value of the setting, and for whom it is in effect."""
    keyword = intent.keyword
    if config.kind in CLIENT_TITLES:
        return _session_sentence(intent, config)
    if isinstance(intent, SetInBlock) and not intent.values:
        return f"{intent.header} does not set {keyword}"
    state = f"is {' and '.join(intent.values)}" if intent.values else "has its default"
    if isinstance(intent, SetInBlock):
        return f"{keyword} {state} in {intent.header}"
    option = config.known[keyword.lower()].option
    if is_in_policy(option, config):
        return f"{keyword} {state} in the file, without effect: {POLICY_WINS}; {OPT_OUT}"
    exception = _EXCEPT[config.kind] if _blocks_may_set(option, config) else ""
    return f"{keyword} {state} {_FOR_ALL[config.kind]}{exception}"


def _blocks_may_set(option: str, config: Config) -> bool:
    release, row = config.target.release, config.known[option]
    if config.kind == "sshd_config":
        return row.allowed_in_match(release)
    return not precedence(option, config.kind).ignores_block(release)


def _session_sentence(intent: SetGlobal | SetInBlock, config: Config) -> str:
    """The same for the sessions of another client program, with what the interval comes to."""
    from sshkeep.idle.clients.client_config import ClientConfig

    assert isinstance(config, ClientConfig)
    sessions = config.ssh_sessions
    where = " in every session" if len(sessions) > 1 else ""
    if isinstance(intent, SetInBlock):
        sessions = [each for each in config.sessions if each.name.casefold() == intent.header.casefold()]
        where = f" in session {intent.header}"
    sentence = f"{intent.keyword} is {intent.values[0]}{where}"
    if intent.keyword not in config.program.units:
        return sentence
    intervals = sorted({config.program.interval(session) for session in sessions})
    return f"{sentence}: {' or '.join(_keepalive(each) for each in intervals[:MAX_NAMED])}"


def _keepalive(interval: int) -> str:
    return f"a keepalive every {interval} s" if interval > 0 else "no keepalive"


def proof_sentences(proof: Proof, implied: Iterable[str]) -> list[str]:
    """Blocks that keep their own values, side effects, and that all other settings apply as before."""
    return [
        *_named(proof.kept, Phrase("keeps its own")),
        *_named(proof.newly_effective, Phrase("comes into effect, since no global line comes before it now")),
        *(Phrase("by OpenSSH's own rules, {change}", change=sentence) for sentence in implied),
        *_others(proof),
    ]


def _others(proof: Proof) -> list[str]:
    if proof.included is not None:
        return [_included(proof.included, proof.others)]
    if proof.blocks_changed:
        return _in_other_blocks(proof)
    if not proof.accepted:
        return [_as_before(proof.others)]
    if proof.others == 0:
        return [_ACCEPTED, _as_before(0)]
    stay = Phrase("checked: the {others} as written, in the same blocks and order")
    return [_ACCEPTED, stay.filled(others=_stay(proof.others))]


_ACCEPTED = Phrase("OpenSSH refused this config so far, and accepts it now: all its lines come into effect")


def _in_other_blocks(proof: Proof) -> list[str]:
    accepted = [_ACCEPTED] if proof.accepted else []
    return [
        *accepted,
        Phrase(
            "checked: the {others} as written, in the same order; "
            "those below a Host or Match line that was not read as one now belong to it",
            others=_stay(proof.others),
        ),
    ]


def _stay(others: int) -> Phrase:
    if others == 1:
        return Phrase("one other setting stays")
    return Phrase("{number} other settings stay", number=others)


def _as_before(count: int) -> str:
    if count == 0:
        return Phrase("checked: there is no other setting")
    if count == 1:
        return Phrase("checked: the other setting is unchanged")
    return Phrase("checked: the other {count} settings are unchanged", count=count)


def _included(brought: int, others: int) -> str:
    lines = Phrase("1 line comes") if brought == 1 else Phrase("{lines} lines come", lines=brought)
    return Phrase(
        "{lines} in with it, before all others; checked: the other {others} stand as before, in their blocks",
        lines=lines,
        others=others,
    )


def _named(entries: Iterable[Entry], does: Phrase) -> list[str]:
    found = list(entries)
    lines: list[str] = [
        Phrase(
            "{block} ({place}) {does}: {line}",
            block=_header(entry),
            place=entry.directive.where,
            does=does,
            line=entry.directive.text,
        )
        for entry in found[:MAX_NAMED]
    ]
    more = len(found) - MAX_NAMED
    return [*lines, Phrase("and so do {more} more", more=more)] if more > 0 else lines


def _header(entry: Entry) -> str:
    assert entry.block
    return entry.block.header.text
