"""One entry point: where the frame comes in, and what is known of it before any code runs."""

from __future__ import annotations

import msgspec

from auditor.ir import Function, Param
from auditor.ir import expressions as e
from auditor.knowledge import Platform, Role


class Entry(msgspec.Struct, frozen=True, eq=False):
    """One entry point.

    ``frame`` is the parameter that is the frame record, or ``buffer`` and ``length`` those of a raw
    frame. ``introduced`` are expressions
    that are the frame's length where no parameter gives it.
    ``evidence`` says why this is an entry and what it carries, strongest first.
    """

    function: Function
    platform: Platform
    layer: str
    origin: str
    evidence: tuple[str, ...]
    role: Role | None = None
    frame: Param | None = None
    record: str = ""
    buffer: Param | None = None
    length: Param | None = None
    introduced: tuple[e.Expression, ...] = ()
    ethertypes: frozenset[int] = frozenset()  # the only ones it is registered for; all when empty

    @property
    def strong(self) -> bool:
        """Whether the platform itself says that this is where its frames come in."""
        return self.role is not None and bool(self.evidence) and self.evidence[0].startswith("registered")
