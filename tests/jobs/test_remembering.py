"""Scans with a cache in; byte for byte what they say without one out, and never what was true before."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from auditor.cache import _CHECK, FILE, _checksum
from auditor.frontend import file
from auditor.frontend.file import Result
from auditor.jobs import work
from auditor.jobs.part import Part
from auditor.knowledge import Knowledge
from auditor.model import Confidence, ConfigError, Report, RuleDoc, Span
from auditor.packing import NotPacked, pack, unpack
from auditor.pipeline import read_tree, scan
from auditor.settings import Settings

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
LINUX = Path(__file__).resolve().parents[2] / "fixtures" / "linux"
CHECK = "skb->len < 34"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A driver that takes its minimum from a header, and one that includes nothing of the tree."""
    folder = tmp_path / "tree"
    folder.mkdir()
    text = (LINUX / "bare_34.c").read_text(encoding="utf-8")
    (folder / "own.c").write_text(text, encoding="utf-8")
    assert CHECK in text
    using = f'#include "limits.h"\n{text.replace(CHECK, "skb->len < LEAST")}'
    (folder / "using.c").write_text(using, encoding="utf-8")
    (folder / "limits.h").write_text("#define LEAST 34\n", encoding="utf-8")
    return folder


def said(path: Path, cache: Path | None, **more: object) -> bytes:
    report = scan(settings(path, cache, **more)).report
    return msgspec.json.encode(msgspec.structs.replace(report, seconds=0.0))


def settings(path: Path, cache: Path | None, **more: object) -> Settings:
    return Settings(paths=(path,), min_confidence=Confidence.LOW, cache=cache, **more)  # type: ignore[arg-type]


def forge(cache: Path, changed: Callable[[bytes], bytes | None]) -> None:
    """Somebody puts another value under every key, with a right checksum, or none at all."""
    with sqlite3.connect(cache / FILE) as database:
        for key, value in database.execute("SELECT key, value FROM entries").fetchall():
            if (new := changed(value[_CHECK:])) is None:
                database.execute("DELETE FROM entries WHERE key = ?", (key,))
                continue
            row = _checksum(key, new) + new, key
            database.execute("UPDATE entries SET value = ? WHERE key = ?", row)


def changed_rows(part: Part, **changes: object) -> Part:
    """``part`` with every row of its policies changed."""
    policies = (
        msgspec.structs.replace(
            policy, rows=tuple(msgspec.structs.replace(row, **changes) for row in policy.rows)
        )
        for policy in part.policies
    )
    return msgspec.structs.replace(part, policies=tuple(policies))


def files(report: bytes) -> set[str]:
    return {f.at.file for f in msgspec.json.decode(report, type=Report).findings}


@pytest.fixture
def lowered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed."""
    names: list[str] = []
    lower_file = file.FrontEnd.lower_file
    monkeypatch.setattr(
        file.FrontEnd,
        "lower_file",
        lambda front, path: names.append(Path(path).name) or lower_file(front, path),
    )
    return names


def test_with_and_without_a_cache(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    without = said(LINUX, None)
    assert [said(LINUX, cache) for _ in range(3)] == [without] * 3
    assert said(LINUX, cache, jobs=2) == without


def test_the_second_scan_parses_nothing(tree: Path, tmp_path: Path, lowered: list[str]) -> None:
    said(tree, tmp_path / "cache")
    assert sorted(lowered) == ["own.c", "using.c"]
    said(tree, tmp_path / "cache")
    assert len(lowered) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
def test_what_was_lost_once_is_not_lost_for_ever(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file whose workers die in one scan: the next has it, and judges its driver again."""
    without, lower = said(tree, None), work.Work.lower
    with monkeypatch.context() as patched:
        patched.setattr(
            work.Work, "lower", lambda self, path: os.abort() if b"own" in path else lower(self, path)
        )
        lost = msgspec.json.decode(said(tree, tmp_path / "cache", jobs=1), type=Report)
    assert [gap.at.file for gap in lost.gaps if gap.kind == "worker"] == ["own.c"]
    assert files(msgspec.json.encode(lost)) == {"using.c"}
    assert [said(tree, tmp_path / "cache") for _ in range(2)] == [without] * 2


def test_other_rules_need_no_other_parse(tree: Path, tmp_path: Path, lowered: list[str]) -> None:
    assert files(said(tree, tmp_path / "cache")) == {"own.c", "using.c"}
    assert files(said(tree, tmp_path / "cache", ignore=("l3-minimum-on-l2-path",))) == set()
    assert len(lowered) == 2


def test_a_changed_header_is_seen_by_what_includes_it_only(
    tree: Path, tmp_path: Path, lowered: list[str]
) -> None:
    said(tree, tmp_path / "cache")
    (tree / "limits.h").write_text("#define LEAST 14\n", encoding="utf-8")
    assert files(said(tree, tmp_path / "cache")) == {"own.c"}
    assert lowered[2:] == ["using.c"]


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: (tree / "using.c").write_text("int x;\n", encoding="utf-8"),
        lambda tree: (tree / "limits.h").unlink(),
        lambda tree: (tree / "own.c").rename(tree / "other.c"),
        lambda tree: shutil.copy(tree / "limits.h", tree / "linux_limits.h"),
    ],
    ids=["a source", "a header gone", "another name", "a header that nobody includes"],
)
def test_after_any_change_as_without_a_cache(change, tree: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    said(tree, tmp_path / "cache")
    change(tree)
    assert said(tree, tmp_path / "cache") == said(tree, None)


@pytest.mark.parametrize("more", [{"defines": ("LEAST=14",)}, {"platform": "freebsd"}, {"step_budget": 5}])
def test_after_other_settings_as_without_a_cache(more: dict[str, object], tree: Path, tmp_path: Path) -> None:
    said(tree, tmp_path / "cache")
    assert said(tree, tmp_path / "cache", **more) == said(tree, None, **more)


def test_another_header_that_is_nearer(tree: Path, tmp_path: Path) -> None:
    """The text of no file changed, but a name means another file now."""
    (tree / "include").mkdir()
    (tree / "limits.h").rename(tree / "include" / "limits.h")
    said(tree, tmp_path / "cache")
    (tree / "limits.h").write_text("#define LEAST 14\n", encoding="utf-8")
    report = said(tree, tmp_path / "cache")
    assert report == said(tree, None)
    assert files(report) == {"own.c"}


def test_a_project_that_says_something_else(tree: Path, tmp_path: Path, lowered: list[str]) -> None:
    """No source and no header changed, but what the project says about one source did."""
    (tree / "limits.h").write_text("#ifndef LEAST\n#define LEAST 34\n#endif\n", encoding="utf-8")
    text = (
        "<Project><ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>LEAST=%d</PreprocessorDefinitions>"
        '</ClCompile></ItemDefinitionGroup><ItemGroup><ClCompile Include="using.c" /></ItemGroup></Project>'
    )
    for least, found in ((34, {"own.c", "using.c"}), (14, {"own.c"})):
        (tree / "driver.vcxproj").write_text(text % least, encoding="utf-8")
        assert files(said(tree, tmp_path / "cache")) == found
    assert lowered[2:] == ["using.c"]


def test_a_header_that_only_a_macro_names_is_never_taken_from_memory(
    tree: Path, tmp_path: Path, lowered: list[str]
) -> None:
    using = (tree / "using.c").read_text(encoding="utf-8")
    using = using.replace('#include "limits.h"', '#define WHICH "limits.h"\n#include WHICH')
    (tree / "using.c").write_text(using, encoding="utf-8")
    assert files(said(tree, tmp_path / "cache")) == {"own.c", "using.c"}
    (tree / "limits.h").write_text("#define LEAST 14\n", encoding="utf-8")
    assert files(said(tree, tmp_path / "cache")) == {"own.c"}
    assert lowered[2:] == ["using.c"]


def test_values_that_are_no_results_are_worked_out_again(tree: Path, tmp_path: Path) -> None:
    """Somebody with a key put other data there, with a right checksum."""
    cache = tmp_path / "cache"
    first = said(tree, cache)
    forge(cache, lambda value: b"\x01nonsense")
    assert said(tree, cache) == first
    forge(cache, lambda value: b"\x01nonsense")
    assert read_tree(settings(tree, cache)).program.gaps == ()


FORGED: dict[str, tuple[type, Callable[[Any], object]]] = {
    "no platforms": (Knowledge, lambda known: msgspec.structs.replace(known, platforms=())),
    "one platform": (Knowledge, lambda known: msgspec.structs.replace(known, platforms=known.platforms[:1])),
    "no frame classes": (
        Knowledge,
        lambda known: msgspec.structs.replace(
            known, protocols=msgspec.structs.replace(known.protocols, classes=())
        ),
    ),
    "no rules": (tuple[RuleDoc, ...], lambda docs: ()),
    "one rule": (tuple[RuleDoc, ...], lambda docs: docs[:1]),
    "a platform that is none": (
        Result,
        lambda result: msgspec.structs.replace(
            result, module=msgspec.structs.replace(result.module, platform="none")
        ),
    ),
    "lengths below zero": (Part, lambda part: changed_rows(part, spans=(Span(-1, 65535, frozenset()),))),
    "legal lengths below zero": (Part, lambda part: changed_rows(part, legal_minimum=-1)),
}


@pytest.mark.parametrize(("kind", "change"), FORGED.values(), ids=FORGED)
def test_a_value_of_the_right_kind_that_cannot_be_is_worked_out_again(
    kind: type, change: Callable[[Any], object], tree: Path, tmp_path: Path
) -> None:
    """What is judged of it is forgotten, so that it is needed."""
    cache, changed = tmp_path / "cache", []

    def forged(value: bytes) -> bytes | None:
        with suppress(NotPacked):
            head = value[:1] if kind is Result else b""
            changed.append(change(unpack(value[len(head) :], kind)))
            return head + pack(changed[-1])
        with suppress(NotPacked):
            return None if unpack(value, Part) else value
        return value

    first = said(tree, cache)
    forge(cache, forged)
    assert changed
    assert said(tree, cache) == first


def test_a_tree_read_from_memory_is_the_same_tree(tree: Path, tmp_path: Path, lowered: list[str]) -> None:
    trees = [read_tree(settings(tree, tmp_path / "cache")).program for _ in range(2)]
    one, other = ([msgspec.json.encode(m) for m in t.modules] for t in trees)
    assert one == other
    assert len(lowered) == 2


def test_knowledge_is_remembered_until_a_file_of_it_changes(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it is counted: once for two scans, once more when a pack of the user's changed."""
    loads: list[object] = []
    load = work.load_knowledge
    monkeypatch.setattr(work, "load_knowledge", lambda *given: loads.append(given) or load(*given))
    own = tmp_path / "own" / "platforms"
    own.mkdir(parents=True)
    shutil.copy(work.rules_folder() / "platforms" / "linux.toml", own)
    cache = tmp_path / "cache"
    reports = {said(tree, cache, rules_folders=(own.parent,)) for _ in range(2)}
    assert (len(reports), len(loads)) == (1, 1)
    (own / "linux.toml").write_text((own / "linux.toml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert said(tree, cache, rules_folders=(own.parent,)) in reports
    assert len(loads) == 2


@pytest.mark.parametrize("without_byte_code", [False, True])
def test_documents_of_rules_are_remembered_until_one_of_them_changes(
    without_byte_code: bool, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule says when it is executed: not by a scan that finds everything in the cache."""
    monkeypatch.setattr(sys, "dont_write_bytecode", without_byte_code)
    own, executed = tmp_path / "own", tmp_path / "executed"
    own.mkdir()
    text = (work.rules_folder() / "wire-minimum-on-virtual-link.py").read_text(encoding="utf-8")
    rule = own / "of-mine.py"
    rule.write_text(f"{text}\nfrom pathlib import Path\nPath({str(executed)!r}).touch()\n", encoding="utf-8")
    wanted = settings(tree, tmp_path / "cache", rules_folders=(own,))
    first = scan(wanted).rules
    executed.unlink()
    assert scan(wanted).rules == first
    assert not executed.exists()
    rule.write_text(text.replace("severity=", "severities="), encoding="utf-8")
    with pytest.raises(ConfigError, match="of-mine"):
        scan(wanted)


@pytest.mark.parametrize("jobs", [0, 1, pytest.param(2, marks=needs_fork)])
def test_a_rule_that_does_not_load_ends_any_scan(jobs: int, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "a-rule.py").write_text("RULE = None\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="a-rule"):
        said(tree, None, jobs=jobs, rules_folders=(tmp_path,))
