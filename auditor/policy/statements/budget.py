"""How long a run may go on: what it has found so far comes in, whether to stop goes out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

ASIDE = 10_000
"""Steps that a call which has nothing of the frame may take, with all that it calls."""


class OutOfBudget(Exception):
    """The steps of the run are spent."""


class TooLong(Exception):
    """A call that has nothing of the frame takes too many steps."""


class Budget:
    """At most ``most`` steps, and ``patience`` of them at a time as long as the last ones found something.

    ``places`` are the ids of expressions at which the run decided or observed something about the frame, or
    ended a path. A run that is stopped for want of news would mostly have told paths apart by what the frame
    has no part in.
    """

    def __init__(self, most: int, patience: int) -> None:
        self.most, self.patience = most, patience
        self.places: set[int] = set()
        self.note = ""  # once it is spent: how
        self._until, self._found = min(most, patience), 0
        self._aside: int | None = None  # until when the call that is being followed must be done

    def go_on(self, steps: int) -> None:
        """Raises OutOfBudget, or TooLong, when the run or a call beside the frame's way has to stop."""
        if self._aside is not None and steps > self._aside:
            raise TooLong
        if steps > self._until and self._spent(steps):
            raise OutOfBudget

    @property
    def is_aside(self) -> bool:
        """Whether a call is being followed that has nothing of the frame."""
        return self._aside is not None

    @contextmanager
    def aside(self, steps: int) -> Iterator[None]:
        """While a call is followed, from step ``steps`` on, that has nothing of the frame."""
        self._aside = steps + ASIDE
        try:
            yield
        finally:
            self._aside = None

    def _spent(self, steps: int) -> bool:
        """Whether the run stops here; if it has found something new, it may go on for a while."""
        if steps > self.most:
            self.note = f"stopped after {self.most} steps"
        elif len(self.places) == self._found:
            self.note = f"stopped when {self.patience} steps had found nothing new"
        else:
            self._found, self._until = len(self.places), min(self.most, steps + self.patience)
            return False
        return True
