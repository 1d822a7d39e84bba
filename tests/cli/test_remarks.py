"""What was not understood is said on stderr, file by file, with the share that was."""

from __future__ import annotations

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FAILED

GOOD = "int good(int a)\n{\n\tif (a < 3)\n\t\treturn 1;\n\treturn 0;\n}\n"
GARBAGE = "}}} ) else int 12ab = = #define\n#include <<<>>>\n"
HALF = GOOD + "}}\nint lost(int a) { return a < 4; }\n"


@pytest.fixture
def scan(tmp_path, capsys):
    """Scan files given by name and text; gives the exit code and stderr's lines."""

    def of(*options, **texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.c").write_text(text, encoding="utf-8")
        code = run(["scan", str(tmp_path), *options])
        return code, capsys.readouterr().err.splitlines()

    return of


def test_a_file_that_is_understood_whole_is_not_named(scan):
    assert scan(good=GOOD) == (CLEAN, [])


def test_a_broken_file_beside_a_good_one_is_named_once(scan):
    code, lines = scan(good=GOOD, garbage=GARBAGE)
    assert code == CLEAN
    assert [line.startswith("lenaudit: garbage.c: ") for line in lines] == [True]


def test_a_file_that_breaks_off_is_named(scan):
    code, lines = scan(half=HALF)
    assert code == CLEAN
    assert any(line.startswith("lenaudit: half.c: ") for line in lines)


def test_nothing_but_garbage_is_not_clean(scan):
    code, lines = scan(garbage=GARBAGE)
    assert code == FAILED
    assert "garbage.c" in lines[0]


def test_quiet_says_nothing(scan):
    assert scan("-q", good=GOOD, garbage=GARBAGE) == (CLEAN, [])


def test_verbose_names_missing_headers_too(scan):
    _, lines = scan("-v", good='#include "nowhere.h"\n' + GOOD)
    assert any("nowhere.h" in line for line in lines)


@pytest.mark.parametrize(
    "command", [("policy",), ("where", "34"), ("constants",)], ids=lambda words: words[0]
)
def test_every_command_that_reads_a_tree_names_what_it_did_not_understand(command, tmp_path, capsys):
    (tmp_path / "good.c").write_text(GOOD, encoding="utf-8")
    (tmp_path / "garbage.c").write_text(GARBAGE, encoding="utf-8")
    assert run([*command, str(tmp_path)]) == CLEAN
    assert "lenaudit: garbage.c: " in capsys.readouterr().err
