"""Nothing that a config holds acts on a browser, a terminal or a Markdown reader."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sshkeep
from sshkeep.api.audit import AuditResult
from sshkeep.errors import SshkeepError
from sshkeep.output.audit.html import html_text
from sshkeep.output.audit.markdown import markdown_lines
from sshkeep.output.lint_formats import html as findings
from tests.program import run
from tests.requirements import need

SCRIPT = "<script>alert(1)</script>"
CONFIG = (
    "Banner /etc/<script>alert(1)</script>\n"
    "# sshkeep: ignore-file[cis-use-pam] \x1b[2J\u202eno reason `x` | <b>\n"
    'Match User "<script>alert(1)</script>\u202e\x1b[31m"\n'
    "  PermitEmptyPasswords yes\n"
)
NAME = "/etc/ssh/<img src=x onerror=alert(1)>/sshd_config"


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return sshkeep.audit(files={NAME: CONFIG}, profile="cis", target="debian-12")


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_holds_no_markup_of_a_config(result: AuditResult) -> None:
    page = Tags(html_text(result.report(), list(result.pictures())))
    assert "script" not in page.tags and page.tags.count("img") <= 1
    assert SCRIPT in page.text and NAME in page.text
    assert "\x1b" not in page.text and "\u202e" not in page.text and "\\u202e" in page.text
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_html_loads_nothing_from_elsewhere(result: AuditResult) -> None:
    page = Tags(html_text(result.report(), list(result.pictures())))
    (policy,) = [
        value for name, value in page.attributes if name == "content" and value and "default-src" in value
    ]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    loaded = [value for name, value in page.attributes if name in ("src", "href") and value]
    assert all(value.startswith("data:image/svg+xml;base64,") for value in loaded)


def test_markdown_holds_no_markup_of_a_config(result: AuditResult) -> None:
    text = "\n".join(markdown_lines(result.report()))
    assert r"\<script\>alert\(1\)\</script\>" in text
    assert "<script" not in text.replace(r"\<script", "") and "<img" not in text.replace(r"\<img", "")
    assert "\x1b" not in text and "\u202e" not in text
    columns = {row.replace(r"\|", "").count("|") for row in text.splitlines() if row.startswith("|")}
    assert columns == {5}


def test_json_is_safe_to_print(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text(CONFIG)
    out = run("audit", "--profile", "cis", "--format", "json", "sshd_config", cwd=tmp_path).out
    assert "\x1b" not in out and "\u202e" not in out
    blocks = [
        value["block"] for control in json.loads(out)["configs"][0]["controls"] for value in control["values"]
    ]
    assert any("\u202e" in block for block in blocks)


def test_each_format_has_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("Port 22\n")
    formats = ("--format", "html", "--output", "a.html", "--format", "json", "--output", "a.json")
    assert run("audit", "--profile", "cis", *formats, "sshd_config", cwd=tmp_path).code == 1
    assert (tmp_path / "a.html").read_text().startswith("<!DOCTYPE html>")
    assert json.loads((tmp_path / "a.json").read_text())["guide"] == "CIS"


def test_without_jinja2_there_is_one_sentence(result: AuditResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(SshkeepError) as error:
        html_text(result.report(), [""])
    assert str(error.value) == (
        "an audit as HTML needs jinja2, which is not installed (in a checkout: python3 -m pip install '.[report]')"
    )


def findings_page() -> str:
    """The page of `lint --format html` for the same file."""
    found = sshkeep.lint(files={NAME: CONFIG}, target="debian-12", select=["ALL"])
    return findings.findings_page(found.report())


@pytest.mark.parametrize("of", ["audit", "lint"])
def test_html_passes_axe_and_fits_phone_screen_and_paper(
    of: str, result: AuditResult, tmp_path: Path
) -> None:
    """In Chromium, at 400 and 1,400 pixels, light and dark, and as a PDF on A4."""
    need("chromium")
    page = tmp_path / "audit.html"
    texts = {"audit": lambda: html_text(result.report(), list(result.pictures())), "lint": findings_page}
    page.write_text(texts[of]())
    script = Path(__file__).with_name("look_at_page.cjs")
    done = subprocess.run(
        ["node", script, page, tmp_path], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    views = json.loads(done.stdout)
    assert [view["name"] for view in views] == ["400-light", "400-dark", "1400-light", "1400-dark", "print"]
    for view in views:
        assert (view["violations"], view["messages"], view["overflowing"]) == ([], [], []), view["name"]
    assert (tmp_path / "audit.pdf").read_bytes().startswith(b"%PDF")
