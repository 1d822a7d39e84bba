"""Settings and a git revision in, the settings for a scan of the tree as it was then out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from auditor.model import UsageError
from auditor.revisions import tree_of
from auditor.settings import Settings


@contextmanager
def settings_at(settings: Settings, revision: str) -> Iterator[Settings | None]:
    """``settings`` for the tree as it was at ``revision``, in a folder that lives as long as the context.

    Paths, and folders of excludes, are those of the checkout, moved; None when none of the paths was there
    yet. Raises UsageError when the paths are not in one git checkout, or git knows no such revision.
    """
    top = _top_of(settings.paths)
    with tree_of(revision, top) as folder:
        moved = tuple(folder / path.resolve().relative_to(top) for path in settings.paths)
        paths = tuple(path for path in moved if path.exists())
        excluded = tuple((_moved(where, top, folder), lines) for where, lines in settings.excluded)
        old = msgspec.structs.replace(settings, paths=paths, excluded=excluded, baseline=None, patched=())
        yield old if paths else None


def _top_of(paths: tuple[Path, ...]) -> Path:
    tops = {_above(path.resolve()) for path in paths}
    top = tops.pop()
    if tops or top is None:
        raise UsageError("the paths are not in one git checkout, so there is no revision to compare with")
    return top


def _above(path: Path) -> Path | None:
    """The work tree that holds ``path``; the path itself where it is a bare repository."""
    if (path / "HEAD").is_file() and (path / "objects").is_dir():
        return path
    return next((folder for folder in (path, *path.parents) if (folder / ".git").exists()), None)


def _moved(where: Path, top: Path, folder: Path) -> Path:
    where = where.resolve()
    return folder / where.relative_to(top) if where.is_relative_to(top) else where
