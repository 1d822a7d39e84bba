"""What functions, variables and enumerators are; what they hold travels packed until somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import msgspec

from auditor.ir.expressions import Expression, InitList
from auditor.ir.pieces import Piece, cut, joined
from auditor.ir.statements import Block
from auditor.ir.types import CType
from auditor.ir.uses import Setting, Slot, Uses, initial, setting_to, sources, uses_of
from auditor.model import Location
from auditor.packing import NotPacked, pack, unpack


class Param(msgspec.Struct, frozen=True, eq=False):
    """A parameter; ``symbol`` is what its uses carry."""

    name: str
    symbol: str
    ctype: CType


class Unread(msgspec.Struct, frozen=True, eq=False, array_like=True, tag="unread"):
    """A function's body or an initialiser as it travels: most need never be unpacked.

    ``uses`` is what it mentions. What is deep in it is packed on its own (``auditor/ir/pieces.py``).
    """

    packed: bytes
    uses: Uses
    pieces: bytes = b""

    def body(self) -> Block:
        """The function's body, made anew. Raises NotPacked for what is none."""
        body: Block = self._read(Block)
        return body

    def expression(self) -> Expression:
        """The initialiser, made anew. Raises NotPacked for what is none."""
        expression: Expression = self._read(Expression)
        return expression

    def _read(self, kind: Any) -> Any:
        made = unpack(self.packed, kind)
        if not self.pieces:
            return made
        try:
            return joined(made, unpack(self.pieces, tuple[Piece, ...]))
        except ValueError as error:
            raise NotPacked(str(error)) from error


def unread(root: Block | Expression, uses: Uses, deep: bool) -> Unread:
    """``root`` packed; only one that is said to be ``deep`` is looked at for depth.

    Raises RecursionError for a deep one that is not said to be so.
    """
    whole, pieces = cut(root) if deep else (root, ())
    return Unread(pack(whole), uses, pack(pieces) if pieces else b"")


class Function(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A function definition. ``symbol`` is its name, or ``file::name`` when it is static.

    ``held`` is its body; ``body`` unpacks one that is not read yet, when it is first asked for, and keeps it:
    its nodes are known by identity. ``read`` keeps nothing.
    """

    name: str
    symbol: str
    file: str
    params: tuple[Param, ...]
    returns: CType
    held: Block | Unread
    at: Location
    static: bool = False

    @cached_property
    def body(self) -> Block:
        """What the function does. Raises NotPacked for one that ``unread`` did not make."""
        return self.read()

    def read(self) -> Block:
        """``body`` for somebody who looks at it once: unpacked for him alone, unless it is kept already."""
        if not isinstance(self.held, Unread):
            return self.held
        kept: Block | None = self.__dict__.get("body")
        return kept or self.held.body()

    @cached_property
    def uses(self) -> Uses:
        """What the body mentions."""
        return self.held.uses if isinstance(self.held, Unread) else uses_of(self.held)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What the body sets."""
        return self.uses.settings

    def source(self, number: int) -> Expression | None:
        """What the setting of that number assigns."""
        return next(islice(sources(self.read()), number, None))

    def unread(self, deep: bool = False) -> Function:
        """The same function with its body packed, as by ``unread``."""
        return msgspec.structs.replace(self, held=unread(self.body, self.uses, deep))


class Global(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A file-scope variable; ``const`` when it is declared so, or is static and never assigned.

    ``held`` is its initialiser; ``init`` unpacks one that is not read yet, when it is first asked for.
    """

    name: str
    symbol: str
    ctype: CType
    at: Location
    held: Expression | Unread | None = None
    const: bool = False

    @cached_property
    def init(self) -> Expression | None:
        """What it holds at first. Raises NotPacked for what ``unread`` did not make."""
        return self.held.expression() if isinstance(self.held, Unread) else self.held

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What its initialiser sets."""
        if isinstance(self.held, Unread):
            return self.held.uses.settings
        return tuple(setting_to(slot, source) for slot, source in self._initial())

    def source(self, number: int) -> Expression | None:
        """What the setting of that number assigns."""
        return next(islice(self._initial(), number, None))[1]

    def unread(self, deep: bool = False) -> Global:
        """The same variable with a list, or what is ``deep``, packed, as by ``unread``."""
        if self.init is None or not (deep or isinstance(self.init, InitList)):
            return self
        return msgspec.structs.replace(self, held=unread(self.init, Uses(settings=self.settings), deep))

    def _initial(self) -> Iterator[tuple[Slot, Expression]]:
        return initial(getattr(self.ctype, "name", ""), self.symbol, self.init)


class EnumConstant(msgspec.Struct, frozen=True, eq=False, dict=True):
    """An enumerator; ``init`` is the expression it was written as, if any, unpacked from ``held``."""

    name: str
    value: int
    at: Location
    held: Expression | Unread | None = None

    @cached_property
    def init(self) -> Expression | None:
        """What it was written as. Raises NotPacked for what ``unread`` did not make."""
        return self.held.expression() if isinstance(self.held, Unread) else self.held

    def unread(self, deep: bool) -> EnumConstant:
        """The same enumerator with what is ``deep`` packed."""
        if self.init is None or not deep:
            return self
        return msgspec.structs.replace(self, held=unread(self.init, Uses(), deep))
