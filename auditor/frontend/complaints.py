"""Complaints of clang: an error and the text it points at come in, the declaration it asks for goes out."""

from __future__ import annotations

import re

import msgspec

_QUOTED = re.compile(r"'([^']*)'")
_NAME = re.compile(rb"[A-Za-z_]\w*")
_LAST_NAME = re.compile(rb"([A-Za-z_]\w*)\s*$")
_AFTER = re.compile(rb"\s*(\*+)?\s*([A-Za-z_]\w*)?\s*(.?)", re.DOTALL)
_TYPE_WORDS = frozenset(
    b"struct union enum unsigned signed int char short long void static inline extern float double".split()
)
_QUALIFIERS = frozenset(b"const volatile restrict __restrict".split())
_INCOMPLETE = re.compile(
    r"(?:incomplete (?:element )?type|tentative definition has type) "
    r"'(?:const |volatile )*(struct|union|enum) (\w+)'"
)
_DECLARED_TWICE = ("redefinition", "redeclaration of", "conflicting types for")
STRAY_WORD = (
    "expected ';'",
    "expected function body",
    "expected ')'",
    "expected ',' or ';'",
    "expected identifier",
)


class Complaint(msgspec.Struct, frozen=True):
    """One error of clang; ``data`` is the bytes of the file ``name`` and ``offset`` the byte it points at."""

    message: str
    data: bytes
    offset: int
    name: str = ""


def wanted(complaint: Complaint) -> tuple[str, str]:
    """The kind of stub (a field of Stubs) and the name that one complaint asks for."""
    message = complaint.message
    name = match[1] if (match := _QUOTED.search(message)) else ""
    if message.startswith("unknown type name"):
        return _unknown_type(complaint, name), name
    if message.startswith("use of undeclared identifier"):
        return _undeclared(complaint, name), name
    if message.startswith("must use 'struct' tag"):
        return "typed_tags", _QUOTED.findall(message)[-1]
    if tag := _INCOMPLETE.search(message):
        return "enums" if tag[1] == "enum" else "tags", tag[2]
    if any(part in message for part in _DECLARED_TWICE):
        at = _NAME.match(complaint.data, complaint.offset)
        return "rejected", at[0].decode() if at else name
    if message.startswith(STRAY_WORD):
        return "empty", _stray_word(complaint)
    return "types", ""


def _unknown_type(complaint: Complaint, name: str) -> str:
    """A type, or a word before another type (an annotation): decided by what follows it."""
    if (after := _following(complaint, name)) is None:
        return "types"
    star, word, then = after
    if star or word is None or word in _QUALIFIERS:
        return "types"
    if word in _TYPE_WORDS:
        return "empty"
    if then.isalpha() or then == b"_" or (then == b"*" and not word.startswith(b"__")):
        return "empty"
    return "types"


def _undeclared(complaint: Complaint, name: str) -> str:
    """A value, unless the text around it reads as a cast, a declaration, or a word before a string."""
    if (after := _following(complaint, name)) is None:
        return _valued(name)
    star, word, then = after
    before = complaint.data[max(0, complaint.offset - 200) : complaint.offset].rstrip()
    if re.search(rb"\bcase\s*$", before):
        return "constants"
    if word is None and not star and then == b'"':
        return "empty"
    if star and word is None and then == b")":
        return "types"
    if star and word and then in b";=,[" and before[-1:] in b";{}":
        return "types"
    if then == b")" and word is None and before.endswith(b"("):
        inner = _LAST_NAME.search(before[:-1])
        rest = complaint.data[complaint.offset + len(name) :][:40].lstrip()[1:].lstrip()
        if (inner and inner[1] == b"sizeof") or (not inner and rest[:1].isalpha()):
            return "types"
    if word is None and not star and then == b"(":
        return "functions"
    return _valued(name)


def _valued(name: str) -> str:
    """By convention a name without small letters is a constant; others may be assigned to."""
    return "constants" if name.upper() == name and len(name) > 1 else "values"


def _following(complaint: Complaint, name: str) -> tuple[bytes | None, bytes | None, bytes] | None:
    """Stars, next word and next character after ``name``; None when the text there is not ``name``."""
    end = complaint.offset + len(name)
    if complaint.data[complaint.offset : end] != name.encode():
        return None
    match = _AFTER.match(complaint.data, end)
    return (match[1], match[2], match[3]) if match else None


def _stray_word(complaint: Complaint) -> str:
    """The annotation that broke a declaration: ``static int HERE name(...)`` or ``int name(...) HERE {``."""
    data, offset = complaint.data, complaint.offset
    before = _LAST_NAME.search(data[max(0, offset - 100) : offset])
    at = re.compile(rb"\s*([A-Za-z_]\w*)\s*(.?)", re.DOTALL).match(data, offset)
    if not at or at[1] in _TYPE_WORDS or at[1] in _QUALIFIERS:
        return ""
    if before and at[2] == b"(" and _annotation(before[1]):
        return before[1].decode()
    return at[1].decode() if _annotation(at[1]) else ""


def _annotation(word: bytes) -> bool:
    return word.startswith(b"_") or (word.isupper() and len(word) > 2)
