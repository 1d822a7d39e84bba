"""A rule file is complete, or loading it fails with the file's name and what it lacks."""

from __future__ import annotations

import os
import sys

import pytest

from auditor.knowledge import rules_folder
from auditor.model import ConfigError
from auditor.rules import HEADINGS, load_rules

WHOLE = '''"""A summary.

{headings}
"""

from auditor.rules import Rule, Severity

RULE = Rule(title="T", message="Found '{{0}}'.", severity=Severity.WARNING, since="0.1.0", default_on={on})
BAD = {{"easy": "int a;"}}
GOOD = {{"easy": "int b;"}}


def check(context):
    yield from ()
'''
SECTIONS = "\n".join(f"## {heading}\nText." for heading in HEADINGS)


def rule_text(headings: str = SECTIONS, on: bool = True) -> str:
    return WHOLE.format(headings=headings, on=on)


def write(folder, text, name="some-rule"):
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return [folder]


def test_a_whole_rule_loads(tmp_path):
    (rule,) = load_rules(write(tmp_path, rule_text()))
    assert rule.id == "some-rule"
    assert rule.doc.summary == "A summary."
    assert tuple(rule.doc.sections) == HEADINGS


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        pytest.param(rule_text().replace('"""A summary.', '"""', 1), "summary", id="summary"),
        *(
            pytest.param(rule_text(SECTIONS.replace(f"## {heading}\nText.", "")), f"## {heading}", id=heading)
            for heading in HEADINGS
        ),
        pytest.param(rule_text(SECTIONS + "\n## More\nText."), "just the headings", id="a sixth heading"),
        pytest.param(rule_text(SECTIONS.replace("## Fix\nText.", "## Fix")), "## Fix", id="empty section"),
        pytest.param(rule_text().replace("RULE =", "ROLE ="), "RULE", id="metadata"),
        pytest.param(rule_text().replace("BAD =", "BED ="), "BAD", id="bad examples"),
        pytest.param(
            rule_text().replace('GOOD = {"easy": "int b;"}', "GOOD = {}"), "GOOD", id="good examples"
        ),
        pytest.param(rule_text().replace("def check", "def chuck"), "check", id="check"),
        pytest.param("import nothing_of_that_name", "does not load", id="import"),
        pytest.param("def check(:", "SyntaxError", id="syntax"),
    ],
)
def test_an_incomplete_rule_is_refused(tmp_path, text, lacks):
    with pytest.raises(ConfigError) as caught:
        load_rules(write(tmp_path, text))
    assert "some-rule.py" in caught.value.message
    assert lacks in caught.value.message


def test_a_file_name_that_is_no_rule_id_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="rule id"):
        load_rules(write(tmp_path, rule_text(), "Some_Rule"))


def test_a_later_folder_replaces_a_rule(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    folders = write(tmp_path / "a", rule_text()) + write(
        tmp_path / "b", rule_text().replace("A summary", "Mine")
    )
    assert [rule.doc.summary for rule in load_rules(folders)] == ["Mine."]


def test_every_shipped_rule_loads_and_its_message_ends_as_a_sentence():
    rules = load_rules([rules_folder()])
    assert rules
    for rule in rules:
        assert rule.doc.rule.message.endswith("."), rule.id
        assert "'{0}'" in rule.doc.rule.message, rule.id


def test_a_user_s_rule_is_what_its_file_says_now(tmp_path, monkeypatch):
    """Python would take the first text's byte code for that of the second: same size, same second."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for title in ("T", "U"):
        folders = write(tmp_path, rule_text().replace('title="T"', f'title="{title}"'))
        os.utime(tmp_path / "some-rule.py", (1e9, 1e9))
        (rule,) = load_rules(folders)
        assert rule.doc.rule.title == title
    assert [file.name for file in tmp_path.iterdir()] == ["some-rule.py"]
