"""Lower one parsed unit: its declarations come in, everything the tree's own files define goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from auditor.frontend.libclang import Cursor
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.bindings import of_initialiser
from auditor.frontend.lower.choices import Choices
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.expressions import EXPRESSIONS
from auditor.frontend.lower.initialisers import init_list
from auditor.frontend.lower.needed import FUNCTIONS, Declaration, Needed, Takers
from auditor.frontend.lower.recovery import unknown
from auditor.frontend.lower.rows import Rows
from auditor.frontend.lower.shape import as_expression, parts_of
from auditor.frontend.lower.statements import STATEMENTS, opaque
from auditor.frontend.lower.tree import Node, Tree, children_of
from auditor.ir import Binding, EnumConstant, Expression, Function, Global, Param, Record, Unused, pieces
from auditor.ir import statements as s
from auditor.ir.statements import Block

_HANDLERS = {**EXPRESSIONS, k.INIT_LIST: init_list}
_Made = Function | tuple[Global, bool] | None
_MODELS_OWN = "lenaudit_"  # variables that a model header's macros declare for us
_SCOPES = frozenset({k.NAMESPACE, k.LINKAGE_SPEC, k.UNEXPOSED_DECL, k.CLASS, k.STRUCT})


class Lowered(msgspec.Struct, frozen=True, eq=False):
    """What one unit defines outside model headers, and the enumerations that its code uses.

    Bodies and lists are packed, each as soon as it is made: those of one large file would fill memory.
    """

    functions: tuple[Function, ...]
    globals: tuple[Global, ...]
    enums: tuple[EnumConstant, ...]
    records: tuple[Record, ...]
    bindings: tuple[Binding, ...]
    macro_values: dict[str, int]
    unused: Unused = Unused()


def lower(ctx: Context, takers: Takers) -> Lowered:
    """The IR of the unit of ``ctx``; what its headers hold and its code does not need is left out.

    Without pruning that is lowered too, after everything else, and stands apart in ``unused``. Raises
    RecursionError for a body that is too deep to be packed.
    """
    declared = tuple(_declarations(ctx, ctx.unit.root))
    needed = Needed(ctx, takers, declared)
    made: dict[int, _Made] = {}
    numbers = needed.at_once
    while numbers:
        made |= {number: _made(ctx, declared[number].cursor) for number in numbers}
        numbers = needed.asked_for()
    functions, variables = _sorted_out(ctx, (made[number] for number in sorted(made)))
    lowered = Lowered(
        functions,
        variables,
        tuple(_used_enumerators(ctx)),
        ctx.types.records.laid_out(),
        tuple(sorted(ctx.bindings, key=lambda b: b.at)),
        ctx.spelling.values(),
    )
    if ctx.prune:
        return lowered
    unused = _sorted_out(ctx, (_made(ctx, declared[number].cursor) for number in needed.left()))
    return msgspec.structs.replace(lowered, unused=Unused(*unused))


def _declarations(ctx: Context, root: Cursor) -> Iterator[Declaration]:
    """The functions and variables that the tree's own files define, C++ scopes opened."""
    lib = ctx.lib
    wanted = FUNCTIONS | _SCOPES | {k.VARIABLE} if ctx.cplusplus else FUNCTIONS | {k.VARIABLE}
    pending = [root]
    while pending:
        for cursor in children_of(lib, pending.pop(), wanted):
            kind = cursor.kind
            if kind in FUNCTIONS and not lib.isCursorDefinition(cursor):
                continue
            text, _ = ctx.positions.spot(lib.getCursorExtent(cursor).begin)
            if not text.tree:
                continue
            if kind in _SCOPES:
                pending.append(cursor)
            elif kind in FUNCTIONS or lib.Cursor_getStorageClass(cursor) != k.EXTERN_STORAGE:
                yield Declaration(cursor, text is ctx.main)


def _made(ctx: Context, cursor: Cursor) -> _Made:
    return _function(ctx, cursor) if cursor.kind in FUNCTIONS else _variable(ctx, cursor)


def _sorted_out(ctx: Context, made: Iterable[_Made]) -> tuple[tuple[Function, ...], tuple[Global, ...]]:
    """Functions and variables apart; a private variable that nothing was seen to write to is constant."""
    functions: list[Function] = []
    variables: list[Global] = []
    for one in made:
        if isinstance(one, Function):
            functions.append(one)
        elif one is not None and not one[0].name.startswith(_MODELS_OWN):
            variable, private = one
            const = variable.const or (private and variable.symbol not in ctx.assigned)
            variables.append(msgspec.structs.replace(variable, const=const))
    return tuple(functions), tuple(variables)


def _lowered_tree(ctx: Context, cursor: Cursor) -> Tree:
    """The tree below ``cursor`` with every node lowered, children before parents."""
    leave_out = Choices(ctx).by_kind()
    if ctx.prune and cursor.kind == k.VARIABLE:
        leave_out[k.INIT_LIST] = Rows(ctx).leave_out
    tree = Tree(ctx.lib, cursor, leave_out)
    for node in tree.variables:
        ctx.names.local(node.cursor)  # numbers them in order of declaration
    for node in reversed(tree.nodes):
        kind = node.kind
        if (lower_expression := _HANDLERS.get(kind)) is not None:
            node.out = out = lower_expression(ctx, node)
            if out.macro is not None:
                parts = parts_of(node)
                if out not in parts:
                    ctx.spelling.note_value(out, parts)
        elif kind in STATEMENTS:
            node.out = STATEMENTS[kind](ctx, node)
        elif kind == k.VARIABLE:
            node.out = _local(ctx, node) if node is not tree.top else None
        elif k.UNEXPOSED <= kind <= k.LAST_EXPRESSION:
            node.out = unknown(ctx, node)
        elif k.LAST_EXPRESSION < kind <= k.LAST_STATEMENT:
            node.out = opaque(ctx, node)
    return tree


def _local(ctx: Context, node: Node) -> s.Declare | None:
    storage = ctx.lib.Cursor_getStorageClass(node.cursor)
    if storage == k.EXTERN_STORAGE:
        return None  # another function's or file's variable
    declared = ctx.names.local(node.cursor)
    static = storage == k.STATIC_STORAGE
    init = _initialiser(ctx, node)
    ctype = ctx.type_of(node)
    at = ctx.at(node)
    if init is not None:
        ctx.bindings += of_initialiser(declared.name, ctype, init)
    return s.Declare(at=at, name=declared.name, symbol=declared.symbol, ctype=ctype, init=init, static=static)


def _initialiser(ctx: Context, node: Node) -> Expression | None:
    key = ctx.lib.Cursor_getVarDeclInitializer(node.cursor).d1
    if key is None:
        return None
    found = next((c for c in reversed(node.children) if c.kind >= k.UNEXPOSED and c.cursor.d1 == key), None)
    if found is None and node.children and node.children[-1].kind >= k.UNEXPOSED:
        found = node.children[-1]  # clang shows the list as written and names the completed one
    return as_expression(found) if found else None


def _function(ctx: Context, cursor: Cursor) -> Function | None:
    ctx.enter()
    tree = _lowered_tree(ctx, cursor)
    top = tree.top
    body = top.children[-1].out if top.children else None
    if not body or not isinstance(body, list) or not isinstance(body[0], Block):
        return None
    declared = ctx.names.at_file_scope(cursor)
    if declared is None:
        return None
    params = []
    for child in top.children:
        if child.kind == k.PARAMETER:
            local = ctx.names.local(child.cursor)
            params.append(Param(local.name, local.symbol, ctx.type_of(child)))
    at = ctx.at(top)
    static = ctx.lib.getCursorLinkage(cursor) == k.INTERNAL_LINKAGE
    returns = ctx.types.of(ctx.lib.getCursorResultType(cursor))
    made = Function(declared.name, declared.symbol, at.file, tuple(params), returns, body[0], at, static)
    return made.unread(_is_deep(tree))


def _variable(ctx: Context, cursor: Cursor) -> tuple[Global, bool]:
    """A file-scope variable, and whether no other file can write to it."""
    lib = ctx.lib
    ctx.enter()
    tree = _lowered_tree(ctx, cursor)
    top = tree.top
    declared = ctx.names.at_file_scope(cursor)
    assert declared is not None
    ctype, init = ctx.type_of(top), _initialiser(ctx, top)
    if init is not None:
        ctx.bindings += of_initialiser(declared.name, ctype, init)
    const = bool(lib.isConstQualifiedType(lib.getCursorType(cursor)))
    private = lib.getCursorLinkage(cursor) == k.INTERNAL_LINKAGE
    made = Global(declared.name, declared.symbol, ctype, ctx.at(top), init, const)
    return made.unread(_is_deep(tree)), private


def _is_deep(tree: Tree) -> bool:
    return tree.levels > pieces.MOST


def _used_enumerators(ctx: Context) -> Iterator[EnumConstant]:
    """The constants of the tree's enumerations that code, or another such enumeration, uses."""
    done: set[int | None] = set()
    while pending := [key for key in ctx.names.enumerations if key not in done]:
        for key in pending:
            done.add(key)
            yield from _enumerators(ctx, ctx.names.enumerations[key])


def _enumerators(ctx: Context, cursor: Cursor) -> Iterator[EnumConstant]:
    if not ctx.positions.spot(ctx.lib.getCursorExtent(cursor).begin)[0].tree:
        return
    tree = _lowered_tree(ctx, cursor)
    for node in tree.top.children:
        if node.kind == k.ENUM_CONSTANT:
            name = ctx.lib.text(ctx.lib.getCursorSpelling(node.cursor))
            value = ctx.lib.getEnumConstantDeclValue(node.cursor)
            init = as_expression(node.children[-1]) if node.children else None
            yield EnumConstant(name, value, ctx.at(node), init).unread(_is_deep(tree))
