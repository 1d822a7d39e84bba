"""The whole line on the sample driver: what ``make demo`` shows, and what a machine reads of it."""

from __future__ import annotations

import json

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FOUND
from auditor.knowledge import sample_folder
from tests.report import made


@pytest.fixture
def output(capsys):
    def of(*arguments):
        code = run([str(a) for a in arguments])
        return code, capsys.readouterr().out

    return of


def test_demo_ends_in_the_finding_and_the_length_map(output):
    code, out = output("demo")
    assert code == CLEAN
    finding, _, maps = out.partition("The length maps of the sample driver:")
    assert finding.count(f"[{made.RULE_ID}]") == 1
    assert "LEGAL BUT DROPPED" in maps


def test_sarif_of_the_sample(output):
    code, out = output("scan", sample_folder(), "--format", "sarif", "-q")
    assert code == FOUND
    run_ = json.loads(out)["runs"][0]
    (result,) = run_["results"]
    rule = run_["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == made.RULE_ID
    text = rule["messageStrings"][result["message"]["id"]]["text"].format(*result["message"]["arguments"])
    assert result["message"]["text"].startswith(text)
    assert {"codeFlows", "graphs", "fixes", "relatedLocations"} <= set(result)
    functions = {
        step["location"]["logicalLocations"][0]["name"]
        for step in result["codeFlows"][0]["threadFlows"][0]["locations"]
    }
    assert len(functions) > 1


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_the_same_tree_gives_the_same_output(output, form):
    first = output("scan", sample_folder(), "--format", form, "-q")
    assert output("scan", sample_folder(), "--format", form, "-q") == first


def test_where_34_tells_which_checks_decide(output):
    code, out = output("where", "34", sample_folder(), "-q")
    assert code == CLEAN
    assert out.count("DECIDES A DROP") == 2, "the validator's check, in each of its two modes"
    assert "an assertion" in out


@pytest.mark.parametrize("form", ["text", "dot", "graphml", "json"])
def test_constants_of_the_sample(output, form):
    code, out = output("constants", sample_folder(), "--format", form, "-q")
    assert code == CLEAN
    assert out.strip()
