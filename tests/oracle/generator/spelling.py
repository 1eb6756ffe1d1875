"""Ways to write one line: separators, quotes, letters, margins, comments."""

from random import Random

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, SSH_CUTS_AT_HASH, Release
from tests.oracle.generator.samples import BLANK, any_case

_SEPARATORS = (" ", " ", " ", " ", "\t", "  ", "=", " = ", " =", "= ", " \t ")
_GAPS = (" ", " ", " ", "  ", "\t")
_ENDS = ("", "", "", "", "", "", " ", "\t", "\r", " \r", "\f")
_ODD_SEPARATORS = (" = = ", "==", "\r", "\f", "\v", "= =", "", "\xa0", ",", ":", "\\ ")
_ODD_ENDS = (
    " #",
    "#",
    "\f #",
    " \\",
    " ''",
    ' ""',
    " =",
    "\v",
    " #'",
    " '#'",
    "\\",
    " ;",
    "\r\r",
    "\r x",
    " # it's",
    "'",
    '"',
)
_ODD_STARTS = ("=", "\f", "\ufeff", '"', "\v", "\r", "\\", " = ", "\xa0", "'", ",")


class Speller:
    """Writes lines in the way of one config: for ``kind`` and ``release``, plainly or with all that is allowed."""

    def __init__(self, rng: Random, kind: Kind, release: Release) -> None:
        self.rng, self.kind, self.release = rng, kind, release
        self.plain = rng.random() < 0.3
        self.margin = rng.choice(("", "", " ", "    ", "\t"))

    def line(
        self, keyword: str, value: str, *, rest: bool = False, odd: bool = False, header: bool = False
    ) -> str:
        """One line without its newline; ``odd`` writes the value as it stands, ``header`` at the margin."""
        written = value.replace(BLANK, " ") if rest else self.words(value, odd)
        if self.plain:
            return f"{'' if header else self.margin}{keyword} {written}"
        rng = self.rng
        margin = rng.choice((self.margin, self.margin, "", "\t \r"))
        separator = rng.choice(_SEPARATORS)
        name = any_case(rng, keyword)
        if rng.random() < 0.04:
            name, separator = f'"{name}"', " "
        return margin + name + separator + written + self.end(rest)

    def end(self, rest: bool) -> str:
        hash_is_comment = self.kind == "sshd_config" or self.release >= SSH_CUTS_AT_HASH
        if hash_is_comment and not rest and self.rng.random() < 0.1:
            return self.rng.choice((" # comment", " #", "\t# a b c", " ## x"))
        return self.rng.choice(_ENDS)

    def words(self, value: str, odd: bool) -> str:
        """The words of a value (see samples), each bare or quoted."""
        return "".join(
            (self.rng.choice(_GAPS) if at and not self.plain else " " * bool(at)) + self.word(word, odd)
            for at, word in enumerate(value.split(" "))
        )

    def word(self, word: str, odd: bool) -> str:
        spaced = BLANK in word
        word = word.replace(BLANK, " ")
        if not spaced and (odd or self.plain or self.rng.random() < 0.85):
            return word
        if self.release < ARGV_SPLIT or '"' in word or "'" in word or "\\" in word:
            return word if '"' in word else f'"{word}"'
        return self.rng.choice(
            (
                f'"{word}"',
                f'"{word}"',
                f"'{word}'",
                f'{word[:1]}"{word[1:]}"' if word[:1].strip() else f'"{word}"',
                word.replace(" ", "\\ "),
                f"'{word[:1]}'\"{word[1:]}\"",
            )
        )

    def spoil(self, line: str) -> str:
        """The line with something of which only OpenSSH knows what it means."""
        rng = self.rng
        at = rng.randrange(len(line) + 1)
        stripped = line.rstrip("\r\f\t ")
        return rng.choice(
            (
                lambda: rng.choice(_ODD_STARTS) + line,
                lambda: stripped + rng.choice(_ODD_ENDS),
                lambda: stripped + rng.choice(_ODD_ENDS),
                lambda: line.replace(" ", rng.choice(_ODD_SEPARATORS), 1),
                lambda: line[:at] + rng.choice("\"'\\#\t\r\f =,!*\x01\xe9") + line[at:],
                lambda: line[:at] + rng.choice("\"'\\#\t\r\f =,!*\x01\xe9") + line[at:],
                lambda: stripped + rng.choice((" x", " x y", ' ""', " 5", " '' ''")),
                lambda: line[:at],
            )
        )()
