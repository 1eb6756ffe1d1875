"""The one error that sshkeep raises on purpose, and how messages quote what a file has."""


class SshkeepError(Exception):
    """Something could not be done: a sentence saying what, and a hint at what to do."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} ({self.hint})" if self.hint else self.sentence


def in_quotes(text: str) -> str:
    """A word as a message quotes it."""
    return f"'{text[:27]}...'" if len(text) > 30 else f"'{text}'"
