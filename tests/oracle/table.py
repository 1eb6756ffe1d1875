"""All small configs: how lines are read, and what values mean."""

from sshkeep.openssh.kind import Kind
from tests.oracle import cases, value_cases
from tests.oracle.cases import Case

TABLE: dict[Kind, tuple[Case, ...]] = {
    "sshd_config": cases.SSHD + value_cases.SSHD,
    "ssh_config": cases.SSH + value_cases.SSH,
}
