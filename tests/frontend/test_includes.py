"""Include directives and a tree in; the file that each name means, and where clang must look for it, out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.frontend.includes import OUTSIDE, Directive, IncludeIndex, directives_of, facts_of
from auditor.frontend.texts import read_source

WORDS = frozenset({"net_device", "mbuf"})


def quoted(name: str) -> Directive:
    return Directive(name, quoted=True)


def angled(name: str) -> Directive:
    return Directive(name, quoted=False)


DIRECTIVES = {
    "in quotes": ('#include "a.h"', (quoted("a.h"),)),
    "in angle brackets": ("#include <net/a.h>", (angled("net/a.h"),)),
    "with blanks": ('\t # \t include \t"a.h"', (quoted("a.h"),)),
    "both": ('#include "a.h"\n#include <b/c.h>\n', (quoted("a.h"), angled("b/c.h"))),
    "quotes without one": (' \t# \tinclude"a.h"', (quoted("a.h"),)),
    "without one": ("#include<a.h>", (angled("a.h"),)),
    "blanks inside": ('#include " a.h "', (quoted("a.h"),)),
    "other words for it": ("#import <a.h>\n#include_next <b.h>", (angled("a.h"), angled("b.h"))),
    "each once": ('#include "a.h"\n#include <a.h>\n#include "a.h"', (quoted("a.h"), angled("a.h"))),
    "not at the start of a line": ('x #include "a.h"', ()),
    "over two lines": ('#include "a\n.h"', ()),
    "what a macro names": ("#include NAME\n#include <a.h>", (angled("a.h"),)),
    "another directive": ('#includes "a.h"\n#pragma once\n#define X "a.h"', ()),
    "none": ("int x;", ()),
}


@pytest.mark.parametrize(("text", "found"), DIRECTIVES.values(), ids=DIRECTIVES)
def test_directives(text: str, found: tuple[Directive, ...]) -> None:
    assert directives_of(text.encode()) == found


def test_a_name_that_is_no_utf8() -> None:
    (found,) = directives_of(b'#include "\xff.h"')
    assert os.fsencode(found.name) == b"\xff.h"


FACTS = {
    "words that tell": (b"struct net_device *dev; mbuf(x);", {"net_device", "mbuf"}, False),
    "parts of words": (b"struct my_net_device; xmbuf mbufs", set(), False),
    "a macro names it": (b"#include NAME", set(), True),
    "a macro names one of two": (b"#include NAME\n#include <a.h>", set(), True),
    "with blanks": (b" # include  NAME", set(), True),
    "a macro with arguments": (b"#include NAME(mbuf)", {"mbuf"}, True),
    "a name": (b'#include "a.h"\n#include <b.h>', set(), False),
    "another directive": (b"#included NAME", set(), False),
}


@pytest.mark.parametrize(("text", "words", "computed"), FACTS.values(), ids=FACTS)
def test_facts(text: bytes, words: set[str], computed: bool) -> None:
    found = facts_of(text, WORDS)
    assert (found.words, found.computed) == (words, computed)


TREE = (
    "top.h", "drv/a.c", "drv/own.h", "drv/sub/deep.h", "drv/sub/own.h", "include/net/x.h", "other/net/x.h",
    "other/far.h", "near/one/twin.h", "near/two/longer/twin.h",
)  # fmt: skip


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The scanned tree; beside it lies a header that is no part of it."""
    for name in TREE:
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_text("int x;\n", encoding="utf-8")
    (tmp_path / "beside.h").write_text("int x;\n", encoding="utf-8")
    return tmp_path.resolve() / "tree"


def index(base: Path, names: tuple[str, ...] = TREE) -> IncludeIndex:
    headers = [str(base / name) for name in names if name.endswith(".h")]
    return IncludeIndex(str(base), headers, read_source, lambda data: facts_of(data, WORDS))


MEANT = {
    "beside it": ("drv/a.c", quoted("own.h"), (), "drv/own.h"),
    "beside another": ("drv/sub/b.c", quoted("own.h"), (), "drv/sub/own.h"),
    "by a way": ("drv/a.c", quoted("../other/far.h"), (), "other/far.h"),
    "out of the tree": ("drv/a.c", quoted("../../beside.h"), (), "../beside.h"),
    "anywhere": ("drv/a.c", quoted("far.h"), (), "other/far.h"),
    "anywhere, in angle brackets": ("drv/a.c", angled("far.h"), (), "other/far.h"),
    "not beside it in angle brackets": ("other/a.c", angled("own.h"), (), "drv/own.h"),
    "a folder of the build before": ("drv/a.c", angled("own.h"), ("drv/sub",), "drv/sub/own.h"),
    "the first folder of the build": ("drv/a.c", angled("net/x.h"), ("other", "include"), "other/net/x.h"),
    "beside it before a folder of the build": ("drv/a.c", quoted("own.h"), ("drv/sub",), "drv/own.h"),
    "a folder of the build that lacks it": ("drv/a.c", angled("far.h"), ("drv/sub",), "other/far.h"),
    "the nearest": ("other/a.c", angled("net/x.h"), (), "other/net/x.h"),
    "the nearest from elsewhere": ("include/a.c", angled("net/x.h"), (), "include/net/x.h"),
    "the shortest of those as near": ("near/a.c", angled("twin.h"), (), "near/one/twin.h"),
    "with another's slashes": ("drv/a.c", quoted("sub\\deep.h"), (), "drv/sub/deep.h"),
    "in another case": ("drv/a.c", angled("FAR.H"), (), "other/far.h"),
    "by a part of its name": ("drv/a.c", angled("r.h"), (), ""),
    "by another folder": ("drv/a.c", angled("sub/far.h"), (), ""),
    "nowhere": ("drv/a.c", quoted("none.h"), (), ""),
}  # fmt: skip


@pytest.mark.parametrize(("includer", "directive", "folders", "path"), MEANT.values(), ids=MEANT)
def test_which_file_is_meant(
    includer: str, directive: Directive, folders: tuple[str, ...], path: str, base: Path
) -> None:
    given = tuple(str(base / folder) for folder in folders)
    found = index(base).leads(str(base / includer), directive, given)
    assert (os.path.relpath(found, base) if found else "") == path


def test_a_scan_of_one_file_looks_in_the_folders_above(base: Path) -> None:
    """Nothing of the tree is listed then: in each folder up to the base, and in its ``include``."""
    one, file = index(base, ()), str(base / "drv" / "sub" / "b.c")
    found = [one.leads(file, angled(name), ()) for name in ("top.h", "net/x.h", "own.h", "far.h", "beside.h")]
    names = [os.path.relpath(path, base) if path else "" for path in found]
    assert names == ["top.h", "include/net/x.h", "drv/sub/own.h", "", ""]


LOOKED = {
    "beside it": ('#include "own.h"', "own.h", "", True),
    "elsewhere": ("#include <net/x.h>", "net/x.h", "other", True),
    "in another case": ("#include <NET/x.h>", "NET/x.h", "", False),
    "a way through folders": ("#include <../other/far.h>", "../other/far.h", "", False),
}


@pytest.mark.parametrize(("text", "name", "folder", "exact"), LOOKED.values(), ids=LOOKED)
def test_what_clang_needs_to_find_it(text: str, name: str, folder: str, exact: bool, base: Path) -> None:
    facts = facts_of(text.encode(), WORDS)
    reached = index(base).reach(
        str(base / "other/sub/a.c" if folder else base / "drv/a.c"), facts, lambda name: False
    )
    target = reached.targets[name]
    assert (target.folder, target.exact) == (str(base / folder) if folder else "", exact)


def reach(base: Path, text: str, modelled: frozenset[str] = frozenset()):  # type: ignore[no-untyped-def]
    facts = facts_of(text.encode(), WORDS)
    return index(base).reach(str(base / "drv/a.c"), facts, modelled.__contains__)


def test_what_headers_include_is_reached_once(base: Path) -> None:
    (base / "drv" / "own.h").write_text('#include "sub/deep.h"\n#include "own.h"\n', encoding="utf-8")
    (base / "drv" / "sub" / "deep.h").write_text('#include "../own.h"\n#include <gone.h>\n', encoding="utf-8")
    reached = reach(base, '#include "own.h"\n#include "none.h"\n')
    assert [os.path.relpath(path, base) for path in reached.texts] == ["drv/own.h", "drv/sub/deep.h"]
    assert list(reached.targets) == ["own.h", "sub/deep.h", "../own.h"]
    assert reached.missing == {"none.h": True, "gone.h": False}
    assert set(reached.names()) == {*reached.targets, *reached.missing}


@pytest.mark.parametrize(
    ("text", "missing"), [("<top.h>", True), ('"top.h"', False)], ids=["in angle brackets", "in quotes"]
)
def test_what_a_model_stands_for_is_not_looked_for(text: str, missing: bool, base: Path) -> None:
    reached = reach(base, f"#include {text}", frozenset({"top.h"}))
    assert ("top.h" in reached.missing, bool(reached.texts)) == (missing, not missing)


def test_a_name_that_is_missing_somewhere_in_quotes(base: Path) -> None:
    for texts in (('"none.h"', "<none.h>"), ("<none.h>", '"none.h"')):
        assert reach(base, "".join(f"#include {text}\n" for text in texts)).missing == {"none.h": True}


def test_what_cannot_be_read_says_why(base: Path) -> None:
    (base / "drv" / "own.h").write_bytes(bytes(1000))
    (base / "drv" / "out.h").symlink_to(base.parent / "beside.h")
    reached = reach(base, '#include "own.h"\n#include "out.h"\n#include "../../beside.h"\n')
    said = {os.path.relpath(path, base): why for path, why in reached.unreadable.items()}
    assert said == {"drv/own.h": "is a binary file", "drv/out.h": OUTSIDE, "../beside.h": OUTSIDE}
    assert reached.texts == {}


def test_a_header_that_a_macro_leads_on_from(base: Path) -> None:
    one = index(base)
    reaches = [one.reach(str(base / "drv/a.c"), facts_of(b'#include "own.h"', WORDS), lambda name: False)]
    (base / "drv" / "own.h").write_text("#include NAME\n", encoding="utf-8")
    two = index(base)
    reaches.append(two.reach(str(base / "drv/a.c"), facts_of(b'#include "own.h"', WORDS), lambda name: False))
    assert [one.computed(reaches[0]), two.computed(reaches[1])] == [False, True]
