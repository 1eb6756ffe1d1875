"""Lines of ssh_config, and which of them decide; see `Case`."""

from __future__ import annotations

from tests.config.precedence.case import Case

CASES = (
    Case(
        "openssh-9.9", "port", "Port 1; Port 2; Host a; Port 3; Host *; Port 4; Host b; Port 5",
        order="1, 2, 4 [Host a], 6, 8 [Host b]", parts={"": "1"}, everyone="1",
        won="1", lost="2 an earlier line wins, 4 an earlier line wins, 6 an earlier line wins, 8 an earlier line wins", value=1, shadowed="2 < 1, 4 < 1, 6 < 1, 8 < 1",
    ),
    Case(
        "openssh-9.9", "port", "Host a; Port 1; Host a; Port 2; Match host b; Port 3; Match all; Port 4",
        order="2 [Host a], 4 [Host a], 6 [Match host b], 8", parts={"": "2 [Host a], 4 [Host a], 6 [Match host b], 8"}, everyone="8",
        won="2 [Host a]", lost="4 an earlier line wins, 6 an earlier line wins, 8 an earlier line wins", value=1, shadowed="4 < 2",
    ),
    Case(
        "openssh-9.9", "port", "Match final all; Port 1; Host a; Port 2; Host *; Port 3",
        order="4 [Host a], 6, 2~", parts={"": "4 [Host a], 6"}, everyone="6",
        won="4 [Host a]", lost="6 an earlier line wins, 2 a later line wins", value=2, shadowed="2 < 6",
    ),
    Case(
        "openssh-9.9", "port", "Host a; Match final host a; Port 1; Match canonical all; Port 2",
        order="3~ [Match final host a], 5~ [Match canonical all]", parts={"": "3~ [Match final host a], 5~ [Match canonical all]"}, everyone="",
        won="3~ [Match final host a]", lost="5 an earlier line wins", value=1,
    ),
    Case(
        "openssh-9.9", "hostname", "Match final all; HostName a; Host b; HostName c",
        order="4 [Host b]", parts={"": "4 [Host b]"}, everyone="",
        won="4 [Host b]", lost="", value="c",
    ),
    Case(
        "openssh-8.6", "tunneldevice", "TunnelDevice 1:1; Host a; TunnelDevice 2:2",
        order="3~ [Host a], 1~", parts={"": "3~ [Host a], 1~"}, everyone="1~",
        won="3~ [Host a]", lost="1 a later line wins", value="2:2",
    ),
    Case(
        "openssh-8.6", "tunneldevice", "Match final all; TunnelDevice 1:1; Host a; TunnelDevice 2:2; Match !final all; TunnelDevice 3:3",
        order="4~ [Host a], 2~, 6 [Match !final all]", parts={"": "4~ [Host a], 2~"}, everyone="2~",
        won="4~ [Host a]", lost="2 a later line wins, 6 an earlier line wins", value="2:2", shadowed="6 < 2",
    ),
    Case(
        "openssh-8.6", "tunneldevice", "TunnelDevice 1:1; Match !final all; TunnelDevice 3:3",
        order="1~, 3 [Match !final all]", parts={"": "1~"}, everyone="1~",
        won="1~", lost="3 an earlier line wins", value="1:1", shadowed="3 < 1",
    ),
    Case(
        "openssh-8.7", "tunneldevice", "TunnelDevice 1:1; Host a; TunnelDevice 2:2",
        order="1, 3 [Host a]", parts={"": "1"}, everyone="1",
        won="1", lost="3 an earlier line wins", value="1:1", shadowed="3 < 1",
    ),
    Case(
        "openssh-10.5", "streamlocalbindmask", "StreamLocalBindMask 0177; Host a; StreamLocalBindMask 0111",
        order="3, 1", parts={"": "3"}, everyone="3",
        won="3", lost="1 a later line wins", value=73, shadowed="1 < 3",
    ),
    Case(
        "openssh-10.6", "streamlocalbindmask", "StreamLocalBindMask 0177; Host a; StreamLocalBindMask 0111",
        order="1, 3 [Host a]", parts={"": "1"}, everyone="1",
        won="1", lost="3 an earlier line wins", value=127, shadowed="3 < 1",
    ),
    Case(
        "openssh-9.9", "sendenv", "SendEnv A B; SendEnv A; Host a; SendEnv -B* C",
        order="1, 2, 4 [Host a]", parts={"": "1, 2, 4 [Host a]"}, everyone="1, 2",
        won="1, 2, 4 [Host a]", lost="", value=("A", "A", "C"), adds=True,
    ),
    Case(
        "openssh-9.9", "sendenv", "SendEnv A AB; Match final all; SendEnv -?B; Host x; SendEnv D",
        order="1, 5 [Host x], 1~, 3~, 5~ [Host x]", parts={"": "1, 5 [Host x], 1~, 3~, 5~ [Host x]"}, everyone="1, 1~, 3~",
        won="1, 3~, 5 [Host x]", lost="", value=("A", "D", "A", "D"), adds=True,
    ),
    Case(
        "openssh-9.9", "sendenv", "SendEnv A; Host a; SendEnv -A; SendEnv -Q; SendEnv A",
        order="1, 3 [Host a], 4 [Host a], 5 [Host a]", parts={"": "1, 3 [Host a], 4 [Host a], 5 [Host a]"}, everyone="1",
        won="1, 3 [Host a], 4 [Host a], 5 [Host a]", lost="", value=("A",), adds=True,
    ),
    Case(
        "openssh-9.9", "identityfile", "IdentityFile /a; IdentityFile /a; Host a; IdentityFile /b; IdentityFile /a",
        order="1, 2, 4 [Host a], 5 [Host a]", parts={"": "1, 2, 4 [Host a], 5 [Host a]"}, everyone="1, 2",
        won="1, 4 [Host a]", lost="2 an earlier line says the same, 5 an earlier line says the same", value=("/a", "/b"), adds=True,
    ),
    Case(
        "openssh-9.9", "identityfile", "Host maybe; IdentityFile /a; Host b; IdentityFile /b",
        order="2 [Host maybe], 4 [Host b]", parts={"": "2 [Host maybe], 4 [Host b]"}, everyone="",
        won="4 [Host b] ? 2 [Host maybe]", lost="", value=("/b",), adds=True,
    ),
    Case(
        "openssh-9.9", "localforward", "LocalForward 1 a:1; LocalForward 1 a:1; LocalForward 2 a:1",
        order="1, 2, 3", parts={"": "1, 2, 3"}, everyone="1, 2, 3",
        won="1, 3", lost="2 an earlier line says the same", value=("1 [a]:1", "2 [a]:1"), adds=True,
    ),
    Case(
        "openssh-9.9", "proxyjump", "ProxyCommand x; ProxyJump a",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="", lost="2 ProxyCommand comes first and switches it off", value=None, shadowed="2 < 1",
    ),
    Case(
        "openssh-9.9", "proxycommand", "ProxyCommand x; ProxyJump a",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="1", lost="", value="x",
    ),
    Case(
        "openssh-9.9", "proxycommand", "ProxyJump a; ProxyCommand x",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="", lost="2 ProxyJump comes first and switches it off", value=None, shadowed="2 < 1",
    ),
    Case(
        "openssh-9.9", "proxycommand", "ProxyJump none; ProxyCommand x",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="", lost="2 ProxyJump comes first and switches it off", value=None,
    ),
    Case(
        "openssh-10.3", "proxycommand", "ProxyJump none; ProxyCommand x",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="2", lost="", value="x",
    ),
    Case(
        "debian-12", "proxycommand", "ProxyJump none; ProxyCommand x",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="2", lost="", value="x",
    ),
    Case(
        "debian-11", "proxycommand", "ProxyJump none; ProxyCommand x",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="", lost="2 ProxyJump comes first and switches it off", value=None,
    ),
    Case(
        "openssh-8.6", "proxyjump", "ProxyCommand x; ProxyJump none",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="", lost="2 ProxyCommand comes first and switches it off", value=None, shadowed="2 < 1",
    ),
    Case(
        "openssh-8.7", "proxyjump", "ProxyCommand x; ProxyJump none",
        order="1, 2", parts={"": "1, 2"}, everyone="1, 2",
        won="2", lost="", value="",
    ),
    Case(
        "openssh-9.9", "proxycommand", "Host maybe; ProxyJump a; Host b; ProxyCommand x",
        order="2 [Host maybe], 4 [Host b]", parts={"": "2 [Host maybe], 4 [Host b]"}, everyone="",
        won="4 [Host b]", lost="", value="x",
    ),
    Case(
        "openssh-9.9", "proxycommand", "Host a; ProxyJump a; Host b; ProxyCommand x; ProxyCommand y; Host *; ProxyCommand z",
        order="2 [Host a], 4 [Host b], 5 [Host b], 7", parts={"": "2 [Host a], 4 [Host b], 5 [Host b], 7"}, everyone="7",
        won="", lost="4 ProxyJump comes first and switches it off, 5 ProxyJump comes first and switches it off, 7 ProxyJump comes first and switches it off", value=None, shadowed="5 < 4",
    ),
    Case(
        "openssh-9.9", "proxyjump", "Host a; ProxyJump a; Host a; ProxyJump b; Host *; ProxyJump none; ProxyJump c",
        order="2 [Host a], 4 [Host a], 6, 7", parts={"": "2 [Host a], 4 [Host a], 6"}, everyone="6, 7",
        won="2 [Host a]", lost="4 an earlier line wins, 6 an earlier line wins, 7 an earlier line wins", value="a", shadowed="4 < 2, 7 < 6",
    ),
    Case(
        "openssh-9.9", "rekeylimit", "RekeyLimit 1G; Host a; RekeyLimit 2G 1h; Host *; RekeyLimit 3G 2h",
        order="1, 3 [Host a], 5", parts={"size": "1", "time": "3 [Host a], 5"}, everyone="1, 5",
        won="1, 3 [Host a]", lost="5 an earlier line wins", value={"size": 1073741824, "time": 3600},
    ),
    Case(
        "openssh-9.9", "rekeylimit", "Host a; RekeyLimit 1G; RekeyLimit 2G 1h; RekeyLimit 3G 2h",
        order="2 [Host a], 3 [Host a], 4 [Host a]", parts={"size": "2 [Host a], 3 [Host a], 4 [Host a]", "time": "3 [Host a], 4 [Host a]"}, everyone="",
        won="2 [Host a], 3 [Host a]", lost="4 an earlier line wins", value={"size": 1073741824, "time": 3600}, shadowed="4 < 2 3",
    ),
    Case(
        "openssh-9.9", "forwardagent", "ForwardAgent yes; ForwardAgent /a; Host a; ForwardAgent /b",
        order="1, 2, 4 [Host a]", parts={"flag": "1", "path": "2"}, everyone="1, 2",
        won="1, 2", lost="4 an earlier line wins", value={"flag": "yes", "path": "/a"}, shadowed="4 < 1 2",
    ),
    Case(
        "openssh-10.0", "user", "Host a b; User x; Host a; User y; Host c* !cc; User z; Host c1; User w",
        order="2 [Host a b], 4 [Host a], 6 [Host c* !cc], 8 [Host c1]", parts={"": "2 [Host a b], 4 [Host a], 6 [Host c* !cc], 8 [Host c1]"}, everyone="",
        won="2 [Host a b]", lost="4 an earlier line wins, 6 an earlier line wins, 8 an earlier line wins", value="x", shadowed="4 < 2",
    ),
    Case(
        "openssh-9.9", "user", "Host a*; User x; Host ab; User y; Host a?; User z; Match originalhost ab; User v; Match user u host ab; User w; Match user u host ab; User ww",
        order="2 [Host a*], 4 [Host ab], 6 [Host a?], 8 [Match originalhost ab], 10 [Match user u host ab], 12 [Match user u host ab]", parts={"": "2 [Host a*], 4 [Host ab], 6 [Host a?], 8 [Match originalhost ab], 10 [Match user u host ab], 12 [Match user u host ab]"}, everyone="",
        won="2 [Host a*]", lost="4 an earlier line wins, 6 an earlier line wins, 8 an earlier line wins, 10 an earlier line wins, 12 an earlier line wins", value="x", shadowed="4 < 2, 6 < 2",
    ),
    Case(
        "openssh-10.4", "refuseconnection", "RefuseConnection \"a\"; RefuseConnection \"b\"",
        order="1, 2", parts={"": "1"}, everyone="1",
        won="1", lost="2 an earlier line wins", value="a",
    ),
    Case(
        "openssh-9.9", "syslogfacility", "Host a; SyslogFacility AUTH; SyslogFacility USER; Host b; SyslogFacility DAEMON",
        order="2, 3, 5", parts={"": "2"}, everyone="2",
        won="2", lost="3 an earlier line wins, 5 an earlier line wins", value="AUTH", shadowed="3 < 2, 5 < 2",
    ),
)  # fmt: skip
