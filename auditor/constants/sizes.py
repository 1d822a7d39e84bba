"""A ``sizeof`` comes in, the headers that its bytes are go out."""

from __future__ import annotations

from auditor import ir
from auditor.constants.layers import Meaning, Vocabulary, highest
from auditor.constants.scope import Scopes
from auditor.constants.terms import assumed, certainty
from auditor.model import Location, Term

MOST_MEMBERS = 16  # a record with more of them is no stack of headers


class Sizes:
    """Terms of the sizes of types."""

    def __init__(self, scopes: Scopes, vocabulary: Vocabulary) -> None:
        self._scopes, self._vocabulary = scopes, vocabulary

    def of(self, name: str, value: int | None, taint: str, at: Location | None) -> Term:
        """The term of ``sizeof(name)``: a header, the headers among a record's members, or plain bytes.

        ``value`` in bytes when the compiler knew it; ``taint`` says why it cannot be trusted.
        """
        return self._term(name, value, taint, at, ())

    def _term(
        self, name: str, value: int | None, taint: str, at: Location | None, above: tuple[str, ...]
    ) -> Term:
        record = self._scopes.record(name, at.file if at else "")
        if value is None:
            value = record.size if record else self._scopes.integer(name)
        meaning = self._meaning(name, value, record)
        text = f"sizeof({name})"
        if value is None and meaning is not None:
            return assumed(text, "sizeof", meaning, at)
        parts = () if meaning or record is None or record.size != value else self._headers(record, above)
        readings = () if meaning or parts or value is None else self._vocabulary.readings(value)
        return Term(
            text=text,
            value=value,
            kind="sizeof",
            layer=meaning.layer if meaning else highest(part.layer for part in parts),
            operator="+" if parts else "",
            parts=parts,
            at=record.at if record else None,
            status="tainted" if taint or (record and record.taint) else certainty(value),
            readings=readings if record else (),
            source=meaning.source if meaning else "",
        )

    def _meaning(self, name: str, value: int | None, record: ir.Record | None) -> Meaning | None:
        """The header that a type is by its name and size, else by the sizes of its members."""
        listed = record is not None or _is_record(name, value)
        if listed and (meaning := self._vocabulary.of_record(_bare(name), value)) is not None:
            return meaning
        if record is None or record.size != value:
            return None
        return self._vocabulary.of_shape(tuple(ir.size_of(field.ctype) for field in record.fields))

    def _headers(self, record: ir.Record, above: tuple[str, ...]) -> tuple[Term, ...]:
        """The members of ``record`` that are headers, and the rest as plain bytes; empty when none is one."""
        if record.size is None or len(record.fields) > MOST_MEMBERS or record.name in above:
            return ()
        held = [
            self._term(f.ctype.name, f.ctype.size, f.ctype.taint, record.at, (*above, record.name))
            for f in record.fields
            if isinstance(f.ctype, ir.RecordType) and f.ctype.name
        ]
        headers = tuple(term for term in held if term.layer and term.value)
        rest = record.size - sum(term.value or 0 for term in headers)
        if not headers or rest < 0:  # the members of a union overlap
            return ()
        return (*headers, Term(text="other members", value=rest, kind="sizeof")) if rest else headers


def _bare(name: str) -> str:
    return name.removeprefix("struct ").removeprefix("union ").strip()


def _is_record(name: str, value: int | None) -> bool:
    """Whether a type that no module lays out may still be a record: its keyword says so, or it has a size."""
    return (value is not None or name != _bare(name)) and "*" not in name
