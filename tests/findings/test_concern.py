"""A finding concerns the files that its place, its path and its constant lie in, and what they include."""

from __future__ import annotations

import msgspec
import pytest

from auditor.findings.concern import concerning
from auditor.model import Location, Step
from tests.report import made


def concerned(folder, *paths):
    base = made.tree(folder)
    report = made.report(base, made.finding(), gaps=made.gaps())
    return concerning(report, {made.FILE: ("src/other.h",)}, [base / path for path in paths])


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (made.FILE, 1), ("src/frame.h", 1), ("src/other.h", 1), ("src", 1), (".", 1),
        ("src/other.c", 0), ("src/sen", 0), ("../elsewhere.c", 0),
    ],
    ids=["its place", "its constant", "a header it includes", "folder", "all", "other", "like", "outside"],
)  # fmt: skip
def test_findings(tmp_path, path, found):
    assert len(concerned(tmp_path, path).findings) == found


def test_a_path_through_a_changed_file(tmp_path):
    base = made.tree(tmp_path)
    finding = msgspec.structs.replace(made.finding(), path=(Step(Location("src/caller.c", 1), "calls"),))
    report = made.report(base, finding)
    assert concerning(report, {}, [base / "src/caller.c"]).findings == (finding,)
    assert concerning(report, {}, [base / "src/callee.c"]).findings == ()


def test_a_file_that_was_not_read_is_named(tmp_path):
    said = "src/other.c is no part of what was read"
    assert said in [gap.message for gap in concerned(tmp_path, "src/other.c").gaps]
    assert [gap.kind for gap in concerned(tmp_path, made.FILE).gaps] == ["unreadable"]


def test_gaps_and_coverage_of_other_files_go_but_for_files_not_analysed(tmp_path):
    report = concerned(tmp_path, made.FILE)
    assert [gap.kind for gap in report.gaps] == ["unreadable"]
    assert [c.file for c in report.coverage] == [made.FILE]
