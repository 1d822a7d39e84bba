"""What two captures show in, the answer to "is it the length, and which check?" out, as text or JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from auditor import __version__
from auditor.model import Cell, Location, Observation, Suspect, Threshold, describe
from auditor.report.plain_json import named
from auditor.report.wording import layer_words, plural, span_text

FORMAT = 1
MOST_LENGTHS = 3  # of a class that are listed one by one
MOST_SUSPECTS = 10
HEADS = ("class", "sent", "arrive", "lost", "bytes that arrive", "bytes lost")
ROW = "  {:<16}{:>7}{:>8}{:>7}   {:<18} {}"


def to_json(
    observed: Observation, suspects: Sequence[Suspect] | None, undecided: Sequence[Location] = ()
) -> str:
    """All fields as indented JSON; ``suspects`` is null when no source was searched."""
    content = named(observed) | {"lost": observed.lost}
    found = None if suspects is None else named(suspects)
    head = {"format": FORMAT, "version": __version__}
    found_too = {"suspects": found, "undecided_checks": named(undecided)}
    return json.dumps(head | content | found_too, indent=2) + "\n"


def to_text(
    observed: Observation,
    suspects: Sequence[Suspect] | None,
    undecided: Sequence[Location] = (),
    width: int = 80,
) -> str:
    """The comparison, the verdict and the checks, in ``width`` cells.

    ``suspects`` is None when no source was searched; ``undecided`` are comparisons with such a limit that
    drop nothing as far as was understood.
    """
    lines = [*_counts(observed), "", *_table(observed), "", *_verdict(observed)]
    lines += [f"! {remark}" for remark in observed.remarks]
    if observed.thresholds:
        lines += [
            "",
            *(_checks(observed, suspects, undecided) if suspects is not None else _ask_for_source()),
        ]
    wrapped = (piece for line in lines for piece in _wrap(line, width))
    return "\n".join(wrapped) + "\n"


def _wrap(line: str, width: int) -> list[str]:
    lead = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line, width, subsequent_indent=lead + "  ", break_long_words=False, break_on_hyphens=False,
        drop_whitespace=True,
    ) or [""]  # fmt: skip


def _counts(observed: Observation) -> Iterator[str]:
    yield f"sent      {plural(observed.sent_frames, 'frame')} in {observed.sent}"
    yield f"received  {plural(observed.received_frames, 'frame')} in {observed.received}"
    extra = (
        (observed.opposite, "of the first come from other stations and are not counted below"),
        (observed.padded, "of those that arrive are longer or shorter there by padding"),
        (observed.retagged, "of those that arrive have another 802.1Q tag there, or none"),
        (observed.unexpected, "were received and not sent"),
    )
    yield from (f"          {number} {what}" for number, what in extra if number)


def _table(observed: Observation) -> Iterator[str]:
    """One row per class; lengths as they were sent."""
    yield ROW.format(*HEADS)
    for name in dict.fromkeys(cell.frame_class for cell in observed.cells):
        cells = [cell for cell in observed.cells if cell.frame_class == name]
        sums = [sum(getattr(cell, field) for cell in cells) for field in ("sent", "arrived", "lost")]
        arriving = _lengths(cell.length for cell in cells if cell.arrived)
        yield ROW.format(name, *sums, arriving, _lengths(cell.length for cell in cells if cell.lost)).rstrip()
    yield f"  ({layer_words(observed.unit)}, as they were sent)"


def _lengths(found: Iterable[int]) -> str:
    lengths = sorted(set(found))
    if len(lengths) > MOST_LENGTHS:
        return f"{lengths[0]}..{lengths[-1]}"
    return ", ".join(map(str, lengths))


def _verdict(observed: Observation) -> Iterator[str]:
    aside = sum(cell.lost for cell in observed.cells if cell.aside)
    explained = sum(limit.frames for limit in observed.thresholds)
    match observed.verdict:
        case "nothing lost":
            yield "Every frame arrives, apart from those named below." if aside else "Every frame arrives."
            return
        case "length":
            yield f"LENGTH ALONE EXPLAINS THE LOSS of {plural(explained, 'frame')}{_repeats(observed)}."
        case "partly length":
            total = explained + observed.unexplained
            yield (
                f"LENGTH EXPLAINS A PART OF THE LOSS: {explained} of {total} frames."
                f" Lost at lengths that otherwise arrive, for another reason: {observed.unexplained}."
            )
        case _:
            yield f"LENGTH DOES NOT EXPLAIN THE LOSS: {'; '.join(_against(observed.cells))}."
    for limit in observed.thresholds:
        yield f"  {_limit(limit)}"
    first = min((cell for cell in observed.cells if cell.lost), key=lambda cell: cell.first)
    yield (
        f"  The first lost frame is number {first.first} of {observed.sent}:"
        f" {first.length} bytes, {first.frame_class}."
    )


def _repeats(observed: Observation) -> str:
    different = sum(cell.different for cell in observed.cells)
    repeats = observed.lost - different
    return f" ({plural(different, 'frame')} and {plural(repeats, 'repeat')})" if repeats else ""


def _against(cells: Sequence[Cell]) -> Iterator[str]:
    """Why no limit follows from the losses."""
    carried = {cell.frame_class for cell in cells if cell.arrived}
    never = list(dict.fromkeys(c.frame_class for c in cells if c.lost and c.frame_class not in carried))
    both = sorted({c.length for c in cells if c.lost} & {c.length for c in cells if c.arrived})
    if both:
        yield f"frames of {_lengths(both)} bytes are lost and also arrive"
    if never:
        yield f"of {', '.join(never)} no frame arrives at any length"
    if not both and not never:
        yield "it strikes lengths between others that arrive, or too few frames to tell it from chance"


def _limit(limit: Threshold) -> str:
    which = f"Frames of {', '.join(limit.classes)}" if limit.classes else "Frames"
    lost = f"lost ({plural(limit.frames, 'frame')})"
    low, high = limit.low, limit.high
    if limit.kind == "minimum":
        asked = _between(low, high)
        return f"{which} of up to {low - 1} bytes are {lost}, from {high} on they arrive: a minimum {asked}."
    asked = _between(low - 1, high - 1)
    return f"{which} of {high} bytes or more are {lost}, up to {low - 1} they arrive: a maximum {asked}."


def _between(low: int, high: int) -> str:
    return f"of {low} bytes" if low == high else f"between {low} and {high} bytes"


def _ask_for_source() -> Iterator[str]:
    yield "Give the driver's source as PATH to see which of its checks has such a limit."


def _checks(
    observed: Observation, suspects: Sequence[Suspect], undecided: Sequence[Location]
) -> Iterator[str]:
    limits = " or ".join(f"{one.kind} {span_text(one.low, one.high)}" for one in observed.thresholds)
    likely = [one for one in suspects if one.explained]
    if not likely:
        yield f"No check was found that drops these frames with a limit there ({limits})."
    else:
        yield "Checks with such a limit, best first:"
    for number, one in enumerate(likely[:MOST_SUSPECTS], 1):
        yield from _check(number, one, sum(limit.frames for limit in observed.thresholds))
    if len(likely) > MOST_SUSPECTS:
        yield f"and {len(likely) - MOST_SUSPECTS} more"
    others = [f"{one.at.file}:{one.at.line}" for one in suspects if not one.explained]
    if others:
        yield f"With such a limit, but dropping none of these frames: {', '.join(others[:MOST_SUSPECTS])}."
    places = list(dict.fromkeys(f"{at.file}:{at.line}" for at in undecided))
    if places and not likely:
        named = ", ".join(places[:MOST_SUSPECTS])
        yield f"With such a limit, but dropping nothing as far as was understood: {named}."
        yield "`lenaudit explain FILE:LINE PATH` says why."


def _check(number: int, one: Suspect, lost: int) -> Iterator[str]:
    yield f"  {number}. {one.at} in {one.function}"
    yield f"     {one.text}"
    constant = f" ({describe(one.constant)})" if one.constant is not None else ""
    asked = one.threshold if one.kind == "minimum" else one.threshold - 1
    yield f"     {one.kind} {asked}{constant}"
    against = f", and {one.contradicted} that arrived would be too" if one.contradicted else ""
    yield f"     {one.explained} of {lost} lost frames are dropped by it{against}"
    yield from (f"     {sentence}" for sentence in one.decisions)
