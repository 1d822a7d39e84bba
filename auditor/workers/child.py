"""The worker's side: requests come in on a pipe, one reply to each goes out, until the pipe is closed."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from auditor.workers.channel import Broken, receive, send
from auditor.workers.limits import Limits, arm, bloated, confine, resident
from auditor.workers.process import end_with, named

DONE, LAST, FAILED = 1, 2, 3
"""Kinds of replies: the result; the result, and the worker ends; what went wrong, as text."""

STOPPING = (signal.SIGINT, signal.SIGTERM)
"""Signals that wait until a worker is no copy of its supervisor any more, and takes them its own way."""

Function = Callable[[bytes], bytes]


def run(
    functions: Sequence[Function], limits: Limits, pipes: tuple[int, int], others: Iterable[int], parent: int
) -> None:
    """Serve requests from the first of ``pipes`` on the second until it is closed; never returns.

    A request's kind is the number of its function. ``others`` are the pipes of the supervisor, the process
    ``parent``, and of other workers, which this process inherited and must not hold open.
    """
    code, (inlet, outlet) = 1, pipes
    try:
        for fd in others:
            os.close(fd)
        settle(limits, parent)
        began = resident()
        while True:
            named("waits")
            kind, request = receive(inlet)
            arm(limits)
            named(functions[kind].__name__)
            reply = _answer(functions[kind], request)
            del request
            last = reply[0] == FAILED or bloated(limits, began)
            send(outlet, LAST if last and reply[0] == DONE else reply[0], reply[1])
            if last:
                break
        code = 0
    except Broken:
        code = 0
    finally:
        os._exit(code)  # nothing of the supervisor's is to be flushed or cleaned up here


def settle(limits: Limits, parent: int) -> None:
    """Be a process of its own: silent, deaf to Ctrl-C (``parent`` hears it), confined, and no orphan."""
    end_with(parent)
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):  # clang reports its crashes there
        os.dup2(null, fd)
    os.close(null)
    gc.freeze()
    gc.disable()  # a request's data dies by reference count, the rest with the worker
    confine(limits)


def _answer(function: Function, request: bytes) -> tuple[int, bytes]:
    try:
        return DONE, function(request)
    except MemoryError:
        return FAILED, b"it ran out of memory"
    except RecursionError:
        return FAILED, b"it is nested too deeply"
    except Exception as error:
        return FAILED, _what(error).encode("utf-8", "replace")


def _what(error: Exception) -> str:
    """The error in a line, with the place that raised it and its notes."""
    import traceback  # what goes well needs none

    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({PurePath(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    return f"internal error: {type(error).__name__}: {error}{notes}{place}"
