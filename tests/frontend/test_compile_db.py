"""Compilation databases in; the arguments that matter out, and none that could do harm."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend.compile_db import Flags, known_flags
from auditor.frontend.load import load
from auditor.knowledge import Knowledge, load_knowledge
from auditor.model import ConfigError
from auditor.settings import Settings


def written(tree: Path, *arguments: str, name: str = "a.c") -> Path:
    file = tree / "compile_commands.json"
    entry = {"directory": str(tree), "file": name, "arguments": ["cc", *arguments, "-c", name]}
    file.write_text(json.dumps([entry]), encoding="utf-8")
    return file


def flags(tree: Path, *arguments: str) -> tuple[Flags, str]:
    (tree / "a.c").touch()
    written(tree, *arguments)
    found, gaps = known_flags(os.path.realpath(tree), None)
    return found[os.path.realpath(tree / "a.c")], " ".join(gap.message for gap in gaps)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        (["-DA", "-D", "B=1", "-UC"], ("-D", "A", "-D", "B=1", "-U", "C")),
        (["-std=gnu99", "-x", "c", "-m32"], ("-std=gnu99", "-x", "c", "-m32")),
        (["--target=arm-none-eabi"], ("-target", "arm-none-eabi")),
        (["-fshort-enums", "-funsigned-char"], ("-fshort-enums", "-funsigned-char")),
        (["-Wall", "-O2", "-g", "-o", "a.o", "-fPIC"], ()),
    ],
)
def test_arguments_that_matter(given: list[str], used: tuple[str, ...], tmp_path: Path) -> None:
    assert flags(tmp_path, *given) == (Flags(used), "")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["-include", "/etc/passwd"], "-include"),
        (["-Xclang", "-load", "-Xclang", "evil.so"], "-Xclang"),
        (["-fplugin=evil.so"], "-fplugin"),
        (["-MD", "-MF", "written"], "-MF"),
        (["-Wp,-MD,written"], "-Wp,-MD,written"),
        (["@response"], "@file"),
        (["-I/etc"], "-I outside the tree"),
        (["-isystem", "../.."], "-isystem outside the tree"),
        (["-std=../../x"], "-std"),
        (["-x", "/etc/passwd"], "-x"),
        (["-imacros", "/etc/passwd"], "-imacros"),
        (["--sysroot", "/"], "--sysroot"),
        (["--version"], "--version"),
        (["-###"], "-###"),
        (["-ivfsoverlay", "x.yaml"], "-ivfsoverlay"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_arguments_that_could_do_harm(given: list[str], named: str, tmp_path: Path) -> None:
    used, said = flags(tmp_path, *given)
    assert used == Flags()
    assert named in said


def test_a_command_as_one_string(tmp_path: Path) -> None:
    (tmp_path / "a.c").touch()
    entry = {"directory": str(tmp_path), "file": "a.c", "command": "cc '-DNAME=\"a b\"' -c a.c"}
    (tmp_path / "compile_commands.json").write_text(json.dumps([entry, entry]), encoding="utf-8")
    (found,) = known_flags(os.path.realpath(tmp_path), tmp_path)[0].values()
    assert found.arguments == ("-D", 'NAME="a b"')


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[3]", b'[{"file": "a.c"}]', b'[{"directory": 1, "file": "a.c"}]', b"\xff",
     b"[" * 100_000,
     b'[{"directory": "\\u0000", "file": "\\u0000"}]'],
)  # fmt: skip
def test_what_is_no_database(content: bytes, tmp_path: Path) -> None:
    """One that was found is left alone, with a note; one that the user chose is an error."""
    (tmp_path / "compile_commands.json").write_bytes(content)
    found, (gap,) = known_flags(os.path.realpath(tmp_path), None)
    assert found == {}
    assert "is not used" in gap.message
    with pytest.raises(ConfigError):
        known_flags(os.path.realpath(tmp_path), tmp_path)


def test_what_is_too_long_to_be_looked_at(tmp_path: Path) -> None:
    """Following links takes the square of a path's length, and so does splitting a command."""
    used, said = flags(tmp_path, "-I" + "a/" * 300_000, "-DA")
    assert (used, said) == (
        Flags(("-D", "A")),
        "compile_commands.json: arguments that are not used: -I outside the tree",
    )
    written(tmp_path, name="a/" * 300_000)
    assert known_flags(os.path.realpath(tmp_path), None) == ({}, ())
    entry = {"directory": str(tmp_path), "file": "a.c", "command": "cc -D" + "A" * 2_000_000}
    (tmp_path / "compile_commands.json").write_text(json.dumps([entry]), encoding="utf-8")
    begun = time.monotonic()
    found, (gap,) = known_flags(os.path.realpath(tmp_path), None)
    assert time.monotonic() - begun < 2
    assert list(found.values()) == [Flags()]
    assert "a command of more than 131072 bytes" in gap.message


def test_names_of_dropped_arguments_are_shown_short_and_harmless(tmp_path: Path) -> None:
    _, said = flags(tmp_path, "-\x1b]0;forged\x07" + "x" * 1000)
    assert "\x1b" not in said
    assert len(said) < 200


def test_files_and_folders_that_are_not_there(tmp_path: Path) -> None:
    written(tmp_path, "-Inowhere", name="nowhere.c")
    assert known_flags(os.path.realpath(tmp_path), None)[1] == ()
    with pytest.raises(ConfigError):
        known_flags(os.path.realpath(tmp_path), tmp_path / "other")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_a_define_and_a_folder_reach_the_file(tmp_path: Path, knowledge: Knowledge) -> None:
    """Two headers of one name: the folder that the build names wins over the nearer one."""
    body = "#ifdef STRICT\nif (n < LEAST) return 1;\n#endif\nreturn 0;\n"
    text = f"#include <limits_of.h>\nint f(int n) {{\n{body}}}\n"
    (tmp_path / "src").mkdir()
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "src" / "limits_of.h").write_text("#define LEAST 1\n", encoding="utf-8")
    (tmp_path / "far" / "away" / "limits_of.h").write_text("#define LEAST 34\n", encoding="utf-8")
    (tmp_path / "src" / "a.c").write_text(text, encoding="utf-8")
    written(tmp_path, "-DSTRICT", f"-I{tmp_path}/far/away", name="src/a.c")
    settings = Settings(paths=(tmp_path,))
    (module,) = load(frontend.find(settings), settings, knowledge).modules
    assert "LEAST" in str(module.functions[0].body)
    assert [m.value for m in module.macros if m.name == "LEAST"] == [34]
