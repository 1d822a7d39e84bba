"""A finding concerns the files that its place, its path and its constant lie in, and what they include."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from auditor.findings.concern import concerning
from auditor.model import Location, Step
from auditor.pipeline import scan
from auditor.settings import Settings
from tests.report import made


def concerned(folder, *paths):
    base = made.tree(folder)
    report = made.report(base, made.finding(), gaps=made.gaps())
    return concerning(report, {made.FILE: ("src/other.h",)}, [base / path for path in paths])


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (made.FILE, 1), ("src/frame.h", 1), ("src/other.h", 1), ("src", 1), (".", 1),
        ("src/other.c", 0), ("src/sen", 0), ("../elsewhere.c", 0),
    ],
    ids=["its place", "its constant", "a header it includes", "folder", "all", "other", "like", "outside"],
)  # fmt: skip
def test_findings(tmp_path, path, found):
    assert len(concerned(tmp_path, path).findings) == found


def test_a_path_through_a_changed_file(tmp_path):
    base = made.tree(tmp_path)
    finding = msgspec.structs.replace(made.finding(), path=(Step(Location("src/caller.c", 1), "calls"),))
    report = made.report(base, finding)
    assert concerning(report, {}, [base / "src/caller.c"]).findings == (finding,)
    assert concerning(report, {}, [base / "src/callee.c"]).findings == ()


def test_a_file_that_was_not_read_is_named(tmp_path):
    said = "src/other.c is no part of what was read"
    assert said in [gap.message for gap in concerned(tmp_path, "src/other.c").gaps]
    assert [gap.kind for gap in concerned(tmp_path, made.FILE).gaps] == ["unreadable"]


def test_gaps_and_coverage_of_other_files_go_but_for_files_not_analysed(tmp_path):
    report = concerned(tmp_path, made.FILE)
    assert [gap.kind for gap in report.gaps] == ["unreadable"]
    assert [c.file for c in report.coverage] == [made.FILE]


PROJECT = """<Project>
<ItemDefinitionGroup><ClCompile><AdditionalIncludeDirectories>$(ProjectDir)..\\Far\\Away</AdditionalIncludeDirectories>
</ClCompile></ItemDefinitionGroup><ItemGroup><ClCompile Include="..\\src\\a.c" /></ItemGroup></Project>
"""


@pytest.mark.parametrize(
    ("include", "includes", "project"),
    [
        ('"near.h"', True, ""),
        ("<bounds.h>", True, PROJECT),
        ("<bounds.h>", False, ""),
        ("NAMED", True, ""),
    ],
    ids=["beside it", "in a folder of the project", "another of that name", "by a macro"],
)
def test_a_changed_header_concerns_what_includes_it(
    include: str, includes: bool, project: str, tmp_path: Path
) -> None:
    """Two headers of one name: only the project says that it is the farther one."""
    driver = Path(__file__).resolve().parents[2] / "fixtures" / "linux" / "bare_34.c"
    text = driver.read_text(encoding="utf-8").replace("skb->len < 34", "skb->len < LEAST")
    tree = {
        "src/a.c": f'#define NAMED "../far/away/bounds.h"\n#include {include}\n{text}',
        "src/near.h": '#include "../far/away/bounds.h"\n',
        "src/bounds.h": "#define LEAST 34\n",
        "far/away/bounds.h": "#define LEAST 34 /* the farther one */\n",
        "src/other.c": "int x;\n",
        **({"vs/driver.vcxproj": project} if project else {}),
    }
    for name, content in tree.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    changed = tmp_path / "far" / "away" / "bounds.h"
    report = scan(Settings(paths=(tmp_path,), only=(changed,))).report
    assert [finding.at.file for finding in report.findings] == ["src/a.c"] * includes
