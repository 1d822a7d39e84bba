"""A path that comes out of a function in; the marks that its facts leave, in the order of the facts, out."""

from __future__ import annotations

from itertools import permutations

import pytest

from auditor.ir import Function
from auditor.pipeline import read_tree
from auditor.policy.calls.leaving import leave
from auditor.policy.numbers.values import Bytes, Sym, Value
from auditor.policy.paths.forks import GUARDED, NARROWED
from auditor.policy.paths.state import State
from auditor.settings import Settings

MARKS: dict[Value, Value] = {Bytes(30, 1, True): NARROWED, Sym("parse()", "helper"): GUARDED}


@pytest.fixture(scope="module")
def function(tmp_path_factory: pytest.TempPathFactory) -> Function:
    path = tmp_path_factory.mktemp("left") / "a.c"
    path.write_text("int first(int size) { return size; }\n", encoding="utf-8")
    return next(read_tree(Settings(paths=(path,))).program.functions())


@pytest.mark.parametrize("order", list(permutations(MARKS)), ids=["bytes first", "helper first"])
def test_marks_come_in_the_order_of_the_facts(function: Function, order: tuple[Value, ...]) -> None:
    state = State(1)
    for key in order:
        state.facts[key] = ((1, 1),)
    leave(state, set(), function)
    assert list(state.facts) == [MARKS[key] for key in order]
