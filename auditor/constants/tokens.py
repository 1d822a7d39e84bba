"""Bodies of macros come in as tokens, small trees of constant arithmetic go out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

PRECEDENCE = {
    "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7,
    "<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
}  # fmt: skip
MOST_TOKENS = 400  # longer bodies are tables or code, not one constant
MOST_DEPTH = 100

_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)[uUlLzZ]*(?:i(?:8|16|32|64))?")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_TYPE_WORDS = frozenset(
    {"struct", "union", "enum", "unsigned", "signed", "const", "int", "char", "short", "long"}
)


class Tree(NamedTuple):
    """One node: ``kind`` is number, word, sizeof, operator, call or cast; ``text`` its spelling.

    ``value`` is that of a number; an operator's ``text`` joins ``parts``; a call's parts are its arguments.
    """

    kind: str
    text: str
    value: int | None = None
    parts: tuple[Tree, ...] = ()


def parse_body(body: tuple[str, ...]) -> Tree | None:
    """The tree of ``body``; None when it is not one expression of integer constants."""
    if not 0 < len(body) <= MOST_TOKENS:
        return None
    reader = _Reader(body)
    try:
        tree = reader.expression(0, 0)
    except _NotConstant:
        return None
    return tree if reader.at == len(body) else None


def subtrees(tree: Tree) -> Iterator[Tree]:
    """``tree`` and every tree in it, outermost first."""
    queue = [tree]
    for one in queue:  # grows while it is read
        yield one
        queue.extend(one.parts)


def number(text: str) -> int | None:
    """The value of a C integer or one-character literal; None for anything else."""
    if match := _NUMBER.fullmatch(text):
        digits = match[1]
        if digits.isdigit() and digits[0] == "0":
            return int(digits, 8) if not set(digits) & set("89") else None
        return int(digits, 0)
    return ord(text[1]) if len(text) == 3 and text[0] == text[2] == "'" else None


class _NotConstant(Exception):
    """The tokens are no constant expression; never leaves this module."""


class _Reader:
    """Precedence climbing over the tokens; ``at`` is the next one."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens, self.at = tokens, 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        if not token or (expected and token != expected):
            raise _NotConstant
        self.at += 1
        return token

    def expression(self, least: int, depth: int) -> Tree:
        if depth > MOST_DEPTH:
            raise _NotConstant
        left = self.unary(depth + 1)
        while (binding := PRECEDENCE.get(self.peek(), -1)) > least:
            operator = self.take()
            right = self.expression(binding, depth + 1)
            left = Tree("operator", operator, parts=(left, right))
        if least == 0 and self.peek() == "?":
            self.take()
            then = self.expression(0, depth + 1)
            self.take(":")
            left = Tree("operator", "?:", parts=(left, then, self.expression(0, depth + 1)))
        return left

    def unary(self, depth: int) -> Tree:
        if depth > MOST_DEPTH:
            raise _NotConstant
        token = self.take()
        if token in ("-", "+", "~", "!"):
            return Tree("operator", token, parts=(self.unary(depth + 1),))
        if token == "sizeof":
            text = " ".join(self.enclosed()) if self.peek() == "(" else self.take()
            return Tree("sizeof", text)
        if token == "(":
            return self.parenthesis(depth)
        if (value := number(token)) is not None:
            return Tree("number", token, value)
        if not _WORD.fullmatch(token):
            raise _NotConstant
        return Tree("call", token, parts=self.arguments(depth)) if self.peek() == "(" else Tree("word", token)

    def parenthesis(self, depth: int) -> Tree:
        """A cast when the parentheses hold a type and an operand follows, else an expression in them."""
        self.at -= 1
        start = self.at
        inside = self.enclosed()
        follows = self.peek()
        operand = follows == "(" or number(follows) is not None or bool(_WORD.fullmatch(follows))
        if _is_type(inside) and (operand or _TYPE_WORDS & set(inside)):
            return Tree("cast", " ".join(inside), parts=(self.unary(depth + 1),))
        self.at = start + 1
        tree = self.expression(0, depth + 1)
        self.take(")")
        return tree

    def arguments(self, depth: int) -> tuple[Tree, ...]:
        self.take("(")
        found: list[Tree] = []
        while self.peek() != ")":
            found.append(self.expression(0, depth + 1))
            if self.peek() != ")":
                self.take(",")
        self.take(")")
        return tuple(found)

    def enclosed(self) -> tuple[str, ...]:
        """The tokens between this parenthesis and the one that closes it."""
        self.take("(")
        start, depth = self.at, 1
        while depth:
            token = self.take()
            depth += (token == "(") - (token == ")")
        return self.tokens[start : self.at - 1]


def _is_type(tokens: tuple[str, ...]) -> bool:
    names = [t for t in tokens if t != "*"]
    if not names or not all(_WORD.fullmatch(t) for t in names):
        return False
    return len(names) == 1 or bool(_TYPE_WORDS & set(names))
