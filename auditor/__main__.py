"""A process's arguments in, its exit code out: the command ``lenaudit``, and ``python -m auditor``."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys

GARBAGE = 100_000
"""Objects between two looks of the cycle collector: what a command makes has no cycles, or lives on."""


def main() -> None:
    """Run with the process's arguments and exit."""
    gc.set_threshold(GARBAGE)
    end = _End()
    atexit.register(end)  # whoever registers first is called last
    from auditor.cli import run  # what is imported has no cycles either

    signal.signal(signal.SIGTERM, _interrupted)
    end.code = run(sys.argv[1:])
    sys.exit(end.code)


def _interrupted(*_: object) -> None:
    """SIGTERM ends a scan as Ctrl-C does: what is done by then is reported."""
    raise KeyboardInterrupt


class _End:
    """The last step of a process whose ``code`` is known: the system takes all memory back at once.

    The interpreter would look through what is left several times. It still does when the output cannot be
    written, and says so.
    """

    code: int | None = None

    def __call__(self) -> None:
        """Leave, once threads are done and exit functions were called."""
        if self.code is None:
            return
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except (OSError, ValueError):  # no room is left, nobody reads any more, or it is closed
            return
        os._exit(self.code)


if __name__ == "__main__":
    main()
