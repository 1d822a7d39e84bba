"""Modules and bodies decoded in; the same ones, with what they repeat held once, out."""

from __future__ import annotations

import msgspec
import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.ir import Module, walk
from auditor.ir.sharing import Sharing
from auditor.knowledge import load_knowledge
from auditor.settings import Settings

TEXT = """\
struct frame { unsigned int length; unsigned char *data; };
#define LEAST 1000
int first(struct frame *frame, int on) { return frame->length < LEAST && on == 1; }
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("shared") / "a.c"
    path.write_text(TEXT, encoding="utf-8")
    settings = Settings(paths=(path,))
    module = load(frontend.find(settings), settings, load_knowledge()).modules[0]
    return msgspec.msgpack.encode(module)


def test_nothing_but_identity_changes(data: bytes) -> None:
    sharing = Sharing()
    for _ in range(2):
        module = msgspec.msgpack.decode(data, type=Module)
        assert msgspec.msgpack.encode(sharing.shared(module)) == data


def test_layouts_and_macros_are_held_once(data: bytes) -> None:
    sharing = Sharing()
    one, other = (sharing.shared(msgspec.msgpack.decode(data, type=Module)) for _ in range(2))
    assert one.records[0] is other.records[0]
    assert one.macros[0] is other.macros[0]


def test_bodies_share_types_and_names_but_no_nodes(data: bytes) -> None:
    sharing = Sharing()
    bodies = [msgspec.msgpack.decode(data, type=Module).functions[0].read() for _ in range(2)]
    before = [msgspec.msgpack.encode(body) for body in bodies]
    for body in bodies:
        sharing.share(body)
    assert [msgspec.msgpack.encode(body) for body in bodies] == before
    for one, other in zip(*map(walk, bodies), strict=True):
        assert one is not other
        assert one.at is not other.at
        assert one.at.file is other.at.file
        assert getattr(one, "ctype", None) is getattr(other, "ctype", None)
        assert getattr(one, "symbol", None) is getattr(other, "symbol", None)
