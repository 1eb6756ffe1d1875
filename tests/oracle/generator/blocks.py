"""Match and Host lines: every criterion, good and bad, lists and negations, and what can be asked of them."""

from random import Random

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import MATCH_INVALID_USER, MATCH_TAGGED, MATCH_VERSION, OLDEST, Release
from tests.oracle.generator.samples import any_case

_SSHD: dict[str, tuple[Release, tuple[str, ...]]] = {
    "user": (OLDEST, ("bob", "b*", "ann,bob", "!ann,*", "root", "*,!bob", "!bob", "b?b", "BOB", "nosuch", "?*")),
    "group": (OLDEST, ("users", "wheel", "!wheel,*", "st*", "nogroup,root", "!users", "*", "none")),
    "host": (OLDEST, ("h.example", "*.EXAMPLE", "!h.example,*", "web", "10.0.0.5", "*", "h.*")),
    "address": (OLDEST, ("10.0.0.0/8", "10.0.0.5", "192.168.*", "!10.0.0.5,10.0.0.0/8", "*", "::/0", "2001:db8::/32,::1", "0.0.0.0/0", "10.0.0.?", "!::1", "192.168.1.8/29")),
    "localaddress": (OLDEST, ("10.9.9.9", "10.9.0.0/16", "!10.9.9.9,*", "::1", "*")),
    "localport": (OLDEST, ("22", "2222", "022")),
    "rdomain": (OLDEST, ("a", "*", "!a")),
    "version": (MATCH_VERSION, ("OpenSSH_*", "*", "!*", "OpenSSH_9*", "OpenSSH_10.*", "x", "*Debian*", "OpenSSH_*p?", "*deb13*,x", "!*Debian*,*", "openssh_*")),
}  # fmt: skip
_SSH: dict[str, tuple[Release, tuple[str, ...]]] = {
    "host": (OLDEST, ("web", "*.example", "!web,*", "web,db", "REAL.example", "*", "w?b", "real*", "10.0.0.*", "!web")),
    "originalhost": (OLDEST, ("web", "WEB", "*.example,!a.example", "db", "*", "h*")),
    "user": (OLDEST, ("bob", "root", "!root,*", "b*", "*", "ann,bob")),
    "localuser": (OLDEST, ("root", "!root", "bob", "*", "r*")),
    "tagged": (MATCH_TAGGED, ("blue", "*", "b*,red", "!blue,*", "?*", "BLUE", "!red")),
    "version": (MATCH_VERSION, ("OpenSSH_*", "*", "OpenSSH_9*", "!OpenSSH_9*,*", "*Debian*", "OpenSSH_*p?", "openssh_*")),
    "sessiontype": (MATCH_VERSION, ("shell", "*", "subsystem", "!shell,*")),
    "command": (MATCH_VERSION, ("ls", "*", "!ls")),
}  # fmt: skip

EXEC = ("true", '"false"')
"""All that Match exec ever runs here, the one or the other in one config."""

_BAD_SSHD = (
    "Colour red", "User", "!User bob", "all User bob", "User bob all", "Address 10.0.0.1/8", "Address 10.0.0.0/33", "LocalPort x", "LocalPort 0",
    "Address 300.0.0.0/8", "User bob root", "LocalAddress 10.0.0.1/24", "LocalPort", "LocalPort 65536", "User bob Group", "",
)  # fmt: skip
_ODD_SSHD = (
    "User= bob", "User =bob", "user=bob", "User bob,", "User ,bob", 'User ""', "all all", "ALL", "User bob User ann", "User all", "User \"bob,ann\"",
    "User 'bob'", "User bob # x", "User bob #", "all # x", "User bob# x", "address \"10.0.0.5\"", "LocalPort 22,2222", "LocalPort 22,", "Address ::1/64", "Address *:*",
    "User b\\*b", "invalid-user", "invalid-user User bob", "user=\"bob\"", "Host=h.example user=bob", "Address !*", "User !!bob", "\"User\" bob", "User bo\"b\"",
    "Address 10.0.0.0/8,", "Address 10.0.0.0/", "Address /8", "Version OpenSSH_9*", "address=10.0.0.0/8", "LocalPort=22", "all=", "Match User bob", "User  bob\tGroup\tusers",
    "User bob\x0c", "User \xe9*", "Address 010.0.0.5", "Address 10.0.0.5/32", "Address 10.0.0.5/032", "Address [::1]", "Address ::ffff:10.0.0.5",
)  # fmt: skip
_EMPTY = (
    '""', '"" {}', "= {}", "== {}", "=", "==", "= = {}", "=={}", '{} ""', '{} "" ""', '{} "" x', "''", "'' {}", '""{}', 'all ""', 'all "" x', "all =", "all ''", '"all"', '"" all', '"{}"', "{} =",
    '{} "', "'{}", '"', "# {}", "#", "{} # x", "\\ {}",
)  # fmt: skip
"""Odd Match lines in which ``{}`` stands for criteria."""
_BAD_SSH = (
    "colour red",
    "host",
    "all host web",
    "host web user x all",
    "user",
    "originalhost",
    "host web all user x",
    "",
)
_ODD_SSH = (
    "host= web", "host =web", "host=web", "!host=web", "! host web", "!!host web", "ALL", "!all", "all all", "host all", 'host ""', "host web,", "host ,web",
    "host web # x", "host web #", "all # x", "host web#", "canonical", "!canonical", "final", "!final", "final host web", "host web final", "final all", "canonical all",
    "canonical final", "host web canonical", "final !host web", "tagged x", "tagged \"\"", "command \"\"", "sessiontype shell", "version *", "user \"bob\"", "localuser 'root'",
    "user bob,ann host web,db", "host web db", "all final", "final=x", "HOST web USER *", "host \"web,db\"", "host w\"eb\"", "host w\\*b", "command ls", "localnetwork 300.0.0.0/8",
    "host web final all", "user=bob host=web", "!host web !user bob", "final final", "sessiontype=shell", "tagged=blue", "host \xe9",
)  # fmt: skip
_HOSTS = (
    "web",
    "db",
    "*",
    "*.example",
    "web db",
    "w*",
    "!web *",
    "* !db",
    "!a* *.example",
    "web,db",
    "WEB",
    "real.example",
    "10.0.0.*",
    "?b",
    "h.example",
    "a.example b.example",
    "real*",
)
_ODD_HOSTS = (
    "", '""', "!web", "# x", "web # x", "web #", "web#x", "!", "!!web", '"web"', "'web'", "web\\ db", "we\"b\"", '"web db"', "**", "*?*", "web\x0c", "=web", "web=db", "*,!web", "\xe9*", "web !web", "! web",
)  # fmt: skip

SSHD_ASKS = (
    "user=bob,host=h.example,addr=10.0.0.5", "user=ann,host=H.EXAMPLE,addr=192.168.1.9,laddr=10.9.9.9,lport=2222", "user=root,host=web,addr=::1,laddr=::1,lport=22",
    "user=nosuch,host=10.0.0.5,addr=10.0.0.5,laddr=10.9.8.8,lport=22", "user=bob,host=web,addr=2001:db8::5,laddr=10.9.9.9,lport=22,rdomain=a",
    "user=bob", "host=h.example", "addr=10.0.0.5", "user=ann,addr=192.168.1.9", "lport=22", "user=BOB,host=a.example,addr=10.200.0.1,lport=2222",
)  # fmt: skip
SSH_ASKS = (
    "web",
    "db",
    "bob@web",
    "WEB",
    "web.example",
    "a.example",
    "h.example",
    "real.example",
    "ann@db",
    "10.0.0.5",
    "H.Example",
)


def header(rng: Random, kind: Kind, release: Release, command: str) -> tuple[str, str]:
    """Keyword and arguments of a block that opens well; ``command`` is the one of EXEC to use."""
    if kind == "ssh_config" and rng.random() < 0.5:
        return "Host", rng.choice(_HOSTS)
    if rng.random() < 0.15:
        return "Match", any_case(rng, "all")
    table = _SSHD if kind == "sshd_config" else _SSH
    known = [name for name, (since, _) in table.items() if since <= release]
    chosen = rng.sample(known, rng.choice((1, 1, 1, 2, 2, 3)))
    told = [f"{_negated(rng, kind)}{any_case(rng, name)} {rng.choice(table[name][1])}" for name in chosen]
    if kind == "ssh_config" and rng.random() < 0.06:
        told.insert(rng.randrange(len(told) + 1), f"{_negated(rng, kind)}exec {command}")
    if kind == "ssh_config" and rng.random() < 0.1:
        told.insert(
            rng.randrange(len(told) + 1),
            f"{_negated(rng, kind)}{rng.choice(('final', 'final', 'canonical'))}",
        )
    return "Match", " ".join(told)


def _negated(rng: Random, kind: Kind) -> str:
    return "!" if kind == "ssh_config" and rng.random() < 0.2 else ""


def odd_header(rng: Random, kind: Kind, release: Release) -> tuple[str, str]:
    """One of which the harness does not know what becomes of it."""
    if rng.random() < 0.3:
        table = _SSHD if kind == "sshd_config" else _SSH
        name = rng.choice([name for name, (since, _) in table.items() if since <= release])
        return "Match", rng.choice(_EMPTY).replace("{}", f"{name} {rng.choice(table[name][1])}")
    if kind == "sshd_config":
        invalid = release >= MATCH_INVALID_USER and rng.random() < 0.1
        return "Match", "invalid-user" if invalid else rng.choice(_ODD_SSHD)
    return ("Host", rng.choice(_ODD_HOSTS)) if rng.random() < 0.4 else ("Match", rng.choice(_ODD_SSH))


def bad_header(rng: Random, kind: Kind) -> tuple[str, str]:
    """One that every release refuses."""
    return "Match", rng.choice(_BAD_SSHD if kind == "sshd_config" else _BAD_SSH)


def asks(rng: Random, kind: Kind, config: str, count: int) -> tuple[str, ...]:
    """Some questions; an lport is mostly told where a block asks for one, since sshd refuses to answer without."""
    pool = SSHD_ASKS if kind == "sshd_config" else SSH_ASKS
    chosen = rng.sample(pool, count)
    if kind == "sshd_config" and rng.random() < 0.4:
        chosen[0] = ""
    if "localport" in config.lower() and rng.random() < 0.9:
        chosen = [
            ask if "lport=" in ask else f"{ask},lport={rng.choice((22, 2222))}".lstrip(",") for ask in chosen
        ]
    return tuple(chosen)
