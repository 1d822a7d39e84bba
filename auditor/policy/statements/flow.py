"""A function body as an acyclic graph of nodes: loops run once or not at all, gotos and switches are edges.

In: an IR function. Out: a ``Flow`` whose nodes are in execution order, each with the locals that are
still read after its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.ir import ArrayType, CType, Expression, Function, RecordType, Slot, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.model import Location
from auditor.policy.entry_points.index import ProgramIndex

Arms = list[tuple[Expression, Expression | None, "Node"]]


class Node:
    """Straight-line actions, then one exit.

    ``actions``: expressions, declarations, and ``Forget``. Exits: ``("go", node)``,
    ``("branch", test, then, otherwise)``, ``("select", subject, arms, default)`` with arms of
    (low, high, node), ``("return", expr, at)``, ``("lost",)`` for a jump that is not followed.
    """

    __slots__ = ("actions", "exit", "index", "is_empty", "live")

    def __init__(self) -> None:
        self.actions: list[Expression | s.Declare | Forget] = []
        self.exit: tuple = ("lost",)  # type: ignore[type-arg]
        self.index = -1
        self.is_empty = False  # whether nothing happens here, and one other node always follows
        self.live: frozenset[str] = frozenset()

    def expressions(self, start: int = 0) -> Iterator[Expression]:
        """What the node evaluates from action ``start`` on, without the targets of plain assignments."""
        for action in self.actions[start:]:
            match action:
                case s.Declare(init=init):
                    yield from () if init is None else (init,)
                case e.Assign(op="=", target=e.Member(base=base), source=source):
                    yield from (base, source)
                case Forget():
                    pass
                case _:
                    yield action
        if self.exit[0] in ("branch", "select") or (self.exit[0] == "return" and self.exit[1] is not None):
            yield self.exit[1]

    def successors(self) -> Iterator[Node]:
        """Nodes that may follow, in the order the source suggests."""
        match self.exit:
            case ("go", target):
                yield target
            case ("branch", _, then, otherwise):
                yield from (then, otherwise)
            case ("select", _, arms, default):
                yield from (target for _, _, target in arms)
                yield default
            case _:
                return


class Forget:
    """After a loop's one iteration: its counters can have any value."""

    __slots__ = ("at", "symbols")

    def __init__(self, symbols: frozenset[str], at: Location) -> None:
        self.symbols, self.at = symbols, at


class Flow:
    """The graph of one function: ``nodes`` in execution order, the first is the entry.

    ``in_memory`` are locals that live in memory because their address is taken or they are aggregates.
    """

    __slots__ = ("_after", "function", "in_memory", "nodes")

    def __init__(self, function: Function, nodes: list[Node], in_memory: frozenset[str]) -> None:
        self.function, self.nodes, self.in_memory = function, nodes, in_memory
        self._after: list[frozenset[Slot]] = []

    def reads_after(self, node: Node, action: int, index: ProgramIndex) -> frozenset[Slot]:
        """What can still be read of the driver's own state behind action ``action`` of ``node``."""
        if not self._after:
            read: frozenset[Slot] = frozenset()
            self._after = [read]
            for later in reversed(self.nodes):
                here = (index.reads_below(x, self.function.file) for x in later.expressions())
                more = read.union(*here)
                read = more if len(more) > len(read) else read  # most nodes read nothing new
                self._after.append(read)
            self._after.reverse()
        rest = (index.reads_below(x, self.function.file) for x in node.expressions(action + 1))
        return self._after[node.index + 1].union(*rest)


def in_memory(function: Function) -> frozenset[str]:
    """Locals of ``function`` whose address is taken, or that are arrays or records."""
    found = {p.symbol for p in function.params if _aggregate(p.ctype)}
    for node in walk(function.body):
        if isinstance(node, s.Declare) and (_aggregate(node.ctype) or node.static):
            found.add(node.symbol)
        elif isinstance(node, e.AddressOf) and isinstance(node.operand, e.Name):
            found.add(node.operand.symbol)
    return frozenset(found)


def _aggregate(ctype: CType) -> bool:
    return isinstance(ctype, (ArrayType, RecordType))


def in_order(start: Node) -> Iterator[Node]:
    """Nodes in reverse postorder; edges back to a node that is still open end the path there."""
    order: list[Node] = []
    open_: set[int] = set()
    done: set[int] = set()
    stack: list[tuple[Node, Iterator[Node]]] = [(start, start.successors())]
    open_.add(id(start))
    while stack:
        node, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            open_.discard(id(node))
            done.add(id(node))
            order.append(node)
        elif id(following) not in done and id(following) not in open_:
            open_.add(id(following))
            stack.append((following, following.successors()))
    for index, node in enumerate(reversed(order)):
        node.index = index
    return reversed(order)


def finish(function: Function, nodes: list[Node]) -> Flow:
    """The flow of ordered nodes, with the locals that are live at each."""
    memory = in_memory(function)
    known: dict[frozenset[str], frozenset[str]] = {}  # nodes in a row mostly read the same later
    for node in reversed(nodes):
        live: set[str] = set()
        for following in node.successors():
            if following.index > node.index:
                live |= following.live
        live |= _reads(node.exit[1]) if node.exit[0] in ("branch", "select", "return") else set()
        for action in reversed(node.actions):
            _step_back(action, live)
        read_later = frozenset(live)
        node.live = known.setdefault(read_later, read_later)
        node.is_empty = not node.actions and node.exit[0] == "go"
    return Flow(function, nodes, memory)


def _step_back(action: Expression | s.Declare | Forget, live: set[str]) -> None:
    match action:
        case Forget():
            pass
        case s.Declare(symbol=symbol, init=init):
            live.discard(symbol)
            live |= _reads(init)
        case e.Assign(op="=", target=e.Name(symbol=symbol), source=source):
            live.discard(symbol)
            live |= _reads(source)
        case _:
            live |= _reads(action)


def _reads(expr: Expression | None) -> set[str]:
    if expr is None:
        return set()
    return {n.symbol for n in _names(expr)}


def _names(expr: Expression) -> Iterable[e.Name]:
    return (n for n in walk(expr) if isinstance(n, e.Name) and n.scope in ("local", "param"))
