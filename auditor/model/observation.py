"""What two captures of the same traffic show: which lengths arrive, which are lost, and what may do it."""

from __future__ import annotations

import msgspec

from auditor.model.finding import Term
from auditor.model.location import Location


class Cell(msgspec.Struct, frozen=True):
    """All frames of one class and one length (bytes, in the observation's unit).

    ``lost`` counts frames, retransmissions included, ``different`` those of different content among them;
    ``first`` is the number of the first lost one in the capture of what was sent, from 1, 0 when there is
    none. ``aside`` says why its losses may have another cause than the way: "before" or "after" (sent when
    nothing had arrived yet, or after the last that did), "silent" (from stations nothing arrives of),
    "offload" (cut or joined by an adapter), or "".
    """

    frame_class: str
    length: int
    sent: int
    arrived: int
    lost: int
    different: int
    first: int
    aside: str = ""


class Threshold(msgspec.Struct, frozen=True):
    """A limit that the losses imply.

    ``kind`` is minimum or maximum. The limit T lies in ``low..high`` (bytes, in the observation's unit): T is
    the shortest frame that arrives, or for a maximum the shortest that is lost. ``classes`` are the frame
    classes that it holds for, empty for all. ``frames`` losses are explained by it.
    """

    kind: str
    low: int
    high: int
    classes: tuple[str, ...]
    frames: int


class Suspect(msgspec.Struct, frozen=True):
    """A check whose limit lies where the losses say.

    ``threshold`` is in bytes of the observation's unit. ``explained`` lost frames are dropped by it,
    ``contradicted`` frames that arrived would be. ``decisions`` say when it drops what, in sentences.
    """

    at: Location
    function: str
    text: str
    kind: str
    threshold: int
    constant: Term | None
    explained: int
    contradicted: int
    decisions: tuple[str, ...]


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison of two captures.

    ``unit`` is L2 (lengths count from the Ethernet header, without FCS) or L3 (from the IP header).
    ``opposite`` frames of the sender's capture come from other stations; ``cells`` leave them out. Of
    the frames that arrived, ``padded`` came longer or shorter by padding, ``retagged`` with another 802.1Q
    tag or none. ``unexpected`` were received and not sent, ``undecided`` differ in zeros at their end
    only, so that nothing tells which of them arrived. ``unexplained`` losses lie at lengths that otherwise
    arrive.
    ``verdict`` is "nothing lost", "length", "partly length" or "not length".
    """

    sent: str
    received: str
    unit: str
    sent_frames: int
    received_frames: int
    opposite: int
    padded: int
    retagged: int
    unexpected: int
    undecided: int
    cells: tuple[Cell, ...]
    thresholds: tuple[Threshold, ...]
    unexplained: int
    verdict: str
    remarks: tuple[str, ...] = ()

    @property
    def lost(self) -> int:
        """All lost frames, retransmissions included."""
        return sum(cell.lost for cell in self.cells)
