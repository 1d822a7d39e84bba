"""The sample driver with every name of its own made meaningless in: the same finding out.

A word is the driver's own unless it is C's or of Microsoft's public interface; those are written out in
``platform_words.txt``, so that no name stays because somebody forgot to list the driver's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Confidence, Finding, Location, Report
from auditor.pipeline import scan
from auditor.settings import Settings

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "sample"
RULE = "l3-minimum-on-l2-path"

KEPT = frozenset(
    word
    for line in (Path(__file__).parent / "platform_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

TOKEN = re.compile(
    r"(?P<comment>/\*.*?\*/)|(?P<system>#\s*include\s*<[^>]*>)|(?P<own>#\s*include\s*\"[^\"]*\")"
    r"|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')|(?P<number>\b\d\w*)|(?P<word>[A-Za-z_]\w*)",
    re.DOTALL,
)


class Renamer:
    """Gives each own word, and each file, the next meaningless name; the same one every time."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def text(self, source: str) -> str:
        """``source`` with own words renamed and comments blanked; no line moves."""
        return TOKEN.sub(self._token, source)

    def file(self, name: str) -> str:
        """The new name of file ``name``, with its suffix."""
        return self.files.setdefault(name, f"y{len(self.files) + 1}{Path(name).suffix}")

    def _token(self, match: re.Match[str]) -> str:
        token = match[0]
        if match.lastgroup == "comment":
            return re.sub(r"[^\n]", " ", token)
        if match.lastgroup == "own":
            head, name, _ = token.split('"')
            return f'{head}"{self.file(name)}"'
        if match.lastgroup != "word" or token in KEPT:
            return token
        return self.names.setdefault(token, f"x{len(self.names) + 1}")


def scanned(folder: Path) -> Report:
    return scan(Settings(paths=(folder,), select=(RULE,), min_confidence=Confidence.LOW)).report


@pytest.fixture(scope="module")
def before() -> Report:
    return scanned(SAMPLE)


@pytest.fixture(scope="module")
def renamer() -> Renamer:
    return Renamer()


@pytest.fixture(scope="module")
def renamed(renamer: Renamer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's files under new names, with new names inside."""
    folder = tmp_path_factory.mktemp("renamed")
    for file in sorted(SAMPLE.glob("*.[ch]")):
        text = renamer.text(file.read_text(encoding="utf-8"))
        (folder / renamer.file(file.name)).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def after(renamed: Path) -> Report:
    return scanned(renamed)


def test_every_own_name_is_gone(renamer: Renamer, renamed: Path) -> None:
    """The renaming is worth something: no word that speaks of frames, headers or lengths is left."""
    left = "\n".join(file.read_text(encoding="utf-8") for file in renamed.iterdir())
    words = {match[0] for match in TOKEN.finditer(left) if match.lastgroup == "word"}

    assert len(renamer.names) > 100
    own = {"ETHER_HEADER_BYTES", "LarchLengthsAreSane", "FrameBytes", "bytes", "Routed"}
    assert own <= set(renamer.names)
    assert words <= KEPT | set(renamer.names.values())


def test_sample_has_one_finding(before: Report) -> None:
    assert len(before.findings) == 1
    assert before.findings[0].confidence is Confidence.HIGH


def test_the_finding_is_the_same(before: Report, after: Report, renamer: Renamer) -> None:
    old = [told(finding, renamer.file) for finding in before.findings]

    assert [told(finding, lambda name: name) for finding in after.findings] == old


def test_the_policies_are_the_same(before: Report, after: Report, renamer: Renamer) -> None:
    assert policies(before, renamer.text) == policies(after, lambda text: text)


def told(finding: Finding, file: Callable[[str], str]) -> dict[str, Any]:
    """What a finding says apart from names, and from columns, which move with their lengths."""

    def line(at: Location) -> tuple[str, int]:
        return file(Path(at.file).name), at.line

    return {
        "at": line(finding.at),
        "rule": finding.rule,
        "threshold": finding.threshold,
        "losses": finding.losses,
        "confidence": finding.confidence,
        "severity": finding.severity,
        "value": finding.constant.value if finding.constant else None,
        "witnesses": finding.witnesses,
        "path": [line(step.at) for step in finding.path],
        "related": sorted(line(related.at) for related in finding.related),
    }


def policies(report: Report, name: Callable[[str], str]) -> list[Any]:
    """All policies, by the (new) name of their entry."""
    told = [
        (name(p.entry), sorted(map(name, p.mode)), p.at.line, p.platform, p.role, p.layer, p.rows, p.complete)
        for p in report.policies
    ]
    return sorted(told, key=lambda p: p[:2])
