"""``lenaudit fix`` from the command line, on a driver of its own."""

from __future__ import annotations

import subprocess

import pytest

from auditor import cli
from auditor.commands import CLEAN, FOUND
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
