"""The story in docs/captures.md is what the command prints; ``python -m tests.capture.test_document`` writes
it anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from auditor import model
from tests.capture import exchange

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/captures.md"
STORY = re.compile(r"(<!-- story: begin[^\n]*-->\n).*?(<!-- story: end -->)", re.DOTALL)
WORD = re.compile(r"`(\w+)`")


def story(folder: Path) -> str:
    """What the command prints for the two captures and the sample driver, as the document shows it."""
    shutil.copytree(ROOT / "fixtures/sample", folder / "sample")
    (folder / ".git").mkdir()  # paths in reports start at the top of the checkout
    exchange.story(folder)
    arguments = ["capture", "client.pcap", "server.pcap", "sample"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    command = [sys.executable, "-m", "auditor", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    return f"```text\n$ lenaudit {' '.join(arguments)}\n{done.stdout}```\n"


def test_the_story_is_what_the_command_prints(tmp_path: Path) -> None:
    found = STORY.search(DOCUMENT.read_text(encoding="utf-8"))
    assert found
    assert found[0].removeprefix(found[1]).removesuffix(found[2]) == story(tmp_path)


def test_the_document_names_every_field_of_the_json() -> None:
    parts = (model.Observation, model.Cell, model.Threshold, model.Suspect)
    fields = {field for part in parts for field in part.__struct_fields__}
    assert fields - set(WORD.findall(DOCUMENT.read_text(encoding="utf-8"))) == set()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        shown = story(Path(made))
    old = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(STORY.sub(lambda found: found[1] + shown + found[2], old), encoding="utf-8")
    sys.exit(0)
