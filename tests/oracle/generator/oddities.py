"""Lines with something wrong or strange in them, of which the harness does not say what becomes of them."""

from collections.abc import Callable
from random import Random

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.option import Keyword
from tests.oracle.generator import blocks
from tests.oracle.generator.lines import Line, Writer
from tests.oracle.generator.samples import pick
from tests.oracle.generator.vocabulary import values_of

_NOTHING = ("", " ", "=", " = ", ' ""', " #", "\t# x", " ''", " \f")
_INCLUDED = (
    '""', "{dir}/none", "~/none", "none.conf", "{dir}", "{dir}/{kind}", "{dir}/none*/x a", "", "{dir}/d1", "{dir}/d1/*.conf {dir}/d1/*.conf",
    "{dir}/d1/a.conf", "{dir}/d1/{a,b}.conf", "{dir}//d1/../d1/*.conf", "'{dir}/d1/*.conf'", "{dir}/d1/\\*.conf", "{dir}/d1/*.conf # x", "{dir}/d1/[!a].conf",
)  # fmt: skip
_CHARACTERS = "0123456789abcxyzAB.:/%*?$~{}[]@+-^,;=!|_#&()<> \"'\\\t\r\f\x01\x7f\xe9\udcff"
_TOKENS = (
    "%h",
    "%n",
    "%p",
    "%r",
    "%u",
    "%i",
    "%L",
    "%l",
    "%d",
    "%C",
    "%k",
    "%j",
    "%%",
    "%",
    "%z",
    "${HOME}",
    "${NONE}",
    "$HOME",
    "${}",
    "${HOME",
    "${ODD}",
    "~",
    "~/",
    "~root/",
)
_MANY = (17, 33, 65, 101, 257)


def oddity(writer: Writer) -> list[Line]:
    """One of all kinds."""
    row = writer.rng.choice((*writer.vocabulary.all, *writer.palette(False)))
    return writer.rng.choice(_KINDS)(writer, row)


def _good(writer: Writer, row: Keyword) -> Line:
    return list(writer.good(row, False))[-1]


def _value(writer: Writer, row: Keyword) -> str:
    return pick(writer.rng, values_of(row, writer.kind).good, writer.target.release) or "x"


def _spelt(writer: Writer, name: str, value: str, *, rest: bool = False) -> list[Line]:
    return [Line(writer.speller.line(name, value, rest=rest, odd=True))]


def _no_argument(writer: Writer, row: Keyword) -> list[Line]:
    return [Line(row.name + writer.rng.choice(_NOTHING))]


def _extra_argument(writer: Writer, row: Keyword) -> list[Line]:
    return [Line(_good(writer, row).text.rstrip() + writer.rng.choice((" x", ' ""', " yes", " 5 6")))]


def _unknown(writer: Writer, row: Keyword) -> list[Line]:
    name = writer.rng.choice(("Foo", "Unknownx", "barred", f"{row.name}s", row.name[:-1]))
    return _spelt(writer, name, writer.rng.choice(("x", "yes", "5")))


def _foreign(writer: Writer, row: Keyword) -> list[Line]:
    return _spelt(writer, writer.rng.choice(writer.vocabulary.foreign), writer.rng.choice(("x", "yes", "5")))


def _ignored(writer: Writer, row: Keyword) -> list[Line]:
    """Unknown names around an IgnoreUnknown, which sshd does not know."""
    ignore = _spelt(
        writer, "IgnoreUnknown", writer.rng.choice(("Foo*,barred", "*", "unknown?,!foo", "Port*"))
    )
    lines = [ignore, _unknown(writer, row), _foreign(writer, row)]
    writer.rng.shuffle(lines)
    block = [writer.header()] if writer.rng.random() < 0.3 else []
    return [*block, *(line for some in lines for line in some)]


def _excused_quote(writer: Writer, row: Keyword) -> list[Line]:
    """A quote left open, nothing, or too much, in lines that an IgnoreUnknown is for."""
    tail = writer.rng.choice(
        (' yes"', " 'x", ' "', '"', " x \\", "", " =", ' "a" b"', " a'b'c'", " # '", ' #"', ' ""')
    )
    line = Line(writer.rng.choice(("Foo", "foo1", '"Foo"', "Foo=")) + tail)
    ignore = _spelt(writer, "IgnoreUnknown", writer.rng.choice(("Foo*", "*", "bar,foo", '"Foo*"', "Foo* x")))
    return [*ignore, line, *writer.settings(1, False)]


def _deprecated_in_block(writer: Writer, row: Keyword) -> list[Line]:
    """Keywords that are skipped, in a block, with and without arguments."""
    skipped = [each for each in writer.vocabulary.all if each.state] or [row]
    value = writer.rng.choice(("yes", "no", "x y", '""', "", "5", '"a', "# x"))
    return [
        writer.header(),
        *_spelt(writer, writer.rng.choice(skipped).name, value),
        *writer.settings(1, True),
    ]


def _tagged(writer: Writer, row: Keyword) -> list[Line]:
    """Tags, and blocks that ask for them; for sshd, blocks that ask for the version."""
    if writer.kind == "sshd_config":
        asked = writer.rng.choice(
            ("*Debian*", "OpenSSH_*", "OpenSSH_10.0*", "!*p1*,*", "x", "", "OpenSSH_9.2p1")
        )
        return [*_spelt(writer, "Match", f"version {asked}"), *writer.settings(2, True)]
    tag = _spelt(writer, "Tag", writer.rng.choice(("blue", "red", '""', "none", "b*", "blue red")))
    asked = writer.rng.choice(("blue", "*", '""', "!blue,*", "!red", "BLUE", "b\\*", "?*"))
    block = [
        *_spelt(writer, "Match", f"{writer.rng.choice(('', '!'))}tagged {asked}"),
        *writer.settings(2, True),
    ]
    return [*tag, *block] if writer.rng.random() < 0.7 else [*block, *tag, *block]


def _token_everywhere(writer: Writer, row: Keyword) -> list[Line]:
    """Tokens in the options that expand some."""
    names = _EXPANDED[writer.kind]
    value = "".join(
        writer.rng.choice((*_TOKENS, "/", "/a", "x")) for _ in range(writer.rng.choice((1, 2, 3)))
    )
    prefix = writer.rng.choice(("", "/", "A=", "1080 ", "/s "))
    return _spelt(writer, writer.rng.choice(names), prefix + value)


_EXPANDED: dict[Kind, tuple[str, ...]] = {
    "ssh_config": (
        "CertificateFile", "ControlPath", "IdentityAgent", "IdentityFile", "KnownHostsCommand", "LocalForward", "RemoteCommand", "RemoteForward", "DynamicForward", "RevokedHostKeys",
        "UserKnownHostsFile", "GlobalKnownHostsFile", "User", "SetEnv", "HostName", "HostKeyAlias", "LocalCommand", "ProxyCommand", "ProxyJump", "ForwardAgent", "Include", "VersionAddendum", "PKCS11Provider", "BindAddress",
    ),
    "sshd_config": (
        "AuthorizedKeysFile", "AuthorizedKeysCommand", "AuthorizedKeysCommandUser", "AuthorizedPrincipalsFile", "ChrootDirectory", "ForceCommand", "Banner", "SetEnv", "TrustedUserCAKeys",
        "RevokedKeys", "HostKeyAgent", "PidFile", "RDomain", "Include",
    ),
}  # fmt: skip


def _quote(writer: Writer, row: Keyword) -> list[Line]:
    return [Line(_good(writer, row).text.rstrip() + writer.rng.choice(('"', "'", ' "', " 'x", '"x', "\\")))]


def _bad_block(writer: Writer, row: Keyword) -> list[Line]:
    return [*_spelt(writer, *blocks.bad_header(writer.rng, writer.kind)), *writer.settings(1, True)]


def _odd_block(writer: Writer, row: Keyword) -> list[Line]:
    header = blocks.odd_header(writer.rng, writer.kind, writer.target.release)
    return [*_spelt(writer, *header), *writer.settings(writer.rng.choice((1, 2)), True)]


def _misplaced(writer: Writer, row: Keyword) -> list[Line]:
    return [writer.header(), _good(writer, row), *writer.settings(1, True)]


def _include(writer: Writer, row: Keyword) -> list[Line]:
    return _spelt(writer, "Include", writer.rng.choice(_INCLUDED).replace("{kind}", writer.kind))


def _odd_value(writer: Writer, row: Keyword) -> list[Line]:
    value = pick(writer.rng, values_of(row, writer.kind).odd, writer.target.release)
    return _spelt(writer, row.name, value or '""', rest=row.type.takes_rest_of_line)


def _changed_value(writer: Writer, row: Keyword) -> list[Line]:
    return _spelt(
        writer, row.name, _changed(writer.rng, _value(writer, row)), rest=row.type.takes_rest_of_line
    )


def _changed(rng: Random, value: str) -> str:
    """With a character more, less, or another."""
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(value) + 1)
        more = rng.choice((rng.choice(_CHARACTERS), rng.choice(_TOKENS), value[at : at + 3], ""))
        value = value[:at] + more + value[at + rng.choice((0, 0, 1)) :]
    return value


def _token(writer: Writer, row: Keyword) -> list[Line]:
    """What one option expands, another takes as it stands or refuses."""
    value = "".join(
        writer.rng.choice((*_TOKENS, "/", "a", "-", ":", "@", "."))
        for _ in range(writer.rng.choice((1, 2, 3, 4)))
    )
    return _spelt(writer, row.name, value, rest=row.type.takes_rest_of_line)


def _another_s_value(writer: Writer, row: Keyword) -> list[Line]:
    other = writer.rng.choice(writer.vocabulary.good)
    return _spelt(writer, row.name, _value(writer, other), rest=row.type.takes_rest_of_line)


def _many(writer: Writer, row: Keyword) -> list[Line]:
    """More lines or words than some option has room for."""
    count = writer.rng.choice(_MANY)
    if writer.rng.random() < 0.5:
        return [line for _ in range(count) for line in writer.good(row, False)]
    return _spelt(writer, row.name, " ".join(_value(writer, row) for _ in range(count)))


def _nul(writer: Writer, row: Keyword) -> list[Line]:
    """One or more in a line, or on lines of their own; what follows may be glued to it."""
    text = _good(writer, row).text
    at = writer.rng.choice((0, len(text), writer.rng.randrange(len(text) + 1)))
    text = text[:at] + writer.rng.choice(("\0", "\0", "\0\0", "\0\n\0", "\0\n", "#\0", "\0\n \t")) + text[at:]
    below = Line(writer.rng.choice(("", " x", "0", "#", "\0", "\f", '"')))
    return [Line(text), *([below] if writer.rng.random() < 0.5 else [])]


def _spoilt(writer: Writer, row: Keyword) -> list[Line]:
    return [Line(writer.speller.spoil(_good(writer, row).text))]


_KINDS: tuple[Callable[[Writer, Keyword], list[Line]], ...] = (
    _no_argument, _extra_argument, _unknown, _foreign, _ignored, _quote, _bad_block, _odd_block, _odd_block, _misplaced, _include,
    _odd_value, _odd_value, _odd_value, _odd_value, _changed_value, _changed_value, _changed_value, _token, _another_s_value, _many, _nul, _spoilt, _spoilt, _spoilt,
    _excused_quote, _deprecated_in_block, _deprecated_in_block, _tagged, _token_everywhere, _token_everywhere,
)  # fmt: skip
