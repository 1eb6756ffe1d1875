"""The one error that sshkeep raises on purpose."""


class SshkeepError(Exception):
    """Something could not be done: a sentence saying what, and a hint at what to do."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} ({self.hint})" if self.hint else self.sentence
