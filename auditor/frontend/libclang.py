"""The part of libclang's C interface that the front end needs: structures, functions, kind numbers.

Own bindings instead of ``clang.cindex``: they name what cindex leaves out (evaluation, operator kinds,
skipped ranges), return raw numbers where cindex builds objects, and load in a fifth of its time. The
shared library is the one that the installed ``libclang`` (or ``libclang-ng``) wheel carries.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from auditor.frontend.library import library_file

if sys.platform != "win32":
    import resource

BREAK, CONTINUE, RECURSE = 0, 1, 2

DETAILED_PREPROCESSING = 0x01
KEEP_GOING = 0x200


class CXString(ctypes.Structure):
    """A string that libclang owns."""

    _fields_ = [("data", ctypes.c_void_p), ("flags", ctypes.c_uint)]


class Cursor(ctypes.Structure):
    """CXCursor; ``d0`` identifies a declaration, ``d1`` a statement or expression."""

    _fields_ = [
        ("kind", ctypes.c_int),
        ("xdata", ctypes.c_int),
        ("d0", ctypes.c_void_p),
        ("d1", ctypes.c_void_p),
        ("d2", ctypes.c_void_p),
    ]


class RawLocation(ctypes.Structure):
    """CXSourceLocation; ``raw`` is clang's own number for the place."""

    _fields_ = [("p0", ctypes.c_void_p), ("p1", ctypes.c_void_p), ("raw", ctypes.c_uint)]


class RawRange(ctypes.Structure):
    """CXSourceRange; ``begin`` and ``end`` are raw locations, the end exclusive."""

    _fields_ = [
        ("p0", ctypes.c_void_p),
        ("p1", ctypes.c_void_p),
        ("begin", ctypes.c_uint),
        ("end", ctypes.c_uint),
    ]


class RangeList(ctypes.Structure):
    """CXSourceRangeList."""

    _fields_ = [("count", ctypes.c_uint), ("ranges", ctypes.POINTER(RawRange))]


class Token(ctypes.Structure):
    """CXToken; ``raw`` is the raw location of its text."""

    _fields_ = [
        ("kind", ctypes.c_uint),
        ("raw", ctypes.c_uint),
        ("length", ctypes.c_uint),
        ("reserved", ctypes.c_uint),
        ("data", ctypes.c_void_p),
    ]


class RawType(ctypes.Structure):
    """CXType; ``d0`` identifies the type with its qualifiers."""

    _fields_ = [("kind", ctypes.c_int), ("d0", ctypes.c_void_p), ("d1", ctypes.c_void_p)]


class UnsavedFile(ctypes.Structure):
    """CXUnsavedFile: a file that exists only in memory."""

    _fields_ = [("name", ctypes.c_char_p), ("contents", ctypes.c_char_p), ("length", ctypes.c_ulong)]


Visitor = ctypes.CFUNCTYPE(ctypes.c_int, Cursor, Cursor, ctypes.c_void_p)

InclusionVisitor = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p)

_POINTER, _INT, _UINT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_longlong
_OUT_UINT, _OUT_POINTER = ctypes.POINTER(_UINT), ctypes.POINTER(_POINTER)
_PLACE = [RawLocation, _OUT_POINTER, _OUT_UINT, _OUT_UINT, _OUT_UINT]
_STRINGS = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p), _INT, ctypes.POINTER(UnsavedFile), _UINT]

SIGNATURES: dict[str, tuple[list[Any], Any]] = {
    "createIndex": ([_INT, _INT], _POINTER),
    "disposeIndex": ([_POINTER], None),
    "parseTranslationUnit2": ([_POINTER, *_STRINGS, _UINT, _OUT_POINTER], _INT),
    "reparseTranslationUnit": ([_POINTER, _UINT, ctypes.POINTER(UnsavedFile), _UINT], _INT),
    "disposeTranslationUnit": ([_POINTER], None),
    "getTranslationUnitCursor": ([_POINTER], Cursor),
    "getNumDiagnostics": ([_POINTER], _UINT),
    "getDiagnostic": ([_POINTER, _UINT], _POINTER),
    "disposeDiagnostic": ([_POINTER], None),
    "getDiagnosticSeverity": ([_POINTER], _INT),
    "getDiagnosticSpelling": ([_POINTER], CXString),
    "getDiagnosticLocation": ([_POINTER], RawLocation),
    "getCString": ([CXString], ctypes.c_char_p),
    "disposeString": ([CXString], None),
    "visitChildren": ([Cursor, Visitor, _POINTER], _UINT),
    "getCursorExtent": ([Cursor], RawRange),
    "getCursorLocation": ([Cursor], RawLocation),
    "getCursorSpelling": ([Cursor], CXString),
    "getCursorType": ([Cursor], RawType),
    "getCursorResultType": ([Cursor], RawType),
    "getCursorReferenced": ([Cursor], Cursor),
    "getCursorDefinition": ([Cursor], Cursor),
    "getCursorSemanticParent": ([Cursor], Cursor),
    "isCursorDefinition": ([Cursor], _UINT),
    "Cursor_getNumArguments": ([Cursor], _INT),
    "Cursor_getArgument": ([Cursor, _UINT], Cursor),
    "isInvalidDeclaration": ([Cursor], _UINT),
    "getCursorLinkage": ([Cursor], _INT),
    "Cursor_getVarDeclInitializer": ([Cursor], Cursor),
    "Cursor_getStorageClass": ([Cursor], _INT),
    "Cursor_isAnonymousRecordDecl": ([Cursor], _UINT),
    "Cursor_isBitField": ([Cursor], _UINT),
    "Cursor_getOffsetOfField": ([Cursor], _LONG),
    "getEnumConstantDeclValue": ([Cursor], _LONG),
    "getCursorBinaryOperatorKind": ([Cursor], _INT),
    "getCursorUnaryOperatorKind": ([Cursor], _INT),
    "Cursor_Evaluate": ([Cursor], _POINTER),
    "EvalResult_getKind": ([_POINTER], _INT),
    "EvalResult_getAsLongLong": ([_POINTER], _LONG),
    "EvalResult_isUnsignedInt": ([_POINTER], _UINT),
    "EvalResult_getAsUnsigned": ([_POINTER], ctypes.c_ulonglong),
    "EvalResult_dispose": ([_POINTER], None),
    "getCanonicalType": ([RawType], RawType),
    "getTypeSpelling": ([RawType], CXString),
    "getTypeDeclaration": ([RawType], Cursor),
    "getPointeeType": ([RawType], RawType),
    "getArrayElementType": ([RawType], RawType),
    "getArraySize": ([RawType], _LONG),
    "getEnumDeclIntegerType": ([Cursor], RawType),
    "getTypedefDeclUnderlyingType": ([Cursor], RawType),
    "isConstQualifiedType": ([RawType], _UINT),
    "Type_getOffsetOf": ([RawType, ctypes.c_char_p], _LONG),
    "Type_getSizeOf": ([RawType], _LONG),
    "getFileLocation": (_PLACE, None),
    "getExpansionLocation": (_PLACE, None),
    "tokenize": ([_POINTER, RawRange, ctypes.POINTER(ctypes.POINTER(Token)), _OUT_UINT], None),
    "disposeTokens": ([_POINTER, ctypes.POINTER(Token), _UINT], None),
    "getFileName": ([_POINTER], CXString),
    "getInclusions": ([_POINTER, InclusionVisitor, _POINTER], None),
    "getAllSkippedRanges": ([_POINTER], ctypes.POINTER(RangeList)),
    "disposeSourceRangeList": ([ctypes.POINTER(RangeList)], None),
}


_LONG_CALLS = frozenset({"parseTranslationUnit2", "reparseTranslationUnit"})


class Library:
    """libclang's functions as attributes, without their ``clang_`` prefix.

    Other threads run only beside those that parse: letting them run costs a seventh of any other call.
    """

    def __init__(self, path: Path) -> None:
        parsing, asking = ctypes.CDLL(str(path)), ctypes.PyDLL(str(path))
        for name, (arguments, result) in SIGNATURES.items():
            function = getattr(parsing if name in _LONG_CALLS else asking, f"clang_{name}")
            function.argtypes, function.restype = arguments, result
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(f"libclang function {name!r} has no signature here")

    def text(self, string: CXString) -> str:
        """The text of a CXString, which is disposed of."""
        data: bytes | None = self.getCString(string)
        self.disposeString(string)
        return data.decode("utf-8", "replace") if data else ""


_STACK = 8 * 2**20
"""Bytes of stack that clang counts on, and gives to the thread that it makes (clang/Basic/Stack.h)."""


def parse_on_this_stack() -> None:
    """Let clang parse in the thread that asks for it, where that has as much stack as a new one would.

    Two threads for each file are a twentieth of a small scan's time. libclang looks for this variable at
    every parse (RunSafely in CIndex.cpp).
    """
    if threading.current_thread() is threading.main_thread() and _stack() >= _STACK:
        os.environ["LIBCLANG_NOTHREADS"] = "1"
    else:
        os.environ.pop("LIBCLANG_NOTHREADS", None)


def _stack() -> float:
    """The bytes that the stack of the main thread may have, 0 where nobody says."""
    if sys.platform == "win32":
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return float("inf") if soft == resource.RLIM_INFINITY else soft


@cache
def library() -> Library:
    """The loaded library. Raises LenauditError when no wheel provides it."""
    return Library(library_file())
