"""What the documents promise exists: paths, commands, contracts."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from auditor.knowledge import rules_folder, sample_folder

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/captures.md",
    "docs/how-it-decides.md",
    "docs/json-format.md",
    "docs/scale.md",
    "docs/security.md",
    "benchmarks/README.md",
)
PATH = re.compile(r"`((?:auditor|rules|fixtures|tests|docs|benchmarks)/[\w./-]*|[\w-]+\.toml|[A-Z]+\.md)`")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_exist(document):
    named = PATH.findall((ROOT / document).read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_architecture_has_a_paragraph_for_every_package():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = [folder.name for folder in (ROOT / "auditor").iterdir() if (folder / "__init__.py").is_file()]
    assert len(packages) >= 9
    assert [name for name in packages if f"**`auditor/{name}/`**" not in text] == []


def test_architecture_and_the_contract_tell_the_same_order():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(c["layers"] for c in config["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    written = " > ".join(layer for layer in layers if layer != "__main__")
    assert written in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_import_contracts_hold():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def test_every_module_starts_with_a_docstring():
    modules = [*(ROOT / "auditor").rglob("*.py"), *(ROOT / "rules").glob("*.py")]
    assert [str(m) for m in modules if not m.read_text(encoding="utf-8").startswith('"""')] == []


def test_knowledge_and_sample_are_where_the_package_looks():
    assert (rules_folder() / "protocols.toml").is_file()
    assert any(sample_folder().glob("*.c"))


def test_ci_runs_the_readmes_test_command():
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert ".ci/run" in (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")


def test_ci_covers_every_python_the_package_claims():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    claimed = re.findall(r"Python :: (3\.\d+)", "\n".join(config["project"]["classifiers"]))
    workflow = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert claimed
    assert re.findall(r'"(3\.\d+)"', workflow) == claimed
