"""Coverage: conditions in a text in; how many comparisons they hold, and which were lost, out."""

from __future__ import annotations

import pytest

from auditor.frontend.coverage import conditions_in
from tests.frontend.conftest import Lower


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("if (a < b) x;", 1),
        ("if (a < b && c == d || e) x;", 2),
        ("while (a != b) x;", 1),
        ("for (i = 0; i < n; i++) x;", 1),
        ("do { } while (a >= b);", 1),
        ("x = a < b ? c : d;", 1),
        ("x = (a < b) ? c : d;", 1),
        ("x = a ? b < c : d;", 0),
        ("if (f(a < b ? 1 : 2)) x;", 1),
        ("x = a < b;", 0),
        ("return a < b;", 0),
        ("f(a < b, c > d ? 1 : 2);", 1),
        ("if (a->b >> 2) x;", 0),
        ("/* if (a < b) */ // if (c < d)\n", 0),
        ("x = \"if (a < b)\"; y = '<';", 0),
        ("#define M if (a < b)\n#if A < B\nif (a < b) x;\n#endif\n", 1),
        ("#define LONG if (a < b) \\\n if (c < d)\nif (e < f) x;", 1),
        ("/* M */ #define M if (a < b)\n", 0),
        ("elif (a < b) x; for_each(c < d) y;", 0),
        ("if (a <= b) { while (c) { if (d > e) x; } }", 2),
    ],
)
def test_conditions(text: str, count: int) -> None:
    assert sum(number for _, _, number in conditions_in(text.encode(), [])) == count


def test_parts_left_out() -> None:
    text = b"if (a < b) x; if (c < d) y;"
    assert sum(number for _, _, number in conditions_in(text, [(0, 13)])) == 1


def test_everything_is_understood(lower: Lower) -> None:
    module = lower(
        "#define unlikely(x) __builtin_expect(!!(x), 0)\n"
        "int f(int a, int b) { if (unlikely(a < b) && b != 3) return 1; while (a > 2) a--;\n"
        "#if 0\n if (a < 5) return 2;\n#endif\n return a == b ? 3 : 4; }"
    )
    assert (module.coverage[0].in_text, module.coverage[0].understood) == (4, 4)
    assert not module.gaps


def test_what_is_lost_is_named(lower: Lower) -> None:
    module = lower("int f(int a) { if (a < 3) return 1; if (a @ 2 < 3 && a < 4) return 2; return 0; }\n")
    coverage = module.coverage[0]
    assert coverage.understood < coverage.in_text
    assert any("in f could not be understood" in gap.message for gap in module.gaps)
