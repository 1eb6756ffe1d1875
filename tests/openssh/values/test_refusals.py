"""Why a target refuses the arguments of a line, and whether the program exits there."""

from __future__ import annotations

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.values.arguments import BadValue, Reason
from tests.openssh.values.reading import value_of

# line, release, sentence, whether the program exits at the line (None: as it commonly does)
Refusal = tuple[str, str, str, bool | None]

MISSING: dict[Kind, tuple[Refusal, ...]] = {
    "sshd_config": (
        ("UseDNS", "9.9", "no argument after UseDNS", None),
        ('Port ""', "8.6", "no argument after Port", None),
        ('RevokedKeys ""', "8.6", "no argument after RevokedKeys", None),
        ('PermitOpen ""', "8.6", "no argument after PermitOpen", True),
        ('Banner ""', "9.9", "no argument after Banner", None),
        ("LogVerbose # x", "9.7", "no argument after LogVerbose", None),
        ("AllowGroups # x", "9.7", "no argument after AllowGroups", None),
        ("SetEnv # x", "9.7", "no argument after SetEnv", True),
    ),
    "ssh_config": (
        ("PermitRemoteOpen # x", "8.6", "no argument after PermitRemoteOpen", True),
        ("PermitRemoteOpen # x", "8.7", "no argument after PermitRemoteOpen", True),
        ("SendEnv # x", "9.7", "no argument after SendEnv", True),
        ("RevokedHostKeys # x", "10.2", "no argument after RevokedHostKeys", None),
        ("RevokedHostKeys # x", "10.3", "no argument after RevokedHostKeys", True),
    ),
}
TOO_MANY: dict[Kind, tuple[Refusal, ...]] = {
    "sshd_config": (
        ("UseDNS yes no", "9.9", "more than one argument after UseDNS", None),
        ('UseDNS yes ""', "8.7", "more than one argument after UseDNS", None),
        ("RekeyLimit 1G 1h x", "9.9", "more than two arguments after RekeyLimit", None),
        ('AllowGroups a "" b', "8.6", "more than a list after AllowGroups", None),
        ('AllowGroups "" b', "8.6", "more than a list after AllowGroups", None),
        ("RevokedKeys /a /b", "10.2", "more than one argument", None),
        ("PermitOpen any a:22", "9.2", "any must stand alone", None),
        ('PermitOpen a:22 "" b:22', "9.2", "more arguments after PermitOpen", None),
    ),
    "ssh_config": (
        ("LocalForward 1 a:1 b", "9.9", "more than two arguments after LocalForward", None),
        ("DynamicForward 1080 a", "9.9", "more than one argument after DynamicForward", None),
        ("DynamicForward 1080 a", "8.6", "more than one argument after DynamicForward", None),
        ('DynamicForward 1080 ""', "8.7", "more than one argument after DynamicForward", None),
        ("RevokedHostKeys /a /b", "10.2", "more than one argument", None),
    ),
}
VALUES: dict[Kind, tuple[Refusal, ...]] = {
    "sshd_config": (
        ("ClientAliveInterval x", "9.9", "'x' is not a time", None),
        ("UnusedConnectionTimeout x", "9.9", "'x' is not a time", None),
        ("MaxAuthTries x", "9.9", "'x' is not a number from 0 to 2147483647", None),
        ("StreamLocalBindMask 9", "9.9", "'9' is not a mask from 0 to 0777", None),
        ("Port 0", "9.9", "'0' is not a port", None),
        ("UseDNS maybe", "9.9", "'maybe' is neither yes nor no", None),
        ("AddressFamily ipv4", "9.9", "'ipv4' is none of any, inet, inet6", None),
        ("PermitTunnel YES", "9.9", "'YES' is none of yes, no, point-to-point, ethernet", None),
        ("ListenAddress a rdomain b", "9.9", "a routing domain is not supported on this system", None),
        ("ListenAddress a rdomain", "9.9", "a routing domain is not supported on this system", None),
        ("ListenAddress 10.0.0.1/8", "9.9", "'10.0.0.1/8' is not an address", None),
        ("ListenAddress 10.0.0.1:x", "9.9", "'x' is not a port", None),
        ('AllowGroups a ""', "9.9", "an argument is empty", None),
        ('AuthorizedKeysFile a ""', "9.2", "an argument is empty", False),
        ('AuthorizedKeysFile a ""', "10.3", "an argument is empty", False),
        ("AcceptEnv A=B", "9.9", "'A=B' is not a name", None),
        ("SetEnv A", "9.9", "'A' is not NAME=VALUE", None),
        ("AllowUsers a@10.0.0.1/8", "9.9", "'a@10.0.0.1/8' holds a bad address", None),
        ("AllowUsers a@b@10.0.0.1/8", "9.9", "'a@b@10.0.0.1/8' holds a bad address", None),
        ("AuthorizedKeysFile none /a", "10.3", "none must stand alone", False),
        ("AuthorizedKeysCommand keys", "9.9", "'keys' is not an absolute path", None),
        ("VersionAddendum a\rb", "9.9", "it contains a carriage return", None),
        ("PerSourcePenaltyExemptList 10.0.0.1/8", "9.9", "'10.0.0.1/8' is not a list of addresses", None),
        ("RDomain a", "8.3", "routing domains are not supported on this system", None),
        ("AgentSocketPath a", "10.6", "'a' is neither user:PATH nor shared:/PATH", None),
        ("AuthenticationMethods any password", "9.9", '"any" must appear alone in AuthenticationMethods', None),
        ("AuthenticationMethods magic", "9.9", "'magic' is not a list of authentication methods", None),
        ("Subsystem sftp", "9.9", "a subsystem needs a name and a command", None),
        ("PermitOpen a:22 any", "9.2", "any must stand alone", None),
        ("PermitOpen a", "9.9", "'a' has no port", True),
        ("PermitOpen /a", "9.9", "'/a' has no host", True),
        ("PermitOpen a:x", "9.9", "'a:x' has no port", True),
        ("MaxStartups 5:10", "9.9", "'5:10' is not begin:rate:max", None),
        ("PerSourceNetBlockSize 33", "9.9", "'33' is not v4 or v4:v6, up to 32 and 128", None),
        ("PerSourceMaxStartups x", "9.9", "'x' is neither a number nor none", None),
        ("PerSourcePenalties no crash:1", "9.9", "no must stand alone", None),
        ("PerSourcePenalties yes no", "9.9", "yes must stand alone", None),
        ("PerSourcePenalties crash:x", "9.9", "'x' is not a time", None),
        ("PerSourcePenalties max-sources4:x", "9.9", "'x' is not a number", None),
        ("PerSourcePenalties magic", "9.9", "'magic' is not a penalty", None),
        ("PerSourcePenalties crash:", "9.9", "'' is not a time", None),
        ("PerSourcePenalties overflow:magic", "9.9", "'overflow:magic' is not a penalty", None),
        ("PerSourcePenalties magic:deny-all", "9.9", "'magic:deny-all' is not a penalty", None),
        ("RekeyLimit x", "9.9", "'x' is not a size", None),
        ("RekeyLimit 15", "9.9", "'15' is below 16 bytes", None),
        ("RekeyLimit 1G x", "9.9", "'x' is not a time", None),
        ("ChannelTimeout none session=1m", "9.2", "none must stand alone", False),
        ("ChannelTimeout session=1m none", "9.7", "none must stand alone", False),
        ("ChannelTimeout session", "9.2", "'session' is not type=time", True),
        ("ChannelTimeout a=1m =1m", "9.2", "'=1m' is not type=time", True),
        ("ChannelTimeout session=x", "9.2", "'x' is not a time", True),
        ("ChannelTimeout a=b=1m", "9.2", "'b=1m' is not a time", True),
        ("ChannelTimeout session=1m none x", "9.2", "none must stand alone", False),
        ("PubkeyAuthOptions touch", "9.2", "'touch' is none of touch-required, verify-required", False),
        ("PubkeyAuthOptions touch", "8.6", "'touch' is none of touch-required, verify-required", True),
        ("PubkeyAuthOptions touch", "8.3", "'touch' is none of touch-required", True),
        ("PubkeyAuthOptions max-pk-ok:256", "10.6", "'256' is not a number from 0 to 255", False),
        ("PubkeyAuthOptions max-pk-ok", "10.6", "'max-pk-ok' is none of touch-required, verify-required", False),
    ),
    "ssh_config": (
        ("BatchMode maybe", "9.9", "'maybe' is neither yes nor no", None),
        ("RequestTTY ask", "9.9", "'ask' is none of yes, no, force, auto", None),
        ("LocalForward 1", "9.9", "the target of the forwarding is missing", None),
        ('LocalForward 1 ""', "8.6", "the target of the forwarding is missing", None),
        ("LocalForward x a:1", "9.9", "'x a:1' is not a forwarding", None),
        ("RemoteForward x a:1", "9.9", "'x a:1' is not a forwarding", None),
        ("GlobalKnownHostsFile none /a", "9.9", "none must stand alone", False),
        ("GlobalKnownHostsFile /a NONE", "9.9", "none must stand alone", False),
        ("PermitRemoteOpen any a:22", "9.9", "any must stand alone", False),
        ("PermitRemoteOpen any a:22", "9.2", "any must stand alone", False),
        ("PermitRemoteOpen a:22 any", "9.2", "any must stand alone", False),
        ("PermitRemoteOpen a", "9.2", "'a' has no port", True),
        ("Port 0", "9.2", "'0' is not a port", None),
        ("TunnelDevice x", "9.9", "'x' is not a tunnel device", None),
        ("ProxyJump a:0", "9.9", "'a:0' is not a list of hosts to jump over", None),
        ("IPQoS af99", "9.9", "'af99' is not a class of traffic", None),
        ("CanonicalDomains none a", "9.9", "none must stand alone", None),
        ("CanonicalDomains a..b", "9.9", "'a..b' is not a domain name", None),
        ("CanonicalizePermittedCNAMEs none a:b", "9.9", "none must stand alone", None),
        ("CanonicalizePermittedCNAMEs a", "9.9", "'a' is not source:target", None),
        ("IdentityAgent ${a", "9.9", "'${a' holds a variable that is not closed", None),
        ("IdentityAgent $a-b", "9.9", "'$a-b' is not the name of a variable", None),
        ("Ciphers nosuch", "9.9", "openssh-9.9 does not know 'nosuch'", None),
        ("ObscureKeystrokeTiming yes no", "9.9", "more than one argument", None),
        ("ObscureKeystrokeTiming maybe", "9.9", "'maybe' is neither yes, no nor interval:1 to interval:1000", None),
        ("AddKeysToAgent 5m", "8.3", "'5m' is none of yes, no, true, false, ask, confirm", None),
        ("AddKeysToAgent ask 5m", "9.9", "'ask 5m' is not an option or a time", None),
        ("AddKeysToAgent maybe 5m", "9.9", "'maybe 5m' is not an option or a time", None),
        ("AddKeysToAgent maybe", "9.9", "'maybe' is not a time", None),
        ("AddKeysToAgent confirm x", "9.9", "'x' is not a time", None),
        ("ControlPersist maybe", "9.9", "'maybe' is neither yes, no nor a time", None),
        ("ControlPersist 2147483648", "8.4", "'2147483648' is neither yes, no nor a time", None),
        ("EscapeChar ab", "9.9", "'ab' is not an escape character", None),
        ("EscapeChar ^?", "9.9", "'^?' is not an escape character", None),
        ("EscapeChar ^€", "9.9", "'^€' is not an escape character", None),
    ),
}  # fmt: skip
BY_REASON: dict[Reason, dict[Kind, tuple[Refusal, ...]]] = {
    "missing argument": MISSING,
    "extra argument": TOO_MANY,
    "value": VALUES,
}
ROWS = [
    pytest.param(kind, reason, refusal, id=f"{kind} {refusal[1]} {refusal[0]!r}")
    for reason, kinds in BY_REASON.items()
    for kind, refusals in kinds.items()
    for refusal in refusals
]


@pytest.mark.parametrize(("kind", "reason", "refusal"), ROWS)
def test_it_is_refused_with_a_reason(kind: Kind, reason: Reason, refusal: Refusal) -> None:
    line, release, sentence, stops = refusal
    with pytest.raises(BadValue) as error:
        value_of(kind, line, f"openssh-{release}")
    assert (str(error.value), error.value.reason, error.value.stops) == (sentence, reason, stops)


def test_an_open_quote_of_an_older_sshd() -> None:
    """Up to 8.6 the words end there; a RekeyLimit of one word is refused for it."""
    with pytest.raises(BadValue, match=r"^a quote is not closed$"):
        value_of("sshd_config", "RekeyLimit 1G", "openssh-8.6", open_quote=True)
