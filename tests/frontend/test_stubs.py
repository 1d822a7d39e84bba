"""Stubs: C with names that no header declares in; whole conditions out, untrustworthy values tainted."""

from __future__ import annotations

import pytest

from auditor.frontend.complaints import Complaint
from auditor.frontend.stubs import Stubs, learn
from auditor.ir import OpaqueType, expressions, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from tests.frontend.conftest import Lower, expressions_of, function, returned, statement


def test_an_undeclared_name_does_not_cost_the_condition(lower: Lower) -> None:
    module = lower("int f(int len) { if (len < MIN_FRAME + 4 && other_thing > 2) return 1; return 0; }")
    test = statement(module, s.If).test
    assert str(test) == "len < MIN_FRAME + 4 && other_thing > 2"
    names = {n.name: n for n in walk(test) if isinstance(n, e.Name)}
    assert names["MIN_FRAME"].value is None
    assert names["MIN_FRAME"].taint
    assert names["other_thing"].taint


def test_an_unknown_type_is_opaque(lower: Lower) -> None:
    module = lower("int f(packet_len_t len, thing_t *t) { return len < 34; }")
    first, second = function(module).params
    assert first.ctype == OpaqueType("packet_len_t")
    assert second.ctype.target == OpaqueType("thing_t")
    assert expressions_of(module, e.Binary)[0].op == "<"


@pytest.mark.parametrize(
    "text",
    [
        "_Annotated_ unsigned long len",
        "_In_range_of(1, 2) unsigned len",
        "UNKNOWN_WORD const unsigned char *p, int len",
    ],
)
def test_annotations_before_a_type(text: str, lower: Lower) -> None:
    module = lower(f"int f({text}) {{ return len < 34; }}")
    assert str(returned(module)) == "len < 34"


def test_unknown_attribute_of_a_function(lower: Lower) -> None:
    module = lower(
        "static int __my_section f(int len) { return len < 34; }\nint g(int len) __my_other { return len; }"
    )
    assert [x.name for x in module.functions] == ["f", "g"]


def test_unknown_case_labels_stay(lower: Lower) -> None:
    module = lower(
        "int f(int x) { switch (x) { case OPCODE_A: return 1; case OPCODE_B: return 2; } return 0; }"
    )
    labels = [n for n in walk(function(module).body) if isinstance(n, s.Case)]
    assert [(str(c.low), c.low.value) for c in labels] == [("OPCODE_A", None), ("OPCODE_B", None)]


@pytest.mark.parametrize(
    "field", ["unknown_t x;", "struct never_seen x;", "char x[UNKNOWN_SIZE];", "struct { unknown_t y; } x;"]
)
def test_the_size_of_a_record_with_an_unknown_part_is_tainted(field: str, lower: Lower) -> None:
    module = lower(f"struct r {{ short s; {field} }}; unsigned long f(void) {{ return sizeof(struct r); }}")
    size = returned(module)
    assert isinstance(size, e.SizeOf)
    assert size.taint
    assert next(r for r in module.records if r.name == "r").taint


def test_the_size_of_a_known_record_is_not_tainted(lower: Lower) -> None:
    module = lower("struct r { short s; }; unsigned long f(unknown_t x) { return sizeof(struct r); }")
    size = returned(module)
    assert (size.value, size.taint) == (2, "")


def test_a_missing_header_is_a_note(lower: Lower) -> None:
    module = lower('#include "not/here.h"\n#include <nor_here.h>\nint f(int len) { return len < 34; }')
    assert module.coverage[0].understood == 0  # nothing to understand: no condition
    assert [(gap.kind, gap.level) for gap in module.gaps] == [("partial", "note")]
    assert "not/here.h, nor_here.h" in module.gaps[0].message


def test_a_stub_gives_way_to_the_definition() -> None:
    data = b"struct thing { int x; } late;"
    known = Stubs(types=frozenset({"late"}))
    told = learn([Complaint("redefinition of 'late' as different kind of symbol", data, 24)], known)
    assert told.rejected == {"late"}
    assert "late" not in known.plus(told).text().decode()


def test_names_are_stubbed_once() -> None:
    complaint = Complaint("use of undeclared identifier 'LIMIT'", b"x < LIMIT;", 4)
    first = learn([complaint], Stubs())
    assert first.constants == {"LIMIT"}
    assert learn([complaint], first) == Stubs()


def test_what_one_file_taught_serves_the_next(lower: Lower) -> None:
    text = "int f(pkt_t *p) { return p->len < LIMIT; }"
    module = lower('#include "b.h"\n' + text, beside={"b.h": "typedef struct { int len; } pkt_t;"})
    members = [n for n in walk(function(module).body) if isinstance(n, expressions.Member)]
    assert (members[0].record, members[0].taint) == ("pkt_t", "")
