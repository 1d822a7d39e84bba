"""Declared names: clang's declarations come in; scopes, symbols, constant values and members go out."""

from __future__ import annotations

import msgspec

from auditor.frontend.libclang import Cursor, Library
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.types import Types
from auditor.frontend.positions import Positions
from auditor.frontend.stubs import Stubs
from auditor.ir import CType, IntType

_FUNCTIONS = frozenset({k.FUNCTION, k.METHOD, k.CONSTRUCTOR, k.DESTRUCTOR, k.CONVERSION, k.FUNCTION_TEMPLATE})
_METHODS = frozenset({k.METHOD, k.CONSTRUCTOR, k.DESTRUCTOR, k.CONVERSION})


class Declared(msgspec.Struct, frozen=True):
    """What a use of a name needs to know about its declaration."""

    name: str
    scope: str
    symbol: str
    value: int | None = None
    taint: str = ""


class Member(msgspec.Struct, frozen=True):
    """What a member access needs to know; ``offset`` in bytes from the start of ``record``."""

    name: str
    record: str
    offset: int | None


class Names:
    """The names of one unit; locals are numbered anew in each function."""

    def __init__(self, lib: Library, positions: Positions, types: Types, stubs: Stubs) -> None:
        self._lib, self._positions, self._types, self._stubs = lib, positions, types, stubs
        self._global: dict[int | None, Declared] = {}
        self._local: dict[int | None, Declared] = {}
        self.enumerations: dict[int | None, Cursor] = {}  # those whose constants were used
        self.private: dict[int | None, None] = {}  # static functions and variables that were referred to
        self._used: dict[int | None, tuple[Declared | None, CType]] = {}
        self._members: dict[int | None, tuple[Member, CType]] = {}
        self._referenced = lib.getCursorReferenced

    def forget(self) -> None:
        """Between two declarations: let go of the locals of the first."""
        self._local = {}

    def local(self, declaration: Cursor) -> Declared:
        """A parameter or local variable; its symbol is ``name#N`` in order of declaration."""
        known = self._local.get(declaration.d0)
        if known is None:
            known = self._local[declaration.d0] = self._declared_local(declaration)
        return known

    def _declared_local(self, declaration: Cursor) -> Declared:
        lib = self._lib
        name = lib.text(lib.getCursorSpelling(declaration))
        symbol = f"{name}#{len(self._local)}"
        if declaration.kind == k.PARAMETER:
            return Declared(name, "param", symbol)
        if lib.Cursor_getStorageClass(declaration) == k.EXTERN_STORAGE:
            return self._variable(declaration, name)
        raw = lib.getCursorType(declaration)
        constant = lib.isConstQualifiedType(raw) and isinstance(self._types.of(raw), IntType)
        return Declared(name, "local", symbol, evaluated(lib, declaration) if constant else None)

    def used(self, use: Cursor) -> tuple[Declared | None, CType]:
        """What the reference ``use`` refers to, None when to nothing that has a name here; and its type.

        All uses of one declaration have one type, but for qualifiers.
        """
        declaration = self._referenced(use)
        key = declaration.d0
        known = self._used.get(key)
        if known is None:
            known = self._declared(declaration), self._types.of_cursor(use)
            if key is not None:
                self._used[key] = known
        return known

    def _declared(self, declaration: Cursor) -> Declared | None:
        if (known := self._local.get(declaration.d0)) is not None:
            return known
        return self.local(declaration) if declaration.kind == k.PARAMETER else self.at_file_scope(declaration)

    def at_file_scope(self, declaration: Cursor) -> Declared | None:
        """A function, variable or enumerator."""
        key, kind = declaration.d0, declaration.kind
        if key not in self._global:
            name = self._lib.text(self._lib.getCursorSpelling(declaration))
            if kind in _FUNCTIONS:
                self._global[key] = Declared(name, "function", self._symbol(declaration, name))
            elif kind == k.VARIABLE:
                self._global[key] = self._variable(declaration, name)
            elif kind == k.ENUM_CONSTANT:
                self._global[key] = self._enumerator(declaration, name)
            else:
                return None
        return self._global[key]

    def member(self, use: Cursor) -> tuple[Member, CType]:
        """The member that ``use`` selects, and its type."""
        field = self._referenced(use)
        key = field.d0
        known = self._members.get(key)
        if known is None:
            known = self._member(field, use), self._types.of_cursor(use)
            if key is not None:
                self._members[key] = known
        return known

    def _member(self, field: Cursor, use: Cursor) -> Member:
        lib = self._lib
        if field.kind != k.FIELD:
            return Member(lib.text(lib.getCursorSpelling(use)), "", None)
        parent = lib.getCursorSemanticParent(field)
        self._types.of_cursor(parent)  # makes its layout known
        name = self._types.records.name_of(parent)
        bits = -1 if lib.Cursor_isBitField(field) else lib.Cursor_getOffsetOfField(field)
        self._types.records.touch(name)
        unnamed = lib.Cursor_isAnonymousRecordDecl(lib.getTypeDeclaration(lib.getCursorType(field)))
        label = "" if unnamed else lib.text(lib.getCursorSpelling(field))
        return Member(label, name, bits // 8 if bits >= 0 else None)

    def _symbol(self, declaration: Cursor, name: str) -> str:
        lib = self._lib
        if declaration.kind in _METHODS:
            parent = lib.getCursorSemanticParent(declaration)
            return f"{lib.text(lib.getCursorSpelling(parent))}::{name}"
        if lib.getCursorLinkage(declaration) != k.INTERNAL_LINKAGE:
            return name
        definition = lib.getCursorDefinition(declaration)
        meant = definition if definition.kind == declaration.kind else declaration
        self.private[meant.d0] = None
        return f"{self._positions.spot(lib.getCursorExtent(meant).begin)[0].name}::{name}"

    def _enumerator(self, declaration: Cursor, name: str) -> Declared:
        if name in self._stubs.constants:
            return Declared(name, "enum", name, None, f"{name} is not declared in any header that was found")
        parent = self._lib.getCursorSemanticParent(declaration)
        self.enumerations.setdefault(parent.d0, parent)
        return Declared(name, "enum", name, self._lib.getEnumConstantDeclValue(declaration))

    def _variable(self, declaration: Cursor, name: str) -> Declared:
        lib = self._lib
        if name in self._stubs.values:
            return Declared(
                name, "global", name, None, f"{name} is not declared in any header that was found"
            )
        value = None
        raw = lib.getCursorType(declaration)
        if lib.isConstQualifiedType(raw) and isinstance(self._types.of(raw), IntType):
            value = evaluated(lib, declaration)
        return Declared(name, "global", self._symbol(declaration, name), value)


def evaluated(lib: Library, cursor: Cursor) -> int | None:
    """The value clang folds ``cursor`` to; only for cursors of integer type (others can crash it)."""
    result = lib.Cursor_Evaluate(cursor)
    if not result:
        return None
    try:
        if lib.EvalResult_getKind(result) != 1:
            return None
        if lib.EvalResult_isUnsignedInt(result):
            value: int = lib.EvalResult_getAsUnsigned(result)
        else:
            value = lib.EvalResult_getAsLongLong(result)
        return value
    finally:
        lib.EvalResult_dispose(result)
