"""A policy file: each mistake with its place, and what is hostile about YAML."""

from pathlib import Path
from time import process_time

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.policy.load import load_policy
from sshkeep.policy.problems import InvalidPolicy
from sshkeep.policy.profiles import profiles
from sshkeep.policy.yaml_nodes import parse_yaml

MISTAKES = [
    # the policy, what is told of it
    ("targets: x\n", ["1:1: targets: unknown key; did you mean target?"]),
    ("colour: x\n", ["1:1: colour: unknown key; there are select, extend_select, "]),
    ("target: debian-99\n", ["1:1: target: unknown target 'debian-99'"]),
    ("target: [debian-12,\n  debian-99]\n", ["2:3: target: unknown target 'debian-99'"]),
    ("target: [debian-12, auto]\n", ["1:21: target: auto can't be in a list"]),
    ("extend: cisco\n", ["1:1: extend: no profile is called cisco; did you mean cis?"]),
    ("extend: [no.yaml]\n", ["1:10: extend: can't read the policy "]),
    (
        "select: [keep-aliv]\n",
        ["1:10: select: no rule and no group is called keep-aliv; did you mean keep-alive or keepalive?"],
    ),
    (
        "rules:\n  keep-aliv: {}\n",
        ["2:3: rules.keep-aliv: no rule is called keep-aliv; did you mean keep-alive?"],
    ),
    (
        "rules:\n  keep-alive:\n    severity: fatal\n",
        ["3:5: rules.keep-alive.severity: must be 'error', 'warning' or"],
    ),
    ("rules:\n  keep-alive: error\n", ["2:3: rules.keep-alive: must be a mapping"]),
    ("rules: [a]\n", ["1:1: rules: must be a mapping"]),
    (
        "rules:\n  keep-alive:\n    seconds: 5\n",
        ["3:5: rules.keep-alive.seconds: keep-alive has no option seconds"],
    ),
    (
        "rules:\n  client-alive-interval: {seconds: soon}\n",
        ["2:27: rules.client-alive-interval.seconds: must be a valid integer"],
    ),
    (
        "rules:\n  client-alive-interval: {seconds: [1, 2]}\n",
        ["2:27: rules.client-alive-interval.seconds: takes one value"],
    ),
    ("suppressions: {reason: always}\n", ["1:16: suppressions.reason: must be 'optional' or 'required'"]),
    ("overrides:\n  - target: debian-12\n", ["2:5: overrides.files: is missing"]),
    (
        "overrides:\n  - files: x\n    extends: y\n",
        ["3:5: overrides.extends: unknown key; did you mean"],
    ),
    ("own:\n  - id: a\n    keyword: Port\n", ["2:5: own.because: is missing"]),
    (
        "own: [{id: a, keyword: Port, must_be: 1, because: x, safe: perhaps}]\n",
        ["1:54: own.safe: must be true or"],
    ),
    (
        "ignore: [a-a]\nselect: [b-b]\n",
        ["1:10: ignore: no rule and no group", "2:10: select: no rule and no group"],
    ),
    ("a: [\n", ["2:1: "]),
    ("- a\n", ["1:1: must be a mapping"]),
    ("ignore: {a: b}\n", ["1:1: ignore: must be a list"]),
    (
        "path: azure-loadbalancer\n",
        ["1:1: path: no path is called azure-loadbalancer; did you mean azure-load"],
    ),
    ("path: [aws-nlb]\n", ["1:1: path: must be a word"]),
    (
        "overrides:\n  - files: x\n    path: offce\n",
        ["3:5: overrides.path: no path is called offce; `sshkeep"],
    ),
    (
        "paths: [{name: office, timeout: 900}]\npath: offise\n",
        ["2:1: path: no path is called offise; did you mean office?"],
    ),
    ("paths:\n  - name: office\n", ["2:5: paths.timeout: is missing"]),
    (
        "paths: [{name: office, timeout: 1, time: 2}]\n",
        ["1:36: paths.time: unknown key; did you mean ti"],
    ),
    ("paths: [{name: The office, timeout: 1}]\n", ["1:10: paths.name: is made of small letters, digits"]),
    (
        "paths: [{name: a, timeout: soon}]\n",
        ["1:19: paths.timeout: soon is not a time of a second or more, such"],
    ),
    ("paths: [{name: a, timeout: 0}]\n", ["1:19: paths.timeout: 0 is not a time"]),
    ("paths: [{name: a, timeout: -5}]\n", ["1:19: paths.timeout: -5 is not a time"]),
    ("paths: [{name: a, timeout: 99999999999}]\n", ["1:19: paths.timeout: 99999999999 is not a time"]),
    (
        "paths: [{name: a, timeout: 5, on_expiry: dies}]\n",
        ["1:31: paths.on_expiry: must be 'silent', 'rst', 'rst-inside', 'close', 'recreate' or 'unknown'"],
    ),
    (
        "paths: [{name: a, timeout: 5, counts_kernel: maybe}]\n",
        ["1:31: paths.counts_kernel: must be true or false"],
    ),
    (
        "paths: [{name: a, timeout: 5},\n  {name: a, timeout: 6}]\n",
        ["2:4: paths.name: a stands here twice"],
    ),
    ("ignore: [[a]]\n", ["1:10: ignore: must be a word"]),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_key(text: str, told: list[str], tmp_path: Path) -> None:
    path = tmp_path / "sshkeep.yaml"
    path.write_text(text)
    with pytest.raises(InvalidPolicy) as caught:
        load_policy(str(path))
    said = [str(problem) for problem in caught.value.problems]
    assert [each[: len(f"{path}:{words}")] for each, words in zip(said, told, strict=True)] == [
        f"{path}:{words}" for words in told
    ]


FINE = [
    "",
    "# nothing yet\n",
    "ignore:\n# - keep-alive\nrules:\ntarget:\n",
    "{}",
    "\ufefftarget: debian-12\n",
    "ignore: &some [keep-alive]\noverrides: [{files: a, ignore: *some}]\n",
    "target: 'debian-12'\r\n",
    "rules:\n  client-alive-interval:\n",
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_fine(text: str, tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_bytes(text.encode())
    load_policy(str(tmp_path / "sshkeep.yaml"))


def test_values_stay_as_they_are_written() -> None:
    data = parse_yaml(b"a: no\nb: 0177\nc: 9.10\nd: 1:30\ne: 2001-01-01\nf: ~\ng: 'null'\nh: 0x1f\n").plain()
    assert data == {
        "a": "no",
        "b": "0177",
        "c": "9.10",
        "d": "1:30",
        "e": "2001-01-01",
        "f": None,
        "g": "null",
        "h": "0x1f",
    }


def bomb(levels: int) -> bytes:
    lines = [b"a0: &a0 [x]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, levels)]
    return b"\n".join(lines)


HOSTILE = {
    "aliases that stand for a billion": bomb(10),
    "an alias in itself": b"ignore: &a [*a]",
    "merge keys": b"a: &a {b: c}\n<<: *a",
    "brackets in brackets": b"[" * 100_000,
    "braces in braces": b"{a: " * 60_000,
    "lists in lists": b"- " * 60_000,
    "a Python object": b"target: !!python/object/apply:os.system [touch /tmp/x]",
    "a tag": b"target: !secret x",
    "two documents": b"target: debian-12\n---\ntarget: debian-13\n",
    "a key twice": b"target: debian-12\ntarget: debian-13\n",
    "a list as a key": b"? [a]\n: b",
    "another YAML": b"%YAML 9.9\n---\na: b",
    "not UTF-8": b"target: \xff",
    "a NUL": b"target: \0",
    "half a character": b'target: "\\uD800"',
    "no character": b'target: "\\U99999999"',
    "too much": b"#" * 300_000,
    "too many": b"- a\n" * 30_000,
    "one long word": b"target: " + b"x" * 200_000,
    "quotes": b"target: " + b'"' * 100_000,
    "nothing but tabs": b"\t" * 1000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_yaml_is_one_sentence_and_soon_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sshkeep.yaml"
    path.write_bytes(data)
    start = process_time()
    with pytest.raises(SshkeepError) as caught:
        load_policy(str(path))
    assert process_time() - start < 10
    assert len(caught.value.sentence) < len(str(path)) + 300
    assert "\n" not in caught.value.sentence


def test_a_policy_that_extends_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extend: ./b.yaml\n")
    (tmp_path / "b.yaml").write_text("extend: [./c.yaml]\n")
    (tmp_path / "c.yaml").write_text("target: debian-12\nextend: ../" + tmp_path.name + "/a.yaml\n")
    with pytest.raises(InvalidPolicy, match=r"c.yaml:2:1: extend: .* extends this file, in turn"):
        load_policy(str(tmp_path / "a.yaml"))


def test_policies_that_extend_each_other_twice_over(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"p{number}.yaml").write_text(f"extend: [p{number + 1}.yaml, p{number + 1}.yaml]\n")
    (tmp_path / "p30.yaml").write_text("target: debian-12\n")
    with pytest.raises(InvalidPolicy, match="more than 50 files are extended"):
        load_policy(str(tmp_path / "p0.yaml"))


@pytest.mark.parametrize("name", profiles() or [pytest.param("", marks=pytest.mark.skip("no profile yet"))])
def test_profiles_are_valid(name: str) -> None:
    load_policy(profiles()[name])
