"""The witness of the sample driver's finding: as text, as a capture, as a script, and where there is none."""

from __future__ import annotations

import shutil
import struct

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, WRONG_USAGE
from auditor.knowledge import sample_folder
from tests.capture.test_frames import dissect


@pytest.fixture
def lenaudit(capsys):
    def of(*arguments):
        code = run([str(a) for a in arguments])
        return code, *capsys.readouterr()

    return of


@pytest.fixture
def place():
    """The finding of the sample, by the expectation that stands on its line."""
    lines = (sample_folder() / "send.c").read_text(encoding="utf-8").splitlines()
    (line,) = (n for n, text in enumerate(lines, 1) if "expect: l3-minimum-on-l2-path" in text)
    return f"send.c:{line}"


def frames_of(path):
    data, frames = path.read_bytes()[24:], []
    while data:
        size = struct.unpack("<I", data[8:12])[0]
        frames.append(data[16 : 16 + size])
        data = data[16 + size :]
    return frames


def test_the_frames_of_a_finding(lenaudit, place):
    code, out, err = lenaudit("witness", place, sample_folder())
    assert (code, err) == (CLEAN, "")
    assert f"{place}:" in out
    assert "1. 32 bytes, LOST: PPPoE IPCP Configure-Ack (the most telling)" in out
    assert "4. 34 bytes, PASSES: PPPoE LCP Echo-Request (T = 34)" in out
    assert max(map(len, out.splitlines())) <= 80


def test_all_findings_of_a_folder(lenaudit, place):
    assert lenaudit("witness", sample_folder()) == lenaudit("witness", place, sample_folder())


def test_the_files_folder_is_scanned_without_a_path(lenaudit, place):
    code, out, _ = lenaudit("witness", sample_folder() / place, "-q")
    assert (code, out.count("LOST")) == (CLEAN, 3)


def test_a_capture_and_a_script(lenaudit, tmp_path):
    pcap, scapy = tmp_path / "w.pcap", tmp_path / "w.py"
    assert lenaudit("witness", sample_folder(), "-o", pcap, "--scapy", scapy)[0] == CLEAN
    frames = frames_of(pcap)
    assert [len(frame) for frame in frames] == [32, 17, 33, 34]
    for frame in frames:
        assert frame.hex() in scapy.read_text(encoding="ascii")


@pytest.mark.skipif(
    shutil.which("tshark") is None, reason="tshark, the independent analyser, is not installed"
)
def test_an_independent_analyser_reads_the_capture(lenaudit, tmp_path):
    lenaudit("witness", sample_folder(), "-o", tmp_path / "w.pcap")
    rows = dissect(tmp_path / "w.pcap")
    assert rows[0] == ("32", "eth:ethertype:pppoes:ppp:ipcp", "")
    assert [row[2] for row in rows] == [""] * 4


def test_a_line_without_a_finding_names_those_there_are(lenaudit, place):
    code, out, err = lenaudit("witness", "send.c:1", sample_folder())
    assert (code, out) == (WRONG_USAGE, "")
    assert "there is no finding at send.c:1" in err
    assert place in err


def test_no_finding_no_frame(lenaudit, tmp_path):
    (tmp_path / "a.c").write_text("int twice(int x) { return 2 * x; }\n", encoding="utf-8")
    code, out, _ = lenaudit("witness", tmp_path, "-q")
    assert (code, out) == (CLEAN, "no finding, no frame to show\n")
    code, _, err = lenaudit("witness", tmp_path, "-q", "-o", tmp_path / "w.pcap")
    assert code == WRONG_USAGE
    assert "not written" in err
    assert not (tmp_path / "w.pcap").exists()


def test_a_capture_that_cannot_be_written(lenaudit, tmp_path):
    code, _, err = lenaudit("witness", sample_folder(), "-o", tmp_path / "none" / "w.pcap")
    assert code == WRONG_USAGE
    assert "cannot be written" in err
