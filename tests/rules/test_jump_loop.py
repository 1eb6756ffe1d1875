"""A jump host that jumps over itself, and what ssh says of it before and after the fix."""

from pathlib import Path

from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.registry import chosen_rules
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from tests.oracle.installed import openssh
from tests.requirements import need

LOOP = "Host gate\n  HostName 192.0.2.99\nHost *\n  ProxyJump gate\n"


def test_ssh_connects_to_the_jump_host_directly_after_the_fix(tmp_path: Path) -> None:
    need("openssh")
    path = tmp_path / "ssh_config"
    path.write_text(LOOP)
    path.chmod(0o600)
    assert openssh("ssh_config", path, "gate").values["proxyjump"] == ["gate"]
    tree = tree_for(str(path), TreeOptions("ssh_config", installed_target(), "/"))
    plan = plan_fixes(tree, chosen_rules(["jump-loop"], [], []), {}, unsafe=True)
    path.write_bytes(plan.after[str(path)])
    assert "proxyjump" not in openssh("ssh_config", path, "gate").values
    assert openssh("ssh_config", path, "web").values["proxyjump"] == ["gate"]
