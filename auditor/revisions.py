"""A git revision in, its C files and projects in a temporary folder out; nothing of it is executed.

Blobs are read as they are stored (``ls-tree`` and ``cat-file``), past filters, hooks and checkout settings,
and nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from auditor.model import UsageError

CODE = frozenset(
    {".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inc", ".inl", ".vcxproj", ".vcxitems",
     ".props", ".sln"}
)  # fmt: skip
"""What a scan reads."""
REGULAR = frozenset({b"100644", b"100755", b"100664"})
QUIET = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
}  # fmt: skip


@contextmanager
def tree_of(revision: str, place: Path) -> Iterator[Path]:
    """The C files and projects of ``revision`` of ``place``'s repository, below a folder that goes again.

    The yielded path is what stands for ``place`` itself. Raises UsageError when there is no repository, no
    such revision, or nothing at that place in it.
    """
    folder = place if place.is_dir() else place.parent
    commit = _commit(revision, folder)
    top = _top(folder)
    inside = PurePosixPath(place.resolve().relative_to(top).as_posix())
    with tempfile.TemporaryDirectory(prefix="lenaudit-") as made:
        root = Path(made).resolve()
        (root / ".git").mkdir()  # what tells a scan where the tree's base is
        _extract(top, _blobs(top, commit), root)
        if not (root / inside).exists():
            raise UsageError(f"{revision}: there is no C file at {inside}")
        yield root / inside


def _top(folder: Path) -> Path:
    """The root of the work tree; the repository itself where it is bare."""
    if _git(folder, "rev-parse", "--is-bare-repository").strip() == b"true":
        return folder.resolve()
    return Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n")).resolve()


def _commit(revision: str, folder: Path) -> str:
    if revision.startswith("-"):
        raise UsageError(f"{revision}: is no git revision")
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except UsageError as error:
        raise UsageError(
            f"{revision}: is neither a folder nor a git revision of {folder}", error.hint
        ) from error
    return found.decode().strip()


def _blobs(top: Path, commit: str) -> Iterator[tuple[str, str]]:
    """Object and path of every C file of the commit. Raises UsageError for a path that leads out of it."""
    for line in _git(top, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        if not line:
            continue
        facts, _, raw = line.partition(b"\t")
        mode, _, found = facts.split()
        path = os.fsdecode(raw)
        if mode in REGULAR and PurePosixPath(path).suffix.lower() in CODE:
            if not _is_inside(path):
                raise UsageError(f"{commit}: holds a path that no checkout has: {path!r}")
            yield found.decode(), path


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return not {"", ".", ".."} & set(parts) and not any(part.lower() == ".git" for part in parts)


def _extract(top: Path, blobs: Iterable[tuple[str, str]], root: Path) -> None:
    listed = list(blobs)
    asked = "".join(f"{found}\n" for found, _ in listed).encode()
    answer, offset = _git(top, "cat-file", "--batch", given=asked), 0
    for _, path in listed:
        end = answer.index(b"\n", offset)
        head = answer[offset:end].split()
        if head[-1] == b"missing":
            raise UsageError(f"{path}: is not in this clone of the repository", "fetch it first")
        size = int(head[2])
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer[end + 1 : end + 1 + size])
        offset = end + 2 + size


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, check=False, env={**os.environ, **QUIET}
        )
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}", "name two folders instead") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise UsageError(f"git {arguments[0]}: {said[0] if said else 'failed'}")
    return done.stdout
