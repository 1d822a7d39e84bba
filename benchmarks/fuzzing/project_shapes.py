"""Strategies for Visual Studio projects: every element that the reader knows, values almost right."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as some

PIECES = (
    "A", "B=1", "C(x)=x", "D#2", "$(A)", "$(B)", "$(Configuration)", "$(ProjectDir)", "$(SolutionDir)",
    "$(C:D)", "$(MSBuildThisFileDirectory)", "%(PreprocessorDefinitions)", "%(AdditionalOptions)", "$(", "%(",
    "%(ClCompile.A)", "@(Other)", ")", ";", " ", "\n", "..\\", "sub\\", "SUB/", "**\\", "*", "?", "[a]",
    "a.c", "b.c", ".c", "C:\\", "\\", "/", "//x", "/D", "-D ", "/I", "/I ..", "/U", "-external:I", "/FI",
    "/link ", "@x", '"', "\\\"", "'", "%3B", "%22", "%00", "%zz", "\ue000", "\ue000/sub", "é", "true",
    "x" * 300,
    "-load", "-Xclang",
)  # fmt: skip
VALUES = some.lists(some.sampled_from(PIECES), max_size=7).map("".join)
TOKENS = (
    "'$(A)'", "'$(Configuration)|$(Platform)'", "'Release|x64'", "''", "'x'", "==", "!=", "<", ">=", "and",
    "or", "!", "(", ")", "Exists('a.c')", "exists(", "'..\\..\\x'", "$(A.Contains('x'))", "$([F]::G(1))",
    "0x1", "1.5", "true", "HasTrailingSlash('$(A)')", "@(Other)",
)  # fmt: skip
CONDITIONS = (
    some.just("") | some.just("'$(A)'!='x'") | some.lists(some.sampled_from(TOKENS), max_size=8).map(" ".join)
)
METADATA = (
    "PreprocessorDefinitions", "UndefinePreprocessorDefinitions", "AdditionalIncludeDirectories",
    "AdditionalOptions", "ForcedIncludeFiles", "ExcludedFromBuild", "Other",
)  # fmt: skip
NAMES = some.sampled_from(["A", "B", "a", "IncludePath", "Configuration", "ProjectDir"])


def element(
    name: some.SearchStrategy[str] | str,
    inner: some.SearchStrategy[str],
    attributes: dict[str, some.SearchStrategy[str]] | None = None,
) -> some.SearchStrategy[str]:
    """An element with some of those attributes and perhaps a condition."""
    names = some.just(name) if isinstance(name, str) else name
    some_of = some.fixed_dictionaries({}, optional={"Condition": CONDITIONS, **(attributes or {})})
    return some.builds(
        lambda name, said, inner: (
            f"<{name}{''.join(f' {key}={quoteattr(text)}' for key, text in said.items())}>{inner}</{name}>"
        ),
        names, some_of, inner,
    )  # fmt: skip


def several(*of: some.SearchStrategy[str]) -> some.SearchStrategy[str]:
    """Up to four of those, one after the other."""
    return some.lists(some.one_of(*of), max_size=4).map("".join)


TEXT = VALUES.map(escape)
SAID = element(some.sampled_from(METADATA), TEXT)
SOURCES = some.sampled_from(["a.c", "sub\\*.c", "**\\*.c", "A.C;sub\\b.c", "@(Other)"]) | VALUES
ITEM = some.sampled_from(["Include", "Include", "Update", "Remove"]).flatmap(
    lambda action: element(
        "ClCompile", several(SAID), {action: SOURCES, "Exclude": SOURCES, "PreprocessorDefinitions": VALUES}
    )
)
GROUPS = several(
    element("PropertyGroup", several(element(NAMES, TEXT))),
    element("ItemDefinitionGroup", several(element("ClCompile", several(SAID)))),
    element("ItemGroup", several(ITEM)),
    element("Import", some.just(""), {"Project": some.sampled_from(["other.props", "a.vcxproj"]) | VALUES}),
)
BRANCHES = element("Choose", several(element("When", GROUPS), element("Otherwise", GROUPS)))
FIRST = (
    '<ItemGroup Label="ProjectConfigurations"><ProjectConfiguration Include="{}" /></ItemGroup>'
    '<ItemGroup><ClCompile Include="a.c;sub\\b.c" /></ItemGroup>'
)
PROJECTS = some.builds(
    lambda name, groups: f"<Project>{FIRST.format(escape(name))}{''.join(groups)}</Project>".encode(
        "utf-8", "surrogatepass"
    ),
    some.sampled_from(["Release|x64", "a|b|c", "|", "Debug|Win32"]),
    some.lists(GROUPS | BRANCHES | element("ImportGroup", GROUPS), max_size=4),
)
