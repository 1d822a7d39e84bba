"""From two captures of the story to the validator's check in the sample driver, and the ways to fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FAILED, WRONG_USAGE
from auditor.knowledge import sample_folder
from tests.capture import exchange, made


@pytest.fixture
def lenaudit(capsys):
    def of(*arguments):
        code = run([str(a) for a in arguments])
        return code, *capsys.readouterr()

    return of


def checks_in_the_sample():
    """The line of the validator's check, by the expectation that stands on it."""
    (line,) = (
        f"{number}:"
        for number, text in enumerate(
            (sample_folder() / "send.c").read_text(encoding="utf-8").splitlines(), 1
        )
        if "expect: l3-minimum-on-l2-path" in text
    )
    return f"send.c:{line}"


def test_the_story_leads_to_the_validator(lenaudit, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = lenaudit("capture", *exchange.story(Path()), sample_folder())
    assert (code, err) == (CLEAN, "")
    assert "LENGTH ALONE EXPLAINS THE LOSS of 3 frames (1 frame and 2 repeats)." in out
    first = next(line for line in out.splitlines() if line.startswith("  1. "))
    assert checks_in_the_sample() in first
    assert "minimum 34 (34 = ETHER_HEADER_BYTES 14 [L2] + IP_HEADER_BYTES 20 [L3])" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_story_as_json(lenaudit, tmp_path):
    output = tmp_path / "answer.json"
    code, out, _ = lenaudit(
        "capture", *exchange.story(tmp_path), sample_folder(), "-f", "json", "-o", output, "-q"
    )
    assert (code, out) == (CLEAN, "")
    answer = json.loads(output.read_text(encoding="utf-8"))
    assert (answer["format"], answer["verdict"], answer["lost"]) == (1, "length", 3)
    assert answer["thresholds"] == [{"kind": "minimum", "low": 33, "high": 36, "classes": [], "frames": 3}]
    best, *others = answer["suspects"]
    assert checks_in_the_sample() in f"{best['at']['file']}:{best['at']['line']}:"
    assert (best["threshold"], best["explained"], best["contradicted"]) == (34, 3, 0)
    assert [other["explained"] for other in others] == [0] * len(others)


def test_without_source_it_asks_for_it(lenaudit, tmp_path):
    code, out, _ = lenaudit("capture", *exchange.story(tmp_path))
    assert code == CLEAN
    assert "Give the driver's source as PATH" in out
    code, out, _ = lenaudit("capture", *exchange.story(tmp_path), "-f", "json")
    assert json.loads(out)["suspects"] is None


def test_source_that_is_not_there_is_said_before_the_captures_are_read(lenaudit, tmp_path):
    code, out, err = lenaudit("capture", tmp_path / "a", tmp_path / "b", tmp_path / "src")
    assert (code, out) == (WRONG_USAGE, "")
    assert "src: no such file or folder" in err


def test_a_limit_that_no_check_has(lenaudit, tmp_path):
    frames = [made.frame(200), made.frame(300, 1), made.frame(310, 2)]
    (tmp_path / "sent").write_bytes(made.pcap(*frames))
    (tmp_path / "received").write_bytes(made.pcap(*frames[1:]))
    code, out, _ = lenaudit("capture", tmp_path / "sent", tmp_path / "received", sample_folder())
    assert code == CLEAN
    assert "No check was found that drops these frames" in out


FAILURES = {
    "missing": (None, made.pcap(made.frame(60)), WRONG_USAGE, "sent: cannot be read: No such file"),
    "empty": (b"", made.pcap(made.frame(60)), FAILED, "sent: the file is empty"),
    "corrupt": (made.pcap()[:24] + b"\xff" * 16, b"", FAILED, "sent: damaged after 0 frames, at byte 40"),
    "truncated": (made.pcap(made.frame(60))[:50], b"", FAILED, "ends before its first frame"),
    "no frame": (made.pcap(), made.pcap(made.frame(60)), FAILED, "sent: the capture holds no frame"),
    "the same twice": (made.pcap(made.frame(60)),) * 2 + (WRONG_USAGE, "they are one capture"),
    "link types": (
        made.pcap(made.frame(60)), made.pcap(made.udp(60)[14:], link=101), WRONG_USAGE, "cannot be compared",
    ),
    "no common frame": (
        made.pcap(made.frame(60)), made.pcap(made.frame(60, 1)), FAILED, "do not show the same traffic",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "received", "expected", "words"), FAILURES.values(), ids=FAILURES)
def test_captures_that_give_no_answer(sent, received, expected, words, lenaudit, tmp_path: Path):
    if sent is not None:
        (tmp_path / "sent").write_bytes(sent)
    (tmp_path / "received").write_bytes(received)
    code, out, err = lenaudit("capture", tmp_path / "sent", tmp_path / "received")
    assert (code, out) == (expected, "")
    assert words in err
    assert "Traceback" not in err
