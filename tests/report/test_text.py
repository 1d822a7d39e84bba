"""The text report on a made report: complete, within its width, the same without colour."""

from __future__ import annotations

import re

import msgspec
import pytest

from auditor.model import Confidence, Location, Loss, Sources
from auditor.report import text
from auditor.report.wording import grouped_losses
from tests.report import made

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def base(tmp_path):
    return made.tree(tmp_path)


def rendered(base, *findings, width=80, color=False, gaps=()):
    return text.render(made.report(base, *findings, gaps=gaps), Sources(str(base)), width, color)


def test_report(base, snapshot):
    assert rendered(base, made.finding(), gaps=made.gaps()) == snapshot


def test_clean_report(base):
    assert rendered(base).startswith("0 findings in 2 files\n")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_stays_within_its_width(base, width):
    lines = rendered(base, made.finding(), gaps=made.gaps(), width=width).splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [60, 80])
def test_colour_adds_nothing_but_colour(base, width):
    plain = rendered(base, made.finding(), width=width)
    colored = rendered(base, made.finding(), width=width, color=True)
    assert colored != plain
    assert ESCAPES.sub("", colored) == plain
    assert "\x1b" not in plain


def test_the_caret_stands_below_the_comparison(base):
    lines = rendered(base, made.finding()).splitlines()
    code = next(number for number, line in enumerate(lines) if line.startswith("> 7"))
    carets = lines[code + 1]
    start, end = carets.index("^"), carets.rindex("^") + 1
    assert lines[code][start:end] == "f->length < LINK_SIZE + NET_SIZE"


def test_escape_sequences_in_scanned_code_do_not_reach_the_terminal(base):
    (base / made.FILE).write_text(
        made.CODE.replace("return 0;", "return 0; /* \x1b[2J\x07 */"), encoding="utf-8"
    )
    assert "\x1b" not in rendered(base, made.finding())


def test_a_file_that_cannot_be_read_any_more_costs_only_its_code(base):
    (base / made.FILE).unlink()
    assert "LINK_SIZE 14 [L2]" in rendered(base, made.finding())


def test_suppressed_findings_are_counted_only(base):
    finding = msgspec.structs.replace(made.finding(), suppressed="known")
    assert rendered(base, finding).startswith("0 findings, 1 suppressed in 2 files\n")


def test_low_confidence_is_a_note(base):
    assert rendered(base, made.finding(confidence=Confidence.LOW)).startswith("note[")


def test_losses_of_one_range_are_grouped():
    finding = made.finding()
    classes = [row.frame_class for row in finding.policies[0].rows]
    every = msgspec.structs.replace(finding, losses=tuple(Loss(name, 14, 33) for name in classes))
    assert grouped_losses(every) == (("every class", "14..33"),)
    two = msgspec.structs.replace(
        finding, losses=(Loss("ARP", 42, 42), Loss("other", 14, 33), Loss("LLC", 14, 33))
    )
    assert grouped_losses(two) == (("other, LLC", "14..33"), ("ARP", "42"))


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first(base):
    finding = msgspec.structs.replace(made.finding(), at=Location(made.FILE, 7, 6, 8, 3))
    assert "^" * len("f->length < LINK_SIZE + NET_SIZE)") in rendered(base, finding)
