"""A unit's declarations come in, those that its code needs go out; what only headers hold is put off.

Put off are the static functions of headers, and their static arrays and records that hold no function. One
is needed once something that is lowered refers to it; one that nothing refers to is left out, because no
compiler would keep it: neither can a frame come there, nor does what it assigns, registers or compares ever
happen. Functions that may be given frames are never put off: somebody outside the tree may call them, the
header being a library's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditor.frontend.libclang import Cursor, RawType
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.tree import children_of
from auditor.ir import Param
from auditor.ir.carrying import is_buffer, may_carry, pointed_record
from auditor.knowledge import Globs, Platform

FUNCTIONS = frozenset({k.FUNCTION, k.METHOD, k.CONSTRUCTOR, k.DESTRUCTOR, k.CONVERSION})
_MEMBERS = frozenset({k.FIELD, k.STRUCT, k.UNION})
_ARRAYS = k.OTHER_ARRAYS | {k.CONSTANT_ARRAY}
_CALLABLE = k.FUNCTION_TYPES | {k.VOID}  # what a pointer to may be called


class Takers:
    """What the packs know of functions that may be given frames: the records, and names of handlers."""

    def __init__(self, platforms: Iterable[Platform]) -> None:
        platforms = tuple(platforms)
        roles = [role for platform in platforms for role in platform.roles]
        self.records = frozenset(frame.record for platform in platforms for frame in platform.frames)
        self.declared = frozenset(name for role in roles for name in role.declared)
        self.named = Globs(name for role in roles for name in role.names)


class Declaration(NamedTuple):
    """A function's definition, or a variable, of the tree; ``own`` when the main file spells it."""

    cursor: Cursor
    own: bool


class Needed:
    """The declarations of one unit by number, and which of them are put off until they are asked for."""

    def __init__(self, ctx: Context, takers: Takers, declared: Sequence[Declaration]) -> None:
        self._ctx, self._takers = ctx, takers
        self._carries: dict[int | None, list[bool]] = {}  # by function type: may its parameters, as types
        self._inert: dict[int | None, bool] = {}  # by type: no function can be held in it
        self._off: dict[int | None, int] = {}
        self.at_once = [n for n, one in enumerate(declared) if one.own or not self._put_off(n, one.cursor)]

    def asked_for(self) -> list[int]:
        """The numbers of those put off that were referred to since this was asked last, in that order."""
        found = [self._off.pop(key) for key in self._ctx.names.private if key in self._off]
        self._ctx.names.private.clear()
        return found

    def left(self) -> list[int]:
        """The numbers of those that nobody has asked for."""
        return sorted(self._off.values())

    def _put_off(self, number: int, cursor: Cursor) -> bool:
        if self._ctx.lib.getCursorLinkage(cursor) != k.INTERNAL_LINKAGE:
            return False
        needless = (
            not self._may_be_given_frames(cursor) if cursor.kind in FUNCTIONS else self._is_data(cursor)
        )
        if needless:
            self._off[cursor.d0] = number
        return needless

    def _may_be_given_frames(self, cursor: Cursor) -> bool:
        lib, takers = self._ctx.lib, self._takers
        name = lib.text(lib.getCursorSpelling(cursor))
        if name in takers.declared or takers.named.match(name):
            return True
        return self._may_by_type(cursor) and may_carry(name, self._params(cursor), takers.records)

    def _may_by_type(self, cursor: Cursor) -> bool:
        """Whether a parameter points to a frame record or to bytes: asked once per type of function."""
        raw = self._ctx.lib.getCanonicalType(self._ctx.lib.getCursorType(cursor))
        known = self._carries.get(raw.d0)
        if known is None:
            ctypes = [param.ctype for param in self._params(cursor)]
            known = [pointed_record(c) in self._takers.records or is_buffer(c) for c in ctypes]
            self._carries[raw.d0] = known
        return any(known)

    def _params(self, cursor: Cursor) -> list[Param]:
        lib, of = self._ctx.lib, self._ctx.types.of_cursor
        found = (lib.Cursor_getArgument(cursor, n) for n in range(max(0, lib.Cursor_getNumArguments(cursor))))
        return [Param(lib.text(lib.getCursorSpelling(one)), "", of(one)) for one in found]

    def _is_data(self, cursor: Cursor) -> bool:
        """Whether a variable is an array or a record that holds no function."""
        raw = self._ctx.lib.getCanonicalType(self._ctx.lib.getCursorType(cursor))
        return (raw.kind == k.RECORD or raw.kind in _ARRAYS) and self._is_inert(raw)

    def _is_inert(self, raw: RawType) -> bool:
        """Whether nothing of a type can be called, pointers not followed."""
        lib = self._ctx.lib
        while raw.kind in _ARRAYS:
            raw = lib.getCanonicalType(lib.getArrayElementType(raw))
        if raw.kind in k.POINTERS:
            return lib.getCanonicalType(lib.getPointeeType(raw)).kind not in _CALLABLE
        if raw.kind != k.RECORD:
            return True
        if raw.d0 not in self._inert:
            self._inert[raw.d0] = False  # a record inside itself is an error that clang reports
            self._inert[raw.d0] = self._members_are_inert(lib.getTypeDeclaration(raw))
        return self._inert[raw.d0]

    def _members_are_inert(self, record: Cursor) -> bool:
        lib = self._ctx.lib
        for child in children_of(lib, record, _MEMBERS):
            if child.kind != k.FIELD:
                inert = self._members_are_inert(child)
            else:
                inert = self._is_inert(lib.getCanonicalType(lib.getCursorType(child)))
            if not inert:
                return False
        return True
