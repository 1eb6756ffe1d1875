"""Nobody is slowed down for guessing: PerSourcePenalties is off.

From 9.8 on sshd refuses an address for a while that fails to log in, crashes sshd or connects
without logging in, again and again. It is on by default. `PerSourcePenalties no` gives every address
as many tries as it likes; behind a proxy or NAT where all come from one address,
PerSourcePenaltyExemptList spares that one.

The fix writes yes. It is unsafe: addresses that misbehave today are refused then.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.weak import Weak, weak
from sshkeep.openssh.values.arguments import Value


def judge(value: Value, config: Config, options: Options) -> Weak | None:
    if not isinstance(value, dict) or value.get("enabled") != "no":
        return None
    return Weak(
        "sshd turns no address away that guesses passwords",
        "nobody is refused for failing",
        ("PerSourcePenaltyExemptList spares single addresses, such as a proxy's",),
    )


RULE = Rule(
    summary="PerSourcePenalties is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak("PerSourcePenalties", judge, "yes"),
    references=("sshd_config(5), PerSourcePenalties", "servconf.c of 9.8, sPerSourcePenalties"),
    examples=(
        Example("PerSourcePenalties no\n", "PerSourcePenalties yes\n", unsafe=True),
        Example("PerSourcePenalties yes\n"),
        Example("PerSourcePenalties crash:90s\n"),
        Example("Port 22\n"),
    ),
)
