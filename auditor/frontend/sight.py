"""The texts of a file and its headers come in, arguments that let clang see nothing else of the disk go out.

What a macro names is known to clang alone. A file where one does sees the scanned tree as well, but for
what is there no regular file of the tree: clang would wait for a FIFO, and read a device without end.
"""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH110, PTH112, PTH113, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import msgspec

from auditor.frontend.discover import NEVER
from auditor.frontend.headers import ROOT
from auditor.frontend.includes import OUTSIDE
from auditor.frontend.inside import lies_in

MOST_ENTRIES = 500_000
"""Of a tree that macros may name files of; Linux has 85,000."""

MOST_HIDDEN = 10_000

_NOWHERE = f"{ROOT}/.nothing"
_OPENED = "/dev/fd"


class Tree(msgspec.Struct, frozen=True):
    """A folder whose regular files clang may read, but none that is ``hidden`` or below what is."""

    base: str
    hidden: tuple[str, ...]


def tree_of(base: str) -> Tree | None:
    """What macros may name below ``base``; None where that is too much, or odd, to be listed.

    Hidden is all that is no regular file of the tree, and links to folders, behind which such things would
    have other names.
    """
    hidden: list[str] = []
    pending, left = [base], MOST_ENTRIES
    while pending:
        folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            hidden.append(folder)
            continue
        left -= len(entries)
        if left < 0 or len(hidden) > MOST_HIDDEN:
            return None
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and entry.name not in NEVER:
                pending.append(entry.path)
            elif not entry.is_file() or (entry.is_symlink() and not lies_in(base, entry.path)):
                hidden.append(entry.path)
    return Tree(base, tuple(hidden)) if all(map(can_be_listed, hidden)) else None


def can_be_listed(name: str) -> bool:
    """Whether ``seeing`` can speak of a file of this name; of others clang gets the bytes."""
    return name.isprintable()  # what is no UTF-8 is not


@contextmanager
def seeing(files: Iterable[str], tree: Tree | None) -> Iterator[tuple[str, ...]]:
    """Clang's arguments for a parse inside the ``with``: it sees ``files`` (absolute names) and ``tree``.

    The list is a virtual file system of LLVM's (``-ivfsoverlay``, its keys are described in
    https://llvm.org/doxygen/classllvm_1_1vfs_1_1RedirectingFileSystem.html). Clang reads it from a pipe, as
    a worker may write no file.
    """
    listed = _listed(files, tree)
    if not os.path.isdir(_OPENED):
        import tempfile  # with it come compressors and random numbers

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "seen.json")
            file.write_bytes(listed)
            yield "-ivfsoverlay", str(file)
        return
    reading, writing = os.pipe()
    writer = Thread(target=_pour, args=(listed, writing))
    writer.start()
    try:
        yield "-ivfsoverlay", f"{_OPENED}/{reading}"
    finally:
        os.close(reading)
        writer.join()


def unseen(base: str, file: str, header: str) -> tuple[str, str]:
    """Where ``header`` leads, named in ``file``, and why clang was not shown it, as the end of a sentence.

    Both are empty where no file is.
    """
    path = os.path.realpath(os.path.join(os.path.dirname(file), header))
    if not os.path.exists(path) or os.path.isdir(path):
        return "", ""
    if not lies_in(base, path):
        return path, OUTSIDE
    return ("", "") if os.path.isfile(path) else (path, "is not a regular file")


def _listed(files: Iterable[str], tree: Tree | None) -> bytes:
    roots = [_entry(name, name) for name in files if can_be_listed(name)]
    if tree is not None:
        roots += [_entry(name, _NOWHERE) for name in tree.hidden]
        roots.append({"type": "directory-remap", "name": tree.base, "external-contents": tree.base})
    return msgspec.json.encode({"version": 0, "redirecting-with": "redirect-only", "roots": roots})


def _entry(name: str, contents: str) -> dict[str, str]:
    return {"type": "file", "name": name, "external-contents": contents}


def _pour(data: bytes, pipe: int) -> None:
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(pipe, left) :]
    except BrokenPipeError:
        pass  # clang has seen enough
    finally:
        os.close(pipe)
