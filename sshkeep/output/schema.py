"""The JSON Schemas in schemas/: of the reports, the typed settings, and the policy file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import BaseModel

from sshkeep.output.idle.json_report import IdleReport
from sshkeep.output.report import SCHEMAS
from sshkeep.policy.model import Policy
from sshkeep.settings.ssh import SshSettings
from sshkeep.settings.sshd import SshdSettings


def schema_texts() -> Iterator[tuple[str, str]]:
    """The name of each file without its ending, and what is in it."""
    reports: dict[str, type[BaseModel]] = {**SCHEMAS, "idle": IdleReport}
    for name, report in reports.items():
        yield name, _text(report.model_json_schema())
    yield "policy", _text(Policy.model_json_schema())
    for model in (SshdSettings, SshSettings):
        yield model.kind.replace("config", "settings"), _text(model.model_json_schema(by_alias=False))


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
