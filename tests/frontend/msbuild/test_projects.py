"""Visual Studio projects in; for each source its defines and the folders of the tree out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend import Flags
from auditor.frontend.discover import discover
from auditor.frontend.load import load
from auditor.frontend.msbuild import project_flags
from auditor.knowledge import Knowledge
from auditor.settings import Settings

WITH_64 = "'$(Configuration)|$(Platform)'=='Release|x64'"
WITHOUT = "'$(Configuration)|$(Platform)'=='Debug|Win32'"
SOURCE = '<ItemGroup><ClCompile Include="a.c" /></ItemGroup>'


def project(
    *parts: str, configurations: tuple[str, ...] = ("Debug|Win32", "Debug|x64", "Release|x64")
) -> str:
    known = "".join(f'<ProjectConfiguration Include="{name}" />' for name in configurations)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">'
        f'<ItemGroup Label="ProjectConfigurations">{known}</ItemGroup>{"".join(parts)}</Project>\n'
    )


def definitions(*said: str, condition: str = "") -> str:
    attribute = f' Condition="{condition}"' if condition else ""
    return f"<ItemDefinitionGroup{attribute}><ClCompile>{''.join(said)}</ClCompile></ItemDefinitionGroup>"


def defines(text: str, condition: str = "") -> str:
    attribute = f' Condition="{condition}"' if condition else ""
    return f"<PreprocessorDefinitions{attribute}>{text}</PreprocessorDefinitions>"


def undefines(text: str) -> str:
    return f"<UndefinePreprocessorDefinitions>{text}</UndefinePreprocessorDefinitions>"


def folders(text: str) -> str:
    return f"<AdditionalIncludeDirectories>{text}</AdditionalIncludeDirectories>"


def property_group(inner: str) -> str:
    return f"<PropertyGroup>{inner}</PropertyGroup>"


def read(tree: Path, *names: str) -> tuple[dict[str, Flags], str]:
    """Flags by a source's name, and all that was said; ``names`` are further files, empty ones."""
    for name in ("a.c", *names):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()
    found = discover([tree])
    flags, gaps = project_flags(found.base, found.projects, found.sources)
    said = {os.path.relpath(path, found.base): one for path, one in flags.items()}
    return said, "\n".join(gap.message for gap in gaps)


def read_one(tree: Path, *parts: str) -> tuple[Flags, str]:
    (tree / "p.vcxproj").write_text(project(*parts, SOURCE), encoding="utf-8")
    flags, said = read(tree)
    return flags["a.c"], said


DEFINES = {
    "a list": ([definitions(defines("A;B=1; C(x)=x ;;"))], ("A", "B=1", "C(x)=x")),
    "the chosen configuration": (
        [definitions(defines("A"), condition=WITH_64), definitions(defines("B"), condition=WITHOUT)],
        ("A",),
    ),
    "conditions on the value": ([definitions(defines("A", WITHOUT), defines("B", WITH_64))], ("B",)),
    "added to those before": (
        [definitions(defines("A")), definitions(defines("B;%(PreprocessorDefinitions)"))],
        ("B", "A"),
    ),
    "instead of those before": ([definitions(defines("A"), defines("B"))], ("B",)),
    "a property": (
        [property_group("<Major>2</Major>"), definitions(defines("V=$(Major).$(minor)")),
         property_group("<Minor>7</Minor>")],
        ("V=2.7",),
    ),
    "a property that a list is added to": (
        [property_group("<All>A</All><All>$(All);B</All>"), definitions(defines("$(All)"))],
        ("A", "B"),
    ),
    "the configuration cannot be said": (
        [property_group("<Configuration>D</Configuration>"), definitions(defines("A"), condition=WITH_64)],
        ("A",),
    ),
    "one of two branches": (
        [
            f'<Choose><When Condition="{WITHOUT}">{property_group("<X>1</X>")}</When>'
            f"<Otherwise>{property_group('<X>2</X>')}</Otherwise></Choose>",
            definitions(defines("X=$(X)")),
        ],
        ("X=2",),
    ),
    "quotes and escapes": (
        [definitions(defines('NAME=\\"a b\\";OTHER="c";SEMI=%3B'))],
        ('NAME="a b"', 'OTHER="c"', "SEMI=;"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "used"), DEFINES.values(), ids=DEFINES)
def test_defines(parts: list[str], used: tuple[str, ...], tmp_path: Path) -> None:
    flags, _ = read_one(tmp_path, *parts)
    assert flags.arguments[1::2] == used
    assert set(flags.arguments[::2]) == {"-D"}


def test_undefines(tmp_path: Path) -> None:
    assert read_one(tmp_path, definitions(undefines("A;B")))[0].arguments == ("-U", "A", "-U", "B")


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("inc;.", ("inc", ".")),
        (r"$(ProjectDir)inc\deep;%(AdditionalIncludeDirectories)", ("inc/deep",)),
        (r"$(ProjectDir)\inc", ("inc",)),
        (r"$(SolutionDir)INC\Deep", ("inc/deep",)),
        (r"$(MSBuildProjectDirectory)\inc\..\inc", ("inc",)),
        ("nowhere", ()),
    ],
)
def test_folders(given: str, used: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "inc" / "deep").mkdir(parents=True)
    flags, said = read_one(tmp_path, definitions(folders(given)))
    assert flags.folders == tuple(os.path.realpath(tmp_path / name) for name in used)
    assert "not used" not in said


def test_the_folders_of_a_project_and_of_its_solution(tmp_path: Path) -> None:
    """The nearest folder above that has a solution; IncludePath counts too."""
    text = project(
        property_group(r"<IncludePath>$(SolutionDir)shared;$(IncludePath)</IncludePath>"),
        '<ItemGroup><ClCompile Include="..\\src\\B.C" /></ItemGroup>',
        definitions(folders("$(ProjectDir)")),
    )
    names = ("shared/x.h", "all.sln", "driver/src/b.c", "driver/vs/y.h")
    read(tmp_path, *names)
    (tmp_path / "driver" / "vs" / "p.vcxproj").write_text(text, encoding="utf-8")
    flags, _ = read(tmp_path)
    assert [os.path.relpath(f, os.path.realpath(tmp_path)) for f in flags["driver/src/b.c"].folders] == [
        "driver/vs",
        "shared",
    ]


ITEMS = {
    "one by one": (
        '<ClCompile Include="a.c" /><ClCompile Include="src\\b.c;src\\c.c" />',
        "a.c src/b.c src/c.c",
    ),
    "in another case": ('<ClCompile Include="SRC\\B.C" />', "src/b.c"),
    "a wildcard": ('<ClCompile Include="src\\*.c" />', "src/b.c src/c.c"),
    "folders below": ('<ClCompile Include="**\\*.c" Exclude="src\\c.c" />', "a.c src/b.c src/deep/d.c"),
    "a folder below": ('<ClCompile Include="src\\**\\?.c" />', "src/b.c src/c.c src/deep/d.c"),
    "not built": (
        '<ClCompile Include="a.c"><ExcludedFromBuild>true</ExcludedFromBuild></ClCompile>'
        '<ClCompile Include="src\\b.c">'
        f'<ExcludedFromBuild Condition="{WITHOUT}">true</ExcludedFromBuild></ClCompile>',
        "src/b.c",
    ),
    "a condition": (
        f'<ClCompile Include="a.c" Condition="{WITHOUT}" /><ClCompile Include="src\\b.c" />',
        "src/b.c",
    ),
    "outside the tree": ('<ClCompile Include="..\\..\\a.c" /><ClCompile Include="C:\\a.c" />', ""),
}


@pytest.mark.parametrize(("items", "named"), ITEMS.values(), ids=ITEMS)
def test_sources(items: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "p.vcxproj").write_text(project(f"<ItemGroup>{items}</ItemGroup>"), encoding="utf-8")
    flags, _ = read(tmp_path, "src/b.c", "src/c.c", "src/deep/d.c")
    assert sorted(flags) == named.split()


def test_what_a_source_says_itself(tmp_path: Path) -> None:
    own = f'<ClCompile Include="b.c">{defines("OWN;%(PreprocessorDefinitions)")}</ClCompile>'
    text = project(definitions(defines("ALL")), SOURCE, f"<ItemGroup>{own}</ItemGroup>")
    (tmp_path / "p.vcxproj").write_text(text, encoding="utf-8")
    flags, _ = read(tmp_path, "b.c")
    assert flags == {"a.c": Flags(("-D", "ALL")), "b.c": Flags(("-D", "OWN", "-D", "ALL"))}


def test_what_a_source_says_in_attributes(tmp_path: Path) -> None:
    """MSBuild 15.1 takes metadata as attributes; an element counts more."""
    own = '<ClCompile Include="a.c" PreprocessorDefinitions="A;%(PreprocessorDefinitions)">{}</ClCompile>'
    for inner, used in (("", ("A", "ALL")), (defines("B"), ("B",))):
        text = project(definitions(defines("ALL")), f"<ItemGroup>{own.format(inner)}</ItemGroup>")
        (tmp_path / "p.vcxproj").write_text(text, encoding="utf-8")
        assert read(tmp_path)[0]["a.c"].arguments[1::2] == used


MORE = "OWN;%(PreprocessorDefinitions)"
ALL = '<ClCompile Include="a.c;src\\b.c" />'
CHANGED = {
    "updated": (f'{ALL}<ClCompile Update="a.c">{defines(MORE)}</ClCompile>', "a.c: OWN ALL, src/b.c: ALL"),
    "updated twice": (
        f'{ALL}<ClCompile Update="*.c">{defines(MORE)}</ClCompile>'
        f'<ClCompile Update="A.C;src\\b.c">{defines("TWO;%(PreprocessorDefinitions)")}</ClCompile>',
        "a.c: TWO OWN ALL, src/b.c: TWO ALL",
    ),
    "updated before it is there": (
        f'<ClCompile Update="a.c">{defines(MORE)}</ClCompile>{ALL}', "a.c: ALL, src/b.c: ALL",
    ),
    "updated in another configuration": (
        f'{ALL}<ClCompile Update="a.c" Condition="{WITHOUT}">{defines(MORE)}</ClCompile>'
        f'<ClCompile Update="src\\b.c">{defines(MORE, WITHOUT)}</ClCompile>',
        "a.c: ALL, src/b.c: ALL",
    ),
    "updated not to be built": (
        f'{ALL}<ClCompile Update="a.c" ExcludedFromBuild="true" />', "src/b.c: ALL",
    ),
    "removed": (f'{ALL}<ClCompile Remove="src\\*.c" />', "a.c: ALL"),
    "removed before it is there": (f'<ClCompile Remove="a.c" />{ALL}', "a.c: ALL, src/b.c: ALL"),
    "removed and there again": (
        f'{ALL}<ClCompile Remove="a.c" /><ClCompile Include="a.c">{defines(MORE)}</ClCompile>',
        "a.c: OWN ALL, src/b.c: ALL",
    ),
    "removed in another configuration": (
        f'{ALL}<ClCompile Remove="a.c" Condition="{WITHOUT}" />', "a.c: ALL, src/b.c: ALL",
    ),
    "included twice": (
        f'{ALL}<ClCompile Include="a.c">{defines(MORE)}</ClCompile>', "a.c: ALL, src/b.c: ALL",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("items", "used"), CHANGED.values(), ids=CHANGED)
def test_sources_that_are_updated_and_removed(items: str, used: str, tmp_path: Path) -> None:
    text = project(definitions(defines("ALL")), f"<ItemGroup>{items}</ItemGroup>")
    (tmp_path / "p.vcxproj").write_text(text, encoding="utf-8")
    flags, said = read(tmp_path, "src/b.c")
    got = {name: " ".join(one.arguments[1::2]) for name, one in sorted(flags.items())}
    assert ", ".join(f"{name}: {names}" for name, names in got.items()) == used
    assert "not used" not in said


def test_sources_that_only_another_list_names(tmp_path: Path) -> None:
    flags, said = read_one(tmp_path, SOURCE, '<ItemGroup><ClCompile Remove="@(Other)" /></ItemGroup>')
    assert flags == Flags()
    assert said == "p.vcxproj: only Release|x64 is read; not used: @(Other)"


def further(text: str) -> str:
    return f"<AdditionalOptions>{text}</AdditionalOptions>"


OPTIONS = {
    "behind all others": (
        [definitions(further("/DB=2 /U A"), defines("A"), undefines("C"))],
        "-D A -U C -D B=2 -U A", "",
    ),
    "added to those before": (
        [definitions(further("/DA")), definitions(further("%(AdditionalOptions) -D B"))], "-D A -D B", "",
    ),
    "instead of those before": ([definitions(further("/DA")), definitions(further("/DB"))], "-D B", ""),
    "a folder": (
        [definitions(further("/I deep -I&quot;$(ProjectDir)inc&quot; /external:Isrc"), folders("src"))],
        "src deep inc", "",
    ),
    "what is not allowed": (
        [definitions(further("/FI x.h /Zp1 @more.rsp /D9 /DX=$(Unknown) a.obj %(Gone) /W4 /O2")),
         definitions(further("%(AdditionalOptions) /I..\\.. /I C:\\x"))],
        "", "$(Unknown), -D 9, /FI, /Zp1, @more.rsp, a.obj, folders outside the tree",
    ),
    "characters without a sign": ([definitions(further("/J"))], "-funsigned-char", ""),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "used", "dropped"), OPTIONS.values(), ids=OPTIONS)
def test_further_options(parts: list[str], used: str, dropped: str, tmp_path: Path) -> None:
    base = Path(os.path.realpath(tmp_path))
    for name in ("src", "deep", "inc"):
        (tmp_path / name).mkdir()
    flags, said = read_one(tmp_path, *parts)
    assert " ".join((*flags.arguments, *(os.path.relpath(folder, base) for folder in flags.folders))) == used
    assert said == "p.vcxproj: only Release|x64 is read" * bool(
        used or dropped
    ) + f"; not used: {dropped}" * bool(dropped)


@pytest.mark.parametrize(
    ("configurations", "chosen"),
    [
        (("Debug|x64", "Release|Win32", "Release|x64"), "Release|x64"),
        (("Debug|Win32", "Win10 Release|x64", "Win11 Release|x64"), "Win10 Release|x64"),
        (("Debug|ARM64", "Release|ARM64"), "Debug|ARM64"),
        ((), "Release|x64"),
    ],
)
def test_the_configuration(configurations: tuple[str, ...], chosen: str, tmp_path: Path) -> None:
    name = definitions(defines('HERE="$(Configuration)|$(Platform)"'))
    (tmp_path / "p.vcxproj").write_text(
        project(name, SOURCE, configurations=configurations), encoding="utf-8"
    )
    flags, said = read(tmp_path)
    assert flags["a.c"].arguments == ("-D", f'HERE="{chosen}"')
    assert said == f"p.vcxproj: only {chosen} is read"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = project(definitions(defines("A")), SOURCE, "<!-- für -->").replace(
        "utf-8", encoding.partition("-sig")[0]
    )
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    (tmp_path / "p.vcxproj").write_bytes((mark + text).encode(encoding))
    assert read(tmp_path)[0]["a.c"] == Flags(("-D", "A"))


def test_imports(tmp_path: Path) -> None:
    """Relative to the importing file, below the tree, each once; those around a project come first."""

    def sheet(inner: str) -> str:
        return f"<Project>{inner}</Project>"

    (tmp_path / "build").mkdir()
    (tmp_path / "Directory.Build.props").write_text(sheet(property_group("<From>around</From>")))
    (tmp_path / "build" / "one.props").write_text(
        sheet('<Import Project="two.props" /><Import Project="one.props" />')
    )
    second = property_group("<Here>$(MSBuildThisFileDirectory)</Here>") + definitions(
        defines("TWO;FROM=$(From);%(PreprocessorDefinitions)"), folders("$(Here)")
    )
    (tmp_path / "build" / "two.props").write_text(sheet(second))
    flags, said = read_one(
        tmp_path,
        '<Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props" />',
        '<ImportGroup Label="PropertySheets"><Import Project="Build\\ONE.props" />'
        '<Import Project="gone.props" Condition="exists(\'gone.props\')" />'
        '<Import Project="missing.props" />'
        f'<Import Project="no.props" Condition="{WITHOUT}" /></ImportGroup>',
        definitions(defines("LAST;%(PreprocessorDefinitions)")),
    )
    assert flags == Flags(
        ("-D", "LAST", "-D", "TWO", "-D", "FROM=around"), (os.path.realpath(tmp_path / "build"),)
    )
    assert said == "p.vcxproj: only Release|x64 is read; not used: import of missing.props"


def test_the_first_of_several_projects_counts(tmp_path: Path) -> None:
    for name in ("z", "b"):
        text = project(definitions(defines(name.upper())), SOURCE)
        (tmp_path / f"{name}.vcxproj").write_text(text, encoding="utf-8")
    assert read(tmp_path)[0]["a.c"] == Flags(("-D", "B"))


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two headers of one name: the folder that the project names wins over the nearer one."""
    tree = tmp_path_factory.mktemp("driver")
    (tree / ".git").mkdir()
    body = "#ifdef STRICT\nif (n < LEAST) return 1;\n#endif\nreturn 0;\n"
    for name, text in {
        "src/a.c": f"#include <limits_of.h>\nint f(int n) {{\n{body}}}\n",
        "src/limits_of.h": "#define LEAST 1\n",
        "far/away/limits_of.h": "#define LEAST 34\n",
        "p.vcxproj": project(
            definitions(defines("STRICT"), folders("Far\\Away")), SOURCE.replace("a.c", "src\\a.c")
        ),
    }.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8")
    return tree


@pytest.mark.parametrize("scanned", ["", "src", "src/a.c"])
def test_a_define_and_a_folder_reach_the_file(scanned: str, driver: Path, knowledge: Knowledge) -> None:
    settings = Settings(paths=(driver / scanned,))
    (module,) = load(frontend.find(settings), settings, knowledge).modules
    assert "LEAST" in str(module.functions[0].body)
    assert [m.value for m in module.macros if m.name == "LEAST"] == [34]
    assert module.includes == ("far/away/limits_of.h",)


def test_a_compilation_database_comes_first(driver: Path, tmp_path: Path) -> None:
    (tmp_path / "compile_commands.json").write_text("[]", encoding="utf-8")
    assert frontend.find(Settings(paths=(driver,), compile_db=tmp_path)).flags == {}
    assert list(frontend.find(Settings(paths=(driver,))).flags) == [os.path.realpath(driver / "src" / "a.c")]


def test_an_excluded_project_is_not_used(driver: Path) -> None:
    assert frontend.find(Settings(paths=(driver,), exclude=("*.vcxproj",))).flags == {}
