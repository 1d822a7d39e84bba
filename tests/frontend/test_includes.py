"""Facts of a text: bytes in; the headers it includes, and whether a macro names one, out."""

from __future__ import annotations

import pytest

from auditor.frontend.includes import Directive, facts_of


@pytest.mark.parametrize(
    ("text", "directives", "computed"),
    [
        ('#include "a.h"\n#include <b/c.h>\n', [Directive("a.h", True), Directive("b/c.h", False)], False),
        (' \t# \tinclude"a.h"\n', [Directive("a.h", True)], False),
        ("#include_next <a.h>\n#import <b.h>", [Directive("a.h", False), Directive("b.h", False)], False),
        ("#include <a.h>\n#include <a.h>\n", [Directive("a.h", False)], False),
        ("#include NAME\n#include <a.h>", [Directive("a.h", False)], True),
        ('x = 1; #include "a.h"\n', [], False),
        ("#includes <a.h>\n#included NAME", [], False),
    ],
    ids=["both", "blanks", "others", "twice", "computed", "no directive", "no word"],
)
def test_includes(text: str, directives: list[Directive], computed: bool) -> None:
    facts = facts_of(text.encode(), frozenset())
    assert (list(facts.directives), facts.computed) == (directives, computed)


def test_words_that_tell_a_platform() -> None:
    told = facts_of(b"struct sk_buff *skb; sk_buffer x;", frozenset({"sk_buff", "sk_buffer_head"}))
    assert told.words == {"sk_buff"}
