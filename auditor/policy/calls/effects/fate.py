"""Effects that end a frame's way: handed on, queued, lent, freed, completed."""

from __future__ import annotations

from auditor.knowledge import Call
from auditor.policy.calls.effects.site import Applied, Site
from auditor.policy.expressions.evaluate import Results
from auditor.policy.memory.frame_records import FRESH
from auditor.policy.numbers.values import ZERO, Int, Pointer, Sym, Value, show
from auditor.policy.paths.state import Event, State

FAILED = 0x8000_0000
"""NTSTATUS values from here on are failures (Microsoft, [MS-ERREF] section 2.3: the severity bits)."""


class Fates(Applied):
    """What becomes of the frame."""

    def _hand_on(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        length = site.arg(call.size) if isinstance(call.size, int) else None
        if region is not None:
            given = length if length is not None else self.memory.length_of(state, region)
            self._event(state, "answer" if call.answers else "hand-on", site, region, given)
        elif isinstance(site.arg(call.frame), Pointer):
            self._event(state, "answer", site, None)
        return [(state, ZERO)]

    def _queue(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        if region is not None:
            self._event(state, "queue", site, region, self.memory.length_of(state, region))
        return [(state, Sym(f"{site.name}()", "call"))]

    def _lend(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        if region is not None:
            length = (
                site.arg(call.size) if isinstance(call.size, int) else self.memory.length_of(state, region)
            )
            self._event(state, "candidate", site, region, length)
        return [(state, self.result(site))]

    def _free(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        if region is not None:
            self._event(state, "free", site, region)
            if region.kind == "heap" or region.name.startswith(FRESH):
                for cell in [c for c in state.memory if c[0] == region]:
                    del state.memory[cell]
        return [(state, ZERO)]

    def _complete(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        if region is not None:
            status = self._status(state, call, site)
            kind = {True: "fail", False: "done", None: "unclear"}[failure(status)]
            shown = "" if status is None else f" with status {self._status_text(status)}"
            state.happen(
                Event(kind, site.expr.at, f"{site.name}(){shown}", self.evaluator.scope, None, region)
            )
        return [(state, ZERO)]

    def _status(self, state: State, call: Call, site: Site) -> Value | None:
        where, _, what = call.status.partition(":")
        if where == "arg":
            return site.arg(int(what))
        if where == "field":
            record, _, path = what.partition(".")
            for (region, key), held in state.memory.items():
                if region.record == record and key == path:
                    return held
        return ZERO if not call.status else None

    def _status_text(self, status: Value) -> str:
        """A status by the name that the platform gives it, else its number."""
        if not isinstance(status, Int):
            return show(status)
        code = status.value & 0xFFFF_FFFF
        names = (name for name, value in self.platform.statuses.items() if value == code)
        return next(names, f"0x{code:08X}")

    def _never(self, state: State, call: Call, site: Site) -> Results:
        return []

    def _neutral(self, state: State, call: Call, site: Site) -> Results:
        return [(state, self.result(site))]

    def _assert(self, state: State, call: Call, site: Site) -> Results:
        return [(state, ZERO)]


def failure(status: Value | None) -> bool | None:
    """Whether a completion status is a failure (NTSTATUS: the high bit); None when unknown."""
    if isinstance(status, Int):
        return status.value < 0 or status.value >= FAILED
    return None
