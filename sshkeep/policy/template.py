"""The policy that `sshkeep policy init` writes: all that it may say, as comments."""

from __future__ import annotations

from sshkeep.policy.edit import PolicyEdits
from sshkeep.policy.load import check_policy_text
from sshkeep.system.files import create_file

TEMPLATE = """\
# What sshkeep asks of the configs in this folder and below.
# `sshkeep policy check` reads this file; docs/policy.md explains it.

# Profiles (`sshkeep profiles` lists them) or files to build on; later ones win, this file over all.
{extend}

# What the configs are read for; several are a fleet: all their findings are reported.
{target}

# Rules or groups to add to the groups keepalive and correctness, and to leave out.
{extend_select}
{ignore}

# The network path of the sessions; intervals must suit it. `sshkeep idle --list-paths` lists them.
# path: office
# paths:
#   - name: office
#     timeout: 15m
#     on_expiry: silent

# What a search of folders leaves out, beside .git, .venv and the like.
# extend_exclude: [fixtures, "old/**"]

# Whether `# sshkeep: ignore[rule-id] reason` must give a reason.
# suppressions:
#   reason: required

# A rule's severity and options; `sshkeep rule ID` shows its options.
# rules:
#   client-alive-interval:
#     severity: error
#     seconds: 30

# Your own rules: must_be, one_of, between, forbid, contains, required.
# where: global, block, host or everywhere.
# own:
#   - id: probes-often
#     keyword: ClientAliveInterval
#     between: [15, 300]
#     because: the load balancer forgets idle connections after 350 s
#     fix: 60
#     safe: true

# What is different for some files, as seen from this folder.
# overrides:
#   - files: "roles/bastion/**"
#     target: debian-13
#     ignore: [keep-alive]
"""

_EXAMPLES = PolicyEdits(
    ("debian-12", "rhel-9"),
    ("mozilla", "../common.yaml"),
    ("security",),
    ("keep-alive",),
)


def create_policy(path: str, wanted: PolicyEdits) -> None:
    """Create the file ``path`` with these values. Never over another file.

    Raises SshkeepError for wrong values, and where it can't be written.
    """
    text = TEMPLATE.format(**{key: _line(key, wanted) for key in PolicyEdits._fields})
    check_policy_text(path, text.encode())
    create_file(path, text.encode())


def _line(key: str, wanted: PolicyEdits) -> str:
    names = getattr(wanted, key)
    shown = names or getattr(_EXAMPLES, key)
    # In double quotes JSON's and YAML's texts are the same.
    from json import dumps

    values = ", ".join(
        name if name.replace("-", "").replace(".", "").isalnum() else dumps(name) for name in shown
    )
    return f"{'' if names else '# '}{key}: [{values}]"
