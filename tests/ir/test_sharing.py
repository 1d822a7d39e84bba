"""A module decoded in; the same module, with what is equal in it held once, out."""

from __future__ import annotations

import msgspec
import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.ir import Module, walk
from auditor.ir import expressions as e
from auditor.ir.sharing import Sharing
from auditor.knowledge import load_knowledge
from auditor.settings import Settings

TEXT = """\
struct frame { unsigned int length; unsigned char *data; };
#define LEAST 1000
static const int most = 1514;
int first(struct frame *frame, int on) { return frame->length < LEAST && frame->length > 1000 && on == 1; }
int second(struct frame *frame, int on) { return frame->length < most || !on || frame->length == 1000; }
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("shared") / "a.c"
    path.write_text(TEXT, encoding="utf-8")
    settings = Settings(paths=(path,))
    module = load(frontend.find(settings), settings, load_knowledge()).modules[0]
    return msgspec.msgpack.encode(module)


def decoded(data: bytes) -> Module:
    return msgspec.msgpack.decode(data, type=Module)


def test_nothing_but_identity_changes(data: bytes) -> None:
    module = decoded(data)
    Sharing().share(module)
    assert msgspec.msgpack.encode(module) == data


def test_types_places_and_names_are_held_once(data: bytes) -> None:
    one, other, sharing = decoded(data), decoded(data), Sharing()
    sharing.share(one)
    sharing.share(other)
    nodes = [n for m in (one, other) for f in m.functions for n in walk(f.body) if isinstance(n, e.Expr)]
    for held in ("ctype", "at"):
        values = [getattr(node, held) for node in nodes]
        assert len({id(value) for value in values}) == len(set(values))
    files = {id(node.at.file) for node in nodes} | {id(record.at.file) for record in one.records if record.at}
    assert len(files) == 1
    assert one.records[0] is other.records[0]
    assert one.macros[0] is other.macros[0]


def test_expressions_stay_apart(data: bytes) -> None:
    """They compare by identity: two equal comparisons are two places of a path."""
    one, other, sharing = decoded(data), decoded(data), Sharing()
    sharing.share(one)
    sharing.share(other)
    assert one.functions[0] is not other.functions[0]
    assert one.functions[0].body is not other.functions[0].body


def test_numbers_and_truths_are_not_mixed_up(data: bytes) -> None:
    module = decoded(data)
    Sharing().share(module)
    nodes = [node for f in module.functions for node in walk(f.body) if isinstance(node, e.Expr)]
    assert {type(node.macro_call) for node in nodes} == {bool}
    assert {type(node.value) for node in nodes} == {int, type(None)}
    assert len({id(node.value) for node in nodes if node.value == 1000}) == 1
