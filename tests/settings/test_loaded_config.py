"""sshkeep as a library: what a config means, as typed values."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

import sshkeep
from sshkeep import SshdSettings, SshkeepError, SshSettings
from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.config.local_machine import read_local_machine
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.settings.compound import (
    AddKeysToAgent,
    AgentSocketPath,
    ChannelTimeout,
    Forward,
    ForwardEndpoint,
    IPQoS,
    ListenAddress,
    MaxStartups,
    PerSourcePenalties,
    PubkeyAuthOptions,
    RekeyLimit,
    SourceBlock,
    TunnelDevice,
)
from sshkeep.settings.loaded_config import LoadedSsh, LoadedSshd
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target, local_user
from tests.oracle.installed import host_key
from tests.oracle.programs import SSHD
from tests.requirements import need


def sshd(text: str, folder: Path, target: str = "auto") -> LoadedSshd:
    path = folder / "sshd_config"
    path.write_text(text)
    return sshkeep.load(path, kind="sshd_config", target=target)


def ssh(text: str, folder: Path, target: str = "auto") -> LoadedSsh:
    path = folder / "ssh_config"
    path.write_text(text)
    return sshkeep.load(path, kind="ssh_config", target=target)


# What a field holds.

SSHD_TABLE: list[tuple[str, str, object]] = [
    ("", "client_alive_interval", 0),
    ("ClientAliveInterval 1h30m", "client_alive_interval", 5400),
    ("ClientAliveCountMax 4", "client_alive_count_max", 4),
    ("StreamLocalBindMask 0027", "stream_local_bind_mask", 0o027),
    ("PermitTTY no", "permit_tty", False),
    ("TCPKeepAlive all", "tcp_keep_alive", "all"),
    ("TCPKeepAlive no", "tcp_keep_alive", False),
    ("PermitRootLogin without-password", "permit_root_login", "prohibit-password"),
    ("PermitUserEnvironment yes", "permit_user_environment", True),
    ("PermitUserEnvironment LANG,LC_*", "permit_user_environment", "LANG,LC_*"),
    ("LogLevel debug1", "log_level", "DEBUG"),
    ("Banner /etc/issue", "banner", "/etc/issue"),
    ("Banner NONE", "banner", None),
    ("UnusedConnectionTimeout none", "unused_connection_timeout", None),
    ("UnusedConnectionTimeout 5m", "unused_connection_timeout", 300),
    ("PerSourceMaxStartups none", "per_source_max_startups", None),
    ("PerSourceMaxStartups 3", "per_source_max_startups", 3),
    ("PerSourceNetBlockSize 24:56", "per_source_net_block_size", SourceBlock(ipv4=24, ipv6=56)),
    ("Port 22\nPort 2222", "port", (22, 2222)),
    ("AcceptEnv LANG LC_*\nAcceptEnv TZ", "accept_env", ("LANG", "LC_*", "TZ")),
    ("", "allow_users", ()),
    ("AllowUsers bob@10.0.0.0/8 ann", "allow_users", ("bob@10.0.0.0/8", "ann")),
    ("AuthorizedKeysFile .ssh/a /etc/keys/%u", "authorized_keys_file", (".ssh/a", "/etc/keys/%u")),
    ("AuthorizedKeysFile none", "authorized_keys_file", ()),
    ("Ciphers aes256-ctr,aes128-ctr", "ciphers", ("aes256-ctr", "aes128-ctr")),
    ("", "authentication_methods", "any"),
    (
        "AuthenticationMethods publickey,password hostbased",
        "authentication_methods",
        (("publickey", "password"), ("hostbased",)),
    ),
    ("", "permit_open", "any"),
    ("PermitOpen none", "permit_open", "none"),
    ("PermitOpen db:5432 [::1]:80", "permit_open", ("db:5432", "[::1]:80")),
    ("SetEnv A=b C='d e'", "set_env", {"A": "b", "C": "d e"}),
    ("Subsystem sftp internal-sftp -l INFO", "subsystem", {"sftp": "internal-sftp -l INFO"}),
    ("RekeyLimit 1G 1h", "rekey_limit", RekeyLimit(size=2**30, seconds=3600)),
    ("MaxStartups 5:50:20", "max_startups", MaxStartups(begin=5, rate=50, full=20)),
    ("IPQoS ef none", "ipqos", IPQoS(interactive="ef", bulk=None)),
    (
        "Port 22\nListenAddress [::1]:80\nListenAddress 10.0.0.1",
        "listen_address",
        (ListenAddress(address="::1", port=80), ListenAddress(address="10.0.0.1", port=22)),
    ),
    (
        "ChannelTimeout session:*=5m global=1.5",
        "channel_timeout",
        (ChannelTimeout(type="session:*", seconds=300), ChannelTimeout(type="global", seconds=1)),
    ),
    ("ChannelTimeout none", "channel_timeout", ()),
    ("PerSourcePenalties no", "per_source_penalties", PerSourcePenalties(enabled=False)),
    (
        "PerSourcePenalties authfail:0.5 overflow:deny-all",
        "per_source_penalties",
        PerSourcePenalties(
            enabled=True,
            crash=90,
            authfail=0.5,
            noauth=1,
            invaliduser=5,
            grace_exceeded=10,
            refuseconnection=10,
            max=600,
            min=15,
            max_sources4=65536,
            max_sources6=65536,
            overflow="deny-all",
            overflow6="deny-all",
        ),
    ),
    ("PerSourcePenaltyExemptList 10.0.0.0/8,::1", "per_source_penalty_exempt_list", ("10.0.0.0/8", "::1")),
    ("AgentSocketPath shared:/run/a", "agent_socket_path", AgentSocketPath(whose="shared", path="/run/a")),
    ("PubkeyAcceptedKeyTypes ssh-ed25519", "pubkey_accepted_algorithms", ("ssh-ed25519",)),
    ("", "debian_banner", None),
    ("Match User bob\n  ClientAliveInterval 9", "client_alive_interval", 9),
    ("Match Address 10.0.0.0/8\n  ClientAliveInterval 9", "client_alive_interval", 9),
    ("Match User ann\n  ClientAliveInterval 9", "client_alive_interval", 0),
    ("Match Group wheel\n  ClientAliveInterval 9", "client_alive_interval", 9),
]


@pytest.mark.parametrize(("text", "field", "value"), SSHD_TABLE)
def test_sshd(text: str, field: str, value: object, tmp_path: Path) -> None:
    loaded = sshd(f"{text}\n", tmp_path)
    settings = loaded.effective(user="bob", addr="10.0.0.5", groups=["wheel"])
    found = getattr(settings, field)
    assert (found, type(found)) == (value, type(value))


SSH_TABLE: list[tuple[str, str, object]] = [
    ("", "host_name", "web"),
    ("HostName %h.example", "host_name", "web.example"),
    ("", "user", "ann"),
    ("User bob", "user", "bob"),
    ("ServerAliveInterval 2m", "server_alive_interval", 120),
    ("ConnectTimeout none", "connect_timeout", None),
    ("ConnectTimeout 10", "connect_timeout", 10),
    ("Compression yes", "compression", True),
    ("StrictHostKeyChecking off", "strict_host_key_checking", "no"),
    ("RequestTTY true", "request_tty", "yes"),
    ("Tunnel yes", "tunnel", "point-to-point"),
    ("PubkeyAuthentication host-bound", "pubkey_authentication", "host-bound"),
    ("ForwardAgent yes", "forward_agent", True),
    ("ForwardAgent $SOCKET", "forward_agent", "$SOCKET"),
    ("ControlPersist yes", "control_persist", "yes"),
    ("ControlPersist 10m", "control_persist", 600),
    ("AddKeysToAgent confirm 5m", "add_keys_to_agent", AddKeysToAgent(add="confirm", seconds=300)),
    ("AddKeysToAgent 1h", "add_keys_to_agent", AddKeysToAgent(add="yes", seconds=3600)),
    ("AddKeysToAgent ask", "add_keys_to_agent", AddKeysToAgent(add="ask")),
    ("ObscureKeystrokeTiming no", "obscure_keystroke_timing", 0),
    ("ObscureKeystrokeTiming interval:80", "obscure_keystroke_timing", 80),
    ("TunnelDevice 1:any", "tunnel_device", TunnelDevice(local=1, remote="any")),
    ("EscapeChar none", "escape_char", None),
    ("IdentityAgent none", "identity_agent", "none"),
    ("ProxyJump a,b:2222", "proxy_jump", ("a", "b:2222")),
    ("ProxyCommand none", "proxy_command", None),
    ("ProxyCommand nc -x 'a b' %h", "proxy_command", "nc -x 'a b' %h"),
    ("IdentityFile ~/.ssh/a\nIdentityFile ~/.ssh/b", "identity_file", ("~/.ssh/a", "~/.ssh/b")),
    ("UserKnownHostsFile none", "user_known_hosts_file", ()),
    ("UserKnownHostsFile a b", "user_known_hosts_file", ("a", "b")),
    ("CanonicalDomains example.com example.org", "canonical_domains", ("example.com", "example.org")),
    ("", "preferred_authentications", None),
    ("PreferredAuthentications publickey,password", "preferred_authentications", ("publickey", "password")),
    ("SendEnv LANG LC_*", "send_env", ("LANG", "LC_*")),
    ("PermitRemoteOpen none", "permit_remote_open", "none"),
    ("IgnoreUnknown UseKeychain,X*", "ignore_unknown", ("UseKeychain", "X*")),
    (
        "LocalForward localhost:8080 web:80\nLocalForward /run/a /run/b",
        "local_forward",
        (
            Forward(
                listen=ForwardEndpoint(host="localhost", port=8080),
                connect=ForwardEndpoint(host="web", port=80),
            ),
            Forward(listen=ForwardEndpoint(path="/run/a"), connect=ForwardEndpoint(path="/run/b")),
        ),
    ),
    ("RemoteForward 1080", "remote_forward", (Forward(listen=ForwardEndpoint(port=1080)),)),
    (
        "DynamicForward [::1]:1080",
        "dynamic_forward",
        (Forward(listen=ForwardEndpoint(host="::1", port=1080)),),
    ),
    ("Host web\n  Port 2222", "port", 2222),
    ("Host db\n  Port 2222", "port", 22),
    ("Match exec true\n  Port 2222", "port", 2222),
]


@pytest.mark.parametrize(("text", "field", "value"), SSH_TABLE)
def test_ssh(text: str, field: str, value: object, tmp_path: Path) -> None:
    settings = ssh(f"{text}\n", tmp_path).effective(host="web", local_user="ann", assume_exec=True)
    found = getattr(settings, field)
    assert (found, type(found)) == (value, type(value))


OF_TARGETS: list[tuple[str, str, str, object]] = [
    ("openssh-8.4", "", "pubkey_auth_options", PubkeyAuthOptions()),
    ("openssh-8.1", "", "pubkey_auth_options", None),
    (
        "debian-12",
        "PubkeyAuthOptions touch-required",
        "pubkey_auth_options",
        PubkeyAuthOptions(touch_required=True),
    ),
    ("openssh-10.6", "", "pubkey_auth_options", PubkeyAuthOptions(max_pk_ok=6)),
    ("openssh-9.7", "", "per_source_penalties", None),
    ("openssh-8.6", "", "challenge_response_authentication", True),
    ("openssh-8.7", "", "challenge_response_authentication", None),
    ("debian-12", "LogLevel quiet", "log_level", "QUIET"),
    ("debian-13", "", "debian_banner", True),
    ("debian-12", "DebianBanner no", "debian_banner", False),
    ("rhel-9", "GSSAPIEnablek5users yes", "gssapi_enablek5users", True),
    ("freebsd-15.0", "UseBlacklist yes", "use_blocklist", True),
]


@pytest.mark.parametrize(("target", "text", "field", "value"), OF_TARGETS)
def test_what_a_target_knows(target: str, text: str, field: str, value: object, tmp_path: Path) -> None:
    assert getattr(sshd(f"{text}\n", tmp_path, target).effective(), field) == value


def test_fields_have_real_types_for_a_type_checker(tmp_path: Path) -> None:
    server = sshd("ClientAliveInterval 30\n", tmp_path).effective(user="bob")
    seconds: int = server.client_alive_interval * server.client_alive_count_max
    methods: str | tuple[tuple[str, ...], ...] = server.authentication_methods
    assert (seconds, methods) == (90, "any")


# What is no answer, or not a sure one.


def refusal(text: str, folder: Path) -> SshkeepError:
    with pytest.raises(SshkeepError) as caught:
        sshd(text, folder).effective(user="bob")
    return caught.value


def test_a_refused_config_has_no_answer_unless_asked_for(tmp_path: Path) -> None:
    text = "Porrt 22\nClientAliveInterval 5\nBanner\n"
    error = refusal(text, tmp_path)
    assert f"{tmp_path}/sshd_config:1: " in error.sentence
    assert error.sentence.endswith(f"; {NEWEST_TARGET.name} refuses the config")
    loaded = sshd(text, tmp_path)
    assert [(Path(each.file).name, each.line) for each in loaded.refusals] == [
        ("sshd_config", 1),
        ("sshd_config", 3),
    ]
    assert loaded.effective(strict=False).client_alive_interval == 5


def test_unknown_groups_leave_it_open(tmp_path: Path) -> None:
    text = "Match Group wheel\n  ClientAliveInterval 5\n"
    error = refusal(text, tmp_path)
    assert "sshd_config:2: whether 'Match Group wheel' applies is not known" in error.sentence
    assert error.hint.startswith("groups= ")
    loaded = sshd(text, tmp_path)
    guess = loaded.effective(user="bob", strict=False)
    assert (guess.client_alive_interval, guess.uncertain) == (0, ("client_alive_interval",))
    assert loaded.effective(user="bob", groups=()).uncertain == ()


def test_match_exec_is_not_run_but_answered_by_the_caller(tmp_path: Path) -> None:
    marker = tmp_path / "was-run"
    loaded = ssh(f"Match exec 'touch {marker}'\n  Port 2222\n", tmp_path)
    with pytest.raises(SshkeepError, match=r"is not known .*assume_exec"):
        loaded.effective(host="web")
    guess = loaded.effective(host="web", strict=False)
    assert (guess.port, guess.uncertain) == (22, ("port",))
    assert [loaded.effective(host="web", assume_exec=answer).port for answer in (True, False)] == [2222, 22]
    assert not marker.exists()


def test_an_include_that_hangs_on_the_host_leaves_it_open(tmp_path: Path) -> None:
    loaded = ssh("Include %h.conf\n", tmp_path)
    assert loaded.unread == ("%h.conf",)
    with pytest.raises(SshkeepError, match="its name depends on the host"):
        loaded.effective(host="web")
    assert loaded.effective(host="web", strict=False).port == 22


def test_what_a_line_refuses_for_one_host_only(tmp_path: Path) -> None:
    loaded = ssh("Host web\n  RefuseConnection 'no longer'\n", tmp_path)
    assert loaded.refusals == ()
    with pytest.raises(SshkeepError, match="RefuseConnection ends the connection"):
        loaded.effective(host="web")
    assert loaded.effective(host="web", strict=False).refuse_connection == "no longer"
    assert loaded.effective(host="db").refuse_connection is None


LOADS: dict[str, tuple[dict[str, Any], str]] = {
    "no such file": ({"path": "nowhere"}, "can't be|no such file"),
    "a folder": ({"path": "."}, "is a directory"),
    "no target": ({"target": "debian-99"}, "unknown target"),
    "no kind": ({"kind": "sshconfig"}, "not a kind of config"),
    "no root": ({"root": "nowhere"}, "not a directory"),
}


@pytest.mark.parametrize("case", LOADS)
def test_what_can_not_be_loaded_is_one_type_of_error(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sshd_config").write_text("Port 22\n")
    arguments, told = LOADS[case]
    with pytest.raises(SshkeepError, match=told):
        sshkeep.load(**{"path": "sshd_config", **arguments})


def test_what_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/more.conf").write_text("Port 2222\n")
    path = tmp_path / "etc/sshd_config"
    path.write_text("Include /etc/more.conf\nInclude /etc/none.conf\n")
    loaded = sshkeep.load(path, target="rhel-9")
    assert isinstance(loaded, LoadedSshd)
    assert (loaded.kind, loaded.target, loaded.not_found) == ("sshd_config", "rhel-9.8", ("/etc/more.conf", "/etc/none.conf"))  # fmt: skip
    rooted = sshkeep.load(path, target="rhel-9", root=tmp_path, kind="sshd_config")
    assert rooted.files == (str(path), str(tmp_path / "etc/more.conf"))
    assert (rooted.effective().port, rooted.not_found) == ((2222,), ())


# From and to text.


def test_settings_are_read_from_lines_as_from_one_text(tmp_path: Path) -> None:
    settings = sshd("", tmp_path).effective()
    lines = [f"{name} {text}" for name, texts in printed(tmp_path).items() for text in texts]
    assert SshdSettings.from_lines(lines) == settings
    assert SshdSettings.from_lines("\n".join(lines) + "\n") == settings
    more = SshdSettings.from_lines([*lines, "LaterKeyword 1", "laterkeyword 2"])
    assert more.extra == {"laterkeyword": ("1", "2")}


def printed(folder: Path) -> dict[str, tuple[str, ...]]:
    config = tree_for(str(folder / "sshd_config"), TreeOptions()).load()
    return dict(evaluate_sshd(config, Connection()).lines)


NOT_PRINTED = {
    "clientaliveinterval 5m": "ClientAliveInterval 5m",
    "permittty maybe": "PermitTTY maybe",
    "loglevel LOUD": "LogLevel LOUD",
    "rekeylimit 0": "RekeyLimit 0",
    "maxstartups 1:2": "MaxStartups 1:2",
    "listenaddress nowhere": "ListenAddress nowhere",
    "streamlocalbindmask 9": "StreamLocalBindMask 9",
    "persourcepenalties crash:never": "PerSourcePenalties crash:never",
    "pubkeyauthoptions dance": "PubkeyAuthOptions dance",
    "channeltimeout session": "ChannelTimeout session",
    f"maxsessions {'9' * 5000}": "MaxSessions 999",
}


@pytest.mark.parametrize("line", NOT_PRINTED, ids=lambda line: line[:20])
def test_lines_that_sshd_does_not_print_are_an_error(line: str, tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("")
    keyword, _, text = line.partition(" ")
    with pytest.raises(SshkeepError, match=f"sshd -T does not print {NOT_PRINTED[line]}"):
        SshdSettings.from_printed({**printed(tmp_path), keyword: (text,)})


def test_a_part_of_the_output_is_an_error() -> None:
    with pytest.raises(SshkeepError, match="the output has no line for AddressFamily"):
        SshdSettings.from_lines("port 22\n")


@pytest.mark.parametrize("text", ["", "Banner /\udcff\nSetEnv A=b\nMaxStartups 1:2:3\n"])
def test_json_comes_back_as_it_went(text: str, tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    settings = sshkeep.load(path, kind="sshd_config").effective()
    assert SshdSettings.model_validate_json(settings.model_dump_json()) == settings
    assert SshdSettings.model_validate_json(settings.model_dump_json(by_alias=True)) == settings
    schema = SshdSettings.model_json_schema(by_alias=False)
    assert set(json.loads(settings.model_dump_json())) == set(schema["properties"])


def test_settings_can_not_be_changed(tmp_path: Path) -> None:
    settings = sshd("", tmp_path).effective()
    with pytest.raises(ValueError, match="frozen"):
        settings.client_alive_interval = 5


# As the installed programs say.

SSHD_CONFIGS = {
    "empty": "",
    "keepalives": "ClientAliveInterval 1m\nClientAliveCountMax 0\nTCPKeepAlive no\n",
    "lists": "AcceptEnv A B\nAllowUsers bob root@10.0.0.0/8\nSetEnv A=b C='d e'\nAuthorizedKeysFile a b\nLogVerbose a b\n",
    "several values": "RekeyLimit 1M 5m\nMaxStartups 3:40:9\nIPQoS af31 0x33\nPerSourceNetBlockSize 24:48\nStreamLocalBindMask 0007\n",
    "where": "Port 22\nPort 2222\nListenAddress 127.0.0.1\nListenAddress [::1]:80\nPermitOpen a:1 b:*\nPermitListen 8080 none:1\n",
    "how": "AuthenticationMethods publickey,password hostbased\nPermitRootLogin forced-commands-only\nPubkeyAuthOptions verify-required\nPermitUserEnvironment A,B*\nLogLevel quiet\n",
    "programs": "Subsystem sftp internal-sftp -l INFO\nSubsystem a /bin/true\nForceCommand echo 'a b'\nBanner /etc/issue\nUnusedConnectionTimeout 5m\nChannelTimeout session:*=5m agent-connection=30\n",
    "match": "Match User bob Address 10.0.0.0/8\n  X11Forwarding yes\n  PermitOpen none\n  ClientAliveInterval 7\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SSHD_CONFIGS)
def test_sshd_itself_says_the_same(name: str, tmp_path: Path) -> None:
    need("openssh")
    path = tmp_path / "sshd_config"
    path.write_text(f"HostKey {host_key()}\n{SSHD_CONFIGS[name]}")
    asked = "user=bob,host=a.example,addr=10.0.0.5"
    said = output(SSHD, "-T", "-f", str(path), "-C", asked)
    config = tree_for(str(path), TreeOptions("sshd_config", installed_target(), "/")).load()
    ours = evaluate_sshd(config, Connection("bob", "a.example", "10.0.0.5", groups=()))
    assert SshdSettings.from_lines(said) == SshdSettings.from_printed(ours.lines)


SSH_CONFIGS = {
    "empty": "",
    "keepalives": "ServerAliveInterval 30\nTCPKeepAlive no\nConnectTimeout 1m\n",
    "forwards": "LocalForward 8080 web:80\nLocalForward [::1]:8081 /run/a\nRemoteForward 9000\nRemoteForward /run/b web:1\nDynamicForward localhost:1080\nExitOnForwardFailure yes\n",
    "words": "StrictHostKeyChecking off\nRequestTTY force\nControlMaster autoask\nTunnel yes\nSessionType none\nLogLevel quiet\nCanonicalizeMaxDots 3\n",
    "several values": "RekeyLimit 1M 5m\nIPQoS none\nTunnelDevice 3:any\nAddKeysToAgent confirm 5m\nControlPersist 10m\nForwardAgent $SOCKET\nEscapeChar ^A\n",
    "lists": "SendEnv A B\nSetEnv A=b C='d e'\nIdentityFile ~/.ssh/x\nIdentityFile none\nUserKnownHostsFile a b\nCanonicalDomains a.example b.example\nPermitRemoteOpen a:1 b:2\nLogVerbose a\n",
    "jump": "ProxyJump bob@a:22,b\nPreferredAuthentications publickey,password\nKbdInteractiveDevices bsdauth,pam\n",
    "blocks": "Host web\n  Port 2222\nMatch user bob\n  Compression yes\nHost *\n  Port 1\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SSH_CONFIGS)
def test_ssh_itself_says_the_same(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("openssh")
    monkeypatch.setenv("SOCKET", "/run/agent")
    path = tmp_path / "ssh_config"
    path.write_text(SSH_CONFIGS[name])
    said = output("ssh", "-G", "-F", str(path), "-l", "bob", "web")
    config = tree_for(str(path), TreeOptions("ssh_config", installed_target(), "/")).load()
    ours = evaluate_ssh(config, HostQuery("web", "bob", local_user(), machine=read_local_machine()))
    assert SshSettings.from_lines(said) == SshSettings.from_printed(ours.lines)


def output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, errors="surrogateescape", timeout=20)
    assert done.returncode == 0, done.stderr
    return done.stdout


# The package.


def test_importing_sshkeep_is_cheap_until_a_config_is_loaded() -> None:
    program = "import sys, sshkeep; assert 'pydantic' not in sys.modules; sshkeep.load; assert 'pydantic' in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_public_name_is_there() -> None:
    assert all(getattr(sshkeep, name) is not None for name in sshkeep.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sshkeep.nothing


def test_there_are_two_kinds_and_a_program_for_each() -> None:
    assert {SshdSettings.kind, SshSettings.kind} == {*get_args(Kind)} - {*CLIENT_TITLES}
