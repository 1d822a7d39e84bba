"""The one family of errors that lenaudit raises on purpose; caught once, in ``auditor.cli``."""

from __future__ import annotations

from collections.abc import Iterable


class LenauditError(Exception):
    """Something the user can act on: a sentence, and optionally a hint what to do."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LenauditError):
    """Wrong arguments: a path that does not exist, an unknown rule, an unreadable option value."""

    exit_code = 2


class ConfigError(UsageError):
    """A settings file, rule file or platform pack that does not say what it must.

    ``file`` and ``key`` name the place, ``expected`` what should stand there.
    """

    def __init__(self, file: str, key: str, expected: str) -> None:
        super().__init__(f"{file}: {key}: {expected}")
        self.file, self.key, self.expected = file, key, expected


class NothingAnalysed(LenauditError):
    """No file under the given paths could be analysed at all."""


def nearest(word: str, known: Iterable[str]) -> str:
    """``did you mean 'select'?`` where one of ``known`` is spelt much like ``word``; else empty."""
    import difflib  # nobody waits for it whose words are right

    close = difflib.get_close_matches(word, list(known), 1)
    return f"did you mean {close[0]!r}?" if close else ""
