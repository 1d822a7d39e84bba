"""Clang's words and the place they point at (``@``) in; which kind of name would satisfy it out."""

from __future__ import annotations

import re

import pytest

from auditor.frontend.complaints import Complaint, wanted


def asked(message: str, text: str) -> tuple[str, str]:
    before, _, after = text.partition("@")
    return wanted(Complaint(message, (before + after).encode(), len(before.encode())))


TYPES = {
    "of a variable": ("@thing len;", "types"),
    "of a pointer": ("@thing *len;", "types"),
    "of two pointers": ("@thing **len;", "types"),
    "of an array": ("@thing len[4];", "types"),
    "of a parameter without a name": ("int f(@thing);", "types"),
    "qualified behind": ("@thing const *p;", "types"),
    "of a pointer with an annotation": ("@thing __iomem *p;", "types"),
    "a word before a type": ("@thing unsigned long x;", "empty"),
    "of a pointer with a word behind it": ("@thing *p __aligned;", "types"),
    "a word before a type without a name": ("int f(@thing unsigned);", "empty"),
    "a word before a record": ("@thing struct ring *r;", "empty"),
    "a word before another unknown type": ("@thing other x;", "empty"),
    "the same, of a name with an underscore": ("@thing other _x;", "empty"),
    "a word before a pointer": ("@thing other *x;", "empty"),
    "out of a macro": ("@DECLARE unsigned x;", "types"),
}


@pytest.mark.parametrize(("text", "kind"), TYPES.values(), ids=TYPES)
def test_an_unknown_type(text: str, kind: str) -> None:
    assert asked("unknown type name 'thing'", text) == (kind, "thing")


VALUES = {
    "compared": ("if (len < @thing) {", "values"),
    "a constant by its name": ("if (len < @LEAST) {", "constants"),
    "a constant with figures": ("return @LEAST_2;", "constants"),
    "a constant of two characters": ("return @A1;", "constants"),
    "a letter": ("return @N;", "values"),
    "a case": ("switch (x) { case @thing: return;", "constants"),
    "no case": ("lowercase @thing;", "values"),
    "before a string": ('log(@LEVEL "text");', "empty"),
    "a product before a string": ('log(@a * "text");', "values"),
    "a cast to a pointer": ("x = (@thing *)y;", "types"),
    "a cast to a number": ("x = (@thing)y;", "types"),
    "in brackets": ("x = (@thing) + y;", "values"),
    "a bracket of a bracket": ("x = (@thing)(y);", "values"),
    "an argument": ("x = f(@thing)\ny;", "values"),
    "a later argument": ("x = f(1, @thing)\ny;", "values"),
    "a size": ("x = sizeof(@thing);", "types"),
    "a size of more": ("x = sizeof(@thing + 1);", "values"),
    "a declaration of a pointer": ("{ @thing *p;", "types"),
    "another behind it": ("f(); @thing *p = q;", "types"),
    "and a list of them": ("} @thing *p, *q;", "types"),
    "and one of arrays": ("; @thing *p[4];", "types"),
    "a product": ("return @thing * p;", "values"),
    "a product that is added to": ("{ @thing * p + q;", "values"),
    "a product in brackets": ("; (@thing * p);", "values"),
    "a product as argument": ("{ f(@thing * p, q);", "values"),
    "a function": ("x = @thing(y);", "functions"),
    "a function after a product": ("x = @thing * (y);", "values"),
    "a function that looks constant": ("x = @THING(y);", "functions"),
}


@pytest.mark.parametrize(("text", "kind"), VALUES.values(), ids=VALUES)
def test_an_undeclared_name(text: str, kind: str) -> None:
    name = re.split(r"\W", text.partition("@")[2])[0]
    assert asked(f"use of undeclared identifier '{name}'", text) == (kind, name)


@pytest.mark.parametrize("text", ["x = @DECLARE(y);", "x = (@DECLARE *)y;", "x = sizeof(@DECLARE);"])
def test_an_undeclared_name_that_a_macro_spells(text: str) -> None:
    """What stands around the macro says nothing of it."""
    assert asked("use of undeclared identifier 'thing'", text) == ("values", "thing")


def test_what_stands_far_before_says_nothing() -> None:
    assert asked("use of undeclared identifier 'x'", f"case {' ' * 300}@x;")[0] == "values"


TAGS = {
    "a tag used as a type": ("must use 'struct' tag to refer to type 'ring'", ("typed_tags", "ring")),
    "an incomplete record": ("variable has incomplete type 'struct ring'", ("tags", "ring")),
    "an incomplete union": ("variable has incomplete type 'const volatile union ring'", ("tags", "ring")),
    "an incomplete element": ("array has incomplete element type 'struct ring'", ("tags", "ring")),
    "never completed": (
        "tentative definition has type 'struct ring' that is never completed", ("tags", "ring")),
    "an enumeration": ("variable has incomplete type 'enum kind'", ("enums", "kind")),
    "an unknown incomplete type": ("variable has incomplete type 'void'", ("types", "")),
    "something else": ("expected expression", ("types", "")),
}  # fmt: skip


@pytest.mark.parametrize(("message", "asked_for"), TAGS.values(), ids=TAGS)
def test_tags(message: str, asked_for: tuple[str, str]) -> None:
    assert asked(message, "struct @ring r;") == asked_for


TWICE = {
    "another value": ("redefinition of 'y' as different kind of symbol", "int @x = 4;", "x"),
    "another type": ("conflicting types for 'y'", "int @x(void);", "x"),
    "declared again": ("static redeclaration of 'y' follows", "int @x;", "x"),
    "at no name": ("redefinition of 'y'", "int @(x);", "y"),
}


@pytest.mark.parametrize(("message", "text", "name"), TWICE.values(), ids=TWICE)
def test_what_the_tree_declares_after_all_is_no_stub(message: str, text: str, name: str) -> None:
    assert asked(message, text) == ("rejected", name)


STRAYS = {
    "before the name": ("static int __section @f(int x) {", "__section"),
    "before the name, in capitals": ("static int SECTION @f(int x) {", "SECTION"),
    "behind the parameters": ("int f(int x) @__init {", "__init"),
    "behind them, in capitals": ("int f(int x) @INIT {", "INIT"),
    "before what is no function": ("static int __section @__init x;", "__init"),
    "a name before the name": ("static thing @f(int x) {", ""),
    "nothing before the name": ("@f(int x) {", ""),
    "three capitals": ("int f(int x) @INI {", "INI"),
    "two capitals": ("int f(int x) @IN {", ""),
    "a name": ("int f(int x) @init {", ""),
    "a type": ("int f(int x) @int {", ""),
    "a type behind an annotation": ("__section @int (x);", ""),
    "a qualifier": ("int f(int x) @__restrict {", ""),
    "nothing": ("int f(int x) @;", ""),
}


@pytest.mark.parametrize(("text", "name"), STRAYS.values(), ids=STRAYS)
def test_a_stray_word(text: str, name: str) -> None:
    assert asked("expected ';' after top level declarator", text) == ("empty", name)
