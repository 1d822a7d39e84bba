"""Two capture files in, what they show together out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.capture.identity import station
from auditor.capture.matching import Matched, match
from auditor.capture.reading import Capture
from auditor.capture.survey import Progress, Survey, survey
from auditor.capture.thresholds import Explanation, explain
from auditor.knowledge import Protocols
from auditor.model import NothingAnalysed, Observation, UsageError


def observe(
    sent: Path, received: Path, protocols: Protocols, progress: Progress, senders: Sequence[str] = ()
) -> Observation:
    """Which of the frames in ``sent`` are in ``received``, by class and length, and whether length is why.

    ``senders`` are addresses (MAC, or IP where there is no Ethernet header) whose frames alone count; without
    them the direction is seen from who loses frames. Raises UsageError for two captures that cannot be
    compared (one given twice, or of different links), NothingAnalysed for a file that is no intact capture or
    where no frame is in both.
    """
    if sent.exists() and received.exists() and sent.samefile(received):
        raise UsageError(f"{sent}: given as both captures", "give the capture of each end")
    one, other = survey(Capture(sent), progress), survey(Capture(received), progress)
    _comparable(one, other)
    numbers = [station(address, one.unit) for address in senders]
    matched = match(one, other, protocols, progress, numbers)
    if senders and not matched.cells:
        raise UsageError(f"{sent}: no frame comes from {', '.join(senders)}")
    if not matched.common:
        raise NothingAnalysed(
            f"no frame of {sent} is in {received}: they do not show the same traffic, or something on the way"
            " changes every frame",
            "compare captures of the same time on the two sides of the driver; a router or a NAT between"
            " them rewrites frames",
        )
    found = explain(matched.cells)
    return Observation(
        sent=str(sent),
        received=str(received),
        unit=one.unit,
        sent_frames=one.frames,
        received_frames=other.frames,
        opposite=matched.opposite,
        padded=matched.padded,
        retagged=matched.retagged,
        unexpected=matched.unexpected,
        undecided=matched.undecided,
        cells=matched.cells,
        thresholds=found.thresholds,
        unexplained=found.unexplained,
        verdict=found.verdict,
        remarks=(*_of_files(one, other), *_of_frames(matched, found)),
    )


def _comparable(sent: Survey, received: Survey) -> None:
    if sent.print == received.print:
        raise UsageError(
            f"{sent.capture.path} and {received.capture.path} hold the same frames at the same times:"
            " they are one capture",
            "give the capture of each end",
        )
    if sent.unit != received.unit:
        names = {"L2": "Ethernet frames", "L3": "IP packets without an Ethernet header"}
        raise UsageError(
            f"{sent.capture.path} holds {names[sent.unit]}, {received.capture.path} {names[received.unit]}:"
            " their lengths cannot be compared",
            "capture on the same kind of interface at both ends",
        )


def _of_files(*surveys: Survey) -> list[str]:
    """What is wrong with the files, though they could be read."""
    remarks = []
    for one in surveys:
        path = one.capture.path
        if one.cut_off:
            remarks.append(f"{path}: {one.cut_off}")
        if one.cut is not None:
            remarks.append(
                f"{path}: frames captured in part, at least {one.cut} bytes of each: {one.shortened}; lengths"
                " are those before the cut, contents are compared as far as both captures have them"
            )
        if one.interfaces > 1:
            remarks.append(f"{path}: frames of {one.interfaces} interfaces; one that is on two counts twice")
        if one.fragments:
            remarks.append(f"{path}: frames shorter than their header, left out: {one.fragments}")
    return remarks


def _of_frames(matched: Matched, found: Explanation) -> list[str]:
    """What makes a loss doubtful, or a match less than exact."""
    reasons = {
        "silent": "lost frames from stations of which no frame arrives, which may not be on the way",
        "before": "lost frames sent before the first that arrived (the other capture may start later)",
        "after": "lost frames sent after the last that arrived (the other capture may end earlier)",
        "offload": "TCP frames that an adapter cut or joined, not compared (switch segmentation offload off)",
    }
    remarks = [f"{text}: {found.doubtful[why]}" for why, text in reasons.items() if why in found.doubtful]
    if found.rests_aside:
        remarks.append("the limit rests on such frames only, so the loss may have another cause")
    if matched.undecided:
        text = "frames that differ in zeros at their end only, and not all of which arrived"
        remarks.append(f"{text}: {matched.undecided}; nothing tells which")
    return remarks
