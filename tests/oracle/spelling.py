"""A driver's text in, how C spells things there out: records, parameters, what a pointer is taken for."""

from __future__ import annotations

import re

from auditor.ir import Module, Program, Record
from auditor.ir.definitions import Function

DECLARED = re.compile(r"^([A-Za-z_][\w ]*?[ *]+)(\w+)\s*\(([^;{}]*)\)\s*;", re.MULTILINE)
"""A function that is declared at the start of a line: what it returns, its name, its parameters."""

LVALUE = re.compile(r"\b[A-Za-z_]\w*(?:->\w+)*\b")
INCLUDED = re.compile(r"#\s*include\s+[<\"]([\w/.-]+)[>\"]")


def arguments(params: str) -> int:
    """How many arguments a parameter list asks for, six at most."""
    return 0 if params.strip() in ("", "void") else min(params.count(",") + 1, 6)


class Spelling:
    """One file's ``text``, and the ``whole`` of all files; ``records`` are the driver's own."""

    def __init__(self, program: Program, module: Module, text: str, whole: str) -> None:
        self.program, self.module, self.text, self.whole = program, module, text, whole
        found = [r for m in program.modules for r in m.records]
        self.records: dict[str, Record] = {
            r.name: r for r in found if r.at is None or not r.at.file.startswith("<")
        }

    def record(self, name: str) -> str:
        """How C spells a record of the driver: by its tag, or by its typedef."""
        return f"struct {name}" if re.search(rf"\bstruct {name}\b", self.whole) else name

    def body(self, function: Function) -> str:
        """The text from the function's line on."""
        return "\n".join(self.text.splitlines()[function.at.line - 1 :])

    def taken_for(self, function: Function, what: str) -> str:
        """The record that the driver takes ``what`` (a regular expression) for; "" when it does not say."""
        body = self.body(function)
        for pattern in (
            rf"(\w+)\s*\*?\s*\w+\s*=\s*(?:\([\w\s*]+\)\s*)?{what}\s*[;,]",
            rf"\(\s*(?:struct\s+)?(\w+)\s*\*?\s*\)\s*{what}\b",
        ):
            if match := re.search(pattern, body):
                return self._meant(match[1])
        return ""

    def _meant(self, word: str) -> str:
        """The record that a tag, a typedef or a pointer typedef means."""
        tried = (word, f"_{word.removeprefix('P')}", f"_{word}")
        return next((name for name in tried if name in self.records), "")
