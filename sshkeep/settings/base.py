"""What the two models of settings have in common: names and texts from the tables, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.defaults import printed_names
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.settings.field_docs import field_description
from sshkeep.settings.parse_printed import PrintedTexts
from sshkeep.syntax.source import clean

if TYPE_CHECKING:
    from typing_extensions import Self

PRINTING_COMMAND: dict[Kind, str] = {"sshd_config": "sshd -T", "ssh_config": "ssh -G"}


class Settings(BaseModel):
    """All settings of one program for one question.

    A field's name is the keyword in snake_case, its alias OpenSSH's own spelling
    (``model_dump(by_alias=True)``). None where the setting is unset, or the target does not know it;
    a list that nothing adds to is empty. Older names count as today's. Texts are cleaned of bytes that
    are no UTF-8: these become U+FFFD.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True, defer_build=True, extra="forbid")
    kind: ClassVar[Kind]

    extra: dict[str, tuple[str, ...]] = Field(
        default={},
        description="what is printed for keywords that sshkeep does not know, by name in lower case",
    )
    uncertain: tuple[str, ...] = Field(
        default=(),
        description="fields that hang on a condition that is not known; their values are those without it",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        spellings = known_names(cls.kind)
        for name, field in cls.model_fields.items():
            meaning = name.replace("_", "")
            if meaning in spellings:
                field.alias = field.validation_alias = field.serialization_alias = spellings[meaning]
                field.title = spellings[meaning]
                field.description = field_description(cls.kind, meaning)

    @classmethod
    def from_lines(cls, lines: str | Iterable[str]) -> Self:
        """The settings in the whole output of ``sshd -T`` or ``ssh -G``, as one text or its lines.

        Raises SshkeepError for what these programs do not print.
        """
        found: dict[str, list[str]] = {}
        for line in lines.split("\n") if isinstance(lines, str) else lines:
            name, _, text = line.rstrip("\r\n").partition(" ")
            if name:
                found.setdefault(name.lower(), []).append(text)
        return cls.from_printed(found)

    @classmethod
    def from_printed(cls, printed: Mapping[str, Sequence[str]], uncertain: Iterable[str] = ()) -> Self:
        """The settings from the right-hand sides of each keyword's lines, by its name as printed.

        ``uncertain`` are the names of fields. Raises SshkeepError.
        """
        values: dict[str, object] = {"uncertain": tuple(uncertain)}
        extra = {}
        for name, given in printed.items():
            texts = tuple(map(clean, given))
            field = field_of(cls, name)
            if field:
                values[field] = PrintedTexts(texts)
            else:
                extra[clean(name.lower())] = texts
        try:
            return cls.model_validate({**values, "extra": extra})
        except ValidationError as error:
            raise SshkeepError(*_problem(cls, values, error)) from None


def field_of(model: type[Settings], printed: str) -> str | None:
    """The field for a keyword as it is printed; None for one that is not known."""
    name = printed.lower()
    return _fields(model).get(printed_names(model.kind).get(name, name))


@lru_cache(maxsize=4)
def _fields(model: type[Settings]) -> dict[str, str]:
    """`Keyword.option` to the field's name."""
    return {name.replace("_", ""): name for name in model.model_fields if name not in Settings.model_fields}


def _problem(model: type[Settings], values: Mapping[str, object], error: ValidationError) -> tuple[str, str]:
    """The first problem, as a sentence and a hint."""
    # pydantic calls a field that is missing by its alias, any other as it was given.
    field = field_of(model, str(error.errors()[0]["loc"][0]).replace("_", ""))
    assert field
    keyword, printed = model.model_fields[field].alias, values.get(field)
    hint = f"it takes the whole output of {PRINTING_COMMAND[model.kind]}"
    if not isinstance(printed, PrintedTexts):
        return f"the output has no line for {keyword}", hint
    return f"{PRINTING_COMMAND[model.kind]} does not print {keyword} {'; '.join(printed.texts)[:60]}", hint
