"""GitHub's line hash against the values that github/codeql-action's tests publish, and a slow twin."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Sources
from auditor.model.identity import identities
from auditor.report.fingerprints import line_hashes
from tests.report import made

GREETINGS = ("e9496ae3ebfced30", "fb7c023a8b9ccb3f", "ce8ba1a563dcdaca", "e20e36e16fcb0cc8",
             "b3edc88f2938467e", "c8e28b0b4002a3a0", "c129715d7a2bc9a3")  # fmt: skip
PUBLISHED = [
    pytest.param("", ("c129715d7a2bc9a3",), id="empty file"),
    pytest.param(
        " a\nb\n  \t\tc\n d",
        ("271789c17abda88f", "54703d4cd895b18", "180aee12dab6264", "a23a3dc5e078b07b"),
        id="blanks",
    ),
    pytest.param(
        " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
        ("8b7cf3e952e7aeb2", "b1ae1287ec4718d9", "bff680108adb0fcc", "c6805c5e1288b612", "b86d3392aea1be30",
         "e6ceba753e1a442"),
        id="no final line end",
    ),
    pytest.param(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS, id="LF"),
    pytest.param(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS, id="CR"),
    pytest.param(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS, id="CRLF"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hashes"), PUBLISHED)
def test_published_values(text, hashes):
    assert line_hashes(text) == tuple(f"{value}:1" for value in hashes)


def test_equal_lines_are_counted():
    lines = ["x" * 120] * 3  # longer than the block, so that each line's hash is its own
    assert [value.rpartition(":")[2] for value in line_hashes("\n".join(lines))] == ["1", "2", "3"]


def slow_hash(line_on: str) -> str:
    """The definition itself: sum of unit * 37^(99-i) over 100 units, modulo 2^64."""
    kept = line_on.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    raw = kept.encode("utf-16-le")
    units = [int.from_bytes(raw[i : i + 2], "little") for i in range(0, len(raw), 2)] + [0xFFFF] + [0] * 100
    return f"{sum(unit * 37 ** (99 - i) for i, unit in enumerate(units[:100])) % 2**64:x}"


@given(
    st.lists(st.text(alphabet="ab \tß😀", max_size=60), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_against_the_definition(lines, end):
    expected = [slow_hash(end.join(lines[number:])) for number in range(len(lines))]
    assert [value.rpartition(":")[0] for value in line_hashes(end.join(lines))] == expected


def test_own_identity_survives_moved_and_respaced_code(tmp_path):
    before = identities([made.finding()], Sources(str(made.tree(tmp_path / "a"))))
    base = made.tree(tmp_path / "b")
    code = "\n\n" + made.CODE.replace("LINK_SIZE + NET_SIZE)\n\t\treturn", "LINK_SIZE+NET_SIZE)\n\t\treturn")
    (base / made.FILE).write_text(code, encoding="utf-8")
    moved = msgspec.structs.replace(made.finding(), at=made.place(9, 6, 36))
    assert identities([moved], Sources(str(base))) == before


def test_own_identities_tell_equal_findings_apart(tmp_path):
    sources = Sources(str(made.tree(tmp_path)))
    assert len(set(identities([made.finding(), made.finding()], sources))) == 2
