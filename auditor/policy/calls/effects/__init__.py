"""What the platform's own functions do to a frame: the effects that platform packs name."""

from __future__ import annotations

from auditor.knowledge import Call
from auditor.policy.calls.effects.allocation import SMALLEST_COPY, Allocation
from auditor.policy.calls.effects.fate import Fates, failure
from auditor.policy.calls.effects.growth import TYPED, Growth
from auditor.policy.calls.effects.site import Site
from auditor.policy.expressions.evaluate import Results
from auditor.policy.expressions.watching import used_as_size
from auditor.policy.paths.state import State

SIZED = frozenset({"copy", "allocate", "allocate-frame", "put", "push", "lend", "hand-on"})
"""Effects that do to as many bytes as they are told; what may fail looks at the number first."""


class Effects(Fates, Growth, Allocation):
    """Applies one pack's effects; every effect is the method of its name."""

    def apply(self, state: State, call: Call, site: Site) -> Results:
        """The (state, result) pairs after carrying out ``call.effect``."""
        if call.effect in SIZED and not call.fails and isinstance(call.size, int):
            evaluator = self.evaluator
            used_as_size(evaluator.observer, state, site.arg(call.size), site.expr, evaluator.scope)
        method = getattr(self, "_" + call.effect.replace("-", "_"))
        found: Results = method(state, call, site)
        return found


__all__ = ["SMALLEST_COPY", "TYPED", "Effects", "Site", "failure"]
