"""A condition of a project comes in; whether it holds goes out, None when that cannot be told.

The language is MSBuild's (https://learn.microsoft.com/visualstudio/msbuild/msbuild-conditions): comparisons
of texts without regard to case, ``and``, ``or``, ``!``, brackets and ``Exists``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from auditor.frontend.msbuild.properties import UNKNOWN

Expand = Callable[[str], str]
Exists = Callable[[str], bool]

_MOST_TOKENS = 100  # which bounds the depth of brackets too
_TOKEN = re.compile(
    r"\s*(?:'(?P<text>[^']*)'|(?P<sign>==|!=|<=|>=|[<>()!])"
    r"|(?P<bare>\$\((?:[^()']|'[^']*'|\([^()]*\))*\)|[\w.+-]+))"
)
_ASKED = re.compile(r"\$\((\w+)\.(EndsWith|StartsWith|Contains)\('([^']*)'\)\)", re.IGNORECASE)
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge
}  # fmt: skip


class _Unclear(Exception):
    """What this reader does not understand."""


def holds(condition: str, expand: Expand, exists: Exists) -> bool | None:
    """Whether ``condition`` holds; an empty one does. ``expand`` gives a text with properties put in."""
    if not condition.strip():
        return True
    try:
        return _Parser(_tokens(condition), expand, exists).whole()
    except _Unclear:
        return None


def _tokens(condition: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at, end = 0, len(condition.rstrip())
    while at < end:
        match = _TOKEN.match(condition, at)
        if match is None or len(tokens) == _MOST_TOKENS:
            raise _Unclear
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return tokens


class _Parser:
    """``and`` binds more than ``or``, ``!`` more than both."""

    def __init__(self, tokens: list[tuple[str, str]], expand: Expand, exists: Exists) -> None:
        self._tokens, self._expand, self._exists = tokens[::-1], expand, exists

    def whole(self) -> bool:
        value = self._either()
        if self._tokens:
            raise _Unclear
        return value

    def _either(self) -> bool:
        value = self._both()
        while self._took("or"):
            value = self._both() or value
        return value

    def _both(self) -> bool:
        value = self._one()
        while self._took("and"):
            value = self._one() and value
        return value

    def _one(self) -> bool:
        if self._took("!"):
            return not self._one()
        if self._took("("):
            value = self._either()
            self._need(")")
            return value
        if self._took("exists"):
            self._need("(")
            path = self._value()
            self._need(")")
            return self._exists(path)
        return self._compared(self._value())

    def _compared(self, left: str) -> bool:
        if self._took("=="):
            return _same(left, self._value())
        if self._took("!="):
            return not _same(left, self._value())
        for sign, order in _ORDERS.items():
            if self._took(sign):
                return order(_number(left), _number(self._value()))
        if left.lower() in ("true", "false"):
            return left.lower() == "true"
        raise _Unclear

    def _value(self) -> str:
        how, text = self._tokens.pop() if self._tokens else ("", "")
        if how not in ("text", "bare"):
            raise _Unclear
        if asked := _ASKED.fullmatch(text.strip()):
            return str(_answer(self._expand(f"$({asked[1]})"), asked[2].lower(), asked[3]))
        value = self._expand(text)
        if UNKNOWN.search(value):
            raise _Unclear  # a function, or items
        return value

    def _took(self, word: str) -> bool:
        if self._tokens and self._tokens[-1][0] != "text" and self._tokens[-1][1].lower() == word:
            self._tokens.pop()
            return True
        return False

    def _need(self, word: str) -> None:
        if not self._took(word):
            raise _Unclear


def _answer(value: str, asked: str, part: str) -> bool:
    return {"endswith": value.endswith, "startswith": value.startswith, "contains": value.__contains__}[
        asked
    ](part)


def _same(left: str, right: str) -> bool:
    try:
        return _number(left) == _number(right)
    except _Unclear:
        return left.lower() == right.lower()


def _number(text: str) -> float:
    try:
        return float(int(text, 16)) if text.lower().startswith("0x") else float(text)
    except (ValueError, OverflowError) as error:
        raise _Unclear from error
