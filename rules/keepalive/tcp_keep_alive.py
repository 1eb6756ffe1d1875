"""TCPKeepAlive where no SSH keepalive is on: switched off, nobody ever notices a dead peer; switched on,
it comes far too late.

TCPKeepAlive asks the kernel to probe. The kernel waits tcp_keepalive_time first, two hours unless
someone changed it, and almost every NAT and firewall forgets sooner. So `TCPKeepAlive yes`, which is
the default anyway, does not keep an idle session alive. `TCPKeepAlive no` without an SSH keepalive
takes the last one away: a session whose peer has vanished stays for ever.

Both are mended by the SSH keepalive of the side at hand; TCPKeepAlive itself is left as it is.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Example,
    Finding,
    Fix,
    Options,
    Rule,
    SetForEveryone,
    at_entry,
    concern,
    in_effect,
    interval_to_write,
    safety_of_probing,
)

INTERVALS = {"sshd_config": "ClientAliveInterval", "ssh_config": "ServerAliveInterval"}
OTHER_SIDE = {"sshd_config": "client", "ssh_config": "server"}


def check(config: Config, options: Options) -> Iterator[Finding]:
    interval = INTERVALS[config.kind]
    tcp, ssh = in_effect("tcpkeepalive", config), in_effect(interval.lower(), config)
    if tcp.entry is None or ssh.value != 0 or not (tcp.certain and ssh.certain):
        return
    peer = OTHER_SIDE[config.kind]
    if tcp.value == "no":
        message = f"nobody ever notices that a {peer} is gone"
        label = f"off, and {interval} is off too"
        notes = (
            f"a session whose {peer} has vanished stays for ever, and an idle one dies with its NAT entry",
        )
    else:
        message = "TCPKeepAlive does not keep idle sessions alive"
        label = "the kernel's first probe comes after two hours"
        notes = (
            f"a NAT or firewall forgets an idle session sooner; {interval} is what keeps it, and it is off",
        )
    value = str(interval_to_write(options["seconds"], config))
    fix = Fix(
        f"{interval} {value}", safety_of_probing(interval, config), (SetForEveryone(interval, (value,)),)
    )
    yield at_entry(tcp.entry, message)._replace(
        label=label, notes=notes, fix=fix, concerns=(concern(interval),)
    )


RULE = Rule(
    summary="TCPKeepAlive is off, or stands in for a cure, while no SSH keepalive is on",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": 60},
    check=check,
    explains=("client-alive-interval", "server-alive-interval"),
    references=("sshd_config(5), TCPKeepAlive", "ssh_config(5), TCPKeepAlive", "tcp(7), tcp_keepalive_time"),
    examples=(
        Example("TCPKeepAlive no\n", "TCPKeepAlive no\nClientAliveInterval 60\n", kind="sshd_config"),
        Example("TCPKeepAlive no\nClientAliveInterval 60\n", kind="sshd_config"),
        Example(
            "Host *\n    TCPKeepAlive yes\n",
            "Host *\n    TCPKeepAlive yes\n    ServerAliveInterval 60\n",
            kind="ssh_config",
        ),
    ),
)
