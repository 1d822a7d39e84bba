"""Bytes and a path come in; a file of the user's that holds all of them, or what it held before, goes out."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

NOT_REPLACED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})
"""What a folder says that takes no new file, or a file that is mounted on its own or somebody else's."""

_STANDARD = (0, 1, 2)  # file descriptors
_BESIDE = re.compile(r"\.lenaudit-[0-9a-f]{16}")
_PRIVATE = 0o600
_USUAL = 0o666  # less the umask


def deliver(content: bytes, path: Path) -> None:
    """Make ``path`` hold ``content``. Raises OSError; whatever ends this, no file is left half written.

    A new file is written beside the old one and takes its name, owner, permissions and attributes; of a link
    the file that it leads to is replaced. What a kill leaves beside it goes when the next file is written
    there. What cannot be replaced is written where it is, as far as possible: pipes, devices, files that are
    this process's own output (``/dev/stdout``), files in folders that take no new ones.
    """
    before = _status(path)
    target = Path(os.path.realpath(path))
    if before is None or (_replaceable(before) and os.access(target, os.W_OK)):
        try:
            _replace(target, content, before)
            return
        except OSError as error:
            if before is None or error.errno not in NOT_REPLACED:
                raise
    path.write_bytes(content)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _replaceable(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and not any(_is_open_as(number, status) for number in _STANDARD)


def _is_open_as(number: int, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.fstat(number), status)
    except OSError:  # closed by whoever started this process
        return False


def _replace(target: Path, content: bytes, before: os.stat_result | None) -> None:
    _sweep(target.parent)
    with ExitStack() as lock:
        beside, file = _begun(target, _USUAL if before is None else _PRIVATE, lock)
        try:
            with file:
                file.write(content)
            if before is not None:
                _take_after(beside, target, before)
            beside.replace(target)
        except BaseException:  # Ctrl-C leaves nothing behind either
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise


def _sweep(folder: Path) -> None:
    """Remove what writers that were killed have left in ``folder``: their locks ended with them."""
    if sys.platform == "win32":
        return
    left: list[Path] = []
    with suppress(OSError):
        left += [path for path in folder.iterdir() if _BESIDE.fullmatch(path.name)]
    for path in left:
        with suppress(OSError):
            if path.is_symlink() or not path.is_file():
                continue
            with path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def _begun(target: Path, mode: int, lock: ExitStack) -> tuple[Path, BinaryIO]:
    """A new file beside ``target``, which nobody takes for left behind until ``lock`` ends."""
    while True:
        beside = target.with_name(f".lenaudit-{os.urandom(8).hex()}")  # the target's may be the longest name
        opener = partial(os.open, mode=mode)
        file = open(beside, "xb", opener=opener)  # noqa: SIM115 # who takes it closes it
        if sys.platform == "win32":  # an open file cannot be replaced there
            return beside, file
        lock.callback(os.close, os.dup(file.fileno()))
        with suppress(OSError):  # there are file systems without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return beside, file
        file.close()  # somebody swept before it was locked


def _take_after(beside: Path, target: Path, before: os.stat_result) -> None:
    """The owner, permissions and attributes of ``target``, and the time of now."""
    import shutil  # takes its time at start-up, for the few who write over a file

    made = beside.stat()
    if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
        os.chown(beside, before.st_uid, before.st_gid)
    shutil.copystat(target, beside)
    os.utime(beside)
