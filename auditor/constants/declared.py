"""Members of records come in, the length fields of protocol headers that they are go out."""

from __future__ import annotations

from auditor import ir
from auditor.constants.layers import Meaning, Vocabulary
from auditor.ir import expressions as ex
from auditor.knowledge import LengthField, Protocols


class DeclaredLengths:
    """Which members of one program's records declare a length, whatever the records are called."""

    def __init__(self, program: ir.Program, protocols: Protocols) -> None:
        self._records = program.records
        self._vocabulary = Vocabulary(protocols)
        self._by_header: dict[str, list[LengthField]] = {}
        for field in protocols.length_fields:
            self._by_header.setdefault(field.header, []).append(field)
        self._known: dict[str, tuple[LengthField, ...]] = {}

    def of(self, member: ex.Member) -> LengthField | None:
        """The length field that ``member`` reads or writes; None when it is none, or only a part of one."""
        if not member.record or member.offset is None:
            return None
        fields = self._fields(member.record)
        here = (f for f in fields if (f.offset, f.width) == (member.offset, ir.size_of(member.ctype)))
        return next(here, None)

    def has_some(self, record: str) -> bool:
        """Whether members of a record may declare a length."""
        return bool(record and self._fields(record))

    def _fields(self, name: str) -> tuple[LengthField, ...]:
        fields = self._known.get(name)
        if fields is None:
            meaning = self._meaning(name)
            fields = tuple(self._by_header.get(meaning.id, ())) if meaning is not None else ()
            self._known[name] = fields
        return fields

    def _meaning(self, name: str) -> Meaning | None:
        """The header that a record is, by its name and size, else by the sizes of its members."""
        record = self._records.get(name)
        if record is None or record.size is None or record.taint:
            return None
        bare = name.removeprefix("struct ").removeprefix("union ").strip()
        listed = self._vocabulary.of_record(bare, record.size)
        if listed is not None:
            return listed
        return self._vocabulary.of_shape(tuple(ir.size_of(field.ctype) for field in record.fields))
