"""The model of a policy file. Each scalar is its text: ``no`` and ``0177`` stay what they are.

extend: [cis, ../common.yaml]    # profiles and files; later ones win
target: [debian-12, rhel-9]      # or one
extend_select: [security]
ignore: [keep-alive]
extend_exclude: [fixtures]       # what a search leaves out, too
path: office                     # what the sessions go through
paths:
  - {name: office, timeout: 15m, on_expiry: silent}
suppressions: {reason: required}
rules:
  client-alive-interval: {severity: error, seconds: 30}
own:
  - id: probes-often
    keyword: ClientAliveInterval
    where: global
    between: [15, 300]
    because: the load balancer forgets idle flows after 350 s
    fix: "60"
    safe: yes
overrides:
  - files: "roles/bastion/**"    # from the policy's folder
    ignore: [probes-often]
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from sshkeep.idle.model.network_path import ExpiryAction
from sshkeep.lint.finding import Severity

NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
RELEASE = r"^openssh-[0-9]{1,3}\.[0-9]{1,3}$"

_SCALAR = {"type": ["string", "integer", "number", "boolean"]}


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Scalar = Annotated[str, WithJsonSchema(_SCALAR)]
"""A word or number as the file spells it."""
Scalars = Annotated[
    list[str],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}),
]
"""One or several; one needs no brackets."""
Names = Annotated[
    list[str],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: Any) -> Any:
        """A key whose lines are all comments counts as missing."""
        if not isinstance(data, dict):
            return {} if data is None else data
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}


class RulePolicy(_Part):
    """One rule's severity; every other key is one of the rule's options."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Scalars]
    severity: Severity | None = None


class PolicyOwnRule(_Part):
    """An organisation's rule: at least one of must_be, one_of, between, forbid, required."""

    id: Annotated[str, Field(pattern=NAME, max_length=60)]
    keyword: Annotated[str, Field(max_length=60)]
    applies_to: Annotated[
        Literal["sshd_config", "ssh_config"] | None,
        Field(description="for a keyword that both languages have: the only one that is meant"),
    ] = None
    where: Annotated[
        Literal["global", "block", "host", "everywhere"],
        Field(
            description="global: the value outside of blocks, also the default; "
            "block: lines in Host and Match blocks; host: lines in Host blocks; everywhere: global and block"
        ),
    ] = "everywhere"
    must_be: Annotated[Scalars | None, Field(description="the value; of a list, its words in this order")] = (
        None
    )
    one_of: Annotated[Scalars | None, Field(description="the values it may have")] = None
    between: Annotated[
        Scalars | None,
        Field(
            min_length=2, max_length=2, description="the least and the most, spelt as the keyword takes it"
        ),
    ] = None
    forbid: Annotated[
        Scalars | None,
        Field(
            description="values, or members of a list, that it must not have; * and ? stand for any text; "
            "'*' alone forbids every line that sets the keyword"
        ),
    ] = None
    required: Annotated[bool, Field(description="a line must set it: the default is not enough")] = False
    contains: Annotated[Scalars | None, Field(description="members that its list must have")] = None
    since: Annotated[str | None, Field(pattern=RELEASE, description="its first release: openssh-9.2")] = None
    until: Annotated[str | None, Field(pattern=RELEASE, description="its last release")] = None
    severity: Severity = "warning"
    because: Annotated[
        str,
        Field(min_length=1, max_length=200, description="what happens to the user; the finding's message"),
    ]
    references: Annotated[Names, Field(description="who demands it")] = []
    fix: Annotated[Scalar | None, Field(description="what a fix writes behind the keyword")] = None
    safe: Annotated[bool, Field(description="whether it is written without --unsafe")] = False


class OwnPath(_Part):
    """A device that forgets idle connections."""

    name: Annotated[str, Field(pattern=NAME, max_length=60)]
    timeout: Annotated[
        Scalar, Field(description="how long it keeps an idle connection: seconds, or a time such as 5m")
    ]
    on_expiry: Annotated[
        ExpiryAction,
        Field(
            description="what it does then. silent: drops packets; rst: sends a reset; rst-inside: sends it "
            "to the client only; close: closes both sides; recreate: makes a new connection for a packet of "
            "the client"
        ),
    ] = "unknown"
    counts_kernel: Annotated[
        bool | None,
        Field(description="whether TCPKeepAlive's probes, the kernel's, count as traffic"),
    ] = None
    source: Annotated[str, Field(max_length=200, description="where the rule comes from")] = ""


class PolicySection(_Part):
    """Which rules run, and how; a later layer beats an earlier one."""

    select: Annotated[
        Names | None,
        Field(description="these rules or groups and the own ones, instead of the default groups"),
    ] = None
    extend_select: Annotated[Names, Field(description="these rules or groups too")] = []
    ignore: Annotated[Names, Field(description="not these rules or groups")] = []
    rules: Annotated[dict[str, RulePolicy], Field(description="severity and options by rule")] = {}
    target: Annotated[
        Names | None, Field(description="what the configs are read for: debian-12, or a list for a fleet")
    ] = None
    path: Annotated[
        Scalar | None,
        Field(
            description="what the sessions go through, such as azure-load-balancer: intervals are to suit "
            "it; sshkeep idle --list-paths lists the names"
        ),
    ] = None


class Override(PolicySection):
    """What is different for some files."""

    files: Annotated[
        Names,
        Field(description="paths from the policy's folder; * and ? within a name, ** for any folders"),
    ]


class PolicySuppressions(_Part):
    """What is asked of comments such as `# sshkeep: ignore[rule-id] reason`."""

    reason: Literal["optional", "required"] = "optional"


class PolicyDocument(_Part):
    """One edition of a guide."""

    name: Annotated[str, Field(max_length=60)]
    title: Annotated[str, Field(max_length=200)]
    version: Annotated[Scalar, Field(max_length=100)]
    source: Annotated[str, Field(max_length=400, description="where its numbers were read")] = ""
    targets: Annotated[
        Names, Field(description="what it is about: rhel-9 is every RHEL 9; none: every target")
    ] = []


class PolicyControl(_Part):
    """What the guide asks. It has rules, or says why nothing checks it."""

    title: Annotated[str, Field(max_length=200)]
    ids: Annotated[dict[str, Scalar], Field(min_length=1, description="its number in each document")]
    rules: Annotated[Names, Field(description="what checks it")] = []
    applies_to: Annotated[
        Literal["sshd_config", "ssh_config"] | None,
        Field(description="the language it is about, if its rules are about both"),
    ] = None
    keywords: Annotated[Names, Field(description="what it is about, where the rules are built-in ones")] = []
    asks: Annotated[
        str, Field(max_length=200, description="what it asks, in place of what its rules say")
    ] = ""
    level: Annotated[Scalar, Field(max_length=60)] = ""
    unchecked: Annotated[str, Field(max_length=200, description="why no rule checks it")] = ""


class PolicyGuide(_Part):
    """What the policy follows: its rules check the controls of some documents."""

    name: Annotated[str, Field(max_length=40, description="as in findings: [CIS 5.1.7]")]
    documents: Annotated[list[PolicyDocument], Field(min_length=1)]
    controls: list[PolicyControl]


class Policy(PolicySection):
    """sshkeep.yaml."""

    extend: Annotated[
        Names,
        Field(description="profiles (cis, stig...) or files, seen from here; later ones win"),
    ] = []
    exclude: Annotated[
        Names | None,
        Field(
            description="what a search of folders leaves out, instead of the default excludes: names of "
            "folders or files, or paths from the policy's folder; * and ? within a name, ** for any folders"
        ),
    ] = None
    extend_exclude: Annotated[Names, Field(description="what it leaves out, too")] = []
    guide: Annotated[
        PolicyGuide | None, Field(description="the guide that it follows, with the controls that it checks")
    ] = None
    suppressions: PolicySuppressions | None = None
    paths: Annotated[list[OwnPath], Field(description="own paths, which path may name")] = []
    own: Annotated[
        list[PolicyOwnRule], Field(description="own rules, which run wherever this policy applies")
    ] = []
    overrides: Annotated[list[Override], Field(description="what is different for some files")] = []
