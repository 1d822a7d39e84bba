"""Globs and names in; whether one matches out, as fnmatch says of each."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from auditor.knowledge import Globs

GLOBS = ("linux/skbuff.h", "linux/of*.h", "net/?.h", "[ab].c", "a]", "x.y")
NAMES = ("linux/skbuff.h", "linux/skbuffxh", "linux/of_net.h", "linux/of_net.hh", "net/a.h", "net/ab.h",
         "a.c", "[ab].c", "a]", "x.y", "xzy", "X.Y", "", "x.y\n")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_glob_of_several(name: str) -> None:
    assert Globs(GLOBS).match(name) == any(fnmatchcase(name, glob) for glob in GLOBS)
    for glob in GLOBS:
        assert Globs((glob,)).match(name) == fnmatchcase(name, glob)


def test_no_glob_matches_nothing() -> None:
    assert not any(map(Globs(()).match, NAMES))
