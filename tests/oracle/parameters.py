"""The parameters of an entry point in, the C that prepares them once and gives them for each frame out."""

from __future__ import annotations

import re

from auditor.ir import IntType, Param, PointerType, RecordType
from auditor.policy import Entry
from tests.oracle.spelling import Spelling
from tests.oracle.state import DriverState

FRAMES = {
    "_NET_BUFFER_LIST": "oracle_net_buffer_list(frame, length)",
    "_IRP": "oracle_write_irp(frame, length)",
    "sk_buff": "oracle_skb(frame, length, {pulled})",
    "iov_iter": "oracle_iter(frame, length)",
}


class Parameters:
    """What an entry point is called with.

    ``kept`` are (type, name) of local pointers that outlive a call; ``macros`` (name, text) stand for private
    parts; ``prepared``, ``running`` and ``after`` are lines to run once, before and after each call.
    """

    def __init__(self, spelling: Spelling, entry: Entry) -> None:
        self.spelling, self.entry, self.function = spelling, entry, entry.function
        self.introduced = {getattr(x, "field", "") for x in entry.introduced}
        self.state = DriverState(spelling, self.introduced)
        self.pulled = entry.role.pulled if entry.role else 0
        self.kept: list[tuple[str, str]] = []
        self.macros: list[tuple[str, str]] = []
        self.prepared: list[str] = []
        self.running: list[str] = []
        self.after: list[str] = []
        self.call = f"{self.function.name}({', '.join(self._argument(p) for p in self.function.params)})"

    def _argument(self, param: Param) -> str:
        if param is self.entry.frame:
            return self._frame()
        if param is self.entry.buffer:
            return "(void *)frame"
        if param is self.entry.length:
            return "length"
        if isinstance(param.ctype, IntType):
            return "1" if self.entry.introduced else "0"  # a number of descriptors, or a flag
        return self._pointer(param)

    def _frame(self) -> str:
        made, role = FRAMES[self.entry.record].format(pulled=self.pulled), self.entry.role
        if role is not None and role.indirect:
            return made.replace("oracle_skb(", "oracle_skb_at(")
        if role is not None and role.returns_frame:
            self.running.append(f"struct sk_buff *given_frame = {made};")
            self.after.append("if (result) oracle_returned(given_frame);")
            return "given_frame"
        return made

    def _pointer(self, param: Param) -> str:
        name, target = param.name, getattr(param.ctype, "target", None)
        record = target.name if isinstance(target, RecordType) else ""
        match record:
            case "net_device":
                return self._device(name)
            case "iov_iter":
                return "oracle_iter(frame, length)"
            case "kiocb":
                return self._request(name)
            case "napi_struct":
                return self._part(name)
            case "usbnet":
                return self._made(name, "struct usbnet", f"{name}->net = oracle_lower();")
            case "_DEVICE_OBJECT":
                return self._made(name, "DEVICE_OBJECT")
        if record not in self.spelling.records:
            record = self.spelling.taken_for(self.function, re.escape(name))
        return self._own(name, record) if record else self._scratch(name)

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
        """Where the frame comes in a descriptor: its length field, and the bytes beside it."""
        fields = self.spelling.records[record].fields
        if not self.introduced & {f.name for f in fields}:
            return
        for field in fields:
            if field.name in self.introduced:
                self.running.append(f"{name}->{field.name} = length;")
            elif isinstance(field.ctype, PointerType) and not isinstance(field.ctype.target, RecordType):
                self.running.append(f"{name}->{field.name} = (void *)frame;")

    def _device(self, name: str) -> str:
        private = rf"netdev_priv\({name}\)"
        if not re.search(private, self.spelling.body(self.function)):
            return self._made(name, "struct net_device")
        self.kept.append(("struct net_device", name))
        record = self.spelling.taken_for(self.function, private)
        size = f"sizeof({self.spelling.record(record)})" if record else "sizeof(void *)"
        self.prepared.append(f"{name} = oracle_device({size});")
        if record:
            self._private(name, record, f"netdev_priv({name})")
        else:
            self.prepared.append(f"*(struct net_device **)netdev_priv({name}) = oracle_lower();")
        for binding in (b for m in self.spelling.program.modules for b in m.bindings):
            if (binding.record, binding.field) == ("net_device_ops", "ndo_init"):
                self.prepared.append(f"{binding.function.rpartition('::')[2]}({name});")
        return name

    def _private(self, name: str, record: str, text: str) -> None:
        self.macros.append((f"{name}_private", f"(({self.spelling.record(record)} *){text})"))
        self.prepared += self.state.fill(f"{name}_private->", record)

    def _request(self, name: str) -> str:
        """A write to an open file, whose private data is the driver's."""
        held = f"{name}->ki_filp->private_data"
        record = self.spelling.taken_for(self.function, held)
        self._made(name, "struct kiocb", f"{name}->ki_filp = oracle_state(sizeof(struct file));")
        if record:
            self.prepared.append(f"{held} = oracle_state(sizeof({self.spelling.record(record)}));")
            self._private(name, record, held)
        return name

    def _part(self, name: str) -> str:
        """A member of a record of the driver that finds its way back by container_of()."""
        pattern = rf"container_of\({name}, struct (\w+), (\w+)\)"
        match = re.search(pattern, self.spelling.body(self.function))
        if match is None:
            return self._scratch(name)
        self._own("outer", match[1])
        self.running.append(f"outer->{match[2]}.dev = oracle_lower();")
        return f"&outer->{match[2]}"
