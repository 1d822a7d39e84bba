"""Summaries of calls change nothing: every fixture in, the same policies and bounds as without them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from auditor.ir import Function
from auditor.pipeline import Tree, read_tree
from auditor.policy import Analysis, analyse
from auditor.policy.calls import machine, summaries
from auditor.policy.calls.machine import Machine
from auditor.policy.calls.run import Run
from auditor.policy.calls.summaries import Entered
from auditor.policy.numbers.intervals import Intervals, unite
from auditor.policy.numbers.values import Value
from auditor.policy.paths.state import State
from auditor.settings import Settings
from tests.policy.running import signature
from tests.test_fixtures import CASES, each_case

SETTINGS = Settings(paths=())


class AlwaysFirst(dict[object, list[Entered]]):
    """Never remembers a call, so that every one is the first and its function is run."""

    def setdefault(self, key: object, default: list[Entered]) -> list[Entered]:  # type: ignore[override]
        return default


@cache
def tree_of(path: Path) -> Tree:
    return read_tree(Settings(paths=(path,)))


def analysis_of(path: Path) -> Analysis:
    tree = tree_of(path)
    return analyse(tree.program, tree.knowledge, SETTINGS)


def without_summaries(patch: pytest.MonkeyPatch) -> None:
    whole = Machine.run

    def run(self: Machine, entry: Function, start: State, introduced: dict[int, Value]) -> Run:
        self.entered = AlwaysFirst()
        return whole(self, entry, start, introduced)

    patch.setattr(Machine, "run", run)


def said(analysis: Analysis) -> tuple[object, ...]:
    """All policies, what the bounds say, and what was observed of which frames; the order does not matter."""
    bounds = sorted({str(signature(b)) for b in analysis.bounds})
    return (analysis.policies, bounds, observed(analysis), analysis.gaps)


def observed(analysis: Analysis) -> dict[object, Intervals]:
    """The lengths for which each thing was done, by entry point and place."""
    found: dict[object, Intervals] = {}
    for entry in analysis.entries:
        for seen in entry.run.observations:
            key = (entry.entry.function.name, seen.kind, seen.expr.at, str(seen.values))
            found[key] = unite(found.get(key, ()), seen.lengths)
    return found


@each_case
def test_the_same_policies_and_bounds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summarised = said(analysis_of(path))
    without_summaries(monkeypatch)

    assert said(analysis_of(path)) == summarised


AGAIN = """\
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
struct port { int fd; int mode; };
static int refused(const uint8_t *packet, size_t length)
{
    uint16_t type = packet[12] << 8 | packet[13];
    if (type == 0x86dd && length < 54)
        return 1;
    return length < 20;
}
static int judged(struct port *port, const uint8_t *packet, size_t length)
{
    if (port->mode == 1 && refused(packet, length))
        return -1;
    if (port->mode == 2 && length > 100 && refused(packet, length))
        return -2;
    return 0;
}
int send_packet(struct port *port, const uint8_t *packet, size_t length)
{
    if (length > 1514 && judged(port, packet, length))
        return -1;
    if (packet[0] & 1 ? judged(port, packet, length) : refused(packet, length))
        return -2;
    return send(port->fd, packet, length, 0);
}
"""


def calls_again(folder: Path) -> Path:
    """A driver that calls two functions several times, under other decisions each time."""
    (folder / "again.c").write_text(AGAIN, encoding="utf-8")
    return folder / "again.c"


def test_functions_that_are_called_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = calls_again(tmp_path)
    summarised = said(analysis_of(path))
    without_summaries(monkeypatch)

    assert said(analysis_of(path)) == summarised


TWICE = """\
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
struct port { int fd; int mode; unsigned shorts; };
static int refused(size_t length) { return length < 34; }
int send_packet(struct port *port, const uint8_t *packet, size_t length)
{
    if (port->mode) {
        if (refused(length))
            return -1;
    } else if (refused(length)) {
        port->shorts++;
    }
    return send(port->fd, packet, length, 0);
}
"""


def test_a_site_that_is_reached_twice_is_one_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork is its site and the earlier decisions, which are none in either call."""
    path = tmp_path / "twice.c"
    path.write_text(TWICE, encoding="utf-8")
    summarised = analysis_of(path)
    without_summaries(monkeypatch)
    plain = analysis_of(path)

    assert [len(a.run.forks) for a in plain.entries] == [1]
    assert [len(a.run.forks) for a in summarised.entries] == [1]
    assert said(summarised) == said(plain)


def test_summaries_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison above is not of a thing with itself."""
    used = []
    whole = machine.apply
    monkeypatch.setattr(machine, "apply", lambda *args: used.append(1) or whole(*args))
    for path in (calls_again(tmp_path), *CASES):
        analysis_of(path)
    assert len(used) > 10

    used.clear()
    without_summaries(monkeypatch)
    for path in (calls_again(tmp_path), *CASES):
        analysis_of(path)
    assert not used


def test_steps_are_counted_in_either_way(tmp_path: Path) -> None:
    (found,) = analysis_of(calls_again(tmp_path)).entries

    assert found.run.complete
    assert 50 < found.run.steps < 5000


@pytest.mark.parametrize("fault", ["classes", "history", "lengths"])
def test_these_tests_can_fail(tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A summary that forgets the classes, lengths or forks of the path it is applied to is noticed."""
    whole = summaries._continue

    def broken(state: State, result: State, numbers: object) -> State | None:
        after = whole(state, result, numbers)  # type: ignore[arg-type]
        if after is not None:
            value = {"classes": state.classes, "history": state.history, "lengths": state.lengths}[fault]
            setattr(after, fault, value)
        return after

    monkeypatch.setattr(summaries, "_continue", broken)
    with pytest.raises(AssertionError):
        test_functions_that_are_called_again(tmp_path, monkeypatch)
