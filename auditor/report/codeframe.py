"""A location and its file's text in, the code around it for a terminal out: lines, and carets below the span.

The marked line is shown whole, at least to the end of the span: what does not fit goes on below. The lines
around it may be cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Edit, Location, Sources, visible
from auditor.report.lengthmap import Line

CONTEXT = 2  # lines of code above and below
TAB = 8
HANGING = 8  # cells that the rest of a broken line is moved to the right
LEAST = 16  # cells that are left for it, however deep the code is indented


def frame(at: Location, sources: Sources, width: int) -> Iterator[Line]:
    """The lines around ``at``, each at most ``width`` cells; nothing when the file cannot be read."""
    lines = tuple(map(visible, sources.lines(at.file)))
    if not 0 < at.line <= len(lines):
        return
    first, last = max(1, at.line - CONTEXT), min(len(lines), at.line + CONTEXT)
    code = [line.expandtabs(TAB).rstrip() for line in lines[first - 1 : last]]
    while code and not code[-1]:
        code.pop()
    while first < at.line and not code[0]:
        first += 1
        code.pop(0)
    indent = min((len(line) - len(line.lstrip()) for line in code if line), default=0)
    gutter = len(str(first + len(code) - 1))
    room = width - gutter - 5
    for number, line in enumerate(code, first):
        if number != at.line:
            yield [(f"  {number:>{gutter}} | ", "gutter"), (_cut(line[indent:], room), "plain")]
            continue
        start, stop = span(at, lines[number - 1])
        mark = f"> {number:>{gutter}} | "
        for piece, carets in _broken(line[indent:], start - indent, stop - indent, room):
            yield [(mark, "gutter"), (piece, "plain")]
            if carets:
                yield [(" " * (gutter + 3) + "| ", "gutter"), (carets, "caret")]
            mark = " " * (gutter + 3) + "| "


def changed(edit: Edit, sources: Sources, width: int) -> Iterator[tuple[str, str]]:
    """An edit within one line as ``("-", line before)`` and ``("+", line after)``; nothing for others."""
    line = visible(sources.line(edit.at.file, edit.at.line))
    if not line or edit.at.end_line != edit.at.line or "\n" in edit.text:
        return
    after = line[: edit.at.column - 1] + edit.text + line[edit.at.end_column - 1 :]
    for sign, text in (("-", line), ("+", after)):
        yield sign, _cut(text.expandtabs(TAB).strip(), width)


def span(at: Location, line: str) -> tuple[int, int]:
    """First cell of the span and the one after its last, tabs counted as the frame shows them."""
    one_line = at.end_line == at.line and at.end_column > at.column
    end = at.end_column if one_line else len(line.rstrip()) + 1
    start = len(line[: at.column - 1].expandtabs(TAB))
    return start, max(start + 1, len(line[: end - 1].expandtabs(TAB)))


def _broken(line: str, start: int, stop: int, room: int) -> Iterator[tuple[str, str]]:
    """``line`` in pieces of at most ``room`` cells with the carets below each, until the span has ended.

    It is broken before a blank where there is one; a remainder after the span is cut.
    """
    own = len(line) - len(line.lstrip())
    lead = " " * min(own + HANGING, max(0, room - LEAST))
    done, prefix = 0, ""
    while True:
        space = room - len(prefix)
        if len(line) - done <= space:
            end = len(line)
        elif stop - done <= space - 3:
            end = done + space - 3
        else:
            most = min(done + space, stop - 1)  # what comes after the span must not end this piece
            blank = line.rfind(" ", done + 1, most + 1)
            end = blank if blank > done and line[done:blank].strip() else most
        is_last = end >= min(stop, len(line))  # the line may be another one by now
        piece = prefix + line[done:end] + ("..." if is_last and end < len(line) else "")
        yield piece.rstrip(), _carets(max(start, done) - done, min(stop, end) - done, len(prefix))
        if is_last:
            return
        done = end + (line[end] == " ")
        prefix = lead


def _carets(start: int, stop: int, shift: int) -> str:
    return " " * (shift + start) + "^" * (stop - start) if stop > start else ""


def _cut(code: str, room: int) -> str:
    return code if len(code) <= room else code[: max(0, room - 3)] + "..."
