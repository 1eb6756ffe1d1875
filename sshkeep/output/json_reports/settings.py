"""Settings in effect, and refused lines, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.effective.sshd import lines_without_effect
from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.refusals import Refusal
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.output.effective import notes_of, options_by_name, printed_values
from sshkeep.output.json_reports import models
from sshkeep.syntax.source import clean


def setting_models(evaluated: Evaluated, config: Config, only: tuple[str, ...] = ()) -> list[models.Setting]:
    """All settings that have a value or might have one, by name; ``only`` are names as printed."""
    options = options_by_name(config)
    names = sorted(only or {*evaluated.lines, *options})
    return [_setting(name, options.get(name, name), evaluated, config) for name in names]


def _setting(name: str, option: str, evaluated: Evaluated, config: Config) -> models.Setting:
    setting = evaluated.settings.get(option)
    row = config.known.get(name)
    winner = setting.won[0].entry if setting and setting.won else None
    return models.Setting(
        keyword=row.name if row else name,
        values=[clean(text) for text in evaluated.lines.get(name, ())],
        file=clean(winner.directive.file.source.path) if winner else None,
        line=winner.directive.number + 1 if winner else None,
        default=winner is None,
        alternatives=[
            _line(line.entry, line.parsed, _condition(line.entry), config)
            for line in (setting.maybe if setting else ())
        ],
        lost=[_line(*lost, config) for lost in lines_without_effect(option, setting, config)],
        notes=[clean(note) for note in notes_of(option, config)],
    )


def _condition(entry: Entry) -> str:
    from sshkeep.config.tree.block import block_name

    return f"decides if '{block_name(entry.block)}' applies"


def _line(entry: Entry, parsed: ParsedLine, why: str, config: Config) -> models.OtherLine:
    return models.OtherLine(
        file=clean(entry.directive.file.source.path),
        line=entry.directive.number + 1,
        values=[clean(text) for text in printed_values(entry, parsed, config)],
        why=clean(why),
    )


def refused_models(refused: Sequence[Refusal]) -> list[models.Refused]:
    """The lines for which OpenSSH refuses the config."""
    return [
        models.Refused(
            file=clean(r.directive.file.source.path), line=r.directive.number + 1, message=clean(r.problem)
        )
        for r in refused
    ]
