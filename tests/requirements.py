"""What some tests need of the machine, and what becomes of them where it is missing.

On a user's machine such a test is skipped with the reason. In CI the variable SSHKEEP_REQUIRE names
what must be there (openssh,root,...), and a skip for it is a failure.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from tests.lab.run import ENCLOSED
from tests.oracle.releases import SUITES, fetched
from tests.pyz.pythons import SUITES as PYTHONS
from tests.pyz.pythons import python
from tests.trial import container, image


def _have_openssh() -> bool:
    return bool(shutil.which("ssh") and os.path.exists("/usr/sbin/sshd") and shutil.which("ssh-keygen"))


def _am_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    return _am_root() and bool(unshare) and subprocess.run(["unshare", "-m", "true"]).returncode == 0


NETWORK = (
    "ip link add name one type veth peer name two",
    "nft add table ip lab",
    "nft 'add chain ip lab leaving { type nat hook postrouting priority 100; }'",
    "nft add rule ip lab leaving masquerade",
    "nft 'add chain ip lab input { type filter hook input priority 0; }'",
    "nft add rule ip lab input ct state invalid reject with tcp reset",
    "test -w /proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established",
)
"""What tests.lab does, each in a few words."""


def _may_make_networks() -> bool:
    if not (_may_mount() and shutil.which("ip") and shutil.which("nft")):
        return False
    command = [*ENCLOSED, "sh", "-c", " && ".join(NETWORK)]
    return subprocess.run(command, capture_output=True).returncode == 0


def _have_git() -> bool:
    return shutil.which("git") is not None


def _keeps_acls() -> bool:
    commands = (["setfacl", "-m", "u:0:r"], ["setfattr", "-n", "user.x", "-v", "x"])
    with tempfile.NamedTemporaryFile() as file:
        return all(
            shutil.which(command[0])
            and subprocess.run([*command, file.name], capture_output=True).returncode == 0
            for command in commands
        )


def _may_trace() -> bool:
    strace = shutil.which("strace")
    return bool(strace) and subprocess.run(["strace", "-o", os.devnull, "true"]).returncode == 0


def _have_releases() -> bool:
    return all(map(fetched, SUITES))


def _may_boot() -> bool:
    programs = ("systemd-nspawn", "unshare", "nsenter")
    return all(map(shutil.which, programs)) and _may_mount() and image.fetched() and container.works()


def _may_use_pypi() -> bool:
    return not os.environ.get("SSHKEEP_OFFLINE")


def _may_fuzz() -> bool:
    return find_spec("atheris") is not None


def _have_pythons() -> bool:
    return all(map(python, PYTHONS))


def _have_shells() -> bool:
    library = os.path.exists("/usr/share/bash-completion/bash_completion")
    return library and all(map(shutil.which, ("bash", "zsh", "fish")))


def _may_judge_sarif() -> bool:
    return shutil.which("Sarif.Multitool") is not None


def _have_ansible() -> bool:
    # The folder ansible/ of the checkout is a package without a file of that name.
    return find_spec("ansible.release") is not None


def _have_mandoc() -> bool:
    return shutil.which("mandoc") is not None


def _have_neovim() -> bool:
    return shutil.which("nvim") is not None


def _have_emacs() -> bool:
    find = ["--batch", "--eval", "(progn (package-initialize) (require 'eglot))"]
    return (
        bool(shutil.which("emacs")) and subprocess.run(["emacs", *find], capture_output=True).returncode == 0
    )


def _may_browse() -> bool:
    find = "require.resolve('axe-core'); require.resolve('playwright-core')"
    programs = os.path.exists("/usr/bin/chromium") and shutil.which("node")
    return bool(programs) and subprocess.run(["node", "-e", find], capture_output=True).returncode == 0


CHECKS: dict[str, tuple[Callable[[], bool], str]] = {
    "openssh": (_have_openssh, "needs ssh and sshd"),
    "root": (_am_root, "needs root"),
    "mounts": (_may_mount, "needs a private mount namespace"),
    "netns": (
        _may_make_networks,
        "needs root, iproute2, nftables, and leave to make network namespaces with a NAT (conntrack)",
    ),
    "strace": (_may_trace, "needs strace"),
    "acl": (_keeps_acls, "needs setfacl, setfattr, and a file system that keeps both"),
    "git": (_have_git, "needs git"),
    "releases": (_have_releases, "needs other OpenSSH releases: python -m tests.oracle.releases fetch"),
    "systemd": (
        _may_boot,
        "needs root, systemd-nspawn, leave to boot a machine in a cgroup of its own, and its files:"
        " python -m tests.trial.image fetch",
    ),
    "fuzz": (_may_fuzz, "needs atheris, which has wheels for Linux"),
    "sarif": (
        _may_judge_sarif,
        "needs Sarif.Multitool of npm's @microsoft/sarif-multitool-linux on the PATH",
    ),
    "ansible": (_have_ansible, "needs ansible-core: pip install -e '.[ansible]'"),
    "molecule": (lambda: find_spec("molecule") is not None, "needs molecule of PyPI, in this environment"),
    "puppet": (lambda: shutil.which("puppet") is not None, "needs puppet"),
    "ruby": (lambda: shutil.which("ruby") is not None, "needs ruby, which reads a Chef recipe"),
    "salt": (lambda: shutil.which("salt-call") is not None, "needs salt-call of PyPI's salt"),
    "busybox": (lambda: shutil.which("busybox") is not None, "needs busybox, as busybox-static of Debian"),
    "cloud-init": (lambda: shutil.which("cloud-init") is not None, "needs cloud-init"),
    "mandoc": (_have_mandoc, "needs mandoc"),
    "nvim": (_have_neovim, "needs Neovim"),
    "emacs": (_have_emacs, "needs Emacs with eglot: 29, or Debian's elpa-eglot"),
    "chromium": (
        _may_browse,
        "needs /usr/bin/chromium, node, and npm's axe-core and playwright-core on the NODE_PATH",
    ),
    "pythons": (_have_pythons, "needs Python 3.9 and 3.13: python -m tests.pyz.pythons fetch"),
    "shells": (_have_shells, "needs bash with bash-completion, zsh and fish"),
    "pypi": (_may_use_pypi, "SSHKEEP_OFFLINE is set"),
}


def need(*names: str) -> None:
    """Skip the test that calls this, or fail it where SSHKEEP_REQUIRE names what is missing."""
    required = os.environ.get("SSHKEEP_REQUIRE", "").split(",")
    for name in names:
        there, reason = CHECKS[name]
        if not there():
            if name in required:
                pytest.fail(f"SSHKEEP_REQUIRE names {name}, but this machine has it not: {reason}")
            pytest.skip(reason)
