"""Files with a config inside are named as what they are, with how to lint the part."""

import shutil
import subprocess
from pathlib import Path

import pytest

from sshkeep.api.fix import fix
from sshkeep.api.lint import lint
from sshkeep.trees.other_formats import FORMAT_BY_ENDING, other_format

PLAY = "- hosts: all\n  tasks:\n    - copy:\n        dest: /etc/ssh/sshd_config\n        content: |\n"
CONFIG = "          Port 22\n          PermitRootLogn no\n"

FORMATS: list[tuple[str, str, str]] = [
    ("sshd_config", PLAY + CONFIG, "YAML"),
    ("sshd_config", "---\nsshd:\n  Port: 22\n", "YAML"),
    ("sshd_config", "sshd:\n  Port: 22\n", "YAML"),
    ("sshd_config", "#cloud-config\nwrite_files:\n", "YAML (cloud-init)"),
    ("sshd_config", '{"Port": 22}\n', "JSON"),
    ("sshd_config", "#!/bin/sh\ncat > /etc/ssh/sshd_config <<EOF\nPort 22\nEOF\n", "a shell script"),
    ("sshd_config", "#!/usr/bin/env bash\nPort 22\n", "a shell script"),
    ("sshd_config", "#! /usr/bin/python3\nPort 22\n", "a script"),
    ("sshd_config.yml", "Port 22\n", "YAML"),
    ("sshd_config.yml.j2", "Port 22\n", "YAML"),
    ("setup-ssh_config.sh", "Host a\n", "a shell script"),
]

CONFIGS: list[tuple[str, str]] = [
    ("sshd_config", "#!!! do not edit\nPort 22\n"),
    ("sshd_config", "# ---\nPort 22\n"),
    ("sshd_config", "Port: 22\n"),
    ("ssh_config", "Host:\n  User a\n"),
    ("sshd_config.j2", "{# a #}\n{% if a %}\nPort 22\n{% endif %}\n"),
    ("sshd_config", ""),
]


@pytest.mark.parametrize(("name", "text", "title"), FORMATS)
def test_it_is_named_and_not_read(name: str, text: str, title: str) -> None:
    result = lint(files={name: text})
    assert result.configs == ()
    (error,) = result.errors
    assert error.startswith(f"{name} is {title}")
    assert "sshkeep lint --kind" in error
    assert fix(files={name: text}).errors == result.errors


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sysctl.conf", "# of an admin\n\nnet.ipv4.tcp_keepalive_time = 60\n"),
        ("sysctl.d/60-keepalive.conf", "-net/ipv4/tcp_keepalive_time=60\n"),
        ("sshd_config", "vm.swappiness=1\n"),
    ],
)
def test_sysctls_are_named(name: str, text: str) -> None:
    (error,) = lint(files={name: text}).errors
    assert error.startswith(f"{name} has sysctls of the kernel, not options of OpenSSH (")


@pytest.mark.parametrize(("name", "text"), CONFIGS)
def test_a_config_is_none_of_them(name: str, text: str) -> None:
    assert other_format(name, text.encode()) is None


def test_the_command_lints_the_part(tmp_path: Path) -> None:
    path = tmp_path / "play book.yml"
    path.write_text(PLAY + CONFIG)
    (error,) = lint(path).errors
    command = error.partition("alone: ")[2].removesuffix(")")
    assert command.startswith("sed -n '6,7p' ")
    part = subprocess.run(
        command.partition(" | ")[0], shell=True, capture_output=True, text=True, check=True
    ).stdout
    assert part == CONFIG
    assert [each.rule for each in lint(files={"sshd_config": part}).findings if each.refused] == [
        "unknown-keyword"
    ]
    assert shutil.which("sed")


def test_every_ending_begins_with_a_dot() -> None:
    assert all(ending.startswith(".") for ending in FORMAT_BY_ENDING)
