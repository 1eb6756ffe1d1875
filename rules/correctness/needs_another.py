"""A setting that does nothing, because another one that it needs is off wherever it applies.

PermitOpen chooses among what AllowTcpForwarding allows, and allows nothing by itself;
AuthorizedPrincipalsFile is only read for certificates of a CA in TrustedUserCAKeys, not for those that
authorized_keys trusts. In ssh_config, ControlMaster and ControlPersist share connections by a socket at
ControlPath, and without one there is nothing to share; LocalCommand is not run without
PermitLocalCommand.

Each line is looked at with all lines that may decide the other setting for those whom it is for. What
stands on the command line (`ssh -S path`, `sshd -o`) is not seen.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Example,
    Finding,
    Needs,
    Options,
    Rule,
    at_entry,
    possible,
    readings,
    related_entry,
    unmet,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    from sshkeep.lint.needs import SSH, SSHD

    if config.fragment or config.unread:
        return
    for row in SSHD if config.kind == "sshd_config" else SSH:
        if config.lines(row.keyword.lower()):
            yield from _findings(row, config)


def _findings(row: Needs, config: Config) -> Iterator[Finding]:
    for entry, reading in readings(row.keyword.lower(), config):
        if unmet(row, entry, reading, config):
            others = possible(row.other.lower(), entry, config).lines
            yield at_entry(entry, f"{row.keyword} does nothing: {row.says}")._replace(
                label=f"it needs {row.other} {' or '.join(row.works)}".rstrip(),
                related=tuple(related_entry(other, f"{row.other} is set here") for other, _ in others[:3]),
                severity=row.severity,
            )


RULE = Rule(
    summary="a setting that does nothing without another one, which is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=("sshd_config(5)", "ssh_config(5)", "mux.c, muxclient"),
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
        Example("AuthorizedPrincipalsFile .ssh/principals\n", hit=True, kind="sshd_config"),
        Example("Host *\n  ControlMaster auto\n", hit=True, kind="ssh_config"),
        Example("Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n", kind="ssh_config"),
        Example("Host web\n  LocalCommand date\n", hit=True, kind="ssh_config"),
        Example("Host web\n  LocalCommand date\nHost *\n  PermitLocalCommand yes\n", kind="ssh_config"),
    ),
)
