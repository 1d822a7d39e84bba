"""Projects that are none, that ask for other files, or for endless work: each is named and left alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.frontend.discover import discover
from auditor.frontend.msbuild import project_flags
from tests.security.conftest import Scanned

SOURCE = '<ItemGroup><ClCompile Include="good.c" /></ItemGroup>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n + 1};" * 10}">' for n in range(12)) + '<!ENTITY l12 "A">'


def project(inner: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<Project>{inner}{SOURCE}</Project>'.encode()


def defines(text: str) -> str:
    return (
        f"<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>{text}</PreprocessorDefinitions>"
        "</ClCompile></ItemDefinitionGroup>"
    )


def grown(name: str) -> str:
    """A property that is twice as long forty times."""
    return "<PropertyGroup><G>ab</G>" + "<G>$(G)$(G)</G>" * 40 + f"</PropertyGroup>{name}"


REFUSED: dict[str, tuple[bytes, str]] = {
    "billion laughs": (project(defines("&l0;"), f"<!DOCTYPE p [{LAUGHS}]>"), "document type"),
    "a file as an entity": (
        project(defines("&x;"), '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "document type",
    ),
    "a document type elsewhere": (
        project("", '<!DOCTYPE p SYSTEM "http://127.0.0.1:1/p.dtd">'),
        "document type",
    ),
    "a value that doubles": (project(grown("")), "grows without end"),
    "much text many times": (
        project(f"<PropertyGroup><T>{'x' * 60_000}</T>{'<U>$(T)</U>' * 2_000}</PropertyGroup>"),
        "more text than any project needs",
    ),
    "many wildcards": (
        project(f'<ItemGroup><ClCompile Include="{"*.c;" * 900_000}" /></ItemGroup>'),
        "more text",
    ),
    "imports in imports": (project('<Import Project="0.props" />'), "imports in imports"),
    "choices in choices": (
        project("<Choose><Otherwise>" * 200 + "</Otherwise></Choose>" * 200),
        "without end",
    ),
    "5 MB": (project(" " * 5_000_000), "larger than"),
    "not closed": (b"<Project><ItemGroup>", "is not XML"),
    "no XML": (b"\0\1\2" * 50, "is a binary file"),
    "NUL": (b"<Project>\0</Project>", "is not XML"),
    "half a character": (b"\xff\xfe<\0P\0\x00\xd8", "is not XML"),
    "empty": (b"", "is not XML"),
}


def told(tree: Path) -> tuple[set[str], str, float]:
    """All arguments and folders, all that was said, and seconds."""
    found, begun = discover([tree]), time.monotonic()
    flags, gaps = project_flags(found.base, found.projects, found.sources)
    used = {word for one in flags.values() for word in (*one.arguments, *one.folders)}
    return used, " ".join(gap.message for gap in gaps), time.monotonic() - begun


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_refused(content: bytes, why: str, tree: Path) -> None:
    (tree / "p.vcxproj").write_bytes(content)
    for number in range(30):
        inner = f'<Import Project="{number + 1}.props" />'
        (tree / f"{number}.props").write_bytes(b"<Project>%s</Project>" % inner.encode())
    used, said, seconds = told(tree)
    assert used == set()
    assert why in said
    assert "it is not used" in said
    assert "root:" not in said
    assert seconds < 10


def test_a_project_of_100_megabytes(tree: Path) -> None:
    (tree / "p.vcxproj").touch()
    os.truncate(tree / "p.vcxproj", 100_000_000)
    assert "larger than" in told(tree)[1]


NOT_USED: dict[str, str] = {
    "a folder of the machine": "/etc",
    "a drive": "C:\\Windows",
    "another machine": "\\\\server\\share",
    "above the tree": "..",
    "far above": "..\\" * 40 + "etc",
    "above by a property": "$(ProjectDir)..\\..",
    "by a link": "inner",
    "NUL": "a%00b",
}


@pytest.mark.parametrize("folder", NOT_USED.values(), ids=NOT_USED)
def test_folders_outside_the_tree(folder: str, tree: Path) -> None:
    (tree / "inner").symlink_to(tree.parent, target_is_directory=True)
    inner = f"<AdditionalIncludeDirectories>{folder}</AdditionalIncludeDirectories>"
    (tree / "p.vcxproj").write_bytes(
        project(f"<ItemDefinitionGroup><ClCompile>{inner}</ClCompile></ItemDefinitionGroup>")
    )
    used, said, _ = told(tree)
    assert used == set()
    assert folder == "inner" or "folders outside the tree" in said


def test_what_is_named_and_not_used(tree: Path) -> None:
    """The environment is not looked at, no path of the machine becomes text, nothing is included by force."""
    forced = "<ForcedIncludeFiles>/etc/passwd</ForcedIncludeFiles>"
    group = f"<ItemDefinitionGroup><ClCompile>{forced}</ClCompile></ItemDefinitionGroup>"
    group += defines("WHERE=&quot;$(ProjectDir)&quot;;HOME=$(HOME);-include /etc/passwd;A%00B;OK")
    (tree / "p.vcxproj").write_bytes(project(group))
    used, said, _ = told(tree)
    assert used == {"-D", "OK"}
    assert said == (
        "p.vcxproj: only Release|x64 is read; not used: "
        "$(HOME), -D -include /etc/passwd, -D A␀B, -D WHERE, ForcedIncludeFiles"
    )


SHEETS: dict[str, Callable[[Path, Path], str]] = {
    "above": lambda tree, sheet: "..\\secret.props",
    "by its whole name": lambda tree, sheet: str(sheet),
    "by a link": lambda tree, sheet: (tree / "in.props").symlink_to(sheet) or "in.props",
    "around it": lambda tree, sheet: (tree / "Directory.Build.props").symlink_to(sheet) or "x.props",
}


@pytest.mark.parametrize("named", SHEETS.values(), ids=SHEETS)
def test_imports_from_outside(named: Callable[[Path, Path], str], tree: Path) -> None:
    sheet = tree.parent / "secret.props"
    sheet.write_text(f"<Project>{defines('SECRET')}</Project>", encoding="utf-8")
    (tree / "p.vcxproj").write_bytes(project(f'<Import Project="{named(tree, sheet)}" />'))
    used, said, _ = told(tree)
    assert used == set()
    assert "import of" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_projects_that_are_no_files(tree: Path, scanned: Scanned) -> None:
    os.mkfifo(tree / "pipe.vcxproj")
    (tree / "zero.vcxproj").symlink_to("/dev/zero")
    (tree / "folder.vcxproj").mkdir()
    os.mkfifo(tree / "pipe.props")
    (tree / "p.vcxproj").write_bytes(project('<Import Project="pipe.props" />' + defines("OK")))
    said = " ".join(gap.message for gap in scanned().gaps)
    assert "pipe.vcxproj is not a regular file; it is not used" in said
    assert "p.vcxproj: only Release|x64 is read; not used: import of pipe.props" in said


@pytest.mark.parametrize(("limit", "most"), [("MOST_BYTES", 1000), ("MOST_WORK_IN_ALL", 2000)])
def test_many_projects_are_bounded(
    limit: str, most: int, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"auditor.frontend.msbuild.projects.{limit}", most)
    for number in range(20):
        (tree / f"{number:02}.vcxproj").write_bytes(project(defines("OK") + " " * 200))
    _, said, _ = told(tree)
    assert said.count("the projects before it") > 10
    assert said.count(" is read") in range(1, 8)
