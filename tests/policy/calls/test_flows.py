"""Functions of one driver in; their graphs out, over bodies that share names where there are many."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.ir import Function
from auditor.ir import expressions as e
from auditor.pipeline import read_tree
from auditor.policy.calls.flows import Flows
from auditor.settings import Settings

TEXT = "int first(int size) { return size; }\nint second(int size) { return size; }\n"


def returned(flows: Flows, function: Function) -> e.Expression:
    exit_ = flows.of(function).nodes[0].exit
    assert exit_[0] == "return"
    assert isinstance(exit_[1], e.Name)
    return exit_[1]


@pytest.mark.parametrize("many", [True, False], ids=["many", "few"])
def test_bodies_that_are_run_share_where_there_are_many(tmp_path: Path, many: bool) -> None:
    (tmp_path / "a.c").write_text(TEXT)
    program = read_tree(Settings(paths=(tmp_path,))).program
    flows = Flows(many=many)
    one, other = (returned(flows, function.unread()) for function in program.functions())
    assert one.ctype == other.ctype
    assert (one.ctype is other.ctype) is many
    assert (one.at.file is other.at.file) is many
