"""The tables of options and the models of settings fit together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.tables.defaults import defaults, printed_names
from sshkeep.openssh.tables.keywords import descriptions, known_names
from sshkeep.openssh.targets import Target, target_of
from sshkeep.settings import field_types
from sshkeep.settings.base import Settings
from sshkeep.settings.ssh import SshSettings
from sshkeep.settings.sshd import SshdSettings
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.settings.source import RELEASES, TARGETS, field_name, setting_rows

MODELS: dict[Kind, type[Settings]] = {"sshd_config": SshdSettings, "ssh_config": SshSettings}
KINDS: list[Kind] = list(MODELS)


def own_fields(kind: Kind) -> list[str]:
    return [name for name in MODELS[kind].model_fields if name not in Settings.model_fields]


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_is_a_field_and_every_field_an_option(kind: Kind) -> None:
    assert sorted(own_fields(kind)) == sorted(field_name(row.name) for row in setting_rows(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_names_have_the_words_of_openssh_s_spelling(kind: Kind) -> None:
    for name in own_fields(kind):
        alias = MODELS[kind].model_fields[name].alias
        assert alias == known_names(kind)[name.replace("_", "")]
        assert name == field_name(alias)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described_from_the_table(kind: Kind) -> None:
    for name in own_fields(kind):
        text = MODELS[kind].model_fields[name].description
        assert text and text.startswith(descriptions(kind)[name.replace("_", "")])


DESCRIBED: list[tuple[Kind, str, str]] = [
    ("sshd_config", "client_alive_interval", "Default: 0"),
    ("sshd_config", "ipqos", "Default: ef cs0 (before 10.1: af21 cs1)"),
    ("sshd_config", "ciphers", "Default: by release"),
    ("sshd_config", "accept_env", "Default: none"),
    ("sshd_config", "channel_timeout", "Since 9.2. Default: none"),
    ("sshd_config", "use_pam", "Only in builds with PAM. Default: no"),
    ("sshd_config", "per_source_max_startups", "Since 8.5. Default: none"),
    ("sshd_config", "challenge_response_authentication", "Until 8.6. Default: yes"),
    ("sshd_config", "debian_banner", "Only known to debian. Default: yes"),
    ("ssh_config", "use_keychain", "Only known to apple"),
    ("ssh_config", "user", "Default: who runs ssh"),
]


@pytest.mark.parametrize(("kind", "name", "end"), DESCRIBED)
def test_the_description_has_the_default_and_the_releases(kind: Kind, name: str, end: str) -> None:
    text = MODELS[kind].model_fields[name].description
    assert text == f"{descriptions(kind)[name.replace('_', '')]}. {end}"


# What a field holds.

NAMES_OF_TYPES = {
    id(member): name for name, member in vars(field_types).items() if get_origin(member) is Annotated
}


def types_of(kind: Kind) -> dict[str, str]:
    """Field to its type's name in field_types.py, without the ``| None`` around it."""
    hints = get_type_hints(MODELS[kind], include_extras=True)
    return {name: NAMES_OF_TYPES[id(_bare(hints[name]))] for name in own_fields(kind)}


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Union else hint


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_a_field_is_one_that_the_value_s_type_names(kind: Kind) -> None:
    types = types_of(kind)
    for row in setting_rows(kind):
        if row.type.sets_option:
            assert types[field_name(row.name)] in row.type.settings, row


def worded(kind: Kind) -> Iterator[tuple[str, str, str, Target]]:
    """Keyword, word, its meaning and a target, for all words of fixed sets."""
    for name in ("openssh-8.0", "openssh-8.9", "debian-12", "openssh-10.6"):
        target = target_of(name)
        for row in setting_rows(kind):
            if row.type.choices and not row.type.is_flag:
                for word, meant in row.type.choices(target).items():
                    yield row.name.lower(), word, meant, target


@pytest.mark.parametrize("kind", KINDS)
def test_fields_take_every_word_that_their_keyword_takes(kind: Kind, tmp_path: Path) -> None:
    taken = 0
    for option, word, meant, target in worded(kind):
        evaluated = evaluate(kind, f"{option} {word}\n", target, tmp_path)
        if option not in evaluated.settings:
            continue
        model = MODELS[kind].from_printed(evaluated.lines)
        name = next(name for name in own_fields(kind) if name.replace("_", "") == option)
        flag = {"yes": True, "no": False}.get(meant, meant) if types_of(kind)[name] == "Flag" else meant
        assert getattr(model, name) == flag, (option, word, target.name)
        taken += 1
    assert taken > 200


def evaluate(kind: Kind, text: str, target: Target, folder: Path) -> Evaluated:
    path = folder / kind
    path.write_text(text)
    config = tree_for(str(path), TreeOptions(kind, target)).load()
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
        assert required - {printed_names(kind).get(name, name) for name in defaults(kind, target)} == set(), (
            target.name
        )


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
