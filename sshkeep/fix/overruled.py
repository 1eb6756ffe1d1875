"""Settings that stand where they should and are not in effect, since another option has the last word."""

from __future__ import annotations

from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.errors import SshkeepError
from sshkeep.openssh.releases import ONE_KEYBOARD_INTERACTIVE

_FORWARDS = ("localforward", "remoteforward", "dynamicforward", "tunnel")


def overruled(intent: SetGlobal | SetInBlock, found: Evaluated, config: Config) -> list[str]:
    """What of the intent counts for less than it seems; ``found`` is in effect after the change.

    Raises SshkeepError where it does not count at all.
    """
    option = config.known[intent.keyword.lower()].option
    cleared = option in _FORWARDS and not (option == "tunnel" and "no" in map(str.lower, intent.values))
    if cleared and found.lines.get("clearallforwardings") == ("yes",):
        raise _without_effect(intent, "ClearAllForwardings yes takes all forwardings away")
    # sshd.c main up to 8.6: see `sshkeep.config.effective.sshd_startup.derive_keyboard_interactive`.
    two = config.kind == "sshd_config" and config.target.release < ONE_KEYBOARD_INTERACTIVE
    wants_no = option == "kbdinteractiveauthentication" and "no" in map(str.lower, intent.values)
    if two and wants_no and found.lines.get(option) == ("yes",):
        raise _without_effect(intent, "ChallengeResponseAuthentication yes, the default, switches it on")
    return _with_own_ports(found) if option == "port" else []


def _without_effect(intent: SetGlobal | SetInBlock, why: str) -> SshkeepError:
    said = " ".join((intent.keyword, *intent.values))
    return SshkeepError(f"{said} would not take effect: {why}", f"set {why.split(' ')[0]} no first")


def _with_own_ports(found: Evaluated) -> list[str]:
    """servconf.c process_queued_listen_addrs: a Port is for addresses that name none of their own."""
    addresses = found.settings.get("listenaddress")
    own = [member.text for member in addresses.members if " " in member.text] if addresses else []
    return [f"ListenAddress {text.replace(' ', ':')} has its own port and is not moved" for text in own]
