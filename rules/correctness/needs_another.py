"""A setting that does nothing, because another one that it needs is off wherever it applies.

PermitOpen chooses among what AllowTcpForwarding allows, and allows nothing by itself;
AuthorizedPrincipalsFile is only read for certificates of a CA in TrustedUserCAKeys, not for those that
authorized_keys trusts. In ssh_config, ControlMaster and ControlPersist share connections by a socket at
ControlPath, and without one there is nothing to share; ControlPersist keeps what ControlMaster shares;
LocalCommand is not run without PermitLocalCommand.

Each line is looked at with all lines that may decide the other setting for those whom it is for. What
stands on the command line (`ssh -S path`, `sshd -o`) is not seen. Lines of ssh's system-wide file are left
alone, since users may set the other option in their own.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Block,
    Config,
    Entry,
    Example,
    Finding,
    Needs,
    Options,
    Rule,
    accepted_lines,
    at_entry,
    candidates_beside,
    related_entry,
    unmet,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    from sshkeep.lint.needs import SSH, SSHD

    if config.fragment or config.unread:
        return
    idle: dict[tuple[str, Block | None], list[tuple[Entry, Needs]]] = {}
    reported: set[int] = set()
    for row in SSHD if config.kind == "sshd_config" else SSH:
        for entry in _idle(row, config) if config.lines(row.keyword.lower()) else ():
            if entry.index not in reported:
                reported.add(entry.index)
                idle.setdefault((row.says, entry.block), []).append((entry, row))
    for lines in idle.values():
        yield _finding(sorted(lines, key=lambda line: line[0].index), config)


def _idle(row: Needs, config: Config) -> Iterator[Entry]:
    for entry, parsed in accepted_lines(row.keyword.lower(), config):
        if not config.in_system_file(entry) and unmet(row, entry, parsed, config):
            yield entry


def _finding(lines: list[tuple[Entry, Needs]], config: Config) -> Finding:
    """One missing setting is told once for each block, at the first line that needs it."""
    entry, row = lines[0]
    others = candidates_beside(row.other.lower(), entry, config).lines
    needed = f"it needs {row.other} {row.write}".rstrip()
    return at_entry(entry, f"{row.keyword} does nothing: {row.says}")._replace(
        label=f"{needed}, or {row.option}" if row.option else needed,
        related=(
            *(related_entry(other.entry, f"{row.other} is set here") for other in others[:3]),
            *(related_entry(other, "this does nothing either") for other, _ in lines[1:]),
        ),
        severity=row.severity,
    )


RULE = Rule(
    summary="a setting that does nothing without another one, which is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=(
        "sshd_config(5)",
        "ssh_config(5)",
        "session.c, do_authenticated2 and session_setup_x11fwd",
        "auth2-pubkey.c, user_cert_trusted_ca",
        "mux.c, muxserver_listen",
        "measured: sshd 8.4, 9.2 and 10.6; ssh 9.2",
    ),
    examples=(
        Example("AllowTcpForwarding no\nPermitOpen web:80\n", hit=True, kind="sshd_config"),
        Example("AllowTcpForwarding local\nPermitOpen web:80\n", kind="sshd_config"),
        Example(
            "AllowTcpForwarding no\nPermitOpen web:80\nMatch User ann\n  AllowTcpForwarding yes\n",
            kind="sshd_config",
        ),
        Example(
            "Match User ann\n  AllowTcpForwarding no\n  PermitOpen web:80\n", hit=True, kind="sshd_config"
        ),
        Example("DisableForwarding yes\nPermitOpen web:80\n", hit=True, kind="sshd_config"),
        Example("AuthorizedPrincipalsFile .ssh/principals\n", hit=True, kind="sshd_config"),
        Example("Host *\n  ControlMaster auto\n", hit=True, kind="ssh_config"),
        Example("Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n", kind="ssh_config"),
        Example("Host web\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n", hit=True, kind="ssh_config"),
        Example(
            "Host web\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n  ControlMaster auto\n",
            kind="ssh_config",
        ),
        Example("Host web\n  LocalCommand date\n", hit=True, kind="ssh_config"),
        Example("Host web\n  LocalCommand date\nHost *\n  PermitLocalCommand yes\n", kind="ssh_config"),
    ),
)
