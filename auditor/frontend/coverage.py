"""Coverage: a file's text and its lowered comparisons come in, how many were understood and the gaps go out.

The text is read on its own, token by token, so that code clang silently dropped is counted too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from auditor.frontend.complaints import Complaint
from auditor.frontend.parse import Unit
from auditor.frontend.texts import SourceText
from auditor.ir import Function
from auditor.model import Coverage, Gap, Location

_NO_CODE = re.compile(
    rb"/\*.*?\*/|//(?:\\\r?\n|[^\n])*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    rb"|#(?:/\*.*?\*/|\\\r?\n|[^\n])*",
    re.DOTALL,
)
# Here and below nothing stands before what is looked for (a word's begin is looked back at): the search then
# runs past all else three times as fast.
_ASKING = re.compile(rb"if\b(?<!\wif)|while\b(?<!\wwhile)|for\b(?<!\wfor)|\?")
_TOKEN = re.compile(
    _ASKING.pattern + rb"|return\b(?<!\wreturn)|case\b(?<!\wcase)|switch\b(?<!\wswitch)"
    rb"|->|<<=?|>>=?|[<>=!]=|[-+*/%&|^]=|&&|\|\||[(){}\[\]<>=:;,]"
)
_OPEN, _CLOSE, _KEYWORDS = (
    frozenset({b"(", b"[", b"{"}),
    frozenset({b")", b"]", b"}"}),
    frozenset({b"if", b"while", b"for"}),
)
_BOUNDS = frozenset({b";", b"{", b"}"})
_RELATIONAL = frozenset({b"<", b">", b"<=", b">=", b"==", b"!="})
_ENDS = frozenset({b",", b":", b"=", b"return", b"case", b"+=", b"-=", b"|=", b"&=", b"*=", b"/="})
_SYNTAX = ("expected ", "extraneous ", "unterminated ", "invalid preprocessing directive", "unexpected ")
_TO_THE_END = ("expected '}'", "unterminated ")
_GAP_LIMIT = 20  # functions named one by one; the rest is one more gap

Condition = tuple[int, int, int]
"""Offsets of a condition's first byte and past its last, and its number of relational operators."""


def covered(
    text: SourceText,
    out: list[tuple[int, int]],
    relations: dict[tuple[int, int], bool],
    functions: tuple[Function, ...],
) -> tuple[Coverage, tuple[Gap, ...]]:
    """``relations``: begin and end offsets of the comparisons in the IR -> both operands understood.

    ``out`` are the byte ranges that the preprocessor left out.
    """
    conditions = list(conditions_in(text.data, out))
    begins = sorted(begin for (begin, _), good in relations.items() if good)
    missed: list[tuple[int, int]] = []
    total = understood = 0
    for begin, end, count in conditions:
        seen = min(count, bisect_left(begins, end) - bisect_left(begins, begin))
        total, understood = total + count, understood + seen
        if seen < count:
            missed.append((begin, count - seen))
    return Coverage(text.name, total, understood), tuple(_gaps(text, missed, functions))


def skipped(unit: Unit) -> dict[SourceText, list[tuple[int, int]]]:
    """Per file, the byte ranges that the preprocessor left out."""
    lib = unit.lib
    found = lib.getAllSkippedRanges(unit.handle)
    result: dict[SourceText, list[tuple[int, int]]] = {}
    try:
        for number in range(found.contents.count):
            place = found.contents.ranges[number]
            text, begin = unit.positions.spot(place.begin)
            result.setdefault(text, []).append((begin, unit.positions.spot(place.end)[1]))
    finally:
        lib.disposeSourceRangeList(found)
    return result


def conditions_in(data: bytes, out: list[tuple[int, int]]) -> Iterator[Condition]:
    """The conditions of if, while, for and ``?:`` in a text, ``out`` being parts to leave out."""
    code = _only_code(data, out)
    done = 0
    for match in _ASKING.finditer(code):
        if match.start() >= done:
            begin = max(code.rfind(bound, done, match.start()) for bound in _BOUNDS) + 1
            found, done = _in_statement(code, max(begin, done))
            yield from found


def _only_code(data: bytes, out: list[tuple[int, int]]) -> bytes:
    """The text with blanks for comments, strings, directives and what is ``out``."""
    code = _NO_CODE.sub(_blank, data)
    if not out:
        return code
    rest = bytearray(code)
    for begin, end in out:
        rest[begin:end] = b" " * len(rest[begin:end])
    return bytes(rest)


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * (match.end() - match.start())


def _in_statement(code: bytes, begin: int) -> tuple[list[Condition], int]:
    """The conditions of the statement at ``begin``, and where it or, before its block, its head ends."""
    found: list[Condition] = []
    stack: list[list[int]] = [
        [0, begin, 0]
    ]  # per bracket: relations since `start`, start, 1 for a keyword's bracket
    keyword = False
    inside = 0  # brackets open within a keyword's bracket
    for match in _TOKEN.finditer(code, begin):
        token, offset, top = match[0], match.start(), stack[-1]
        if not inside and token in _BOUNDS:
            return found, match.end()
        if token in _RELATIONAL:
            top[0] += 1
        elif token in _OPEN:
            stack.append([0, offset + 1, int(keyword and token == b"(" and not inside)])
            inside += bool(inside or stack[-1][2])
        elif token in _CLOSE:
            if len(stack) > 1:
                stack.pop()
                if top[2] and top[0]:
                    found.append((top[1], offset, top[0]))
                if inside:
                    inside -= 1
                if token == b"}":
                    stack[-1][:2] = [0, offset + 1]
                elif not top[2] and token == b")":
                    stack[-1][0] += top[0]
        elif inside:
            pass
        elif token == b"?":
            if top[0]:
                found.append((top[1], offset, top[0]))
            top[:2] = [0, offset + 1]
        elif token in _ENDS:
            top[:2] = [0, match.end()]
        keyword = token in _KEYWORDS
    return found, len(code)


def broken(
    text: SourceText, complaints: Iterable[Complaint], functions: tuple[Function, ...]
) -> Iterator[Gap]:
    """A gap when the file's syntax is broken outside functions, or to its end: declarations may be lost."""
    own = [(f.at.line, f.at.end_line) for f in functions if f.file == text.name]
    found = []
    for complaint in complaints:
        if complaint.name == text.name and complaint.message.startswith(_SYNTAX):
            line, column = text.place(complaint.offset)
            if complaint.message.startswith(_TO_THE_END) or not any(low <= line <= high for low, high in own):
                found.append((line, column, complaint.message))
    if found:
        line, column, message = min(found)
        more = f", and {len(found) - 1} more such errors" if len(found) > 1 else ""
        at = Location(text.name, line, column)
        lost = not functions or any(message.startswith(_TO_THE_END) for _, _, message in found)
        level = "error" if lost else "warning"  # nothing, or nothing behind that place, was analysed
        yield Gap("partial", f"{text.name}: could not be parsed completely: {message}{more}", at, level)


def _gaps(text: SourceText, missed: list[tuple[int, int]], functions: tuple[Function, ...]) -> Iterator[Gap]:
    own = sorted((f for f in functions if f.file == text.name), key=lambda f: f.at)
    lines = [f.at.line for f in own]
    by_function: dict[str, tuple[int, Location]] = {}
    for offset, count in missed:
        line, column = text.place(offset)
        index = bisect_right(lines, line) - 1
        name = own[index].name if index >= 0 and line <= own[index].at.end_line else ""
        before, at = by_function.get(name, (0, Location(text.name, line, column)))
        by_function[name] = (before + count, at)
    for name, (count, at) in list(by_function.items())[:_GAP_LIMIT]:
        where = f"in {name}" if name else "outside any function that could be read"
        yield Gap("partial", f"{count} comparison{'s' * (count > 1)} {where} could not be understood", at)
    if len(by_function) > _GAP_LIMIT:
        rest = sum(count for count, _ in list(by_function.values())[_GAP_LIMIT:])
        yield Gap("partial", f"{rest} more comparisons could not be understood", Location(text.name, 1))
