"""Values of the common types: some that every release takes, some it refuses, some that depend.

A value is its words with a blank between; ``·`` is a blank within a word. ``bad`` is refused by all releases
to which it applies; of ``odd`` values the harness itself does not know what becomes of them.
"""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from sshkeep.openssh.releases import NEWEST, OLDEST, Release

BLANK = "·"


class For(NamedTuple):
    """A value for some releases only."""

    text: str
    since: Release = OLDEST
    until: Release = NEWEST


Made = Callable[[Random], str]
Sample = str | For | Made


class Values(NamedTuple):
    """What can stand behind a keyword."""

    good: tuple[Sample, ...] = ()
    bad: tuple[Sample, ...] = ()
    odd: tuple[Sample, ...] = ()
    besides: str = ""
    """A line without which sshd does not start when the keyword is used outside blocks."""


def pick(rng: Random, samples: tuple[Sample, ...], release: Release) -> str | None:
    """One of the samples for ``release``, None where there is none."""
    fitting = [s for s in samples if not isinstance(s, For) or s.since <= release <= s.until]
    if not fitting:
        return None
    chosen = rng.choice(fitting)
    if isinstance(chosen, For):
        return chosen.text
    return chosen if isinstance(chosen, str) else chosen(rng)


def any_case(rng: Random, text: str) -> str:
    """The same letters, in one of the usual cases or none."""
    return rng.choice((text, text, text.lower(), text.upper(), text.capitalize(), text.swapcase()))


def one_of(*texts: str) -> Made:
    """One of the texts, in any case."""
    return lambda rng: any_case(rng, rng.choice(texts))


def _number(rng: Random) -> str:
    return str(rng.choice((0, 1, 2, 3, 10, rng.randrange(100), rng.randrange(100000))))


def _time(rng: Random) -> str:
    pieces = [f"{rng.randrange(1, 90)}{rng.choice('smhdwSMHDW')}" for _ in range(rng.randrange(1, 3))]
    if len({piece[-1].lower() for piece in pieces}) < len(pieces):
        pieces = pieces[:1]
    return rng.choice((_number(rng), "".join(pieces), "1h30m", "1m30"))


def names(listed: str) -> Values:
    """Algorithm lists of the names in ``listed``, with + - ^ in front."""
    known = listed.split()

    def some(rng: Random) -> str:
        return ",".join(rng.sample(known, rng.randrange(1, min(5, len(known)))))

    def changed(rng: Random) -> str:
        return rng.choice("+-^") + some(rng)

    def less(rng: Random) -> str:
        return "-" + rng.choice((rng.choice(known), f"{rng.choice(known)[:6]}*", "*,x", "nonsense"))

    def spoilt(rng: Random) -> str:
        return rng.choice(("", "+", "^")) + rng.choice(
            ("nonsense", f"{some(rng)},nonsense", f"nonsense,{some(rng)}")
        )

    odd: tuple[Sample, ...] = (
        lambda rng: some(rng) + ",",
        lambda rng: "," + some(rng),
        lambda rng: some(rng).upper(),
        lambda rng: ",".join([known[0]] * 2),
        "+", "-", "^", "*", "+*", "-*", "none", f"{known[0]} {known[-1]}", f"{known[0][:4]}*", f"+{known[0][:4]}*",
    )  # fmt: skip
    return Values((some, some, changed, less), (spoilt,), odd)


FLAG_SSHD = Values(
    (one_of("yes", "no"),), ("maybe", "1", "on", "yess", "30"), ("true", "false", '""', "yes no")
)
FLAG_SSH = Values(
    (one_of("yes", "no", "true", "false"),), ("maybe", "1", "on"), ('""', "yes no", "ask", "none")
)
TIME = Values(
    (_time,),
    ("5x", "-5", "1e3", "5ms", "x", "1.5m", "99999999999999999999999"),
    (
        "1m·5s", "+5", "0.5", "1.5s", ".5", "1.", "1s1s", "30s5", "1m30", "2147483647", "2147483648", "4294967296", "3550w",
        "3551w", "none", "NONE", '""', "5·", "1h1h", "1m1s1", "5 6", "00000000000000000000005",
    ),
)  # fmt: skip
INTEGER = Values(
    (_number, "010", "+3", "2147483647"),
    ("3x", "-1", "0x10", "2147483648", "x", "1.5", "99999999999999999999999"),
    ('""', "·3", "none", "3 4", "--3", "+", "00000000000000000000005"),
)
PORT = Values(
    (lambda rng: str(rng.randrange(1, 65536)), "22", "65535"),
    ("0", "65536", "-1", "nosuchservice", "22x"),
    ("+22", "022", '""', "22 23"),
)
PATH = Values(
    ("/etc/ssh/some.file", "/srv/a·b/c", "/x/%%/y", "none", lambda rng: f"/p/{rng.randrange(9)}"),
    (),
    ("relative/path", "~/x", "NONE", "/a /b", '""', "/a#b", "/a/${HOME}/b", "%u/%h", "/a\\b"),
)
WORDS = Values(
    ("a", "a b", "A*,?b c", lambda rng: " ".join(rng.sample(["one", "two", "three", "four"], 2))),
    (),
    ("none", "any", "!a", "a·b c", '""', 'a "" b', "a=b", "#a", "a #b"),
)
WORD = Values(
    ("a", "word", "a·b", lambda rng: f"w{rng.randrange(9)}"), (), ("none", '""', "a b", "%h", "a#b", "=a")
)
REST = Values(
    ("/bin/command with arguments", "none", "/bin/x '%u' \"a b\" c", lambda rng: f"/bin/c{rng.randrange(9)}"),
    (),
    ("/bin/x # y", "'none'", '"none"', "NONE", "a", '/bin/x "a', "= x", "%%h", '/bin/x \\"a\\"', "none x"),
)
IGNORED = Values(("yes", "no", "30", "a b c", "5x"), (), ('""', '"a', "a #b", "#a"))
PERMITTED = Values(
    ("any", "none", "host:80", "*:443 [::1]:22", "h.example:*", "10.0.0.1:1 10.0.0.1:2"),
    ("host:x", "host:65536", "host:0"),
    ("any host:80", "none any", "host", ":80", "host:", "/a/sock", "host:80 host:80", "ANY", "host:ssh", "80", "1.2.3.4/80", '""'),
)  # fmt: skip
IPQOS = Values(
    ("ef", "af21 cs1", "cs0", "none", "16", "AF11", "255", "lowdelay throughput", "reliability"),
    ("af99", "256", "-1", "ef af99", "x"),
    ("ef cs1 cs2", "le", "va", "0x20 0", "010", "1x", "ef ef", '""', "none none", "0xff", "cs8", "+1"),
)
REKEY = Values(
    (
        "default",
        "default none",
        "1G",
        "512M 1h",
        "16",
        "1k 30",
        "0 0",
        "2T none",
        "64B",
        "1P",
        "1E",
        "default 0",
    ),
    ("1Z", "1G 1x", "x", "8", "-1", "DEFAULT", "1G -5"),
    (
        "1g 1H",
        "1G none none",
        "none",
        "15",
        "1.5G",
        "9999999999G",
        "1GG",
        "17179869184G",
        "default NONE",
        "+16",
        '""',
    ),
)
SET_ENV = Values(
    ("A=1", "A=1 B=2", "LANG=a·b", "A=1 A=2", "A=x=y", "A= B=2"),
    ("A", "A=1 B"),
    ("=x", "A=1 =x", '""', "A='1'", "a*=1"),
)
CHANNEL_TIMEOUT = Values(
    ("none", "session=5m", "session:*=10 x11-connection=1h", "*=30", "*=0", "a=1 a=2"),
    ("session", "session=5x", "session=", "none session=5", "session=-1"),
    (
        "=5",
        "session=1.5",
        "session=+5",
        "session=none",
        "NONE",
        "session=5m none",
        "a=b=5",
        "session==5",
        '""',
        "a=1w2d",
    ),
)
BIND_MASK = Values(
    ("0177", "077", "0", "777"), ("x", "1000", "-1", "9"), ("0999", "077x", "+7", "0x7", '""', "07 07")
)
LOG_LEVEL = Values(
    (one_of("QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3", "SILENT"),),
    ("LOUD", "DEBUG4", "1"),
    ('""', "INFO INFO", "NOTICE"),
)
FACILITY = Values(
    (one_of("DAEMON", "USER", "AUTH", "AUTHPRIV", "LOCAL0", "LOCAL3", "LOCAL7"),),
    ("NEWS", "LOCAL8", "1"),
    ('""', "AUTH USER", "KERN"),
)
FINGERPRINT = Values(
    (one_of("md5", "sha256", "sha1", "sha512", "sha384"),), ("crc32", "sha-256", "1"), ('""', "sha256 md5")
)

CIPHERS = names("aes128-ctr aes256-ctr aes192-ctr aes128-gcm@openssh.com aes256-gcm@openssh.com chacha20-poly1305@openssh.com aes256-cbc 3des-cbc")  # fmt: skip
MACS = names("hmac-sha2-256 hmac-sha2-512 hmac-sha1 umac-64@openssh.com hmac-sha2-256-etm@openssh.com umac-128-etm@openssh.com hmac-md5")  # fmt: skip
KEX = names("curve25519-sha256 ecdh-sha2-nistp256 ecdh-sha2-nistp521 curve25519-sha256@libssh.org diffie-hellman-group14-sha256 diffie-hellman-group1-sha1")  # fmt: skip
KEYS = names("ssh-ed25519 ecdsa-sha2-nistp256 rsa-sha2-512 rsa-sha2-256 ssh-ed25519-cert-v01@openssh.com sk-ssh-ed25519@openssh.com ssh-rsa ecdsa-sha2-nistp521")  # fmt: skip
SIGNATURES = names(
    "ssh-ed25519 ecdsa-sha2-nistp256 rsa-sha2-512 rsa-sha2-256 sk-ssh-ed25519@openssh.com ssh-rsa"
)
GSS_KEX = Values(
    (
        "gss-group14-sha256-",
        "gss-nistp256-sha256-,gss-group14-sha1-",
        "gss-curve25519-sha256-,gss-group16-sha512-",
    ),
    (),
    ("+gss-group14-sha1-", "nonsense", "gss-group14-sha1-,", "gss-*", '""', "-gss-group14-sha1-"),
)

BY_TYPE = {
    "flag": (FLAG_SSHD, FLAG_SSHD),
    "ssh flag": (FLAG_SSH, FLAG_SSH),
    "keep alive": (FLAG_SSHD, FLAG_SSHD),
    "ssh keep alive": (FLAG_SSH, FLAG_SSH),
    "time": (TIME, TIME),
    "time or none": (TIME, TIME),
    "integer": (INTEGER, INTEGER),
    "port": (PORT, PORT),
    "rest": (REST, REST),
    "ignored": (IGNORED, IGNORED),
    "words": (WORDS, WORDS),
}
"""For sshd_config and ssh_config, where the tables by name have nothing; else WORD."""
