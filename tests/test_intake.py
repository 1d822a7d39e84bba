"""Files that anybody may have written: read when they are right, refused in bounded time when not."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from auditor.findings.known import read_baseline
from auditor.intake import MOST_DOTS, MOST_TABLE_BYTES, data_of, table_of
from auditor.knowledge import load_knowledge
from auditor.model import ConfigError
from auditor.settings_file import settings_file

BAD = {
    "nested arrays": b"a = " + b"[" * 100_000,
    "nested tables": b"a = " + b"{a=" * 50_000,
    "a number of 5000 digits": b"a = " + b"9" * 5000,
    "no UTF-8": b"a = '\xff'",
    "no TOML": b"a = = b",
    "dotted keys": b"[" + b"a." * (MOST_DOTS + 1) + b"b]",
    "dotted keys of 400 KB": b"a." * 200_000 + b"b = 1",
    "too large": b"#" * (MOST_TABLE_BYTES + 1),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_table(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "lenaudit.toml").write_bytes(content)
    begun = time.monotonic()
    with pytest.raises(ConfigError, match=r"lenaudit\.toml"):
        table_of(tmp_path / "lenaudit.toml")
    with pytest.raises(ConfigError):
        settings_file((tmp_path,))
    assert time.monotonic() - begun < 5


def test_dots_that_are_few_enough(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f'a = "{"." * MOST_DOTS}"\r\nb = 1\r\n' * 1, encoding="utf-8")
    assert table_of(tmp_path / "a.toml") == {"a": "." * MOST_DOTS, "b": 1}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_nothing_waits_for_a_pipe_or_reads_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name in ("pipe", "link"):
        with pytest.raises(ConfigError, match="is not a regular file"):
            data_of(tmp_path / name, 10)
        with pytest.raises(ConfigError, match="is not a regular file"):
            read_baseline(tmp_path / name)


def test_a_deep_baseline(tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_bytes(b'{"findings": [], "x": ' + b"[" * 100_000)
    with pytest.raises(ConfigError, match="baseline"):
        read_baseline(tmp_path / "baseline.json")


def test_a_model_header_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "platforms/headers").mkdir(parents=True)
    (tmp_path / "platforms/headers/own.h").write_bytes(b"\xff\xfe\0")
    with pytest.raises(ConfigError, match=r"own\.h: file: is not UTF-8"):
        load_knowledge((tmp_path,))
