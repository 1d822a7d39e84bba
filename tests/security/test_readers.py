"""Files of the right shape and hostile content in; a result or an error of lenaudit's own out, nothing else.

The readers and what they check are those of ``benchmarks/fuzzing/readers.py``. ``LENAUDIT_EXAMPLES=10000``
asks for so many files each, as the nightly run does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from benchmarks.fuzzing.chance import SPLICED
from benchmarks.fuzzing.readers import READERS, Reader
from benchmarks.fuzzing.shaped import SHAPES

BY_NAME = {reader.name: reader for reader in READERS}
PUT = some.binary() | some.sampled_from(SPLICED)
CHANGED = [reader for reader in READERS if reader.name not in {*SHAPES, "drivers"}]
EXAMPLES = int(os.environ.get("LENAUDIT_EXAMPLES", "50"))
MANY = settings(
    max_examples=EXAMPLES, deadline=5000, database=None, derandomize=EXAMPLES == 50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large,
                           HealthCheck.function_scoped_fixture, HealthCheck.large_base_example],
)  # fmt: skip

written: list[str] = []
watching: list[str] = []
WRITING = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink"}
STARTING = {"os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "socket.connect", "socket.bind"}


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Write down what happens outside of the folder that is watched; a hook can never be taken away again."""
    if not watching:
        return
    changes = event == "open" and isinstance(arguments[1], str) and bool(set(arguments[1]) & set("wax+"))
    if event in STARTING or ((changes or event in WRITING) and not str(arguments[0]).startswith(watching[0])):
        written.append(f"{event} {arguments}")


sys.addaudithook(_watch)


@contextmanager
def nothing_elsewhere(folder: Path) -> Iterator[None]:
    """Outside of ``folder`` nothing is written, no program started, no socket opened."""
    watching.append(str(folder))
    try:
        yield
    finally:
        watching.clear()
        seen = tuple(written)
        written.clear()
    assert seen == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The top of a checkout, so that no settings are looked for above it."""
    (tmp_path / ".git").mkdir()
    return tmp_path


def read(reader: Reader, folder: Path, data: bytes) -> None:
    with nothing_elsewhere(folder), suppress(reader.errors):
        reader.read(folder, data)


@pytest.mark.parametrize("name", SHAPES)
def test_hostile_content_in_the_right_shape(name: str, folder: Path) -> None:
    @MANY
    @given(SHAPES[name]())
    def holds(data: bytes) -> None:
        read(BY_NAME[name], folder, data)

    holds()


@pytest.mark.parametrize("reader", CHANGED, ids=lambda reader: reader.name)
def test_right_files_with_anything_put_into_them(reader: Reader, folder: Path) -> None:
    right = reader.seeds()

    @MANY
    @given(
        some.sampled_from(right),
        some.integers(0),
        some.integers(0),
        some.binary() | some.sampled_from(SPLICED),
    )
    def holds(data: bytes, at: int, length: int, put: bytes) -> None:
        at %= len(data) + 1
        read(reader, folder, data[:at] + put + data[at + length % 50 :])

    holds()


def test_every_reader_has_its_test() -> None:
    assert {*SHAPES, *(r.name for r in CHANGED), "drivers"} == set(BY_NAME)


def test_right_files_are_read(tmp_path: Path) -> None:
    """Else everything above would hold for readers that refuse whatever they get."""
    for number, reader in enumerate(READERS):
        for seed in reader.seeds() if reader.name != "drivers" else ():
            own = tmp_path / str(number)
            (own / ".git").mkdir(parents=True, exist_ok=True)
            reader.read(own, seed)


def test_what_is_written_elsewhere_is_seen(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    with pytest.raises(AssertionError, match="open"), nothing_elsewhere(folder):
        (other / "file").write_bytes(b"")
    with nothing_elsewhere(folder):
        (folder / "file").write_bytes(b"")
