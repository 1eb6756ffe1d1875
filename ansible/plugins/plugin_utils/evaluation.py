"""What the library says about a gathered tree, as plain data."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

try:
    import sshkeep
    from sshkeep import OtherMachine, SshkeepError
    from sshkeep.api.changes import Planned, refused_sentence
    from sshkeep.api.idle import IdleResult, chosen_path
    from sshkeep.api.idle_endpoints import EndpointReader, EndpointSource, local_config
    from sshkeep.api.inputs import Inputs
    from sshkeep.api.query import Query, evaluate
    from sshkeep.api.rulesets import NO_POLICY
    from sshkeep.config.blocks.named_hosts import UNNAMED_HOST
    from sshkeep.config.effective.evaluate import refusals_for
    from sshkeep.edit.request import SetMode
    from sshkeep.fix.proof.refusals import why_refused
    from sshkeep.idle.model.endpoint import COUNT_KEYWORD, DEFAULT_COUNT, INTERVAL_KEYWORD, Role
    from sshkeep.idle.model.probe_spacing import recommended_spacing
    from sshkeep.idle.model.timers import disconnects_after, interval_for, probe_spacing
    from sshkeep.idle.path_lookup import common_paths
    from sshkeep.idle.session import predict_session
    from sshkeep.lint.registry import all_rules
    from sshkeep.lint.runner import session_findings
    from sshkeep.output.json_reports.models import as_json
    from sshkeep.output.json_reports.settings import refused_models, setting_models
    from sshkeep.trees.tree import Tree
    from sshkeep.validate.private_copy import copied_files
    from sshkeep.validate.result import CannotValidate
    from sshkeep.validate.safe_to_run import why_unsafe_to_run
except ImportError:  # MISSING says so
    pass

from .gather import MISSING, Gathered

Data = dict[str, Any]
Options = Mapping[str, Any]
"""The arguments of a task."""


def lint(gathered: Gathered, options: Options) -> Data:
    """The report of `sshkeep lint`, and whether it fails."""
    machine = _with_user_config(gathered)
    result = sshkeep.lint(gathered.path, files=machine, kind=gathered.kind, **_selection(options))
    report: Data = as_json(result.report())
    for finding in report["findings"]:
        _without_base64(finding)
    report["findings"] = [_without_secrets(finding) for finding in report["findings"]]
    return {**report, "notes": list(result.notes), "fails": result.fails(options["fail_on"])}


def _selection(options: Options) -> Data:
    """Which rules run."""
    names = ("select", "extend_select", "ignore", "policy")
    return {name: options[name] for name in names if options.get(name)}


def _without_base64(finding: Data) -> None:
    for edit in (finding["fix"] or {}).get("edits", ()):
        del edit["raw_base64"]


def _without_secrets(told: Data) -> Data:
    """What is told of a line of `NAMES_ONLY`, without what it quotes."""
    names = [name.lower() for name in NAMES_ONLY]
    secret = str(told["keyword"] or "").lower() in names
    return {key: _masked(value) for key, value in told.items()} if secret else told


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"'[^']*'", "'...'", re.sub(r"""\b([A-Za-z_]\w*)=("[^"]*"|\S+)""", r"\1=...", value))


def audit(gathered: Gathered, options: Options) -> Data:
    """The report of `sshkeep audit`, and a picture of an idle session."""
    result = sshkeep.audit(
        gathered.path, profile=options["profile"], files=gathered.machine, kind=gathered.kind
    )
    return {**as_json(result.report()), "picture": "".join(result.pictures())}


def effective(gathered: Gathered, options: Options) -> Data:
    """The settings in effect, as the report of `sshkeep effective`; in ``values`` for one keyword each."""
    inputs = Inputs(gathered.kind, files=_with_user_config(gathered), openssh_only=True)
    connection = {
        key: str(value) for key, value in (options["connection"] or {}).items() if value is not None
    }
    pairs = [f"{key}={value}" for key, value in connection.items()]
    pairs += [f"group={name}" for name in gathered.groups]
    query = Query(pairs, options["host"] or "", "", gathered.user_name, options["assume_exec"])
    for _unused, config in inputs.configs(inputs.trees(gathered.path)):
        found = evaluate(config, query, live=False)
        refused = refusals_for(found, config)
        settings = [as_json(each) for each in setting_models(found, config)]
        for setting in settings:
            if setting["keyword"] in NAMES_ONLY:
                _without_values(setting)
        return {
            "accepted": not refused and not found.problems,
            "refused": [
                _without_secrets({**told, "keyword": each.directive.line.name})
                for each, told in zip(refused, as_json(refused_models(refused)), strict=True)
            ],
            "problems": list(found.problems),
            "settings": settings,
            "values": {each["keyword"].lower(): each["values"] for each in settings if each["values"]},
            "target": config.target.name,
            "files": list(config.files),
            "errors": list(inputs.errors),
        }
    raise SshkeepError(next(iter(inputs.errors)))


def _without_values(setting: Data) -> None:
    """Of ``NAME=VALUE`` only the name."""
    for line in (setting, *setting["alternatives"], *setting["lost"]):
        line["values"] = [
            " ".join(f"{word.partition('=')[0]}=..." for word in value.split()) for value in line["values"]
        ]


def setting(gathered: Gathered, options: Options) -> Data:
    """The plan of `sshkeep set`."""
    settings = {name: _texts(value) for name, value in _settings(options).items()}
    return _set(gathered, settings, options, MODES[options["state"]])


def _settings(options: Options) -> Data:
    if bool(options["keyword"]) == bool(options["settings"]):
        raise SshkeepError("one of keyword and settings is needed", "settings is for several at once")
    if options["keyword"]:
        return {options["keyword"]: options["value"]}
    several: Data = options["settings"]
    return several


def _texts(value: Any) -> tuple[str, ...]:
    """The values as OpenSSH writes them; YAML reads a bare ``yes`` as a truth value."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(("no", "yes")[each] if isinstance(each, bool) else str(each) for each in values)


def _set(gathered: Gathered, settings: Mapping[str, Any], options: Options, mode: SetMode = "set") -> Data:
    result = sshkeep.set(
        gathered.path,
        settings,
        mode=mode,
        block=options.get("in_block") or "",
        drop_in=options["drop_in"],
        drop_in_name=options["drop_in_name"] or "",
        edit_managed=options["edit_managed"],
        files=gathered.machine,
        kind=gathered.kind,
    )
    report = result.report()
    return {
        **_plan(gathered, result.tree, result.plan),
        "target": report.target,
        "settings": as_json(report.settings),
        "proven": report.proven,
        "notes": [*report.notes, *result.notes],
    }


def keepalive(gathered: Gathered, options: Options) -> Data:
    """The plan that lets idle sessions survive."""
    role: Role = "server" if gathered.kind == "sshd_config" else "client"
    query = Query() if role == "server" else Query(host=options["host"] or UNNAMED_HOST)
    reader = EndpointReader(query, {}, NO_POLICY, None, _with_user_config(gathered))
    end, _unused = reader.endpoint(EndpointSource(role, gathered.path, "auto"))
    path = chosen_path(options["network_path"] or "", options["path_timeout"], reader)
    endpoint = end.endpoint
    wanted = options["interval"] or recommended_spacing(path.timeout if path else None)
    spacing = probe_spacing(endpoint)
    good = spacing == wanted if options["interval"] else 0 < spacing <= wanted
    count = options["count"]
    if count is None and endpoint.count_max == 0 and endpoint.zero_ends_sessions:
        count = DEFAULT_COUNT
    settings = {
        INTERVAL_KEYWORD[role]: endpoint.interval if good else interval_for(wanted, endpoint),
        COUNT_KEYWORD[role]: endpoint.count_max if count is None else count,
    }
    now = {INTERVAL_KEYWORD[role]: endpoint.interval, COUNT_KEYWORD[role]: endpoint.count_max}
    changed = {name: str(value) for name, value in settings.items() if value != now[name]}
    after = endpoint._replace(
        interval=settings[INTERVAL_KEYWORD[role]], count_max=settings[COUNT_KEYWORD[role]]
    )
    plan = (
        _set(gathered, changed, options) if changed else {**NOTHING, "target": gathered.machine.target.name}
    )
    return {
        **plan,
        "values": settings,
        "spacing": probe_spacing(after),
        "disconnects_after": disconnects_after(after),
    }


def _with_user_config(gathered: Gathered) -> OtherMachine:
    """The machine, where ~/.ssh/config is empty if it is not there."""
    machine = gathered.machine
    missing = gathered.path == f"{machine.home}/.ssh/config" and gathered.path not in machine.unreadable
    return machine._replace(files={gathered.path: b"", **machine.files}) if missing else machine


def fix(gathered: Gathered, options: Options) -> Data:
    """The plan of `sshkeep fix`."""
    result = sshkeep.fix(
        gathered.path,
        files=_with_user_config(gathered),
        kind=gathered.kind,
        unsafe=options["unsafe"],
        edit_managed=options["edit_managed"],
        **_selection(options),
    )
    if result.errors:
        raise SshkeepError("; ".join(result.errors))
    report = as_json(result.report())
    for finding in (*report["fixed"], *report["findings"]):
        _without_base64(finding)
    kept = {key: report[key] for key in ("target", "proven", "notes")}
    told = {
        "fixed": [_without_secrets(finding) for finding in report["fixed"]],
        "left": [_without_secrets(finding) for finding in report["findings"]],
    }
    ((tree, plan),) = result.plans
    return {**_plan(gathered, tree, plan), **kept, **told}


def _plan(gathered: Gathered, tree: Tree, plan: Planned) -> Data:
    """What is to be written, and how the host's OpenSSH can be asked about it."""
    try:
        copies, top = copied_files(tree.tops, plan.config, COPY_FOLDER)
    except CannotValidate as reason:
        copies, top = {}, str(reason)
    refused = why_refused(plan.config)
    return {
        "refused": refused and refused_sentence(refused),
        "changes": [
            {
                "path": change.path,
                "before": _base64(gathered.machine.files.get(change.path)),
                "after": _base64(change.after),
            }
            for change in plan.changes
        ],
        "not_asked": why_unsafe_to_run(plan.config),
        "copies": {path: _base64(data) for path, data in copies.items()},
        "copied_top": top,
        "top": tree.tops[0].path,
    }


def _base64(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode()


NOTHING: Data = {"refused": "", "changes": [], "proven": [], "notes": [], "settings": []}
"""A plan that changes nothing."""


def idle(gathered: Gathered, options: Options) -> Data:
    """The report of `sshkeep idle` for a client and the host; ``client_settings`` are of another machine."""
    server = EndpointReader(Query(), {}, NO_POLICY, None, gathered.machine)
    query = Query(host=options["host"] or "")
    if options["client_settings"]:
        lines = [f"{name} {' '.join(_texts(value))}" for name, value in options["client_settings"].items()]
        file, files = "ssh_config", {"ssh_config": "\n".join(["Host *", *lines, ""])}
        reader = EndpointReader(query, {}, NO_POLICY, None, files)
    else:
        file = options["client"] or local_config("client")
        reader = EndpointReader(query, {}, NO_POLICY, None)
    server_end, _unused = server.endpoint(EndpointSource("server", gathered.path, "auto"))
    client_end, config = reader.endpoint(EndpointSource("client", file, options["client_target"]))
    path = chosen_path(options["network_path"] or "", options["path_timeout"], reader)
    session = predict_session(
        server_end,
        client_end,
        reader.jump(client_end, config),
        [path] if path else common_paths(),
        path_given=path is not None,
    )
    findings = tuple(session_findings(session, all_rules().values()))
    return {**as_json(IdleResult(session, findings).report()), "lost": bool(session.lost)}


COPY_FOLDER = "/sshkeep-copy"
"""Stands for the folder on the host in which a copy of the tree is judged; `write_config` knows it."""
NAMES_ONLY = ("SetEnv",)
"""Keywords whose values may be secrets."""
MODES: dict[str, SetMode] = {"present": "set", "absent": "unset", "added": "add", "removed": "remove"}
OPERATIONS: dict[str, Callable[[Gathered, Options], Data]] = {
    "lint": lint,
    "audit": audit,
    "effective": effective,
    "setting": setting,
    "keepalive": keepalive,
    "fix": fix,
}


def _import_all() -> None:
    """Evaluate a small tree, so that all that the library imports late is there before Ansible forks.

    Otherwise each worker imports it again: 13 ms of CPU for lint, 36 for fix, where the work takes 1 to 4.
    """
    path = "/etc/ssh/sshd_config"
    tree = Gathered(OtherMachine({path: b"ClientAliveInterval 0\n"}), "sshd_config", path, {})
    lint(tree, {"fail_on": "never"})
    fix(tree, {"unsafe": False, "edit_managed": False})


if not MISSING:
    _import_all()
