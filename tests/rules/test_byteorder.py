"""Which uses of a length field come before its byte swap, and which are no number at all."""

from __future__ import annotations

from functools import partial

import pytest

from auditor.capture.frames import witnesses
from auditor.pipeline import read_policies
from auditor.rules import RuleContext, swap_name, unswapped_lengths
from auditor.settings import Settings

HEADERS = """\
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>

struct wire_header {
	unsigned char first, service;
	unsigned short total, id, fragment;
	unsigned char ttl, protocol;
	unsigned short sum;
	unsigned int from, to;
};
struct other { unsigned short tag, total; };
"""

FOUND = {
    "subtracted": "int f(struct ip *p) { return p->ip_len - 20; }",
    "ordered": "int f(struct ip *p, int n) { return n < p->ip_len; }",
    "inside the swap": "int f(struct ip *p) { return ntohs(p->ip_len - 20); }",
    "compound assignment": "void f(struct ip *p) { p->ip_len -= 4; }",
    "through two locals": "int f(struct ip *p) { unsigned short a = p->ip_len; int b = a; return b * 2; }",
    "equal to a swapped one": (
        "int f(struct ip *p, struct udphdr *u) { return p->ip_len == ntohs(u->uh_ulen) + 20; }"
    ),
    "known by its layout": "int f(struct wire_header *p) { return p->total + 14; }",
}
SILENT = {
    "swapped": "int f(struct ip *p) { return ntohs(p->ip_len) - 20; }",
    "zero": "int f(struct ip *p) { return p->ip_len > 0; }",
    "field against field": "int f(struct ip *p, struct udphdr *u) { return p->ip_len < u->uh_ulen; }",
    "equal to a swapped constant": "int f(struct ip *p) { return p->ip_len == htons(40); }",
    "bytes put together": "int f(struct ip *p) { return (p->ip_len >> 8) + ((p->ip_len & 255) << 8); }",
    "another record": "int f(struct other *p) { return p->total - 20; }",
    "local swapped on one way": (
        "int f(struct ip *p, int x) { unsigned short a = p->ip_len; if (x) a = ntohs(a); return a - 1; }"
    ),
    "local whose address is taken": (
        "void g(unsigned short *); int f(struct ip *p) { unsigned short a = p->ip_len; g(&a); return a - 1; }"
    ),
    "swapped in place elsewhere": (
        "void g(struct ip *p) { p->ip_len = ntohs(p->ip_len); } int f(struct ip *p) { return p->ip_len - 1; }"
    ),
    "kept in host order": (
        "void g(struct ip *p, int n) { p->ip_len = n + 20; } int f(struct ip *p) { return p->ip_len - 20; }"
    ),
    "checksum by name": "int ip_cksum(struct ip *p) { return p->ip_len + p->ip_id; }",
    "ones' complement": "int f(struct ip *p) { return ~p->ip_sum - p->ip_len; }",
}


def context(folder, code):
    file = folder / "one.c"
    file.write_text(HEADERS + code + "\n", encoding="utf-8")
    tree, analysis = read_policies(Settings(paths=(file,)))
    return RuleContext(
        analysis=analysis, program=tree.program, knowledge=tree.knowledge, sites=tuple,
        provenance=tree.constants.provenance, witnesses=partial(witnesses, tree.knowledge.protocols),
    )  # fmt: skip


@pytest.mark.parametrize("code", FOUND.values(), ids=FOUND.keys())
def test_a_use_before_the_swap_is_found_once(tmp_path, code):
    assert len(list(unswapped_lengths(context(tmp_path, code)))) == 1


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT.keys())
def test_what_is_no_number_or_already_swapped_is_silent(tmp_path, code):
    assert list(unswapped_lengths(context(tmp_path, code))) == []


def test_the_fix_speaks_the_language_of_the_file(tmp_path):
    given = context(tmp_path, "int f(struct ip *p) { return be16toh(p->ip_id) + p->ip_len; }")
    (found,) = unswapped_lengths(given)

    assert swap_name(given, found.function) == "be16toh"
