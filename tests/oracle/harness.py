"""A driver fixture and its analysis in, the C source of a harness that runs its entry points out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.ir import RecordType
from auditor.ir.types import OpaqueType
from auditor.policy import EntryAnalysis
from tests.oracle.parameters import Parameters
from tests.oracle.sides import SIDES, Side
from tests.oracle.spelling import LVALUE, Spelling

MOST_SLOTS = 3
"""So many switches are tried in all combinations; more are tried one by one, and all at once."""


def write(spelling: Spelling, entries: list[tuple[int, EntryAnalysis]], file: Path, table: str) -> str:
    """The C text: the driver's file, then how to prepare and run each of its (numbered) entries."""
    side = SIDES[spelling.module.platform]
    tried = [_Harness(spelling, side, number, analysis) for number, analysis in entries]
    written = [one for one in tried if one.given.takes_frame]  # else its frames come from nowhere we know
    includes = [f'#include "{name}"' for name in ("oracle.h", *side.include, str(file.resolve()))]
    rows = ", ".join([*(one.row() for one in written), "{0}"])
    parts = ["#include <stdlib.h>", *includes, *(one.code() for one in written)]
    return "\n".join([*parts, f"const oracle_entry {table}[] = {{{rows}}};", ""])


class _Harness:
    """One entry point's three functions."""

    def __init__(self, spelling: Spelling, side: Side, number: int, analysis: EntryAnalysis) -> None:
        self.side = side
        self.spelling, self.number, self.entry = spelling, number, analysis.entry
        self.modes = list(dict.fromkeys(fact for p in analysis.policies for fact in p.mode))
        self.given = Parameters(spelling, analysis.entry, side)
        self.globals = list(self._globals())
        self._slots_of_modes()
        slots = self.given.state.slots
        self.alone = [(lvalue, value) for lvalue, value, alone in slots if alone]
        self.together = [(lvalue, value) for lvalue, value, alone in slots if not alone]
        few = len(self.alone) <= MOST_SLOTS
        self.conditions = [
            f"configuration >> {i} & 1" if few else f"configuration == 1 || configuration == {i + 2}"
            for i in range(len(self.alone))
        ]
        self.configurations = (2 ** len(self.alone) if few else len(self.alone) + 2) + bool(self.together)

    def row(self) -> str:
        """The entry's row in the table."""
        n, types = self.number, ", ".join(map(str, sorted(self.entry.ethertypes))) or "0"
        own = f"prepare_{n}, modes_{n}, run_{n}, {{{types}}}"
        return f"{{{n}, {self.configurations}, {self.given.pulled}, 1, {own}}}"

    def code(self) -> str:
        """The entry's functions."""
        n, given = self.number, self.given
        kept = [f"{t} *{x} = {x}_{n}; (void){x};" for t, x in given.kept]
        head = [f"static {t} *{x}_{n};" for t, x in given.kept]
        head += [f"#undef {name}\n#define {name} {text}" for name, text in given.macros]
        asked = [f"if ({self._c(fact)}) found |= {1 << i}u;" for i, fact in enumerate(self.modes)]
        void = isinstance(self.entry.function.returns, OpaqueType)
        after = ["oracle_after();"] if self.spelling.module.platform == "windows" else given.after
        run = [*given.running, f"{'' if void else 'result = (long)'}{given.call};", *after]
        return "\n".join(
            [
                *head,
                *_function(f"void prepare_{n}(int configuration)", self._prepare()),
                *_function(
                    f"unsigned modes_{n}(void)", ["unsigned found = 0;", *kept, *asked, "return found;"]
                ),
                *_function(
                    f"long run_{n}(unsigned char *frame, size_t length)",
                    ["long result = 0;", "(void)frame, (void)length;", *kept, *run, "return result;"],
                ),
            ]
        )

    def _prepare(self) -> Iterator[str]:
        yield from (f"{t} *{x};" for t, x in self.given.kept)
        yield f"int on = configuration == {self.configurations - 1 if self.together else -1};"
        yield from (f"{name} = NULL;" for name, _ in self.globals)
        yield "oracle_platform_start();"
        if self.spelling.module.platform == "windows" and self.entry.strong:
            yield f"if (!oracle_registered((void *){self.entry.function.name})) abort();"
        yield from self.given.prepared
        for name, record in self.globals:
            yield from self._global(name, record)
        for (lvalue, value), condition in zip(self.alone, self.conditions, strict=True):
            yield f"if (({condition}) || on) {lvalue} = {value};"
        yield from (f"if (on && !{lvalue}) {lvalue} = {value};" for lvalue, value in self.together)
        yield from (f"{x}_{self.number} = {x};" for _, x in self.given.kept)

    # ---- the driver's own pointers at file scope ----
    def _globals(self) -> Iterator[tuple[str, str]]:
        for variable in self.spelling.module.globals:
            target = getattr(variable.ctype, "target", None)
            if isinstance(target, RecordType) and variable.init is None:
                yield variable.name, target.name
                list(self._global(variable.name, target.name))  # notes its switches

    def _global(self, name: str, record: str) -> Iterator[str]:
        if record in self.side.lower:
            yield f"{name} = oracle_lower();"
        elif record in self.spelling.records:
            yield f"if (!{name}) {name} = oracle_state(sizeof(*{name}));"
            yield from self.given.state.fill(f"{name}->", record)

    # ---- modes ----
    def _c(self, fact: str) -> str:
        for param in self.entry.function.params:
            fact = fact.replace(f"{param.name}->ki_filp->private_data", f"{param.name}_private")
        return fact

    def _slots_of_modes(self) -> None:
        state = self.given.state
        known = {slot[0] for slot in state.slots if slot[2]}
        for lvalue in (x for fact in self.modes for x in LVALUE.findall(self._c(fact)) if "->" in x):
            if lvalue not in known:
                known.add(lvalue)
                rest = [slot for slot in state.slots if slot[0] != lvalue]
                state.slots = [*rest, (lvalue, f"(__typeof__({lvalue}))~0", True)]


def _function(head: str, body: Iterator[str] | list[str]) -> list[str]:
    return [f"static {head}", "{", *(f"    {line}" for line in body), "}"]
