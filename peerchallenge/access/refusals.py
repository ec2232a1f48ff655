from typing import Any


class Refused(Exception):
    """Something cannot be done now. The message is a sentence for the person reading the page."""


class Stale(Refused):
    """Somebody else changed the row after the page was opened.

    `theirs` and `yours` are lists of (question, text) shown side by side, so that nothing typed is lost.
    """

    def __init__(self, message: str, *, theirs: list[tuple[str, str]], yours: list[tuple[str, str]], current: Any):
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours
        self.current = current
