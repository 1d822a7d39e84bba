"""Record layouts: declarations of structs and unions come in; names, taints and fields go out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.frontend.libclang import Cursor, Library, RawType
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.tree import children_of
from auditor.frontend.positions import MODEL_FILE, Positions
from auditor.frontend.stubs import UNKNOWN_VALUES, Stubs
from auditor.ir import Field, Record, RecordType

if TYPE_CHECKING:
    from auditor.frontend.lower.types import Types

_QUALIFIERS = re.compile(r"\b(?:const|volatile|restrict|__unaligned)\b *")
_MEMBERS = frozenset({k.FIELD, k.STRUCT, k.UNION})
_UNNAMED = re.compile(r"\((?:unnamed|anonymous)")
_TAG_WORD = re.compile(r"^(?:struct|union|class|enum) ")
_Member = tuple[str, Cursor, RawType]


def unqualified(name: str) -> str:
    """A type's name without cv-qualifiers."""
    return _QUALIFIERS.sub("", name).strip() if " " in name else name


class Records:
    """The structs and unions of one unit; layouts are worked out only for records that code touches.

    ``models`` holds the layouts of model headers, which are the same in every unit of a platform.
    """

    def __init__(
        self, types: Types, lib: Library, positions: Positions, stubs: Stubs, models: dict[str, Record]
    ) -> None:
        self._types, self._lib, self._positions, self._stubs = types, lib, positions, stubs
        self._guessed = bool(stubs.names())
        self._models = models
        self._names: dict[int | None, str] = {}
        self._taints: dict[str, str] = {}
        self._seen: dict[str, tuple[RawType, Cursor]] = {}
        self._members: dict[int | None, tuple[_Member, ...]] = {}
        self._sound: set[int | None] = set()  # types of members that make no record's size doubtful
        self._touched: dict[str, None] = {}

    def name_of(self, declaration: Cursor) -> str:
        """The tag, else the typedef's name, else ``anonymous@file:line:column``."""
        key = declaration.d0
        if key not in self._names:
            name = self._lib.text(self._lib.getTypeSpelling(self._lib.getCursorType(declaration)))
            if _UNNAMED.search(name):
                extent = self._lib.getCursorExtent(declaration)
                at = self._positions.location(extent)
                name = f"anonymous@{at.file}:{at.line}:{at.column}"
            self._names[key] = _TAG_WORD.sub("", unqualified(name))
        return self._names[key]

    def taint_of(self, name: str, canonical: RawType, declaration: Cursor) -> str:
        """Why the record's size cannot be trusted; "" when it can."""
        self._seen.setdefault(name, (canonical, declaration))
        if name not in self._taints:
            self._taints[name] = ""  # a record inside itself is an error that clang reports
            self._taints[name] = self._find_taint(name, declaration)
        return self._taints[name]

    def touch(self, name: str) -> None:
        """Note that code relies on the record's layout."""
        self._touched[name] = None

    def fields_of(self, name: str) -> tuple[str, ...]:
        """The members' names in order, those of anonymous members in their place."""
        found = self._seen.get(name)
        return tuple(label for label, _, _ in self._fields(found[1])) if found else ()

    def laid_out(self) -> tuple[Record, ...]:
        """The layouts of the touched records and of the records inside them, by name."""
        done: dict[str, Record] = {}
        pending = list(self._touched)
        while pending:
            name = pending.pop()
            if name in done:
                continue
            record = self._models.get(name)
            if record is None and name in self._seen:
                record = self._layout(name, *self._seen[name])
            if record is None:
                continue
            done[name] = record
            pending += [f.ctype.name for f in record.fields if isinstance(f.ctype, RecordType)]
        return tuple(done[name] for name in sorted(done))

    def _find_taint(self, name: str, declaration: Cursor) -> str:
        if name in self._stubs.tags:
            return f"struct {name} is not defined in any header that was found"
        if not self._guessed or not self._in_tree(declaration):
            return ""
        for _, cursor, raw in self._fields(declaration):
            if self._lib.isInvalidDeclaration(cursor):
                return f"a member of {name} could not be understood"
            if raw.d0 not in self._sound:
                if doubt := self._doubt(name, raw):
                    return doubt
                self._sound.add(raw.d0)
        return ""

    def _doubt(self, name: str, raw: RawType) -> str:
        """Why a member of this type makes the size of ``name`` doubtful; "" when it does not."""
        while (kind := self._lib.getCanonicalType(raw).kind) == k.CONSTANT_ARRAY:
            if self._lib.getArraySize(raw) in UNKNOWN_VALUES:
                return f"the length of an array in {name} is not known"
            raw = self._lib.getArrayElementType(raw)
        if stub := self._types.stubbed(raw):
            return f"{stub}, the type of a member of {name}, is not defined in any header that was found"
        inner = self._types.of(raw) if kind == k.RECORD else None
        return inner.taint if isinstance(inner, RecordType) else ""

    def _layout(self, name: str, canonical: RawType, declaration: Cursor) -> Record:
        lib = self._lib
        extent = lib.getCursorExtent(declaration)
        size, fields = lib.Type_getSizeOf(canonical), []
        for label, cursor, raw in self._fields(declaration):
            bits = -1 if lib.Cursor_isBitField(cursor) else lib.Type_getOffsetOf(canonical, label.encode())
            offset = bits // 8 if bits >= 0 else None
            fields.append(Field(label, self._types.of(raw), offset))
        at = self._positions.location(extent)
        made = Record(name, size if size >= 0 else None, tuple(fields), self._taints.get(name, ""), at)
        if at.file == MODEL_FILE and name not in self._stubs.tags:
            self._models[name] = made
        return made

    def _in_tree(self, declaration: Cursor) -> bool:
        return self._positions.spot(self._lib.getCursorExtent(declaration).begin)[0].tree

    def _fields(self, declaration: Cursor) -> tuple[_Member, ...]:
        """Name, cursor and type of each member, those of anonymous structs and unions in their place."""
        known = self._members.get(declaration.d0)
        if known is None:
            known = self._members[declaration.d0] = tuple(self._listed(declaration))
        return known

    def _listed(self, declaration: Cursor) -> Iterator[_Member]:
        lib = self._lib
        for child in children_of(lib, declaration, _MEMBERS):
            if child.kind == k.FIELD:
                yield lib.text(lib.getCursorSpelling(child)), child, lib.getCursorType(child)
            elif lib.Cursor_isAnonymousRecordDecl(child):
                yield from self._fields(child)
