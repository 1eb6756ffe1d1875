"""PuTTY or Tera Term sends no keepalive in an SSH session: its interval is missing or 0, which is off.

## Why

A NAT, firewall or load balancer on the path forgets a connection without packets, often after 4 to 60
minutes, and the window freezes. PuTTY sends an SSH keepalive every PingInterval x 60 + PingIntervalSecs
seconds ("Seconds between keepalives" in its Connection panel). If both are missing, it sends none. Tera
Term sends one after HeartBeat seconds in which it sent nothing; the default is 300, or 60 before versions
4.107 and 5.0 of October 2023. A value that is not a number counts as its leading digits, and `off` as 0.

PuTTY's TCPKeepalives does not help: the kernel waits for two hours, on Windows and on Linux. Tera Term's
TelKeepAliveInterval is for Telnet only.

Each saved session has its own values: new ones copy PuTTY's `Default Settings`, and old ones keep theirs.
The rule skips sessions of other protocols.

## How to fix it

The fix writes `seconds` to PingIntervalSecs, and 0 to a PingInterval that adds minutes, or `seconds` to
HeartBeat. Import a .reg file to apply it. On Unix, and for Tera Term, close the program first, since it may
overwrite the file.

## When to ignore it

When the server sends ClientAliveInterval probes.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.keepalive import SPACING
from sshkeep.phrase import Phrase


def check(config: Config, options: Options) -> Iterator[Finding]:
    from sshkeep.lint.checks.client_sessions import at_session, client_config, interval_fix

    client = client_config(config)
    program = client.program
    for session in client.ssh_sessions:
        interval = program.interval(session)
        if interval > 0:
            continue
        finding = at_session(session, Phrase("{program} sends no keepalive", program=program.title), client)
        notes = [Phrase("a NAT or firewall on the path forgets an idle session, often after 4 to 60 minutes")]
        tcp = session.numbers.get(program.tcp_setting)
        if tcp and tcp.value:
            notes.append(
                Phrase(
                    "{setting} in line {number} does not help: the kernel waits two hours",
                    setting=program.tcp_setting,
                    number=tcp.line.number,
                )
            )
        is_set = session.numbers.keys() & program.units.keys()
        label = Phrase("0 is off") if is_set else Phrase("no {keyword}: off", keyword=finding.keyword)
        yield finding._replace(
            label=label, notes=tuple(notes), fix=interval_fix(session, options["seconds"], client)
        )


RULE = Rule(
    summary="PuTTY or Tera Term sends no keepalive in an SSH session",
    applies_to=("putty", "teraterm"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    references=(
        "PuTTY 0.84: settings.c, load_open_settings; conf.h; pinger.c; manual, 4.13.1 and 4.13.3",
        "Tera Term 4.63 to 5.6.2: ttxssh.c, read_ssh_options; ssh.c, ssh_heartbeat_thread",
    ),
    examples=(
        Example(
            "Present=1\nPingInterval=0\nPingIntervalSecs=0\nTCPKeepalives=1\n",
            "Present=1\nPingInterval=0\nPingIntervalSecs=60\nTCPKeepalives=1\n",
        ),
        Example("Present=1\nPingInterval=1\nPingIntervalSecs=0\nTCPKeepalives=1\n"),
        Example("Present=1\nHostName=web\n", "Present=1\nHostName=web\nPingIntervalSecs=60\n"),
        Example("Present=1\nHostName=web\nProtocol=telnet\n"),
        Example(
            "Windows Registry Editor Version 5.00\n\n"
            "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\web]\n"
            '"HostName"="192.0.2.1"\n"PingIntervalSecs"=dword:00000000\n',
            "Windows Registry Editor Version 5.00\n\n"
            "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\web]\n"
            '"HostName"="192.0.2.1"\n"PingIntervalSecs"=dword:0000003c\n',
        ),
        Example("[TTSSH]\nHeartBeat=0\n", "[TTSSH]\nHeartBeat=60\n", kind="teraterm"),
        Example("[TTSSH]\nHeartBeat=60\n", kind="teraterm"),
        Example("[TTSSH]\nHeartBeat=off\n", "[TTSSH]\nHeartBeat=60\n", kind="teraterm"),
    ),
)
