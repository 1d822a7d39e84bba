"""How long a run may go on: what it has found so far comes in, whether to stop goes out."""

from __future__ import annotations


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

    def spent(self, steps: int) -> bool:
        """Whether a run has to stop after this many steps."""
        if steps <= self._until:
            return False
        if steps > self.most:
            self.note = f"stopped after {self.most} steps"
        elif len(self.places) == self._found:
            self.note = f"stopped when {self.patience} steps had found nothing new"
        else:
            self._found, self._until = len(self.places), min(self.most, steps + self.patience)
            return False
        return True
