"""A comment suppresses just the finding it stands at, only with a reason, and never in silence."""

from __future__ import annotations

import time

import pytest

from auditor.findings.suppress import suppress
from auditor.model import Sources
from tests.report import made

RULE = made.RULE_ID
LINE = 7
OF = "suppression of"


def with_comment(folder, line: int, comment: str):
    base = made.tree(folder)
    lines = made.CODE.splitlines()
    lines[line - 1] = (lines[line - 1] + " " + comment) if lines[line - 1].strip() else comment
    (base / made.FILE).write_text("\n".join(lines), encoding="utf-8")
    return Sources(str(base))


def run(sources, ran=(RULE,), known=()):
    findings, gaps = suppress([made.finding(LINE)], sources, [made.FILE], frozenset(ran), frozenset(known))
    return findings[0].suppressed, [gap.message for gap in gaps]


@pytest.mark.parametrize("line", [LINE, LINE - 1], ids=["same line", "line above"])
@pytest.mark.parametrize(
    "comment", ["/* lenaudit: ignore[{}] -- IPv4 only */", "// lenaudit: ignore[{}] -- IPv4 only"]
)
def test_suppressed(tmp_path, line, comment):
    assert run(with_comment(tmp_path, line, comment.format(RULE))) == ("IPv4 only", [])


@pytest.mark.parametrize(
    ("line", "comment", "message"),
    [
        pytest.param(LINE, f"/* lenaudit: ignore[{RULE}] */", "without a reason", id="no reason"),
        pytest.param(LINE, f"/* lenaudit: ignore[{RULE}] -- */", "without a reason", id="empty reason"),
        pytest.param(LINE - 2, f"/* lenaudit: ignore[{RULE}] -- x */", "suppresses nothing", id="too far up"),
        pytest.param(LINE + 1, f"/* lenaudit: ignore[{RULE}] -- x */", "suppresses nothing", id="below"),
    ],
)
def test_a_comment_without_effect_is_named(tmp_path, line, comment, message):
    suppressed, messages = run(with_comment(tmp_path, line, comment))
    assert suppressed == ""
    assert len(messages) == 1
    assert message in messages[0]


def test_a_comment_behind_code_does_not_speak_about_the_next_line(tmp_path):
    comment = f"/* lenaudit: ignore[{RULE}] -- x */"
    suppressed, messages = run(with_comment(tmp_path, LINE + 1, comment))
    assert (suppressed, len(messages)) == ("", 1)


def test_several_rules_in_one_comment(tmp_path):
    sources = with_comment(tmp_path, LINE, f"/* lenaudit: ignore[other-rule, {RULE}] -- x */")
    assert run(sources) == ("x", [])
    assert run(sources, ran=(RULE, "other-rule"))[1] == [
        "suppression of other-rule suppresses nothing; remove it"
    ]


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("l3-minimum-on-l2", [f"{OF} l3-minimum-on-l2: there is no such rule; did you mean '{RULE}'?"]),
        ("other-rule", []),
    ],
    ids=["misspelt", "did not run"],
)  # fmt: skip
def test_a_rule_that_does_not_exist_is_named(tmp_path, name, messages):
    sources = with_comment(tmp_path, LINE, f"/* lenaudit: ignore[{name}] -- x */")
    assert run(sources, known=(RULE, "other-rule")) == ("", messages)


@pytest.mark.parametrize(
    "text",
    [
        "/*lenaudit:ignore[" * 50_000,
        "/* lenaudit: ignore[a-b] x" + (" " * 100_000 + "x") * 5,
        "/*" + " " * 500_000 + "lenaudit:",
        "// lenaudit: ignore[a-b] --" + " " * 500_000,
    ],
    ids=["opened again and again", "blanks in the reason", "blanks before", "blanks behind"],
)
def test_a_long_line_takes_no_time(tmp_path, text):
    (tmp_path / "a.c").write_text(text, encoding="utf-8")
    begun = time.monotonic()
    suppress([], Sources(str(tmp_path)), ["a.c"], frozenset(["a-b"]), frozenset(["a-b"]))
    assert time.monotonic() - begun < 2


def test_many_unknown_rules_take_no_time(tmp_path):
    comments = "\n".join(f"/* lenaudit: ignore[some-rule-{n}] -- x */" for n in range(50_000))
    (tmp_path / "a.c").write_text(comments, encoding="utf-8")
    known = frozenset(f"some-rules-{letter}" for letter in "abcdefghij")
    begun = time.monotonic()
    _, gaps = suppress([], Sources(str(tmp_path)), ["a.c"], frozenset(known), known)
    assert time.monotonic() - begun < 4
    assert len(gaps) == 50_000
    assert "did you mean" in gaps[0].message


def test_two_comments_in_a_line(tmp_path):
    sources = with_comment(
        tmp_path, LINE, f"/* lenaudit: ignore[a-b] -- x */ /* lenaudit: ignore[{RULE}] -- y */"
    )
    assert run(sources)[0] == "y"
