"""Random C functions in: on every sampled frame, the paths that take it do what C does, and nothing else."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from auditor.pipeline import read_policies
from auditor.policy import EntryAnalysis
from auditor.policy.numbers.intervals import contains
from auditor.policy.numbers.lengths import LONGEST
from auditor.policy.numbers.values import Bytes, Sym
from auditor.policy.paths.classes import ClassTable
from auditor.policy.statements.flow import Flow
from auditor.policy.statements.walker import Leaf, Walker
from auditor.settings import Settings
from tests.policy.made_expressions import ETHERTYPES
from tests.policy.programs import Written, file_of, function, telling_lengths

MODES = [(a, b) for a in (0, 1, 2) for b in (0, 1)]
BATCH = 40


def takes(leaf: Leaf, length: int, bit: int, kind: int, modes: dict[str, int]) -> bool:
    """Whether the path is one of a frame of that length, class and ethertype, in those modes."""
    state = leaf.state
    if not contains(state.lengths, length) or not state.classes & bit:
        return False
    swapped = kind >> 8 | (kind & 0xFF) << 8
    for key, values in state.facts.items():
        if isinstance(key, Sym) and key.text in modes and not contains(values, modes[key.text]):
            return False
        is_type = isinstance(key, Bytes) and (key.offset, key.width) == (12, 2)
        if is_type and not contains(values, kind if key.host else swapped):
            return False
    return True


def differences(found: EntryAnalysis, written: Written, table: ClassTable, exact: bool) -> list[str]:
    """Frames that the function sends and no path hands on, or the other way round."""
    wrong = []
    sent = {id(leaf): any(x.kind == "hand-on" for x in leaf.state.events) for leaf in found.run.leaves}
    for length in telling_lengths(Random(1))[:: 1 if exact else 2]:
        for name, kind in ETHERTYPES.items():
            for a, b in MODES:
                modes = {"port->a": a, "port->b": b}
                expected = written.sends(length, kind, a, b)
                taken = [x for x in found.run.leaves if takes(x, length, table.bit(name), kind, modes)]
                outcomes = {sent[id(leaf)] for leaf in taken}
                if expected not in outcomes or (exact and len(outcomes) > 1):
                    wrong.append(f"{length} bytes of {name}, a={a} b={b}: {outcomes} for {expected}")
    return wrong


def compared(folder: Path, seeds: range, depth: int, exact: bool) -> list[str]:
    functions = {f.name: f for f in (function(seed, depth, wide=exact) for seed in seeds)}
    (folder / "made.c").write_text(file_of(list(functions.values())), encoding="utf-8")
    tree, analysis = read_policies(Settings(paths=(folder / "made.c",)))
    table = ClassTable(tree.knowledge.protocols)
    names = {a.entry.function.name for a in analysis.entries}
    assert functions.keys() <= names
    assert not analysis.gaps

    found = []
    for analysed in analysis.entries:
        written = functions[analysed.entry.function.name]
        wrong = differences(analysed, written, table, exact)
        if wrong:
            found.append("\n".join([written.text, *wrong[:5]]))
    return found


@pytest.mark.parametrize("start", [0, 100, 200, 300])
def test_paths_do_what_c_does(tmp_path: Path, start: int) -> None:
    """Lengths that wrap a few times only: every frame has exactly one outcome, the right one."""
    wrong = compared(tmp_path, range(start, start + BATCH), depth=2, exact=True)

    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("start", [1000, 1100])
def test_what_is_not_traced_is_not_lost(tmp_path: Path, start: int) -> None:
    """Bytes and small masks too: what C does is always among the outcomes."""
    wrong = compared(tmp_path, range(start, start + BATCH), depth=2, exact=False)

    assert not wrong, "\n\n".join(wrong)


def wrong_bounds(found: EntryAnalysis, written: Written) -> list[str]:
    """Minima and maxima that the function does not have, or has and that were not found."""
    edges = {e for leaf in found.run.leaves for low, high in leaf.state.lengths for e in (low, high + 1)}
    looked = {n for n in (*edges, *telling_lengths(Random(2))) if 0 < n <= LONGEST}
    wrong = []
    for name in ("ipv4", "ipv6", "arp"):  # the other classes have several types, which may be told apart
        kind, expected = ETHERTYPES[name], set()
        for n in looked:
            below, here = (written.sends(length, kind, 0, 0) for length in (n - 1, n))
            if below != here:
                expected.add(("minimum" if here else "maximum", n))
        claimed = {(b.kind, b.threshold) for b in found.bounds if b.frame_class.id == name}
        wrong += [f"{name}: {bound} not found" for bound in expected - claimed]
        wrong += [f"{name}: {bound} is none" for bound in claimed - expected]
    return wrong


@pytest.mark.parametrize("start", [2000, 2100])
def test_bounds_are_where_the_outcome_changes(tmp_path: Path, start: int) -> None:
    """Without modes every frame has one outcome, and a bound lies exactly where it changes."""
    functions = {
        f.name: f for f in (function(n, 2, wide=True, modes=False) for n in range(start, start + BATCH))
    }
    (tmp_path / "made.c").write_text(file_of(list(functions.values())), encoding="utf-8")
    _, analysis = read_policies(Settings(paths=(tmp_path / "made.c",)))
    wrong = {
        functions[a.entry.function.name].text: found
        for a in analysis.entries
        if (found := wrong_bounds(a, functions[a.entry.function.name]))
    }

    assert not wrong, "\n".join(f"{text}\n{problems[:5]}" for text, problems in wrong.items())


def test_equal_seeds_give_equal_functions() -> None:
    assert function(7).text == function(7).text
    assert function(7).text != function(8).text


@pytest.mark.parametrize("fault", ["liveness", "comparison"])
def test_these_tests_can_fail(tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that are dropped too early, and an end that is off by one, are noticed."""
    if fault == "comparison":
        monkeypatch.setattr(
            "auditor.policy.numbers.solving.holds",
            lambda op, left, right: op in ("<=", ">=", "==") or left < right,
        )
        monkeypatch.setattr(
            "auditor.policy.expressions.branching.lengths_where", lambda op, left, right: ((0, 33),)
        )
    else:
        whole = Walker.walk

        def walk(self: Walker, flow: Flow, *rest: object, **more: object) -> object:
            for node in flow.nodes:
                node.live = frozenset()
            return whole(self, flow, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(Walker, "walk", walk)

    assert compared(tmp_path, range(BATCH), depth=2, exact=True)
