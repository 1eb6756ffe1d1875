"""OpenSSH's errors that messages repeat word for word are those of four releases, with file and line."""

from pathlib import Path

import pytest

from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.testing.configs import config_of
from tests.oracle.programs import command_for, programs_of
from tests.oracle.releases import SUITES, release_of
from tests.requirements import need

REFUSED: dict[Kind, tuple[str, ...]] = {
    "sshd_config": (
        "UseKeychain yes",
        "Port 70000",
        "PermitRootLogin maybe",
        "TCPKeepAlive 30",
        "ClientAliveInterval 1min",
        "ClientAliveInterval",
        "LoginGraceTime 5x",
        "ClientAliveCountMax 3x",
        "maxauthtries x",
        "PermitRootLogin yes yes",
        'Banner "x',
        "Ciphers foo",
        "MACs foo",
        "KexAlgorithms foo",
        "HostKeyAlgorithms foo",
        "PubkeyAcceptedKeyTypes foo",
        "LogLevel FOO",
        "SyslogFacility FOO",
        "Compression maybe",
        "AddressFamily x",
        "IPQoS foo",
        "Match Foo bar",
        "Match all User bob",
        "Match Address 10.0.0.1/8",
        "AllowUsers",
        "Match User a\nPort 22",
        "AuthenticationMethods any publickey",
    ),
    "ssh_config": (
        "UseKeychain yes",
        "Port 70000",
        "StrictHostKeyChecking maybe",
        "TCPKeepAlive 30",
        "ServerAliveInterval 1min",
        "ServerAliveInterval",
        "ServerAliveCountMax 3x",
        "Compression yes yes",
        'User "x',
        "Ciphers foo",
        "MACs foo",
        "KexAlgorithms foo",
        "HostKeyAlgorithms foo",
        "LogLevel FOO",
        "SyslogFacility FOO",
        "ControlMaster foo",
        "IPQoS foo",
        "Match Foo bar",
        "Match all host x",
        "Host",
    ),
}
UNKNOWN_UP_TO_8_6 = ("PermitRootLogin yes yes", "Compression yes yes", "ClientAliveInterval", "ServerAliveInterval",
                     'Banner "x', 'User "x')  # fmt: skip
"""Each option had a text of its own before 8.7; those are not repeated."""


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("suite", SUITES)
def test_messages_repeat_what_openssh_prints(suite: str, kind: Kind) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    with programs_of(release) as programs:
        path = programs.folder / "configs" / kind
        for text in REFUSED[kind]:
            path.write_text(f"# a comment\n{text}\n")
            path.chmod(0o600)
            programs.send([command_for(kind, path, "")])
            [ended] = programs.receive()
            printed = ended.errors.decode().replace("\r", "")
            quoted = _quoted(kind, path, release.target.name)
            if ended.code == 0 or (suite == "bullseye" and text in UNKNOWN_UP_TO_8_6):
                assert quoted == [], text
            else:
                assert quoted, text
            assert all(each in printed for each in quoted), (text, quoted, printed)


def _quoted(kind: Kind, path: Path, target: str) -> list[str]:
    """What the errors' messages and notes have from OpenSSH."""
    config = config_of({str(path): path.read_bytes()}, kind, target)
    found = [each for each in run_rules(config, [*all_rules().values()], {}) if each.severity == "error"]
    quoted = [note.partition(" prints: ")[2] for each in found for note in each.notes if " prints: " in note]
    for each in found:
        text = each.message.partition(": ")[2]
        if '"Bad configuration option' in each.message:
            quoted.append(each.message.partition('"')[2].removesuffix('"'))
        elif "Match attribute" in text or text.startswith(("Invalid Match", '"any"', "Directive ")):
            quoted.append(text)
    return quoted
