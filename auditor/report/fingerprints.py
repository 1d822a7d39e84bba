"""Source text in, the hashes by which GitHub follows a line through edits elsewhere out."""

from __future__ import annotations

from collections import Counter

BLOCK = 100  # UTF-16 units that one line's hash covers
FACTOR = 37
MASK = 0xFFFFFFFFFFFFFFFF
END_OF_FILE = 0xFFFF
SKIPPED = frozenset({ord(" "), ord("\t")})
LF, CR = ord("\n"), ord("\r")


def line_hashes(text: str) -> tuple[str, ...]:
    """GitHub's ``primaryLocationLineHash`` of every line of ``text``, line 1 first.

    A polynomial hash over the 100 UTF-16 units from the line's start, spaces and tabs left out, line ends as
    LF, the end of the file as 0xFFFF and zeros; then the number of its occurrence so far. Source: the
    fingerprints module of github/codeql-action.
    """
    units, starts = _units(text)
    sums = [0]
    for unit in (*units, *(0 for _ in range(BLOCK))):
        sums.append((sums[-1] * FACTOR + unit) & MASK)
    shift = pow(FACTOR, BLOCK, MASK + 1)
    seen: Counter[str] = Counter()
    hashes = []
    for start in starts:
        value = f"{(sums[start + BLOCK] - sums[start] * shift) & MASK:x}"
        seen[value] += 1
        hashes.append(f"{value}:{seen[value]}")
    return tuple(hashes)


def _units(text: str) -> tuple[list[int], list[int]]:
    """The units that are hashed, and at which of them each line starts."""
    raw = text.encode("utf-16-le", "surrogatepass")
    units: list[int] = []
    starts: list[int] = []
    at_start, after_cr = True, False
    for unit in (*memoryview(raw).cast("H"), END_OF_FILE):
        if unit in SKIPPED or (after_cr and unit == LF):
            after_cr = False
            continue
        after_cr = unit == CR
        if at_start:
            starts.append(len(units))
        units.append(LF if after_cr else unit)
        at_start = units[-1] == LF
    return units, starts
