"""A path that comes out of a function: what only that function knew, and memory it lost hold of, goes."""

from __future__ import annotations

from auditor.ir import Function
from auditor.policy.numbers.makeup import HELPER
from auditor.policy.numbers.values import Bytes, Pointer, Region, Value
from auditor.policy.paths.forks import GUARDED, NARROWED, TYPE_BYTES, is_note, narrows
from auditor.policy.paths.knowing import is_mode
from auditor.policy.paths.state import State


def leave(state: State, known: set[Value], function: Function) -> None:
    """Forget what only the callee knew: its locals, and facts that are no mode; frame bytes leave a mark."""
    prefix = f"{function.symbol}/"
    gone = [c for c in state.memory if c[0].kind == "local" and c[0].name.startswith(prefix)]
    if gone:
        state.memory.drop(*gone)
    for key in [key for key in state.facts if key not in known]:  # in their order, which decides later
        if is_mode(key) or is_note(key) or (isinstance(key, Bytes) and key.offset in TYPE_BYTES):
            continue
        values = state.facts[key]
        del state.facts[key]
        if narrows(key, values):
            state.facts[NARROWED] = ((1, 1),)
        elif key.made_of & HELPER:
            state.facts[GUARDED] = ((1, 1),)


def collect(state: State, result: Value, older: set[Region]) -> None:
    """Forget memory, unless ``older`` than the call, that the result and other memory no longer lead to."""
    heaps = {region for region, _ in state.memory if region.kind == "heap"} - older
    if not heaps:
        return
    held = (result, *state.memory.values())
    reached = {value.region for value in held if isinstance(value, Pointer)}
    state.memory.drop(*(c for c in state.memory if c[0] in heaps and c[0] not in reached))
