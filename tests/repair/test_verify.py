"""A change is offered only when it is proved: the finding goes, and nothing else in the tree moves."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from auditor.model import Edit
from auditor.pipeline import scan
from auditor.repair import patch_of, verified
from auditor.report.changes import changes
from auditor.settings import Settings

HEAD = """\
#include <stddef.h>

#define ETHERNET_BYTES 14
#define IPV4_BYTES 20

int queue_packet(const unsigned char *packet, size_t length);

"""
GOES = (
    HEAD
    + """\
int link_send(const unsigned char *packet, size_t length)
{
    if (length < (ETHERNET_BYTES + IPV4_BYTES))
        return -1;
    return queue_packet(packet, length);
}
"""
)
ANOTHER_BEHIND = (
    HEAD
    + """\
int link_send(const unsigned char *packet, size_t length)
{
    if (length < ETHERNET_BYTES + IPV4_BYTES)
        return -1;
    if (length < 34)
        return -1;
    return queue_packet(packet, length);
}
"""
)
INCLUSIVE = GOES.replace("(length < (ETHERNET_BYTES + IPV4_BYTES))", "(length <= 33)")
TURNED_ROUND = GOES.replace("length < (ETHERNET_BYTES + IPV4_BYTES)", "ETHERNET_BYTES + IPV4_BYTES > length")
SIZE_OF = "struct ethhdr { unsigned char to[6], from[6]; unsigned short type; };\n" + GOES.replace(
    "(ETHERNET_BYTES + IPV4_BYTES)", "sizeof(struct ethhdr) + IPV4_BYTES"
)
LOCAL = GOES.replace(
    "    if (length < (ETHERNET_BYTES + IPV4_BYTES))",
    "    size_t need = ETHERNET_BYTES;\n\n    need += IPV4_BYTES;\n    if (length < need)",
)
TAG_MISSING = GOES.replace("(length < (ETHERNET_BYTES + IPV4_BYTES))", "(length > 1514)")
ONE_TOO_FEW = GOES.replace("(length < (ETHERNET_BYTES + IPV4_BYTES))", "(length >= 1518)")


def tried(folder, code, **more):
    file = folder / "link.c"
    file.write_text(code, encoding="utf-8")
    settings = Settings(paths=(file,), min_confidence="low", **more)
    before = scan(settings)
    return before, verified(before, settings)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (GOES, "    if (length < ETHERNET_BYTES)"),
        (INCLUSIVE, "    if (length < 14)"),
        (TURNED_ROUND, "    if (ETHERNET_BYTES > length)"),
        (SIZE_OF, "    if (length < sizeof(struct ethhdr))"),
        (LOCAL, "    if (length < 14)"),
        (TAG_MISSING, "    if (length > 1514 + 4)"),
        (ONE_TOO_FEW, "    if (length > 1518)"),
    ],
    ids=[
        "brackets go",
        "the operator turns",
        "limit on the left",
        "a size",
        "a local",
        "room for the tag",
        "operator alone",
    ],
)
def test_the_fewest_tokens(tmp_path, code, line):
    _, after = tried(tmp_path, code)
    (finding,) = after.report.findings
    assert [(f.verified, f.doubt) for f in finding.fixes] == [(True, "")]
    ((_, data),) = patch_of([finding], after.sources).values()
    moved = set(data.decode().splitlines()) - set(code.splitlines())
    assert moved == {line}


def test_the_policy_after_the_fix_is_that_of_the_fixed_file(tmp_path):
    _, after = tried(tmp_path, GOES)
    (finding,) = after.report.findings
    (tmp_path / "fixed").mkdir()
    fixed, _ = tried(tmp_path / "fixed", GOES.replace("(ETHERNET_BYTES + IPV4_BYTES)", "ETHERNET_BYTES"))
    assert fixed.report.findings == ()
    assert finding.policies_after == fixed.report.policies
    assert changes(finding.policies, finding.policies_after) != ()


def test_nothing_is_written(tmp_path):
    tried(tmp_path, GOES)
    assert (tmp_path / "link.c").read_text() == GOES


def test_another_finding_behind_it_is_named(tmp_path):
    _, after = tried(tmp_path, ANOTHER_BEHIND)
    (finding,) = after.report.findings
    assert finding.fixes[0].doubt == "another finding would appear: l3-minimum-on-l2-path at link.c:12:9"
    assert finding.policies_after == ()


def with_edit(result, text):
    (finding,) = result.report.findings
    first = finding.fixes[0]
    fix = replace(first, edits=(Edit(first.edits[0].at, text),))
    return replace(result, report=replace(result.report, findings=(replace(finding, fixes=(fix,)),)))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("(ETHERNET_BYTES + 19)", "the finding stays"),
        ("0", "the policy of link_send (always) would change for "),
        ("}", "understood"),
        ("ETHERNET_BYTES || length > 1000", "the policy of link_send (always) would change for "),
    ],
    ids=["still too much", "too little asked", "no C any more", "long frames lost"],
)
def test_a_change_that_is_wrong_is_not_offered(tmp_path, text, doubt):
    before, _ = tried(tmp_path, GOES)
    after = verified(with_edit(before, text), Settings(paths=(tmp_path,), min_confidence="low"))
    fix = after.report.findings[0].fixes[0]
    assert not fix.verified
    assert doubt in fix.doubt


def test_a_suppressed_finding_is_left_alone(tmp_path):
    comment = "/* lenaudit: ignore[l3-minimum-on-l2-path] -- carries IPv4 only */"
    before, after = tried(tmp_path, GOES.replace("IPV4_BYTES))", f"IPV4_BYTES)) {comment}"))
    assert after.report.findings == before.report.findings


def test_findings_of_two_entry_points_are_proved_by_one_scan(tmp_path, monkeypatch):
    scans = []
    monkeypatch.setattr("auditor.repair.verify.scan", lambda *a: scans.append(a) or scan(*a))
    other = GOES.removeprefix(HEAD).replace("link_send", "port_send")
    _, after = tried(tmp_path, GOES + other)
    assert [f.fixes[0].verified for f in after.report.findings] == [True, True]
    assert len(scans) == 1


def test_frames_that_a_weaker_finding_behind_it_still_drops(tmp_path):
    (tmp_path / "link.c").write_text(ANOTHER_BEHIND, encoding="utf-8")
    settings = Settings(paths=(tmp_path,))
    (finding,) = verified(scan(settings), settings).report.findings
    assert finding.fixes[0].doubt == "the frames would still be lost, by a check behind this one"


def test_one_change_that_is_not_safe_does_not_spoil_the_others(tmp_path):
    for name, code in (("a", GOES), ("b", ANOTHER_BEHIND), ("c", GOES), ("d", GOES)):
        (tmp_path / f"{name}.c").write_text(code.replace("link_send", f"{name}_send"), encoding="utf-8")
    settings = Settings(paths=(tmp_path,), min_confidence="low")
    findings = verified(scan(settings), settings).report.findings
    assert {f.at.file: f.fixes[0].verified for f in findings} == {
        "a.c": True, "b.c": False, "c.c": True, "d.c": True,
    }  # fmt: skip


def test_two_entry_points_of_one_name_keep_their_policies_apart(tmp_path):
    for name, minimum in (("a", "ETHERNET_BYTES + IPV4_BYTES"), ("b", "ETHERNET_BYTES")):
        code = GOES.replace("int link_send", "static int link_send").replace(
            "ETHERNET_BYTES + IPV4_BYTES)", f"{minimum})"
        )
        (tmp_path / f"{name}.c").write_text(code, encoding="utf-8")
    settings = Settings(paths=(tmp_path,), min_confidence="low")
    (finding,) = verified(scan(settings), settings).report.findings
    assert finding.fixes[0].verified
    assert [policy.at.file for policy in finding.policies_after] == ["a.c"]


def test_a_second_analysis_that_was_ended_early_proves_nothing(tmp_path, monkeypatch):
    before, _ = tried(tmp_path, GOES)
    calls = []

    def stopped(settings, progress=None):
        calls.append(settings)
        return replace(scan(settings, progress), stopped=True)

    monkeypatch.setattr("auditor.repair.verify.scan", stopped)
    (finding,) = verified(before, Settings(paths=(tmp_path,), min_confidence="low")).report.findings
    assert (finding.fixes[0].verified, finding.fixes[0].doubt) == (
        False,
        "the second analysis was ended early",
    )
    assert len(calls) == 1
