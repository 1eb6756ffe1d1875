"""Lines of sshd_config, and which of them decide; see `Case`."""

from __future__ import annotations

from tests.config.precedence.case import Case

CASES = (
    Case(
        "openssh-9.9", "usedns", "UseDNS no; UseDNS yes",
        order="1~, 2~", parts={"": "1~"}, everyone="1~",
        won="1~", lost="2 an earlier line wins", value="no", shadowed="2 < 1",
    ),
    Case(
        "openssh-9.9", "banner", "Banner /a; Match User ann; Banner /b; Match User ann; Banner /c; Match all; Banner /d",
        order="3 [Match User ann], 5 [Match User ann], 7, 1~", parts={"": "3 [Match User ann], 5 [Match User ann], 7"}, everyone="7",
        won="3 [Match User ann]", lost="5 an earlier line wins, 7 an earlier line wins, 1 a Match block overrides it", value="/b", in_match=True, shadowed="1 < 7, 5 < 3",
    ),
    Case(
        "openssh-9.9", "banner", "Match User ann; Banner /b; Match Group g; Banner /c; Match all; Banner /d; Match User bob; Banner /e",
        order="2 [Match User ann], 4 [Match Group g], 6, 8 [Match User bob]", parts={"": "2 [Match User ann], 4 [Match Group g], 6"}, everyone="6",
        won="2 [Match User ann]", lost="4 an earlier line wins, 6 an earlier line wins, 8 an earlier line wins", value="/b", in_match=True, shadowed="8 < 6",
    ),
    Case(
        "openssh-9.9", "banner", "Banner /a; Match all; Banner /b; Banner /c",
        order="3, 4, 1~", parts={"": "3"}, everyone="3",
        won="3", lost="4 an earlier line wins, 1 a Match block overrides it", value="/b", in_match=True, shadowed="1 < 3, 4 < 3",
    ),
    Case(
        "openssh-9.9", "banner", "Match User maybe; Banner /a; Match User ann; Banner /b",
        order="2 [Match User maybe], 4 [Match User ann]", parts={"": "2 [Match User maybe], 4 [Match User ann]"}, everyone="",
        won="4 [Match User ann] ? 2 [Match User maybe]", lost="", value="/b", in_match=True,
    ),
    Case(
        "openssh-9.9", "banner", "Banner /a; Match User maybe; Banner /b",
        order="3 [Match User maybe], 1~", parts={"": "3 [Match User maybe], 1~"}, everyone="1~",
        won="1~ ? 3 [Match User maybe]", lost="", value="/a",
    ),
    Case(
        "openssh-9.9", "usedns", "Match User ann; UseDNS no",
        order="", parts={}, everyone="",
        won="", lost="", value=None,
    ),
    Case(
        "openssh-9.9", "usedns", "Match all; UseDNS no",
        order="2~", parts={"": "2~"}, everyone="2~",
        won="2~", lost="", value="no",
    ),
    Case(
        "openssh-9.9", "usedns", "UseDNS yes; Match all; UseDNS no",
        order="1~, 3~", parts={"": "1~"}, everyone="1~",
        won="1~", lost="3 an earlier line wins", value="yes", shadowed="3 < 1",
    ),
    Case(
        "openssh-8.0", "ignorerhosts", "IgnoreRhosts no; Match all; IgnoreRhosts yes",
        order="1~, 3~", parts={"": "1~"}, everyone="1~",
        won="1~", lost="3 an earlier line wins", value="no", shadowed="3 < 1",
    ),
    Case(
        "openssh-10.2", "ipqos", "IPQoS ef; Match User ann; IPQoS cs1; IPQoS cs2",
        order="4 [Match User ann], 3 [Match User ann], 1~", parts={"": "4 [Match User ann], 3 [Match User ann], 1~"}, everyone="1~",
        won="4 [Match User ann]", lost="3 a later line wins, 1 a Match block overrides it", value="cs2 cs2", in_match=True, shadowed="3 < 4",
    ),
    Case(
        "openssh-10.2", "fingerprinthash", "FingerprintHash md5; FingerprintHash sha256; FingerprintHash sha1",
        order="3~, 2~, 1~", parts={"": "3~"}, everyone="3~",
        won="3~", lost="2 a later line wins, 1 a later line wins", value="SHA1", shadowed="1 < 3, 2 < 3",
    ),
    Case(
        "openssh-9.9", "unusedconnectiontimeout", "UnusedConnectionTimeout 5m; UnusedConnectionTimeout 6m; UnusedConnectionTimeout none; UnusedConnectionTimeout NONE",
        order="4~, 3~, 1~, 2~", parts={"": "4~"}, everyone="4~, 1~",
        won="4~", lost="3 a later line wins, 1 a later line wins, 2 a later line wins", value=0, shadowed="1 < 4, 2 < 4, 3 < 4",
    ),
    Case(
        "openssh-9.9", "unusedconnectiontimeout", "UnusedConnectionTimeout none; Match User ann; UnusedConnectionTimeout 5m; UnusedConnectionTimeout none; UnusedConnectionTimeout 6m",
        order="4 [Match User ann], 3 [Match User ann], 5 [Match User ann], 1~", parts={"": "4 [Match User ann], 3 [Match User ann], 5 [Match User ann], 1~"}, everyone="1~",
        won="4 [Match User ann]", lost="3 a later line wins, 5 an earlier line wins, 1 a Match block overrides it", value=0, in_match=True, shadowed="3 < 4, 5 < 4",
    ),
    Case(
        "openssh-9.9", "allowusers", "AllowUsers a; AllowUsers b a; Match User ann; AllowUsers c; Match User bob; AllowUsers d",
        order="4 [Match User ann], 6 [Match User bob], 1~, 2~", parts={"": "4 [Match User ann], 6 [Match User bob], 1~, 2~"}, everyone="1~, 2~",
        won="4 [Match User ann], 6 [Match User bob]", lost="1 a Match block overrides it, 2 a Match block overrides it", value=("c", "d"), in_match=True, adds=True,
    ),
    Case(
        "openssh-9.9", "allowusers", "AllowUsers a; AllowUsers b; Match all; AllowUsers c",
        order="4", parts={"": "4"}, everyone="4",
        won="4", lost="", value=("c",), in_match=True, adds=True,
    ),
    Case(
        "openssh-9.9", "allowusers", "AllowUsers a; Match User maybe; AllowUsers b",
        order="3 [Match User maybe], 1~", parts={"": "3 [Match User maybe], 1~"}, everyone="1~",
        won="1~ ? 3 [Match User maybe]", lost="", value=("a",), adds=True,
    ),
    Case(
        "openssh-9.9", "allowusers", "Match User ann; AllowUsers b; Match User maybe; AllowUsers c",
        order="2 [Match User ann], 4 [Match User maybe]", parts={"": "2 [Match User ann], 4 [Match User maybe]"}, everyone="",
        won="2 [Match User ann] ? 4 [Match User maybe]", lost="", value=("b",), in_match=True, adds=True,
    ),
    Case(
        "openssh-9.9", "subsystem", "Subsystem a /a; Subsystem b /b; Match User ann; Subsystem a /c",
        order="4 [Match User ann], 1~, 2~", parts={"a": "4 [Match User ann], 1~", "b": "2~"}, everyone="1~, 2~",
        won="4 [Match User ann]", lost="1 a Match block overrides it, 2 a Match block overrides it", value={"a": "/c"}, in_match=True,
    ),
    Case(
        "openssh-9.9", "subsystem", "Subsystem a /a; Subsystem b /b; Match all; Subsystem a /c",
        order="4", parts={"a": "4"}, everyone="4",
        won="4", lost="", value={"a": "/c"}, in_match=True,
    ),
    Case(
        "openssh-9.9", "rekeylimit", "RekeyLimit 1G; RekeyLimit 2G 1h; Match User ann; RekeyLimit 3G",
        order="4 [Match User ann], 1~, 2~", parts={"size": "4 [Match User ann], 1~", "time": "2~"}, everyone="1~, 2~",
        won="4 [Match User ann], 2~", lost="1 a Match block overrides it", value={"size": 3221225472, "time": 3600}, in_match=True,
    ),
    Case(
        "openssh-9.9", "rekeylimit", "RekeyLimit 1G; Match User maybe; RekeyLimit 2G 1h",
        order="3 [Match User maybe], 1~", parts={"size": "3 [Match User maybe], 1~", "time": "3 [Match User maybe]"}, everyone="1~",
        won="1~ ? 3 [Match User maybe]", lost="", value={"size": 1073741824},
    ),
    Case(
        "openssh-9.1", "maxstartups", "MaxStartups 10:30:60; MaxStartups -1:40:70; MaxStartups 5",
        order="3~, 2~, 1~", parts={"begin": "3~", "max": "3~", "rate": "2~"}, everyone="3~, 2~, 1~",
        won="2~, 3~", lost="1 a later line wins", value={"begin": 5, "max": 5, "rate": 40}, shadowed="1 < 3 2",
    ),
    Case(
        "openssh-9.9", "persourcepenalties", "PerSourcePenalties crash:1; PerSourcePenalties crash:2 noauth:3; PerSourcePenalties noauth:4",
        order="1~, 2~, 3~", parts={"crash": "1~", "noauth": "2~"}, everyone="1~, 2~, 3~",
        won="1~, 2~", lost="3 an earlier line wins", value={"crash": 1, "noauth": 3}, shadowed="3 < 2",
    ),
    Case(
        "openssh-9.2", "authorizedprincipalscommand", "AuthorizedPrincipalsCommand /p; AuthorizedKeysCommand /k; Match User ann; AuthorizedPrincipalsCommand /q",
        order="4 [Match User ann], 1~, 2~", parts={"": "4 [Match User ann], 1~, 2~"}, everyone="1~, 2~",
        won="4 [Match User ann]", lost="1 a Match block overrides it", value="/q", in_match=True,
    ),
    Case(
        "openssh-9.2", "authorizedprincipalscommand", "AuthorizedKeysCommand /k; AuthorizedPrincipalsCommand /p; Match User ann; AuthorizedPrincipalsCommand /q; AuthorizedPrincipalsCommand /r",
        order="4 [Match User ann], 5 [Match User ann], 1~, 2~", parts={"": "4 [Match User ann], 5 [Match User ann], 1~, 2~"}, everyone="1~, 2~",
        won="5 [Match User ann]", lost="4 a later line wins, 2 AuthorizedKeysCommand comes first and switches it off", value="/r", in_match=True, shadowed="2 < 1",
    ),
    Case(
        "openssh-9.4", "authorizedprincipalscommand", "AuthorizedKeysCommand /k; AuthorizedPrincipalsCommand /p",
        order="2~", parts={"": "2~"}, everyone="2~",
        won="2~", lost="", value="/p",
    ),
    Case(
        "openssh-8.6", "authorizedprincipalscommand", "AuthorizedKeysCommand /k; AuthorizedPrincipalsCommand /p",
        order="2~", parts={"": "2~"}, everyone="2~",
        won="2~", lost="", value="/p",
    ),
    Case(
        "openssh-8.4", "setenv", "SetEnv A=1; Match User ann; SetEnv A=2",
        order="1~", parts={"": "1~"}, everyone="1~",
        won="1~", lost="", value=("A=1",),
    ),
    Case(
        "openssh-8.5", "setenv", "SetEnv A=1; Match User ann; SetEnv A=2",
        order="3 [Match User ann], 1~", parts={"": "3 [Match User ann], 1~"}, everyone="1~",
        won="3 [Match User ann]", lost="1 a Match block overrides it", value=("A=2",), in_match=True,
    ),
    Case(
        "openssh-9.9", "banner", "Match version OpenSSH_10.0p1; Banner /a",
        order="2 [Match version OpenSSH_10.0p1]", parts={"": "2 [Match version OpenSSH_10.0p1]"}, everyone="",
        won="2 [Match version OpenSSH_10.0p1]", lost="", value="/a", in_match=True,
    ),
    Case(
        "openssh-10.0", "banner", "Match version OpenSSH_10.0*; Banner /a",
        order="2", parts={"": "2"}, everyone="2",
        won="2", lost="", value="/a", in_match=True,
    ),
    Case(
        "openssh-9.9", "banner", "Match Invalid-User; Banner /a",
        order="2 [Match Invalid-User], 2~", parts={"": "2 [Match Invalid-User], 2~"}, everyone="2~",
        won="2 [Match Invalid-User]", lost="", value="/a", in_match=True,
    ),
    Case(
        "openssh-10.3", "permituserenvironment", "PermitUserEnvironment B*; Match User ann; PermitUserEnvironment C*; Match all; PermitUserEnvironment A*; PermitUserEnvironment D*",
        order="5, 1~, 6~", parts={"": "5"}, everyone="5",
        won="5", lost="1 a Match block overrides it, 6 an earlier line wins", value="A*", in_match=True, shadowed="1 < 5, 6 < 5",
    ),
    Case(
        "openssh-10.3", "permituserenvironment", "PermitUserEnvironment B*; Match all; PermitUserEnvironment no; PermitUserEnvironment A*",
        order="1~, 3~, 4~", parts={"": "1~"}, everyone="1~",
        won="1~", lost="3 an earlier line wins, 4 an earlier line wins", value="B*", shadowed="3 < 1, 4 < 1",
    ),
    Case(
        "openssh-10.4", "permituserenvironment", "PermitUserEnvironment B*; Match all; PermitUserEnvironment A*",
        order="1~, 3~", parts={"": "1~"}, everyone="1~",
        won="1~", lost="3 an earlier line wins", value="B*", shadowed="3 < 1",
    ),
    Case(
        "openssh-10.3", "permituserenvironment", "Match User ann; PermitUserEnvironment A*",
        order="", parts={}, everyone="",
        won="", lost="", value=None,
    ),
)  # fmt: skip
