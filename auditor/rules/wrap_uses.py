"""An observation of a value that wrapped in, what the value is where it is used out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import Expression, Function, Program, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.policy import Entry
from auditor.policy.expressions.observations import MISJUDGED, UNBOUNDED, Observation

DOES = {
    "copy": "copies", "allocate": "allocates", "allocate-frame": "allocates", "put": "adds to the frame",
    "push": "puts before the frame", "lend": "hands over", "hand-on": "hands on",
}  # fmt: skip


def purpose(program: Program, entry: Entry, seen: Observation) -> tuple[str, bool]:
    """What the value is where it is used, and whether memory is read or written by it."""
    match seen.expr:
        case e.Call(callee=callee):
            name = callee.name if isinstance(callee, e.Name) else str(callee)
            known = entry.platform.effect(name)
            does = DOES[known.effect] if known is not None and known.effect in DOES else "reads"
            what = f"the number of bytes that {name}() {does}"
            if seen.kind == UNBOUNDED:
                return f"checked in place of {used_part(entry, seen.expr)}, {what}", True
            return what, True
        case e.Index():
            return f"the index in {seen.expr}", True
        case e.Assign(target=target):
            own = _is_frame_length(entry, target)
            return f"stored in {target}" + (", the frame's length" if own else ""), own
        case e.Binary() if seen.kind == MISJUDGED:
            if _bounds_indexing(program, seen):
                return f"the bound of a loop: {seen.expr}", True
            return f"compared: {seen.expr}", False
        case _:
            return f"the offset in {seen.expr}", True


def used_part(entry: Entry, expr: Expression) -> Expression:
    """The size, index or stored value in the expression that uses it, as the source writes it."""
    match expr:
        case e.Call(callee=e.Name(name=name), args=args):
            known = entry.platform.effect(name) or entry.platform.looks(name)
            size = known.size if known is not None else None
            return _bare(args[size]) if isinstance(size, int) and size < len(args) else expr
        case e.Index(index=index):
            return _bare(index)
        case e.Assign(source=source):
            return _bare(source)
        case _:
            return expr


def _is_frame_length(entry: Entry, target: Expression) -> bool:
    """Whether an lvalue is the member of a frame record that holds the frame's length."""
    if not isinstance(target, e.Member):
        return False
    last = {f.length.rpartition(".")[2] for f in entry.platform.frames if f.record == target.record}
    return target.field in last


def _bounds_indexing(program: Program, seen: Observation) -> bool:
    """Whether a comparison is the test of a loop that indexes by what is compared."""
    function = next((f for f in program.functions() if f.symbol == seen.function), None)
    return function is not None and any(_indexes(loop, seen.expr) for loop in _loops(function, seen.expr))


def _loops(function: Function, test: Expression) -> Iterator[s.Loop]:
    for node in walk(function.body):
        if isinstance(node, s.Loop) and node.test is not None and any(x is test for x in walk(node.test)):
            yield node


def _indexes(loop: s.Loop, test: Expression) -> bool:
    counters = {x.symbol for x in walk(test) if isinstance(x, e.Name)}
    return any(
        isinstance(x, e.Index) and any(isinstance(i, e.Name) and i.symbol in counters for i in walk(x.index))
        for x in walk(loop.body)
    )


def _bare(expr: Expression) -> Expression:
    while isinstance(expr, e.Cast) and expr.implicit:
        expr = expr.operand
    return expr
