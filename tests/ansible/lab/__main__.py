"""Boots the fleet, and runs a command beside it, with Ansible and its inventory set up: a shell, unless one is named.

    python -m tests.ansible.lab [COMMAND...]
    python -m tests.ansible.lab ansible-playbook sshkeep.openssh.audit

The fleet goes down when the command ends.
"""

import sys
import time
from pathlib import Path

from tests.ansible.lab.fleet import fleet


def main(words: list[str]) -> int:
    began = time.monotonic()
    with fleet() as machines:
        names = " ".join(machines.hosts)
        print(f"up after {time.monotonic() - began:.1f} s: {names}", file=sys.stderr, flush=True)
        return machines.controller.run(*(words or ["sh"]), folder=Path.cwd())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
