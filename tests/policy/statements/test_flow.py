# ruff: noqa: E501 - a driver in C reads best on one line of the table
"""Control flow in: loops run once or not at all, gotos and switches go where C goes, and what is read stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.ir import Function, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.pipeline import read_tree
from auditor.policy.statements import flow as flow_module
from auditor.policy.statements.flow import Flow, Forget, Node
from auditor.policy.statements.flow_builder import build_flow
from auditor.settings import Settings
from tests.policy.programs import file_of, function
from tests.policy.running import DROPPED, EITHER, SENT, Spans, analysed, rows
from tests.policy.small_drivers import ALWAYS, FROM_34, driver

SHORT = "if (length < 34) return -1;"
FLOWS = {
    # loops: once or not at all
    "a loop that checks": (driver("int i; for (i = 0; i < 3; i++) { if (length < 34) return -1; }"), FROM_34),
    "a loop that is left": (driver("for (;;) { if (length < 34) return -1; break; }"), FROM_34),
    "a loop whose test is the check": (driver("while (length < 34) { return -1; }"), FROM_34),
    "a loop that need not run": (driver("size_t n = length; while (n > 100) n -= 100; if (n < 34) return -1;"), [(0, DROPPED), (34, SENT), (101, EITHER)]),
    "what a loop counts is not known after it": (
        driver("unsigned i, found = 0; for (i = 0; i < 6; i++) found += packet[i] == 0xff; if (found == 6 && length < 34) return -1;"),
        [(0, EITHER), (34, SENT)],
    ),
    "what a loop does not change is known after it": (
        driver("size_t n = length; int i; for (i = 0; i < 9; i++) port->sent++; if (n < 34) return -1;"),
        FROM_34,
    ),
    "do while zero is a block": (driver("do { if (length < 34) return -1; length += 4; } while (0); if (length < 60) return -1;"), [(0, DROPPED), (56, SENT)]),
    "break out of do while zero": (driver("int bad = 1; do { if (length < 34) break; bad = 0; } while (0); if (bad) return -1;"), FROM_34),
    "continue in do while zero": (driver("int bad = 1; do { if (length < 34) continue; bad = 0; } while (0); if (bad) return -1;"), FROM_34),
    "continue skips the rest of a batch": (
        driver("int i; for (i = 0; i < 2; i++) { if (length < 34) continue; send(port->fd, packet, length, 0); } return 0;"),
        FROM_34,
    ),
    "break of the inner loop only": (
        driver("int a, b, bad = 0; for (a = 0; a < 2; a++) { for (b = 0; b < 2; b++) { if (length < 34) { bad = 1; break; } } if (bad) return -1; }"),
        FROM_34,
    ),
    "break of a switch in a loop": (
        driver("int bad = 0; do { switch (length < 34) { case 1: bad = 1; break; default: break; } if (bad) return -1; } while (0);"),
        FROM_34,
    ),
    "continue in a switch in a loop": (
        driver("int i; for (i = 0; i < 2; i++) { switch (length < 34) { case 1: continue; } return send(port->fd, packet, length, 0); } return -1;"),
        FROM_34,
    ),
    # goto
    "goto forward": (driver("if (length < 34) goto bad; goto good; bad: return -1; good: ;"), FROM_34),
    "goto backward to what did not run": (
        driver("goto check; out: return send(port->fd, packet, length, 0); check: if (length < 34) return -1; goto out;"),
        FROM_34,
    ),
    "goto backward to what ran": (
        driver("int tries = 0; again: if (length < 34) return -1; if (tries++ < 3 && port->mode) goto again;"),
        FROM_34,
    ),
    "goto into a block": (
        driver("if (length >= 34) goto in; if (ready() > 5) { in: return send(port->fd, packet, length, 0); } return -1;", "int ready(void);\n"),
        [(0, EITHER), (34, SENT)],
    ),
    "goto out of two loops": (
        driver("int a, b; for (a = 0; a < 2; a++) for (b = 0; b < 2; b++) if (length < 34) goto bad; goto good; bad: return -1; good: ;"),
        FROM_34,
    ),
    "code behind a return": (driver("goto go; return -1; if (length < 34) return -1; go: ;"), ALWAYS),
    # switch
    "fall-through": (driver("int n = 0; switch (length >= 34) { case 0: n += 1; case 1: n += 2; } if (n == 3) return -1;"), FROM_34),
    "ranges of cases": (
        driver("switch (length) { case 0 ... 13: return -1; case 42: return -1; default: break; case 1515 ... 65535: return -1; }"),
        [(0, DROPPED), (14, SENT), (42, DROPPED), (43, SENT), (1515, DROPPED)],
    ),
    "default in the middle": (driver("int n = 0; switch (length) { case 100: n = 1; break; default: n = 2; case 200: n += 4; } if (n > 4) return -1;"), [(0, DROPPED), (100, SENT), (101, DROPPED), (200, SENT), (201, DROPPED)]),
    "default first": (driver("switch (length) { default: return -1; case 60: case 61: break; }"), [(0, DROPPED), (60, SENT), (62, DROPPED)]),
    "no default": (driver("switch (length) { case 60: return -1; }"), [(0, SENT), (60, DROPPED), (61, SENT)]),
    "a case inside a block of the switch": (
        driver("switch (length < 34) { case 0: if (ready() > 99) { case 1: return -1; } break; }", "int ready(void);\n"),
        [(0, DROPPED), (34, EITHER)],
    ),
    "a switch of an enumeration": (
        driver("switch (judge(length)) { case BAD: case WORSE: return -1; case GOOD: break; }",
               "enum verdict { GOOD, BAD, WORSE };\nstatic enum verdict judge(size_t n) { return n < 34 ? BAD : n > 1514 ? WORSE : GOOD; }\n"),
        [(0, DROPPED), (34, SENT), (1515, DROPPED)],
    ),
    "statements before the first case": (driver("switch (length >= 34) { int unused; return -1; case 1: return send(port->fd, packet, length, 0); } return -1;"), FROM_34),
    # statement expressions
    "the value of a statement expression": (driver("size_t n = ({ size_t t = length; t += 4; t; }); if (n < 38) return -1;"), FROM_34),
    "a branch in a statement expression": (driver("size_t n = ({ size_t t = 14; if (length > 1000) t = 1200; t; }); if (length < n) return -1;"), [(0, DROPPED), (14, SENT), (1001, DROPPED), (1200, SENT)]),
    "a variable set in a statement expression": (driver("int bad = 0; ({ if (length < 34) bad = 1; bad; }); if (bad) return -1;"), FROM_34),
    "a negative case": (driver("int rc = length < 34 ? -22 : 0; switch (rc) { case -22: return rc; case 0: break; }"), FROM_34),
    "a return in a statement expression": (driver(f"({{ {SHORT} }});"), FROM_34),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FLOWS.values(), ids=FLOWS)
def test_the_way_c_goes(tmp_path: Path, text: str, expected: Spans) -> None:
    found = rows(analysed(tmp_path, text))

    assert {tuple(row) for row in found.values()} == {tuple(expected)}


@pytest.mark.parametrize("jump", ["goto bad;", "break;"])
def test_a_jump_out_of_a_statement_expression_leads_somewhere(tmp_path: Path, jump: str) -> None:
    text = driver(
        f"do {{ ({{ if (length < 34) {jump} 0; }}); return send(port->fd, packet, length, 0); }} while (0); bad: return -1;"
    )
    (found,) = analysed(tmp_path, text).entries

    assert {(b.kind, b.threshold) for b in found.bounds} == {("minimum", 34)} or not found.run.complete


# --- the graph itself ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> list[Flow]:
    """The flows of all fixtures and of some made functions."""
    folder = tmp_path_factory.mktemp("flows")
    (folder / "made.c").write_text(file_of([function(seed) for seed in range(30)]), encoding="utf-8")
    fixtures = Path(__file__).resolve().parents[3] / "fixtures"
    trees = [read_tree(Settings(paths=(path,))) for path in (folder, fixtures / "linux", fixtures / "plain")]
    return [build_flow(f) for tree in trees for f in tree.program.functions()]


def test_execution_order(flows: list[Flow]) -> None:
    """Every node stands behind one that leads to it, and the first is the entry."""
    assert len(flows) > 150
    for flow in flows:
        assert [node.index for node in flow.nodes] == list(range(len(flow.nodes)))
        reached = {0} | {t.index for node in flow.nodes for t in node.successors() if t.index > node.index}
        assert reached == set(range(len(flow.nodes))), flow.function.name


def test_every_statement_of_structured_code_is_reached(flows: list[Flow]) -> None:
    """Without jumps, nothing a function does is left out of its flow."""
    jumps = (s.Goto, s.Break, s.Continue, s.Return, s.Loop)
    checked = 0
    for flow in flows:
        nodes = list(walk(flow.function.body))
        if any(isinstance(n, jumps) for n in nodes[:-1]) or any(
            isinstance(n, e.StatementExpr) for n in nodes
        ):
            continue
        checked += 1
        done = {id(a) for node in flow.nodes for a in node.actions}
        assert {id(n.expr) for n in nodes if isinstance(n, s.Evaluate)} <= done
    assert checked > 5


def used(node: Node) -> Iterator[tuple[str, bool]]:
    """(local, whether it is read) in execution order; an assignment reads its source first."""
    last = node.exit[1] if node.exit[0] in ("branch", "select", "return") else None
    for action in (*node.actions, *([last] if last is not None else [])):
        match action:
            case Forget():
                pass
            case s.Declare(symbol=symbol, init=init):
                yield from ((n, True) for n in names(init))
                yield symbol, False
            case e.Assign(op="=", target=e.Name(symbol=symbol), source=source):
                yield from ((n, True) for n in names(source))
                yield symbol, False
            case _:
                yield from ((n, True) for n in names(action))


def names(expr: e.Expression | None) -> Iterator[str]:
    for node in walk(expr) if expr is not None else ():
        if isinstance(node, e.Name) and node.scope in ("local", "param"):
            yield node.symbol


def read_from(flow: Flow, start: Node, symbol: str) -> bool:
    """Whether some way on from ``start`` reads the local before it is written."""
    waiting, seen = [start], set()
    while waiting:
        node = waiting.pop()
        if node.index in seen:
            continue
        seen.add(node.index)
        first = next((read for name, read in used(node) if name == symbol), None)
        if first:
            return True
        if first is None:
            waiting += [t for t in node.successors() if t.index > node.index]
    return False


def dropped_too_early(flows: list[Flow]) -> list[str]:
    found = []
    for flow in flows:
        symbols = {name for node in flow.nodes for name, _ in used(node)}
        for node in flow.nodes:
            found += [
                f"{flow.function.name}: {symbol} at node {node.index}"
                for symbol in symbols - node.live
                if read_from(flow, node, symbol)
            ]
    return found


def test_what_is_still_read_is_never_dropped(flows: list[Flow]) -> None:
    assert dropped_too_early(flows) == []


def test_what_is_never_read_again_is_dropped(flows: list[Flow]) -> None:
    """Else no two paths would ever meet again."""
    wasted = [
        (flow.function.name, symbol, node.index)
        for flow in flows
        for node in flow.nodes
        for symbol in node.live
        if not read_from(flow, node, symbol)
    ]
    assert wasted == []


def test_these_tests_can_fail(flows: list[Flow], monkeypatch: pytest.MonkeyPatch) -> None:
    """Liveness that forgets what conditions read is noticed."""
    whole = flow_module._reads
    monkeypatch.setattr(
        flow_module, "_reads", lambda expr: set() if isinstance(expr, e.Binary) else whole(expr)
    )
    broken = [build_flow(flow.function) for flow in flows[:30]]

    assert dropped_too_early(broken)


def test_a_function_without_a_body_returns(tmp_path: Path) -> None:
    tree_file = tmp_path / "a.c"
    tree_file.write_text("void nothing(void) { }\n", encoding="utf-8")
    (only,) = read_tree(Settings(paths=(tree_file,))).program.functions()
    assert isinstance(only, Function)
    (node,) = build_flow(only).nodes

    assert node.exit[:2] == ("return", None)
