"""The code around a finding: shown whole to the end of the span, marked exactly, whatever its width."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.model import Edit, Location, Sources
from auditor.report.codeframe import changed, frame

DEEP = "\t\t\tif (frame->length < ETHER_HEADER_BYTES + (NETWORK_HEADER_BYTES + OPTIONS)) /* why */"
SPAN = "frame->length < ETHER_HEADER_BYTES + (NETWORK_HEADER_BYTES + OPTIONS)"


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "a.c").write_text(f"int f(void)\n{{\n\t\twhile (more) {{\n{DEEP}\n\n", encoding="utf-8")
    return Sources(str(tmp_path))


def at():
    start = DEEP.index(SPAN) + 1
    return Location("a.c", 4, start, 4, start + len(SPAN))


def framed(sources, width):
    return ["".join(text for text, _ in line) for line in frame(at(), sources, width)]


@pytest.mark.parametrize("width", [40, 50, 60, 72, 80, 100])
def test_carets_mark_all_of_the_span_and_nothing_else(sources, width):
    lines = framed(sources, width)
    assert max(map(len, lines)) <= width
    marked = [code[i] for code, carets in pairwise(lines) for i, sign in enumerate(carets) if sign == "^"]
    assert "".join(marked).replace(" ", "") == SPAN.replace(" ", "")


def test_the_indentation_of_the_lines_is_kept_relative_to_each_other(sources):
    lines = framed(sources, 120)
    assert lines[0].endswith("| {")
    assert lines[1].endswith("|                 while (more) {")
    assert lines[2].endswith(f"| {' ' * 24}{DEEP.strip()}")


def test_blank_lines_at_the_edges_are_left_out(sources):
    assert framed(sources, 120)[-1].strip(" |^") == ""
    assert "^" in framed(sources, 120)[-1]


def test_an_edit_within_a_line_is_shown_before_and_after(sources):
    edit = Edit(at(), "frame->length < ETHER_HEADER_BYTES")
    assert list(changed(edit, sources, 100)) == [
        ("-", DEEP.strip()),
        ("+", "if (frame->length < ETHER_HEADER_BYTES) /* why */"),
    ]


def test_an_edit_over_several_lines_is_not(sources):
    assert list(changed(Edit(Location("a.c", 2, 1, 3, 2), ""), sources, 80)) == []
    assert list(changed(Edit(Location("gone.c", 2, 1, 2, 2), ""), sources, 80)) == []


@pytest.mark.parametrize("column", [len(DEEP), len(DEEP) + 1, 10_000])
@pytest.mark.parametrize("width", [40, 200])
def test_a_place_behind_the_end_of_its_line(sources, width, column):
    """The file was written anew since it was analysed."""
    lines = list(frame(Location("a.c", 4, column, 4, column + 1), sources, width))
    shown = "".join(text for line in lines for text, kind in line if kind == "plain")
    assert shown.replace(" ", "").endswith("/*why*/")
