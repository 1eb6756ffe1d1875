"""Settings in effect, and refused lines, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.effective_sshd import losers
from sshkeep.config.evaluate import Evaluated
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import Reading
from sshkeep.config.verdict import Refusal
from sshkeep.output.effective import options_by_name, printed_values
from sshkeep.output.json_reports import models
from sshkeep.syntax.source import clean


def setting_models(evaluated: Evaluated, config: Config, only: tuple[str, ...] = ()) -> list[models.Setting]:
    """All settings that have a value or might have one, by name; ``only`` are names as printed."""
    meanings = options_by_name(config)
    names = sorted(only or {*evaluated.lines, *meanings})
    return [_setting(name, meanings.get(name, name), evaluated, config) for name in names]


def _setting(name: str, meaning: str, evaluated: Evaluated, config: Config) -> models.Setting:
    setting = evaluated.settings.get(meaning)
    row = config.known.get(name)
    winner = setting.won[0].entry if setting and setting.won else None
    return models.Setting(
        keyword=row.name if row else name,
        values=[clean(text) for text in evaluated.lines.get(name, ())],
        file=clean(winner.directive.file.source.path) if winner else None,
        line=winner.directive.number + 1 if winner else None,
        default=winner is None,
        alternatives=[
            _line(line.entry, line.reading, _condition(line.entry), config)
            for line in (setting.maybe if setting else ())
        ],
        lost=[_line(*lost, config) for lost in losers(meaning, setting, config)],
    )


def _condition(entry: Entry) -> str:
    from sshkeep.config.typed import block_name

    return f"decides if '{block_name(entry.context)}' applies"


def _line(entry: Entry, reading: Reading, why: str, config: Config) -> models.OtherLine:
    return models.OtherLine(
        file=clean(entry.directive.file.source.path),
        line=entry.directive.number + 1,
        values=[clean(text) for text in printed_values(entry, reading, config)],
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
