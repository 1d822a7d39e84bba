"""A folder comes in, a store of bytes by key goes out: what earlier scans worked out, in one SQLite file.

Nothing in it is trusted: every value carries a checksum, a file that is no cache any more is thrown away, and
whatever goes wrong makes a scan slower, never different. Several scans may use one file at a time, and any
may be killed at any moment (SQLite's write-ahead log).
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

T = TypeVar("T")

FILE = "lenaudit-1.sqlite3"  # the number goes up when the table changes
SUFFIXES = ("-journal", "-wal", "-shm", "")
"""Of the files that are the cache, the database last: a journal that outlives it goes into the next one."""

MOST_BYTES = 1 << 30
"""Of the file; what was used longest ago goes first."""

FRESH = 3600.0
"""Seconds after a use that another one is not noted: a scan that only reads need not wait for the disk."""

_BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a file that is no cache raises; the second where SQLite's message quotes what is no text."""

_KEPT = 0.8  # of the most, once it is too large
_CHECK = 16  # bytes of a value's checksum
_BATCH = 4 << 20  # bytes that are written together
_PATIENCE = 5.0  # seconds to wait for another scan's write
_TABLE = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, used REAL NOT NULL)"


class Info(msgspec.Struct, frozen=True):
    """What ``lenaudit cache info`` shows; ``bytes`` of the file on disk."""

    path: Path
    entries: int
    bytes: int


class Cache:
    """One process's view of the store. Use as a context manager; ``get`` and ``put`` never fail."""

    def __init__(self, folder: Path, most: int = MOST_BYTES, fresh: float = FRESH) -> None:
        self.path, self._most, self._fresh = folder / FILE, most, fresh
        self._waiting: dict[bytes, bytes] = {}
        self._size, self._grown = 0, False
        self._used: set[bytes] = set()
        self._database = self._opened()

    def get(self, key: bytes) -> bytes | None:
        """The value that was put under ``key``, None when there is none that is whole."""
        if key in self._waiting:
            return self._waiting[key]
        asked = "SELECT value, used FROM entries WHERE key = ?"
        row = self._tried(lambda db: db.execute(asked, (key,)).fetchone())
        if row is None or not isinstance(row[0], bytes):
            return None
        check, value = row[0][:_CHECK], row[0][_CHECK:]
        if check != _checksum(key, value):
            self._tried(lambda db: db.execute("DELETE FROM entries WHERE key = ?", (key,)))
            return None
        if not (isinstance(row[1], float) and 0 <= time.time() - row[1] < self._fresh):
            self._used.add(key)
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Keep ``value`` under ``key``."""
        self._waiting[key] = value
        self._size, self._grown = self._size + len(value), True
        if self._size > _BATCH:
            self._write()

    def close(self) -> None:
        """Write what waits, note what was used, and make room."""
        self._write()
        now = time.time()
        used = [(now, key) for key in self._used]
        if used:
            self._tried(lambda db: db.executemany("UPDATE entries SET used = ? WHERE key = ?", used))
        if self._grown:
            self._tried(self._make_room)
        if self._database is not None:
            self._database.close()
            self._database = None

    def info(self) -> Info:
        """How much there is."""
        row = self._tried(lambda db: db.execute("SELECT count(*) FROM entries").fetchone())
        return Info(self.path, row[0] if row else 0, sum(_size(file) for file in self._files()))

    def clear(self) -> None:
        """Throw everything away."""
        if self._database is not None:
            self._database.close()
        for file in self._files():
            with suppress(OSError):
                file.unlink(missing_ok=True)
        self._waiting, self._size, self._used = {}, 0, set()
        self._database = self._opened()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _files(self) -> Iterable[Path]:
        return [self.path.with_name(self.path.name + suffix) for suffix in SUFFIXES]

    def _opened(self) -> sqlite3.Connection | None:
        """The database; a file that is none is thrown away once. None where there can be no file."""
        for last in (False, True):
            try:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                return _connected(self.path)
            except sqlite3.OperationalError:
                return None  # a folder or disk that cannot be written, or a lock that never opens
            except _BROKEN:
                if last:
                    return None
                for file in self._files():
                    with suppress(OSError):
                        file.unlink(missing_ok=True)
            except OSError:
                return None
        return None

    def _tried(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """``action``'s result, committed; a database that fails is not asked again, and a broken one goes."""
        if self._database is None:
            return None
        try:
            with self._database:
                return action(self._database)
        except sqlite3.OperationalError:
            return None  # another scan writes: this value is worked out again some other time
        except _BROKEN:
            self.clear()
            return None

    def _write(self) -> None:
        if not self._waiting:
            return
        now = time.time()
        rows = [(key, _checksum(key, value) + value, now) for key, value in self._waiting.items()]
        self._tried(lambda db: db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows))
        self._waiting, self._size = {}, 0

    def _make_room(self, database: sqlite3.Connection) -> None:
        """Delete what was used longest ago when the values take too much."""
        (total,) = database.execute("SELECT coalesce(sum(length(value)), 0) FROM entries").fetchone()
        if total <= self._most:
            return
        for key, size in database.execute("SELECT key, length(value) FROM entries ORDER BY used").fetchall():
            if total <= self._most * _KEPT:
                break
            database.execute("DELETE FROM entries WHERE key = ?", (key,))
            total -= size
        database.commit()
        database.execute("PRAGMA incremental_vacuum")


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            database.execute("PRAGMA auto_vacuum = INCREMENTAL")  # writes, whether or not it changes anything
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        with database:
            database.execute(_TABLE)
    except (sqlite3.Error, UnicodeDecodeError):
        database.close()
        raise
    return database


def _checksum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECK, key=key[:64]).digest()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
