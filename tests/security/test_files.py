"""Files that are no files, that lead elsewhere, or that hold what no compiler should see."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import SECONDS, Scanned, lost

SECRET = "int the_secret = 34;\n"
USES = "int f(int n) { return the_secret + n; }\n"

needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")


@needs_fifo
def test_fifo_as_a_source_and_as_a_header(tree: Path, scanned: Scanned) -> None:
    os.mkfifo(tree / "pipe.c")
    os.mkfifo(tree / "pipe.h")
    (tree / "uses.c").write_text('#include "pipe.h"\nint x;\n', encoding="utf-8")
    report = scanned()
    assert "not a regular file" in lost(report)["pipe.c"].message
    assert any(
        "pipe.h is not a regular file" in gap.message for gap in report.gaps if gap.at.file == "uses.c"
    )


LED = {
    "by a macro": '#define H "pipe"\n#include H',
    "by a macro, in a folder": '#define H "deep/pipe"\n#include H',
    "by a macro, around": '#define H "deep/../pipe"\n#include H',
    "by a macro, behind a link": '#define H "away/pipe"\n#include H',
    "by a macro, in angles": '#define H <pipe>\n#include "deep/x.h"\n#include H',
    "by a macro, elsewhere": '#define H "/dev/zero"\n#include H',
    "by a macro, elsewhere behind a link": '#define H "dev/zero"\n#include H',
    "by a macro, asked for": '#define H "pipe"\n#if __has_include(H)\nint y;\n#endif',
    "by a macro, the next one": "#define H <pipe>\n#include_next H",
    "by a macro of a header": '#include "deep/x.h"\n#include NAMED',
    "around": '#include "deep/../pipe"',
    "by a dot": '#include "./pipe"',
    "behind a comment": '#include/**/"pipe"',
    "behind another comment": '/**/ #include "pipe"',
    "on two lines": '#inc\\\nlude "pipe"',
    "by a name on two lines": '#include "pi\\\npe"',
    "as a digraph": '%:include "pipe"',
    "after the line end of another system": 'int y;\r#include "pipe"\r',
    "as what others depend on": '#pragma GCC dependency "pipe"',
}


@needs_fifo
@pytest.mark.parametrize("led", LED.values(), ids=LED)
def test_clang_is_led_to_nothing_that_would_hold_it(led: str, tree: Path, scanned: Scanned) -> None:
    """The file is analysed at once; what else its tree has is seen."""
    for folder in ("deep", "deep/deeper"):
        (tree / folder).mkdir()
        os.mkfifo(tree / folder / "pipe")
    os.mkfifo(tree / "pipe")
    (tree / "away").symlink_to("deep/deeper")
    (tree / "dev").symlink_to("/dev")
    (tree / "deep" / "x.h").write_text('#define NAMED "pipe"\n', encoding="utf-8")
    (tree / "deep" / "seen.h").write_text("enum { SEEN = 14 };\n", encoding="utf-8")
    seen = '#define SEEN_H "deep/seen.h"\n#include SEEN_H\n'
    (tree / "uses.c").write_text(f"{led}\n{seen}int f(int n) {{ return n < SEEN; }}\n", encoding="utf-8")
    began = time.monotonic()
    report = scanned(seconds=SECONDS)
    assert (lost(report), time.monotonic() - began < SECONDS) == ({}, True)
    (coverage,) = (coverage for coverage in report.coverage if coverage.file == "uses.c")
    said = " ".join(gap.message for gap in report.gaps if gap.at.file == "uses.c")
    assert ("SEEN" in said, coverage.understood) == (False, coverage.in_text)
    assert "__has_include" in led or "pipe" in said or "zero" in said


def test_links_that_go_round(tree: Path, scanned: Scanned) -> None:
    (tree / "round.c").symlink_to(tree / "round.c")
    (tree / "a.h").symlink_to(tree / "b.h")
    (tree / "b.h").symlink_to(tree / "a.h")
    (tree / "loop").symlink_to(tree)
    (tree / "uses.c").write_text('#include "a.h"\nint x;\n', encoding="utf-8")
    assert set(lost(scanned())) == {"round.c", "a.h", "b.h"} & set(lost(scanned())) | {"round.c"}


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/stdin", "/proc/self/mem"])
def test_devices(device: str, tree: Path, scanned: Scanned) -> None:
    """As a source by a link, as a header by a link and by name."""
    (tree / "link.c").symlink_to(device)
    (tree / "link.h").symlink_to(device)
    (tree / "uses.c").write_text(f'#include "link.h"\n#include "{device}"\nint x;\n', encoding="utf-8")
    report = scanned()
    assert "uses.c" not in lost(report)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


OUTSIDE: dict[str, Callable[[Path, Path], str]] = {
    "above": lambda tree, secret: '#include "../secret.h"',
    "far above": lambda tree, secret: f'#include "{"../" * 40}{secret}"',
    "absolute": lambda tree, secret: f'#include "{secret}"',
    "absolute in angles": lambda tree, secret: f"#include <{secret}>",
    "by a link": lambda tree, secret: (tree / "inner.h").symlink_to(secret) or '#include "inner.h"',
    "by a linked folder": lambda tree, secret: (
        (tree / "inner").symlink_to(secret.parent, target_is_directory=True) or '#include "inner/secret.h"'
    ),
    "from a search folder": lambda tree, secret: f"#include <x.h>\n#include <../../{secret.name}>",
    "from a lower search folder": lambda tree, secret: (
        f'#include <deep/x.h>\n#include "deep/../../{secret.name}"'
    ),
    "above the search folder of a header": lambda tree, secret: (
        f'#include "{tree.name}/deep/x.h"\n#include "{secret.name}"\n#include <{secret.name}>'
    ),
    "by a macro": lambda tree, secret: f'#define HEADER "{secret}"\n#include HEADER',
    "by a macro in angles": lambda tree, secret: f"#define HEADER <../{secret.name}>\n#include HEADER",
    "by a macro through a linked folder": lambda tree, secret: (
        (tree / "away").symlink_to(_made(secret.parent / "other"), target_is_directory=True)
        or '#define HEADER "away/../secret.h"\n#include HEADER'
    ),
    "by a macro, again and again": lambda tree, secret: (
        f'#define HEADER "{secret}"\n#include HEADER\n#ifndef AGAIN\n#include __FILE__\n#endif\n'
    ),
    "by a joined macro": lambda tree, secret: (
        f"#define S(x) #x\n#define T(x) S(x)\n#include T(../{secret.name})\n"
    ),
}


@pytest.mark.parametrize("spelled", OUTSIDE.values(), ids=OUTSIDE)
def test_nothing_outside_the_tree_is_used(
    spelled: Callable[[Path, Path], str], tree: Path, scanned: Scanned
) -> None:
    """The file's text is nowhere in the report, and its variable stays unknown."""
    secret = tree.parent / "secret.h"
    secret.write_text(SECRET + "#error the_secret_is_out\n", encoding="utf-8")
    (tree / "deep").mkdir()
    (tree / "deep" / "x.h").write_text("int y;\n", encoding="utf-8")
    include = spelled(tree, secret)
    (tree / "uses.c").write_text(f'#include "deep/x.h"\n{include}\n{USES}', encoding="utf-8")
    report = scanned()
    assert "secret_is_out" not in str(report)
    assert "= 34" not in str([g.message for g in report.gaps])
    assert "uses.c" not in lost(report)
    if "#include HEADER" in include or "T(" in include:
        assert "secret.h lies outside the scanned tree" in " ".join(g.message for g in report.gaps)


def test_a_file_of_50_megabytes(tree: Path, scanned: Scanned) -> None:
    (tree / "huge.c").write_bytes(b"int x;\n" * 7_500_000)
    assert "larger than" in lost(scanned())["huge.c"].message


@pytest.mark.parametrize(
    "content",
    [
        b"int f(int n) {\0 return n < 34; }\n" * 50,
        "\ufeffint f(int n) { return n < 34; }\n".encode("utf-16-le"),
        "\ufeffint f(int n) { return n < 34; }\n".encode("utf-16-be"),
        b"int f(int n) { /* \xff\xfe\xfa */ return n < 34; } char *s = \"\xc3\x28\";\n",
        b"#include \"\xff\xfe.h\"\n#include <a\0b.h>\nint x;\n",
        b"\xef\xbb\xbf\xef\xbb\xbfint x;\n",
        b"int x;\n\x1a\x04",
        b"#line 1 \"/etc/passwd\"\nint f(int n) { return n < 34; }\n",
        b"#pragma once\n#pragma GCC dependency \"/etc/passwd\"\n#embed \"/etc/passwd\"\nint x;\n",
        b'__asm__(".incbin \\"/etc/passwd\\"");\nint x;\n',
        b"_Pragma(\"clang module import x\")\n@import Foundation;\nint x;\n",
    ],
    ids=["NUL", "UTF-16", "UTF-16 BE", "bad UTF-8", "odd includes", "two marks", "ends", "line", "pragmas",
         "asm", "modules"],
)  # fmt: skip
def test_odd_text(content: bytes, tree: Path, scanned: Scanned) -> None:
    (tree / "odd.c").write_bytes(content)
    report = scanned()
    assert all(gap.kind != "worker" for gap in report.gaps), report.gaps
    assert "root:" not in str(report)


@pytest.mark.parametrize(
    "name",
    [b"new\nline.c", b'quo"te.c', b"esc\x1b]0;evil\x07.c", b"<script>.c", b"%41::error::.c", b"\xff\xfe.c",
     b"-rf.c", b"back\\slash.c", b"$(touch pwned).c", b"a b.c"],
)  # fmt: skip
def test_odd_names(name: bytes, tree: Path, scanned: Scanned) -> None:
    """A faulty driver and its header under such a name."""
    path = os.fsencode(tree) + b"/" + name
    try:
        Path(os.fsdecode(path)).write_bytes(b'#include "%s.h"\nint f(int n) { return n < M; }\n' % name)
        Path(os.fsdecode(path + b".h")).write_bytes(b"#define M 34\n")
    except OSError:
        pytest.skip("this file system has no such names")
    report = scanned()
    assert all(gap.kind != "worker" for gap in report.gaps), report.gaps
