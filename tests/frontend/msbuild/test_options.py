"""Options of Microsoft's compiler, as a project writes them in one line."""

from __future__ import annotations

import time

import pytest

from auditor.frontend.msbuild.options import options

TEXTS = {
    "nothing": (" \r\n\t", []),
    "both signs": ("/DA -DB", [("/D", "A"), ("/D", "B")]),
    "a value in the next word": ("/D A=1 /U  B\t/I\r\nc", [("/D", "A=1"), ("/U", "B"), ("/I", "c")]),
    "no value": ("/DA /D", [("/D", "A"), ("/D", "")]),
    "quotes around a word": ('"/DA=x y" /DB', [("/D", "A=x y"), ("/D", "B")]),
    "quotes in a word": ('/D"A=x y"z /I"my folder"', [("/D", "A=x yz"), ("/I", "my folder")]),
    "quotes that stay": (r'/DA=\"x\" "/DB=\"x y\""', [("/D", 'A="x"'), ("/D", 'B="x y"')]),
    "a quote without end": ('/DA "/DB x', [("/D", "A"), ("/D", "B x")]),
    "nothing in quotes": ('"" /DA', [("", ""), ("/D", "A")]),
    "a path": (r"/Ic:\x\y\ /DA", [("/I", "c:\\x\\y\\"), ("/D", "A")]),
    "a folder of others": ("/external:Iinc /external:I inc", [("/I", "inc"), ("/I", "inc")]),
    "a file before all others": ("/FIx.h /FI y.h /DA", [("/FI", ""), ("/FI", ""), ("/D", "A")]),
    "of no matter": ("/W4 /wd4200 /O2 /GS- /MP /Zi /FC /Fo:x /EHsc /utf-8 -nologo", []),
    "what says something": ("/Zp1 /Zc:wchar_t /std:c11 /J /X /u", [
        ("/Zp1", ""), ("/Zc:wchar_t", ""), ("/std:c11", ""), ("/J", ""), ("/X", ""), ("/u", ""),
    ]),
    "no options": ("@a.rsp b.obj", [("@a.rsp", ""), ("b.obj", "")]),
    "for the linker": ("/DA /link /DB /I x", [("/D", "A")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), TEXTS.values(), ids=TEXTS)
def test_options(text: str, found: list[tuple[str, str]]) -> None:
    assert list(options(text)) == found


@pytest.mark.parametrize("part", ['\\"', '"\\', "\\\\", '"', "/D ", '/D"', "x\\"])
def test_long_lines_take_no_time(part: str) -> None:
    began = time.process_time()
    assert len(list(options(part * 50_000))) <= 50_000
    assert time.process_time() - began < 2
