"""What is checked out is read from .git itself: folders, worktrees, packed references, or nothing."""

from __future__ import annotations

import pytest

from auditor.report.checkout import checkout_of

REVISION = "0123456789abcdef0123456789abcdef01234567"


def repository(folder, url="https://example.org/o/r.git", head="ref: refs/heads/main\n"):
    git = folder / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text(head)
    (git / "refs/heads/main").write_text(REVISION + "\n")
    (git / "config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n')
    return git


def test_no_repository(tmp_path):
    assert checkout_of(tmp_path) is None


def test_from_a_folder_below_the_root(tmp_path):
    repository(tmp_path)
    (tmp_path / "src").mkdir()
    checkout = checkout_of(tmp_path / "src")
    assert checkout.root == tmp_path.resolve()
    assert (checkout.uri, checkout.revision, checkout.branch) == ("https://example.org/o/r", REVISION, "main")


@pytest.mark.parametrize(
    ("remote", "uri"),
    [
        ("git@example.org:o/r.git", "https://example.org/o/r"),
        ("ssh://git@example.org:22/o/r.git", "https://example.org/o/r"),
        ("https://name:secret@example.org/o/r", "https://example.org/o/r"),
        ("https://name@[2001:db8::1]:8443/o/r.git", "https://[2001:db8::1]/o/r"),
        ("/srv/git/r.git", ""),
        ("../r", ""),
    ],
)
def test_remote_becomes_a_web_address_without_secrets(tmp_path, remote, uri):
    repository(tmp_path, remote)
    assert checkout_of(tmp_path).uri == uri


def test_detached(tmp_path):
    repository(tmp_path, head=REVISION + "\n")
    checkout = checkout_of(tmp_path)
    assert (checkout.revision, checkout.branch) == (REVISION, "")


def test_packed(tmp_path):
    git = repository(tmp_path)
    (git / "refs/heads/main").unlink()
    (git / "packed-refs").write_text(f"# pack-refs with: peeled\n{REVISION} refs/heads/main\n")
    assert checkout_of(tmp_path).revision == REVISION


def test_worktree(tmp_path):
    git = repository(tmp_path / "first")
    own = git / "worktrees/second"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    (own / "commondir").write_text("../..\n")
    (tmp_path / "second").mkdir()
    (tmp_path / "second/.git").write_text(f"gitdir: {own}\n")
    checkout = checkout_of(tmp_path / "second")
    assert (checkout.root.name, checkout.revision) == ("second", REVISION)
    assert checkout.uri == "https://example.org/o/r"


def test_before_the_first_commit(tmp_path):
    git = repository(tmp_path)
    (git / "refs/heads/main").unlink()
    assert checkout_of(tmp_path).revision == ""


HOSTILE = {
    "brackets in the address": {"config": '[remote "origin"]\n\turl = https://[x/y\n'},
    "a NUL in the branch": {"HEAD": "ref: refs/heads/a\0b\n"},
    "a branch outside": {"HEAD": "ref: refs/../../../secret\n"},
    "an absolute branch": {"HEAD": "ref: /etc/passwd\n"},
    "a branch of no length that a file has": {"HEAD": "ref: refs/" + "a" * 5000 + "\n"},
    "a NUL in the common folder": {"commondir": "a\0b\n"},
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_repository_says_nothing(tmp_path, files):
    git = repository(tmp_path)
    (tmp_path / "secret").write_text(REVISION)
    for name, text in files.items():
        (git / name).write_text(text)
    checkout = checkout_of(tmp_path)
    assert checkout is None or "" in (checkout.revision, checkout.uri)


def test_a_reference_list_without_end_is_not_read(tmp_path):
    git = repository(tmp_path, head="ref: refs/heads/other\n")
    with (git / "packed-refs").open("wb") as file:
        file.truncate(1 << 40)
    assert checkout_of(tmp_path).revision == ""
