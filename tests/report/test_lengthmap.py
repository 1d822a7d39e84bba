"""The length map: every boundary marked, losses visible without colour, classes that agree on one row."""

from __future__ import annotations

from itertools import groupby

import msgspec
import pytest

from auditor.model import ClassRow, Outcome, Span
from auditor.report.text import render_policies
from tests.report import made

HANDED_ON, DROPPED = frozenset({Outcome.HANDED_ON}), frozenset({Outcome.DROPPED})


def drawn(policy, width=80, unicode=False):
    return render_policies([policy], width, unicode=unicode)


def row_of(name, text):
    """The bars of the row with this label."""
    lines = (line.strip() for line in text.splitlines())
    return next(line.removeprefix(name).strip() for line in lines if line.startswith(f"{name}  "))


def three(name, legal, minimum, maximum=1518):
    """A class dropped below ``minimum`` and above ``maximum``."""
    below, above = Span(0, minimum - 1, DROPPED), Span(maximum + 1, 65535, DROPPED)
    spans = (below, Span(minimum, maximum, HANDED_ON), above)
    return ClassRow(name, legal, 1518, spans)


def with_rows(*rows):
    return msgspec.structs.replace(made.policy(), rows=rows)


def test_map(snapshot):
    assert drawn(made.policy(), unicode=True) == snapshot


def test_narrow_ascii_map(snapshot):
    assert drawn(made.policy(), 60) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_stays_within_its_width_and_marks_every_boundary(width):
    rows = (three("IPv4", 34, 34), three("IPv6", 54, 54), three("other", 14, 22, 1514))
    text = drawn(with_rows(*rows), width)
    assert max(map(len, text.splitlines())) <= width
    words = text.split()
    assert all(str(boundary) in words for boundary in (0, 14, 22, 34, 54, 1515, 1519))


@pytest.mark.parametrize("unicode", [False, True])
def test_legal_but_dropped_stands_out_without_colour(unicode):
    rows = (three("IPv4", 34, 34), three("other", 14, 34))
    text = drawn(with_rows(*rows), unicode=unicode)
    assert "X" in row_of("other", text)
    assert "X" not in row_of("IPv4", text)
    assert "other: legal but dropped at 14..33 bytes" in text
    assert "IPv4: legal" not in text
    assert "X" not in drawn(with_rows(three("IPv4", 34, 34)), unicode=unicode)


def test_a_driver_that_wants_34_bytes_of_every_frame_loses_of_each_class_what_is_legal():
    lines = drawn(made.policy()).splitlines()
    axis = next(line for line in lines if line.strip().startswith("0 "))
    assert axis.split() == ["0", "14", "20", "22", "34", "1519"]
    for name, legal in (("PPPoE discovery", "20"), ("PPPoE session", "22"), ("other", "14")):
        bars = next(line for line in lines if line.startswith(f"  {name}  "))
        assert [kind for kind, _ in groupby(row_of(name, drawn(made.policy())))] == [".", "X", "#", "."]
        assert bars.index("X") == axis.index(legal)
    assert [kind for kind, _ in groupby(row_of("IPv4, IPv6, ARP", drawn(made.policy())))] == [".", "#", "."]


def test_glyphs_of_neighbouring_columns_meet_at_the_boundary():
    lines = drawn(made.policy()).splitlines()
    axis = next(line for line in lines if line.strip().startswith("0 "))
    bars = next(line for line in lines if line.startswith("  other"))
    assert bars[axis.index("14") - 1 : axis.index("14") + 1] == ".X"
    assert bars[axis.index("34") - 1 : axis.index("34") + 1] == "X#"


def test_classes_that_fare_alike_share_a_row():
    rows = tuple(three(name, legal, 14) for name, legal in (("LLC", 17), ("other", 14), ("ARP", 42)))
    assert "every class" in drawn(with_rows(*rows))
    text = drawn(with_rows(*rows, three("IPv4", 34, 34)))
    assert set(row_of("all but IPv4", text)) == {".", "#"}
    assert set(row_of("IPv4", text)) == {".", "#"}
    text = drawn(with_rows(*rows[:2], *(three(name, 34, 34) for name in ("IPv4", "IPv6", "VLAN"))))
    assert row_of("LLC, other", text)


def test_what_is_dropped_at_every_length_is_not_dropped_for_its_length():
    never = ClassRow("LLC", 17, 1514, (Span(0, 65535, DROPPED),))
    text = drawn(with_rows(three("IPv4", 34, 34), never))
    assert set(row_of("LLC", text)) == {"-"}
    assert "not carried" in text
    assert "legal but dropped" not in text


@pytest.mark.parametrize(
    ("outcomes", "glyph"),
    [
        ({Outcome.HANDED_ON}, "#"),
        ({Outcome.PADDED}, "P"),
        ({Outcome.ANSWERED}, "A"),
        ({Outcome.UNKNOWN}, "?"),
        ({Outcome.HANDED_ON, Outcome.DROPPED}, "+"),
        ({Outcome.HANDED_ON, Outcome.ANSWERED, Outcome.DROPPED}, "+"),
        ({Outcome.PADDED, Outcome.DROPPED}, "P"),
        ({Outcome.ANSWERED, Outcome.DROPPED}, "A"),
        ({Outcome.HANDED_ON, Outcome.UNKNOWN}, "#"),
        ({Outcome.DROPPED, Outcome.UNKNOWN}, "?"),
        ({Outcome.HANDED_ON, Outcome.ANSWERED}, "#"),
        (set(), "?"),
    ],
)
def test_every_outcome_has_a_glyph_and_a_legend(outcomes, glyph):
    text = drawn(with_rows(ClassRow("other", 0, None, (Span(0, 65535, frozenset(outcomes)),))))
    assert set(row_of("other", text)) == {glyph}
    assert f"  {glyph} " in text


def test_lengths_of_which_nothing_is_said_are_unknown():
    row = ClassRow("other", 14, 1514, (Span(60, 65535, frozenset({Outcome.HANDED_ON})),))
    assert [kind for kind, _ in groupby(row_of("other", drawn(with_rows(row))))] == ["'", "?", "#", ":"]


def test_handed_on_on_some_paths_comes_with_a_hint():
    some = frozenset({Outcome.HANDED_ON, Outcome.DROPPED})
    text = drawn(with_rows(ClassRow("other", 14, 1514, (Span(0, 65535, some),))))
    assert "reasons that are not its length" in text
    assert "reasons that are not its length" not in drawn(made.policy())


def test_without_a_legal_minimum_no_drop_is_called_wrong():
    text = drawn(with_rows(ClassRow("other", None, None, (Span(0, 65535, DROPPED),))))
    assert "X" not in text


def test_incomplete_policies_say_so():
    assert "incomplete: some paths were not explored" in drawn(made.policy(99))
    assert "incomplete" not in drawn(made.policy())
