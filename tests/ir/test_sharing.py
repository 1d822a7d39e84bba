"""Modules decoded in; the same modules, with what is equal in their headers held once, out."""

from __future__ import annotations

import msgspec
import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.ir import Module
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
