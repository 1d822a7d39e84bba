"""Limits of a worker: numbers come in, a process that the kernel stops goes out.

Where the system has no such limits (Windows) only the supervisor's clock remains.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

if sys.platform != "win32":
    import resource


_PAGES = Path("/proc/self/statm")
"""Pages of this process, as Linux counts them: all, resident, ... (proc(5))."""


_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h of the GNU library
_BUFFER, _TOP = 2**20, 2**24
"""Bytes: of a buffer that goes back to the system when it is freed; that may stay free behind all others."""


class Limits(msgspec.Struct, frozen=True):
    """What one worker may use.

    ``memory`` bytes of address space; ``cpu`` and ``wall`` seconds a request; ``gained`` more bytes than
    it shared with its parent at first, after which a worker that is done with a request is replaced;
    ``reply`` bytes of the longest reply.
    """

    memory: int = 3 * 2**30
    cpu: int = 300
    wall: float = 600.0
    gained: int = 60 * 2**20
    reply: int = 512 * 2**20


def confine(limits: Limits) -> None:
    """Apply what holds for the life of this process: no core, no file written, bounded memory."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_AS, limits.memory)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails instead of ending the process
    _keep_no_buffers()


def _keep_no_buffers() -> None:
    """Hold the bounds of ``malloc`` where they are: by itself it takes the largest buffer for usual.

    One file's table of macros, 48 MB of clang's, and later ones lie among small things that last: 35 MB that
    are free remain resident (mallopt(3)).
    """
    with suppress(AttributeError, OSError, TypeError):  # only the GNU library has it
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, _BUFFER)
        library.mallopt(_M_TRIM_THRESHOLD, _TOP)


def arm(limits: Limits) -> None:
    """Give this process ``limits.cpu`` seconds more; beyond them the kernel ends it with SIGXCPU."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def bloated(limits: Limits, began: int) -> bool:
    """Whether this process keeps more memory than a worker should, after it has given back what it can.

    ``began``: its resident bytes when it began.

    Nothing is collected: looking for cycles takes as long as starting another worker, which has none.
    """
    if resident() - began <= limits.gained * 3 // 5:
        return False
    with suppress(AttributeError, OSError, TypeError):  # only the GNU library has it
        ctypes.CDLL(None).malloc_trim(0)
    return resident() - began > limits.gained


def resident() -> int:
    """Resident bytes now; the most there ever were where the system only says that (macOS), else 0."""
    try:
        pages = _PAGES.read_text(encoding="ascii").split()[1]
    except OSError:
        return _most_resident()
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _most_resident() -> int:
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # getrusage(2) of macOS, of Linux and the BSDs


def _lower(what: int, value: int) -> None:
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))
