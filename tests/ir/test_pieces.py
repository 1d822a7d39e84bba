"""Deep bodies in; pieces that any stack holds, and the same bodies again."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from auditor.ir import Function, Global, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.definitions import Unread
from auditor.ir.types import INT
from auditor.model import Location
from auditor.packing import NotPacked, pack

AT = Location("a.c", 1)
SMALL_STACK = 256 << 10


def test_a_deep_body_is_packed_and_read_on_a_small_stack() -> None:
    """A thread of its own; where the depth were C's, it would end the process."""
    body = s.Block(at=AT, body=(s.Return(at=AT, expr=summed(3000)),))
    deep = Function("f", "f", "a.c", (), INT, body, AT).unread(deep=True)
    read: list[s.Block] = []

    on_a_small_stack(lambda: read.append(Function("f", "f", "a.c", (), INT, deep.held, AT).read()))

    assert sum(isinstance(node, e.Binary) for node in walk(read[0])) == 3000


def test_a_deep_list_is_read_again() -> None:
    items = (e.InitItem(e.Literal(at=AT, ctype=INT)), e.InitItem(summed(3000), field="most"))
    made = Global("g", "g", INT, AT, e.InitList(at=AT, ctype=INT, items=items)).unread(deep=True)
    assert isinstance(made.held, Unread)
    assert made.held.pieces
    assert isinstance(made.init, e.InitList)
    assert [item.field for item in made.init.items] == ["", "most"]
    assert sum(isinstance(node, e.Binary) for node in walk(made.init)) == 3000


@pytest.mark.parametrize("number", ["1", "-1", "x", "9" * 5000])
@pytest.mark.parametrize("kind", ["expression", "statement"])
def test_pieces_that_there_are_not(number: str, kind: str) -> None:
    name = e.Name(at=AT, ctype=INT, name="", scope="piece", symbol=number)
    goto = s.Goto(at=AT, label=f"piece {number}")
    body = s.Block(at=AT, body=(s.Evaluate(at=AT, expr=name) if kind == "expression" else goto,))
    forged(body, (e.Literal(at=AT, ctype=INT) if kind == "expression" else s.Break(at=AT),))


def test_a_piece_of_another_kind() -> None:
    forged(s.Block(at=AT, body=(s.Goto(at=AT, label="piece 0"),)), (e.Literal(at=AT, ctype=INT),))


def forged(body: s.Block, pieces: tuple[object, ...]) -> None:
    empty = Function("f", "f", "a.c", (), INT, s.Block(at=AT, body=()), AT)
    held = Unread(pack(body), empty.uses, pack(pieces))
    with pytest.raises(NotPacked):
        held.body()


def summed(count: int) -> e.Expression:
    whole: e.Expression = e.Literal(at=AT, ctype=INT, value=1, text="1")
    for _ in range(count):
        whole = e.Binary(at=AT, ctype=INT, op="+", left=whole, right=e.Literal(at=AT, ctype=INT, text="1"))
    return whole


def on_a_small_stack(action: Callable[[], object]) -> None:
    before = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(target=action)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
