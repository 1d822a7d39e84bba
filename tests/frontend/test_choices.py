"""A choice by numbers that a macro makes large comes in; what of it is lowered goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.ir import Module
from auditor.ir import expressions as e
from auditor.ir.printer import show_function
from auditor.knowledge import Knowledge
from auditor.settings import Settings
from tests.frontend.conftest import expressions_of, function, returned

FIELD = """
#define LOWEST 3
#define WIDE 4
#define HIGHEST (LOWEST + WIDE - 1)
#define PART(least, most, low, high, value) \\
    ((low) > (most) || (high) < (least) || (high) - (low) > (most) - (least) ? 0 : \\
     (low) > (least) ? (unsigned)(value) << ((low) - (least)) : (unsigned)(value) >> ((least) - (low)))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define FOUR (2 + 4 + 8 + 16)
#define FIVES (5 + 5 + 5 + 5)
#define WHOLE (HIGHEST > 31 || LOWEST < 0 || HIGHEST - LOWEST > 31 - 0 || HIGHEST + LOWEST > 62 - LOWEST \\
    ? FOUR + FIVES : HIGHEST - LOWEST > 16 ? FOUR : FIVES)
struct bits { char held[HIGHEST]; };
enum { FIRST = 3 };
unsigned asked(unsigned n);
"""


@pytest.fixture
def lowered(tmp_path: Path, knowledge: Knowledge) -> Callable[..., Module]:
    """Lowers one file of the given text, with or without what no answer depends on."""

    def made(text: str, *, prune: bool = True) -> Module:
        (tmp_path / "a.c").write_text(text, encoding="utf-8")
        settings = Settings(paths=(tmp_path,), platform="generic", prune=prune)
        return load(frontend.find(settings), settings, knowledge).modules[0]

    return made


def part(of: str, value: str = "n", low: str = "LOWEST") -> str:
    return f"{FIELD}unsigned f(unsigned n) {{ return PART({of}, {low}, HIGHEST, {value}); }}"


LEFT = {
    "at the first bit": (part("0, 31"), "LOWEST > 0 ? n << (LOWEST - 0) : n >> (0 - LOWEST)"),
    "past the last bit": (part("32, 63"), "0"),
    "twice": (part("32, 63", "PART(32, 63, LOWEST, HIGHEST, n)"), "0"),
    "a limit": (
        f"{FIELD}int f(int n) {{ return MAX(FIVES + FIVES + FOUR, FIVES + FOUR + 1); }}",
        "FIVES + FIVES + FOUR",
    ),
}


@pytest.mark.parametrize(("text", "shown"), LEFT.values(), ids=LEFT)
def test_of_a_large_choice_by_numbers_only_the_chosen_operand_is_lowered(
    lowered: Callable[..., Module], text: str, shown: str
) -> None:
    result, whole = returned(lowered(text)), returned(lowered(text, prune=False))
    assert str(result) == shown
    assert str(whole).endswith(f": {shown}") or f" ? {shown} : " in str(whole)
    assert (result.value, result.ctype) == (whole.value, whole.ctype)


KEPT = {
    "by what is not a number": part("0, 31", low="n"),
    "by an enumerator": part("0, 31", low="FIRST"),
    "by a size": part("0, 31", low="sizeof(struct bits)"),
    "by a call": part("0, 31", low="asked(3)"),
    "of a comparison": part("0, 31", "n < 14"),
    "of two sums": f"{FIELD}unsigned f(void) {{ return MAX(FOUR, FIVES); }}",
    "of a macro that is a name": f"{FIELD}unsigned f(void) {{ return WHOLE; }}",
    "in the file's text": f"{FIELD}unsigned f(unsigned n) "
    "{ return 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 > 20 ? n : 14; }",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_any_other_choice_keeps_all_its_operands(lowered: Callable[..., Module], text: str) -> None:
    pruned, whole = (show_function(function(lowered(text, prune=prune))) for prune in (True, False))
    assert pruned == whole
    assert expressions_of(lowered(text), e.Conditional)


@pytest.mark.parametrize(
    ("text", "shown"), [("WHOLE", "WHOLE"), ("MAX(FOUR, FIVES)", "FOUR > FIVES ? FOUR : FIVES")]
)
def test_a_limit_s_macros_are_still_named(lower: Callable[[str], Module], text: str, shown: str) -> None:
    assert str(returned(lower(f"{FIELD}int f(void) {{ return {text}; }}"))) == shown


BARE = f"#define BARE(value, low) ({' || '.join(f'low > {n}' for n in range(14))} ? low : value)\n"


@pytest.mark.parametrize(
    "used",
    [
        "PART(32, 63, LOWEST, HIGHEST, n < 14)",
        "BARE(n < 14, 9)",
        "BARE(9, 9) || BARE(n < 14, 9)",
        "BARE(BARE(n < 14, 9), 9)",
    ],
)
def test_a_comparison_given_to_such_a_macro_is_counted_as_understood(
    lower: Callable[[str], Module], used: str
) -> None:
    coverage = lower(f"{FIELD}{BARE}int f(unsigned n) {{ if ({used}) return 1; return 0; }}").coverage[0]
    assert (coverage.in_text, coverage.understood) == (1, 1)
