"""Files done come in, a progress bar on stderr goes out: files, rate, time left."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from auditor.model import visible

_PER_SECOND = 10  # times that the bar is drawn


class _Rate(ProgressColumn):
    """Files per second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f} files/s" if task.speed else "")


class Bar:
    """A bar that is drawn by whoever calls it: no thread of its own, so that workers may be forked."""

    def __init__(self) -> None:
        columns = (
            BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(compact=True),
            TextColumn("{task.description}", markup=False),
        )  # fmt: skip
        self._bar = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        self._task = self._bar.add_task("", total=None)
        self._drawn = -1.0

    def __call__(self, file: str, done: int, total: int) -> None:
        """``done`` of ``total`` files are analysed, ``file`` the last of them; the bar goes with the last."""
        if self._drawn < 0:
            self._bar.start()
        self._bar.update(self._task, description=visible(file), completed=done, total=total)
        now = self._bar.get_time()
        if done == total:
            self._bar.stop()
            self._drawn = -1.0
        elif now - self._drawn > 1 / _PER_SECOND:
            self._bar.refresh()
            self._drawn = now
