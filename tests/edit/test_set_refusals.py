"""What ``sshkeep set`` refuses, each with its sentence, before anything is touched."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from tests.edit.test_where_set_writes import lay, planned
from tests.program import run


class Refusal(NamedTuple):
    """A call on a config, and the sentence; ``{dir}`` is the folder."""

    call: str
    sentence: str
    before: str = ""
    files: Mapping[str, str] = {}
    target: str = "openssh-9.9"


UNSAFE = "{dir}/sshd_config: the change is not safe to write: "
UNSAFE_SSH = "{dir}/ssh_config: the change is not safe to write: "
DROP_INS = "Include /etc/ssh/sshd_config.d/*.conf\n"
SSHD = (
    Refusal("Foo 1", "openssh-9.9 does not know Foo in sshd_config"),
    Refusal("--unset Foo", "openssh-9.9 does not know Foo in sshd_config"),
    Refusal("ServerAliveInterval 60", "openssh-9.9 does not know ServerAliveInterval in sshd_config"),
    Refusal(
        "ChannelTimeout *=1h", "openssh-9.1 does not know ChannelTimeout in sshd_config", target="openssh-9.1"
    ),
    Refusal(
        "UsePrivilegeSeparation no",
        "openssh-9.9 takes UsePrivilegeSeparation and does nothing with it (deprecated)",
    ),
    Refusal("Match User", "Match is not a setting"),
    Refusal("Include x", "Include is not a setting"),
    Refusal("--in 'Match User bob' --add Include x", "Include is not a setting"),
    Refusal("--add Include x", "openssh-8.0 does not know Include in sshd_config", target="openssh-8.0"),
    Refusal(
        "--add Include /etc/ssh/x",
        UNSAFE + "OpenSSH would refuse the result: unknown keyword Foo",
        "Port 22\n",
        {"x": "Foo 1\n"},
    ),
    Refusal("ClientAliveInterval 60ms", "openssh-9.9 refuses ClientAliveInterval 60ms: '60ms' is not a time"),
    Refusal("Port 0", "openssh-9.9 refuses Port 0: '0' is not a port"),
    Refusal("UseDNS yes no", "openssh-9.9 refuses UseDNS yes no: more than one argument after UseDNS"),
    Refusal("Banner ''", 'openssh-9.9 refuses Banner "": no argument after Banner'),
    Refusal(
        "AllowUsers bob@10.0.0.1/8",
        "openssh-9.9 refuses AllowUsers bob@10.0.0.1/8: 'bob@10.0.0.1/8' holds a bad address",
    ),
    Refusal("Ciphers nonsense", "openssh-9.9 refuses Ciphers nonsense: openssh-9.9 does not know 'nonsense'"),
    Refusal("Subsystem sftp", "openssh-9.9 refuses Subsystem sftp: a subsystem needs a name and a command"),
    Refusal(
        "--in 'Match User bob' Port 22",
        "openssh-9.9 refuses Port 22: Directive 'Port' is not allowed within a Match block",
    ),
    Refusal(
        "--in 'Match Colour red' PermitTTY no",
        "openssh-9.9 refuses 'Match Colour red': Unsupported Match attribute Colour",
    ),
    Refusal("--in 'User bob' PermitTTY no", "'User bob' is not a Match line"),
    Refusal("--in 'Host web' PermitTTY no", "'Host web' is not a Match line"),
    Refusal(
        "--in 'Match User bob\nMatch all' PermitTTY no", "'Match User bob\\nMatch all' is not a Match line"
    ),
    Refusal(
        "Banner '/a\nPermitRootLogin yes'",
        "Banner /a\nPermitRootLogin yes: openssh-9.9 can't read this in any spelling",
    ),
    Refusal(
        """Banner '/a"b'""", "Banner /a\"b: openssh-8.4 can't read this in any spelling", target="openssh-8.4"
    ),
    Refusal("--add UseDNS no", "UseDNS is not an option whose lines add up"),
    Refusal("--remove Banner /x", "Banner is not an option whose lines add up"),
    Refusal("--add Subsystem sftp internal-sftp", "Subsystem is not an option whose lines add up"),
    Refusal(
        "UseDNS no",
        "{dir}/sshd_config:1: Includes are nested more than 16 deep",
        "Include /etc/ssh/sshd_config\n",
    ),
    Refusal(
        "AuthorizedKeysCommand /x",
        UNSAFE
        + "OpenSSH would refuse the result: AuthorizedKeysCommand set without AuthorizedKeysCommandUser",
    ),
    Refusal(
        "AuthenticationMethods hostbased",
        UNSAFE
        + "OpenSSH would refuse the result: AuthenticationMethods cannot be satisfied by enabled authentication methods",
    ),
    Refusal(
        "AddressFamily inet6",
        UNSAFE + "OpenSSH would refuse the result: 0.0.0.0 is not an address of AddressFamily inet6",
        "ListenAddress 0.0.0.0\n",
    ),
    Refusal(
        "KbdInteractiveAuthentication no",
        "KbdInteractiveAuthentication no would not take effect: ChallengeResponseAuthentication yes, the default, switches it on",
        target="openssh-8.4",
    ),
    Refusal(
        "--in 'Match User bob' AuthenticationMethods any",
        UNSAFE + "AuthenticationMethods any must stand alone for who fits two of its blocks",
        "Match Group staff\n  AuthenticationMethods publickey\n",
        target="openssh-9.2",
    ),
    Refusal(
        "--in 'Match User bob' AuthorizedKeysCommand keys",
        "openssh-9.9 refuses AuthorizedKeysCommand keys: 'keys' is not an absolute path",
    ),
    Refusal("--drop-in UseDNS no", "{dir}/sshd_config includes no folder of drop-ins outside any block"),
    Refusal(
        "--drop-in-name a/b UseDNS no", "'a/b' is not a file name", DROP_INS, {"sshd_config.d/a.conf": ""}
    ),
    Refusal(
        "--drop-in-name a.txt UseDNS no",
        "no Include of {dir}/sshd_config.d/*.conf would read a.txt, or its folder is missing",
        DROP_INS,
        {"sshd_config.d/a.conf": ""},
    ),
    Refusal(
        "--drop-in UseDNS no",
        f"a drop-in can't do this: {UNSAFE}UseDNS no would not take effect",
        f"UseDNS yes\n{DROP_INS}",
        {"sshd_config.d/a.conf": ""},
    ),
    Refusal(
        "--drop-in-name 60-ours.conf UseDNS no",
        f"a drop-in can't do this: {UNSAFE}UseDNS no would not take effect",
        DROP_INS,
        {"sshd_config.d/50-cloud-init.conf": "UseDNS yes\n"},
    ),
    Refusal(
        "--drop-in AllowUsers a",
        f"a drop-in can't do this: {UNSAFE}AllowUsers a would not take effect",
        f"{DROP_INS}AllowUsers b\n",
        {"sshd_config.d/a.conf": ""},
    ),
    Refusal(
        "--in 'Match User bob' PermitTTY no",
        "{dir}/x:2 sets PermitTTY for everyone before any block could",
        "Include /etc/ssh/x\n",
        {"x": "Match all\n  PermitTTY yes\n"},
    ),
)
SSH = (
    Refusal("ClientAliveInterval 60", "openssh-9.9 does not know ClientAliveInterval in ssh_config"),
    Refusal("Host web", "Host is not a setting"),
    Refusal("ServerAliveInterval none", "ServerAliveInterval none leaves ServerAliveInterval unset"),
    Refusal("--in 'web' User a", "'web' is not a Host or Match line"),
    Refusal(
        "LocalForward 80", "openssh-9.9 refuses LocalForward 80: the target of the forwarding is missing"
    ),
    Refusal(
        "ProxyJump j",
        "ProxyJump would not take effect: {dir}/ssh_config:1 sets ProxyCommand, which comes first and switches it off",
        "ProxyCommand nc %h %p\n",
    ),
    Refusal(
        "LocalForward 8080 a:80",
        "LocalForward 8080 a:80 would not take effect: ClearAllForwardings yes takes all forwardings away",
        "ClearAllForwardings yes\n",
    ),
    Refusal(
        "--in 'Host web' SyslogFacility LOCAL0",
        UNSAFE_SSH + "SyslogFacility LOCAL0 would not take effect",
    ),
    Refusal(
        "--in 'Host *.example' Port 1",
        UNSAFE_SSH + "Port would change for a block that decides otherwise",
        "Host *.example\n  User a\nHost web.example\n  Port 2\n",
    ),
)
CASES = [
    pytest.param(kind, refusal, id=f"{kind}: {refusal.call!r}")
    for kind, refusals in (("sshd_config", SSHD), ("ssh_config", SSH))
    for refusal in refusals
]


@pytest.mark.parametrize(("kind", "refusal"), CASES)
def test_refused(kind: Kind, refusal: Refusal, tmp_path: Path) -> None:
    folder = tmp_path / ".ssh" if kind == "ssh_config" else tmp_path
    lay(kind, folder, refusal.before, refusal.files)
    with pytest.raises(SshkeepError) as error:
        planned(kind, folder, refusal.call, refusal.target)
    assert error.value.sentence == refusal.sentence.replace("{dir}", str(folder))


def test_a_fragment(tmp_path: Path) -> None:
    lay("sshd_config", tmp_path, "Port 22\n", {"sshd_config.d/a.conf": "UseDNS yes\n"})
    with pytest.raises(SshkeepError, match=r"a\.conf is a drop-in without its main file"):
        planned("sshd_config", tmp_path, "UseDNS no", "openssh-9.9", asked="sshd_config.d/a.conf")


def test_an_include_that_can_t_be_read(tmp_path: Path) -> None:
    lay("sshd_config", tmp_path, DROP_INS, {})
    (tmp_path / "sshd_config.d").mkdir()
    os.mkfifo(tmp_path / "sshd_config.d" / "a.conf")
    with pytest.raises(SshkeepError, match=r"a\.conf: not a regular file"):
        planned("sshd_config", tmp_path, "UseDNS no", "openssh-9.9")


WRONG_USE = (
    (("UseDNS",), "UseDNS: the keyword or a value is missing"),
    (("UseDNS", "./sshd_config"), "UseDNS ./sshd_config: the keyword or a value is missing"),
    (("UseDNS", "FILE"), "refuses UseDNS FILE: 'FILE' is neither yes nor no"),
    (("AllowUsers", "bob", "shd.conf"), "shd.conf: no such file"),
    (("--unset", "AllowUsers", "a", "FILE"), "--unset AllowUsers takes no value"),
    (("--unset", "Subsystem", "sftp", "x", "FILE"), "--unset Subsystem takes no value"),
    (("--add", "--remove", "AllowUsers", "a", "FILE"), "--add and --remove don't go together"),
    (("UseDNS", "no", "./nothing-there"), "nothing-there: no such file"),
    (("UseDNS", "no", "nothing-there"), "refuses UseDNS no nothing-there: more than one argument"),
    (("UseDNS", "no", "."), ". is not a file that sshkeep can edit"),
    (("UseDNS", "no", "-"), "- is not a file that sshkeep can edit"),
    (("Ciphers", "-3des-cbc", "FILE"), "values that begin with - go behind --"),
)


@pytest.mark.parametrize(
    ("arguments", "sentence"), WRONG_USE, ids=[" ".join(words) for words, _ in WRONG_USE]
)
def test_wrong_use(arguments: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    (tmp_path / "FILE").write_text("Port 22\n")
    done = run("set", "--kind", "sshd_config", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert sentence in " ".join(done.err.split())
    assert (tmp_path / "FILE").read_text() == "Port 22\n"


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
def test_a_file_with_nul_bytes_is_not_changed(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    path.write_bytes(b"Port 22\0\nUser a\n" if kind == "ssh_config" else b"Port 22\nUseDNS no\0\n")
    done = run("set", "--write", "Port", "23", path)
    assert (done.code, "holds a NUL byte" in done.err) == (2, True)
    assert b"23" not in path.read_bytes()


OVERRULED = (
    ("sshd_config", "AuthorizedKeysCommand none\nAuthorizedPrincipalsCommandUser nobody\n", "AuthorizedPrincipalsCommand", "/x", 2),
    ("ssh_config", "ClearAllForwardings yes\n", "Tunnel", "yes", 2),
    ("ssh_config", "ClearAllForwardings yes\n", "Tunnel", "no", 1),
    ("ssh_config", "ClearAllForwardings no\n", "Tunnel", "yes", 1),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "keyword", "value", "code"), OVERRULED)
def test_what_another_option_overrules(
    kind: str, text: str, keyword: str, value: str, code: int, tmp_path: Path
) -> None:
    (tmp_path / kind).write_text(text)
    done = run("set", "--target", "debian-12", keyword, value, tmp_path / kind)
    assert (done.code, "would not take effect" in done.err) == (code, code == 2)
