"""What a path holds: a dictionary that always knows a digest of its items, the same for equal ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Self, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_NONE = object()


class Held(dict[K, V], Generic[K, V]):
    """A dictionary that is changed by setting, deleting and dropping items, and by nothing else."""

    __slots__ = ("digest",)

    def __init__(self, items: Mapping[K, V] = {}) -> None:
        super().__init__(items)
        self.digest = 0
        for item in items.items():
            self.digest ^= hash(item)

    def copy(self) -> Self:
        """An independent copy."""
        other = type(self).__new__(type(self))
        dict.update(other, self)
        other.digest = self.digest
        return other

    def __setitem__(self, key: K, value: V) -> None:
        old = self.get(key, _NONE)
        if old is not value:
            if old is not _NONE:
                self.digest ^= hash((key, old))
            self.digest ^= hash((key, value))
            super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self.digest ^= hash((key, super().pop(key)))

    pop = popitem = setdefault = update = clear = __ior__ = None  # type: ignore[assignment]
    # ... which would leave the digest as it was

    def drop(self, *keys: K) -> None:
        """Delete those of ``keys`` that are there."""
        digest, pop = self.digest, super().pop
        for key in keys:
            value = pop(key, _NONE)
            if value is not _NONE:
                digest ^= hash((key, value))
        self.digest = digest

    def unlike(self, other: Self) -> list[K]:
        """Keys that this and ``other`` do not hold alike, in the order of their items.

        The order of a set would be another in every process: hashes depend on addresses.
        """
        missing = [key for key in other if key not in self]
        return [key for key, value in self.items() if other.get(key, _NONE) != value] + missing

    def digest_without(self, key: K) -> int:
        """The digest that this would have without ``key``."""
        value = self.get(key, _NONE)
        return self.digest if value is _NONE else self.digest ^ hash((key, value))

    def equal_without(self, other: Self, key: K) -> bool:
        """Whether this and ``other`` are equal but for ``key``."""
        mine, others = dict(self), dict(other)
        mine.pop(key, None)
        others.pop(key, None)
        return mine == others
