"""Maps and graphs as numbers: nothing overlaps, nothing is left out, every boundary is marked."""

from __future__ import annotations

from msgspec.structs import replace

from auditor.model import Term
from auditor.report.html.graphs import MOST_BOXES, ROW, Graphs
from auditor.report.html.maps import Maps
from tests.report import made


def drawn(policy):
    maps = Maps()
    maps.add(policy)
    return maps.all()[0]


def test_bars_of_a_row_cover_all_lengths_side_by_side():
    found = drawn(made.policy())
    assert [length for _, length in found.marks] == [0, 14, 20, 22, 34, 1519]
    for row in found.rows:
        ends = [bar.x + bar.width for bar in row.bars]
        assert [bar.x for bar in row.bars[1:]] == ends[:-1]
        assert ends[-1] == found.width
        assert {bar.x for bar in row.bars} <= {x for x, _ in found.marks}


def test_what_is_lost_says_so_in_words():
    bars = [bar for row in drawn(made.policy()).rows for bar in row.bars if bar.kind == "legal-dropped"]
    assert {bar.meaning for bar in bars} == {f"{low}..33 bytes: legal but dropped" for low in (14, 20, 22)}
    assert {bar.word for bar in bars if bar.width > 40} == {"LOST"}


def test_equal_drawings_are_one_map_with_two_places():
    maps = Maps()
    first = maps.add(made.policy())
    assert maps.add(replace(made.policy(), entry="other_send")) == first
    assert maps.add(made.policy(14)) != first
    assert [place.entry for place in maps.all()[0].places] == ["device_send", "other_send"]


def test_a_sum_stands_left_of_its_parts_and_lines_end_at_boxes():
    graphs = Graphs()
    assert graphs.add(made.constant()) == graphs.add(made.constant())
    (graph,) = graphs.all()
    boxes = {box.text: box for box in graph.boxes}
    total, link, net = (boxes[name] for name in ("LINK_SIZE + NET_SIZE", "LINK_SIZE", "NET_SIZE"))
    assert total.x + total.width < link.x == net.x
    assert link.y + ROW <= net.y
    assert {(line.x2, line.y2 - 18) for line in graph.lines} == {(link.x, link.y), (net.x, net.y)}
    assert (total.operator, link.operator) == ("+", "")


def test_a_huge_constant_is_drawn_in_part_and_says_so():
    parts = tuple(Term(f"PART_{n}", n, "macro") for n in range(100))
    graphs = Graphs()
    graphs.add(Term("SUM", 4950, "operator", operator="+", parts=parts))
    (graph,) = graphs.all()
    assert len(graph.boxes) == MOST_BOXES
    assert graph.left_out == 101 - MOST_BOXES
