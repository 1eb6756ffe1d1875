"""The tables of keywords and the models of settings fit together."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest

from sshkeep.config.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.config.matching import Connection, HostQuery
from sshkeep.openssh.descriptions import DESCRIPTIONS
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.defaults import OLD_NAMES, defaults, rows_of
from sshkeep.openssh.tables.keywords import Keyword, known_names, rows, vendor_rows
from sshkeep.openssh.targets import Target, all_targets, target_of
from sshkeep.openssh.values import words
from sshkeep.settings import field_types
from sshkeep.settings.base import Settings
from sshkeep.settings.ssh import SshSettings
from sshkeep.settings.sshd import SshdSettings
from sshkeep.trees.discover import Request, tree_for

MODELS: dict[Kind, type[Settings]] = {"sshd_config": SshdSettings, "ssh_config": SshSettings}
KINDS: list[Kind] = list(MODELS)
RELEASES = [Release(8, minor) for minor in range(10)] + [Release(9, minor) for minor in range(10)]
RELEASES += [Release(10, minor) for minor in range(NEWEST.minor + 1)]
TARGETS = [target_of(f"openssh-{release}") for release in RELEASES] + list(all_targets().values())

SET_NOTHING = ("globs", "patterns", "criteria", "ignored")
"""Types of keywords that are no settings."""


def own_fields(kind: Kind) -> list[str]:
    return [name for name in MODELS[kind].model_fields if name not in Settings.model_fields]


def setting_rows(kind: Kind) -> Iterator[Keyword]:
    return (row for row in (*rows(kind), *vendor_rows(kind)) if row.type not in SET_NOTHING)


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_is_a_field_and_every_field_an_option(kind: Kind) -> None:
    options = {row.option for row in setting_rows(kind)}
    printed = {OLD_NAMES.get(row.name.lower(), row.name.lower()) for row in rows_of(kind)}
    assert sorted(name.replace("_", "") for name in own_fields(kind)) == sorted(options | printed)


# What a field is called.

ONE_WORD = ("CCache", "CNAMEs", "IPQoS", "MACs", "RDomain", "S4U2", "XAuth", "Enablek5users")


def words_of(spelling: str) -> list[str]:
    """A spelling's words: an acronym is one, and what `ONE_WORD` lists."""
    for word in ONE_WORD:
        spelling = spelling.replace(word, word.capitalize())
    return re.findall(r"[A-Z][a-z0-9]+|[A-Z][A-Z0-9]*(?![a-z])", spelling)


@pytest.mark.parametrize("kind", KINDS)
def test_names_have_the_words_of_openssh_s_spelling(kind: Kind) -> None:
    for name in own_fields(kind):
        alias = MODELS[kind].model_fields[name].alias
        assert alias == known_names(kind)[name.replace("_", "")]
        assert name == "_".join(words_of(alias)).lower()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described_from_the_table(kind: Kind) -> None:
    for name in own_fields(kind):
        text = MODELS[kind].model_fields[name].description
        assert text and text.startswith(DESCRIPTIONS[kind][name.replace("_", "")])


DESCRIBED: list[tuple[Kind, str, str]] = [
    ("sshd_config", "client_alive_interval", "Default: 0"),
    ("sshd_config", "ipqos", "Default: ef cs0 (before 10.1: af21 cs1)"),
    ("sshd_config", "ciphers", "Default: by release"),
    ("sshd_config", "accept_env", "Default: none"),
    ("sshd_config", "use_pam", "Only in builds with PAM. Default: no"),
    ("sshd_config", "per_source_max_startups", "Since 8.5. Default: none"),
    ("sshd_config", "challenge_response_authentication", "Until 8.6. Default: yes"),
    ("sshd_config", "debian_banner", "Only known to debian. Default: yes"),
    ("ssh_config", "use_keychain", "Only known to apple"),
    ("ssh_config", "user", "Default: who runs ssh"),
]


@pytest.mark.parametrize(("kind", "name", "end"), DESCRIBED)
def test_the_default_and_the_releases_are_told(kind: Kind, name: str, end: str) -> None:
    text = MODELS[kind].model_fields[name].description
    assert text == f"{DESCRIPTIONS[kind][name.replace('_', '')]}. {end}"


# What a field holds.

TEXTS = {"Text", "TextOrNone"}
FITS: dict[str, set[str]] = {
    "add keys": {"AddKeysToAgent"},
    "addendum": TEXTS,
    "address": {"ListenAddresses"},
    "addresses": {"Commas"},
    "agent": TEXTS,
    "agent socket": {"AgentSocketPath"},
    "algorithms": {"Algorithms"},
    "canonical names": {"Words"},
    "channel timeouts": {"ChannelTimeouts"},
    "command": TEXTS,
    "domains": {"Words"},
    "environment": {"Environment"},
    "escape": TEXTS,
    "files": {"Words"},
    "flag": {"Flag", "FlagOrAll"},
    "forward": {"Forwards"},
    "forward agent": {"FlagOrText"},
    "home path": TEXTS,
    "host files": {"Words"},
    "integer": {"Count"},
    "integer or none": {"CountOrNone"},
    "ipqos": {"IPQoS"},
    "jump": {"Commas"},
    "key options": {"PubkeyAuthOptions"},
    "keystrokes": {"Milliseconds"},
    "methods": {"Methods"},
    "names": {"Lines"},
    "none or words": {"Words"},
    "octal": {"Mask"},
    "path": {*TEXTS, "Lines"},
    "penalties": {"PerSourcePenalties"},
    "permissions": {"Permissions"},
    "persist": {"ControlPersist"},
    "port": {"Port", "Ports"},
    "provider": TEXTS,
    "rekey limit": {"RekeyLimit"},
    "rest": TEXTS,
    "revoked": {"Words"},
    "routing domain": TEXTS,
    "source block": {"SourceBlock"},
    "startups": {"MaxStartups"},
    "subsystem": {"ByName"},
    "time": {"Seconds", "SecondsOrNone"},
    "tunnel": {"TunnelDevice"},
    "users": {"Lines"},
    "word": {*TEXTS, "Commas", "Lines", "FlagOrText"},
    "words": {"Lines"},
}
"""`Keyword.type` to the types in fields.py that may hold it; a word may be a list with commas."""

NAMES_OF_TYPES = {
    id(member): name for name, member in vars(field_types).items() if get_origin(member) is Annotated
}


def types_of(kind: Kind) -> dict[str, str]:
    """Field to its type's name in fields.py, without the ``| None`` around it."""
    hints = get_type_hints(MODELS[kind], include_extras=True)
    return {name: NAMES_OF_TYPES[id(_bare(hints[name]))] for name in own_fields(kind)}


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Union else hint


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_a_field_fits_the_keyword_s(kind: Kind) -> None:
    types = types_of(kind)
    by_meaning = {name.replace("_", ""): name for name in types}
    for row in setting_rows(kind):
        if row.type != "enum":
            assert types[by_meaning[row.option]] in FITS[row.type], row


def worded(kind: Kind) -> Iterator[tuple[str, str, str, Target]]:
    """Keyword, word, its meaning and a target, for all words of fixed sets."""
    tables = {"sshd_config": words.SSHD, "ssh_config": words.SSH}
    for name in ("openssh-8.0", "openssh-8.9", "debian-12", "openssh-10.6"):
        target = target_of(name)
        for meaning, meanings in tables[kind].items():
            for word, meant in meanings.items():
                yield meaning, word, meant, target


@pytest.mark.parametrize("kind", KINDS)
def test_fields_take_every_word_that_their_keyword_takes(kind: Kind, tmp_path: Path) -> None:
    taken = 0
    for meaning, word, meant, target in worded(kind):
        evaluated = evaluate(kind, f"{meaning} {word}\n", target, tmp_path)
        if meaning not in evaluated.settings:
            continue
        model = MODELS[kind].from_printed(evaluated.lines)
        name = next(name for name in own_fields(kind) if name.replace("_", "") == meaning)
        flag = {"yes": True, "no": False}.get(meant, meant) if types_of(kind)[name] == "Flag" else meant
        assert getattr(model, name) == flag, (meaning, word, target.name)
        taken += 1
    assert taken > 200


def evaluate(kind: Kind, text: str, target: Target, folder: Path) -> Evaluated:
    path = folder / kind
    path.write_text(text)
    config = tree_for(str(path), Request(kind, target)).load()
    if kind == "sshd_config":
        return evaluate_sshd(config, Connection())
    return evaluate_ssh(config, HostQuery("web", None, "root", False))


# Whether a field can be None.

ALWAYS = {"Flag", "Count", "Seconds", "Mask", "Port"}
"""Types for which there is a line wherever the keyword is known."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_without_a_default_is_printed_for_every_target(kind: Kind) -> None:
    required = {n.replace("_", "") for n in own_fields(kind) if MODELS[kind].model_fields[n].is_required()}
    for target in TARGETS:
        assert required - {OLD_NAMES.get(name, name) for name in defaults(kind, target)} == set(), target.name


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_field_is_none_only_where_some_target_does_not_print_it(kind: Kind) -> None:
    types = types_of(kind)
    optional = [
        n for n in own_fields(kind) if types[n] in ALWAYS and not MODELS[kind].model_fields[n].is_required()
    ]
    assert optional
    for name in optional:
        assert any(name.replace("_", "") not in defaults(kind, target) for target in TARGETS), name


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
@pytest.mark.parametrize("kind", KINDS)
def test_the_defaults_of_every_target_are_read(kind: Kind, target: Target, tmp_path: Path) -> None:
    model = MODELS[kind].from_printed(evaluate(kind, "", target, tmp_path).lines)
    assert (model.extra, model.uncertain) == ({}, ())


def test_the_releases_are_all_there_are() -> None:
    assert (RELEASES[0], RELEASES[-1]) == (OLDEST, NEWEST)
