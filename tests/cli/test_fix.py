"""``lenaudit fix`` from the command line, on a driver of its own."""

from __future__ import annotations

import codecs
import subprocess

import pytest

from auditor import cli
from auditor.commands import CLEAN, FOUND, WRONG_USAGE
from auditor.delivery import deliver
from auditor.repair import patch_of
from tests.repair.test_verify import ANOTHER_BEHIND, GOES

FIXED = GOES.replace("(length < (ETHERNET_BYTES + IPV4_BYTES))", "(length < ETHERNET_BYTES)")


@pytest.fixture
def fix(tmp_path, capsysbinary):
    file = tmp_path / "link.c"

    def run(code, *options):
        file.write_bytes(code.replace("\n", "\r\n").encode())
        code = cli.run(["fix", *options, str(tmp_path)])
        out, err = capsysbinary.readouterr()
        return code, out, err.decode(), file.read_bytes().decode().replace("\r\n", "\n")

    return run


def test_told_and_drawn_but_not_written(fix):
    code, out, _, left = fix(GOES)
    assert (code, left) == (FOUND, GOES)
    assert b"proved: the finding goes" in out
    assert b"every class: minimum 34 -> 14 bytes" in out
    assert b"+    if (length < ETHERNET_BYTES)\r\n" in out


def test_the_patch_alone_on_stdout(fix, tmp_path):
    code, out, err, left = fix(GOES, "--diff")
    assert (code, left) == (FOUND, GOES)
    assert "proved" in err
    subprocess.run(["patch", "-p1", "--binary"], input=out, cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "link.c").read_bytes() == FIXED.replace("\n", "\r\n").encode()


def test_written_on_request(fix):
    code, out, _, left = fix(GOES, "--write")
    assert (code, left) == (CLEAN, FIXED)
    assert out.endswith(b"1 file changed\n")


def test_nothing_to_fix(fix):
    assert fix(FIXED)[:2] == (CLEAN, b"nothing to fix\n")
    assert fix(FIXED, "--diff")[:2] == (CLEAN, b"")


def test_what_is_not_proved_is_not_offered(fix):
    code, out, _, left = fix(ANOTHER_BEHIND, "--write")
    assert (code, left) == (FOUND, ANOTHER_BEHIND)
    assert b"not offered: another finding would appear" in out


def test_a_file_that_changed_meanwhile_is_left_alone(fix, tmp_path, monkeypatch):
    def changed(findings, sources):
        patch = patch_of(findings, sources)
        (tmp_path / "link.c").write_bytes(b"int other;")
        return patch

    monkeypatch.setattr("auditor.repair.patch_of", changed)
    code, _, err, left = fix(GOES, "--write")
    assert (code, left) == (WRONG_USAGE, "int other;")
    assert "nothing was written" in err


def test_all_files_are_written_or_none(tmp_path, capsys, monkeypatch):
    for name in ("a.c", "b.c"):
        (tmp_path / name).write_text(GOES.replace("link_send", f"{name[0]}_send"), encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.glob("*.c")}

    def refused(data, path):
        if path.name == "b.c" and data != before[path]:
            raise PermissionError(13, "Permission denied")
        deliver(data, path)

    monkeypatch.setattr("auditor.commands.fix.deliver", refused)
    assert cli.run(["fix", "--write", str(tmp_path)]) == WRONG_USAGE
    assert "b.c: cannot be written: Permission denied; nothing was" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.glob("*.c")} == before


def test_utf_16_is_written_and_said_to_be_in_no_patch(tmp_path, capsysbinary):
    (tmp_path / "link.c").write_bytes(codecs.BOM_UTF16_LE + GOES.encode("utf-16-le"))
    assert cli.run(["fix", "--diff", str(tmp_path)]) == FOUND
    out, err = capsysbinary.readouterr()
    assert (out, b"link.c is UTF-16, which no patch can show" in err) == (b"", True)
    assert cli.run(["fix", "--write", str(tmp_path)]) == CLEAN
    assert (tmp_path / "link.c").read_bytes() == codecs.BOM_UTF16_LE + FIXED.encode("utf-16-le")
