"""The IR as C-like text: expressions on one line, statements indented; macro names stand where macros stood.

Iterative throughout, because chains of thousands of operators and branches exist.
"""

from __future__ import annotations

from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.definitions import Function
from auditor.ir.expressions import Expr, Expression
from auditor.ir.statements import Statement, Stmt
from auditor.ir.types import ArrayType, CType, IntType, OpaqueType, PointerType, RecordType
from auditor.ir.walk import children

_ATOM, _POSTFIX, _PREFIX, _ASSIGN, _COMMA = 20, 19, 18, 3, 2
_PRECEDENCE = {
    "*": 15, "/": 15, "%": 15, "+": 14, "-": 14, "<<": 13, ">>": 13, "<": 12, ">": 12, "<=": 12, ">=": 12,
    "==": 11, "!=": 11, "&": 10, "^": 9, "|": 8, "&&": 7, "||": 6, ",": _COMMA,
}  # fmt: skip
_CONDITIONAL = 5
_MIXED = frozenset({"&", "^", "|", "<<", ">>"})  # clearer in brackets inside another operator
_INDENT = "    "
Shown = tuple[str, int, bool]
"""Text, precedence, and whether macros spell every node of it."""


def show(expr: Expression) -> str:
    """``expr`` as C on one line, with the brackets that it needs; implicit conversions are silent."""
    done: dict[int, Shown] = {}
    stack: list[tuple[Expr, bool]] = [(expr, False)]
    while stack:
        node, ready = stack.pop()
        parts = [child for child in children(node) if isinstance(child, Expr)]
        if ready or not parts:
            done[id(node)] = _whole(node, parts, done)
        else:
            stack.append((node, True))
            stack += [(part, False) for part in parts]
    return done[id(expr)][0]


def _whole(node: Expr, parts: list[Expr], done: dict[int, Shown]) -> Shown:
    """The node's own text, or the name of the macro that spells all of it."""
    covered = node.macro is not None and all(done[id(part)][2] for part in parts)
    if covered and node.macro and not node.macro_call and not isinstance(node, e.StatementExpr):
        return node.macro, _ATOM, True
    text, precedence = _text(node, done)
    return text, precedence, covered


def _text(node: Expr, done: dict[int, Shown]) -> tuple[str, int]:
    if isinstance(node, (e.Literal, e.Text, e.Name, e.SizeOf, e.Unknown)):
        return _leaf(node)

    def part(child: Expr, least: int) -> str:
        text, precedence, _ = done[id(child)]
        return text if precedence >= least else f"({text})"

    match node:
        case e.Member():
            return f"{part(node.base, _POSTFIX)}{'->' if node.arrow else '.'}{node.field}", _POSTFIX
        case e.Index():
            return f"{part(node.base, _POSTFIX)}[{part(node.index, 0)}]", _POSTFIX
        case e.Call():
            inside = ", ".join(part(argument, _ASSIGN) for argument in node.args)
            return f"{part(node.callee, _POSTFIX)}({inside})", _POSTFIX
        case e.Deref():
            return f"*{part(node.operand, _PREFIX)}", _PREFIX
        case e.AddressOf():
            return f"&{part(node.operand, _PREFIX)}", _PREFIX
        case e.Unary():
            inner = part(node.operand, _PREFIX)
            return f"{node.op}{' ' if inner[:1] == node.op and node.op in '+-' else ''}{inner}", _PREFIX
        case e.Step():
            inner = part(node.operand, _POSTFIX)
            return (f"{node.op}{inner}", _PREFIX) if node.prefix else (f"{inner}{node.op}", _POSTFIX)
        case e.Cast() if node.implicit or node.macro_call:  # casts inside a function-like macro are noise
            return done[id(node.operand)][:2]
        case e.Cast():
            return f"({show_type(node.ctype)}){part(node.operand, _PREFIX)}", _PREFIX
        case e.Binary():
            return _binary(node, done)
        case e.Assign():
            return f"{part(node.target, _PREFIX)} {node.op} {part(node.source, _ASSIGN)}", _ASSIGN
        case e.Conditional():
            then = f" {part(node.then, _CONDITIONAL)} " if node.then is not None else ""
            return f"{part(node.test, 6)} ?{then}: {part(node.otherwise, _CONDITIONAL)}", _CONDITIONAL
        case e.StatementExpr():
            return "({ " + " ".join(show_statement(node.body).split()[1:-1]) + " })", _ATOM
        case e.InitList():
            return "{ " + ", ".join(
                _item(item, part(item.source, _ASSIGN)) for item in node.items
            ) + " }", _ATOM
    return "?", _ATOM


def _leaf(node: e.Literal | e.Text | e.Name | e.SizeOf | e.Unknown) -> tuple[str, int]:
    match node:
        case e.Literal():
            return node.text or str(node.value), _ATOM
        case e.Text():
            return f'"{node.text}"', _ATOM
        case e.Name():
            return node.name, _ATOM
        case e.SizeOf():
            return f"sizeof({node.of})" if "," not in node.of else f"offsetof({node.of})", _ATOM
    return node.text or "?", 0


def _binary(node: e.Binary, done: dict[int, Shown]) -> tuple[str, int]:
    own = _PRECEDENCE[node.op]

    def side(child: Expr, least: int) -> str:
        text, precedence, _ = done[id(child)]
        while isinstance(child, e.Cast) and child.implicit:
            child = child.operand
        mixed = (
            isinstance(child, e.Binary) and child.op != node.op and (child.op in _MIXED or node.op in _MIXED)
        )
        loose = node.op in ("&&", "||") and isinstance(child, e.Binary) and child.op not in ("&&", "||")
        return f"({text})" if precedence < least or (mixed and not loose and precedence < _PREFIX) else text

    separator = ", " if node.op == "," else f" {node.op} "
    return f"{side(node.left, own)}{separator}{side(node.right, own + 1)}", own


def _item(item: e.InitItem, source: str) -> str:
    if item.field:
        return f".{item.field} = {source}"
    return f"[{item.index}] = {source}" if item.index is not None else source


def show_type(ctype: CType) -> str:
    """A type as C writes it in a cast."""
    suffix = ""
    while not isinstance(ctype, (IntType, RecordType, OpaqueType)):
        if isinstance(ctype, PointerType):
            suffix = "*" + suffix
            ctype = ctype.target
        elif isinstance(ctype, ArrayType):
            suffix += f"[{ctype.count if ctype.count is not None else ''}]"
            ctype = ctype.element
    name = ctype.name or "int"
    return f"{name} {suffix}" if suffix else name


def show_statement(stmt: Statement, indent: int = 0) -> str:
    """``stmt`` as lines of C, ``indent`` levels in, without a line end at the end."""
    lines: list[str] = []
    stack: list[tuple[str | Stmt, int]] = [(stmt, indent)]
    while stack:
        item, level = stack.pop()
        if isinstance(item, str):
            lines.append(_INDENT * level + item)
        else:
            stack += reversed(_pieces(item, level))
    return "\n".join(lines)


def _pieces(stmt: Stmt, level: int) -> list[tuple[str | Stmt, int]]:
    """A statement as finished lines and inner statements, in order, each with its level."""
    match stmt:
        case s.Block():
            return [("{", level), *((inner, level + 1) for inner in stmt.body), ("}", level)]
        case s.If():
            return _branches(stmt, level)
        case s.Loop(kind="do"):
            return [("do", level), *_inner(stmt.body, level), (f"while ({_shown(stmt.test)});", level)]
        case s.Loop(kind="while"):
            return [(f"while ({_shown(stmt.test)})", level), *_inner(stmt.body, level)]
        case s.Loop():
            init = " ".join(show_statement(stmt.init).split()).rstrip(";") if stmt.init is not None else ""
            head = f"for ({init}; {_shown(stmt.test)}; {_shown(stmt.step)})"
            return [(head, level), *_inner(stmt.body, level)]
        case s.Switch():
            return [(f"switch ({show(stmt.subject)})", level), *_inner(stmt.body, level)]
    return [(_line(stmt), max(0, level - 1) if isinstance(stmt, (s.Case, s.Default, s.Label)) else level)]


def _branches(stmt: s.If, level: int) -> list[tuple[str | Stmt, int]]:
    """``if``, every ``else if`` behind it, ``else``."""
    pieces: list[tuple[str | Stmt, int]] = []
    word, arm = "if", stmt
    while True:
        pieces += [(f"{word} ({show(arm.test)})", level), *_inner(arm.then, level)]
        if not isinstance(arm.otherwise, s.If):
            break
        word, arm = "else if", arm.otherwise
    if arm.otherwise is not None:
        pieces += [("else", level), *_inner(arm.otherwise, level)]
    return pieces


def _inner(stmt: Statement, level: int) -> list[tuple[str | Stmt, int]]:
    return [(stmt, level if isinstance(stmt, (s.Block, s.If)) else level + 1)]


def _line(stmt: Stmt) -> str:
    match stmt:
        case s.Evaluate():
            return f"{show(stmt.expr)};"
        case s.Declare():
            static = "static " if stmt.static else ""
            init = f" = {show(stmt.init)}" if stmt.init is not None else ""
            return f"{static}{show_type(stmt.ctype)} {stmt.name}{init};"
        case s.Case():
            return f"case {show(stmt.low)}{f' ... {show(stmt.high)}' if stmt.high is not None else ''}:"
        case s.Default():
            return "default:"
        case s.Label():
            return f"{stmt.name}:"
        case s.Goto():
            return f"goto {stmt.label or '*?'};"
        case s.Break():
            return "break;"
        case s.Continue():
            return "continue;"
        case s.Return():
            return f"return {show(stmt.expr)};" if stmt.expr is not None else "return;"
        case s.Opaque():
            return f"{stmt.text};" if not stmt.text.endswith(";") else stmt.text
    return ";"


def _shown(expr: Expression | None) -> str:
    return show(expr) if expr is not None else ""


def show_function(function: Function) -> str:
    """A function definition as C."""
    params = ", ".join(f"{show_type(p.ctype)} {p.name}".strip() for p in function.params) or "void"
    static = "static " if function.static else ""
    head = f"{static}{show_type(function.returns)} {function.name}({params})"
    return f"{head}\n{show_statement(function.body)}"
