"""Which macro a whole file waits for."""

from __future__ import annotations

import pytest

from auditor.frontend.condition import sole_condition
from auditor.pipeline import read_tree
from auditor.settings import Settings

WAITS = {
    "ifdef": "#ifdef HAVE_RING\nint x;\n#endif\n",
    "if defined": "#if defined(HAVE_RING)\nint x;\n#endif\n",
    "if defined without brackets": "#if defined HAVE_RING /* a ring */\nint x;\n#endif\n",
    "comments and includes before": (
        "/* (c) */\n#include <a.h>\n// #else\n#ifdef HAVE_RING\nint x;\n#endif // it\n"
    ),
    "nested conditions": "#ifdef HAVE_RING\n#if A\nint x;\n#else\nint y;\n#endif\n#endif\n",
    "a continued line": "#ifdef HAVE_RING\n#define A 1 \\\n 2\nint x;\n#endif\n",
}
NOT = {
    "no condition": "int x;\n",
    "code before": "int y;\n#ifdef HAVE_RING\nint x;\n#endif\n",
    "code after": "#ifdef HAVE_RING\nint x;\n#endif\nint y;\n",
    "another condition after": "#ifdef HAVE_RING\nint x;\n#endif\n#ifdef B\nint y;\n#endif\n",
    "another side": "#ifdef HAVE_RING\nint x;\n#else\nint y;\n#endif\n",
    "an include guard": "#ifndef HAVE_RING\n#define HAVE_RING\nint x;\n#endif\n",
    "two macros": "#if defined(HAVE_RING) && defined(B)\nint x;\n#endif\n",
    "a value": "#if HAVE_RING\nint x;\n#endif\n",
    "the compiler's own": "#ifdef __cplusplus\nint x;\n#endif\n",
    "never closed": "#ifdef HAVE_RING\nint x;\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", WAITS.values(), ids=WAITS)
def test_a_file_that_waits_for_one_macro(text):
    assert sole_condition(text.encode()) == "HAVE_RING"


@pytest.mark.parametrize("text", NOT.values(), ids=NOT)
def test_a_file_that_does_not(text):
    assert sole_condition(text.encode()) == ""


def test_the_macro_is_defined_for_that_file_and_it_is_said(tmp_path):
    (tmp_path / "ring.c").write_text("#ifdef HAVE_RING\nint ring(int n) { return n < 34; }\n#endif\n")
    (tmp_path / "other.c").write_text("#ifdef HAVE_RING\nint a;\n#endif\nint other(int n) { return n; }\n")
    program = read_tree(Settings(paths=(tmp_path,))).program
    functions = {function.name for function in program.functions()}
    said = {gap.message for module in program.modules for gap in module.gaps}

    assert functions == {"ring", "other"}
    assert "HAVE_RING is taken for defined: all of the file waits for it" in said
    assert not any("a" in {g.name for g in module.globals} for module in program.modules)
