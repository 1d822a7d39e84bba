"""The policy stage: a program in, the length policies and enforced bounds of all its entry points out."""

from __future__ import annotations

from functools import reduce
from operator import or_

import msgspec

from auditor.ir import CType, IntType, Param, Program
from auditor.knowledge import Knowledge
from auditor.model import Gap, LengthPolicy
from auditor.policy.answers.tables import policies
from auditor.policy.answers.verdicts import Bound, bounds
from auditor.policy.calls.flows import Flows
from auditor.policy.calls.machine import Machine
from auditor.policy.calls.run import Run
from auditor.policy.entry_points.entries import find_entries
from auditor.policy.entry_points.entry import Entry
from auditor.policy.entry_points.index import ProgramIndex
from auditor.policy.memory.frame_records import HELD
from auditor.policy.numbers.arithmetic import binary
from auditor.policy.numbers.intervals import Intervals
from auditor.policy.numbers.lengths import LONGEST, frame_length
from auditor.policy.numbers.pieces import as_held
from auditor.policy.numbers.values import DATA, FIRST_PART, Bytes, Int, Op, Pointer, Region, Sym, Value
from auditor.policy.origins import find_origins
from auditor.policy.paths.classes import ClassTable
from auditor.policy.paths.forks import NARROWED
from auditor.policy.paths.state import State
from auditor.policy.statements.budget import Budget
from auditor.settings import Settings

IP_PROTOCOL_AT = 23
"""Byte of an Ethernet frame with the protocol of its IPv4 packet (14 + 9, RFC 791 section 3.1)."""

IPV4 = 0x0800
"""The ethertype of IPv4 (RFC 894)."""

LIKELY = 8
"""An entry point that is only likely gets this fraction of the steps, and so does a run within one file."""

PATIENCE = 100_000
"""Steps that a run may take without finding anything new: in Linux's drivers/net those that take more hardly
ever end."""

FEW = 500
"""Functions of a program whose bodies are no matter of memory: to make them smaller would take longer."""


class EntryAnalysis(msgspec.Struct, frozen=True, eq=False):
    """What one entry point's run gave.

    ``wide`` is its run over all lengths that the frame's sender can choose, where those are more than any
    frame class has: what it observed counts, not what it decides. ``cut`` is the run through all files that
    met its bounds, where ``run`` kept to the entry point's own file: what it compared counts.
    """

    entry: Entry
    run: Run
    bounds: tuple[Bound, ...]
    policies: tuple[LengthPolicy, ...]
    wide: Run | None = None
    cut: Run | None = None


class Analysis(msgspec.Struct, frozen=True, eq=False):
    """The result of the policy stage for a whole program."""

    entries: tuple[EntryAnalysis, ...]
    gaps: tuple[Gap, ...]

    @property
    def policies(self) -> tuple[LengthPolicy, ...]:
        """All policies, in the order of the entry points."""
        return tuple(p for analysed in self.entries for p in analysed.policies)

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """All enforced bounds, in the order of the entry points."""
        return tuple(b for analysed in self.entries for b in analysed.bounds)


def analyse(program: Program, knowledge: Knowledge, settings: Settings) -> Analysis:
    """Run every entry point of the program once for all lengths and frame classes."""
    index = ProgramIndex(program, knowledge.protocols)
    runner = _Runner(index, knowledge, settings)
    entries = find_entries(index, knowledge)
    found, gaps = [], []
    for entry in (*entries, *find_origins(index, knowledge, entries)):
        run, cut = runner.run(entry)
        read = bounds(run, entry, runner.table), policies(run, entry, runner.table)
        found.append(EntryAnalysis(entry, run, *read, runner.wide(entry), cut))
        gaps += [Gap("budget", f"{entry.function.name}: {note}", entry.function.at) for note in run.notes]
    return Analysis(tuple(found), tuple(gaps))


class _Runner:
    """Runs entry points of one program, each within its budget."""

    def __init__(self, index: ProgramIndex, knowledge: Knowledge, settings: Settings) -> None:
        protocols = knowledge.protocols
        self.index, self.table = index, ClassTable(protocols)
        self.flows = Flows(many=len(index.functions) > FEW)
        self.budget = settings.step_budget
        known = [q for q in protocols.quantities if q.kind in ("mtu", "header")]
        self.assumed: dict[str, int] = {word: q.size for q in known for word in q.members}
        self.sizes = {name: header.size for header in protocols.headers for name in header.macros}
        self.sizes |= {name: q.size for q in protocols.quantities for name in q.macros}

    def run(self, entry: Entry) -> tuple[Run, Run | None]:
        """The run of an entry point; one that meets its bounds is run again within its own file, and comes
        second then.

        Functions of other files are then taken for unknown ones: that says less of what they do, and more
        of what becomes of the frame here.
        """
        file = entry.function.file
        whole = self._once(entry, "")
        if whole.explored or whole.files <= {file}:
            return whole, None
        nearer = self._once(entry, file)
        if not nearer.explored:
            return whole, None
        note = f"{whole.notes[-1]}; run again, functions of other files were taken for unknown"
        return msgspec.structs.replace(nearer, notes=(note, *nearer.notes)), whole

    def wide(self, entry: Entry) -> Run | None:
        """The run over all lengths that the sender can choose, None where no frame can be that long."""
        longest = _longest(entry)
        return self._once(entry, "", longest) if longest > LONGEST else None

    def _once(self, entry: Entry, only_file: str, longest: int = LONGEST) -> Run:
        told = entry.role is not None or entry.layer != "unknown"
        most = self.budget if told else self.budget // LIKELY
        most = min(most, self.budget // LIKELY) if only_file else most
        budget = Budget(most, PATIENCE)
        machine = Machine(
            self.index, entry.platform, self.table, self.flows, entry.layer, budget, self.assumed, self.sizes,
            longest,
        )  # fmt: skip
        machine.calls.only_file = only_file
        longest = min((longest, *(_most(x.ctype) for x in entry.introduced)))
        introduced: dict[int, Value] = {id(x): frame_length(longest=longest) for x in entry.introduced}
        start = starting(entry, self.table)
        start.lengths = ((_before_length(entry), longest),)  # what was pulled was there
        return machine.run(entry.function, start, introduced)


def _most(ctype: CType) -> int:
    """The longest frame whose length a type holds."""
    return (1 << (ctype.bits - ctype.signed)) - 1 if isinstance(ctype, IntType) else LONGEST


def _protocol(entry: Entry) -> dict[Value, Intervals]:
    """What the role says of the IPv4 header's protocol (RFC 791 section 3.1: byte 9 of the header)."""
    protocol = entry.role.ip_protocol if entry.role is not None else None
    return {} if protocol is None else {Bytes(IP_PROTOCOL_AT, 1, True): ((protocol, protocol),)}


def _before_length(entry: Entry) -> int:
    """Bytes of a frame that its length does not count any more when it enters."""
    return 0 if entry.role is None else entry.role.pulled + entry.role.uncounted


def _longest(entry: Entry) -> int:
    """The most bytes that the sender of an untrusted frame can give it, as the platform says."""
    if entry.origin != "untrusted" or entry.frame is None or entry.introduced:
        return LONGEST
    known = next((f for f in entry.platform.frames if f.record == entry.record), None)
    return LONGEST if known is None else known.longest


def starting(entry: Entry, table: ClassTable) -> State:
    """The state at an entry point: its frame, buffer and length, and the driver's own state, by parameter.

    A handler of certain ethertypes gets frames of their classes only, and perhaps not all of those.
    """
    protocol = _protocol(entry)
    types = [table.of_ethertype(number) for number in entry.ethertypes or (IPV4,) * bool(protocol)]
    state = State(reduce(or_, (classes for classes, _ in types), 0) or table.all)
    if not all(whole for _, whole in types):
        state.facts[NARROWED] = ((1, 1),)
    for key, values in protocol.items():
        state.facts[key] = values
    for param in entry.function.params:
        state.variables[param.symbol] = _argument(entry, param, state)
    return state


def _argument(entry: Entry, param: Param, state: State) -> Value:
    if param is entry.frame:
        return _frame(entry, param, state)
    if param is entry.buffer:
        return Pointer(DATA, 0)
    if isinstance(param.ctype, IntType):
        length = frame_length(param.ctype.bits, param.ctype.signed)
        return length if param is entry.length else Sym(param.name, "param")
    record = getattr(getattr(param.ctype, "target", None), "name", "")
    if entry.introduced and any(f.record == record for f in entry.platform.frames):
        return Pointer(Region("frame", HELD + param.name, record), 0)
    return Pointer(Region("state", param.name), 0)


def _frame(entry: Entry, param: Param, state: State) -> Value:
    """A pointer to the frame record, or to a pointer to it; some handlers run after the header was pulled."""
    region = Region("frame", param.name, entry.record)
    pulled = entry.role.pulled if entry.role is not None else 0
    before = _before_length(entry)
    known = next((f for f in entry.platform.frames if f.record == entry.record), None)
    if before and known is not None:
        length = binary("-", frame_length(), Int(before), IntType(32, False))
        state.memory[(region, known.length)] = as_held(length)  # all its frames had the header
        state.memory[(region, known.data)] = Pointer(DATA, pulled)
        if known.first:
            first = Sym(f"{param.name}->{known.first}", "mode", (region, None, FIRST_PART))
            state.memory[(region, known.first)] = Op("+", first, Int(-pulled))
    if entry.role is None or not entry.role.indirect:
        return Pointer(region, 0)
    holder = Region("state", f"*{param.name}")
    state.memory[(holder, 0)] = Pointer(region, 0)
    return Pointer(holder, 0)
