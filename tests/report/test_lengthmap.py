"""The length map: every boundary marked, losses visible without colour, classes that agree on one row."""

from __future__ import annotations

import msgspec
import pytest

from auditor.model import ClassRow, Outcome, Span
from auditor.report.text import render_policies
from tests.report import made

HANDED_ON, DROPPED = frozenset({Outcome.HANDED_ON}), frozenset({Outcome.DROPPED})


def drawn(policy, width=80, unicode=False):
    return render_policies([policy], width, unicode=unicode)


def row_of(name, text):
    return next(line for line in text.splitlines() if line.startswith(name)).removeprefix(name).strip()


def with_rows(*rows):
    return msgspec.structs.replace(made.policy(), rows=rows)


def test_map(snapshot):
    assert drawn(made.policy(), unicode=True) == snapshot


def test_narrow_ascii_map(snapshot):
    assert drawn(made.policy(), 60) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_stays_within_its_width_and_marks_every_boundary(width):
    text = drawn(made.policy(), width)
    assert max(map(len, text.splitlines())) <= width
    words = text.split()
    assert all(str(boundary) in words for boundary in (0, 14, 20, 22, 34, 42, 54, 1519))


@pytest.mark.parametrize("unicode", [False, True])
def test_legal_but_dropped_stands_out_without_colour(unicode):
    text = drawn(made.policy(), unicode=unicode)
    assert "X" in row_of("other", text)
    assert "X" not in row_of("IPv4", text)
    assert "other: legal but dropped at 14..33 bytes" in text
    assert "X" not in row_of("other", drawn(made.policy(14), unicode=unicode))


def test_glyphs_of_neighbouring_columns_meet_at_the_boundary():
    lines = drawn(made.policy()).splitlines()
    axis = next(line for line in lines if line.strip().startswith("0 "))
    other = next(line for line in lines if line.startswith("other"))
    assert other[axis.index("14") - 1 : axis.index("14") + 1] == ".X"
    assert other[axis.index("34") - 1 : axis.index("34") + 1] == "X#"


def test_classes_that_agree_share_a_row():
    spans = (Span(0, 13, DROPPED), Span(14, 65535, HANDED_ON))
    text = drawn(with_rows(*(ClassRow(name, 14, 1518, spans) for name in ("LLC", "other"))))
    assert "every class" in text
    assert "LLC" not in text
    third = ClassRow("ARP", 42, 1518, spans)
    text = drawn(with_rows(ClassRow("LLC", 14, 1518, spans), ClassRow("other", 14, 1518, spans), third))
    assert "LLC, other" in text
    assert "ARP" in text


@pytest.mark.parametrize(
    ("outcomes", "glyph"),
    [
        ({Outcome.HANDED_ON}, "#"),
        ({Outcome.DROPPED}, "X"),
        ({Outcome.PADDED}, "P"),
        ({Outcome.ANSWERED}, "A"),
        ({Outcome.UNKNOWN}, "?"),
        ({Outcome.HANDED_ON, Outcome.DROPPED}, "%"),
        ({Outcome.HANDED_ON, Outcome.UNKNOWN}, "?"),
        ({Outcome.HANDED_ON, Outcome.ANSWERED}, "#"),
        (set(), "?"),
    ],
)
def test_every_outcome_has_a_glyph_and_a_legend(outcomes, glyph):
    text = drawn(with_rows(ClassRow("other", 0, None, (Span(0, 65535, frozenset(outcomes)),))))
    assert set(row_of("other", text)) == {glyph}
    assert f"  {glyph} " in text


def test_without_a_legal_minimum_no_drop_is_called_wrong():
    text = drawn(with_rows(ClassRow("other", None, None, (Span(0, 65535, DROPPED),))))
    assert "X" not in text


def test_incomplete_policies_say_so():
    assert "incomplete: some paths were not explored" in drawn(made.policy(99))
    assert "incomplete" not in drawn(made.policy())
