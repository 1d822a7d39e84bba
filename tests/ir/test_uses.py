"""The body of a C function in; what it says of other functions and of the driver's state out."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from auditor.ir import Function
from auditor.ir.definitions import Unread
from auditor.ir.uses import sources
from auditor.packing import NotPacked
from auditor.pipeline import read_tree
from auditor.settings import Settings

HEAD = """\
struct port { int mode; int least; int (*send)(int); };
extern int limit, other;
int first(int), second(int);
static int chosen(int least) { return least; }
"""


def function(folder: Path, body: str) -> Function:
    """The function with that body, as it was lowered."""
    (folder / "a.c").write_text(f"{HEAD}int f(struct port *port, int x) {{ {body} return 0; }}\n")
    program = read_tree(Settings(paths=(folder,))).program
    return next(f for f in program.functions() if f.name == "f")


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ("second(first(x)); first(x);", "named", ("second", "first")),
        ("second(first(x)); first(x);", "called", ("second", "first")),
        ("port->send(x); x = chosen(x);", "called", ("chosen",)),
        ("port->send(x); x = chosen(x);", "named", ("a.c::chosen",)),
        ("port->send = first;", "named", ("first",)),
        ("port->mode = limit;", "reads", (("", "limit"),)),
        ("port->mode += 2;", "reads", (("port", "mode"),)),
        ("port->mode = limit; other = x; x = 1;", "sets", (("port", "mode"), ("", "other"))),
        ("port->mode += 2; limit++;", "sets", ()),
    ],
    ids=["named", "called", "by pointer", "static", "given", "read", "updated", "set", "not assigned"],
)
def test_what_a_body_mentions(tmp_path: Path, body: str, field: str, expected: object) -> None:
    assert getattr(function(tmp_path, body).uses, field) == expected


def test_settings_and_their_sources_go_together(tmp_path: Path) -> None:
    found = function(tmp_path, "port->mode = 3; limit = x; port->least++; x = 4; first((long)&other);")
    told = [(s.slot, s.file, s.value) for s in found.uses.settings]
    assert told == [
        (("port", "mode"), "a.c", 3),
        (("", "limit"), "a.c", None),
        (("port", "least"), "a.c", None),
        (("", "other"), "a.c", None),
    ]
    assert [str(source) for source in sources(found.body)] == ["3", "x", "None", "None"]


def test_records_of_all_members_are_known(tmp_path: Path) -> None:
    assert function(tmp_path, "port->mode = 1; limit = 2;").uses.records == {"port", ""}


def test_a_body_is_unpacked_when_it_is_asked_for(tmp_path: Path) -> None:
    found = function(tmp_path, "if (port->mode == 3) second(x);")
    unread = found.unread()
    assert isinstance(unread.held, Unread)
    assert unread.uses == found.uses
    assert str(unread.body) == str(found.body)
    assert unread.body is unread.body


def test_who_reads_a_body_once_leaves_it_packed(tmp_path: Path) -> None:
    unread = function(tmp_path, "if (port->mode == 3) second(x);").unread()
    once = unread.read()
    assert str(unread.body) == str(once)
    assert unread.body is not once
    assert unread.read() is unread.body


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("struct port one = { .mode = 3, .least = 60 };", [(("port", "mode"), 3), (("port", "least"), 60)]),
        ("struct port one = { .send = first, .least = 60 };", [(("port", "least"), 60)]),
        ("int one = 34;", [(("", "one"), 34)]),
        ("int one;", []),
    ],
    ids=["list", "only constants", "number", "nothing"],
)
def test_initialisers_set_too(
    tmp_path: Path, declared: str, expected: list[tuple[tuple[str, str], int]]
) -> None:
    (tmp_path / "a.c").write_text(HEAD + declared + "int f(void) { return chosen((long)&one); }\n")
    program = read_tree(Settings(paths=(tmp_path,))).program
    for variable in (program.globals["one"], program.globals["one"].unread()):
        assert [(s.slot, s.value) for s in variable.settings] == expected
        values = [source.value for n in range(len(expected)) if (source := variable.source(n)) is not None]
        assert values == [value for _, value in expected]
        assert str(variable.init) == str(program.globals["one"].init)


def test_a_body_that_nobody_packed_is_refused(tmp_path: Path) -> None:
    found = function(tmp_path, "first(x);")
    broken = msgspec.structs.replace(found, held=Unread(b"nonsense", found.uses))
    with pytest.raises(NotPacked, match="not a packed Block"):
        _ = broken.body
