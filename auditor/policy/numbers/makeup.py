"""What an abstract value is made of: an int with a bit for each kind of thing that is asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

LENGTHS, BYTES, TYPES, FRAME, HELPER, MARK, MODE, OTHER, FIRST, SEES, MEASURES = (1 << n for n in range(11))
"""What a value can be made of, as bits of its ``made_of``: a known function of the frame's length, recognised
bytes of the frame, of these such as tell its type; unknowns of the kinds ``frame``, ``helper`` and ``mark``,
of the kinds ``mode`` and ``param``, of any other kind; an unknown that counts the frame's first part, one
that was made of something of the frame, a call's result that can tell how long the frame is."""

TYPE_OFFSETS = (0, 12, 13)
"""Bytes of a frame that tell its type: the IP version, or the ethertype (IEEE 802.3 clause 3.2.6)."""

KINDS = {"frame": FRAME, "helper": HELPER, "mark": MARK, "mode": MODE, "param": MODE}

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - it is used like a property
    """A property of a frozen value, computed when first asked for: the library's takes a lock for that."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute, self.__doc__ = compute, compute.__doc__

    @overload
    def __get__(self, value: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, value: object, owner: type) -> T: ...
    def __get__(self, value: object | None, owner: type) -> once[T] | T:
        if value is None:
            return self
        found = value.__dict__[self.compute.__name__] = self.compute(value)
        return found
