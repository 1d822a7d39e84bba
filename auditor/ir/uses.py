"""A function's body comes in, what it says of other functions and of the driver's state goes out.

This is what is asked of every function of a driver: bodies that nothing leads to need not be read for it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.ir import expressions as e
from auditor.ir.expressions import Expression
from auditor.ir.statements import Block
from auditor.ir.walk import walk

Slot = tuple[str, str]
"""(record, field) of a member, or ("", symbol) of a global."""

_TELLING = frozenset({e.Name, e.Member, e.Call, e.Assign, e.Step, e.AddressOf})
"""The nodes that mention anything."""


class Setting(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One place that sets a slot; ``value`` None when that is no constant, or only a taken address."""

    slot: Slot
    file: str
    value: int | None = None
    tainted: bool = False


class Uses(msgspec.Struct, frozen=True, array_like=True):
    """What a body mentions, each once, as it comes.

    ``named`` are symbols of functions, ``called`` the names that calls have before their brackets, ``reads``
    and ``sets`` the slots that are read and assigned. ``settings`` are in the order of ``sources``.
    """

    named: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    reads: tuple[Slot, ...] = ()
    sets: tuple[Slot, ...] = ()
    settings: tuple[Setting, ...] = ()

    @property
    def records(self) -> set[str]:
        """The records of which a member is mentioned, and "" for globals."""
        return {record for slots in (self.reads, self.sets) for record, _ in slots}


def uses_of(body: Block) -> Uses:
    """All that ``body`` mentions."""
    named: dict[str, None] = {}
    called: dict[str, None] = {}
    reads: dict[Slot, None] = {}
    sets: dict[Slot, None] = {}
    settings: list[Setting] = []
    written: set[int] = set()  # targets of plain assignments: these do not read
    for node in walk(body):
        if type(node) not in _TELLING:  # most of all
            continue
        match node:
            case e.Name(scope="function"):
                named[node.symbol] = None
            case e.Name() | e.Member():
                if (slot := slot_of(node)) is not None and id(node) not in written:
                    reads[slot] = None
            case e.Call(callee=e.Name(name=name)):
                called[name] = None
            case e.Assign() | e.Step() | e.AddressOf():
                target, source = _setting(node)
                if (slot := slot_of(target)) is not None:
                    told = Setting(slot, node.at.file) if source is None else setting_to(slot, source)
                    settings.append(told)
                if source is not None and slot is not None:
                    written.add(id(target))
                    sets[slot] = None
            case _:
                pass
    return Uses(tuple(named), tuple(called), tuple(reads), tuple(sets), tuple(settings))


def sources(body: Block) -> Iterator[Expression | None]:
    """What the settings of ``uses_of`` assign, None for a step, an operator or a taken address."""
    for node in walk(body):
        if isinstance(node, (e.Assign, e.Step, e.AddressOf)):
            target, source = _setting(node)
            if slot_of(target) is not None:
                yield source


def initial(record: str, symbol: str, init: Expression | None) -> Iterator[tuple[Slot, Expression]]:
    """What an initialiser sets: members of ``record`` to constants, or the whole variable ``symbol``."""
    if isinstance(init, e.InitList):
        given = (item for item in init.items if item.field and item.source.value is not None)
        yield from (((record, item.field), item.source) for item in given)
    elif init is not None:
        yield ("", symbol), init


def setting_to(slot: Slot, source: Expression) -> Setting:
    """The setting of a slot to ``source``."""
    return Setting(slot, source.at.file, source.value, bool(source.taint))


def slot_of(expr: object) -> Slot | None:
    """The slot that an expression is; None when it is none."""
    if isinstance(expr, e.Member):
        return expr.record, expr.field
    if isinstance(expr, e.Name) and expr.scope == "global":
        return "", expr.symbol
    return None


def _setting(node: e.Assign | e.Step | e.AddressOf) -> tuple[Expression, Expression | None]:
    """What is set, and to what: a step, an operator or a taken address makes it unknowable."""
    if isinstance(node, e.Assign):
        return node.target, node.source if node.op == "=" else None
    return node.operand, None
