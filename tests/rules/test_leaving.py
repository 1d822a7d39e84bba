"""Which comparisons behind a place leave the function."""

from __future__ import annotations

import pytest

from auditor.ir import expressions as e
from auditor.ir import walk
from auditor.pipeline import read_tree
from auditor.rules.leaving import exits_behind
from auditor.settings import Settings

BODIES = {
    "right behind it": ("v = p[9]; if (n < 10) return -1;", {("n < 10", True)}),
    "behind a nested place": ("if (v) { v = p[9]; } if (n < 10) return -1;", {("n < 10", True)}),
    "one of several": (
        "v = p[9]; if (!v || n < 10) { v++; goto out; }",
        {("!v", True), ("n < 10", True)},
    ),
    "the other branch": ("v = p[9]; if (n >= 10) v++; else return -1;", {("n >= 10", False)}),
    "before it": ("if (n < 10) return -1; v = p[9];", set()),
    "in a branch of its own": ("v = p[9]; if (v) { if (n < 10) return -1; }", set()),
    "only the loop is left": ("while (v) { v = p[9]; if (n < 10) break; }", set()),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_comparisons_that_leave_the_function(tmp_path, body, expected):
    file = tmp_path / "driver.c"
    file.write_text(f"int f(const char *p, int n, int v) {{ {body} out: return v; }}\n", encoding="utf-8")
    (function,) = read_tree(Settings(paths=(file,))).program.functions()
    (place,) = [node for node in walk(function.body) if isinstance(node, e.Index)]

    assert {(str(expr), outcome) for expr, outcome in exits_behind(function, place)} == expected
