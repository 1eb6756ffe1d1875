"""Japanese: each phrase has its translation, which keeps its fields; nothing else changes with the language."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest

from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.openssh.kind import Kind
from sshkeep.output.catalogue import Catalogue
from sshkeep.phrase import Phrase, in_turn, listed
from tests.docs.messages import findings_on_examples, findings_on_real_files, texts_of
from tests.program import ROOT, Done
from tools.catalogue import PO, compiled, phrases, read_catalogue

JAPANESE = Catalogue("ja")
TRANSLATIONS = {str(message.id): str(message.string) for message in read_catalogue() if message.id}
GROUPS = ("keepalive", "idle")
ENGLISH = re.compile(r"(?<![-`\w])(?!ssh|or )[a-z]{2,}'?[a-z]* [a-z]{2,} [a-z]{2,}")
"""Three words in a row, which no setting, command or name has."""
OPENSSH_PRINTS = re.compile(r"の表示: .*|\"Bad configuration option: .*?\"")
KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")


def fields(template: str) -> set[tuple[str, str]]:
    """The names of the fields, and how each is formatted."""
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None}


# The catalogue.


def test_it_has_the_phrases_of_the_code_and_no_others() -> None:
    """``python -m tools.catalogue`` adds and drops them."""
    assert set(TRANSLATIONS) == {template for template, _, _ in phrases()}


def test_each_phrase_is_translated_and_keeps_its_fields() -> None:
    assert [template for template, text in TRANSLATIONS.items() if not text] == []
    wrong = [template for template, text in TRANSLATIONS.items() if fields(text) != fields(template)]
    assert wrong == []


def test_what_is_compiled_is_current() -> None:
    def texts(data: bytes) -> dict[str, str]:
        translations = GNUTranslations(BytesIO(data))
        return {template: translations.gettext(template) for template in TRANSLATIONS}

    assert texts(PO.with_suffix(".mo").read_bytes()) == texts(compiled()) == TRANSLATIONS


def calls_of_phrase() -> Iterator[tuple[str, str, set[str]]]:
    """Place, template and names of the fields of each phrase in the code that is filled where it stands."""
    for folder in ("sshkeep", "rules"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Phrase" and node.keywords:
                    template = node.args[0]
                    if isinstance(template, ast.Constant):
                        names = {str(each.arg) for each in node.keywords}
                        yield f"{path.name}:{node.lineno}", str(template.value), names


def test_phrases_get_the_fields_of_their_templates() -> None:
    found = [*calls_of_phrase()]
    assert len(found) > 100
    assert [
        where for where, template, names in found if {name for name, _ in fields(template)} != names
    ] == []


# Messages.


@pytest.mark.parametrize(
    ("phrase", "english", "japanese"),
    [
        (Phrase("delete the line"), "delete the line", "この行を削除する"),
        (Phrase("write {keyword}", keyword="A{b}"), "write A{b}", "A{b} と書く"),
        (Phrase("no braces {here}"), "no braces {here}", "no braces {here}"),
        (
            Phrase(
                "dropped by {path} after {timeout}", path="AWS", timeout=Phrase("{minutes} min", minutes=4)
            ),
            "dropped by AWS after 4 min",
            "AWS で 4 分後に切れます",
        ),
        (
            Phrase("dropped by {path} after {timeout}", path=Phrase("home router"), timeout="1"),
            "dropped by home router after 1",
            "家庭用ルーターで 1 後に切れます",
        ),
        (listed(["a", "b", "c"]), "a and b and c", "a、b、c"),
        (in_turn([Phrase("no probes")]), "no probes", "生存確認を送りません"),
        ("plain", "plain", "plain"),
    ],
)
def test_a_phrase_is_english_and_can_be_said(phrase: str, english: str, japanese: str) -> None:
    assert phrase == english and hash(phrase) == hash(english) and json.dumps(phrase) == json.dumps(english)
    assert JAPANESE.translated(phrase) == japanese


def english_left(finding: Finding) -> list[str]:
    said = (JAPANESE.translated(text) for text in texts_of(finding) if text)
    return [text for text in said if ENGLISH.search(OPENSSH_PRINTS.sub("", text))]


def of_keepalive(found: Iterator[Finding]) -> list[Finding]:
    rules = all_rules()
    return [each for each in found if rules[each.rule].group in GROUPS]


def test_messages_on_the_rules_examples_are_japanese() -> None:
    found = of_keepalive(findings_on_examples())
    assert {each.rule for each in found} == {r.id for r in all_rules().values() if r.group in GROUPS}
    assert [text for each in found for text in english_left(each)] == []
    assert [each.message for each in found if JAPANESE.translated(each.message).isascii()] == []


@pytest.mark.parametrize("kind", KINDS if os.environ.get("SSHKEEP_CORPUS") else [])
def test_messages_on_real_files_are_japanese(kind: Kind) -> None:
    found = of_keepalive(findings_on_real_files(kind))
    assert len(found) > 20
    assert [text for each in found for text in english_left(each)] == []


# The command line.


def run_in(locale: dict[str, str], *arguments: str, cwd: Path) -> Done:
    dropped = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "FORCE_COLOR", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(
        [sys.executable, "-m", "sshkeep", *arguments],
        cwd=cwd, env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONUTF8": "1", **locale},
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


JA = {"LANG": "ja_JP.UTF-8"}
SAID = "sshd は無通信のクライアントに生存確認を送りません"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sshd_config").write_text("Port 22\nInclude /nothing/*.conf\n")
    return tmp_path


@pytest.mark.parametrize(
    ("locale", "arguments", "japanese"),
    [
        ({}, [], False),
        (JA, [], True),
        ({"LC_MESSAGES": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}, [], True),
        ({"LC_ALL": "C.UTF-8", **JA}, [], False),
        ({"LC_MESSAGES": "en_US.UTF-8", **JA}, [], False),
        ({"LANG": "java"}, [], False),
        (JA, ["--lang", "en"], False),
        ({}, ["--lang", "ja"], True),
        ({"SSHKEEP_LANG": "ja"}, [], True),
        ({"SSHKEEP_LANG": "ja"}, ["--lang", "en"], False),
        ({"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", **JA}, [], False),
    ],
)
def test_the_option_then_the_locale_decides(
    locale: dict[str, str], arguments: list[str], japanese: bool, folder: Path
) -> None:
    done = run_in(locale, "lint", "--target", "debian-12", *arguments, "sshd_config", cwd=folder)
    assert (SAID in done.out) is japanese and ("never probes" in done.out) is not japanese
    assert ("に合うファイルがありません" in done.err) is japanese


@pytest.mark.parametrize(
    "call",
    [
        *(["lint", "--format", each] for each in ("concise", "json", "jsonl", "sarif", "github", "gitlab")),
        *(["lint", "--format", each] for each in ("junit", "checkstyle", "markdown")),
        ["fix", "--format", "json"],
    ],
    ids=" ".join,
)
def test_formats_for_programs_are_english(call: list[str], folder: Path) -> None:
    arguments = [*call, "--target", "debian-12", "sshd_config"]
    assert run_in(JA, *arguments, cwd=folder).out == run_in({}, *arguments, cwd=folder).out


@pytest.mark.parametrize("format", ["json", "svg"])
def test_the_forecast_for_programs_is_english(format: str, folder: Path) -> None:
    arguments = ["idle", "--server", "sshd_config", "--path", "aws-nat-gateway", "--format", format]
    assert run_in(JA, *arguments, cwd=folder).out == run_in({}, *arguments, cwd=folder).out


@pytest.mark.parametrize(
    "call",
    [
        ["idle", "--server", "sshd_config"],
        *(["idle", "--server", "sshd_config", "--path", each] for each in ("aws-nat-gateway", "openwrt")),
        ["idle", "--client-program", "putty", "--server", "sshd_config", "--path-timeout", "5m"],
        ["fix", "sshd_config"],
        ["fix", "--write", "sshd_config"],
        ["lint", "--select", "keepalive", "sshd_config"],
    ],
    ids=" ".join,
)
def test_all_of_the_text_is_japanese(call: list[str], folder: Path) -> None:
    done = run_in(JA, *call, cwd=folder)
    assert ENGLISH.findall(done.out) == [] and any(character > "あ" for character in done.out)


def test_english_looks_at_no_catalogue(folder: Path) -> None:
    imported = "import sys; from sshkeep.cli.main import main; import atexit, os\n"
    end = "os._exit = lambda code: print([m for m in ('gettext', 'sshkeep.output.catalogue') if m in sys.modules])\n"
    code = f"{imported}{end}sys.argv = ['sshkeep', 'lint', 'sshd_config']\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)},
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
