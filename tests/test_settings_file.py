"""Settings are found upward from what is scanned, refused when they say what nobody reads, and merged."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FOUND, WRONG_USAGE
from auditor.effective import effective, listing
from auditor.knowledge import sample_folder
from auditor.model import Confidence, ConfigError, Severity, UsageError
from auditor.settings_file import settings_file

RULE = "l3-minimum-on-l2-path"
DRIVER = """\
#include <linux/types.h>
int ring(unsigned char *p, int n);
int odd_name(unsigned char *p, int n)
{
	if (n < 34)
		return -1;
	return ring(p, n);
}
"""


@pytest.fixture
def tree(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "src/deep").mkdir(parents=True)
    return tmp_path


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def of(*paths: Path, **given):
    return effective(paths, given, settings_file(paths))


@pytest.mark.parametrize(
    ("name", "text"),
    [("lenaudit.toml", 'platform = "linux"'), ("pyproject.toml", '[tool.lenaudit]\nplatform = "linux"')],
)
@pytest.mark.parametrize("start", ["src/deep", "src/deep/a.c", "."])
def test_found_upward(tree, name, text, start):
    file = written(tree / name, text)
    (tree / "src/deep/a.c").touch()
    assert settings_file([tree / start]).path == file
    assert of(tree / start).settings.platform == "linux"


def test_not_found_above_the_checkout(tree):
    written(tree / "lenaudit.toml", 'platform = "linux"')
    (tree / "src/.git").mkdir()
    assert settings_file([tree / "src/deep"]).path is None


def test_the_own_file_wins_and_a_pyproject_without_our_table_is_passed_over(tree):
    written(tree / "src/pyproject.toml", "[project]\nname = 'x'")
    own = written(tree / "lenaudit.toml", "")
    written(tree / "pyproject.toml", "[tool.lenaudit]\nplatform = 'linux'")
    assert settings_file([tree / "src"]).path == own


def test_paths_with_different_settings_are_refused(tree):
    written(tree / "src/lenaudit.toml", "")
    with pytest.raises(UsageError, match="different settings") as caught:
        settings_file([tree / "src", tree])
    assert "--config" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("selct = ['x']", "selct", "did you mean 'select'"),
        ("zzz = 1", "zzz", "the keys are select, ignore"),
        ("fail-on = 'sometimes'", "fail-on", "Invalid enum value 'sometimes'"),
        ("exclude = 'gen'", "exclude", "Expected `array | null`, got `str`"),
        ("[severity]\nx-y = 'bad'", "severity[...]", "Invalid enum value 'bad'"),
        ("select = [", "file", "is not valid TOML"),
    ],
    ids=["misspelt", "unknown", "value", "kind", "inner value", "not TOML"],
)
def test_what_nobody_reads_is_refused(tree, text, key, expected):
    written(tree / "lenaudit.toml", text)
    with pytest.raises(ConfigError, match=r"lenaudit\.toml") as caught:
        settings_file([tree])
    assert caught.value.key == key
    assert expected in caught.value.expected


def test_the_command_line_wins_and_lists_that_add_are_joined(tree):
    written(
        tree / "lenaudit.toml",
        "select = ['a-b']\nignore = ['c-d']\ndefine = ['A=1']\nconfidence = 'low'\nrules = ['own']\n"
        "fail-on = 'error'\nbaseline = 'known.json'\ncompile-db = 'build'\n"
        "[severity]\na-b = 'note'\n[entry-points]\nf = 'g'\n",
    )
    found = of(tree, select=("e-f",), ignore=("g-h",), define=("B",))
    got = found.settings
    assert (got.select, got.ignore, got.defines) == (("e-f",), ("c-d", "g-h"), ("A=1", "B"))
    assert (got.min_confidence, got.fail_on) == (Confidence.LOW, "error")
    assert (got.rules_folders, got.baseline) == ((tree / "own",), tree / "known.json")
    assert got.compile_db == tree / "build"
    assert (got.severities, got.entry_points) == ({"a-b": Severity.NOTE}, {"f": "g"})
    assert found.origins["select"] == "command line"
    assert found.origins["ignore"] == "command line and lenaudit.toml"
    assert found.origins["fail-on"] == "lenaudit.toml"
    assert found.origins["platform"] == "default"


def test_what_is_listed_is_a_settings_file_that_says_the_same(tree):
    written(tree / "lenaudit.toml", "exclude = ['gen/**']\n[severity]\na-b = 'note'\n")
    found = of(tree)
    again = tomllib.loads(listing(found, settings_file([tree])))
    assert (again["exclude"], again["severity"], again["fail-on"]) == (["gen/**"], {"a-b": "note"}, "note")
    written(tree / "lenaudit.toml", listing(found, settings_file([tree])))
    assert of(tree).settings == found.settings


def test_config_shows_each_value_with_its_origin(tree, capsys):
    written(tree / "lenaudit.toml", 'platform = "linux"\n')
    assert run(["config", str(tree / "src"), "--exclude", "x"]) == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"# {tree / 'lenaudit.toml'}"
    assert any(line.split() == ["platform", "=", '"linux"', "#", "lenaudit.toml"] for line in lines)
    assert any(line.split() == ["exclude", "=", '["x"]', "#", "command", "line"] for line in lines)


def test_config_without_a_file_and_with_another_one(tree, capsys):
    written(tree / "lenaudit.toml", 'platform = "linux"\n')
    other = written(tree / "src/other.toml", 'platform = "qemu"\n')
    run(["config", str(tree), "--no-config"])
    assert capsys.readouterr().out.startswith("# no settings file was found\n")
    run(["config", str(tree), "--config", str(other)])
    assert 'platform = "qemu"' in capsys.readouterr().out


def test_settings_change_what_a_scan_says(tree, capsys):
    for file in sample_folder().iterdir():
        (tree / "src" / file.name).write_bytes(file.read_bytes())
    arguments = ["scan", str(tree), "-q"]
    assert run(arguments) == FOUND
    assert capsys.readouterr().out.startswith(f"error[{RULE}] src/send.c")
    written(tree / "lenaudit.toml", f"fail-on = 'warning'\n[severity]\n{RULE} = 'note'\n")
    assert run(arguments) == CLEAN
    assert capsys.readouterr().out.startswith(f"note[{RULE}] src/send.c")
    written(tree / "lenaudit.toml", f"ignore = ['{RULE}']")
    assert run(arguments) == CLEAN


def test_excludes_count_from_the_settings_files_folder(tree, capsys):
    written(tree / "src/a.c", "int a;\n")
    written(tree / "src/deep/b.c", "int b;\n")
    written(tree / "src/lenaudit.toml", "exclude = ['/deep']")
    run(["scan", str(tree / "src"), "-v"])
    assert "src/deep: skipped: is excluded by the settings" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignore = ['l3-minimum-on-l2-pat']", "did you mean 'l3-minimum-on-l2-path'"),
        ("[severity]\nno-such = 'note'", "there is no rule 'no-such'"),
        ("[entry-points]\nf = 'usbnet-rx-fixed'", "did you mean 'usbnet-rx-fixup'"),
    ],
    ids=["rule", "severity's rule", "role"],
)
def test_names_that_nothing_has(tree, capsys, text, said):
    written(tree / "a.c", "int a;\n")
    written(tree / "lenaudit.toml", text)
    assert run(["scan", str(tree)]) == WRONG_USAGE
    assert said in capsys.readouterr().err
