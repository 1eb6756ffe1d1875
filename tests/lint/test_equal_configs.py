"""Equal configs of one run are linted once, and the findings are those that each has alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sshkeep
from sshkeep.api.linted_config import LintedConfig
from sshkeep.lint import equal_configs
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import LintOutcome, lint_config
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.openssh.targets import target_of
from tests.oracle.generator.config import make

FILE_GROUPS = sorted({loaded.group for loaded in all_rules().values() if loaded.rule.check})
GENERATED = 20
"""Configs of each language."""


def texts() -> Iterator[tuple[Kind, str, str]]:
    """The kind, target and text of each rule's examples, and of generated configs."""
    for loaded in all_rules().values():
        for example in loaded.rule.examples if loaded.rule.check else ():
            kind = example.kind or loaded.rule.applies_to[0]
            if kind not in CLIENT_TITLES:
                yield kind, example.target or "openssh-10.6", example.before
    for kind in ("sshd_config", "ssh_config"):
        for number in range(GENERATED):
            yield kind, "debian-12", make(kind, target_of("debian-12"), 12, number).case.config


def judged(each: LintedConfig) -> tuple[object, ...]:
    """All that can be compared of one config's findings."""
    findings = [
        (
            *finding._replace(source=None, related=(), fix=None),  # type: ignore[arg-type]
            finding.source.path,
            [(related.source.path, related.span, related.message) for related in finding.related],
        )
        for finding in each.findings
    ]
    return (
        each.config.top,
        findings,
        [suppressed.finding.source.path for suppressed in each.suppressed],
        each.cut,
        each.config.notes,
    )


def test_a_copy_has_the_findings_that_it_has_alone() -> None:
    found = 0
    for kind, target, text in texts():
        name, copy = f"first/{kind}", f"second/{kind}"
        together = sshkeep.lint(files={name: text, copy: text}, select=FILE_GROUPS, target=target)
        alone = sshkeep.lint(files={copy: text}, select=FILE_GROUPS, target=target)
        if alone.errors:  # generated, and read as a file of another format
            assert len(together.errors) == 2
            continue
        assert judged(together.configs[1]) == judged(alone.configs[0]), text
        in_copy = [finding for finding in together.report().findings if finding.file == copy]
        assert in_copy == alone.report().findings, text  # with the edits of the fixes
        found += len(in_copy)
    assert found > 500


def test_a_copy_of_a_tree_has_the_findings_that_it_has_alone(tmp_path: Path) -> None:
    """The same lines are in the main file and in a drop-in, so that findings name lines of both."""
    found = 0
    for number, (kind, target, text) in enumerate(texts()):
        tops = [tmp_path / f"{host}{number}" / kind for host in ("a", "second")]
        for top in tops:
            top.with_name(f"{kind}.d").mkdir(parents=True)
            top.with_name(f"{kind}.d").joinpath("50.conf").write_text(text)
            top.write_text(f"Include {kind}.d/*.conf\n{text}")
        together = sshkeep.lint(tops, select=FILE_GROUPS, target=target)
        alone = sshkeep.lint(tops[1], select=FILE_GROUPS, target=target)
        if alone.errors:
            continue
        assert judged(together.configs[1]) == judged(alone.configs[0]), text
        of_copy = [each for each in together.report().findings if each.file.startswith(f"{tops[1].parent}/")]
        assert of_copy == alone.report().findings, text
        found += len(of_copy)
    assert found > 500


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many configs were linted, and not taken over from an equal one."""
    calls: list[object] = []

    def counted(*arguments: object) -> LintOutcome:
        calls.append(arguments)
        return lint_config(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(equal_configs, "lint_config", counted)
    return lambda: len(calls)


STOCK = "Include /etc/ssh/sshd_config.d/*.conf\n#Port 22\nX11Forwarding yes\nUsePAM yes\n"
RULE = """from sshkeep.lint import Example, Finding, Rule
from sshkeep.syntax.source import Span

def check(config, options):
    source = config.files[config.top].source
    yield Finding(source.path, source, Span(0, 0))

RULE = Rule("s", ("sshd_config",), "info", check, ("r",), (Example("Port 1\\n", hit=True),))
"""

SURROUNDINGS: list[tuple[str, dict[str, str], dict[str, str], int]] = [
    # what differs between two folders of equal files, further files, arguments, how many are linted
    ("nothing", {}, {}, 1),
    ("a file that is included", {"b/sshd_config.d/x.conf": "Port 1\n"}, {}, 2),
    ("nothing, with a drop-in", {f"{host}/sshd_config.d/x.conf": "Port 1\n" for host in "ab"}, {}, 1),
    ("a drop-in's name", {"a/sshd_config.d/x.conf": "Port 1\n", "b/sshd_config.d/y.conf": "Port 1\n"}, {}, 2),
    (
        "nothing, with a finding that names its own folder",
        {f"{host}/sshd_config.d/x.conf": "X11Forwarding no\n" for host in "ab"},
        {},
        1,
    ),
    ("a policy above", {"b/sshkeep.yaml": "ignore: [client-alive-interval]\n"}, {}, 2),
    (
        "a policy for some files",
        {"sshkeep.yaml": "overrides: [{files: [b/**], select: [no-liveness]}]\n"},
        {},
        2,
    ),
    ("the targets", {"sshkeep.yaml": "overrides: [{files: [b/**], target: debian-12}]\n"}, {}, 2),
    ("the path, for a rule from elsewhere", {"rules/own.py": RULE}, {"rules": "rules"}, 2),
]


@pytest.mark.parametrize(
    ("files", "arguments", "linted"), [row[1:] for row in SURROUNDINGS], ids=[row[0] for row in SURROUNDINGS]
)
def test_equal_files_are_linted_once_where_their_surroundings_are_equal(
    files: dict[str, str], arguments: dict[str, str], linted: int, tmp_path: Path, count: Callable[[], int]
) -> None:
    for name, text in {"a/sshd_config": STOCK, "b/sshd_config": STOCK, **files}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    paths = [tmp_path / folder / "sshd_config" for folder in "ab"]
    options = {name: str(tmp_path / value) for name, value in arguments.items()}
    both = sshkeep.lint(paths, **options)  # type: ignore[arg-type]
    assert count() == linted
    for path, each in zip(paths, both.configs, strict=True):
        alone = sshkeep.lint(path, **options)  # type: ignore[arg-type]
        assert [judged(each)] == [judged(one) for one in alone.configs]


@pytest.mark.parametrize(
    ("first", "second"),
    [("ssh_config", "config"), ("ssh_config.d/x.conf", "ssh_config")],
    ids=["the system's file, and a user's", "a drop-in"],
)
def test_the_same_bytes_are_another_config_where_they_stand_for_another_file(
    first: str, second: str, count: Callable[[], int]
) -> None:
    sshkeep.lint(
        files={f"{number}/{name}": "User a\n" for number, name in enumerate((first, second))},
        kind="ssh_config",
    )
    assert count() == 2


def test_a_note_names_its_own_config(count: Callable[[], int]) -> None:
    wild = "".join(f"Host *h{n}*\n  ServerAliveInterval 1\n" for n in range(700))
    result = sshkeep.lint(files={"a/ssh_config": wild, "b/ssh_config": wild})
    assert count() == 2
    assert [note.partition(":")[0] for note in result.notes] == ["a/ssh_config", "b/ssh_config"]
