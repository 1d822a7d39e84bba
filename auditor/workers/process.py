"""A worker in; a process that the system knows by what it does, and that ends with its parent, out."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PR_SET_NAME = 15
_BETWEEN_LOOKS = 0.5  # seconds


def named(what: str) -> None:
    """Let ``ps``, ``top`` and the log of a system short of memory tell what this process does.

    Linux keeps 15 bytes of a name; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, f"lenaudit {what}".encode(), 0, 0, 0)


def end_with(parent: int) -> None:
    """Have this process end when ``parent``, which forked it, is gone, whatever it is doing then.

    Linux ends it at once. Elsewhere a thread looks twice a second: waiting for the end of the pipe alone
    would let a worker finish its request first, which takes minutes at worst.
    """
    if sys.platform != "linux":
        watch(parent)
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:  # gone before the system was asked
        os._exit(1)


def watch(parent: int) -> None:
    """End this process within a second after ``parent`` has."""
    threading.Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_BETWEEN_LOOKS)
    os._exit(1)
