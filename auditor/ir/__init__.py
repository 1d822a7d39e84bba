"""The intermediate representation: C reduced to plain data that prints itself."""

from auditor.ir import expressions, statements
from auditor.ir.definitions import EnumConstant, Function, Global, Param, Unread
from auditor.ir.expressions import RELATIONAL, Expression
from auditor.ir.module import Binding, Field, Macro, Module, Record, Unused, once
from auditor.ir.program import Program
from auditor.ir.statements import Statement
from auditor.ir.types import ArrayType, CType, IntType, OpaqueType, PointerType, RecordType, size_of
from auditor.ir.uses import Slot, Uses
from auditor.ir.walk import children, walk

__all__ = [
    "RELATIONAL",
    "ArrayType",
    "Binding",
    "CType",
    "EnumConstant",
    "Expression",
    "Field",
    "Function",
    "Global",
    "IntType",
    "Macro",
    "Module",
    "OpaqueType",
    "Param",
    "PointerType",
    "Program",
    "Record",
    "RecordType",
    "Slot",
    "Statement",
    "Unread",
    "Unused",
    "Uses",
    "children",
    "expressions",
    "once",
    "size_of",
    "statements",
    "walk",
]  # fmt: skip
