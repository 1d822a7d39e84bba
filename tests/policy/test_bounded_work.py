"""Drivers that are too much work in: what was found by then, and a gap that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Confidence, Outcome
from auditor.pipeline import scan
from auditor.settings import Settings
from tests.policy.running import DROPPED, EITHER, SENT, analysed, entry_of, rows
from tests.policy.small_drivers import DROP, driver, xmit

CUT = xmit(f"if (dev->flags & 1) dev->stats.tx_errors++; if (skb->len < 34) {DROP}")


@pytest.mark.parametrize("budget", [1, 3, 6, 10, 15, 25])
def test_a_spent_budget_never_reads_as_clean(tmp_path: Path, budget: int) -> None:
    """Either nothing is missing, or it is said: in the policy, in the run, and as a gap."""
    whole = analysed(tmp_path, CUT)
    cut = analysed(tmp_path, CUT, step_budget=budget)
    (found,) = cut.entries
    spent = budget < entry_of(whole).run.steps - 3  # the last steps of a path may still be taken

    assert found.run.complete is not spent
    assert [gap.kind for gap in cut.gaps] == ["budget"] * spent
    assert all(p.complete is not spent for p in cut.policies)
    assert spent or cut.policies == whole.policies


DEEP = {
    "parentheses": driver(f"if ({'(' * 200}length < 34{')' * 200}) return -1;"),
    "a long sum": driver(f"if (length < 34 {'+ port->mode ' * 1500}) return -1;"),
    "a long condition": driver(f"if ({' || '.join(f'length == {n}' for n in range(1200))}) return -1;"),
    "nested blocks": driver("if (port->mode) {" * 200 + "if (length < 34) return -1;" + "}" * 200),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_analysed_or_said(tmp_path: Path, text: str) -> None:
    """Whatever is too deep: no crash, and a gap unless the minimum was found."""
    (tmp_path / "driver.c").write_text(text, encoding="utf-8")
    report = scan(Settings(paths=(tmp_path,), min_confidence=Confidence.LOW)).report
    lost = any(Outcome.DROPPED in s.outcomes for p in report.policies for r in p.rows for s in r.spans)

    assert lost or [gap for gap in report.gaps if gap.level != "note"]


RECURSIVE = driver(
    "if (check(length) < 0) return -1;",
    "static int check(size_t n) { if (n < 34) return -1; if (n > 70) return check(n - 20); return 0; }\n",
)


def test_recursion_is_bounded(tmp_path: Path) -> None:
    """The inner call is not entered: what it says is not known."""
    assert rows(analysed(tmp_path, RECURSIVE))["arp"] == [(0, DROPPED), (34, SENT), (71, EITHER)]


def test_recursion_is_said(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, RECURSIVE)

    assert analysis.gaps
    assert not entry_of(analysis).run.complete
