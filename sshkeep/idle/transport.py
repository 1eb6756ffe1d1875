"""What carries ssh's connection where that is not a TCP connection of its own."""

from __future__ import annotations

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.openssh.values.hostports import parse_jump_host


def first_jump_host(client: EndpointConfig) -> tuple[str, str] | None:
    """User (empty for none) and name of the host that ssh connects to first, with ProxyJump."""
    text = _value("proxyjump", client)
    hop = parse_jump_host(text.partition(",")[0]) if text else None
    return hop[:2] if hop else None


def through_command(client: EndpointConfig) -> EndpointConfig:
    """The client as it is: a ProxyCommand leaves ssh without a socket (sshconnect.c ssh_proxy_connect)."""
    if not _value("proxycommand", client):
        return client
    return client._replace(endpoint=client.endpoint._replace(tcp_keepalive=False))


def _value(name: str, client: EndpointConfig) -> str:
    text = " ".join(client.lines.get(name, ()))
    return "" if text == "none" else text
