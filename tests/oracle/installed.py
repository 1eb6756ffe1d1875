"""The sshd and ssh installed here, asked as whoever runs the tests; needs neither root nor mounts."""

import atexit
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from sshkeep.api.query import connection_of
from sshkeep.config.local_machine import read_local_machine
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target
from sshkeep.trees.this_machine import installed_target, local_user
from tests.oracle.answers import Answer, Seen, openssh_answer, sshkeep_answers
from tests.oracle.chamber import SECONDS, Ended
from tests.oracle.programs import SSHD, command_for


@lru_cache(maxsize=1)
def host_key() -> str:
    """A host key made for these tests; sshd -T does not work without one."""
    folder = mkdtemp(prefix="sshkeep-key-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    os.makedirs("/run/sshd", exist_ok=True)
    return str(path)


def openssh(kind: Kind, path: Path, ask: str) -> Answer:
    """What the installed program says of ``path``, without its host keys, which are not the config's."""
    command = command_for(kind, path, ask)
    if command[0] == SSHD:
        command += ["-h", host_key()]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd="/")
    answer = openssh_answer(Ended(done.returncode, done.stdout, done.stderr), path, kind, _target())
    return _without_host_keys(answer)


def sshkeep(kind: Kind, path: Path, ask: str) -> Answer:
    """What sshkeep says of the same, for the installed OpenSSH and this machine's root."""
    seen = Seen(read_local_machine(), local_user(), lambda told: connection_of(told, live=True))
    return _without_host_keys(sshkeep_answers(kind, path, [ask], _target(), None, seen)[0])


def _target() -> Target:
    target = installed_target()
    assert target
    return target


def _without_host_keys(answer: Answer) -> Answer:
    kept = {key: values for key, values in answer.settings.items() if key.lower() != "hostkey"}
    return answer._replace(settings=kept)
