"""Generate the JSON Schemas beside this module: of the reports, the typed settings, and the policy file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Field, create_model

from sshkeep.output.audit.json_report import AuditReport
from sshkeep.output.hosts.json_report import HostsReport
from sshkeep.output.idle.json_report import IdleHostsReport, IdleReport
from sshkeep.output.json_reports.models import REPORT_VERSION, SCHEMAS
from sshkeep.policy.model import Policy
from sshkeep.settings.ssh import SshSettings
from sshkeep.settings.sshd import SshdSettings

REPORTS: dict[str, type[tuple[Any, ...]]] = {
    **SCHEMAS,
    "idle": IdleReport,
    "idle_hosts": IdleHostsReport,
    "hosts": HostsReport,
    "audit": AuditReport,
}


def schema_texts() -> Iterator[tuple[str, str]]:
    """The name of each file without its ending, and its text."""
    for name in REPORTS:
        yield name, _text(report_model(name).model_json_schema())
    yield "policy", _text(Policy.model_json_schema())
    for model in (SshdSettings, SshSettings):
        yield model.kind.replace("config", "settings"), _text(model.model_json_schema(by_alias=False))


def report_model(name: str) -> type[BaseModel]:
    """The report ``name`` and its version, as a pydantic model."""
    return _model(REPORTS[name], True)


@cache
def _model(record: Any, versioned: bool = False) -> type[BaseModel]:
    """The model of a named tuple: its fields by name, while pydantic's own takes them by place."""
    fields: dict[str, Any] = {"version": (Literal[REPORT_VERSION], REPORT_VERSION)} if versioned else {}
    for name, hint in get_type_hints(record, include_extras=True).items():
        base, *described = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        default = record._field_defaults.get(name, ...)
        fields[name] = (_type(base), Field(default, description=described[0] if described else None))
    return create_model(record.__name__, __doc__=record.__doc__, **fields)


def _type(hint: Any) -> Any:
    """A type, in which named tuples are models."""
    if hasattr(hint, "_fields"):
        return _model(hint)
    among = [_type(each) for each in get_args(hint)]
    if get_origin(hint) in (Union, UnionType):
        return reduce(or_, among)
    return list[among[0]] if get_origin(hint) is list else hint  # type: ignore[valid-type]


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
