"""What is shipped is whole: the wheel, the sdist and an editable install have every rule.

All are made from a copy of the checkout, so that no build is left in it.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from sshkeep.lint.registry import all_rules
from sshkeep.version import VERSION
from tests.docs.man_pages import MAN_PAGES
from tests.project.checkout import copy_checkout

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CHECKOUT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """The standard output of a command that succeeds; ``path`` is its PYTHONPATH."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "FORCE_COLOR")}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def modules(folder: Path) -> set[str]:
    """The Python files below ``folder``, as paths from there."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}


# Made once for all tests of this file.


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout's files as git has them, or would take them."""
    return copy_checkout(tmp_path_factory.mktemp("copy"))


@pytest.fixture(scope="module")
def built(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, each built from the copy itself."""
    folder = tmp_path_factory.mktemp("built")
    source = shutil.copytree(copy, folder / "source")
    run(sys.executable, "-m", "build", "--wheel", "--sdist", "--outdir", folder, source, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(built: Path) -> Path:
    return next(built.glob("*.tar.gz"))


# What is in them.


def recorded(wheel: Path) -> set[str]:
    """The files that the wheel's RECORD lists, less its own metadata."""
    with zipfile.ZipFile(wheel) as archive:
        (record,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        names = {line.split(",")[0] for line in archive.read(record).decode().splitlines()}
    return {name for name in names if ".dist-info/" not in name}


def test_the_wheel_holds_every_module_and_rule_and_nothing_else(wheel: Path, copy: Path) -> None:
    modules_of = {f"sshkeep/{name}" for name in modules(copy / "sshkeep")}
    rules = {f"sshkeep/rules/{name}" for name in modules(copy / "rules")}
    schemas = {
        f"sshkeep/output/schemas/{path.name}" for path in (copy / "sshkeep/output/schemas").glob("*.json")
    }
    assert "sshkeep/rules/keepalive/client_alive_interval.py" in rules
    assert "sshkeep/output/schemas/lint.json" in schemas
    profiles = {f"sshkeep/profiles/{path.name}" for path in (copy / "sshkeep/profiles").glob("*.yaml")}
    assert "sshkeep/profiles/cis.yaml" in profiles
    names = ("frame.html", "audit.html", "findings.html", "page.css")
    page = {f"sshkeep/output/html/{name}" for name in names}
    catalogue = "sshkeep/locale/ja/LC_MESSAGES/sshkeep.mo"
    data = f"sshkeep-{VERSION}.data/data/share/man"
    pages = {f"{data}/man{name[-1]}/{name}" for name in MAN_PAGES}
    others = {"sshkeep/py.typed", catalogue}
    assert recorded(wheel) == modules_of | rules | schemas | profiles | page | pages | others


def test_the_sdist_holds_every_module_and_rule(sdist: Path, copy: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("sshkeep", "rules"):
        assert {f"{folder}/{name}" for name in modules(copy / folder)} <= names


def test_a_wheel_built_from_the_sdist_is_the_same(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", tmp_path, sdist, cwd=tmp_path)
    assert recorded(next(tmp_path.glob("*.whl"))) == recorded(wheel)


def test_the_listed_packages_are_those_on_disk() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    on_disk = {str(Path("sshkeep", name).parent) for name in modules(CHECKOUT / "sshkeep")}
    on_disk |= {str(Path("sshkeep/rules", name).parent) for name in modules(CHECKOUT / "rules")}
    listed = project["tool"]["setuptools"]["packages"]
    assert sorted(listed) == sorted(name.replace(os.sep, ".") for name in on_disk)


@pytest.mark.parametrize("folder", ["sshkeep", "rules"])
def test_every_folder_of_modules_is_a_package(folder: str) -> None:
    folders = {Path(name).parent for name in modules(CHECKOUT / folder)}
    assert [name for name in folders if not (CHECKOUT / folder / name / "__init__.py").is_file()] == []


# What it does once installed.


def rule_ids(table: str) -> list[str]:
    """The ids in what ``sshkeep rule`` prints."""
    return re.findall(r"^  (\S+) ", table, re.MULTILINE)


def location(python: str | Path, cwd: Path, path: Path | None = None) -> Path:
    """Where ``sshkeep`` is imported from."""
    return Path(run(python, "-c", "import sshkeep; print(sshkeep.__file__)", cwd=cwd, path=path).strip())


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A new virtual environment's Python, which sees this one's packages but not its editable installs."""
    folder = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=tmp_path)
    return folder / "bin" / "python"


def install(python: Path, *what: str | Path) -> None:
    """Installed without dependencies; those are made to be found afterwards, so pip leaves them alone."""
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps")
    run(*pip, *what, cwd=python.parent)
    site = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=python.parent
    ).strip()
    Path(site, "dependencies.pth").write_text(
        f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n"
    )


def test_an_installed_wheel_lists_the_rules(environment: Path, wheel: Path, tmp_path: Path) -> None:
    install(environment, wheel)
    assert location(environment, tmp_path).is_relative_to(tmp_path / "environment")
    assert rule_ids(run(environment.parent / "sshkeep", "rule", cwd=tmp_path)) == list(all_rules())


def test_an_editable_install_lists_the_rules(environment: Path, copy: Path, tmp_path: Path) -> None:
    source = shutil.copytree(copy, tmp_path / "source")
    install(environment, "--editable", source)
    assert location(environment, tmp_path).is_relative_to(source)
    assert rule_ids(run(environment.parent / "sshkeep", "rule", cwd=tmp_path)) == list(all_rules())


def test_a_checkout_that_is_not_installed_lists_the_rules(copy: Path) -> None:
    assert location(sys.executable, copy).is_relative_to(copy)
    assert rule_ids(run(sys.executable, "-m", "sshkeep", "rule", cwd=copy)) == list(all_rules())


def test_a_foreign_folder_of_rules_is_never_loaded(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        target,
        wheel,
        cwd=tmp_path,
    )
    (target / "rules/evil").mkdir(parents=True)
    for name in ("__init__.py", "evil/__init__.py", "evil/x.py"):
        (target / "rules" / name).write_text("raise SystemExit('a foreign rule was run')\n")
    for cwd in (tmp_path, target):
        assert location(sys.executable, cwd, target).is_relative_to(target)
        table = run(sys.executable, "-m", "sshkeep", "rule", cwd=cwd, path=target)
        assert rule_ids(table) == list(all_rules())


def test_nor_where_the_own_rules_are_missing(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "sshkeep/rules").rename(tmp_path / "rules")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "another"\n')
    done = subprocess.run(
        [sys.executable, "-m", "sshkeep", "rule"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sshkeep: sshkeep's rules are missing from its installation (")


def test_the_version_is_one(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    assert run(sys.executable, "-m", "sshkeep", "--version", cwd=tmp_path) == f"sshkeep {VERSION}\n"
    assert wheel.name == f"sshkeep-{VERSION}-py3-none-any.whl"
    assert sdist.name == f"sshkeep-{VERSION}.tar.gz"


def test_the_changelog_begins_with_the_version() -> None:
    titles = re.findall(
        r"^## \[(.*?)\] - (?:unreleased|\d{4}-\d\d-\d\d)$", (CHECKOUT / "CHANGELOG.md").read_text(), re.M
    )
    assert titles[0] == VERSION and len(titles) == len(set(titles))


# What it does not load.


def imported(*arguments: str, cwd: Path) -> set[str]:
    """The top-level packages that a run of sshkeep imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sshkeep", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    names = re.findall(r"^import time:.*\| +(\w+)", done.stderr, re.MULTILINE)
    return set(names)


SLOW = {"pydantic", "pydantic_core", "ruamel", "rich"}


@pytest.fixture
def config(tmp_path: Path) -> str:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 60\n")
    return "sshd_config"


def test_a_plain_lint_starts_without_what_is_slow_to_import(config: str, tmp_path: Path) -> None:
    loaded = imported("lint", config, cwd=tmp_path)
    assert "sshkeep" in loaded
    assert loaded & SLOW == set()


def test_a_lint_of_plain_paths_starts_without_the_command_line_library(config: str, tmp_path: Path) -> None:
    assert "typer" not in imported("lint", config, cwd=tmp_path)
    assert "typer" not in imported("lint", "--quiet", "--kind=sshd_config", config, cwd=tmp_path)
    assert "typer" in imported("lint", "--help", cwd=tmp_path)


def test_a_json_report_is_printed_without_pydantic(config: str, tmp_path: Path) -> None:
    assert "pydantic" not in imported("lint", "--format", "json", config, cwd=tmp_path)


AFTER_A_LINT = """
import sys
from sshkeep.cli.main import run
sys.argv = ["sshkeep", "lint", "--policy", "none", *sys.argv[1:]]
try:
    run()
except SystemExit:
    pass
print(*(name for name in sys.modules if name.startswith("sshkeep.rules.")))
"""


@pytest.mark.parametrize(
    ("arguments", "groups"),
    [
        ((), {"correctness", "keepalive"}),
        (("--select", "security"), {"security"}),
        (("--select", "keepalive", "--ignore", "tcp-keep-alive"), {"keepalive"}),
    ],
)
def test_rules_of_other_groups_are_not_run_to_be_known(
    arguments: tuple[str, ...], groups: set[str], config: str, tmp_path: Path
) -> None:
    out = run(sys.executable, "-c", AFTER_A_LINT, config, *arguments, cwd=tmp_path, path=CHECKOUT)
    assert {name.split(".")[2] for name in out.splitlines()[-1].split()} == groups
