"""The tags of template languages, and what they leave of each line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.config.tree.template import (
    ANY_LANGUAGE,
    CONFIGURED,
    ENVSUBST,
    ERB,
    GO,
    JINJA,
    LANGUAGE_BY_ENDING,
    TemplateLanguage,
    name_without_template,
    template_language,
)
from sshkeep.syntax.source import Source
from sshkeep.syntax.templates.lines import UNBALANCED, template_lines
from sshkeep.syntax.templates.tags import find_tags

LINES: list[tuple[str, TemplateLanguage, str, str]] = [
    ("a value", JINJA, "Port {{ port }}\nUseDNS no\n", "v l"),
    ("any line", JINJA, "{{ lines }}\n  {{ key }} yes\nPort{{ s }} 22\n{% include 'x' %}\n", "a a a a"),
    ("a branch", JINJA, "{% if a %}\nPort 22\n{% elif b %}\nPort 23\n{% else %}\nPort 24\n{% endif %}\n", "n l1 n l2 n l3 n"),
    ("a loop within", JINJA, "{% for a in b %}\n{% if a %}\nPort 1\n{% endif %}\n{% endfor %}\nPort 2\n", "n n l2 n n l"),
    ("statements", JINJA, "{% set a = 1 %}\n{% import 'x' as y %}\n{# Port 1\nPort 2 #}\nPort 3\n", "n n n n l"),
    ("a block of set", JINJA, "{% set a %}\nPort 1\n{% endset %}\nPort 2\n", "n l1 n l"),
    ("raw", JINJA, "{% raw %}\nBanner {{ a }}\n{% endraw %}\nPort 2\n", "n l1 n l"),
    ("in a line", JINJA, "PermitRootLogin {% if a %}no{% else %}yes{% endif %}\nPort 22\n", "v l"),
    ("a whole line in a branch", JINJA, "{% if a %}Port 22{% endif %}\nPort 22\n", "a l"),
    ("a value that goes on", JINJA, "Ciphers {% if a %}\naes128-ctr\n{% else %}\naes256-ctr\n{% endif %}\nPort 1\n", "v n n n n l"),
    ("a tag of several lines", JINJA, "AllowGroups {{ a\n  | join(' ')\n}}\nPort 1\n", "v n n l"),
    ("an end that is removed", JINJA, "Port {{ a -}}\n22\nUseDNS no\n", "v n l"),
    ("an end removed from behind", JINJA, "PermitRootLogin\n{%- if a %} no{% endif %}\nPort 1\n", "v a l"),
    ("comments", JINJA, "# {{ a }}\n#Port {{ a }}\n{{ ansible_managed | comment }}\nPort 1\n", "n n n l"),
    ("ERB", ERB, "<% if a -%>\nPort <%= a %>\n<% elsif b %>\nPort 1\n<% end -%>\nPort 2\n", "n v1 n l2 n l"),
    ("Ruby blocks", ERB, "<% @a.each do |b| -%>\nPort 1\n<% end %>\n<% c.map { |d| -%>\nPort 2\n<% } %>\nPort 3\n", "n l1 n n l2 n l"),
    ("Ruby in a line", ERB, "<% x = 1 if y %>\n<% if a then b end %>\n<%# no %>\nPort 3\n", "n n n l"),
    ("EPP", ERB, "<%- | Integer $a = 1,\n  $b\n| -%>\n<% if $a { -%>\nPort 1\n<% } else { -%>\nPort 2\n<% } -%>\nPort 3\n", "n n n n l1 n l2 n l"),
    ("EPP loops", ERB, "<% $a.each |$k, $v| { -%>\n<%= $k %> <%= $v %>\n<% } -%>\nPort 3\n", "n a1 n l"),
    ("Go", GO, "{{- if .a }}\nPort {{ .b }}\n{{ else if .c -}}\nPort 1\n{{ end -}}\nPort 2\n", "n v1 n l2 n l"),
    ("Go's others", GO, "{{/* a */ -}}\n{{ $a := 1 }}\n{{ range $i, $e := .a }}\nPort 1\n{{ end }}\n{{ template \"x\" . }}\n", "n n n l1 n a"),
    ("envsubst", ENVSUBST, "Port ${PORT}\n${LINES}\nHost $x\nBanner ${A:-/etc/issue}\n", "v a v v"),
    ("@@", ANY_LANGUAGE, "Port @@PORT@@\n@@LINES@@\nMatch User a@b\n", "v a l"),
    ("configure", CONFIGURED, "Banner @sysconfdir@/issue\nMatch User a@b\n", "v l"),
    ("Terraform", ANY_LANGUAGE, "%{ if a }\nPort ${port}\n%{ endif ~}\nUser %u\n", "n v1 n l"),
    ("never closed", JINJA, "Port {{ a\nUseDNS no\n", "l l"),
]  # fmt: skip
"""Text, and for each line the first letter of its kind with how many branches are around it."""


def kinds(text: str, language: TemplateLanguage) -> str:
    lines = template_lines(Source("x", text.encode()).lines, language.kinds)
    return " ".join(
        f"{line.kind[0]}{line.branch[-1] if line.branch and line.kind != 'nothing' else ''}" for line in lines
    )


@pytest.mark.parametrize(("language", "text", "expected"), [r[1:] for r in LINES], ids=[r[0] for r in LINES])
def test_what_is_left_of_each_line(language: TemplateLanguage, text: str, expected: str) -> None:
    assert kinds(text, language) == expected


@pytest.mark.parametrize("text", ["{% if a %}\nPort 1\n", "Port 1\n{% endif %}\n", "{% else %}\nPort 1\n"])
def test_without_a_balance_every_line_may_be_in_a_branch(text: str) -> None:
    assert {line.branch for line in template_lines(text.encode().splitlines(True), JINJA.kinds)} == {
        UNBALANCED
    }


PIECES = [b"{%", b"%}", b"{{", b"}}", b"-", b"if", b"end", b" ", b"\n", b"Port", b"<%", b"%>", b"${A}", b"${", b"@@", b"A", b"{#", b"#}"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map(b"".join) | st.binary())
def test_any_bytes_have_tags_in_order_and_a_kind_for_each_line(data: bytes) -> None:
    tags = list(find_tags(data, CONFIGURED.kinds))
    edges = [edge for tag in tags for edge in (tag.start, tag.end)]
    assert edges == sorted(edges)
    lines = Source("x", data).lines
    assert len(template_lines(lines, CONFIGURED.kinds)) == len(lines)


RECOGNISED: list[tuple[str, str, str | None]] = [
    ("sshd_config.j2", "Port 22\n", "a Jinja template"),
    ("sshd_config", "Port {{ port }}\n", "a Jinja template"),
    ("sshd_config", "{% if a %}\nPort 22\n{% endif %}\n", "a Jinja template"),
    ("sshd_config", "{{ if .a }}\nPort 22\n{{ end }}\n", "a Go template"),
    ("config.tmpl", "Host {{ .host }}\n", "a Go template"),
    ("config.tmpl", "Host web\n", "a template"),
    ("sshd_config", "Port <%= @port %>\n", "an ERB template"),
    ("sshd_config.epp", "Port <%= $port %>\n", "an EPP template"),
    ("sshd_config", "Port ${SSH_PORT}\n", "a template with ${NAME}"),
    ("sshd_config", "Port @@PORT@@\n", "a template with @@NAME@@"),
    ("sshd_config", "Port 22\n", None),
    ("sshd_config", "# {{ ansible_managed }}\nPort 22\n", None),
    ("config", "Host a\n  ProxyCommand docker inspect -f '{{.Name}}' %h\n", None),
    ("config", "Host a\n  IdentityFile ${HOME}/.ssh/id\n  ControlPath ${XDG_RUNTIME_DIR}/%C\n", None),
    ("config", 'Match exec "test ${A} = {{b}}"\n  User x\n', None),
    ("config", "Host a\n  ProxyCommand nc ${VIA} %h\n  User root@@x\n", None),
]


@pytest.mark.parametrize(("name", "text", "title"), RECOGNISED)
def test_a_template_is_known_by_name_or_content(name: str, text: str, title: str | None) -> None:
    language = template_language(name, text.encode(), by_content=True)
    assert (language.title if language else None) == title


def test_this_machines_own_file_is_no_template_by_content() -> None:
    assert template_language("/etc/ssh/sshd_config", b"Port {{ port }}\n", by_content=False) is None


@pytest.mark.parametrize(
    ("path", "rendered"),
    [
        ("a/sshd_config.j2", "a/sshd_config"),
        ("private_dot_ssh/config.tmpl", ".ssh/config"),
        ("private_dot_ssh/private_config.tmpl", ".ssh/config"),
        ("home/dot_ssh/config.tmpl", "home/.ssh/config"),
        ("private_dot_ssh/config", "private_dot_ssh/config"),
    ],
)
def test_the_name_of_what_is_made(path: str, rendered: str) -> None:
    assert name_without_template(path) == rendered


def test_every_ending_begins_with_a_dot() -> None:
    assert all(ending.startswith(".") for ending in LANGUAGE_BY_ENDING)
