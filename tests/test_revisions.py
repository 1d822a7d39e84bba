"""A revision's C files come out of the repository as they are stored, and nothing of it runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from auditor.model import UsageError
from auditor.revisions import tree_of

OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c",
}  # fmt: skip


def git(folder, *arguments, given=b""):
    command = ["git", "-C", folder, *arguments]
    done = subprocess.run(
        command, input=given, env=os.environ | OWN, check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path):
    """Two commits of ``src/link.c``, tagged one and two, with files that are no C beside it."""
    folder = tmp_path / "repository"
    (folder / "src").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    for name, text in (("one", b"int one;\r\n"), ("two", b"int \xe9;")):
        (folder / "src/link.c").write_bytes(text)
        (folder / "src/notes.txt").write_bytes(text)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", name)
        git(folder, "tag", name)
    return folder


def files(root: Path):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize(("revision", "text"), [("one", b"int one;\r\n"), ("main", b"int \xe9;")])
def test_c_files_byte_by_byte_and_nothing_left_behind(repository, revision, text):
    with tree_of(revision, repository) as root:
        assert files(root) == {"src/link.c": text}
    assert not root.exists()


def test_what_the_build_says_comes_too(repository):
    """Else a scan of the revision would have other defines and folders than one of the checkout."""
    build = {"all.sln", "Directory.Build.props", "src/link.vcxproj", "src/shared.vcxitems"}
    for name in build:
        (repository / name).write_bytes(b"<Project />")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "build")
    with tree_of("main", repository) as root:
        assert set(files(root)) == {"src/link.c", *build}


@pytest.mark.parametrize(("place", "kept"), [("src", {"link.c"}), ("src/link.c", {"."})])
def test_a_folder_or_a_file_of_it(repository, place, kept):
    with tree_of("one", repository / place) as found:
        assert (set(files(found)) or {"."}) == kept
        assert found.exists()


def test_a_bare_repository(repository, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", repository, tmp_path / "bare")
    with tree_of("one", tmp_path / "bare") as root:
        assert list(files(root)) == ["src/link.c"]


@pytest.mark.parametrize("revision", ["three", "--help", "HEAD:src", "-x"])
def test_what_is_no_revision(repository, revision):
    with pytest.raises(UsageError), tree_of(revision, repository):
        pass


def test_a_folder_without_a_repository(tmp_path):
    with pytest.raises(UsageError, match="neither a folder nor a git revision"), tree_of("main", tmp_path):
        pass


def test_a_place_without_c(repository):
    (repository / "empty").mkdir()
    with pytest.raises(UsageError, match="no C file at empty"), tree_of("one", repository / "empty"):
        pass


def test_filters_and_hooks_do_not_run(repository, tmp_path):
    ran = tmp_path / "ran"
    for key in ("filter.x.smudge", "filter.x.process", "core.fsmonitor", "core.sshCommand", "diff.external"):
        git(repository, "config", key, f"touch {ran}")
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("*.c filter=x export-ignore\n")
    hook = repository / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
    hook.chmod(0o755)
    with tree_of("one", repository) as root:
        assert list(files(root)) == ["src/link.c"]
    assert not ran.exists()


def test_a_path_that_leads_out_is_refused(repository):
    blob = git(repository, "rev-parse", "one:src/link.c")
    inner = git(repository, "mktree", given=f"100644 blob {blob}\tout.c\n".encode())
    entry = b"40000 ..\0" + bytes.fromhex(inner)
    tree = git(repository, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=entry)
    commit = git(repository, "commit-tree", "-m", "bad", tree)
    with pytest.raises(UsageError, match="no checkout has"), tree_of(commit, repository):
        pass
