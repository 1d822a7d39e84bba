"""Stubs: clang's complaints about unknown names come in, declarations that satisfy it go out.

No user of a scan has every header. A name that nothing declares would cost the whole expression it
stands in, so it gets a declaration of the right shape; what rests on one is tainted later.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from auditor.frontend.complaints import STRAY_WORD, Complaint, wanted

UNKNOWN_VALUES = range(0x30000, 0x31000)
"""Values of stubbed constants: distinct, so that case labels do not clash; larger than any frame, so that an
array of such a length gives itself away; small, because clang writes ``[0 ... MAX - 1]`` out."""

_NEARBY = 200  # bytes


class Stubs(msgspec.Struct, frozen=True):
    """Names to declare: as a type, an integer, nothing (a macro without a body), or a struct by its tag."""

    types: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    enums: frozenset[str] = frozenset()  # enumerations by their tag
    typed_tags: frozenset[str] = frozenset()  # struct tags used without the word struct
    functions: frozenset[str] = frozenset()  # C++ only: C declares a called function itself
    constants: frozenset[str] = frozenset()  # integer constants, each with a value of its own
    rejected: frozenset[str] = frozenset()  # declared by the tree after all

    def names(self) -> frozenset[str]:
        """All names that are declared."""
        return (
            self.types
            | self.values
            | self.empty
            | self.tags
            | self.enums
            | self.typed_tags
            | self.functions
            | self.constants
        )

    def plus(self, other: Stubs) -> Stubs:
        """Both, the first kind that a name got winning; rejected names are gone."""
        rejected = self.rejected | other.rejected
        taken, kinds = set(rejected), {}
        for kind in ("empty", "types", "tags", "enums", "typed_tags", "functions", "constants", "values"):
            names = (getattr(self, kind) | getattr(other, kind)) - taken
            kinds[kind] = names
            taken |= names if kind not in ("tags", "enums") else set()  # tags have their own name space
        return Stubs(**kinds, rejected=rejected)

    def text(self) -> bytes:
        """The declarations as C."""
        lines = [f"#define {name}" for name in self.empty]
        lines += [f"typedef int {name};" for name in self.types]
        lines += [f"struct {name} {{ int lenaudit_stub; }};" for name in self.tags]
        lines += [f"typedef struct {name} {name};" for name in self.typed_tags]
        lines += [f"extern int {name};" for name in self.values]
        lines += [f"int {name}(...);" for name in self.functions]
        lines += [f"enum {name} {{ lenaudit_enum_{name} }};" for name in self.enums]
        lines += [
            f"enum {{ {name} = {UNKNOWN_VALUES.start + n} }};"
            for n, name in enumerate(sorted(self.constants))
        ]
        return "\n".join(sorted(lines)).encode() + b"\n"


def learn(complaints: Iterable[Complaint], known: Stubs) -> Stubs:
    """What ``complaints`` ask for beyond ``known``; equal to ``Stubs()`` when they ask for nothing."""
    found: dict[str, set[str]] = {kind: set() for kind in Stubs.__struct_fields__}
    declared = known.names()
    unknown_until = -1  # an unknown type makes the words behind it look like strays: ask again next time
    for complaint in complaints:
        if complaint.message.startswith("unknown type name"):
            unknown_until = complaint.offset + _NEARBY
        elif complaint.message.startswith(STRAY_WORD) and complaint.offset <= unknown_until:
            continue
        kind, name = wanted(complaint)
        if kind == "rejected":
            if name in declared:
                found[kind].add(name)
        elif name and name not in declared and name not in known.rejected:
            found[kind].add(name)
    return Stubs(**{kind: frozenset(names) for kind, names in found.items()})
