"""What OpenSSH and sshkeep answer to one question about one config, and in what they differ."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from socket import gethostname
from typing import NamedTuple

from sshkeep.api.query import connection_of
from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd, refusals_for
from sshkeep.config.effective.include_names import include_names
from sshkeep.config.local_machine import LocalMachine
from sshkeep.config.refusals import Refusal, reported_by_openssh
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, INCLUDE_TOKENS
from sshkeep.openssh.targets import Target
from sshkeep.openssh.tokens import bad_include_name
from sshkeep.output.openssh import openssh_lines
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.tree import Tree
from tests.oracle.chamber import ENVIRONMENT, Ended
from tests.oracle.programs import groups_of

NOT_READ = "not read: "


class Seen(NamedTuple):
    """What the programs see besides the config; ``connection`` is what a -C string's parts tell sshd."""

    machine: LocalMachine | None
    local_user: str
    connection: Callable[[list[str]], Connection]


def _in_the_chamber(told: list[str]) -> Connection:
    connection = connection_of(told)
    return connection if connection.user is None else connection._replace(groups=groups_of(connection.user))


CHAMBER = Seen(LocalMachine("/root", 0, gethostname(), ENVIRONMENT), "root", _in_the_chamber)

ELSEWHERE = CHAMBER._replace(machine=None)
"""For a file that is another machine's: tokens and variables are not expanded."""

MACHINE_DECIDES = {
    "no hostkeys available": "the host keys that the config names are not on this machine",
    "Could not resolve hostname": "CanonicalizePermittedCNAMEs makes ssh -G look the host up",
    "but 'lport' not in connection test": "sshd -T wants to be told the port; sshd -t takes the config",
    "Cannot forward agent socket path": "a socket that the config names is not on this machine",
    "ended by signal": "OpenSSH itself crashes, as sshd 10.0 does at Subsystem in a block that applies",
    "(Name or service not known)": "a name in ListenAddress is looked up",
    "No such user": "another user's home is the system's to tell",
    "has no value": "a variable of the environment is not set",
}
"""Texts of errors that tell of the machine and not of the config, with the reason: such an answer is not compared."""

ANY_ORDER = {"listenaddress": "getaddrinfo(3) puts first what the machine can reach better"}
"""Lines of one keyword whose order tells of the machine; of all others it must be OpenSSH's."""

SECOND_READING = "reprocess config"
"""What sshd calls its config when it reads it again for a connection."""

_COMPLAINT = re.compile(rf"^(/\S+?|{SECOND_READING}):? line (\d+): (.*)")
_WITHOUT_FILE = re.compile(r"Invalid Match (?:local)?address argument .* at line (\d+)$")
_NOTICES = ("Deprecated option", "Unsupported option", "Pseudo-terminal will not")
"""What OpenSSH says of a line and then goes on."""


class Answer(NamedTuple):
    """Whether the config is accepted; keyword as printed to its values in order; file and line of each
    complaint (the file is empty where OpenSSH does not name it), the first one first; and all that was said."""

    accepted: bool
    settings: Mapping[str, Sequence[str]] = {}
    complaints: Sequence[tuple[str, int]] = ()
    said: str = ""

    @property
    def values(self) -> dict[str, list[str]]:
        """The settings by lower-case keyword, sorted."""
        return {keyword.lower(): sorted(values) for keyword, values in self.settings.items()}

    @property
    def read(self) -> bool:
        """False for a tree that sshkeep does not read, such as an endless Include; OpenSSH refuses it, too."""
        return not self.said.startswith(NOT_READ)

    @property
    def outside(self) -> str:
        """Why the answer tells nothing about the config; empty where it does."""
        return next(
            (reason for text, reason in MACHINE_DECIDES.items() if text in self.said and not self.accepted),
            "",
        )


class Difference(NamedTuple):
    """``kind``: verdict, line (of the error), missing, extra, value, crash; ``about``: keyword or reason."""

    kind: str
    about: str
    openssh: str
    sshkeep: str

    @property
    def category(self) -> tuple[str, str]:
        """Differences of one category are most likely one fault."""
        return self.kind, self.about


def openssh_answer(ended: Ended, path: Path, kind: Kind, target: Target) -> Answer:
    """The answer of a run of ``sshd -T`` or ``ssh -G`` on the config at ``path``."""
    said = ended.errors.decode(errors="backslashreplace")
    if ended.code < 0:
        said += f"ended by signal {-ended.code}"
    silent = all(any(notice in line for notice in _NOTICES) for line in said.splitlines())
    if kind == "ssh_config" and ended.code == 255 and silent and _forwards_an_agent(path):
        said = "Cannot forward agent socket path: LogLevel hides that it is not there"
    settings = _settings(ended.output.decode(errors="surrogateescape").split("\n"))
    complaints = [found for line in said.splitlines() for found in _complaint(line, path)]
    if kind == "sshd_config":
        # The one complaint that names no file is of the top one in most configs.
        complaints = [(name, _line_in_file(name or str(path), line, target)) for name, line in complaints]
    return Answer(ended.code == 0, settings, complaints, said.strip() or f"exit code {ended.code}")


def _forwards_an_agent(path: Path) -> bool:
    files = [each for each in path.parent.rglob("*") if each.is_file()]
    return any(re.search(rb"forwardagent", each.read_bytes(), re.IGNORECASE) for each in files)


def _complaint(line: str, path: Path) -> Iterator[tuple[str, int]]:
    told = _COMPLAINT.match(line)
    if told and not told[3].startswith(_NOTICES):
        yield (str(path) if told[1] == SECOND_READING else told[1]), int(told[2])
    nameless = _WITHOUT_FILE.match(line)
    if nameless:
        yield "", int(nameless[1])


def _line_in_file(name: str, counted: int, target: Target) -> int:
    """The file's own number of a line by sshd's, which does not count newlines that a NUL swallowed."""
    data = Path(name).read_bytes() if name and Path(name).is_file() else b""
    if b"\0" not in data:
        return counted
    starts = [0]
    for number, line in enumerate(data.split(b"\n"), 1):
        read, nul, _ = line.partition(b"\0")
        ends = not nul or (target.release < ARGV_SPLIT and b"#" in read)
        if starts[-1] == 0 and (ends or read.strip(b" \t\r")):
            starts[-1] = number
        if ends:
            starts.append(0)
    return starts[counted - 1]


def sshkeep_answers(
    kind: Kind,
    path: Path,
    asks: Iterable[str],
    target: Target,
    exec_holds: bool | None,
    seen: Seen = CHAMBER,
    tree: Tree | None = None,
) -> list[Answer]:
    """sshkeep's answers to the questions, for the given target; a tree that it does not read counts as refused.

    ``tree`` is the config where it is not the one at ``path`` alone.
    """
    try:
        tree = tree or tree_for(str(path), TreeOptions(kind, target, "/"))
        config: Config | None = None
        found = []
        for ask in asks:
            if config is None or config.is_for_one_host:
                config = _loaded(tree, ask, exec_holds, seen)
            found.append(_answer(config, _evaluated(config, ask, exec_holds, seen)))
        return found
    except SshkeepError as error:
        return [Answer(False, {}, (), f"{NOT_READ}{error}") for _ in asks]


def _loaded(tree: Tree, ask: str, exec_holds: bool | None, seen: Seen) -> Config:
    if tree.kind == "sshd_config":
        return tree.load()
    return tree.load(include_names=include_names(_host_query(ask, exec_holds, seen)))


def _answer(config: Config, evaluated: Evaluated) -> Answer:
    refused = reported_by_openssh(config, refusals_for(evaluated, config))
    said = "; ".join([*(f"{r.directive.where}: {r.problem}" for r in refused), *evaluated.problems])
    if said:
        named = [refusal for refusal in refused if not _is_nameless(refusal, config)]
        complaints = [(str(r.directive.file.source.path), r.directive.number + 1) for r in named]
        return Answer(False, {}, complaints, said)
    return Answer(True, _settings(openssh_lines(evaluated, config)))


def _is_nameless(refusal: Refusal, config: Config) -> bool:
    """Whether OpenSSH exits without a word about the line: an Include that is too deep, or a bad token in one."""
    too_deep = refusal.directive in [entry.directive for entry in config.too_deep]
    return too_deep or (refusal.entry.option == "include" and bool(_bad_names(refusal, config)))


def _bad_names(refusal: Refusal, config: Config) -> list[str]:
    if config.kind == "sshd_config" or config.target.release < INCLUDE_TOKENS:
        return []
    return [word.text for word in refusal.directive.words("words") if bad_include_name(word.text)]


def _evaluated(config: Config, ask: str, exec_holds: bool | None, seen: Seen) -> Evaluated:
    if config.kind == "sshd_config":
        return evaluate_sshd(config, seen.connection(ask.split(",") if ask else []))
    return evaluate_ssh(config, _host_query(ask, exec_holds, seen))


def _host_query(ask: str, exec_holds: bool | None, seen: Seen) -> HostQuery:
    user, at, host = (ask or "somewhere").rpartition("@")
    return HostQuery(host, user if at else None, seen.local_user, exec_holds, seen.machine)


def _settings(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        keyword, _, value = line.partition(" ")
        if keyword:
            found.setdefault(keyword, []).append(value)
    return {
        keyword: sorted(values) if keyword.lower() in ANY_ORDER else values
        for keyword, values in found.items()
    }


def differences(real: Answer, ours: Answer) -> Iterator[Difference]:
    """All that sshkeep says otherwise."""
    if real.outside:
        return
    if real.accepted != ours.accepted:
        said = ours.said if real.accepted else real.said
        yield Difference(
            "verdict",
            f"{'sshkeep' if real.accepted else 'OpenSSH'} refuses: {_reason(said)}",
            real.said,
            ours.said,
        )
    elif not real.accepted:
        yield from _wrong_line(real, ours)
    else:
        yield from _wrong_settings(real, ours)


def _wrong_line(real: Answer, ours: Answer) -> Iterator[Difference]:
    """The lines OpenSSH complains of before it exits are sshkeep's, in that order; one may be named twice."""
    theirs, own = list(dict.fromkeys(real.complaints)), list(dict.fromkeys(ours.complaints))
    named = [(path or there, line) for (path, line), (there, _) in zip(theirs, own, strict=False)]
    if ours.read and (named != own or len(theirs) != len(own)):
        yield Difference("line", _reason(real.said), real.said, ours.said)


def _wrong_settings(real: Answer, ours: Answer) -> Iterator[Difference]:
    for keyword in sorted({*real.settings, *ours.settings}):
        theirs, own = real.settings.get(keyword), ours.settings.get(keyword)
        if theirs == own:
            continue
        sort = "missing" if own is None else "extra" if theirs is None else "value"
        yield Difference(sort, keyword.lower(), _told(keyword, theirs), _told(keyword, own))


def _told(keyword: str, values: Sequence[str] | None) -> str:
    return "\n".join(f"{keyword} {value}" for value in values or ())


def _reason(said: str) -> str:
    """The first thing that was said, without what differs from config to config."""
    told = next((line for line in said.splitlines() if not any(notice in line for notice in _NOTICES)), said)
    told = re.sub(r"^(/\S+|reprocess config)( line |:)\d+: ", "", told.split("; ")[0])
    return re.sub(r"/\S+|\d+|\"[^\"]*\"|'[^']*'", "_", told).strip().lower()[:80]
