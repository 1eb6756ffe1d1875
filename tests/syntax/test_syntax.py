"""Lines and words: nothing is lost, and words are cut as OpenSSH's own splitters cut them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.syntax.nul import lines_as_read
from sshkeep.syntax.source import Source, decode, encode
from sshkeep.syntax.words import BadQuotes, Word, split_line, split_words, split_words_by_strdelim

CONFIGS = (
    b"",
    b"Port 22",
    b"Port 22\n",
    b"Port 22\r\n\tUseDNS no\r\n",
    b"Key=value\n  Key = value # comment\n#comment\n\n\n",
    b"a\x0cb\x0b\x1c\x85\xe2\x80\xa8\rc\n",
    b"\x00\n\x00Port 22\x00\n",
    b"\xff\xfe\x80 \xc3\x28\n",
    b"Banner " + b"x" * 100_000 + b"\n",
    b"Banner \"unclosed\nPort '22\n",
)
TEXT = st.lists(
    st.sampled_from(
        [b"Port", b"Match", b" ", b"\t", b"=", b'"', b"'", b"\\", b"#", b"\r", b"\n", b"\0", b"\x0c", b"\xff"]
    )
).map(b"".join)


@pytest.mark.parametrize("data", CONFIGS)
def test_joined_lines_are_the_input(data: bytes) -> None:
    assert b"".join(Source("x", data).lines) == data


@given(st.binary() | TEXT)
def test_joined_lines_are_the_input_for_any_bytes(data: bytes) -> None:
    source = Source("x", data)
    assert b"".join(source.lines) == data
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in source.lines[:-1])
    assert [source.start(number) for number in range(len(source.lines))] == [
        sum(map(len, source.lines[:number])) for number in range(len(source.lines))
    ]


@given(st.binary())
def test_any_bytes_survive_being_text(data: bytes) -> None:
    assert encode(decode(data)) == data


@given(st.binary() | TEXT)
def test_a_line_is_cut_within_its_bounds(data: bytes) -> None:
    for raw in Source("x", data).lines:
        line = split_line(raw)
        if line is None:
            continue
        assert 0 <= line.start < line.stop <= line.rest <= line.end + 1
        assert line.end <= len(raw)
        for split in (split_words, split_words_by_strdelim):
            try:
                words = split(raw, line.rest, line.end)
            except BadQuotes:
                continue
            edges = [edge for word in words for edge in (word.start, word.end)]
            assert edges == sorted(edges)
            assert all(line.rest <= edge <= line.end for edge in edges)


@pytest.mark.parametrize(
    ("raw", "name", "rest"),
    [
        (b"Port 22\n", "Port", b"22"),
        (b"\t Port\t22 \r\n", "Port", b"22"),
        (b"Port=22", "Port", b"22"),
        (b"Port = 22", "Port", b"22"),
        (b"Port == 22", "Port", b"= 22"),
        (b"=Port 22", "Port", b"22"),
        (b'"Port" 22', "Port", b"22"),
        (b'Port"22" x', "Port22", b"x"),
        (b"Port\r22", "Port", b"22"),
        (b"Port 22\x0c\n", "Port", b"22"),
        (b"\x0cPort 22", "\x0cPort", b"22"),
        (b"Port", "Port", b""),
        (b"Port =", "Port", b""),
    ],
)
def test_keyword_and_rest(raw: bytes, name: str, rest: bytes) -> None:
    line = split_line(raw)
    assert line
    assert (line.name, raw[line.rest : line.end]) == (name, rest)


@pytest.mark.parametrize("raw", [b"", b"\n", b"  \t\r\n", b"# Port 22\n", b"  #Port", b'"Port 22\n', b'""'])
def test_no_setting(raw: bytes) -> None:
    assert split_line(raw) is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a b\tc", ["a", "b", "c"]),
        (b"a  # b", ["a"]),
        (b"a#b", ["a#b"]),
        (b'"#a" b', ["#a", "b"]),
        (b"\"a b\"c'd e'", ["a bcd e"]),
        (rb"a\ b a\nb \"c \\", ["a b", r"a\nb", '"c', "\\"]),
        (rb"'a\ b'", [r"a\ b"]),
        (b'""', [""]),
    ],
)
def test_words(raw: bytes, words: list[str]) -> None:
    assert [word.text for word in split_words(raw, 0, len(raw))] == words


def test_a_word_knows_its_place() -> None:
    assert split_words(b'  "a b" \xc3\xa4 ', 2, 11) == [Word("a b", 2, 7), Word("ä", 8, 10)]


@pytest.mark.parametrize("raw", [b'"a', b"'a", b"a 'b\"", b'a "\\"'])
def test_an_unclosed_quote_is_refused(raw: bytes) -> None:
    with pytest.raises(BadQuotes):
        split_words(raw, 0, len(raw))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'"a b"c', ["a b", "c"]),
        (b"'a b'", ["'a", "b'"]),
        (b"user=root", ["user", "root"]),
        (b"a # b", ["a", "#", "b"]),
        (rb"a\ b", ["a\\", "b"]),
    ],
)
def test_words_of_older_releases(raw: bytes, words: list[str]) -> None:
    assert [word.text for word in split_words_by_strdelim(raw, 0, len(raw))] == words


@pytest.mark.parametrize(
    ("data", "offset", "position"),
    [
        (b"", 0, (1, 1)),
        (b"abc\ndef\n", 0, (1, 1)),
        (b"abc\ndef\n", 5, (2, 2)),
        (b"abc\ndef\n", 8, (2, 5)),
        ("ä€b\n".encode(), 5, (1, 3)),
        (b"a", 1, (1, 2)),
    ],
)
def test_positions_count_characters_from_one(data: bytes, offset: int, position: tuple[int, int]) -> None:
    assert Source("x", data).position(offset) == position


@pytest.mark.parametrize(
    ("data", "cut", "glued"),
    [
        (b"a\0b\nc\n", ["1 a", "2 c\n"], ["1 a|c\n"]),
        (b"a\0b\n\0\n \t\rc \nd\n", ["1 a", "3  \t\rc \n", "4 d\n"], ["1 a|c \n", "4 d\n"]),
        (b"\0a\n  \0\n b\n", ["3  b\n"], ["3  b\n"]),
        (b"a\0\n\nb", ["1 a", "2 \n", "3 b"], ["1 a|\n", "3 b"]),
        (b"a #\0\nb\0\n", ["1 a #", "2 b"], ["1 a #|b"]),
        (b"\0\0\n\0", [], []),
        (b"a\0", ["1 a"], ["1 a"]),
    ],
)
def test_a_nul_byte_ends_a_line_or_glues_the_next_to_it(
    data: bytes, cut: list[str], glued: list[str]
) -> None:
    """Line number, what is read of that line, and behind ``|`` what is glued to it."""

    def told(ends_line: bool) -> list[str]:
        read = lines_as_read(Source("x", data).lines, lambda _: ends_line)
        return [
            f"{number + 1} {decode(raw[:own])}" + (f"|{decode(raw[own:])}" if raw[own:] else "")
            for number, raw, own in read
        ]

    assert told(True) == cut
    assert told(False) == glued
