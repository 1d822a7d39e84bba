"""The matcher judges every fixture and rule example, so it is judged here itself."""

from __future__ import annotations

import msgspec
import pytest

from auditor.model import Loss
from tests.matcher import Expectation, expectations, mismatches
from tests.report import made

RULE = made.RULE_ID
EXPECT = f"int a;\nif (x) /* expect: {RULE} 14..33 */\n    y();\n"


def found(line: int = 2, low: int = 14, high: int = 33, rule: str = RULE):
    finding = msgspec.structs.replace(made.finding(), rule=rule, losses=(Loss("other", low, high),))
    return msgspec.structs.replace(finding, at=made.place(line))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("int a; // expect: nothing\n", [], id="line comments are no markers"),
        pytest.param("/* expected later */", [], id="another word"),
        pytest.param(EXPECT, [Expectation(2, RULE, 14, 33, "expect")], id="expect"),
        pytest.param(
            "/* expect: a-rule */", [Expectation(1, "a-rule", None, None, "expect")], id="no lengths"
        ),
        pytest.param("\n\n/* ok: only IPv4 */", [Expectation(3, "", None, None, "ok")], id="ok"),
        pytest.param("/* todo: a-rule - why */", [Expectation(1, "a-rule", None, None, "todo")], id="todo"),
        pytest.param(
            "/* expect: a-rule 0..1 */ /* expect: b-rule */",
            [Expectation(1, "a-rule", 0, 1, "expect"), Expectation(1, "b-rule", None, None, "expect")],
            id="two on a line",
        ),
    ],
)
def test_expectations(text, expected):
    assert expectations(text) == expected


@pytest.mark.parametrize(
    "text", ["/* expect a-rule */", "/* expect: a-rule 14-33 */", "/* ok: */", "/* todo: a-rule */"]
)
def test_what_only_looks_like_a_marker_is_refused(text):
    with pytest.raises(ValueError, match="line 1"):
        expectations(text)


UNMARKED = f"line 2: finding {RULE} 14..33 is not marked"
UNMET = f"line 2: expect: {RULE} 14..33 not found"
TODO = f"\n/* todo: {RULE} - x */"


@pytest.mark.parametrize(
    ("text", "findings", "wrong"),
    [
        pytest.param(EXPECT, [found()], [], id="met"),
        pytest.param(EXPECT, [], [UNMET], id="unmet"),
        pytest.param(EXPECT, [found(), found()], [UNMARKED], id="twice"),
        pytest.param(EXPECT, [found(line=3)], [UNMET, UNMARKED.replace("2", "3", 1)], id="another line"),
        pytest.param(
            EXPECT,
            [found(high=34)],
            [UNMET.replace("not found", "found with lengths 14..34")],
            id="other lengths",
        ),
        pytest.param("", [found()], [UNMARKED], id="unmarked"),
        pytest.param(
            "\n/* ok: x */", [found()], [UNMARKED.replace("not marked", "marked ok")], id="marked ok"
        ),
        pytest.param(TODO, [], [], id="todo still open"),
        pytest.param(
            TODO, [found()], [f"line 2: todo: {RULE} now works: turn it into an expect"], id="todo works"
        ),
        pytest.param(
            EXPECT,
            [found(rule="other-rule")],
            [UNMET, "line 2: finding other-rule 14..33 is not marked"],
            id="another rule",
        ),
    ],
)
def test_mismatches(text, findings, wrong):
    assert mismatches(expectations(text), findings) == wrong
