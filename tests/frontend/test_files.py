"""Files and folders of every kind in; the sources among them, or a clear sentence, out. Never a hang."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend import file as front_end
from auditor.frontend import load as loading
from auditor.frontend.discover import discover
from auditor.ir import Program
from auditor.ir import expressions as e
from auditor.knowledge import Knowledge
from auditor.model import NothingAnalysed, UsageError
from auditor.settings import Settings
from tests.frontend.conftest import Lower, expressions_of, function, returned

GOOD = "int f(int len) { return len < 34; }\n"


def load(knowledge: Knowledge, *paths: Path, **settings: object) -> Program:
    chosen = Settings(paths=paths, **settings)  # type: ignore[arg-type]
    return loading.load(frontend.find(chosen), chosen, knowledge)


def test_a_unit_dies_once_it_is_lowered(lower: Lower, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers collect no cycles: what holds a unit in one stays for all of a scan."""
    made: list[weakref.ref[front_end.Context]] = []

    class Context(front_end.Context):
        def __init__(self, *arguments, **named) -> None:  # type: ignore[no-untyped-def]
            super().__init__(*arguments, **named)
            made.append(weakref.ref(self))

    monkeypatch.setattr(front_end, "Context", Context)
    gc.disable()
    try:
        lower(f"#define PICK(x) __builtin_choose_expr(1, x, 0)\nint table[] = {{ PICK(1) ? 2 : 3 }};\n{GOOD}")
        assert [context() for context in made] == [None]
    finally:
        gc.enable()


def test_a_path_that_is_not_there(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        load(knowledge, tmp_path / "nowhere")


def test_an_empty_folder(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(NothingAnalysed, match="no C file"):
        load(knowledge, tmp_path)


def test_only_unreadable_files(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "a.c").write_bytes(bytes(1000))
    with pytest.raises(NothingAnalysed, match="binary file"):
        load(knowledge, tmp_path)


def test_an_unknown_platform(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "a.c").write_text(GOOD)
    with pytest.raises(UsageError, match="unknown platform"):
        load(knowledge, tmp_path, platform="beos")


def test_a_fifo_is_named_and_skipped(tmp_path: Path, knowledge: Knowledge) -> None:
    os.mkfifo(tmp_path / "pipe.c")
    os.mkfifo(tmp_path / "pipe.h")
    (tmp_path / "good.c").write_text('#include "pipe.h"\n' + GOOD)
    program = load(knowledge, tmp_path)
    assert [m.file for m in program.modules] == ["good.c"]
    assert any("pipe.c is not a regular file" in gap.message for gap in program.gaps)


def test_a_device_as_include_is_not_read(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "a.c").write_text('#include "/dev/zero"\n' + GOOD)
    assert function(load(knowledge, tmp_path).modules[0]).name == "f"


def test_links_in_a_circle_end(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "good.c").write_text(GOOD)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "a.c").symlink_to(tmp_path / "b.c")
    (tmp_path / "b.c").symlink_to(tmp_path / "a.c")
    assert [m.file for m in load(knowledge, tmp_path).modules] == ["good.c"]


def test_a_link_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.c").write_text(GOOD)
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "in.c").symlink_to(tmp_path / "outside.c")
    found = discover([tmp_path / "tree"])
    assert found.sources == ()
    assert "out of the scanned tree" in found.gaps[0].message


def test_a_header_is_analysed_when_it_is_named(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "inline.h").write_text("static inline " + GOOD)
    assert [f.name for f in load(knowledge, tmp_path / "inline.h").functions()] == ["f"]
    with pytest.raises(NothingAnalysed):
        load(knowledge, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_encodings(encoding: str, lower: Lower) -> None:
    module = lower(("/* Gr\u00fc\u00dfe */ " + GOOD).encode(encoding))
    compared = expressions_of(module, e.Binary)[0]
    assert (compared.at.line, compared.at.column) == (1, 13 + GOOD.index("len <"))


def test_columns_count_characters(lower: Lower) -> None:
    text = 'int f(int len) { const char *s = "\u00e4\u00f6\u00fc\u20ac"; return len < 34; }'
    assert expressions_of(lower(text), e.Binary)[0].at.column == text.index("len <") + 1


def test_stray_nul_bytes(lower: Lower) -> None:
    module = lower(b"/* a \0 b */ int f(int len) { return len < 34; }" + b" " * 100)
    assert str(returned(module)) == "len < 34"


def test_a_form_feed_does_not_shift_lines(lower: Lower) -> None:
    module = lower("int a;\n\f\nint f(int len) { return len < 34; }")
    assert function(module).at.line == 3


def test_gitignore_and_excludes(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("out/\n*.gen.c\n")
    for name in ("a.c", "x.gen.c", "out/b.c", "sub/c.c", "sub/kept.gen.c", "tests/t.c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "sub" / ".gitignore").write_text("!kept.gen.c\n")
    found = discover([tmp_path / "sub", tmp_path], exclude=["tests/"])
    assert [os.path.relpath(p, found.base) for p in found.sources] == ["a.c", "sub/c.c", "sub/kept.gen.c"]
    said = {gap.message for gap in found.gaps}
    assert said == {
        "out is ignored by .gitignore",
        "x.gen.c is ignored by .gitignore",
        "tests is excluded by the settings",
    }
    assert {gap.level for gap in found.gaps} == {"note"}


def test_an_ignored_file_is_analysed_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.c\n")
    (tmp_path / "a.c").write_text(GOOD)
    assert discover([tmp_path]).sources == ()
    assert len(discover([tmp_path / "a.c"]).sources) == 1


def test_base_is_the_top_level_of_the_repository(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "drivers").mkdir()
    (tmp_path / "drivers" / "a.c").write_text(GOOD)
    program = load(knowledge, tmp_path / "drivers")
    assert program.base == str(tmp_path.resolve())
    assert program.modules[0].file == "drivers/a.c"
    assert function(program.modules[0]).at.file == "drivers/a.c"


def test_headers_are_found_without_being_told_where(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "include" / "net").mkdir(parents=True)
    (tmp_path / "src").mkdir()
    (tmp_path / "include" / "net" / "sizes.h").write_text(
        "#define LIMIT 34\nstatic inline int g(int x) { return x; }\n"
    )
    (tmp_path / "src" / "a.c").write_text(
        "#include <net/sizes.h>\nint f(int len) { return g(len) < LIMIT; }\n"
    )
    for scanned in (tmp_path, tmp_path / "src" / "a.c"):
        (tmp_path / ".git").mkdir(exist_ok=True)
        module = load(knowledge, scanned).modules[0]
        assert expressions_of(module, e.Binary)[0].right.value == 34
        assert function(module, "g").file == "include/net/sizes.h"
        assert module.includes == ("include/net/sizes.h",)


def test_a_subfolder_whose_headers_are_named_from_above(tmp_path: Path, knowledge: Knowledge) -> None:
    """The folder's own header is used; the one beside the folder is missing, not a reason to give up."""
    (tmp_path / "net" / "own").mkdir(parents=True)
    (tmp_path / "net" / "other.h").write_text("#define OTHER 34\n")
    (tmp_path / "net" / "own" / "own.h").write_text("#define OWN 14\n")
    (tmp_path / "net" / "own" / "a.c").write_text(
        '#include "own/own.h"\n#include "other.h"\nint f(int n) { return n < OWN; }\n'
    )
    (module,) = load(knowledge, tmp_path / "net" / "own").modules
    assert module.includes == ("own.h",)
    assert [gap.message for gap in module.gaps] == ["headers not found, their names are stubbed: other.h"]
    assert returned(module).right.value == 14


def test_a_header_that_only_another_header_names_in_vain(tmp_path: Path, knowledge: Knowledge) -> None:
    """Builds list folders in which it is found; the file itself has included it, so nothing lacks."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "core.h").write_text("enum { LEAST = 34 };\n", encoding="utf-8")
    (tmp_path / "deep" / "queue.h").write_text('#include "core.h"\n', encoding="utf-8")
    text = '#include "core.h"\n#include "deep/queue.h"\nint f(int n) { return n < LEAST; }\n'
    (tmp_path / "a.c").write_text(text, encoding="utf-8")
    (module,) = load(knowledge, tmp_path).modules
    assert module.gaps == ()
    assert returned(module).right.value == 34


NAMESAKES = {
    "core.h": "enum { LEAST = 34 };\n",
    "one/core.h": "enum { OTHER = 14 };\n",
    "one/own.h": '#include "core.h"\n',
    "deep/queue.h": '#include "core.h"\n',
    "deep/chosen.h": '#define CORE "core.h"\n#include CORE\n',
    "deep/angled.h": "#include <core.h>\n",
}


@pytest.mark.parametrize(
    ("included", "lacking"),
    [(["deep/queue.h", "one/own.h"], ["core.h"]), (["one/own.h", "deep/chosen.h"], ["core.h"]),
     (["core.h", "deep/queue.h", "one/own.h"], []), (["core.h", "one/own.h", "deep/chosen.h"], []),
     (["core.h", "deep/angled.h"], []), (["one/own.h"], [])],
    ids=["a namesake", "a namesake of what a macro names", "itself", "itself as a macro names it",
         "itself in angle brackets", "beside the header"],
)  # fmt: skip
def test_a_header_named_in_vain_where_another_of_its_name_was_read(
    included: list[str], lacking: list[str], tmp_path: Path, knowledge: Knowledge
) -> None:
    """It is known when the file that the name leads to from there was read; a namesake says nothing."""
    for name, text in NAMESAKES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = "".join(f'#include "{name}"\n' for name in included)
    (tmp_path / "a.c").write_text(f"{text}{GOOD}", encoding="utf-8")
    (module,) = load(knowledge, tmp_path).modules
    said = [f"headers not found, their names are stubbed: {name}" for name in lacking]
    assert [gap.message for gap in module.gaps] == said


def test_a_header_that_a_macro_names(tmp_path: Path, knowledge: Knowledge) -> None:
    """In the tree it is read and told as included; outside it is empty, and the rest is analysed."""
    (tmp_path / "secret.h").write_text("enum { MOST = 35 };\n", encoding="utf-8")
    tree = tmp_path / "tree"
    (tree / "deep").mkdir(parents=True)
    (tree / "deep" / "own.h").write_text("enum { LEAST = 14 };\n", encoding="utf-8")
    own, secret = '#define OWN "deep/own.h"\n#include OWN\n', f'#define S "{tmp_path}/secret.h"\n#include S\n'
    (tree / "a.c").write_text(f"{own}{secret}int f(int n) {{ return n < LEAST + MOST; }}\n", encoding="utf-8")
    (module,) = load(knowledge, tree).modules
    assert module.includes == ("deep/own.h",)
    assert str(returned(module)) == "n < LEAST + MOST"
    assert {(constant.name, constant.value) for constant in module.enums} == {("LEAST", 14)}
    (gap,) = (gap for gap in module.gaps if "outside" in gap.message)
    assert gap.message == "the header ../secret.h lies outside the scanned tree; its names are stubbed"
    assert gap.level == "note"


def test_case_of_header_names_does_not_matter(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "sizes.h").write_text("#define LIMIT 34\n")
    (tmp_path / "a.c").write_text('#include "Sizes.H"\nint f(int len) { return len < LIMIT; }\n')
    assert expressions_of(load(knowledge, tmp_path).modules[0], e.Binary)[0].right.value == 34


def test_files_are_told_apart_from_broken_ones(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "broken.c").write_text("int f(int len) { if (len < 34) { return 1;")
    (tmp_path / "good.c").write_text(GOOD)
    broken, good = load(knowledge, tmp_path).modules
    assert any("could not be parsed completely" in gap.message for gap in broken.gaps)
    assert not good.gaps


def test_cplusplus(lower: Lower) -> None:
    module = lower(
        "namespace net { class Port { public: bool accepts(unsigned len) { return len >= 34; } }; }\n"
        'extern "C" int f(int len) { return len < 34; }\n',
        name="a.cpp",
    )
    assert {x.symbol for x in module.functions} == {"Port::accepts", "f"}
