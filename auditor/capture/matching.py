"""Two surveyed captures in, their frames matched by content out, as sums by class, length and circumstance.

The frames wait in a private SQLite database, which moves to disk by itself when it grows: memory stays
bounded however many frames there are. Times play no part, so the two clocks may differ.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby

import msgspec

from auditor.capture.identity import Identifier
from auditor.capture.pairing import Variant, pair
from auditor.capture.survey import OFTEN, Progress, Survey
from auditor.knowledge import Protocols
from auditor.model import Cell, LenauditError

CACHE_KIB = 32768
LONGEST_ON_WIRE = 1522
"""Bytes of a frame with two tags, without FCS: what is longer was not cut to the usual MTU yet."""

NEVER = 2**62
TABLES = """
    CREATE TABLE frame (
        content INTEGER, exact INTEGER, class INTEGER, length INTEGER, station INTEGER, target INTEGER,
        tags INTEGER, tcp INTEGER, sent INTEGER, received INTEGER, first INTEGER, last INTEGER,
        PRIMARY KEY (content, exact)
    ) WITHOUT ROWID;
    CREATE TABLE fate (
        class INTEGER, length INTEGER, station INTEGER, target INTEGER, tcp INTEGER, sent INTEGER,
        arrived INTEGER, lost INTEGER, first INTEGER, last INTEGER, aside TEXT
    );
"""
COUNT = """
    INSERT INTO frame VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (content, exact) DO UPDATE SET
        sent = sent + excluded.sent, received = received + excluded.received,
        first = min(first, excluded.first), last = max(last, excluded.last)
"""
ASIDE = """
    WITH heard AS (SELECT DISTINCT station FROM fate WHERE arrived),
         span AS (SELECT min(first) AS low, max(last) AS high FROM fate WHERE arrived)
    UPDATE fate SET aside = CASE
        WHEN tcp AND length > :joined THEN 'offload'
        WHEN station NOT IN heard THEN 'silent'
        WHEN last < (SELECT low FROM span) THEN 'before'
        WHEN first > (SELECT high FROM span) THEN 'after'
        ELSE '' END
    WHERE lost
"""
NEAR = """
    CREATE TABLE near AS SELECT DISTINCT station FROM fate WHERE lost AND aside = '';
    INSERT INTO near SELECT DISTINCT station FROM fate
        WHERE lost AND aside IN ('before', 'after') AND NOT EXISTS (SELECT * FROM near);
    INSERT INTO near SELECT DISTINCT station FROM fate WHERE lost AND NOT EXISTS (SELECT * FROM near);
    CREATE TABLE far AS SELECT DISTINCT station FROM fate
        WHERE arrived AND target IN near AND station NOT IN near;
"""
"""Near: who loses frames. Far: whose frames to those are in both captures, so they came the other way."""

OTHERS = "CREATE TABLE far AS SELECT DISTINCT station FROM fate WHERE station NOT IN ({})"
OPPOSITE = "SELECT coalesce(sum(sent), 0) FROM fate WHERE station IN far"
COMMON = "SELECT coalesce(sum(arrived), 0) FROM fate"
SUMS = """
    SELECT class, length, sum(sent), sum(arrived), sum(lost), sum(lost > 0),
           coalesce(min(CASE WHEN lost THEN first END), 0), aside
    FROM fate WHERE station NOT IN far GROUP BY class, length, aside ORDER BY class, length, aside
"""


class Matched(msgspec.Struct, frozen=True):
    """What became of the frames that were sent; the fields are those of ``Observation``.

    ``common`` frames are in both captures, whoever sent them.
    """

    cells: tuple[Cell, ...]
    common: int
    opposite: int
    padded: int
    retagged: int
    unexpected: int
    undecided: int


def match(
    sent: Survey, received: Survey, protocols: Protocols, progress: Progress, senders: Sequence[int] = ()
) -> Matched:
    """Match the frames of two captures of one unit; only frames of ``senders`` count, when there are any.

    Raises LenauditError when there is no room for the database, and what reading the captures raises.
    """
    cuts = [one.cut for one in (sent, received) if one.cut is not None]
    identifier = Identifier(protocols, sent.unit, min(cuts, default=None))
    try:
        with closing(sqlite3.connect("")) as database:
            database.executescript(TABLES + f"PRAGMA cache_size = -{CACHE_KIB};")
            database.executemany(COUNT, _rows(sent, identifier, progress, is_sent=True))
            database.executemany(COUNT, _rows(received, identifier, progress, is_sent=False))
            return _matched(database, protocols, senders)
    except sqlite3.Error as error:
        raise LenauditError(
            f"the frames cannot be compared: {error}", "make room in the folder for temporary files"
        ) from error


def _rows(of: Survey, identifier: Identifier, progress: Progress, is_sent: bool) -> Iterator[Variant]:
    for number, record in enumerate(of.records(), 1):
        found = identifier.of(record)
        if not number % OFTEN:
            progress(f"{of.capture.path}: {number} of {of.frames} frames compared")
        sums = (1, 0, number, number) if is_sent else (0, 1, NEVER, 0)
        yield Variant(
            found.content, found.exact, found.frame_class, record.length, found.station, found.target,
            found.tags, found.tcp, *sums,
        )  # fmt: skip


def _matched(database: sqlite3.Connection, protocols: Protocols, senders: Sequence[int]) -> Matched:
    tally = _Tally()
    groups = groupby(database.execute("SELECT * FROM frame ORDER BY content, exact"), key=lambda row: row[0])
    fates = (fate for _, rows in groups for fate in tally.fates([Variant(*row) for row in rows]))
    database.executemany("INSERT INTO fate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')", fates)
    names = [one.id for one in protocols.classes]
    database.execute(ASIDE, {"joined": tally.joined_from()})
    if senders:
        database.execute(OTHERS.format(", ".join("?" * len(senders))), senders)
    else:
        database.executescript(NEAR)
    cells = tuple(Cell(names[row[0]], *row[1:]) for row in database.execute(SUMS))
    (opposite,) = database.execute(OPPOSITE).fetchone()
    (common,) = database.execute(COMMON).fetchone()
    return Matched(cells, common, opposite, tally.padded, tally.retagged, tally.unexpected, tally.undecided)


class _Tally:
    """Sums over all groups of equal content."""

    def __init__(self) -> None:
        self.padded = self.retagged = self.unexpected = self.undecided = 0
        self.strange_tcp = self.longest_strange_tcp = 0

    def fates(self, variants: list[Variant]) -> Iterator[tuple[int, ...]]:
        """Rows of the table ``fate`` for the frames of one content."""
        pairing = pair(variants)
        self.padded += pairing.padded
        self.retagged += pairing.retagged
        self.unexpected += sum(pairing.unexpected)
        self.undecided += sum(pairing.undecided)
        for v, arrived, open_, strange in zip(
            variants, pairing.arrived, pairing.undecided, pairing.unexpected, strict=True
        ):
            if v.tcp and strange:
                self.strange_tcp += strange
                self.longest_strange_tcp = max(self.longest_strange_tcp, v.length)
            if v.sent:
                lost = v.sent - arrived - open_
                yield (
                    v.frame_class,
                    v.length,
                    v.station,
                    v.target,
                    v.tcp,
                    v.sent,
                    arrived,
                    lost,
                    v.first,
                    v.last,
                )

    def joined_from(self) -> int:
        """TCP frames longer than this many bytes cannot be compared: one adapter cut or joined them."""
        if self.longest_strange_tcp > LONGEST_ON_WIRE:
            return 0
        return LONGEST_ON_WIRE if self.strange_tcp else NEVER
