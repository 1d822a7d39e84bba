"""Small pieces of IR, made by hand."""

from __future__ import annotations

from auditor import ir
from auditor.constants import ConstantGraph, build_graph
from auditor.ir import expressions as ex
from auditor.ir import statements as st
from auditor.ir.types import INT, VOID
from auditor.knowledge import load_knowledge
from auditor.model import Location

FILE = "src/send.c"
PROTOCOLS = load_knowledge().protocols
U8, U16 = ir.IntType(8, False, "uint8_t"), ir.IntType(16, False, "uint16_t")
ADDRESS = ir.ArrayType(U8, 6)


def at(line: int = 1, file: str = FILE) -> Location:
    return Location(file, line)


def lit(value: int, macro: str | None = None) -> ex.Literal:
    return ex.Literal(at=at(50), ctype=INT, value=value, text=str(value), macro=macro)


def local(name: str, line: int = 50) -> ex.Name:
    return ex.Name(at=at(line), ctype=INT, name=name, scope="local", symbol=f"{name}#1")


def sizeof(of: str, value: int | None, macro: str | None = None, taint: str = "") -> ex.SizeOf:
    return ex.SizeOf(at=at(50), ctype=INT, of=of, value=value, macro=macro, taint=taint)


def op(
    operator: str, left: ir.Expression, right: ir.Expression, line: int = 50, macro: str | None = None
) -> ex.Binary:
    """A binary operator; arithmetic of two known values has their value, as clang folds it."""
    value = None
    if left.value is not None and right.value is not None:
        value = {"+": left.value + right.value, "-": left.value - right.value}.get(operator)
    return ex.Binary(at=at(line), ctype=INT, op=operator, left=left, right=right, value=value, macro=macro)


def mtu_member() -> ex.Member:
    device = ex.Name(at=at(50), ctype=ir.PointerType(VOID), name="dev", scope="param", symbol="dev#0")
    return ex.Member(at=at(50), ctype=INT, base=device, field="MtuSize", arrow=True, record="device")


def macro(
    name: str, body: str, value: int | None = None, line: int = 1, function_like: bool = False
) -> ir.Macro:
    return ir.Macro(
        name=name, at=at(line), body=tuple(body.split()), value=value, function_like=function_like
    )


def record(name: str, size: int | None, *fields: tuple[str, ir.CType], taint: str = "") -> ir.Record:
    return ir.Record(
        name=name, size=size, fields=tuple(ir.Field(n, t, None) for n, t in fields), taint=taint, at=at(2)
    )


FRAME_START = record("frame_start", 14, ("to", ADDRESS), ("from", ADDRESS), ("kind", U16))


def assertion(condition: ir.Expression, line: int = 50) -> ex.Call:
    callee = ex.Name(
        at=at(line), ctype=VOID, name="__lenaudit_assert", scope="function", symbol="__lenaudit_assert"
    )
    return ex.Call(
        at=at(line),
        ctype=VOID,
        callee=callee,
        args=(ex.Unary(at=at(line), ctype=INT, op="!", operand=condition),),
    )


def function(*body: ir.Statement | ir.Expression, name: str = "send") -> ir.Function:
    held = tuple(b if isinstance(b, st.Stmt) else st.Evaluate(at=b.at, expr=b) for b in body)
    return ir.Function(name, name, FILE, (), INT, st.Block(at=at(40), body=held), at(40))


def program(*modules: ir.Module, **held: object) -> ir.Program:
    """A program of ``modules``, or of one module that holds ``held``."""
    return ir.Program("/", modules or (ir.Module(file=FILE, platform="generic", **held),))  # type: ignore[arg-type]


def graph_of(**held: object) -> ConstantGraph:
    return build_graph(program(**held), PROTOCOLS)
