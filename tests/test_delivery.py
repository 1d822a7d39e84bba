"""A user's file holds what it held or all that was to be written, and stays the kind of file that it was."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from auditor import delivery
from auditor.delivery import NOT_REPLACED, deliver
from tests.cli.test_fix import GOES

ROOT = Path(__file__).resolve().parents[1]
OLD, NEW = b"old\n", b"new\n" * 5_000
SHORT = 8_192  # bytes of a file that a child may write

CHILD = """
import resource, signal, sys
from auditor.cli import run
signal.signal(signal.SIGXFSZ, signal.SIG_DFL if sys.argv[1] == "killed" else signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
sys.exit(run(sys.argv[3:]))
"""
SCAN = ["link.c", "--no-cache", "--jobs", "0"]
COMMANDS = {
    "report": ["scan", *SCAN, "-f", "html", "-o", "out"],
    "witness": ["witness", *SCAN, "-o", "out"],
    "sources": ["fix", *SCAN, "--write"],
}

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of processes")
needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")


def left(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def ended_in_the_middle(how: str, limit: int, arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit code and the remarks of a command that cannot write more than ``limit`` bytes of a file."""
    (folder / "link.c").write_text(GOES, encoding="utf-8")
    (folder / "out").write_bytes(OLD)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, how, str(limit), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


@needs_limits
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_full_disk_leaves_the_old_file(command: list[str], tmp_path: Path) -> None:
    code, said = ended_in_the_middle("full", 10, command, tmp_path)
    assert (code, "cannot be written: File too large" in said) == (2, True)
    assert left(tmp_path) == {"link.c": GOES.encode(), "out": OLD}


@needs_limits
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    code, _ = ended_in_the_middle("killed", SHORT, COMMANDS["report"], tmp_path)
    assert code == -signal.SIGXFSZ
    assert (tmp_path / "out").read_bytes() == OLD
    assert len(left(tmp_path)) == 3
    deliver(NEW, tmp_path / "new")
    assert left(tmp_path) == {"link.c": GOES.encode(), "out": OLD, "new": NEW}, "nothing is left of it"


BESIDE = f".lenaudit-{'0f' * 8}"


@needs_limits
@pytest.mark.parametrize("locked", [True, False], ids=["being written", "left behind"])
def test_only_what_nobody_writes_any_more_is_removed(locked: bool, tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / BESIDE).open("wb") as file:
        if locked:
            fcntl.flock(file, fcntl.LOCK_EX)
        deliver(NEW, tmp_path / "out")
    assert set(left(tmp_path)) == ({"out", BESIDE} if locked else {"out"})


@needs_limits
@pytest.mark.parametrize("step", ["_take_after", "replace"])
def test_nobody_removes_what_is_being_written(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer comes when all is written and has its old name."""
    (tmp_path / "out").write_bytes(OLD)
    owner = delivery if step == "_take_after" else Path
    usual = getattr(owner, step)

    def after_another(*given: object) -> object:
        with monkeypatch.context() as undone:
            undone.setattr(owner, step, usual)
            deliver(OLD, tmp_path / "another")
        return usual(*given)

    monkeypatch.setattr(owner, step, after_another)
    deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": NEW, "another": OLD}


@needs_limits
def test_what_is_swept_before_it_is_locked_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    lock, swept = fcntl.flock, []

    def late(file: BinaryIO, how: int) -> None:
        if not swept:
            swept.append(Path(file.name).unlink())
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    deliver(NEW, tmp_path / "out")
    assert (left(tmp_path), len(swept)) == ({"out": NEW}, 1)


@needs_limits
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be told apart there, so nothing is removed."""
    import fcntl

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    (tmp_path / BESIDE).write_bytes(OLD)
    monkeypatch.setattr(fcntl, "flock", refused)
    deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": NEW, BESIDE: OLD}


@pytest.mark.parametrize("name", [BESIDE[:-1], f"{BESIDE}0", BESIDE[1:], f"{BESIDE}.c", "lenaudit-1.sqlite3"])
def test_what_has_another_name_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(OLD)
    deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": NEW, name: OLD}


def test_a_link_of_such_a_name_and_what_it_leads_to_stay(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(OLD)
    (tmp_path / BESIDE).symlink_to("kept")
    deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": NEW, "kept": OLD, BESIDE: OLD}


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")], ids=["Ctrl-C", "full"]
)
def test_nothing_is_left_beside_it(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").write_bytes(OLD)

    def ends(path: Path, target: Path) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", ends)
    with pytest.raises(type(error)):
        deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": OLD}


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": NEW, "usual": b""}
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_stay(mode: int, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(OLD)
    (tmp_path / "out").chmod(mode)
    os.utime(tmp_path / "out", (0, 0))
    deliver(NEW, tmp_path / "out")
    status = (tmp_path / "out").stat()
    assert (left(tmp_path), stat.S_IMODE(status.st_mode)) == ({"out": NEW}, mode)
    assert status.st_mtime > 0, "make would not see that it is new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(OLD)
    os.chown(tmp_path / "out", 1234, 2345)
    deliver(NEW, tmp_path / "out")
    status = (tmp_path / "out").stat()
    assert (left(tmp_path), status.st_uid, status.st_gid) == ({"out": NEW}, 1234, 2345)


@pytest.mark.parametrize("name", ["target", "x" * 255, "none yet"])
def test_a_link_stays_a_link(name: str, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    if name != "none yet":
        (tmp_path / "far" / name).write_bytes(OLD)
    (tmp_path / "middle").symlink_to(Path("far") / name)
    (tmp_path / "out").symlink_to("middle")
    deliver(NEW, tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "middle").is_symlink()
    assert left(tmp_path / "far") == {name: NEW}


@needs_fifo
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "out")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "out").read_bytes()), daemon=True)
    reader.start()
    deliver(NEW, tmp_path / "out")
    reader.join(10)
    assert read == [NEW]
    assert stat.S_ISFIFO((tmp_path / "out").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
@pytest.mark.parametrize("kind", ["pipe", "file"])
def test_stdout_by_its_name(kind: str, tmp_path: Path) -> None:
    """What else the process, or the shell around it, writes there follows."""
    code = (
        "import os, pathlib, sys; from auditor.delivery import deliver;"
        "deliver(b'report', pathlib.Path('/dev/stdout')); os.lseek(1, 0, 2) if sys.argv[1] == 'file' else 0;"
        "os.write(1, b' more')"
    )
    with (tmp_path / "out").open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-c", code, kind],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=file if kind == "file" else subprocess.PIPE,
            check=True,
            timeout=60,
        )
    got = (tmp_path / "out").read_bytes() if kind == "file" else done.stdout
    assert got == b"report more"


@pytest.mark.parametrize("step", ["open", "chown", "replace"])
@pytest.mark.parametrize("number", sorted(NOT_REPLACED), ids=errno.errorcode.get)
def test_what_cannot_be_replaced_is_written_where_it_is(
    number: int, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that takes no new file, somebody else's file, a file that is mounted on its own."""
    out = tmp_path / "out"
    out.write_bytes(OLD)
    inode = out.stat().st_ino

    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    if step == "open":
        monkeypatch.setattr(delivery, "open", refused, raising=False)
    else:
        monkeypatch.setattr(
            *{"chown": (delivery, "_take_after"), "replace": (Path, "replace")}[step], refused
        )
    deliver(NEW, out)
    assert (left(tmp_path), out.stat().st_ino) == ({"out": NEW}, inode)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        deliver(NEW, tmp_path / "none" / "out")


def test_a_file_that_is_not_to_be_written_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder would let it be replaced."""
    (tmp_path / "out").write_bytes(OLD)

    def refused(path: Path, data: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(Path, "write_bytes", refused)
    with pytest.raises(PermissionError):
        deliver(NEW, tmp_path / "out")
    assert left(tmp_path) == {"out": OLD}


WRITERS = {
    "auditor/delivery.py": "itself",
    "auditor/console.py": "appends to the job summary, which others write too",
    "auditor/frontend/sight.py": "for clang, into a temporary folder, where pipes have no names",
    "auditor/revisions.py": "a revision's files, into a temporary folder",
    "auditor/workers/nursery.py": "pipes of the supervisor, by their names in /proc",
}
WRITES = re.compile(
    r"\.write_(?:bytes|text)\(|\bopen\([^)\n]*[\"'][wax]b?\+?[\"']|O_WRONLY|O_RDWR(?!.*devnull)"
)


def test_nothing_else_writes_files() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "auditor").rglob("*.py")
        if any(WRITES.search(line) and "devnull" not in line for line in path.read_text("utf-8").splitlines())
    }
    assert found == set(WRITERS)
