"""The installed OpenSSH complains of the lines of which sshkeep lint says that it does, and of no others."""

import re
from pathlib import Path

import pytest

from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from tests.oracle.cases import Case
from tests.oracle.installed import openssh
from tests.oracle.judging import written
from tests.requirements import need

COMPLAINT = re.compile(
    r"^(?P<file>/\S+?):? line (?P<line>\d+): (?!Deprecated option|Unsupported option)", re.M
)
NOTICE = re.compile(r"^/\S+ line (?P<line>\d+): (?:Deprecated|Unsupported) option", re.M)

REFUSED: dict[Kind, tuple[Case, ...]] = {
    "sshd_config": (
        Case("one", "Port x\n"),
        Case("unknown keywords are counted", "Foo 1\nPort 22\nBar 2\n"),
        Case("a bad value ends it", "Foo 1\nPort x\nBar 2\n"),
        Case("a missing argument is counted", "Port\nFoo 1\n"),
        Case("an extra argument, too", "Port 22 23\nFoo 1\n"),
        Case("a quote, too", 'Banner "x\nFoo 1\n'),
        Case("a bad Match ends it", "Foo 1\nMatch Colour red\nBar 2\n"),
        Case("so does what is not allowed in one", "Match User a\nFoo 1\nPort 22\n"),
        Case("the included file ends it", "Foo 1\nInclude {dir}/x\nBar 2\n", files={"x": "Baz 3\nQux 4\n"}),
        Case("a sound one does not", "Foo 1\nInclude {dir}/x\nBar 2\n", files={"x": "X11Forwarding no\n"}),
    ),
    "ssh_config": (
        Case("one", "Port x\n"),
        Case("all are counted", 'Foo 1\nPort x\nPort\nPort 22 23\nUser "x\nMatch colour red\nBar 2\n'),
        Case("also in a Host that does not apply", "Host nobody\n Port x\n Foo 1\n"),
        Case("the included file ends it", "Foo 1\nInclude {dir}/x\nBar 2\n", files={"x": "Port x\nQux 4\n"}),
        Case("excused", "IgnoreUnknown Foo\nFoo 1\nBar 2\n"),
    ),
}


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        pytest.param(kind, case, id=f"{kind}: {case.name}")
        for kind, cases in REFUSED.items()
        for case in cases
    ],
)
def test_the_lines_that_openssh_reports(kind: Kind, case: Case, tmp_path: Path) -> None:
    need("openssh")
    path = written(kind, case, tmp_path)
    target = installed_target()
    assert target
    real = [(each["file"], int(each["line"])) for each in COMPLAINT.finditer(openssh(kind, path, "").said)]
    config = tree_for(str(path), TreeOptions(kind, target, "/")).load()
    refused = [finding for finding in run(config, chosen_rules([], [], [])) if finding.refused]
    places = {(f.source.path, f.source.position(f.span.start)[0]): f.refused for f in refused}
    assert {place for place, standing in places.items() if standing != "hidden"} == set(real)
    assert places[real[-1]] == "last"


@pytest.mark.parametrize("kind", list(REFUSED))
def test_the_options_that_openssh_complains_of_and_skips(kind: Kind, tmp_path: Path) -> None:
    need("openssh")
    target = installed_target()
    assert target
    names = [row.name for row in keywords(kind, target).values() if row.state]
    assert len(names) > 10
    path = written(kind, Case("", "".join(f"{name} yes\n" for name in names)), tmp_path)
    config = tree_for(str(path), TreeOptions(kind, target, "/")).load()
    found = run(config, chosen_rules(["correctness"], [], []))
    lines = [finding.source.position(finding.span.start)[0] for finding in found]
    assert lines == list(range(1, len(names) + 1))
    warned = [line for line, finding in zip(lines, found, strict=True) if finding.severity == "warning"]
    assert warned == [int(each["line"]) for each in NOTICE.finditer(openssh(kind, path, "").said)]
