"""whoever gets hold of your known_hosts learns which servers you use.

Each line of ~/.ssh/known_hosts starts with a server's name and address. Somebody who gets your home
directory (a backup, a stolen laptop, a worm) has a list of where to go next. With `HashKnownHosts yes`
ssh writes a hash in their place. It is off by default; Debian's and Ubuntu's stock file has it on.

The fix writes yes. It is safe: all known hosts go on being known. Old lines stay as they are until
`ssh-keygen -H`, and completion of host names in the shell finds new ones no more.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.weak import Weak, weak
from sshkeep.openssh.values.arguments import Value


def judge(value: Value, config: Config, options: Options) -> Weak | None:
    if value != "no":
        return None
    return Weak(
        "whoever gets hold of your known_hosts learns which servers you use", "names stand there in the clear"
    )


RULE = Rule(
    summary="HashKnownHosts is off",
    applies_to=("ssh_config",),
    severity="info",
    check=weak("HashKnownHosts", judge, "yes", safety="safe", in_blocks=False),
    references=("Mozilla OpenSSH guidelines, client, Modern", "ssh_config(5), HashKnownHosts"),
    examples=(
        Example("Host *\n  HashKnownHosts no\n", "Host *\n  HashKnownHosts yes\n"),
        Example("Host *\n  HashKnownHosts yes\n"),
        Example("Host web\n  User a\n", "Host web\n  User a\n\nHost *\n  HashKnownHosts yes\n"),
    ),
)
