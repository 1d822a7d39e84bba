"""The rule reference is what the rule files say; ``python -m tests.report.test_reference`` writes it anew."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from auditor.knowledge import rules_folder
from auditor.report.reference import pages
from auditor.rules import load_rules

FOLDER = Path(__file__).resolve().parents[2] / "docs/rules"


def generated() -> dict[str, str]:
    return pages(rule.doc for rule in load_rules((rules_folder(),)))


def test_the_reference_is_what_the_rule_files_say():
    written = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
    assert written == generated()


def test_the_contents_link_to_every_rule():
    found = generated()
    links = re.findall(r"\((.*?\.md)\)", found.pop("README.md"))
    assert links
    assert sorted(links) == sorted(found)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.iterdir():
        file.unlink()
    for name, text in generated().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.exit(0)
