"""What a change brings along by OpenSSH's own rules, though no line of it was touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sshkeep.config.criteria import BadCriteria, criteria_of
from sshkeep.config.evaluate import evaluate_ssh, evaluate_sshd, printed_name
from sshkeep.config.matching import Asked, Connection
from sshkeep.config.model import Config

FEEDS = {
    "hostname": ("host",),
    "user": ("user",),
    "tag": ("tagged",),
    "sessiontype": ("sessiontype",),
}
"""readconf.c match_cfg_line: what ssh has read so far of these options is what later Match lines compare."""

_ANYONE = "host"


def implied(old: Config, new: Config, meant: Collection[str]) -> list[str]:
    """A sentence for everything else that is another one for whom no block tells apart.

    ``meant`` are the options (lower case) that were to change. Also for Match lines that compare them.
    """
    before, after = _printed(old), _printed(new)
    own = {printed_name(name, new) for name in meant} | set(meant)
    sentences = [
        f"{_name(name, new)} becomes {_told(after.get(name))}, from {_told(before.get(name))}"
        for name in sorted({*before, *after} - own)
        if before.get(name) != after.get(name)
    ]
    return [*sentences, *_fed(new, meant)]


def _printed(config: Config) -> dict[str, tuple[str, ...]]:
    if config.kind == "sshd_config":
        return dict(evaluate_sshd(config, Connection()).lines)
    return dict(evaluate_ssh(config, Asked(_ANYONE, None, "")).lines)


def _name(name: str, config: Config) -> str:
    return config.known[name].name if name in config.known else name


def _told(values: tuple[str, ...] | None) -> str:
    return " ".join(values) if values else "unset"


def _fed(config: Config, meant: Collection[str]) -> Iterator[str]:
    names = {name for option in meant for name in FEEDS.get(option, ())}
    if config.kind == "sshd_config" or not names:
        return
    for block in config.headers:
        try:
            compared = names & {criterion.name for criterion in criteria_of(block)}
        except BadCriteria:
            continue
        if compared:
            yield f"{block.header.where} compares the {', '.join(sorted(compared))} that ssh has by then"
