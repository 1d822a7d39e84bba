"""Expressions: places, values, macros, conversions and members of C text in the IR."""

from __future__ import annotations

import pytest

from auditor import packing
from auditor.ir import IntType, Module, RecordType, walk
from auditor.ir import expressions as e
from tests.frontend.conftest import Lower, expressions_of, function, plain, returned

ETHERNET = """
struct eth { unsigned char dst[6], src[6]; unsigned short type; };
#define ETH_SIZE (sizeof(struct eth))
#define IP_SIZE 20
#define SUM (ETH_SIZE + IP_SIZE)
#define ALIAS SUM
#define unlikely(x) __builtin_expect(!!(x), 0)
"""


def comparison(lower: Lower, text: str) -> e.Binary:
    """The first ``<`` of ``int f(unsigned len) { <text> }`` with the Ethernet macros above it."""
    module = lower(f"{ETHERNET}int f(unsigned len) {{\n{text}\nreturn 0; }}")
    found: e.Binary = next(b for b in expressions_of(module, e.Binary) if b.op == "<")
    return found


def test_parts_of_a_sum_keep_their_macros(lower: Lower) -> None:
    right = plain(comparison(lower, "if (len < (ETH_SIZE + IP_SIZE)) return 1;").right)
    assert isinstance(right, e.Binary)
    assert (right.op, right.value, right.macro) == ("+", 34, None)
    assert (right.left.value, right.left.macro) == (14, "ETH_SIZE")
    assert (right.right.value, right.right.macro) == (20, "IP_SIZE")
    assert isinstance(right.left, e.SizeOf)
    assert right.left.of == "eth"


def test_a_sum_within_a_macro_belongs_to_it(lower: Lower) -> None:
    right = plain(comparison(lower, "if (len < ALIAS) return 1;").right)
    assert isinstance(right, e.Binary)
    assert (right.value, right.macro) == (34, "SUM")
    assert [right.left.macro, right.right.macro] == ["ETH_SIZE", "IP_SIZE"]


def test_places_inside_a_macro_argument(lower: Lower) -> None:
    at = comparison(lower, "    if (unlikely(len < SUM)) return 1;").at
    assert (at.column, at.end_column) == (18, 27)
    assert at.line == at.end_line


def test_builtin_expect_leaves_no_call(lower: Lower) -> None:
    module = lower(f"{ETHERNET}int f(unsigned len) {{ return unlikely(len < 34); }}")
    assert not expressions_of(module, e.Call)
    assert expressions_of(module, e.Binary)[0].macro is None  # an argument is the file's own text


def test_an_operator_spelled_by_a_macro(lower: Lower) -> None:
    module = lower("#define SHORTER(a, b) a < b\nint f(int x, int y) { return SHORTER(x, y); }")
    compared = expressions_of(module, e.Binary)[0]
    assert (compared.macro, compared.macro_call) == ("SHORTER", True)
    assert plain(compared.left).macro is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7 / 2 * 2", 6),
        ("-7 / 2", -3),
        ("-7 % 3", -1),
        ("0x10 | 017 | 0b1", 0x1F),
        ("1 ? 34 : 0", 34),
        ("(unsigned char)300", 44),
        ("(signed char)200", -56),
        ("0u - 1 > 0", 1),
        ("-1 < 0u", 0),
        ("~0u", 0xFFFFFFFF),
        ("!5", 0),
        ("1 << 4", 16),
        ("sizeof(int) == 4 && 1", 1),
        ("'a'", 97),
        ("__builtin_bswap16(0x0800)", 8),
        ("__builtin_offsetof(struct { char a; int b; }, b)", 4),
        ("2147483647 + 1", None),
        ("1 / 0", None),
        ("1 << 99", None),
        ("x + 1", None),
        ("0 && x", 0),
        ("1 || x", 1),
        ("limit + 2", 14),
        ("FROM_ENUM", 6),
    ],
)
def test_values(text: str, value: int | None, lower: Lower) -> None:
    module = lower(
        f"enum {{ ZERO, FROM_ENUM = 6 }}; static const int limit = 12;long long f(int x) {{ return {text}; }}"
    )
    assert returned(module).value == value


def test_conversions_that_change_the_number_are_visible(lower: Lower) -> None:
    module = lower("int f(unsigned short a, int b, unsigned long c) { return a < b || b < c; }")
    first, second = [b for b in expressions_of(module, e.Binary) if b.op == "<"]
    assert isinstance(first.left, e.Cast)
    assert first.left.implicit
    assert first.left.ctype == IntType(32, True, "int")
    assert isinstance(first.right, e.Name)  # int to int: nothing happens
    assert isinstance(second.left, e.Cast)
    assert isinstance(second.left.ctype, IntType)
    assert (second.left.ctype.bits, second.left.ctype.signed) == (64, False)


def test_gnu_conditional_without_a_middle(lower: Lower) -> None:
    found = returned(lower("int f(int x) { return x ?: 3; }"))
    assert isinstance(found, e.Conditional)
    assert found.then is None
    assert (str(found.test), found.otherwise.value) == ("x", 3)


def test_members_have_records_and_offsets(lower: Lower) -> None:
    module = lower(
        "struct inner { char a; short b; };"
        "struct outer { int first; union { long u; struct { short low, high; }; }; struct inner in; };"
        "int f(struct outer *o, struct outer v) { return o->high + o->in.b + v.first; }"
    )
    members = {m.field: m for m in expressions_of(module, e.Member)}
    assert (members["high"].record, members["high"].offset, members["high"].arrow) == ("outer", 10, True)
    assert (members["b"].record, members["b"].offset, members["b"].arrow) == ("inner", 2, False)
    assert (members["first"].offset, members["first"].arrow) == (0, False)


def test_a_typedef_names_a_record_without_a_tag(lower: Lower) -> None:
    module = lower(
        "typedef struct { short x; } HEADER; typedef struct _TAG { short y; } TAGGED;"
        "int f(HEADER *h, TAGGED *t) { return h->x + t->y; }"
    )
    assert {m.field: m.record for m in expressions_of(module, e.Member)} == {"x": "HEADER", "y": "_TAG"}
    assert [(r.name, r.size) for r in module.records] == [("HEADER", 2), ("_TAG", 2)]


def test_members_that_no_header_declares_keep_their_names(lower: Lower) -> None:
    module = lower(
        "struct nowhere; #define FIELD(p) ((p)->Hidden)\n".replace("; #", ";\n#")
        + "int f(struct nowhere *p) { if (p->length < 34) return 1; return FIELD(p) > 3; }"
    )
    members = expressions_of(module, e.Member)
    assert [(m.field, m.arrow, m.record) for m in members] == [
        ("length", True, "nowhere"),
        ("Hidden", True, "nowhere"),
    ]
    assert all(m.taint for m in members)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("sizeof(struct eth)", "eth"),
        ("sizeof (ETH)", "ETH"),
        ("sizeof(ETH *)", "ETH*"),
        ("sizeof(int)", "int"),
        ("sizeof v", "eth"),
        ("sizeof(p->dst)", "p->dst"),
        ("MEASURE(struct eth)", "eth"),
    ],
)
def test_sizeof_says_of_what(text: str, of: str, lower: Lower) -> None:
    module = lower(
        f"{ETHERNET}typedef struct eth ETH;\n#define MEASURE(t) sizeof(t)\n"
        f"unsigned long f(struct eth *p) {{ struct eth v; return {text}; }}"
    )
    found = returned(module)
    assert isinstance(found, e.SizeOf)
    assert found.of.replace(" ", "") == of


def test_macros_get_the_values_their_uses_fold_to(lower: Lower) -> None:
    module = lower(
        f"{ETHERNET}#define BARE 14 + 20\n#define WITH(x) (x + 1)\n#define UNUSED 3\n"
        "int f(unsigned len) { return len < ALIAS || len < IP_SIZE || len > BARE * 2 || len > WITH(2); }"
    )
    values = {m.name: m.value for m in module.macros}
    assert values["ALIAS"] == 34
    assert values["IP_SIZE"] == 20
    assert values["BARE"] is None  # BARE * 2 is 14 + 40
    assert values["WITH"] is None
    assert values["UNUSED"] is None


def test_macros_that_the_preprocessor_left_out_are_not_listed(lower: Lower) -> None:
    module = lower("#if 0\n#define GONE 1\n#else\n#define KEPT 2\n#endif\n/*\n#define COMMENT 3\n*/\nint x;")
    assert [m.name for m in module.macros] == ["KEPT"]


def test_casts_to_records(lower: Lower) -> None:
    module = lower(f"{ETHERNET}int f(char *data) {{ return ((struct eth *)data)->type; }}")
    cast = next(c for c in expressions_of(module, e.Cast) if not c.implicit)
    assert cast.ctype.target == RecordType("eth", 14)


def test_boolean_conversion_is_told_from_a_byte(lower: Lower) -> None:
    module = lower("#include <stdbool.h>\nbool f(unsigned char c) { return c; }")
    found = returned(module)
    assert isinstance(found, e.Cast)
    assert found.ctype == IntType(8, False, "_Bool")


def test_constant_locals_have_their_value(lower: Lower) -> None:
    module = lower(
        "int f(int len) { const int low = 14 + 20; const int other = len; return len < low + other; }"
    )
    names = {n.name: n.value for n in expressions_of(module, e.Name)}
    assert (names["low"], names["other"], names["len"]) == (34, None, None)


def test_a_local_declaration_of_a_global_is_the_global(lower: Lower) -> None:
    module = lower("int limit = 34; int f(int len) { extern int limit; return len < limit; }")
    assert {n.name: (n.scope, n.symbol) for n in expressions_of(module, e.Name)}["limit"] == (
        "global",
        "limit",
    )


def test_members_of_this(lower: Lower) -> None:
    module = lower("struct P { unsigned low; bool f(unsigned len) { return len < low; } };", name="a.cpp")
    member = expressions_of(module, e.Member)[0]
    assert (str(member), member.record, member.offset) == ("this->low", "P", 0)


@pytest.mark.parametrize(
    "text", ["~(unsigned __int128)0", "(unsigned __int128)1 << 100", "0x1FFFFFFFFFFFFFFFFFFFF", "1" * 5000]
)
def test_more_than_64_bits_are_no_constant(text: str, lower: Lower) -> None:
    """And the module can still be sent to another process."""
    module = lower(f"int f(int a) {{ return a < {text}; }}")
    assert packing.unpack(packing.pack(module), Module)
    values = [n.value for n in walk(function(module).body) if isinstance(n, e.Expr)]
    assert all(value is None or value.bit_length() <= 64 for value in values)


FIRST_BIT = """
#define bit2(x) __builtin_choose_expr(((x) & 1), 0, 1)
#define bit4(x) __builtin_choose_expr(((x) & 3), (bit2((x))), (bit2((x) >> 2) + 2))
"""


@pytest.mark.parametrize(
    ("choice", "value", "shown"),
    [
        ("bit4(1)", 0, "0"),
        ("bit4(4)", 2, "0 + 2"),
        ("bit4(8)", 3, "1 + 2"),
        ("__builtin_choose_expr(1, a, missing(a))", None, "a"),
        ("__builtin_choose_expr(0, missing(a), (long)a)", None, "(long)a"),
    ],
)
def test_of_a_choice_at_compile_time_only_the_chosen_is_code(
    lower: Lower, choice: str, value: int | None, shown: str
) -> None:
    module = lower(f"{FIRST_BIT}int missing(int);\nlong f(int a) {{ return {choice}; }}")
    result = plain(returned(module))
    assert (result.value, str(result)) == (value, shown)
    assert not expressions_of(module, e.Call)


def test_an_operator_belongs_to_the_first_macro_that_holds_it_and_both_operands(lower: Lower) -> None:
    text = "#define LEFT(a) (a)\n#define RIGHT(a) (a)\n#define ONE(a) (LEFT(a) - RIGHT(a))\n"
    text += "#define OTHER(a) (RIGHT(a) - LEFT(a))\n#define USE(a) (ONE(a) * OTHER(a))\n"
    found = expressions_of(lower(f"{text}int f(int x) {{ return USE(x); }}"), e.Binary)
    assert next(b.macro for b in found if b.op == "-") == "ONE"


@pytest.mark.parametrize(
    ("argument", "spelled"),
    [("5", None), ("FIVE", "FIVE"), ("a", None), ("SELF", "SELF"), ("self", "self"), ("WRAP(5)", None)],
)
def test_an_argument_belongs_to_no_macro_unless_one_spells_it(
    lower: Lower, argument: str, spelled: str | None
) -> None:
    macros = "#define TWICE(x) ((x) + (x))\n#define WRAP(x) TWICE(x)\n#define FIVE 5\n"
    macros += "#define SELF a\n#define self (self)\n"
    module = lower(f"{macros}int f(int a, int self) {{ return TWICE({argument}); }}")
    leaves = [n for n in walk(function(module).body) if isinstance(n, (e.Literal, e.Name))]
    assert leaves
    assert {leaf.macro for leaf in leaves} == {spelled}
