"""The pictures of examples/idle, as sshkeep draws them today."""

import subprocess
import sys
from functools import cache
from pathlib import Path as File
from tempfile import TemporaryDirectory

import sshkeep
from sshkeep.idle.forecast import forecast
from sshkeep.idle.path import Path
from sshkeep.idle.side import Side
from sshkeep.idle.timeline import timeline
from sshkeep.openssh.releases import Release
from sshkeep.output.svg import timeline_svg

EXAMPLE = File(__file__).parent.parent / "examples" / "idle"
AWS = Path("aws-nat-gateway", 350, "rst", True, "AWS NAT gateway")
DEBIAN_12 = Release(9, 2)


@cache
def pictures() -> dict[File, str]:
    """An idle session of two Debian 12 hosts: with the example's sshd_config, and once that is fixed."""
    config = EXAMPLE / "sshd_config"
    with TemporaryDirectory() as folder:
        fixed = File(folder) / "sshd_config"
        fixed.write_text(_fixed(config.read_text("utf-8")), "utf-8")
        return {EXAMPLE / "before.svg": _picture(config), EXAMPLE / "after.svg": _picture(fixed)}


def _fixed(text: str) -> str:
    command = [sys.executable, "-m", "sshkeep", "fix", "--target", "debian-12"]
    done = subprocess.run(
        [*command, "--stdin-filename", "sshd_config", "-"],
        input=text,
        stdout=subprocess.PIPE,
        cwd=EXAMPLE.parent.parent,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout != text, "there is something to mend"
    return done.stdout


def _picture(config: File) -> str:
    settings = sshkeep.load(str(config), kind="sshd_config", target="debian-12").effective()
    server = Side(
        "server", DEBIAN_12, settings.client_alive_interval or 0, settings.client_alive_count_max or 0
    )
    found = forecast(server, Side("client", DEBIAN_12), [AWS])
    return timeline_svg(timeline(found, found.outcomes[0]))
