"""Annotations: GitHub's workflow commands, with nothing of scanned code able to make another one."""

from __future__ import annotations

import msgspec

from auditor.model import Confidence, Severity
from auditor.report import github
from tests.report import made


def lines(folder, *findings, gaps=()):
    return github.render(made.report(folder, *findings, gaps=gaps)).splitlines()


def test_an_annotation_stands_at_the_comparison(tmp_path):
    command, words = lines(tmp_path, made.finding())
    assert command.startswith(
        f"::error file={made.FILE},line=7,endLine=7,col=6,endColumn=38,title={made.RULE_ID}::"
        "'device_send' drops legal frames of '14..33' bytes.%0A"
    )
    assert "PPPoE IPCP Configure-Ack" in command
    assert words == "1 finding in 2 files"


def test_the_worst_come_first(tmp_path):
    doubtful = made.finding(3, Confidence.LOW)
    middling = msgspec.structs.replace(made.finding(5), severity=Severity.WARNING)
    said = lines(tmp_path, doubtful, middling, made.finding(7))
    assert [line.split()[0] for line in said[:3]] == ["::error", "::warning", "::notice"]


def test_scanned_text_cannot_end_a_command(tmp_path):
    odd = msgspec.structs.replace(
        made.finding(), message="a\n::error::b\r100%", at=made.place(7, 6, 38, "a,b:c.c")
    )
    said = lines(tmp_path, odd)
    assert len(said) == 2
    assert "file=a%2Cb%3Ac.c," in said[0]
    assert "::a%0A::error::b%0D100%25" in said[0]


def test_no_columns_for_a_span_of_several_lines(tmp_path):
    wide = msgspec.structs.replace(
        made.finding(), at=msgspec.structs.replace(made.place(7, 6), end_line=8, end_column=3)
    )
    assert lines(tmp_path, wide)[0].startswith(f"::error file={made.FILE},line=7,endLine=8,title=")


def test_files_that_were_not_analysed_are_annotated(tmp_path):
    assert lines(tmp_path, gaps=made.gaps()) == [
        "::warning file=src/secret.c,title=not analysed::permission denied",
        "0 findings in 2 files",
    ]


def test_more_than_github_shows_is_said(tmp_path):
    assert lines(tmp_path, *(made.finding(n) for n in range(1, 12)))[-1] == (
        "GitHub shows 10 of the 11 error annotations; all stand above"
    )


def test_suppressed_and_known_findings_are_left_out(tmp_path):
    hidden = [msgspec.structs.replace(made.finding(), **{field: "x"}) for field in ("suppressed", "known")]
    assert lines(tmp_path, *hidden) == ["0 findings in 2 files"]
