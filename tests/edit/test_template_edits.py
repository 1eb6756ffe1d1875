"""Where ``set`` may write in a template: only where the edit holds in everything that is made from it."""

from __future__ import annotations

import pytest

from sshkeep.edit.edits import Edit
from sshkeep.edit.template_edits import HINT, check_template_edits
from sshkeep.errors import SshkeepError
from sshkeep.testing import tree_of

BRANCH = "/etc/ssh/sshd_config:2 is in a branch, or in a block that may be"
NEW_LINE = "/etc/ssh/sshd_config:{}: the new line would be in a branch"
# lines, option, the line of a new setting from 1: why it is refused
ROWS: tuple[tuple[str, str, int, str], ...] = (
    ("Port 22; UseDNS {{ dns }}", "port", 3, ""),
    ("Port 22; UseDNS {{ dns }}", "usedns", 3, "/etc/ssh/sshd_config:2 has an expression"),
    ("{% if x %}; UseDNS no; {% endif %}; Port 22", "usedns", 5, BRANCH),
    ("{% if x %}; UseDNS no; {% endif %}; Port 22", "port", 5, ""),
    ("{% if x %}; UseDNS no; {% endif %}; Port 22", "port", 1, ""),
    ("{% if x %}; UseDNS no; {% endif %}; Port 22", "port", 2, NEW_LINE.format(2)),
    ("{% if x %}; UseDNS no; {% endif %}; Port 22", "port", 3, NEW_LINE.format(3)),
    ("{% if x %}; UseDNS no; {% endif %}; Port 22", "port", 4, ""),
    ("{% if x %}; UseDNS no; {% endif %}", "port", 4, ""),
    ("{% if x %}; UseDNS no", "port", 3, NEW_LINE.format(3)),
    ("Port 22; {{ lines }}; UseDNS no", "port", 2, ""),
    ("Port 22; {{ lines }}; UseDNS no", "usedns", 2, "/etc/ssh/sshd_config:2 may become any lines, so what follows may have no effect"),
    ("Port 22; {{ lines }}; UseDNS no", "port", 4, "/etc/ssh/sshd_config:2 may become any lines, so what follows may have no effect"),
    ("Port 22; {% if x %}; Match User a; {% endif %}; UseDNS no", "usedns", 2, "/etc/ssh/sshd_config:5 is in a branch, or in a block that may be"),
    ("Port 22; UseDNS no", "usedns", 3, ""),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "option", "line", "refused"), ROWS)
def test_where_a_template_can_be_edited(lines: str, option: str, line: int, refused: str) -> None:
    text = lines.replace("; ", "\n") + "\n"
    config = tree_of({"sshd_config": text}, target="openssh-9.9", live=False).load()
    at = config.files[config.top].source.start(line - 1)
    edits = [Edit(config.top, at, at, b"X11Forwarding no\n")]
    if not refused:
        check_template_edits(option, config, edits)
        return
    with pytest.raises(SshkeepError) as error:
        check_template_edits(option, config, edits)
    assert (error.value.sentence, error.value.hint) == (refused, HINT)
