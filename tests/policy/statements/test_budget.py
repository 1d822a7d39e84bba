"""A run stops when its steps are spent, or when many of them have found nothing new."""

from __future__ import annotations

import pytest

from auditor.policy.statements.budget import ASIDE, Budget, OutOfBudget, TooLong


@pytest.mark.parametrize(
    ("found_at", "stops_at"),
    [((), 11), ((5,), 22), ((5, 15), 33), ((5, 5), 22), ((5, 15, 25, 35), 41), ((12,), 11)],
    ids=["nothing", "once", "twice", "two at once", "up to the end", "too late"],
)
def test_a_run_goes_on_as_long_as_it_finds_something(found_at: tuple[int, ...], stops_at: int) -> None:
    budget = Budget(40, 10)
    step = next(n for n in range(1, 60) if not _goes_on(budget, n, found_at))

    said = "stopped after 40 steps" if stops_at > 40 else "stopped when 10 steps had found nothing new"
    assert (step, budget.note) == (stops_at, said)


def test_a_small_budget_is_used_up_whatever_is_found() -> None:
    budget = Budget(5, 10)
    budget.go_on(5)

    with pytest.raises(OutOfBudget):
        budget.go_on(6)
    assert budget.note == "stopped after 5 steps"


def test_a_call_without_the_frame_has_few_steps_of_its_own() -> None:
    budget = Budget(10 * ASIDE, 10 * ASIDE)

    with budget.aside(100):
        budget.go_on(100 + ASIDE)
        with pytest.raises(TooLong):
            budget.go_on(101 + ASIDE)
    budget.go_on(102 + ASIDE)


def _goes_on(budget: Budget, step: int, found_at: tuple[int, ...]) -> bool:
    budget.places |= {number for number, at in enumerate(found_at) if at == step}
    try:
        budget.go_on(step)
    except OutOfBudget:
        return False
    return True
