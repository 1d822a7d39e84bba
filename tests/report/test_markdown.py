"""The job summary, rendered by a markdown reader: what it shows, and that scanned code stays text."""

from __future__ import annotations

import msgspec
from markdown_it import MarkdownIt

from auditor.report import markdown
from tests.report import made


def html(folder, *findings, gaps=()):
    report = made.report(folder, *findings, gaps=gaps)
    return MarkdownIt("commonmark").enable("table").render(markdown.render(report))


def test_a_finding_stands_in_the_table_with_its_proof_and_map(tmp_path):
    shown = html(tmp_path, made.finding())
    assert "<h2>lenaudit: 1 finding in 2 files</h2>" in shown
    assert f"<td>{made.FILE}:7</td>" in shown
    assert "Lost, for example: PPPoE IPCP Configure-Ack, 32 bytes" in shown
    assert "0000  02 00 00 00" in shown
    assert "<summary>Length map of device_send when !device-&gt;tun</summary>" in shown
    assert "LEGAL BUT DROPPED" in shown


def test_a_clean_scan_shows_the_maps_of_all_entry_points(tmp_path):
    shown = html(tmp_path)
    assert "lenaudit: 0 findings in 2 files" in shown
    assert shown.count("<summary>Length map of") == 1
    assert "<table>" not in shown


def test_what_was_not_analysed_is_named(tmp_path):
    assert "Not analysed: src/secret.c." in html(tmp_path, gaps=made.gaps())


def test_scanned_code_is_not_interpreted(tmp_path):
    odd = msgspec.structs.replace(
        made.finding(),
        message="<script>x</script> | `b` [c](http://d) **e**\n# f",
        at=made.place(7, 6, 38, "src/a|b_<i>.c"),
    )
    shown = html(tmp_path, odd)
    assert "<script>" not in shown
    assert "<i>" not in shown
    assert "<a " not in shown
    assert "<strong>" not in shown
    assert "<td>src/a|b_&lt;i&gt;.c:7</td>" in shown


def test_github_takes_no_more_than_a_megabyte(tmp_path, monkeypatch):
    many = [made.finding(line) for line in range(1, 2000)]
    text = markdown.render(made.report(tmp_path, *many))
    assert len(text.encode()) < 1 << 20
    assert "did not fit into this summary" in text
