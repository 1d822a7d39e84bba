"""The oracle can fail: a fault of one line in the engine must show as a disagreement on some fixture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from auditor.policy.calls.effects.fate import Fates
from auditor.policy.expressions import branching
from auditor.policy.paths import merging
from tests.oracle.build import compiler
from tests.oracle.compare import compare
from tests.oracle.drivers import FIXTURES, run

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler: set CC, or install gcc or clang")

WATCHED = (
    "linux/bare_34.c",
    "linux/guard_in_caller.c",
    "ndis/ethertype_switch.c",
    "plain/minimum_by_protocol.c",
)


def flip_an_operator(patch: pytest.MonkeyPatch) -> None:
    """``<`` is taken for ``<=``."""
    real: Callable[..., Any] = branching.lengths_where
    patch.setattr(branching, "lengths_where", lambda op, a, b: real("<=" if op == "<" else op, a, b))


def merge_without_classes(patch: pytest.MonkeyPatch) -> None:
    """States of different frame classes are joined as if they were of one."""
    patch.setattr(merging, "_without_lengths", lambda states: [s.facts.digest for s in states])


def free_is_a_hand_on(patch: pytest.MonkeyPatch) -> None:
    """A frame that is freed counts as handed on."""
    patch.setattr(Fates, "_free", Fates._hand_on)


def disagreements() -> dict[str, list[str]]:
    """What the watched fixtures show, by fixture, with the engine as it is now."""
    found = {name: compare(run(FIXTURES / name)[1]).disagreements for name in WATCHED}
    return {name: [str(d) for d in there] for name, there in found.items() if there}


def test_the_engine_as_it_is_agrees() -> None:
    assert disagreements() == {}


Fault = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.parametrize("fault", [flip_an_operator, merge_without_classes, free_is_a_hand_on])
def test_a_broken_engine_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)

    assert disagreements() != {}
