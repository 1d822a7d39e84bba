"""Every reader of files that lenaudit did not write, right ones to start from, and what must hold.

A reader gives a result or raises one of the errors it names; anything else is a fault: another exception,
a MemoryError, a RecursionError, an endless loop. A reader also checks what must hold for whatever it accepts.
Rule files are missing on purpose: they are Python, run as such, and trusted like lenaudit itself.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import msgspec

from auditor.cache import FILE, Cache
from auditor.capture.frames import witnesses
from auditor.capture.observe import observe
from auditor.capture.reading import Capture
from auditor.capture.survey import survey
from auditor.console import rendered
from auditor.effective import effective, listing
from auditor.findings.known import against_baseline
from auditor.findings.suppress import suppress as suppressed
from auditor.frontend.compile_db import Flags, known_flags
from auditor.frontend.discover import discover
from auditor.frontend.file import Result
from auditor.frontend.flags import arguments
from auditor.frontend.msbuild import project_flags
from auditor.frontend.platforms import Packs
from auditor.jobs.judging import Part
from auditor.knowledge import Knowledge, load_knowledge, with_entry_points
from auditor.model import Confidence, Finding, LenauditError, Location, Loss, Report, Severity, Sources
from auditor.packing import unpack
from auditor.pipeline import scan
from auditor.report import FORMS
from auditor.report.checkout import checkout_of
from auditor.report.merging import merged
from auditor.settings import Settings
from auditor.settings_file import settings_file
from benchmarks.fuzzing import seeds

SAFE = ("-D", "-U", "-std=", "-x", "-target", "-fs", "-fu", "-fno-s", "-fno-u", "-m32", "-m64")
"""How every argument begins that a compilation database may hand to clang."""

JSON = ("{", "[", '"', "\\", "null", "-1", "1e999", "NaN", "\\ud800", "\\u0000", "9999999999999999999999")
TOML = (
    "[",
    "[[",
    "{",
    "'''",
    '"""',
    "=",
    "a.",
    "1979-05-27",
    "inf",
    "0x",
    "9999999999999999999999",
    "\\U00110000",
)


class Reader(NamedTuple):
    """``read`` gets a folder of its own, empty at first, and the bytes; ``words`` are tokens of the format.

    ``chance`` when its work is done in another process or library, where coverage cannot guide.
    """

    name: str
    seeds: seeds.Seeds
    read: Callable[[Path, bytes], object]
    words: tuple[str, ...] = ()
    errors: tuple[type[Exception], ...] = (LenauditError,)
    chance: bool = False


def placed(folder: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    file = folder / name
    if not file.parent.is_dir():
        file.parent.mkdir(parents=True)
    file.write_bytes(data)
    return file


def loaded(folder: Path) -> Knowledge:
    """What a user's folder adds to small data files: the shipped ones take longer than all the rest."""
    with patch("auditor.knowledge.load.rules_folder", seeds.small_rules):
        return load_knowledge((folder,))


def silent(_: str) -> None:
    """Progress that nobody sees."""


def database(folder: Path, data: bytes) -> object:
    """A compilation database: nothing but listed arguments, and folders of the tree, reach clang."""
    base = os.path.realpath(folder)
    placed(folder, "a.c", b"")
    found, gaps = known_flags(base, placed(folder, "compile_commands.json", data))
    for path, flags in found.items():
        assert path.startswith(base), path
        handed_on(base, flags)
    return gaps


def project(folder: Path, data: bytes) -> object:
    """A Visual Studio project, with an imported one beside it: the same holds as for a database."""
    base = os.path.realpath(folder)
    sources = [os.path.realpath(placed(folder, name, b"")) for name in ("a.c", "sub/b.c")]
    placed(folder, "other.props", seeds.PROJECTS[1])
    path = os.path.realpath(placed(folder, "a.vcxproj", data))
    flags, gaps = project_flags(base, [path], sources)
    assert set(flags) <= set(sources)
    for one in flags.values():
        handed_on(base, one)
    return gaps


def handed_on(base: str, flags: Flags) -> None:
    """What reaches clang is on the list, and its folders lie in the tree."""
    assert all(os.path.realpath(f).startswith(base) for f in flags.folders), flags
    given = list(flags.arguments)
    while given:
        word = given.pop(0)
        assert word.startswith(SAFE), flags
        if word in ("-D", "-U", "-x", "-target"):
            assert "\0" not in given.pop(0), flags
    arguments("a.c", KNOWLEDGE.platform("generic"), (), flags.folders, flags.arguments)


def settings(folder: Path, data: bytes, name: str = "lenaudit.toml") -> object:
    """A settings file, put into force on a tree."""
    placed(folder, "a.c", b"")
    file = settings_file((folder,), placed(folder, name, data))
    found = effective((folder,), {}, file)
    with_entry_points(KNOWLEDGE, found.settings.entry_points)
    discover(found.settings.paths, found.settings.exclude, found.settings.excluded)
    return listing(found, file).encode()


def shared_settings(folder: Path, data: bytes) -> object:
    """A pyproject.toml, found upward from a scanned folder."""
    placed(folder, "pyproject.toml", data)
    return effective((folder,), {}, settings_file((folder,)))


def platform_pack(folder: Path, data: bytes) -> object:
    """A platform pack of the user's."""
    placed(folder, "pack/platforms/generic.toml", data)
    knowledge = loaded(folder / "pack")
    pack = Packs(knowledge.platforms).recognise(["net/x.h", "ntddk.h"], frozenset({"sk_buff"}))
    pack.hides("net/x.h")
    for platform in knowledge.platforms:
        platform.effect("f"), platform.looks("f")
    return arguments("a.c", pack.platform, (), ())


def model_header(folder: Path, data: bytes) -> object:
    """A model header of the user's."""
    placed(folder, "pack/platforms/headers/own.h", data)
    return loaded(folder / "pack")


def protocols(folder: Path, data: bytes) -> object:
    """Protocols of the user's, used to recognise the frames of two captures."""
    placed(folder, "own/protocols.toml", data)
    known = loaded(folder / "own").protocols
    one, other = placed(folder, "one", seeds.classic()[0]), placed(folder, "other", seeds.RIGHT)
    return observe(one, other, known, silent), witnesses(known, [Loss("arp", 15, 60)])


def baseline(folder: Path, data: bytes) -> object:
    """A baseline, held against a report."""
    report = Report(base=str(folder), findings=(FINDING,), rules=("a-b",))
    return against_baseline(report, placed(folder, "baseline.json", data), ("a.c",), Confidence.LOW)


def capture(folder: Path, data: bytes) -> object:
    """A capture, read and compared with a right one."""
    file = placed(folder, "capture", data)
    survey(Capture(file), silent)
    return observe(file, placed(folder, "right", seeds.RIGHT), KNOWLEDGE.protocols, silent)


def log(folder: Path, data: bytes) -> object:
    """A SARIF log to merge: what comes out is JSON with one run."""
    text = merged([(Path("log"), data), (Path("other"), seeds.LOGS[0])])
    text.encode()
    assert len(json.loads(text)["runs"]) == 1
    return text


def suppressions(folder: Path, data: bytes) -> object:
    """Suppression comments of a source."""
    placed(folder, "a.c", data)
    return suppressed([FINDING], Sources(str(folder)), ["a.c"], frozenset({"a-b"}), frozenset({"a-b", "a-c"}))


def ignores(folder: Path, data: bytes) -> object:
    """A .gitignore of the tree."""
    for name in ("a.c", "b/x/a/yz.c", "b/a.c", f"{'a' * 200}.c"):
        if not (folder / name).exists():
            placed(folder, name, b"")
    placed(folder, ".gitignore", data)
    return discover((folder,))


def repository(folder: Path, data: bytes) -> object:
    """HEAD, configuration and packed references of the checkout that is scanned, parted by empty lines."""
    head, config, packed, *_ = (*data.split(b"\n\n", 2), b"", b"")
    placed(folder, ".git/HEAD", head)
    placed(folder, ".git/config", config)
    placed(folder, ".git/packed-refs", packed)
    return checkout_of(folder)


def packed_result(folder: Path, data: bytes) -> object:
    """What a cache or a worker gives for a file's or a driver's data, with bodies, and for what is known."""
    for kind, packed in ((Result, data), (Part, zlib.compress(data, 0)), (Knowledge, zlib.compress(data, 0))):
        with suppress(ValueError):
            return unpack(packed, kind)
    result = unpack(zlib.compress(data, 0), Result)
    for function in result.module.functions if result.module else ():
        assert function.body is not None
    return result


def cache_file(folder: Path, data: bytes) -> object:
    """A cache file, of any content: never an error, and usable afterwards."""
    for left in folder.glob("cache/*"):
        left.unlink()
    with Cache(placed(folder, f"cache/{FILE}", data).parent) as cached:
        cached.get(b"key")
        cached.put(b"other", b"value")
        assert cached.get(b"other") == b"value"
        return cached.info()


def cache_rows(folder: Path, data: bytes) -> object:
    """Rows of the cache that are whole, and of any content, by the number of their question.

    A scan that asks for them gives a report, which every form can show.
    """
    with suppress(msgspec.MsgspecError):
        forged = msgspec.msgpack.decode(data, type=dict[int, bytes])
        asked = Settings(paths=(seeds.DRIVER,), cache=folder / "cache", jobs=0, min_confidence=Confidence.LOW)
        if not (folder / "cache" / FILE).exists():
            scan(asked)

        def answer(number: int, row: bytes) -> bytes:
            made = forged.get(number, row)
            return made if made is row or seeds.plain(row) is row else zlib.compress(made, 0)

        with seeds.answering(answer):
            result = scan(asked)
        return [rendered(result, form) for form in FORMS]
    return None


def driver(folder: Path, data: bytes) -> object:
    """C, in a worker, beside a good driver: whatever becomes of it, the good one's finding is there."""
    placed(folder, "tree/a/a.c", data)
    placed(folder, "tree/good/good.c", seeds.DRIVER.read_bytes())
    asked = Settings(paths=(folder / "tree",), jobs=1, seconds=20, min_confidence=Confidence.LOW)
    report = scan(asked).report
    assert any(finding.at.file == "good/good.c" for finding in report.findings), report.gaps
    return [gap for gap in report.gaps if gap.kind == "worker"]


KNOWLEDGE = load_knowledge()
FINDING = Finding(
    rule="a-b", message="m", at=Location("a.c", 1), severity=Severity.NOTE, confidence=Confidence.LOW,
    function="f", fingerprint="0a",
)  # fmt: skip

READERS = (
    Reader("compilation databases", lambda: seeds.DATABASES, database, (*JSON, '"command":', "-I", "@")),
    Reader("projects", lambda: seeds.PROJECTS, project,
           ("<!DOCTYPE a [<!ENTITY b '", "&b;", "<a>", "<Import Project=\"", "$(A)", "%(B)", "$(A)$(A)",
            "**\\", "../", " Condition=\"'1'=='1'", " and ", "(", "!", "*;")),
    Reader("baselines", lambda: seeds.BASELINES, baseline, JSON),
    Reader("SARIF logs", lambda: seeds.LOGS, log, (*JSON, '"rank":', '"startLine":', '"locations":[')),
    Reader("settings", lambda: seeds.SETTINGS[:1], settings, TOML),
    Reader("shared settings", lambda: seeds.SETTINGS, shared_settings, (*TOML, "[tool.lenaudit]")),
    Reader("platform packs", seeds.packs, platform_pack, TOML),
    Reader("model headers", lambda: seeds.SOURCES, model_header),
    Reader("protocols", seeds.protocols, protocols, TOML),
    Reader("captures, pcap", seeds.classic, capture),
    Reader("captures, pcapng", seeds.newer, capture),
    Reader("ignore files", lambda: seeds.IGNORES, ignores,
           ("*", "**/", "[", "[z-a]", "[!", "!", "\\", "?", "a/")),
    Reader("suppressions", lambda: seeds.SOURCES, suppressions,
           ("/*", "*/", "//", "lenaudit:", "/*lenaudit:ignore[", "]", "--", "\r", "a-b,")),
    Reader("repositories", lambda: seeds.REPOSITORIES, repository,
           ("ref: ", "../", "[remote \"", "url = ", "git@", "https://[", ":", "\n\n")),
    Reader("packed results", lambda: (*seeds.results(), *seeds.parts()), packed_result, errors=(ValueError,)),
    Reader("cache rows", lambda: (msgspec.msgpack.encode(seeds.remembered()),), cache_rows),
    Reader("cache files", seeds.caches, cache_file, chance=True),
    Reader("drivers", seeds.drivers, driver, chance=True),
)  # fmt: skip
