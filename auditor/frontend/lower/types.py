"""C types: clang's types come in, the IR's types go out, each lowered once per unit."""

from __future__ import annotations

from auditor.frontend.libclang import Cursor, Library, RawType
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.records import Records, unqualified
from auditor.frontend.positions import Positions
from auditor.frontend.stubs import Stubs
from auditor.ir import ArrayType, CType, IntType, OpaqueType, PointerType, Record, RecordType
from auditor.ir.types import VOID

FUNCTION = OpaqueType("function")
UNKNOWN = OpaqueType("?")


class Types:
    """The types of one unit."""

    def __init__(self, lib: Library, positions: Positions, stubs: Stubs, models: dict[str, Record]) -> None:
        self._lib, self._stubs = lib, stubs
        self._known: dict[int | None, CType] = {}
        self.records = Records(self, lib, positions, stubs, models)

    def close(self) -> None:
        """Let go of the records, which know these types: the two would keep each other alive."""
        del self.records

    def of(self, raw: RawType) -> CType:
        """The IR type; cv-qualifiers are dropped, a stubbed type is opaque under its own name."""
        key = raw.d0
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._lower(raw)
        return known

    def of_cursor(self, cursor: Cursor) -> CType:
        """The type of an expression or declaration."""
        return self.of(self._lib.getCursorType(cursor))

    def _lower(self, raw: RawType) -> CType:
        lib = self._lib
        if raw.kind == k.DEPENDENT or raw.kind == 0:
            return UNKNOWN
        canonical = lib.getCanonicalType(raw)
        kind = canonical.kind
        if stub := self.stubbed(raw):
            return OpaqueType(stub)
        if kind in k.UNSIGNED_TYPES or kind in k.SIGNED_TYPES or kind == k.WCHAR:
            bits = max(8, 8 * lib.Type_getSizeOf(canonical))
            signed = kind in k.SIGNED_TYPES or (kind == k.WCHAR and bits > 16)
            return IntType(bits, signed, "_Bool" if kind == k.BOOL else self._spelling(raw))
        if kind == k.ENUM_TYPE:
            base = lib.getCanonicalType(lib.getEnumDeclIntegerType(lib.getTypeDeclaration(canonical)))
            return IntType(
                max(8, 8 * lib.Type_getSizeOf(canonical)), base.kind in k.SIGNED_TYPES, self._spelling(raw)
            )
        if kind in k.POINTERS:
            return PointerType(self.of(lib.getPointeeType(raw if raw.kind in k.POINTERS else canonical)))
        if kind == k.RECORD:
            return self._record(canonical)
        if kind == k.CONSTANT_ARRAY or kind in k.OTHER_ARRAYS:
            array = raw if raw.kind == kind else canonical
            count = lib.getArraySize(array) if kind == k.CONSTANT_ARRAY else None
            return ArrayType(self.of(lib.getArrayElementType(array)), count)
        if kind in k.FUNCTION_TYPES:
            return FUNCTION
        if kind == k.VOID:
            return VOID
        if kind == k.NULLPTR_TYPE:
            return PointerType(VOID)
        return OpaqueType(self._spelling(raw))

    def _spelling(self, raw: RawType) -> str:
        return unqualified(self._lib.text(self._lib.getTypeSpelling(raw)))

    def stubbed(self, raw: RawType) -> str:
        """The name of the stub that a typedef leads to, "" when it is a real type."""
        lib, stubs = self._lib, self._stubs.types
        while stubs and raw.kind in (k.TYPEDEF_TYPE, k.ELABORATED):
            declaration = lib.getTypeDeclaration(raw)
            if declaration.kind != k.TYPEDEF:
                return ""
            if (name := lib.text(lib.getCursorSpelling(declaration))) in stubs:
                return name
            raw = lib.getTypedefDeclUnderlyingType(declaration)
        return ""

    def _record(self, canonical: RawType) -> RecordType:
        declaration = self._lib.getTypeDeclaration(canonical)
        name = self.records.name_of(declaration)
        size = self._lib.Type_getSizeOf(canonical)
        return RecordType(
            name, size if size >= 0 else None, self.records.taint_of(name, canonical, declaration)
        )
