"""Generated files whose blocks swallow lines that are meant for everyone, and files whose blocks don't.

``python -m tests.rules.layouts`` prints how many of each are reported.
"""

import sys
from random import Random
from typing import NamedTuple

from sshkeep import testing
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind

RULES = ("swallowed-by-block", "keepalive-in-block")
SEED = 20261128
KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
UNINDENTED, SWALLOWED = 500, 200
"""How many files of each are generated."""

GLOBAL = {
    "sshd_config": [
        "UseDNS no",
        "PrintMotd no",
        "PermitRootLogin yes",
        "X11Forwarding yes",
        "MaxAuthTries 4",
    ],
    "ssh_config": ["Host *", "HashKnownHosts yes", "ForwardAgent no"],
}
IN_BLOCK = {
    "sshd_config": [
        "X11Forwarding no",
        "AllowTcpForwarding no",
        "PermitTTY no",
        "ForceCommand internal-sftp",
        "ChrootDirectory /srv/%u",
        "PasswordAuthentication no",
        "PermitRootLogin prohibit-password",
        "AllowUsers ann bob",
        "MaxSessions 2",
        "ClientAliveInterval 120",
        "ClientAliveCountMax 2",
        "Banner /etc/banner",
        "AuthorizedKeysFile /srv/keys/%u",
        "LogLevel VERBOSE",
    ],
    "ssh_config": [
        "HostName 192.0.2.7",
        "User deploy",
        "Port 2222",
        "IdentityFile ~/.ssh/id_work",
        "ForwardAgent yes",
        "ServerAliveInterval 30",
        "ServerAliveCountMax 4",
        "ProxyJump gate",
        "LocalForward 8080 localhost:80",
        "Compression yes",
        "TCPKeepAlive no",
        "StrictHostKeyChecking accept-new",
    ],
}
HEADERS = {
    "sshd_config": [
        "Match User bob",
        "Match Group sftp",
        "Match Address 192.0.2.0/24",
        "Match LocalPort 2222",
    ],
    "ssh_config": ["Host web", "Host *.example.org", "Match user deploy", "Host db db2 !db3"],
}
FOR_EVERYONE = {
    "sshd_config": [
        "PermitRootLogin no",
        "PasswordAuthentication no",
        "AllowGroups admins",
        "DenyUsers guest",
        "MaxAuthTries 3",
        "ClientAliveInterval 300",
        "ClientAliveCountMax 0",
        "X11Forwarding no",
        "AllowTcpForwarding no",
        "LogLevel VERBOSE",
        "Banner /etc/issue.net",
        "MaxSessions 4",
        "PermitEmptyPasswords no",
    ],
    "ssh_config": [
        "ServerAliveInterval 60",
        "ServerAliveCountMax 3",
        "HashKnownHosts yes",
        "TCPKeepAlive yes",
        "AddKeysToAgent yes",
        "ControlMaster auto",
        "ControlPersist 10m",
        "StrictHostKeyChecking ask",
        "SendEnv LANG",
        "Compression yes",
    ],
}
GAPS: tuple[list[str], ...] = ([], [""], ["# changed"], ["", "# CIS 5.1"], ["", ""])
TOOL = ("# BEGIN ANSIBLE MANAGED BLOCK", "# END ANSIBLE MANAGED BLOCK")


class Generated(NamedTuple):
    """A file, and the numbers of its swallowed lines, from 1."""

    text: str
    swallowed: tuple[int, ...] = ()


class Writer:
    """Writes one file of a language."""

    def __init__(self, kind: Kind, rng: Random) -> None:
        self.kind, self.rng = kind, rng
        self.lines: list[str] = []

    def _some(self, table: dict[str, list[str]], most: int) -> list[str]:
        """Lines of different keywords."""
        return self.rng.sample(table[self.kind], self.rng.randint(1, most))

    def before(self) -> None:
        self.lines += self.rng.sample(["# /etc/ssh", ""], self.rng.randint(0, 2))
        if self.rng.random() < 0.8:
            some = self._some(GLOBAL, 3)
            self.lines += (
                some if self.kind == "sshd_config" else sorted(some, key=lambda line: line != "Host *")
            )
            self.lines += self.rng.choice(GAPS)

    def block(self, indent: str, *, gaps: bool) -> None:
        self.lines.append(self.rng.choice(HEADERS[self.kind]))
        for number, line in enumerate(self._some(IN_BLOCK, 5)):
            if gaps and number and self.rng.random() < 0.4:
                self.lines += [f"{indent}{text}" if text else "" for text in self.rng.choice(GAPS)]
            self.lines.append(indent + line)

    def tail(self) -> tuple[int, ...]:
        tool = self.rng.random() < 0.3
        self.lines += self.rng.choice(GAPS) if not tool else ["", TOOL[0]]
        first = len(self.lines)
        self.lines += self._some(FOR_EVERYONE, 4)
        swallowed = tuple(range(first + 1, len(self.lines) + 1))
        self.lines += [TOOL[1]] if tool else []
        return swallowed

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def unindented(kind: Kind, seed: int) -> Generated:
    """A file whose blocks are not indented, with gaps between their lines."""
    writer = Writer(kind, Random(seed))
    writer.before()
    for _ in range(writer.rng.randint(1, 3)):
        writer.block("", gaps=True)
        writer.lines += writer.rng.choice(GAPS)
    return Generated(writer.text())


def swallowed(kind: Kind, seed: int) -> Generated:
    """A file to whose last block lines for everyone are appended; one of ten has no indentation."""
    writer = Writer(kind, Random(seed))
    writer.before()
    indent = "" if writer.rng.random() < 0.1 else writer.rng.choice(("    ", "  ", "\t"))
    for _ in range(writer.rng.randint(1, 3)):
        writer.block(indent, gaps=False)
        writer.lines += writer.rng.choice(([], [""]))
    return Generated(writer.text(), writer.tail())._replace(text=writer.text())


def findings_in(kind: Kind, text: str) -> list[Finding]:
    """What the two rules find."""
    return run_rules(testing.config_of({kind: text}), chosen_rules(list(RULES), [], []))


def wrongly_reported(kind: Kind) -> list[str]:
    """The unindented files with a finding."""
    files = [unindented(kind, SEED + number).text for number in range(UNINDENTED)]
    return [text for text in files if findings_in(kind, text)]


def tails_found(kind: Kind) -> int:
    """The number of swallowed tails with a finding."""
    files = (swallowed(kind, SEED + number).text for number in range(SWALLOWED))
    return sum(bool(findings_in(kind, text)) for text in files)


def main() -> None:
    """Print the figures of both languages."""
    for kind in KINDS:
        wrong, found = len(wrongly_reported(kind)), tails_found(kind)
        sys.stdout.write(f"{kind}: {wrong} of {UNINDENTED} unindented files reported\n")
        sys.stdout.write(f"{kind}: {found} of {SWALLOWED} swallowed tails found\n")


if __name__ == "__main__":
    main()
