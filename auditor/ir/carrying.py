"""Parameters come in, whether they may carry a frame goes out: a frame record, or a buffer and its length."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from auditor.ir.definitions import Param
from auditor.ir.types import CType, IntType, PointerType, RecordType

PACKET_WORD = re.compile(
    r"(packet|pkt|frame|ether|eth|(^|_)(rx|tx|xmit|recv|input|skb|pbuf|mbuf)(_|$))", re.IGNORECASE
)
LENGTH_WORD = re.compile(
    r"^(\w*_)?(len|length|size|sz|count|cnt|nbytes|bytes|n|plen|pktlen|datalen)$", re.IGNORECASE
)


def may_carry(name: str, params: Sequence[Param], records: Collection[str]) -> bool:
    """Whether the function ``name`` may be given a frame: one of ``records``, or bytes and their number."""
    if any(pointed_record(param.ctype) in records for param in params):
        return True
    return any(speak_of_packets(name, first, second) for first, second in buffers(params))


def pointed_record(ctype: CType) -> str:
    """The record that a type points to; "" when it points to none."""
    target = ctype.target if isinstance(ctype, PointerType) else None
    return target.name if isinstance(target, RecordType) else ""


def buffers(params: Sequence[Param]) -> Iterator[tuple[Param, Param]]:
    """The parameters that are a buffer and a number of bytes."""
    for first, second in pairwise(params):
        if is_buffer(first.ctype) and _is_length(second):
            yield first, second


def speak_of_packets(name: str, *params: Param) -> bool:
    """Whether a function or its parameters are named as those are that packets are given to."""
    return any(PACKET_WORD.search(word) for word in (name, *(p.name for p in params)))


def is_buffer(ctype: CType) -> bool:
    """Whether a type points to bytes."""
    if not isinstance(ctype, PointerType):
        return False
    target = ctype.target
    return (isinstance(target, IntType) and target.bits == 8) or getattr(target, "name", "") == "void"


def _is_length(param: Param) -> bool:
    if not isinstance(param.ctype, IntType) or param.ctype.bits < 16:
        return False
    return param.ctype.name == "size_t" or bool(LENGTH_WORD.match(param.name))
