"""Bytes under keys in; the same bytes or nothing out, whatever happened to the file in between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cache import FILE, Cache
from auditor.cli import run

KEY, VALUE = b"k" * 32, b"some value" * 100


HALF_MADE = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
database.execute("CREATE TABLE entries (key BLOB)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def filled(folder: Path) -> Path:
    with Cache(folder) as cache:
        cache.put(KEY, VALUE)
    return folder / FILE


def found(folder: Path, key: bytes = KEY) -> bytes | None:
    with Cache(folder) as cache:
        return cache.get(key)


def test_what_was_put_is_found_by_the_next(tmp_path: Path) -> None:
    filled(tmp_path)
    assert found(tmp_path) == VALUE
    assert found(tmp_path, b"other") is None


def test_before_it_is_written_too(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(KEY, VALUE)
        assert cache.get(KEY) == VALUE


def test_a_changed_value_is_not_believed(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as database:
        (value,) = database.execute("SELECT value FROM entries").fetchone()
        database.execute("UPDATE entries SET value = ?", (value[:-1] + b"X",))
    assert found(tmp_path) is None
    with Cache(tmp_path) as cache:
        assert cache.info().entries == 0


def test_nothing_of_a_killed_first_scan_is_played_into_a_new_cache(tmp_path: Path) -> None:
    """SQLite keeps a journal until the table is there; it is one of the database that it stands beside."""
    made = subprocess.run([sys.executable, "-c", HALF_MADE, tmp_path / FILE], check=False)
    assert made.returncode == -signal.SIGKILL
    journal = tmp_path / f"{FILE}-journal"
    assert journal.exists()
    with Cache(tmp_path) as cache:
        journal.write_bytes(b"whatever")
        cache.clear()
        assert not journal.exists()
    assert found(filled(tmp_path).parent) == VALUE


def test_a_value_under_another_key_is_not_believed(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE entries SET key = ?", (b"other",))
    assert found(tmp_path, b"other") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"no database" * 1000),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"SQLite format 3\0" + os.urandom(20_000)),
        lambda file: file.write_bytes(file.read_bytes()[:100] + b"\xff" * 12_188),
        lambda file: file.write_bytes(file.read_bytes().replace(b"KEY, v", b"KEYE\xa8=\xc6\xe2, v", 1)),
    ],
    ids=["text", "cut", "empty", "noise", "pages of noise", "a table that is no text"],
)
def test_a_broken_file_is_made_anew(damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    damage(filled(tmp_path))
    assert found(tmp_path) in {None, VALUE}
    filled(tmp_path)
    assert found(tmp_path) == VALUE


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below"):
        filled(folder)
        assert found(folder) is None


def test_a_scan_soon_after_another_writes_nothing(tmp_path: Path) -> None:
    file = filled(tmp_path)
    before = file.read_bytes()
    os.utime(file, (0, 0))
    assert found(tmp_path) == VALUE
    assert (file.read_bytes(), file.stat().st_mtime) == (before, 0)


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(b"old", bytes(1000))
        cache.put(b"kept", bytes(1000))
    with Cache(tmp_path, fresh=0.0) as cache:
        cache.get(b"kept")
    with Cache(tmp_path, most=3000) as cache:
        cache.put(b"new", bytes(1000))
    assert [found(tmp_path, key) is not None for key in (b"old", b"kept", b"new")] == [False, True, True]


def test_many_writers_at_once_and_one_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from auditor.cache import Cache\n"
        "for n in range(40):\n"
        "    with Cache(pathlib.Path(sys.argv[1])) as c:\n"
        "        c.put((sys.argv[2] + f' {n}').encode(), bytes(50_000))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    writers = [subprocess.Popen([*command, str(number)]) for number in range(4)]
    while not (tmp_path / FILE).exists() and writers[0].poll() is None:
        pass
    writers[0].send_signal(signal.SIGKILL)
    assert [writer.wait(60) for writer in writers[1:]] == [0, 0, 0]
    writers[0].wait()
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    values = [found(tmp_path, b"%d %d" % (writer, n)) for writer in range(1, 4) for n in range(40)]
    assert values == [bytes(50_000)] * 120


def test_info_and_clear(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = filled(tmp_path)
    assert run(["cache", "info", "--cache-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith(f"{file}\n1 entries, ")
    assert run(["cache", "clear", "--cache-dir", str(tmp_path)]) == 0
    assert found(tmp_path) is None
