"""The wheel carries everything that a scan needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    script = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as wheel:
        return set(wheel.namelist())


def carried(folder: str, inside: str, pattern: str = "*") -> set[str]:
    files = (
        file for file in (ROOT / folder).rglob(pattern) if file.is_file() and "__pycache__" not in file.parts
    )
    return {f"{inside}/{file.relative_to(ROOT / folder).as_posix()}" for file in files}


@pytest.mark.slow
def test_wheel_has_the_code_the_knowledge_and_the_sample(names):
    wanted = (
        carried("auditor", "auditor", "*.py")
        | carried("auditor/report/html/templates", "auditor/report/html/templates")
        | carried("rules", "auditor/_rules")
        | carried("fixtures/sample", "auditor/_sample")
        | {"auditor/py.typed"}
    )
    assert wanted - names == set()


@pytest.mark.slow
def test_wheel_has_nothing_else(names):
    rest = [n for n in names if not n.startswith("auditor/") and ".dist-info/" not in n]
    assert rest == []
    assert [n for n in names if "__pycache__" in n or n.endswith(".pyc")] == []
    assert any(n.endswith("licenses/LICENSE") for n in names)
