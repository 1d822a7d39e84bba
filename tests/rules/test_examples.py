"""Every rule's examples are tests: BAD is found on exactly the marked lines, GOOD not at all.

``examples/<rule>/`` holds further ones, of either kind, that a reader of the rule can do without.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.knowledge import rules_folder
from auditor.rules import load_rules
from auditor.settings import Settings
from tests.matcher import expectations, mismatches

RULES = load_rules([rules_folder()])
BAD = [pytest.param(r.id, code, id=f"{r.id}: {title}") for r in RULES for title, code in r.doc.bad.items()]
GOOD = [pytest.param(r.id, code, id=f"{r.id}: {title}") for r in RULES for title, code in r.doc.good.items()]
FURTHER = sorted((Path(__file__).parent / "examples").glob("*/*.c"))


def findings(folder, rule, code):
    from auditor.pipeline import scan

    file = folder / "example.c"
    file.write_text(code, encoding="utf-8")
    return scan(Settings(paths=(file,), select=(rule,))).report.findings


@pytest.mark.parametrize(("rule", "code"), BAD)
def test_bad_example_is_found_as_marked(tmp_path, rule, code):
    expected = expectations(code)
    assert [e for e in expected if e.kind == "expect" and e.rule == rule], "a bad example without a marker"
    assert mismatches(expected, findings(tmp_path, rule, code)) == []


@pytest.mark.parametrize(("rule", "code"), GOOD)
def test_good_example_is_silent(tmp_path, rule, code):
    expected = expectations(code)
    assert [e for e in expected if e.kind != "ok"] == [], "a good example expects nothing"
    assert mismatches(expected, findings(tmp_path, rule, code)) == []


@pytest.mark.parametrize("file", FURTHER, ids=lambda file: f"{file.parent.name}: {file.stem}")
def test_further_example_is_found_as_marked(tmp_path, file):
    code = file.read_text(encoding="utf-8")
    expected = expectations(code)
    assert expected, "an example without a marker"
    assert file.parent.name in {rule.id for rule in RULES}
    assert mismatches(expected, findings(tmp_path, file.parent.name, code)) == []
