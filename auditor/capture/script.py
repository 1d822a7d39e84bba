"""Proofs in, a short Scapy script out that shows their frames, or sends them; we need no Scapy ourselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from auditor import __version__
from auditor.model import Probe, Proof

BYTES_A_LINE = 40
HEAD = """\
#!/usr/bin/env python3
# Frames on both sides of a length check, written by lenaudit {version}:
{findings}
#
#     python3 THIS_FILE               show the frames, send nothing
#     sudo python3 THIS_FILE IFACE    send them through that interface, twice: what is lost then lies
#                                     between frames that arrive, so nobody can say it was not captured
#
# Capture at both ends meanwhile; `lenaudit capture SENT RECEIVED` tells what was lost.
# The addresses are locally administered ones; no checksum covers them.
import sys

from scapy.all import Ether, sendp

FRAMES = [
"""
TAIL = """\
]

iface = sys.argv[1] if len(sys.argv) > 1 else ""
for what, data in FRAMES * (2 if iface else 1):
    frame = Ether(bytes.fromhex(data))
    print(f"{what}: {frame.summary()}")
    if iface:
        sendp(frame, iface=iface, verbose=False)
"""


def script(proofs: Iterable[Proof]) -> str:
    """The script's text, in ASCII; the frames' bytes stand in it as they are to be sent."""
    told = [proof for proof in proofs if proof.probes]
    findings = "\n".join(line for proof in told for line in _finding(proof))
    frames = "".join(line for proof in told for probe in proof.probes for line in _frame(probe))
    return HEAD.format(version=__version__, findings=findings) + frames + TAIL


def _finding(proof: Proof) -> list[str]:
    """What was found, as comments in ASCII, whatever the scanned code is called."""
    text = f"{proof.finding.at} {proof.finding.message}".encode("unicode_escape").decode("ascii")
    return textwrap.wrap(text, 100, initial_indent="# ", subsequent_indent="#   ")


def _frame(probe: Probe) -> Iterator[str]:
    """One element of the list: what the frame is, and its bytes."""
    reasons = f" ({', '.join(probe.why)})" if probe.why else ""
    what = f"{probe.witness.length} bytes, {probe.fate}: {probe.witness.name}{reasons}"
    yield f"    (\n        {what!a},\n"
    data = probe.witness.data
    for start in range(0, len(data), BYTES_A_LINE):
        yield f'        "{data[start : start + BYTES_A_LINE].hex()}"\n'
    yield "    ),\n"
