"""What a worker makes of one file, as bytes and back; in place of a lost one, a gap that says so."""

from __future__ import annotations

import msgspec

from auditor.frontend.file import Result
from auditor.ir import Module, Unused
from auditor.jobs.lost import gap_of, given
from auditor.packing import ALONE, NOT_ALONE, pack, unpack


def result_bytes(result: Result) -> bytes:
    """A Result packed, behind a byte that says whether it depends on nothing but its file and headers."""
    module = result.module and _unread(result.module)
    return (ALONE if result.alone else NOT_ALONE) + pack(msgspec.structs.replace(result, module=module))


def result_of(data: bytes | memoryview) -> Result:
    """What ``result_bytes`` made. Raises NotPacked for anything else."""
    return unpack(data[1:], Result)


def answered(outcome: bytes | Exception, path: str, base: str) -> Result:
    """What a worker gave, or a gap that says why it gave nothing."""
    try:
        return result_of(given(outcome))
    except ValueError as why:
        return Result(None, (gap_of(path, base, str(why)),))


def _unread(module: Module) -> Module:
    """The module with functions' bodies and variables' lists packed: who gets it unpacks what it reads."""
    unused = module.unused
    return msgspec.structs.replace(
        module,
        functions=tuple(function.unread() for function in module.functions),
        globals=tuple(variable.unread() for variable in module.globals),
        unused=Unused(
            tuple(function.unread() for function in unused.functions),
            tuple(variable.unread() for variable in unused.globals),
        ),
    )
