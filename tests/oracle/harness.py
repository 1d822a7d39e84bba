"""A driver fixture and its analysis in, the C source of a harness that runs its entry points out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from auditor.ir import Global, IntType, Module, Param, PointerType, Program, Record, RecordType
from auditor.ir.program import Function
from auditor.ir.types import ArrayType, CType, OpaqueType
from auditor.policy import EntryAnalysis

LVALUE = re.compile(r"\b[A-Za-z_]\w*(?:->\w+)*\b")
MOST_SLOTS = 3
FRAMES = {
    "_NET_BUFFER_LIST": "oracle_net_buffer_list(frame, length)",
    "_IRP": "oracle_write_irp(frame, length)",
    "sk_buff": "oracle_skb(frame, length, PULLED)",
}
SIDE = {"windows": "oracle_ndis.h", "linux": "oracle_linux.h", "generic": "oracle.h"}
PRIVATE = re.compile(r"private_data\b")


def arguments(params: str) -> int:
    """How many arguments a parameter list asks for, six at most."""
    return 0 if params.strip() in ("", "void") else min(params.count(",") + 1, 6)


class Source:
    """The harness of one file of the driver; ``entries`` are (number, analysis) of those it defines."""

    def __init__(self, program: Program, module: Module, text: str, entries: list[tuple[int, EntryAnalysis]]) -> None:
        self.program, self.module, self.text, self.entries = program, module, text, entries
        self.records: dict[str, Record] = {
            r.name: r for m in program.modules for r in m.records if r.at is None or not r.at.file.startswith("<")
        }

    def write(self, file: Path, table: str) -> str:
        """C text: the driver's file, then for each entry how to prepare, ask for modes, and run."""
        parts = [f'#include "oracle.h"\n#include "{SIDE[self.module.platform]}"\n#include <stdlib.h>\n#include "{file.resolve()}"\n']
        rows = []
        for number, analysis in self.entries:
            entry = _Entry(self, number, analysis)
            parts.append(entry.code())
            rows.append(entry.row())
        parts.append(f"const oracle_entry {table}[] = {{{', '.join([*rows, '{0}'])}}};")
        return "\n".join(parts)

    def spelled(self, record: str) -> str:
        """How C spells a record of the driver."""
        return f"struct {record}" if re.search(rf"\bstruct {record}\b", self.whole()) else record

    def whole(self) -> str:
        """The text of all files, for spellings."""
        return self.text

    def body(self, function: Function) -> str:
        """The text from the function's line on."""
        return "\n".join(self.text.splitlines()[function.at.line - 1 :])

    def private_type(self, function: Function, what: str) -> str:
        """The record that the driver takes ``what`` (a regular expression) for, as C spells it; "" if none."""
        body = self.body(function)
        for pattern in (
            rf"(\w+)\s*\*?\s*\w+\s*=\s*(?:\([\w\s*]+\)\s*)?{what}\s*[;,]",
            rf"\(\s*(?:struct\s+)?(\w+)\s*\*?\s*\)\s*{what}\b",
        ):
            if match := re.search(pattern, body):
                return self._record_of(match[1])
        return ""

    def _record_of(self, word: str) -> str:
        """The record that ``word`` (a tag, a typedef, a pointer typedef) means."""
        if word in self.records:
            return word
        for name in (word.removeprefix("P"), word):
            if f"_{name}" in self.records:
                return f"_{name}"
        return ""


class _Entry:
    """One entry point's three functions."""

    def __init__(self, source: Source, number: int, analysis: EntryAnalysis) -> None:
        self.source, self.number, self.analysis = source, number, analysis
        self.entry = analysis.entry
        self.function = self.entry.function
        self.modes = [fact for policy in analysis.policies for fact in policy.mode]
        self.locals: list[tuple[str, str]] = []  # (type, name) of parameters that are state, kept between calls
        self.macros: list[tuple[str, str]] = []
        self.prepared: list[str] = []
        self.running: list[str] = []
        self.after: list[str] = []
        self.slots: list[tuple[str, str, bool]] = []  # lvalue, value when on, whether it counts alone
        self.count = 0

    @property
    def pulled(self) -> int:
        return self.entry.role.pulled if self.entry.role else 0

    def row(self) -> str:
        n = self.number
        return f"{{{n}, {self.configurations}, {self.pulled}, 1, prepare_{n}, modes_{n}, run_{n}}}"

    def code(self) -> str:
        args = [self._argument(p) for p in self.function.params]
        self._globals()
        self._slots_of_modes()
        n = self.number
        alone = [s for s in self.slots if s[2]]
        together = [s for s in self.slots if not s[2]]
        k = len(alone)
        self.configurations = (2**k if k <= MOST_SLOTS else k + 2) + bool(together)
        lines = [f"static {t} *{name}_{n};" for t, name in self.locals]
        lines += [f"#undef {name}\n#define {name} {text}" for name, text in self.macros]
        lines += [f"static void prepare_{n}(int configuration) {{", *(f"    {t} *{x};" for t, x in self.locals)]
        lines += self._resets() + ["    oracle_platform_start();", *self.prepared]
        if self.source.module.platform == "windows" and self.entry.strong:
            lines.append(f"    if (!oracle_registered((void *){self.function.name})) abort();")
        lines.append(f"    int on = configuration == {self.configurations - 1};" if together else "    int on = 0;")
        on = [f"configuration >> {i} & 1" for i in range(k)] if k <= MOST_SLOTS else [f"configuration == 1 || configuration == {i + 2}" for i in range(k)]
        lines += [f"    if (({c}) || on) {lv} = {v};" for (lv, v, _), c in zip(alone, on, strict=True)]
        lines += [f"    if (on && !{lv}) {lv} = {v};" for lv, v, _ in together]
        kept = [f"    {t} *{x} = {x}_{n}; (void){x};" for t, x in self.locals]
        lines += [f"    {x}_{n} = {x};" for _, x in self.locals]
        lines += ["    (void)on; (void)configuration;", "}"]
        lines += [f"static unsigned modes_{n}(void) {{", "    unsigned found = 0;", *kept]
        lines += [f"    if ({self._c(fact)}) found |= {1 << i}u;" for i, fact in enumerate(dict.fromkeys(self.modes))]
        lines += ["    return found;", "}", f"static long run_{n}(unsigned char *frame, size_t length) {{", "    long result = 0;", *kept]
        call = f"{self.function.name}({', '.join(args)})"
        void = isinstance(self.function.returns, OpaqueType)
        lines += [f"    {line}" for line in self.running]
        lines.append(f"    {call};" if void else f"    result = (long){call};")
        lines += [f"    {line}" for line in self._after()]
        lines += ["    (void)frame; (void)length; return result;", "}"]
        return "\n".join(lines).replace("PULLED", str(self.pulled))

    def _after(self) -> list[str]:
        if self.source.module.platform == "windows":
            return ["oracle_after();"]
        return self.after

    # ---- arguments ----
    def _argument(self, param: Param) -> str:
        entry = self.entry
        if param is entry.frame:
            return self._frame_argument()
        if param is entry.buffer:
            return "(void *)frame"
        if param is entry.length:
            return "length"
        if isinstance(param.ctype, IntType):
            return "1" if self.entry.introduced else "0"
        return self._state_argument(param)

    def _frame_argument(self) -> str:
        made = FRAMES[self.entry.record]
        if self.entry.role is not None and self.entry.role.indirect:
            return made.replace("oracle_skb(", "oracle_skb_at(")
        if self.entry.role is not None and self.entry.role.returns_frame:
            self.running.append(f"struct sk_buff *given_frame = {made};")
            self.after.append("if (result) oracle_returned(given_frame);")
            return "given_frame"
        return made

    def _state_argument(self, param: Param) -> str:
        name, target = param.name, getattr(param.ctype, "target", None)
        record = target.name if isinstance(target, RecordType) else ""
        if record == "net_device":
            return self._device(param)
        if record == "iov_iter":
            return "oracle_iter(frame, length)"
        if record == "kiocb":
            return self._request(param)
        if record == "napi_struct":
            return self._embedded(param)
        if record == "usbnet":
            return self._made(name, "struct usbnet", [f"{name}->net = oracle_lower();"])
        if record == "_DEVICE_OBJECT":
            return self._made(name, "DEVICE_OBJECT", [])
        if record not in self.source.records:
            record = self.source.private_type(self.function, re.escape(name)) or record
        return self._project(name, record) if record in self.source.records else self._scratch(name)

    def _scratch(self, name: str) -> str:
        """Memory for a pointer that the driver only passes along."""
        self.locals.append(("unsigned char", name))
        self.prepared.append(f"    {name} = oracle_state(4096);")
        return f"(void *){name}"

    def _made(self, name: str, spelled: str, fill: list[str]) -> str:
        self.locals.append((spelled, name))
        self.prepared += [f"    {name} = oracle_state(sizeof(*{name}));", *(f"    {line}" for line in fill)]
        return name

    def _project(self, name: str, record: str) -> str:
        spelled = self.source.spelled(record)
        self.locals.append((spelled, name))
        maker = self._constructor(record)
        keep = f"oracle_keep_allocations(1); {name} = {maker}; oracle_keep_allocations(0);" if maker else f"{name} = oracle_last_of(sizeof(*{name}));"
        self.prepared += [f"    {keep}", f"    if (!{name}) {name} = oracle_state(sizeof(*{name}));"]
        self.prepared += [f"    {line}" for line in self._fill(f"{name}->", record, 0)]
        self._introduce(name, record)
        return name

    def _introduce(self, name: str, record: str) -> None:
        """Where the frame comes in a descriptor: its length field, and the bytes beside it."""
        fields = {getattr(x, "field", "") for x in self.entry.introduced}
        known = self.source.records[record]
        if not fields & {f.name for f in known.fields}:
            return
        for field in known.fields:
            if field.name in fields:
                self.running.append(f"{name}->{field.name} = length;")
            elif isinstance(field.ctype, PointerType) and not isinstance(field.ctype.target, RecordType):
                self.running.append(f"{name}->{field.name} = (void *)frame;")

    def _device(self, param: Param) -> str:
        name = param.name
        if not re.search(rf"netdev_priv\({name}\)", self.source.body(self.function)):
            self._made(name, "struct net_device", [])
            return name
        self.locals.append(("struct net_device", name))
        record = self.source.private_type(self.function, rf"netdev_priv\({name}\)")
        size = f"sizeof({self.source.spelled(record)})" if record else "sizeof(void *)"
        self.prepared.append(f"    {name} = oracle_device({size});")
        if record:
            self.macros.append((f"{name}_private", f"(({self.source.spelled(record)} *)netdev_priv({name}))"))
            self.prepared += [f"    {line}" for line in self._fill(f"{name}_private->", record, 0)]
        else:
            self.prepared.append(f"    *(struct net_device **)netdev_priv({name}) = oracle_lower();")
        for binding in (b for m in self.source.program.modules for b in m.bindings):
            if (binding.record, binding.field) == ("net_device_ops", "ndo_init"):
                self.prepared.append(f"    {binding.function.rpartition('::')[2]}({name});")
        return name

    def _request(self, param: Param) -> str:
        name = param.name
        record = self.source.private_type(self.function, rf"{name}->ki_filp->private_data")
        self._made(name, "struct kiocb", [])
        self.prepared.append(f"    {name}->ki_filp = oracle_state(sizeof(struct file));")
        if record:
            spelled = self.source.spelled(record)
            self.macros.append((f"{name}_private", f"(({spelled} *){name}->ki_filp->private_data)"))
            self.prepared.append(f"    {name}->ki_filp->private_data = oracle_state(sizeof({spelled}));")
            self.prepared += [f"    {line}" for line in self._fill(f"{name}_private->", record, 0)]
        return name

    def _embedded(self, param: Param) -> str:
        match = re.search(rf"container_of\({param.name}, struct (\w+), (\w+)\)", self.source.body(self.function))
        if match is None:
            return self._scratch(param.name)
        self._project("outer", match[1])
        self.running.append(f"outer->{match[2]}.dev = oracle_lower();")
        return f"&outer->{match[2]}"

    # ---- the driver's own state ----
    def _fill(self, path: str, record: str, depth: int) -> Iterator[str]:
        """Lines that give a record of the driver something to work with, and the slots of its switches."""
        known = self.source.records.get(record)
        introduced = {getattr(x, "field", "") for x in self.entry.introduced}
        for field in known.fields if known else ():
            at = f"{path}{field.name}"
            if isinstance(field.ctype, IntType):
                if field.name not in introduced:
                    yield from self._switch(at, field.name, field.ctype)
            elif isinstance(field.ctype, RecordType) and field.ctype.name == "_LIST_ENTRY":
                yield f"if (!{at}.Flink) InitializeListHead(&{at});"
            elif isinstance(field.ctype, RecordType):
                yield from self._fill(f"{at}.", field.ctype.name, depth + 1)
            elif isinstance(field.ctype, PointerType):
                yield from self._pointer(at, field.ctype.target, depth)
            elif isinstance(field.ctype, ArrayType) and isinstance(field.ctype.element, PointerType):
                for i in range(min(field.ctype.count or 0, 8)):
                    yield from self._pointer(f"{at}[{i}]", field.ctype.element.target, depth)

    def _pointer(self, at: str, target: CType, depth: int) -> Iterator[str]:
        if isinstance(target, OpaqueType) and target.name == "function":
            yield f"if (!{at}) *(void **)&{at} = {self._callback(at)};"
        elif isinstance(target, RecordType) and target.name == "net_device":
            yield f"*(void **)&{at} = oracle_lower();"
        elif depth < 3:
            yield f"if (!{at}) *(void **)&{at} = oracle_state(4096);"
            if isinstance(target, RecordType) and target.name in self.source.records:
                yield from self._fill(f"{at}->", target.name, depth + 1)

    def _callback(self, at: str) -> str:
        """The stand-in for a function behind a pointer, with as many parameters as its declaration says."""
        name = re.split(r"->|\.|\[", at.rstrip("]0123456789["))[-1]
        match = re.search(rf"\(\s*\*\s*{name}\s*\)\s*\(([^()]*)\)", self.source.whole())
        return f"oracle_callbacks[{arguments(match[1]) if match else 6}]"

    def _switch(self, at: str, name: str, ctype: IntType) -> Iterator[str]:
        if "mtu" in name.lower():
            yield f"if (!{at}) {at} = 1500;"
        elif ctype.bits == 8 or ctype.name in ("bool", "_Bool"):
            if not any(lv == at for lv, _, _ in self.slots):
                self.slots.append((at, "1", True))
        elif ctype.bits <= 32 and "->" in at and at.count("->") == 1:
            self.slots.append((at, f"(__typeof__({at}))~0", False))

    def _constructor(self, record: str) -> str:
        """A call of the driver's function that makes such a record, "" when there is none."""
        for function in self.source.module.functions:
            target = getattr(function.returns, "target", None)
            if isinstance(target, RecordType) and target.name == record:
                args = []
                for param in function.params:
                    inner = getattr(param.ctype, "target", None)
                    code = isinstance(inner, OpaqueType) and inner.name == "function"
                    args.append(self._callback(param.name) if code else "0" if isinstance(param.ctype, IntType) else "oracle_state(64)")
                return f"{function.name}({', '.join(args)})"
        return ""

    def _own_globals(self) -> Iterator[tuple[Global, str]]:
        for variable in self.source.module.globals:
            target = getattr(variable.ctype, "target", None)
            if isinstance(target, RecordType) and variable.init is None:
                yield variable, target.name

    def _resets(self) -> list[str]:
        return [f"    {v.name} = NULL;" for v, _ in self._own_globals()]

    def _globals(self) -> None:
        for variable, record in self._own_globals():
            if record == "net_device":
                self.prepared.append(f"    {variable.name} = oracle_lower();")
            elif record in self.source.records:
                self.prepared.append(f"    if (!{variable.name}) {variable.name} = oracle_state(sizeof(*{variable.name}));")
                self.prepared += [f"    {line}" for line in self._fill(f"{variable.name}->", record, 0)]

    # ---- modes ----
    def _c(self, fact: str) -> str:
        for param in self.function.params:
            fact = fact.replace(f"{param.name}->ki_filp->private_data", f"{param.name}_private")
        return fact

    def _slots_of_modes(self) -> None:
        known = {lv for lv, _, alone in self.slots if alone}
        for fact in self.modes:
            for lvalue in LVALUE.findall(self._c(fact)):
                if "->" in lvalue and lvalue not in known:
                    known.add(lvalue)
                    self.slots = [s for s in self.slots if s[0] != lvalue]
                    self.slots.append((lvalue, f"(__typeof__({lvalue}))~0", True))
