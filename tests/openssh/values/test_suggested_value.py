"""What was perhaps meant by a value, from the reason why it is refused."""

from __future__ import annotations

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.values.arguments import BadValue
from sshkeep.openssh.values.suggested_value import suggested_value
from tests.openssh.values.reading import arguments_of, target_by_name, value_of


@pytest.mark.parametrize(
    ("kind", "line", "target", "suggested"),
    [
        ("sshd_config", "PermitRootLogin prohibit-pasword", "openssh-9.9", "did you mean prohibit-password?"),
        ("sshd_config", "LogLevel VERBOS", "openssh-9.9", "did you mean verbose?"),
        ("sshd_config", "PermitRootLogin 60", "openssh-9.9", ""),
        ("ssh_config", "StrictHostKeyChecking accept-nw", "openssh-9.9", "did you mean accept-new?"),
        ("sshd_config", "Ciphers aes256-crt", "openssh-9.9", "did you mean aes256-ctr?"),
        # The names are those of the option, and of the release.
        ("sshd_config", "MACs hmac-sha2-257", "openssh-9.9", "did you mean hmac-sha2-256?"),
        ("sshd_config", "KexAlgorithms mlkem768x25519-sha255", "openssh-9.9", "did you mean mlkem768x25519-sha256?"),
        ("sshd_config", "KexAlgorithms mlkem768x25519-sha255", "openssh-8.0", ""),
        ("sshd_config", "Ciphers nothing-like-it", "openssh-9.9", ""),
        # Neither a word of a list nor an algorithm.
        ("sshd_config", "Port 99999", "openssh-9.9", ""),
    ],
)  # fmt: skip
def test_suggestion_for_a_refused_value(kind: Kind, line: str, target: str, suggested: str) -> None:
    with pytest.raises(BadValue) as refused:
        value_of(kind, line, target)
    option = arguments_of(kind, line, target)[0].option
    assert suggested_value(str(refused.value), option, target_by_name(target)) == suggested


@pytest.mark.parametrize(
    ("problem", "option", "suggested"),
    [
        ("authfail: 'ys' is none of yes, no", "persourcepenalties", "did you mean yes?"),
        ("max-sources: permisive is none of permissive, deny-all", "persourcepenalties", "did you mean permissive?"),
        ("Ciphers does not know aes256-crt", "port", ""),
        ("aes256-crt", "ciphers", ""),
    ],
)  # fmt: skip
def test_suggestion_for_a_reason(problem: str, option: str, suggested: str) -> None:
    assert suggested_value(problem, option, target_by_name("openssh-9.9")) == suggested
