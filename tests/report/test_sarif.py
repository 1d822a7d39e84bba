"""SARIF: its structure; schema and Microsoft's validator where LENAUDIT_SARIF_MULTITOOL names them.

The variable holds the folder of npm's ``@microsoft/sarif-multitool-linux`` (or -win32, -darwin), in which the
validator and ``sarif-2.1.0.json`` stand.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditor.model import Confidence, Gap, Location, Sources, Step
from auditor.report import sarif
from auditor.report.sarif_rules import GAP_TEXTS
from tests.report import made

MULTITOOL = Path(os.environ.get("LENAUDIT_SARIF_MULTITOOL", "")).absolute()
SCHEMA = MULTITOOL / "sarif-2.1.0.json"
BINARY = MULTITOOL / "Sarif.Multitool"
GITHUB_RULES = (
    "GH1001.ProvideRequiredLocationProperties",
    "GH1002.InlineThreadFlowLocations",
    "GH1003.ProvideRequiredRegionProperties",
    "GH1004.ReviewArraysThatExceedConfigurableDefaults",
    "GH1005.LocationsMustBeRelativeUrisOrFilePaths",
    "GH1006.ProvideCheckoutPath",
    "GH1007.ProvideFullyFormattedMessageStrings",
)
# 2006 asks the network whether real addresses answer; 2009 wants ids such as CA1001, ours name the fault.
JUDGED_APART = frozenset({"SARIF2006", "SARIF2009"})
CASES = {
    "clean": (),
    "one": (made.finding(),),
    "many": tuple(
        msgspec.structs.replace(made.finding(), at=made.place(line))
        for line, text in enumerate(made.CODE.splitlines(), 1)
        for _ in range(20 if text else 0)
    ),
}


@pytest.fixture
def base(tmp_path):
    git = made.tree(tmp_path) / ".git"
    git.mkdir()
    (git / "HEAD").write_text("0123456789abcdef0123456789abcdef01234567\n")
    (git / "config").write_text('[remote "origin"]\n\turl = https://github.com/lenaudit/example.git\n')
    return tmp_path


GAPS = made.gaps()


def rendered(base, *findings, gaps=GAPS):
    return sarif.render(made.report(base, *findings, gaps=gaps), (made.doc(),), Sources(str(base)))


def run_of(base, *findings, **more):
    return json.loads(rendered(base, *findings, **more))["runs"][0]


def test_whole_log(base, snapshot):
    assert rendered(base, made.finding()) == snapshot


def test_same_report_same_text(base):
    assert rendered(base, made.finding()) == rendered(base, made.finding())


def test_clean_run_has_an_empty_list_of_results(base):
    run = run_of(base)
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_result(base):
    (result,) = run_of(base, made.finding())["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"], result["rank"]) == (
        made.RULE_ID,
        0,
        "error",
        90.0,
    )
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == made.FILE
    assert place["region"]["snippet"]["text"] == "f->length < LINK_SIZE + NET_SIZE"
    assert {key: value for key, value in place["region"].items() if key != "snippet"} == {
        "startLine": 7, "startColumn": 6, "endLine": 7, "endColumn": 38,
    }  # fmt: skip
    assert place["contextRegion"]["snippet"]["text"] == "\n".join(made.CODE.splitlines()[4:9])


def test_message_fills_the_rules_template_and_links_every_related_location(base):
    (result,) = run_of(base, made.finding())["results"]
    template = made.doc().rule.message
    assert result["message"]["text"].startswith(template.format(*result["message"]["arguments"]))
    for related in result["relatedLocations"]:
        assert f"]({related['id']})" in result["message"]["text"]
    assert [r["id"] for r in result["relatedLocations"]] == [1, 2, 3]


def test_story_is_told_in_order_across_functions(base):
    (result,) = run_of(base, made.finding())["results"]
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [s["executionOrder"] for s in steps] == [1, 2, 3, 4, 5]
    assert [s["location"]["physicalLocation"]["region"]["startLine"] for s in steps] == [12, 14, 7, 8, 15]
    names = [s["location"]["logicalLocations"][0]["name"] for s in steps]
    assert names == ["device_send", "device_send", "frame_ok", "frame_ok", "device_send"]


def test_constant_is_a_graph_from_the_sum_to_its_parts(base):
    (result,) = run_of(base, made.finding())["results"]
    (graph,) = result["graphs"]
    labels = {node["id"]: node["label"]["text"] for node in graph["nodes"]}
    edges = {
        (labels[e["sourceNodeId"]], labels[e["targetNodeId"]], e["label"]["text"]) for e in graph["edges"]
    }
    total = "LINK_SIZE + NET_SIZE"
    assert edges == {(total, "LINK_SIZE", "+"), (total, "NET_SIZE", "+")}


def test_fix_replaces_just_the_sum(base):
    (result,) = run_of(base, made.finding())["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    text = made.CODE.splitlines()
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        line = text[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "LINK_SIZE + NET_SIZE"
        assert replacement["insertedContent"]["text"] == "LINK_SIZE"


def test_a_fix_that_is_not_safe_is_left_out(base):
    fixes = tuple(msgspec.structs.replace(fix, doubt="the finding stays") for fix in made.finding().fixes)
    (result,) = run_of(base, msgspec.structs.replace(made.finding(), fixes=fixes))["results"]
    assert "fixes" not in result


def test_rule_properties_are_as_github_reads_them(base):
    (rule,) = run_of(base)["tool"]["driver"]["rules"]
    assert rule["properties"]["security-severity"] == "4.3"
    assert "external/cwe/cwe-1284" in rule["properties"]["tags"]
    assert rule["name"] == "L3MinimumOnL2Path" != rule["id"]
    assert "```c" in rule["help"]["markdown"]


def test_suppressed_findings_are_left_out(base):
    assert run_of(base, msgspec.structs.replace(made.finding(), suppressed="known"))["results"] == []


def test_every_gap_and_every_partly_analysed_file_is_a_notification(base):
    notes = run_of(base)["invocations"][0]["toolExecutionNotifications"]
    found = [(note["descriptor"]["id"], note["locations"][0]["physicalLocation"]) for note in notes]
    names = [(kind, place["artifactLocation"]["uri"]) for kind, place in found]
    assert names == [
        ("gap-partial", "src/other.c"),
        ("gap-skipped", "src/gen.c"),
        ("gap-unreadable", "src/secret.c"),
        ("gap-partial", "src/other.c"),  # from the coverage, with the share of comparisons
    ]
    assert notes[-1]["message"]["text"] == "4 of 5 comparisons understood."


def test_no_line_of_a_file_that_was_not_analysed_is_quoted(base):
    gap = Gap("unreadable", "binary", made.place(1), "error")
    (note, _) = run_of(base, gaps=(gap,))["invocations"][0]["toolExecutionNotifications"]
    assert list(note["locations"][0]["physicalLocation"]) == ["artifactLocation"]


def test_a_megabyte_on_one_line_is_not_quoted(base):
    (base / made.FILE).write_text("x" * 1_000_000, encoding="utf-8")
    assert len(rendered(base, msgspec.structs.replace(made.finding(), at=made.place(1)))) < 100_000


def test_every_kind_of_gap_of_the_model_has_a_text():
    listed = " ".join(Gap.__doc__.partition("``kind`` is ")[2].partition(";")[0].split())
    kinds = listed.replace(" or ", ", ").split(", ")
    assert set(GAP_TEXTS) == {kind.strip() for kind in kinds}


def test_paths_are_relative_to_the_checkout(base):
    finding = msgspec.structs.replace(
        made.finding(), at=Location("send.c", 7, 6, 7, 38), path=(), fixes=(), related=()
    )
    log = sarif.render(made.report(base / "src", finding), (made.doc(),), Sources(str(base / "src")))
    run = json.loads(log)["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "src/send.c"
    assert "snippet" in place["region"]
    assert run["versionControlProvenance"][0]["mappedTo"] == {"uriBaseId": "SRCROOT"}


def test_odd_file_names_are_escaped(base):
    odd = "src/a b#1.c"
    (base / odd).write_text(made.CODE, encoding="utf-8")
    finding = msgspec.structs.replace(made.finding(), at=made.place(7, 6, 38, odd))
    place = run_of(base, finding)["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "src/a%20b%231.c"


def test_a_thousand_results_take_seconds_not_minutes(base):
    import time

    start = time.process_time()
    rendered(base, *(made.finding(line) for line in range(1, 11) for _ in range(100)))
    assert time.process_time() - start < 10


@pytest.mark.skipif(
    not SCHEMA.is_file(), reason="LENAUDIT_SARIF_MULTITOOL does not name sarif-multitool's folder"
)
@pytest.mark.parametrize("case", CASES)
def test_against_the_schema(base, case):
    import jsonschema_rs

    schema = json.loads(SCHEMA.read_text(encoding="utf-8-sig"))
    log = json.loads(rendered(base, *CASES[case]))
    assert [error.message for error in jsonschema_rs.validator_for(schema).iter_errors(log)] == []


@pytest.mark.skipif(
    not BINARY.is_file(), reason="LENAUDIT_SARIF_MULTITOOL does not name sarif-multitool's folder"
)
@pytest.mark.parametrize("case", CASES)
def test_microsofts_validator_finds_nothing(base, case):
    (base / "x.sarif").write_text(rendered(base, *CASES[case]), encoding="utf-8")
    policy = {f"{rule}.Options": {"RuleEnabled": "Error"} for rule in GITHUB_RULES}
    (base / "policy.json").write_text(json.dumps(policy), encoding="utf-8")
    command = [BINARY, "validate", "x.sarif", "-c", "policy.json", "--rule-kind", "Sarif;Ghas",
               "--level", "Error;Warning;Note", "--max-file-size-in-kb", "200000", "-o", "out.sarif",
               "--log", "ForceOverwrite"]  # fmt: skip
    subprocess.run(command, cwd=base, check=False, capture_output=True, timeout=120)
    judged = json.loads((base / "out.sarif").read_text(encoding="utf-8-sig"))["runs"][0]
    complaints = [(r["ruleId"], r["message"]) for r in judged["results"] if r["ruleId"] not in JUDGED_APART]
    assert complaints == []


@pytest.mark.parametrize(
    ("field", "kind", "said"), [("suppressed", "inSource", "why"), ("known", "external", "Known: why.")]
)
def test_suppressed_and_known_findings_can_be_shown_as_such(base, field, kind, said):
    hidden = msgspec.structs.replace(made.finding(), **{field: "why"})
    log = sarif.render(made.report(base, hidden), (made.doc(),), Sources(str(base)), show_suppressed=True)
    (result,) = json.loads(log)["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": kind, "justification": said, "status": "accepted"}]


@pytest.mark.parametrize(("category", "expected"), [("", "lenaudit/"), ("drivers/usb", "drivers/usb/")])
def test_category(base, category, expected):
    log = sarif.render(made.report(base), (made.doc(),), Sources(str(base)), category)
    assert json.loads(log)["runs"][0]["automationDetails"]["id"] == expected


def test_a_log_that_github_would_refuse_is_cut_and_says_so(base, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    mild = [made.finding(line, Confidence.LOW) for line in (3, 5)]
    run = run_of(base, *mild, made.finding(7), made.finding(8), made.finding(9), gaps=())
    assert [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in run["results"]] == [7, 8, 9]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "2 of 5 findings, the mildest, were left out to keep GitHub's limits." in [
        note["message"]["text"] for note in notes
    ]


@pytest.mark.parametrize(("number", "lines"), [(500, True), (501, False)])
def test_a_log_that_nobody_reads_is_not_indented(base, number, lines):
    text = rendered(base, *(made.finding() for _ in range(number)))
    assert (text.count("\n") > 1) is lines


def test_a_log_that_is_too_large_when_packed_is_cut(base, monkeypatch):
    whole = len(rendered(base, *(made.finding() for _ in range(8))))
    monkeypatch.setattr("auditor.report.sarif_limits.MOST_PACKED", 1)  # everything is packed ...
    monkeypatch.setattr(sarif, "MOST_PACKED", 3_000)  # ... and may have this many bytes
    text = rendered(base, *(made.finding() for _ in range(40)), gaps=())
    assert len(text) < whole
    assert "findings, the mildest, were left out" in text


def test_a_path_that_is_too_long_keeps_its_start_and_end(base):
    steps = tuple(Step(made.place(7, 6, 38), f"step {n}") for n in range(10_500))
    run = run_of(base, msgspec.structs.replace(made.finding(), path=steps))
    told = run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
    assert len(told) == 10_000
    assert [told[n]["location"]["message"]["text"] for n in (0, -1)] == ["step 0.", "step 10499."]


@pytest.mark.parametrize("case", CASES)
def test_sarif_tools_reads_it(base, case):
    (base / "x.sarif").write_text(rendered(base, *CASES[case]), encoding="utf-8")
    command = [sys.executable, "-m", "sarif", "csv", "-o", "x.csv", "x.sarif"]
    subprocess.run(command, cwd=base, check=True, capture_output=True, timeout=60)
    with (base / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(CASES[case])
    assert {(row["Severity"], row["Code"]) for row in rows} <= {("error", made.RULE_ID)}
    assert {row["Location"] for row in rows} <= {made.FILE}
