"""clang's numbers for cursors, types and operators, as names.

The operator numbers are those of CXBinaryOperatorKind and CXUnaryOperatorKind; the library's own spelling
functions crash on values out of range, so the tables stand here.
"""

from __future__ import annotations

UNEXPOSED_DECL, STRUCT, UNION, CLASS, ENUM = 1, 2, 3, 4, 5
FIELD, ENUM_CONSTANT, FUNCTION, VARIABLE, PARAMETER, TYPEDEF = 6, 7, 8, 9, 10, 20
METHOD, NAMESPACE, LINKAGE_SPEC, CONSTRUCTOR, DESTRUCTOR, CONVERSION = 21, 22, 23, 24, 25, 26
FUNCTION_TEMPLATE, CLASS_TEMPLATE = 30, 31
TYPE_REF, MEMBER_REF, LABEL_REF = 43, 47, 48
LOCALS = frozenset({VARIABLE, PARAMETER})
FIRST_STATEMENT = 70  # cursors below this are declarations or references: identified by ``d0``

UNEXPOSED, DECL_REF, MEMBER, CALL, BLOCK_EXPR = 100, 101, 102, 103, 105
INTEGER, FLOAT, STRING, CHARACTER, PAREN, UNARY, SUBSCRIPT, BINARY = 106, 107, 109, 110, 111, 112, 113, 114
COMPOUND_ASSIGN, CONDITIONAL, CAST, COMPOUND_LITERAL, INIT_LIST = 115, 116, 117, 118, 119
LABEL_ADDRESS, STATEMENT_EXPR, GENERIC, GNU_NULL = 120, 121, 122, 123
CXX_CASTS = (124, 125, 126, 127, 128)
CXX_BOOL, CXX_NULLPTR, CXX_THIS, CXX_THROW, SIZEOF = 130, 131, 132, 133, 136
LAMBDA = 144
LAST_EXPRESSION = 199

UNEXPOSED_STMT, LABEL, COMPOUND, CASE, DEFAULT, IF, SWITCH, WHILE, DO, FOR = range(200, 210)
GOTO, COMPUTED_GOTO, CONTINUE, BREAK, RETURN, ASM = range(210, 216)
CXX_CATCH, CXX_TRY, CXX_FOR_RANGE, SEH_TRY, SEH_EXCEPT, SEH_FINALLY, MS_ASM, NULL, DECLARATION = range(
    223, 232
)
LAST_STATEMENT = 299

BINARY_OPERATORS = {
    3: "*", 4: "/", 5: "%", 6: "+", 7: "-", 8: "<<", 9: ">>", 11: "<", 12: ">", 13: "<=", 14: ">=", 15: "==",
    16: "!=", 17: "&", 18: "^", 19: "|", 20: "&&", 21: "||", 22: "=", 23: "*=", 24: "/=", 25: "%=", 26: "+=",
    27: "-=", 28: "<<=", 29: ">>=", 30: "&=", 31: "^=", 32: "|=", 33: ",",
}  # fmt: skip
UNARY_OPERATORS = {5: "&", 6: "*", 7: "+", 8: "-", 9: "~", 10: "!"}
STEPS = {1: ("++", False), 2: ("--", False), 3: ("++", True), 4: ("--", True)}
EXTENSION = 13  # __extension__ e

VOID, BOOL, ENUM_TYPE = 2, 3, 106
UNSIGNED_TYPES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
SIGNED_TYPES = frozenset({13, 14, 16, 17, 18, 19, 20})
WCHAR = 15
FLOATING_TYPES = frozenset({21, 22, 23, 30, 32, 39})
NULLPTR_TYPE, DEPENDENT = 24, 26
POINTERS = frozenset({101, 102, 103, 104})
RECORD, TYPEDEF_TYPE, FUNCTION_TYPES, ELABORATED = 105, 107, frozenset({110, 111}), 119
CONSTANT_ARRAY, OTHER_ARRAYS = 112, frozenset({114, 115, 116})

INTERNAL_LINKAGE = 2
STATIC_STORAGE = 3
EXTERN_STORAGE = 2
