"""Templates: only what holds for everything made from them is reported; lines with an expression stay as they are."""

from pathlib import Path

import pytest

from sshkeep.api.fix import fix
from sshkeep.api.idle import idle
from sshkeep.api.lint import lint
from sshkeep.api.set import set as set_option
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import all_rules
from sshkeep.settings.loaded_config import load

REPORTED: list[tuple[str, str, list[str]]] = [
    ("a misspelt keyword", "ClientAliveIntervall 60\n", ["1 keepalive-misspelt"]),
    ("with an expression", "PermitRootLogn {{ a }}\n", ["1 unknown-keyword"]),
    ("in a branch", "{% if a %}\nPermitRootLogn no\n{% endif %}\n", ["2 unknown-keyword"]),
    ("a bad value", "PermitRootLogin maybe\n", ["1 bad-value"]),
    ("a bad value in a branch", "{% if a %}\nPermitRootLogin maybe\n{% endif %}\n", ["2 bad-value"]),
    ("a bad time", "ClientAliveInterval 60ms\n", ["1 keepalive-value"]),
    ("a deprecated option", "UsePrivilegeSeparation yes\n", ["1 deprecated-option"]),
    ("no argument", "Port\nPort {{ p }}\n", ["1 missing-argument"]),
    ("two arguments", "PermitRootLogin no yes\n", ["1 extra-argument"]),
    ("a bad Match", "Match Colour red\n  X11Forwarding no\n", ["1 bad-match"]),
    ("not in a block", "Match User a\n  Port 22\n", ["2 not-in-match"]),
    ("a no-break space", "Port\u00a022\n", ["1 unseen-characters"]),
    (
        "swallowed by a block",
        "Match Group sftp\n    X11Forwarding no\n{% if a %}\n    PermitTTY no\n{% endif %}\nClientAliveInterval 60\n",
        ["6 keepalive-in-block"],
    ),
    (
        "swallowed by a block that has an expression",
        "Port {{ p }}\nMatch Group sftp\n    ChrootDirectory {{ d }}\n\nPermitRootLogin no\nMaxAuthTries 3\n",
        ["5 swallowed-by-block", "6 swallowed-by-block"],
    ),
]

SILENT: list[tuple[str, str]] = [
    ("expressions", "ClientAliveInterval {{ alive }}\nPort {{ p }}\nPermitRootLogin {{ r }}\n"),
    ("nothing sets the keepalive", "Port 22\n# {{ a }}\nBanner {{ b }}\n"),
    ("branches that exclude each other", "{% if a %}\nUseDNS no\n{% else %}\nUseDNS yes\n{% endif %}\n"),
    ("a keyword of some targets", "DebianBanner no\n{{ a }}\n"),
    ("a keyword that came later", "RequiredRSASize 2048\n{{ a }}\n"),
    ("a keyword that went", "{% if old %}\nRSAAuthentication yes\nUsePrivilegeSeparation yes\n{% endif %}\n"),
    ("a keyword of an older release", "{% if old %}\nAuthorizedKeysCommandRunAs nobody\n{% endif %}\n"),
    ("an open quote, which releases up to 8.6 skip", 'Banner "/etc/issue\n'),
    ("an old cipher", "{% if old %}\nCiphers blowfish-cbc\n{% endif %}\n"),
    ("a block that may be there", "{% if a %}\nMatch User a\n{% endif %}\nPort 22\n"),
    ("a block that may have ended", "Match User a\n  X11Forwarding no\n{{ more }}\nPort 22\n"),
    ("a block with an expression", "Match User {{ a }}\n  X11Forwarding no\nMatch {{ b }}\nPort 22\n"),
    (
        "swallowed, but set elsewhere",
        "MaxAuthTries {{ n }}\nMatch User a\n  X11Forwarding no\n\nMaxAuthTries 3\n",
    ),
    (
        "swallowed lines of a branch",
        "{% if a %}\nMatch User a\n  X11Forwarding no\n{% endif %}\n\nMaxAuthTries 3\n",
    ),
    ("a set keepalive elsewhere", "{{ a }}\nMatch User a\n  X11Forwarding no\nClientAliveInterval 60\n"),
    ("a value that goes on", "Ciphers {% if a %}\naes128-ctr\n{% endif %}\nPort 22\n"),
    ("a keyword in an expression", "{{ key }} yes\nPermit{{ what }} no\n"),
    ("Puppet", "<% @options.sort.each do |k, v| -%>\n<%= k %> <%= v %>\n<% end -%>\n"),
    ("envsubst", "Port ${SSH_PORT}\nListenAddress ${ADDRESS}\n"),
]

SILENT_BY_NAME: list[tuple[str, str]] = [
    ("sshd_config.erb", "% if @alive\nPort <%= @p %>\nUseDNS no\n% else\nUseDNS yes\n% end\n%% x\n"),
    ("sshd_config.envsubst", "Port $SSH_PORT\nClientAliveInterval $ALIVE\nPermitRootLogin ${ROOT:-no}\n"),
    ("sshd_config.tmpl", "Port $SSH_PORT\nClientAliveInterval $ALIVE\n"),
    ("sshd_config", "Port $SSH_PORT\nClientAliveInterval $ALIVE\n"),
    (
        "sshd_config",
        "{% if a %}\nUseDNS no\n{% endif %}\nMaxSessions @@N@@\nClientAliveInterval ${ALIVE:-300}\n",
    ),
    (
        "sshd_config",
        "Port 22\n%{ for k in keys ~}\nHostKey ${k}\n%{ endfor ~}\nClientAliveInterval ${alive}\n",
    ),
    ("sshd_config.j2", "Port {{ p }}\nClientAliveInterval @@ALIVE@@\nMaxSessions $N\n"),
    ("sshd_config.erb", "Port <%= p %>\nClientAliveInterval {{ alive }}\n"),
]
"""Files whose name or content shows the languages; the tags of one are left to a second program by another."""


def test_as_much_is_reported_of_a_large_template() -> None:
    comments = "# a comment that makes the file large\n" * 1500
    text = f"Port {{{{ p }}}}\n{comments}UsePrivilegeSeparation yes\nPermitRootLogin maybe\n"
    found = lint(files={"sshd_config.j2": text}).findings
    assert len(text) > 50_000
    assert [each.rule for each in found] == ["deprecated-option", "bad-value"]


@pytest.mark.parametrize(("name", "text"), SILENT_BY_NAME, ids=[name for name, _ in SILENT_BY_NAME])
def test_expressions_of_each_language_are_values(name: str, text: str) -> None:
    assert lint(files={name: text}).findings == ()
    found = lint(files={name: f"{text}PermitRootLogn no\n"}).findings
    assert [each.rule for each in found] == ["unknown-keyword"]


def test_a_variable_in_a_path_makes_no_template() -> None:
    text = (
        "Host a\n  IdentityFile $HOME/.ssh/a\n  ProxyCommand $PROXY\n  HostName $x\n"
        "  ForwardAgent $AGENT\n  IdentityAgent $AGENT\n  SecurityKeyProvider $PROVIDER\n"
    )
    assert any(each.rule == "server-alive-interval" for each in lint(files={"ssh_config": text}).findings)


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in REPORTED], ids=[r[0] for r in REPORTED])
def test_what_is_wrong_in_every_rendering_is_reported(text: str, expected: list[str]) -> None:
    found = lint(files={"sshd_config.j2": text}).findings
    assert [f"{each.source.position(each.span.start)[0]} {each.rule}" for each in found] == expected


@pytest.mark.parametrize("text", [r[1] for r in SILENT], ids=[r[0] for r in SILENT])
def test_what_may_be_right_is_not(text: str) -> None:
    name = "sshd_config" if "${" in text else "sshd_config.erb" if "<%" in text else "sshd_config.j2"
    assert lint(files={name: text}, select=["ALL"]).findings == ()


def test_a_target_that_is_named_counts_for_lines_of_no_branch() -> None:
    text = "RequiredRSASize 2048\n{% if a %}\nRequiredRSASize 3072\n{% endif %}\n"
    found = lint(files={"sshd_config.j2": text}, target="openssh-9.0").findings
    assert [each.source.position(each.span.start)[0] for each in found] == [1]


def test_only_rules_that_read_lines_look_at_a_template() -> None:
    reads = {rule.id: rule.rule.reads for rule in all_rules().values()}
    assert [id for id, what in reads.items() if what == "text"] == ["nul-byte", "unseen-characters"]
    assert all(reads[id] == "config" for id in reads if reads[id] not in ("lines", "text"))
    assert {"unknown-keyword", "bad-value", "deprecated-option", "keepalive-in-block"} <= {
        i for i in reads if reads[i] == "lines"
    }
    assert {all_rules()[id].group for id in reads if reads[id] == "lines"} == {"correctness", "keepalive"}


class TestFix:
    def test_a_literal_line_is_fixed(self) -> None:
        text = "{% if a %}\nClientAliveIntervall 60\n{% endif %}\nPort {{ p }}\n"
        (change,) = fix(files={"sshd_config.j2": text}).changes
        assert change.after == text.replace("Intervall", "Interval").encode()

    @pytest.mark.parametrize(
        ("name", "first", "expression"),
        [
            ("sshd_config.erb", "# This file is managed by Puppet.", "<%= p %>"),
            ("sshd_config.epp", "# Generated by CodingFuture", "<%= $p %>"),
            ("sshd_config.j2", "# Ansible managed", "{{ p }}"),
            ("sshd_config.j2", "# This file is managed by Salt, do not edit by hand!", "{{ p }}"),
            ("sshd_config.tmpl", "# managed by chezmoi", "{{ .p }}"),
            ("sshd_config", "# {{ ansible_managed }}\n# managed by Ansible, do not edit", "{{ p }}"),
            (
                "sshd_config.j2",
                "# BEGIN ANSIBLE MANAGED BLOCK\nUseDNS no\n# END ANSIBLE MANAGED BLOCK",
                "{{ p }}",
            ),
        ],
    )
    def test_its_comments_are_about_what_is_made_from_it(
        self, name: str, first: str, expression: str
    ) -> None:
        files: dict[str, bytes | str] = {name: f"{first}\nUseLogin no\nPort {expression}\n"}
        (finding,) = lint(files=files).findings
        assert not any("overwrite" in note for note in finding.notes)
        (change,) = fix(files=files).changes
        assert change.after == f"{first}\nPort {expression}\n".encode()

    def test_a_line_with_an_expression_is_not(self) -> None:
        result = fix(files={"sshd_config.j2": "ClientAliveIntervall {{ a }}\nPort {{ p }}\n"}, unsafe=True)
        assert result.changes == ()
        (finding,) = result.left
        assert finding.notes[-1] == "no fix: sshkeep changes no line with an expression"
        assert any("lines with an expression are left as they are" in note for note in result.notes)

    def test_the_expression_of_an_interval_stays(self) -> None:
        for text in (
            "ClientAliveInterval {{ a }}\n",
            "ClientAliveInterval <%= a %>\n",
            "ClientAliveInterval ${A}\n",
        ):
            assert fix(files={"sshd_config": text}, unsafe=True).changes == ()

    def test_nothing_is_added(self) -> None:
        assert fix(files={"sshd_config.j2": "Port {{ p }}\n"}, unsafe=True, select=["ALL"]).changes == ()


class TestSet:
    def changed(self, text: str) -> str:
        result = set_option("sshd_config.j2", "ClientAliveInterval", "60", files={"sshd_config.j2": text})
        return "".join((change.after or b"").decode() for change in result.changes)

    def test_a_literal_line_is_edited(self) -> None:
        text = "ClientAliveInterval 300\nPort {{ p }}\n"
        assert self.changed(text) == text.replace("300", "60")

    def test_a_line_is_added_where_it_is_always_there(self) -> None:
        assert (
            self.changed("Port {{ p }}\nUseDNS no\n") == "Port {{ p }}\nUseDNS no\nClientAliveInterval 60\n"
        )

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("ClientAliveInterval {{ a }}\n", "sshd_config.j2:1 has an expression"),
            ("{% if a %}\nClientAliveInterval 300\n{% endif %}\n", "sshd_config.j2:2 is in a branch"),
            ("{{ more }}\nClientAliveInterval 300\n", "sshd_config.j2:1 may become any lines"),
            ("{{ more }}\nUseDNS no\n", "sshd_config.j2:1 may become any lines"),
        ],
    )
    def test_what_is_not_known_is_said(self, text: str, why: str) -> None:
        with pytest.raises(SshkeepError, match=why):
            self.changed(text)


def test_questions_about_values_are_for_what_is_made(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config.j2"
    path.write_text("ClientAliveInterval {{ a }}\n")
    with pytest.raises(SshkeepError, match="is a Jinja template, whose values are not known"):
        load(path)
    with pytest.raises(SshkeepError, match="is a Jinja template, whose values are not known"):
        idle(server=path)


def test_a_scan_finds_templates(tmp_path: Path) -> None:
    for name in (
        "roles/a/sshd_config.j2",
        "m/ssh_config.erb",
        "d/private_dot_ssh/config.tmpl",
        "x/sshd_config.d/5.conf.j2",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("PermitRootLogn no\n")
    found = lint(tmp_path).findings
    assert sorted(Path(each.source.path).name for each in found) == [
        "5.conf.j2",
        "config.tmpl",
        "ssh_config.erb",
        "sshd_config.j2",
    ]
