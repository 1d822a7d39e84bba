"""What differs between two trees' policies, and how it is said."""

from __future__ import annotations

from msgspec.structs import replace

from auditor.model import Outcome
from auditor.report import changemap
from auditor.report.changes import changes
from auditor.report.text import render_changes
from tests.report import made

DROPPED, KEPT = frozenset({Outcome.DROPPED}), frozenset({Outcome.HANDED_ON})
TUN = made.policy(34, ("device->tun",))


def test_equal_policies_do_not_differ():
    moved = replace(made.policy(), at=made.place(90))
    assert changes([made.policy(), TUN], [moved, TUN]) == ()


def test_only_the_mode_that_changed():
    (change,) = changes([made.policy(34), TUN], [made.policy(14), TUN])
    assert change.policy.mode == ("!device->tun",)
    assert {(d.low, d.high, d.before, d.after) for d in change.differences} == {(14, 33, DROPPED, KEPT)}
    assert len(change.differences) == len(made.CLASSES)


def test_a_policy_may_appear_or_go():
    assert [(c.before, c.after) for c in changes([made.policy()], [TUN])] == [
        (None, TUN),
        (made.policy(), None),
    ]


def test_said_in_numbers():
    (change,) = changes([made.policy(34)], [made.policy(14)])
    assert list(changemap.sentences(change)) == [
        "every class: minimum 34 -> 14 bytes",
        "every class: 14..33 bytes: dropped -> handed on",
    ]


def test_said_of_a_maximum():
    longer = replace(made.policy(34), rows=made.rows(34, 1522))
    (change,) = changes([made.policy(34)], [longer])
    assert "every class: maximum 1518 -> 1522 bytes" in changemap.sentences(change)


def test_drawn_with_both_sides():
    text = render_changes(changes([made.policy(34)], [made.policy(14)]))
    rows = {line.split()[0]: line.split()[-1] for line in text.splitlines() if "every class " in line}
    assert rows["before"].count("X") == rows["after"].count("█") - rows["before"].count("█") > 0
    assert all(len(line) <= 80 for line in text.splitlines())


def test_markdown_quotes_what_comes_from_the_source():
    odd = [replace(made.policy(n), entry="a`b", mode=("x | <b>",)) for n in (34, 14)]
    text = changemap.markdown(changes(odd[:1], odd[1:]))
    assert "#### ``a`b``, when `x | <b>`" in text
    assert "- every class: minimum 34 -> 14 bytes" in text
    assert text.count("```") == 2
