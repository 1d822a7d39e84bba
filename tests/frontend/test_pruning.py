"""A header and a file that includes it in; what of the header the file's module holds out."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.ir import Program
from auditor.knowledge import Knowledge, load_knowledge
from auditor.settings import Settings

LIMIT = "static inline int limit(int x) { return x < 34; }\n"
TABLE = "struct item { int at; const char *name; };\nstatic struct item %s = { 14, 0 };\n"
LIST = TABLE % "one" + "static struct item *own[] = { &one };\n"
OPS = "struct ops { int (*open)(int); };\n"


@pytest.fixture(scope="module")
def packs() -> Knowledge:
    return load_knowledge()


def program(folder: Path, packs: Knowledge, header: str, *texts: str, prune: bool = True) -> Program:
    """The program of the files of ``texts``, which all include ``header``."""
    (folder / "own.h").write_text(header, encoding="utf-8")
    for number, text in enumerate(texts):
        (folder / f"{number}.c").write_text('#include "own.h"\n' + text, encoding="utf-8")
    settings = Settings(paths=(folder,), platform="linux", prune=prune)
    return load(frontend.find(settings), settings, packs)


KEPT = [
    pytest.param(LIMIT, "int f(int n) { return limit(n); }", {"f", "limit"}, id="called"),
    pytest.param(LIMIT, "int (*f)(int) = limit;", {"limit"}, id="named in an initialiser"),
    pytest.param(LIMIT, "int f(int n) { return n; }", {"f"}, id="not used"),
    pytest.param(
        "static inline int limit(int x);\nstatic inline int first(int x) { return limit(x); }\n" + LIMIT,
        "int f(int n) { return first(n); }", {"f", "first", "limit"}, id="through another, declared before",
    ),
    pytest.param(
        "static inline int first(int x) { return limit(x); }\n" + LIMIT, "int g;", set(),
        id="used by what nobody uses",
    ),
    pytest.param("int limit(int x) { return x; }\n", "int g;", {"limit"}, id="not static"),
    pytest.param("inline int limit(int x) { return x; }\n", "int g;", {"limit"}, id="inline, not static"),
    pytest.param(
        "#define MAKE(name) static inline int name(void) { return 1; }\nMAKE(one) MAKE(two)\n",
        "int f(void) { return two(); }", {"f", "two"}, id="made by a macro of the header",
    ),
    pytest.param(
        "#define MAKE(name) static int name(void) { return 1; }\n", "MAKE(one)", {"one"},
        id="made by a macro that the file uses",
    ),
    pytest.param(
        "struct sk_buff;\nstatic inline void seen(struct sk_buff *skb) { }\n", "int g;", {"seen"},
        id="takes a frame",
    ),
    pytest.param(
        "static inline void parse_packet(const unsigned char *p, unsigned long len) { }\n", "int g;",
        {"parse_packet"}, id="takes a packet's bytes",
    ),
    pytest.param(
        "static inline void fill(unsigned char *p, unsigned long value) { }\n", "int g;", set(),
        id="takes bytes, not of a packet",
    ),
    pytest.param(
        "static inline int via(int x);\n" + LIMIT.replace("limit", "via"),
        "int f(int n) { return sizeof(via(n)); }", {"f", "via"}, id="only its type is used",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("header", "text", "kept"), KEPT)
def test_functions_of_a_header(
    tmp_path: Path, packs: Knowledge, header: str, text: str, kept: set[str]
) -> None:
    found = program(tmp_path, packs, header, text)
    assert {f.name for f in found.functions()} == kept
    assert found.modules[0].unused.functions == ()


VARIABLES = [
    pytest.param(TABLE % "own", "int g;", {"g"}, id="a table that nobody uses"),
    pytest.param(TABLE % "own", "int f(void) { return own.at; }", {"own"}, id="a table that is read"),
    pytest.param("static const int limit = 34;\n", "int g;", {"g", "limit"}, id="a number"),
    pytest.param(
        "static int open_it(int x) { return x; }\n" + OPS + "static struct ops own = { open_it };\n",
        "int g;", {"g", "own"}, id="a table of functions",
    ),
    pytest.param(
        OPS + "struct outer { int n; struct { struct ops inner[2]; }; };\nstatic struct outer own[2];\n",
        "int g;", {"g", "own"}, id="functions in records inside it",
    ),
    pytest.param("static const int own[] = { 14, 34 };\n", "int g;", {"g"}, id="an array of numbers"),
    pytest.param(LIST, "int g;", {"g"}, id="an array of tables"),
    pytest.param(LIST, "int f(void) { return own[0]->at; }", {"one", "own"}, id="an array that is read"),
    pytest.param("static int (*own[2])(int);\n", "int g;", {"g", "own"}, id="an array of functions"),
    pytest.param("extern struct item { int at; } own;\n", "int g;", {"g"}, id="declared only"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "text", "kept"), VARIABLES)
def test_variables_of_a_header(
    tmp_path: Path, packs: Knowledge, header: str, text: str, kept: set[str]
) -> None:
    found = program(tmp_path, packs, header, text)
    assert {g.name for module in found.modules for g in module.globals} == kept


def test_what_the_file_itself_holds_is_never_left_out(tmp_path: Path, packs: Knowledge) -> None:
    found = program(tmp_path, packs, "", LIMIT + TABLE % "own")
    assert [f.name for f in found.functions()] == ["limit"]
    assert [g.name for g in found.modules[0].globals] == ["own"]


def test_a_function_that_the_settings_name_is_never_left_out(tmp_path: Path) -> None:
    from auditor.knowledge import with_entry_points

    declared = with_entry_points(load_knowledge(), {"limit": "ndo-start-xmit"})
    found = program(tmp_path, declared, LIMIT, "int g;")
    assert [f.name for f in found.functions()] == ["limit"]


def test_the_order_is_that_of_the_text(tmp_path: Path, packs: Knowledge) -> None:
    header = LIMIT + LIMIT.replace("limit", "other")
    found = program(tmp_path, packs, header, "int f(int n) { return other(n) + limit(n); }")
    assert [f.name for f in found.functions()] == ["limit", "other", "f"]


def test_without_pruning_it_is_there_but_no_part_of_the_program(tmp_path: Path, packs: Knowledge) -> None:
    """One file uses it, so the program has it once; the other's copy stands apart, and nothing visits it."""
    first, second = "int g;", "int f(int n) { return limit(n); }"
    found = program(tmp_path, packs, LIMIT + LIMIT.replace("limit", "idle"), first, second, prune=False)
    assert [f.name for f in found.functions()] == ["limit", "f"]
    assert [f.name for f in found.modules[0].unused.functions] == ["limit", "idle"]
    assert found.resolve("own.h::idle", "0.c") is found.modules[0].unused.functions[1]
    assert found.resolve("own.h::limit", "0.c") is next(found.functions())


def test_what_is_left_out_writes_and_registers_nothing(tmp_path: Path, packs: Knowledge) -> None:
    """Neither with pruning nor without it."""
    header = (
        OPS + "static int limit = 34;\nstatic int open_it(int x) { return x; }\n"
        "static inline void set(struct ops *ops) { limit = 60; ops->open = open_it; }\n"
    )
    for prune in (True, False):
        module = program(tmp_path, packs, header, "int f(int n) { return n < limit; }", prune=prune).modules[
            0
        ]
        assert module.bindings == ()
        assert [(g.name, g.const) for g in module.globals] == [("limit", True)]
