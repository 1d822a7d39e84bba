"""The README's example is what the command prints; ``python -m tests.test_readme`` writes it anew."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from auditor.pipeline import scan
from auditor.report import text
from auditor.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
EXAMPLE = re.compile(r"(<!-- example: begin[^\n]*-->\n).*?(<!-- example: end -->)", re.DOTALL)


def example(folder: Path) -> str:
    """The README's lines: the finding in the sample driver, and the map of the policy that it is about."""
    shutil.copytree(ROOT / "fixtures/sample", folder / "fixtures/sample")
    (folder / ".git").mkdir()  # paths in reports start at the top of the checkout
    result = scan(Settings(paths=(folder / "fixtures/sample",)))
    report = text.render(result.report, result.sources, 80)
    (finding,) = result.report.findings
    drawn = text.render_policies(finding.policies[:1], 80)
    return f"```text\n{report}\n{drawn.rstrip()}\n```\n"


def test_the_example_is_what_the_command_prints(tmp_path):
    found = EXAMPLE.search(README.read_text(encoding="utf-8"))
    assert found
    assert found[0].removeprefix(found[1]).removesuffix(found[2]) == example(tmp_path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        shown = example(Path(made))
    old = README.read_text(encoding="utf-8")
    README.write_text(EXAMPLE.sub(lambda found: found[1] + shown + found[2], old), encoding="utf-8")
    sys.exit(0)
