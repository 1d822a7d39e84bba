"""C types, as far as lengths need them: widths, signs, sizes, and what a pointer points to."""

from __future__ import annotations

import msgspec


class IntType(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="int"):
    """An integer, character, boolean or enumeration type; ``name`` as written (``ULONG``)."""

    bits: int
    signed: bool
    name: str = ""


class PointerType(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="pointer"):
    """A pointer; ``target`` is what it points to."""

    target: CType


class RecordType(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="record"):
    """A struct or union by name (tag, else typedef name); layout is in ``Module.records``.

    ``size`` in bytes, None when incomplete. ``taint`` says why the size cannot be trusted
    (a member's type had to be stubbed), empty when it can.
    """

    name: str
    size: int | None = None
    taint: str = ""


class ArrayType(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="array"):
    """An array; ``count`` is None for a flexible or unknown bound."""

    element: CType
    count: int | None = None


class OpaqueType(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="opaque"):
    """void, a function, a floating type, or a type that could not be understood."""

    name: str = ""


CType = IntType | PointerType | RecordType | ArrayType | OpaqueType

VOID = OpaqueType("void")
INT = IntType(32, True, "int")


def size_of(ctype: CType, pointer_bytes: int = 8) -> int | None:
    """Size of ``ctype`` in bytes, None when unknown."""
    match ctype:
        case IntType(bits=bits):
            return bits // 8
        case PointerType():
            return pointer_bytes
        case RecordType(size=size):
            return size
        case ArrayType(element=element, count=count):
            inner = size_of(element, pointer_bytes)
            return None if inner is None or count is None else inner * count
        case _:
            return None
