"""Platform packs: what lenaudit knows about one driver interface, as data.

A pack is one TOML file in ``rules/platforms`` (or in a user's ``--rules`` folder); its keys are the
fields of ``Platform``. Argument numbers count from 0.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from auditor.knowledge.globs import Globs

Effect = Literal[
    "hand-on",  # the frame at `frame` goes to its destination; ends the path
    "queue",  # the frame at `frame` is put on a list or queue that somebody else consumes
    "lend",  # the frame's bytes go to hardware or an asynchronous transfer; a later free takes them back
    "free",  # the frame at `frame` is released
    "complete",  # the frame at `frame` is given back to its sender with `status`
    "length",  # returns the frame's length
    "data",  # returns a pointer to the frame's data, or NULL when it has fewer than `size` bytes
    "read",  # copies `size` bytes at `offset` to `dst`, or returns a pointer; `fails` says how, when short
    "guarantee",  # true, or 0 when `fails` is "nonzero", only if the frame has `size` bytes
    "allocate",  # returns fresh memory of `size` bytes, or NULL
    "allocate-frame",  # returns a fresh frame: `size` bytes of room, or the data at `dst`
    "clone",  # returns the same frame (a share check, a copy, an expansion), or NULL
    "same",  # returns the frame (or pointer) at `frame`, unchanged: accessors and casts
    "copy",  # memory copy of `size` bytes from `src` to `dst`
    "put",  # data grows at its end by `size` bytes; returns the old end
    "push",  # data grows at its start by `size`
    "pull",  # data shrinks at its start by `size`
    "trim",  # length becomes `size`
    "fill",  # zeroed bytes follow the frame, whose length stays; `fails` says how failure is returned
    "pad",  # length becomes at least `size`; `fails` says how failure is returned
    "type-trans",  # pulls the Ethernet header (14 bytes) and returns the ethertype, big-endian
    "swap",  # byte order of argument 0 changes
    "neutral",  # logging, locking, statistics, accessors: nothing to do with the frame's fate
    "assert",  # its argument is assumed in debug builds only
    "never",  # does not return
]
Layer = Literal["L2", "L3", "unknown"]
Origin = Literal["wire", "stack", "peer", "untrusted", "unknown"]


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What functions (or function-like macros of a model header) do to a frame."""

    names: tuple[str, ...]
    effect: Effect
    frame: int | None = None
    size: int | str | None = None  # an argument number, or "result"
    offset: int | None = None
    dst: int | None = None
    src: int | None = None
    data_out: int | None = None  # argument through which a data pointer is returned
    length_out: int | None = None  # argument through which the length is returned
    status: str = ""  # "arg:N" or "field:RECORD.FIELD"; empty: always success
    fails: Literal["", "null", "nonzero", "false"] = ""
    minimum: int | None = None  # a fixed size in bytes, where no argument gives it
    answers: bool = False  # hand-on towards the frame's sender
    sized: bool = False  # allocate-frame: the new frame is `size` bytes long, not empty with room for them
    extra: int = 0  # hand-on: bytes of the frame that `size` leaves out, a header given apart
    link: bool = False  # data: of the Ethernet header, which may have been pulled
    ethertypes: tuple[int, ...] = ()  # hand-on: the only ones that go there; all when empty
    layer: Layer = "unknown"  # hand-on: what a frame is whose length a descriptor gave ...
    origin: Origin = "unknown"  # ... and who it comes from, where no role says so


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What functions read of the memory that their arguments ``of`` point to.

    ``size`` is the argument that says how many bytes, ``bytes`` their number where none does.
    """

    names: tuple[str, ...]
    of: tuple[int, ...]
    size: int | None = None
    bytes: int = 0


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A record that stands for a frame: which members lead to its length, data and parts."""

    record: str
    length: str = ""  # member path of the length ("DataLength", "Parameters.Write.Length")
    first: str = ""  # member that counts the bytes of the first part only, which data points to
    data: str = ""  # member that points to the first byte
    end: str = ""  # member that points past the last byte
    protocol: str = ""  # member that holds the ethertype, big-endian
    parts: dict[str, str] = {}  # member -> record of a part that carries the same frame
    next: tuple[str, ...] = ()  # members that lead to other frames of a list
    longest: int = 65535  # bytes that a frame can have because nothing but its sender limits them


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who calls an entry point, and with what.

    ``bindings`` are ``RECORD.FIELD``, ``FIELD[INDEX]`` or ``call:NAME[ARG]`` as in ``ir.Binding``;
    ``names`` are glob patterns of function names, weaker evidence.
    """

    id: str
    bindings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()  # functions of which the user's settings say so
    layer: Layer = "L2"
    origin: Origin = "unknown"
    direction: Literal["transmit", "receive", "unknown"] = "unknown"
    frame: int | None = None  # which parameter is the frame
    record: str = ""  # its Frame record, where the declared type does not say
    buffer: int | None = None  # or: which parameters are a data pointer ...
    length: int | None = None  # ... and its length
    failure: Literal["", "negative", "false", "nonzero", "null", "zero", "ntstatus"] = ""
    busy: tuple[int, ...] = ()  # return values after which the caller keeps the frame and tries again
    guarantees: int | None = None  # bytes that every frame has, where its origin does not say it right
    ethertype: str = ""  # RECORD.FIELD of the registration that names the one ethertype it gets, big-endian
    pulled: int = 0  # bytes of the frame already pulled when the handler runs
    uncounted: int = 0  # bytes at its start that its length no longer counts, though its data starts there
    ip_protocol: int | None = None  # it is given IPv4 packets of this protocol only
    indirect: bool = False  # the parameter points to a pointer to the frame
    returns_frame: bool = False  # the frame is handed on by returning it


class Virtual(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What shows that a device is a link made of software, on which nothing pads short frames.

    ``strong`` are names of calls, records, macros or constants that only such a device's driver uses, or
    ``RECORD.FIELD=VALUE`` for what it sets; ``weak`` are glob patterns of names of files and functions.
    """

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Tagging(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What shows that a frame's 802.1Q tag is not among the bytes that its length counts.

    Names of calls, macros, constants, or ``RECORD.FIELD``. ``transmit`` and ``receive``: the tag travels
    beside the frame that way; ``challenged``: the device takes no tagged frames at all; ``aggregates``:
    words in facts about frames that stand for several on the wire.
    """

    transmit: tuple[str, ...] = ()
    receive: tuple[str, ...] = ()
    challenged: tuple[str, ...] = ()
    aggregates: tuple[str, ...] = ()


class Platform(msgspec.Struct, frozen=True, eq=False, forbid_unknown_fields=True, kw_only=True):
    """One platform pack."""

    def effect(self, name: str) -> Call | None:
        """What the pack says of the function ``name``, None when nothing."""
        return _by_name(self).get(name)

    def looks(self, name: str) -> Look | None:
        """What the pack says that the function ``name`` reads, None when nothing."""
        return _looks_by_name(self).get(name)

    def is_neutral(self, name: str) -> bool:
        """Whether the pack says that the function ``name`` has no part in a frame's fate."""
        return _neutral_names(self).match(name)

    name: str
    title: str
    target: str  # clang target triple
    includes: tuple[str, ...] = ()  # header globs that recognise the platform in a file
    identifiers: tuple[str, ...] = ()  # words that recognise it, weaker
    headers: dict[str, tuple[str, ...]] = {}  # model header -> globs of the header names it stands for
    defines: tuple[str, ...] = ()  # macros given to the parser, NAME or NAME=VALUE
    frames: tuple[Frame, ...] = ()
    calls: tuple[Call, ...] = ()
    reads: tuple[Look, ...] = ()
    roles: tuple[Role, ...] = ()
    neutral: tuple[str, ...] = ()  # globs of further function names without an effect on frames
    l3_evidence: tuple[str, ...] = ()  # RECORD.FIELD=VALUE that a device without Ethernet headers sets
    l2_evidence: tuple[str, ...] = ()  # functions that only a device with Ethernet headers calls
    statuses: dict[str, int] = {}  # names of status codes, for reading
    parsed: tuple[str, ...] = ()  # words in facts about frames whose headers somebody else has read
    virtual: Virtual = Virtual()
    tagging: Tagging = Tagging()


@cache
def _by_name(platform: Platform) -> dict[str, Call]:
    return {name: call for call in platform.calls for name in call.names}


@cache
def _looks_by_name(platform: Platform) -> dict[str, Look]:
    return {name: look for look in platform.reads for name in look.names}


@cache
def _neutral_names(platform: Platform) -> Globs:
    return Globs(platform.neutral)
