"""For which connection or host a config is evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.blocks.criteria import criteria_taken
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.config.effective.include_names import include_names
from sshkeep.config.effective.sshd_startup import listening_ports
from sshkeep.config.local_machine import groups_of_user, read_local_machine
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.values.numbers import is_digits
from sshkeep.phrase import Phrase
from sshkeep.trees.this_machine import local_user
from sshkeep.trees.tree import Tree

CONNECTION_KEYS = ("user", "host", "addr", "laddr", "lport", "rdomain", "group")


class Query(NamedTuple):
    """A connection to an sshd, as ``KEY=VALUE`` texts, or a host for ssh, with what ssh is called with.

    ``assume_exec`` is what ``Match exec`` commands are taken to answer; none is ever run. With a ``home``,
    ``~`` and tokens are expanded as ssh does it here, for a user who has that home.
    """

    connection: Sequence[str] = ()
    host: str = ""
    user: str = ""
    local_user: str = ""
    assume_exec: bool | None = None
    home: str = ""


def evaluate(config: Config, query: Query, *, live: bool) -> Evaluated:
    """The settings; ``live`` where this machine's groups and environment count. Raises SshkeepError."""
    config.check_values_known()
    if config.kind == "sshd_config":
        if query.host or query.user or query.home:
            wrong = "host" if query.host else "user" if query.user else "home"
            raise SshkeepError(
                f"--{wrong} is for an ssh_config",
                "name the connection with -C user=...,host=...,addr=...",
            )
        # Match LocalPort makes sshd -T ask for the port; a real connection has one of these.
        connection = connection_of(query.connection, live=live)._replace(ports=listening_ports(config))
        return evaluate_sshd(config, connection)
    if query.connection:
        raise SshkeepError("-C is for an sshd_config", "name the host with --host NAME")
    if not query.host:
        raise SshkeepError("an ssh_config means something for a host only", "name it with --host NAME")
    return evaluate_ssh(config, host_query(query, live=live))


def assumed_port(config: Config, query: Query) -> list[str]:
    """What is assumed of a connection's port, where a block asks for it and the query does not name it."""
    if config.kind != "sshd_config" or connection_of(query.connection).lport is not None:
        return []
    asking = next((block for block in config.blocks if _asks_for_port(block)), None)
    if asking is None:
        return []
    where, ports = asking.header.where, [str(port) for port in listening_ports(config)]
    if len(ports) == 1:
        return [
            Phrase(
                "{where} asks for the port of the connection: {port} is assumed, as sshd listens on no other",
                where=where,
                port=ports[0],
            )
        ]
    return [
        Phrase(
            "{where} asks for the port of the connection, which is not given: -C lport={ports}",
            where=where,
            ports=" or ".join(ports),
        )
    ]


def _asks_for_port(block: Block) -> bool:
    return any(criterion.name == "localport" for criterion in criteria_taken(block) or ())


def host_query(query: Query, *, live: bool) -> HostQuery:
    """The call of ssh; ``live`` where this machine's environment counts."""
    who = query.local_user or local_user()
    machine = read_local_machine() if live or query.home else None
    if machine and query.home:
        machine = machine._replace(home=query.home.rstrip("/"))
    return HostQuery(query.host, query.user or None, who, query.assume_exec, machine)


def load_for(tree: Tree, query: Query) -> Config:
    """The config of a tree with the files that Includes name for the host. Raises as `Tree.load`."""
    if tree.kind == "sshd_config" or not query.host:
        return tree.load()
    return tree.load(include_names=include_names(host_query(query, live=tree.is_read_here)))


def connection_of(pairs: Sequence[str], *, live: bool = False) -> Connection:
    """The connection that ``KEY=VALUE`` texts describe. Raises SshkeepError for what is none."""
    given: dict[str, str] = {}
    groups: list[str] = []
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in CONNECTION_KEYS:
            raise SshkeepError(
                f"-C does not take {pair!r}", f"use {', '.join(f'{k}=...' for k in CONNECTION_KEYS)}"
            )
        if key == "group":
            groups.append(value)
        else:
            given[key] = value
    port = given.pop("lport", None)
    if port is not None and not (is_digits(port) and len(port) <= 5):
        raise SshkeepError(f"-C lport={port} is not a port number", "write it as digits")
    known = tuple(groups) if groups else groups_of_user(given["user"]) if live and "user" in given else None
    lport = None if port is None else int(port)
    user, host, addr, laddr, rdomain = map(given.get, ("user", "host", "addr", "laddr", "rdomain"))
    return Connection(user, host, addr, laddr, lport, rdomain, known)
