"""Settings as ``sshd -T`` and ``ssh -G`` print them, for comparing with those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sshkeep.config.effective import Setting
from sshkeep.config.model import Config
from sshkeep.config.reading import Reading, Value
from sshkeep.openssh.keyword import Keyword, Kind
from sshkeep.openssh.releases import (
    PERMIT_ROOT_LOGIN_PROHIBIT,
    SSHD_PRINTS_MIXED_CASE,
    TCP_KEEP_ALIVE_ALL,
    Release,
)

_TRUE_FALSE = {"yes": "true", "no": "false", "off": "false"}
"""readconf.c multistate tables list true and false first, and fmt_multistate_int prints the first."""
_PRINTED_YES_NO = {"compression"}
_UPPER = {"loglevel", "syslogfacility"}
_ONE_WORD_A_LINE = {"acceptenv", "allowusers", "denyusers", "allowgroups", "denygroups", "sendenv", "setenv"}
_NOT_PRINTED = {"ignoreunknown", "include", "match", "host", "protocol"}


def openssh_lines(settings: Mapping[str, Setting], config: Config) -> Iterator[str]:
    """One line for each setting that is set, and for the keepalive ones by default; sorted."""
    for name in sorted(settings):
        setting = settings[name]
        row = config.known.get(name)
        if row is None or name in _NOT_PRINTED or setting.value is None:
            continue
        shown = row.name if _mixed_case(config) else name
        for text in printed(setting, row, config):
            yield f"{shown} {text}"


def _mixed_case(config: Config) -> bool:
    return config.kind == "sshd_config" and config.target.release >= SSHD_PRINTS_MIXED_CASE


def printed(setting: Setting, row: Keyword, config: Config) -> Iterator[str]:
    """The right-hand sides of a setting's lines."""
    if setting.resolved:
        yield setting.resolved
        return
    if not setting.won:
        yield _value(setting.default, row, config.kind, config.target.release)
    seen = set()
    for _, reading in setting.won:
        for text in texts(reading, row, config):
            if text not in seen or config.kind == "sshd_config":
                yield text
            seen.add(text)


def texts(reading: Reading, row: Keyword, config: Config) -> Iterator[str]:
    words = [word.text for word in reading.words]
    if row.meaning in _ONE_WORD_A_LINE:
        yield from words
    elif row.type in ("words", "rest") or row.adds:
        yield " ".join(words)
    else:
        yield _value(reading.value, row, config.kind, config.target.release)


def _value(value: Value, row: Keyword, kind: Kind, release: Release) -> str:
    text = str(value)
    if row.meaning == "tcpkeepalive" and release >= TCP_KEEP_ALIVE_ALL:
        return _TRUE_FALSE.get(text, text)
    if row.type != "enum":
        return text
    if row.meaning in _UPPER:
        return text.upper()
    text = text.lower()
    if row.meaning == "permitrootlogin":
        return _permit_root_login(text, release)
    return (
        _TRUE_FALSE.get(text, text) if kind == "ssh_config" and row.meaning not in _PRINTED_YES_NO else text
    )


def _permit_root_login(text: str, release: Release) -> str:
    names = ("without-password", "prohibit-password")
    return names[release >= PERMIT_ROOT_LOGIN_PROHIBIT] if text in names else text
