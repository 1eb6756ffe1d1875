"""Times sshkeep on this machine, in tables; the network is needed for fresh installs of it and its peer."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from subprocess import STDOUT, CalledProcessError, check_output

from tests.bench import configs
from tests.bench.collected import collected_trees, folders_of_others
from tests.bench.editor import editor_lines
from tests.bench.growth import growth_lines
from tests.bench.measure import Commands, Runs, cpu, in_turn, megabytes, table
from tools.pyz import build

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "man", "sshkeep", "rules")
LINT = ["sshkeep/bin/sshkeep", "lint"]
SPLIT = "import sys; [line.split() for path in sys.argv[1:] for line in open(path, 'rb')]"
"""The least that a program in Python does with configs: it reads them and splits their lines."""
WILDCARDS = {"": 0, ", 50 wildcards": 50}


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def output(*argv: str) -> str:
    return check_output(argv, stderr=STDOUT, text=True).strip()


def install(venv: str, what: str, *packages: str) -> None:
    """``what`` into a venv in the working directory; tells the versions of ``packages`` there."""
    if not os.path.exists(f"{venv}/bin/pip"):
        output(sys.executable, "-m", "venv", venv)
    output(f"{venv}/bin/python", "-m", "pip", "install", "--disable-pip-version-check", what)
    code = (
        "import sys, importlib.metadata as m; print(*(f'{p} {m.version(p)}' for p in sys.argv[1:]), sep=', ')"
    )
    say(output(f"{venv}/bin/python", "-c", code, *packages))


def copy_source() -> None:
    """What sshkeep is built from: setuptools leaves folders behind where it builds."""
    shutil.rmtree("source", ignore_errors=True)
    os.mkdir("source")
    for name in BUILT_FROM:
        path = os.path.join(CHECKOUT, name)
        (shutil.copytree if os.path.isdir(path) else shutil.copy)(path, f"source/{name}")


def measure(commands: Commands, runs: int) -> Runs:
    measured = in_turn(commands, runs)
    least = megabytes(getrusage(RUSAGE_SELF).ru_maxrss)
    say(f"{runs} runs of each, in turn; peaks below this program's own {least:.1f} MB can't be told from it")
    say(*(line.rstrip() for line in table(measured)))
    return measured


def cold(stock: str, runs: int) -> None:
    python = "sshkeep/bin/python"
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "python -c 'import typer'": [python, "-c", "import typer"],
    }
    if stock:
        commands["sshkeep lint"] = [*LINT, stock]
        commands["sshkeep lint --target debian-12"] = [*LINT, "--target", "debian-12", stock]
        build(Path("sshkeep.pyz"), [python])
        commands["sshkeep.pyz lint --target debian-12"] = [
            *(python, "sshkeep.pyz", "lint", "--target", "debian-12", stock)
        ]
        commands["sshd-lint"] = ["peer/bin/sshd-lint", stock]
    commands["Tab behind set"] = ["sshkeep/bin/sshkeep", "--complete", "zsh", "set", ""]
    measured = measure(commands, runs)
    for name in (name for name in commands if name.startswith("sshkeep")):
        ratio = cpu(measured[name]) / cpu(measured["sshd-lint"])
        pairs = zip(measured[name], measured["sshd-lint"], strict=True)
        pairwise = median(ours.cpu / peers.cpu for ours, peers in pairs)
        say(f"{name} / sshd-lint: CPU medians {ratio:.2f}, median of pairs {pairwise:.2f}; wanted: 2.2")
    say("wanted of sshkeep.pyz: at most twice the CPU of sshkeep; of Tab: under 0.1 s of CPU")


def policy(stock: str, runs: int) -> None:
    """A policy of a few lines, and one that extends each profile, which are ever larger."""
    if not stock:
        return
    folder = os.path.join(CHECKOUT, "sshkeep", "profiles")
    profiles = sorted(os.listdir(folder), key=lambda name: os.path.getsize(os.path.join(folder, name)))
    texts = {"small": "rules:\n  client-alive-interval: {seconds: 60}\n"}
    texts |= {f"extend: {name}": f"extend: {name}\n" for name in (name[:-5] for name in profiles)}
    commands = {"none": [*LINT, "--policy", "none", stock]}
    for name, text in texts.items():
        commands[name] = [*LINT, "--policy", configs.policy(name.removeprefix("extend: "), text), stock]
    measure(commands, runs)
    say("wanted with a policy: under 0.3 s of CPU")


def many(stock: str, runs: int) -> None:
    """A thousand files, each in a folder of its own: all equal, and no two of them equal."""
    if not stock:
        return
    copies = configs.copies(stock, 1_000)
    names = ("1,000 copies", "1,000 that differ")
    commands = dict(
        zip(names, ([*LINT, *paths] for paths in (copies, configs.variants(stock, 1_000))), strict=True)
    )
    measured = measure({"read and split": ["sshkeep/bin/python", "-c", SPLIT, *copies], **commands}, runs)
    say("wanted of 1,000 copies: at most 0.45 s of CPU")
    say(*(f"last line of {name}: {measured[name][-1].out.splitlines()[-1]}" for name in names))


def collected(stock: str, runs: int) -> None:
    """The collected files of many hosts."""
    for hosts, different in ((10_000, 50), (10_000, 10_000)):
        name = f"{hosts:,} hosts, {different:,} differ"
        folder = collected_trees(f"collected-{different}", hosts, different)
        measure({name: [*LINT, "--statistics", folder]}, runs)
    say("wanted: under 5 s of CPU where 50 differ; else under 8 s on two cores, and 400 MB")


def search(stock: str, runs: int) -> None:
    """A search of many folders that have no configs."""
    commands = {
        f"{count:,} folders": [*LINT, folders_of_others(f"folders-{count}", count)]
        for count in (100, 10_000, 100_000)
    }
    measured = measure(commands, runs)
    say(growth(measured, "100 folders", "10,000 folders", "100,000 folders"))


def scale(stock: str, runs: int) -> None:
    paths = {"1 Host": configs.hosts(1)}
    for more, wildcards in WILDCARDS.items():
        for count in (1_000, 10_000, 100_000):
            paths[f"{count:,} Hosts{more}"] = configs.hosts(count, wildcards)
    paths["20,000 Hosts, 20,000 hostile"] = configs.hostile(20_000)
    floor = ["sshkeep/bin/python", "-c", SPLIT, paths["100,000 Hosts"]]
    commands = {name: [*LINT, path] for name, path in paths.items()}
    measured = measure({"100,000 Hosts: read and split": floor, **commands}, runs)
    say("wanted of 100,000 Hosts: at most 3.4 s of CPU, 300 MB, and growth about linear")
    for more in WILDCARDS:
        say(growth(measured, "1 Host", f"10,000 Hosts{more}", f"100,000 Hosts{more}"))
    for name in paths:
        said = measured[name][-1].err
        if said or "hostile" in name:
            say(f"{name}: standard error: {said or 'NOTHING, so the work limit was not announced'}")


def hosts(stock: str, runs: int) -> None:
    """The keepalive of all Hosts at once."""
    paths = {f"{count:,} Hosts": configs.hosts(count) for count in (1, 1_000, 10_000)}
    paths["1,000 Hosts, 50 wildcards"] = configs.hosts(1_000, 50)
    measured = measure({name: [LINT[0], "hosts", path] for name, path in paths.items()}, runs)
    say("wanted of 1,000 Hosts: under 1 s of CPU", growth(measured, "1 Hosts", "1,000 Hosts", "10,000 Hosts"))


def bad(stock: str, runs: int) -> None:
    """Lines that are all refused, which is what costs most for each byte."""
    paths = {f"{size} MiB of bad lines": configs.bad_lines(size << 20) for size in (1, 2)}
    paths = {"1 Host": configs.hosts(1), **paths}
    measured = measure({name: [*LINT, path] for name, path in paths.items()}, runs)
    say("wanted of 2 MiB: under 8 s, 1,000 MB, and it is told that not all are listed")
    start, less, more = paths
    base, small, big = (cpu(measured[name]) for name in (start, less, more))
    say(
        f"{more} / {less}: CPU medians, without that of {start}, x {(big - base) / (small - base):.1f}",
        f"last line: {measured[more][-1].out.splitlines()[-1]}",
    )


def match(stock: str, runs: int) -> None:
    paths = {f"{count:,} Match": configs.matches(count) for count in (1, 1_000, 10_000)}
    measured = measure({name: [*LINT, path] for name, path in paths.items()}, runs)
    say(growth(measured, *paths))


def evaluate(stock: str, runs: int) -> None:
    paths = [configs.hosts(count) for count in (10_000, 100_000)]
    script = os.path.join(CHECKOUT, "tests", "bench", "evaluate.py")
    say(output("sshkeep/bin/python", script, "debian-12", *([stock] if stock else []), *paths))
    say("wanted: a stock file under 1.5 ms in all; 100,000 Hosts under 3 s and 400 MB")


def shapes(stock: str, runs: int) -> None:
    """Uses the sshkeep of this interpreter, so that a change can be measured before anything is built."""
    for line in growth_lines([sys.executable, "-m", "sshkeep"], os.getcwd()):
        say(line)


def editor(stock: str, runs: int) -> None:
    """Uses the sshkeep of this interpreter, too."""
    for line in editor_lines(os.getcwd()):
        say(line)


def growth(measured: Runs, start: str, small: str, big: str) -> str:
    """What ten times the input costs; less the start-up, too, which hides growth in the small one.

    The second is of the least times: a difference of medians drowns in noise where the work is little.
    """
    base, less, more = (min(run.cpu for run in measured[name]) for name in (start, small, big))
    ratio = cpu(measured[big]) / cpu(measured[small])
    return (
        f"{big} / {small}: CPU medians x {ratio:.1f}; least CPU, without that of {start},"
        f" x {(more - base) / (less - base):.1f}; linear would be x 10"
    )


PARTS = {
    "cold": cold,
    "policy": policy,
    "many": many,
    "collected": collected,
    "search": search,
    "scale": scale,
    "hosts": hosts,
    "bad": bad,
    "match": match,
    "evaluate": evaluate,
    "growth": shapes,
    "editor": editor,
}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sshd-config", default="/etc/ssh/sshd_config", help="the stock sshd_config")
    parser.add_argument(
        "--runs", type=int, help="of each command; else 9 for cold, policy and match, 3 for the others"
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--keep", metavar="DIR", help="keep venvs and configs there, and reuse the venvs")
    asked = parser.parse_args()
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}")
    return asked


def bench(stock: str, parts: list[str], runs: int | None) -> None:
    ssh = output("ssh", "-V") if shutil.which("ssh") else "no ssh installed"
    say(f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.platform()}", ssh)
    readable = os.access(stock, os.R_OK)
    say(f"sshd_config: {stock}" if readable else f"no readable {stock}: what needs it is left out")
    stock = stock if readable else ""
    if parts != ["growth"]:
        copy_source()
        install("sshkeep", "./source", "sshkeep", "typer")
    if stock and "cold" in parts:
        install("peer", "sshd-lint", "sshd-lint")
    for part in parts:
        say("", part)
        PARTS[part](stock, runs or (9 if part in ("cold", "policy", "match") else 3))


def main() -> int:
    asked = options()
    stock = os.path.abspath(asked.sshd_config)
    with ExitStack() as stack:
        folder = asked.keep or stack.enter_context(tempfile.TemporaryDirectory())
        os.makedirs(folder, exist_ok=True)
        os.chdir(folder)
        try:
            bench(stock, asked.parts or list(PARTS), asked.runs)
        except (CalledProcessError, OSError, RuntimeError) as error:
            say(f"could not be run: {error} {getattr(error, 'output', '')}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
