"""A run stops when its steps are spent, or when many of them have found nothing new."""

import pytest

from auditor.policy.budget import Budget


@pytest.mark.parametrize(
    ("found_at", "stops_at"),
    [((), 11), ((5,), 22), ((5, 15), 33), ((5, 5), 22), ((5, 15, 25, 35), 41), ((12,), 11)],
    ids=["nothing", "once", "twice", "two at once", "up to the end", "too late"],
)
def test_a_run_goes_on_as_long_as_it_finds_something(found_at, stops_at):
    budget = Budget(40, 10)

    for step in range(1, 60):
        budget.places |= {number for number, at in enumerate(found_at) if at == step}
        if budget.spent(step):
            break

    assert step == stops_at
    assert budget.note == (
        "stopped after 40 steps" if stops_at > 40 else "stopped when 10 steps had found nothing new"
    )


def test_a_small_budget_is_used_up_whatever_is_found():
    budget = Budget(5, 10)

    assert [budget.spent(step) for step in (4, 5, 6)] == [False, False, True]
    assert budget.note == "stopped after 5 steps"
