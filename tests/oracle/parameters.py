"""The parameters of an entry point in, the C that prepares them once and gives them for each frame out."""

from __future__ import annotations

import re

from auditor.ir import IntType, Param, PointerType, RecordType
from auditor.ir import expressions as e
from auditor.policy import Entry
from tests.oracle.descriptors import assignments, path_to
from tests.oracle.sides import Side
from tests.oracle.spelling import Spelling
from tests.oracle.state import DriverState

COUNT = re.compile(r"^(n|n_?b_?\w*|\w*(count|cnt))$", re.IGNORECASE)
"""How a parameter is called that counts frames, or parts of one."""

ROOM = "1600"
"""Bytes of a buffer that frames are received into."""


class Parameters:
    """What an entry point is called with.

    ``kept`` are (type, name) of local pointers that outlive a call; ``macros`` (name, text) stand for private
    parts; ``prepared``, ``running`` and ``after`` are lines to run once, before and after each call.
    """

    def __init__(self, spelling: Spelling, entry: Entry, side: Side) -> None:
        self.spelling, self.entry, self.function, self.side = spelling, entry, entry.function, side
        self.lengths = [pair for x in entry.introduced for pair in assignments(x)]
        fields = {x.field for x, _ in self.lengths if isinstance(x, e.Member)}
        self.state = DriverState(spelling, fields, side.lower)
        self.pulled = entry.role.pulled if entry.role else 0
        self.kept: list[tuple[str, str]] = []
        self.macros: list[tuple[str, str]] = []
        self.prepared: list[str] = []
        self.running: list[str] = []
        self.after: list[str] = []
        self.call = f"{self.function.name}({', '.join(self._argument(p) for p in self.function.params)})"
        if entry.length is not None and entry.frame is None and entry.buffer is None:
            self._hold()

    @property
    def takes_frame(self) -> bool:
        """Whether the frame is given anywhere: as an argument, or before the call."""
        return any(re.search(r"\bframe\b", line) for line in (self.call, *self.running))

    def _argument(self, param: Param) -> str:
        if param is self.entry.frame:
            return self._frame(param)
        if param is self.entry.buffer:
            return "(void *)frame"
        if param is self.entry.length:
            return "length"
        if isinstance(param.ctype, IntType):
            return self._number(param)
        return self._pointer(param)

    def _number(self, param: Param) -> str:
        """A count of one; a flag, tried both ways where the platform does not say what it is."""
        if self._counts(param) or self.entry.role is not None:
            return str(int(self._counts(param)))
        self._made(param.name, "int")
        self.state.slots.append((f"*{param.name}", "1", True))
        return f"*{param.name}"

    def _counts(self, param: Param) -> bool:
        """Whether it is a number of frames, of descriptors, or of parts, and not a flag."""
        parts = any(_is_record(p, "iovec") or _is_slot(p) for p in self.function.params)
        return bool(self.entry.introduced) or (parts and COUNT.match(param.name) is not None)

    def _frame(self, param: Param) -> str:
        made, role = self.side.frames[self.entry.record].format(pulled=self.pulled), self.entry.role
        if _is_slot(param):
            return made.replace("(", "_at(", 1)
        return self._returned(made) if role is not None and role.returns_frame else made

    def _returned(self, made: str) -> str:
        """A frame that the caller takes back when the handler says so."""
        self.running.append(f"struct sk_buff *given_frame = {made};")
        self.after.append("if (result) oracle_returned(given_frame);")
        return "given_frame"

    def _pointer(self, param: Param) -> str:
        name, target = param.name, getattr(param.ctype, "target", None)
        record = target.name if isinstance(target, RecordType) else ""
        if record == self.entry.record == "sk_buff":
            return self._transfer(name)
        match record:
            case "iov_iter":
                return "oracle_iter(frame, length)"
            case "usbnet":
                return self._made(name, "struct usbnet", f"{name}->net = oracle_lower();")
            case "_DEVICE_OBJECT":
                return self._made(name, "DEVICE_OBJECT")
        if any(record == known for known, _ in self.side.private):
            return self._device(name, record)
        if re.search(rf"container_of\({name},", self.spelling.body(self.function), re.IGNORECASE):
            return self._part(name, record)
        if record not in self.spelling.records:
            record = self.spelling.taken_for(self.function, re.escape(name))
        return self._own(name, record) if record else self._scratch(name)

    def _hold(self) -> None:
        """Where only the length is told: the frame lies in a record of the driver's own, at file scope."""
        for variable in self.spelling.module.globals:
            record = variable.ctype.name if isinstance(variable.ctype, RecordType) else ""
            for field in self.spelling.records[record].fields if record in self.spelling.records else ():
                at, target = f"{variable.name}.{field.name}", getattr(field.ctype, "target", None)
                if isinstance(target, RecordType) and target.name in self.side.frames:
                    made = self.side.frames[target.name].format(pulled=0).replace("length", ROOM)
                    self.running.append(f"{at} = {made};")
                elif isinstance(field.ctype, RecordType) and field.ctype.name in self.side.devices:
                    self.prepared.append(f"{self.side.devices[field.ctype.name]}(&{at});")

    def _transfer(self, name: str) -> str:
        """What came over the bus: a header that tells the frame's length, and the frame."""
        told = [(x, value) for x, value in self.lengths if isinstance(x, e.Index)]
        if not told:
            return self._returned(self.side.frames["sk_buff"].format(pulled=self.pulled))
        head = max(((x.index.value or 0) + 1 for x, _ in told), default=0)
        given = self._returned(f"oracle_transfer(frame, length, {head})")
        self.running += [f"{x} = {value};".replace(f"{name}->", f"{given}->") for x, value in told]
        return given

    def _made(self, name: str, spelled: str, *fill: str) -> str:
        self.kept.append((spelled, name))
        self.prepared += [f"{name} = oracle_state(sizeof(*{name}));", *fill]
        return name

    def _scratch(self, name: str) -> str:
        """Memory for a pointer that the driver only passes along."""
        self.kept.append(("unsigned char", name))
        self.prepared.append(f"{name} = oracle_state(4096);")
        return f"(void *){name}"

    def _own(self, name: str, record: str) -> str:
        """A record of the driver: from its own constructor or start-up, else made here."""
        self.kept.append((self.spelling.record(record), name))
        maker = self.state.constructor(record)
        if maker:
            self.prepared.append(f"oracle_keep_allocations(1); {name} = {maker}; oracle_keep_allocations(0);")
        else:
            self.prepared.append(f"{name} = oracle_last_of(sizeof(*{name}));")
        self.prepared.append(f"if (!{name}) {name} = oracle_state(sizeof(*{name}));")
        self.prepared += self.state.fill(f"{name}->", record)
        self._introduce(name, record)
        return name

    def _introduce(self, name: str, record: str) -> None:
        """Where the frame comes in a descriptor: its length, and the bytes beside it."""
        for member, value in self.lengths:
            path = path_to(member, record, self.spelling.records) if isinstance(member, e.Member) else None
            if not isinstance(member, e.Member) or path is None:
                continue
            self.running.append(f"{name}->{path}{member.field} = {value};")
            for field in self.spelling.records[member.record].fields:
                target = getattr(field.ctype, "target", None)
                if isinstance(field.ctype, PointerType) and not isinstance(target, RecordType):
                    self.running.append(f"{name}->{path}{field.name} = (void *)frame;")

    def _device(self, name: str, record: str) -> str:
        """A device of the platform, with what the driver keeps in it."""
        body, spelled = self.spelling.body(self.function), f"struct {record}"
        held = [pattern.format(name) for known, pattern in self.side.private if known == record]
        found = next((h for h in held if h in body), "")
        own = self.spelling.taken_for(self.function, re.escape(found)) if found else ""
        if record == "kiocb":
            self._made(name, spelled, f"{name}->ki_filp = oracle_state(sizeof(struct file));")
        elif record == "net_device" and found:
            self.kept.append((spelled, name))
            self.prepared.append(f"{name} = oracle_device(sizeof(void *));")
        else:
            self._made(name, spelled)
        if own:
            self.prepared.append(f"*(void **)&{found} = oracle_state(sizeof({self.spelling.record(own)}));")
            self.macros.append((f"{name}_private", f"(({self.spelling.record(own)} *){found})"))
            self.prepared += self.state.fill(f"{name}_private->", own)
        elif record == "net_device" and found:
            self.prepared.append(f"*(struct net_device **){found} = oracle_lower();")
        if found:
            self._start(name)
        return name

    def _start(self, name: str) -> None:
        for binding in (b for m in self.spelling.program.modules for b in m.bindings):
            if (binding.record, binding.field) == ("net_device_ops", "ndo_init"):
                self.prepared.append(f"{binding.function.rpartition('::')[2]}({name});")

    def _part(self, name: str, record: str) -> str:
        """A member of a record of the driver that finds its way back by container_of()."""
        pattern = rf"container_of\({name}, (?:struct )?(\w+), (\w+)\)"
        match = re.search(pattern, self.spelling.body(self.function), re.IGNORECASE)
        if match is None:
            return self._scratch(name)
        self._own("outer", match[1])
        if record == "napi_struct":
            self.running.append(f"outer->{match[2]}.dev = oracle_lower();")
        return f"&outer->{match[2]}"


def _is_record(param: Param, record: str) -> bool:
    target = getattr(param.ctype, "target", None)
    return isinstance(target, RecordType) and target.name == record


def _is_slot(param: Param) -> bool:
    """Whether it points to a pointer: an array of frames, or the place of one."""
    return isinstance(getattr(param.ctype, "target", None), PointerType)
