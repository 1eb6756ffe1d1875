"""The collected files of many hosts: ``HOST/etc/ssh`` with an sshd_config, a drop-in and an ssh_config."""

from __future__ import annotations

import os

MAIN = """# This is the sshd server system-wide configuration file.
Include /etc/ssh/sshd_config.d/*.conf

#Port 22
#AddressFamily any
#ListenAddress 0.0.0.0
#SyslogFacility AUTH
#LogLevel INFO
#PermitRootLogin prohibit-password
#StrictModes yes
#MaxAuthTries 6
#MaxSessions 10
#PubkeyAuthentication yes
KbdInteractiveAuthentication no
UsePAM yes
#AllowAgentForwarding yes
#AllowTcpForwarding yes
X11Forwarding yes
PrintMotd no
#TCPKeepAlive yes
#ClientAliveInterval 0
#ClientAliveCountMax 3
AcceptEnv LANG LC_*
Subsystem sftp /usr/lib/openssh/sftp-server
"""
DROP_IN = "PasswordAuthentication no\nClientAliveInterval 30\n"
CLIENT = """# This is the ssh client system-wide configuration file.
Include /etc/ssh/ssh_config.d/*.conf
Host *
    SendEnv LANG LC_*
    HashKnownHosts yes
    ServerAliveInterval 60
"""


def collected_trees(folder: str, hosts: int, different: int) -> str:
    """Write the trees of ``hosts``, of which ``different`` have drop-ins that no other one has."""
    for number in range(hosts):
        here = os.path.join(folder, f"host{number:05}", "etc", "ssh")
        os.makedirs(os.path.join(here, "sshd_config.d"), exist_ok=True)
        more = (
            f"AllowUsers admin{number}\nMaxAuthTries {number % 3 + 2}\nNoSuchOption {number}\n"
            if number < different
            else ""
        )
        for name, text in (
            ("sshd_config", MAIN),
            ("ssh_config", CLIENT),
            ("sshd_config.d/50-site.conf", DROP_IN + more),
        ):
            with open(os.path.join(here, name), "w", encoding="utf-8") as stream:
                stream.write(text)
    return folder


def folders_of_others(folder: str, count: int) -> str:
    """Write ``count`` folders of three files each, in hundreds and four deep, that are no configs but for one."""
    for number in range(count):
        here = os.path.join(folder, str(number // 10_000), str(number // 100 % 100), str(number % 100), "x")
        os.makedirs(here, exist_ok=True)
        for name in ("main.c", "notes.txt", "app.conf"):
            with open(os.path.join(here, name), "w", encoding="utf-8"):
                pass
    with open(os.path.join(folder, "sshd_config"), "w", encoding="utf-8") as stream:
        stream.write(MAIN)
    return folder
