"""A folder in, the git checkout it belongs to out; reads ``.git`` itself, so that no git is needed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec


class Checkout(msgspec.Struct, frozen=True):
    """A checkout: its root folder, the remote's web address, and what is checked out (empty when unknown)."""

    root: Path
    uri: str
    revision: str
    branch: str


REVISION = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
BRANCH = re.compile(r"refs/[^\x00-\x20\x7f:?*\[\\~^]+")
"""What git takes for a reference's name (git-check-ref-format)."""

MOST_BYTES = 8 << 20
"""Of a file of git's that is looked into; one that is larger says nothing."""

SCP_LIKE = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?P<path>[^/:][^:]*)")


def checkout_of(folder: Path) -> Checkout | None:
    """The checkout that ``folder`` lies in, None when there is none or it cannot be read."""
    folder = folder.resolve()
    for root in (folder, *folder.parents):
        if (root / ".git").exists():
            try:
                return _read(root)
            except (OSError, ValueError):  # ValueError: a name that no file can have
                return None
    return None


def _read(root: Path) -> Checkout:
    own = _git_folder(root)
    head = _text(own / "HEAD")
    shared = _text(own / "commondir")
    common = (own / shared).resolve() if shared else own
    name = head.removeprefix("ref:").strip()
    is_branch = head.startswith("ref:")
    revision = _resolve(name, own, common) if is_branch else head
    return Checkout(
        root=root,
        uri=_web_address(_remote(common)),
        revision=revision if REVISION.fullmatch(revision) else "",
        branch=name.removeprefix("refs/heads/") if is_branch else "",
    )


def _git_folder(root: Path) -> Path:
    """``.git`` is a folder, or in worktrees and submodules a file that names it."""
    if (root / ".git").is_dir():
        return root / ".git"
    return (root / _text(root / ".git").removeprefix("gitdir:").strip()).resolve()


def _resolve(name: str, own: Path, common: Path) -> str:
    if not BRANCH.fullmatch(name) or ".." in name:
        return ""
    for folder in (own, common):
        if loose := _text(folder / name):
            return loose
    for line in _text(common / "packed-refs").splitlines():
        revision, _, ref = line.partition(" ")
        if ref == name:
            return revision
    return ""


def _remote(common: Path) -> str:
    """The address of ``origin``, else of the first remote that has one."""
    remotes: dict[str, str] = {}
    section = ""
    for line in _text(common / "config").splitlines():
        key, _, value = line.strip().partition("=")
        if match := re.fullmatch(r'\[remote "(.*)"\]', line.strip()):
            section = match[1]
        elif line.strip().startswith("["):
            section = ""
        elif section and key.strip() == "url":
            remotes.setdefault(section, value.strip())
    return remotes.get("origin") or next(iter(remotes.values()), "")


def _web_address(remote: str) -> str:
    """The remote as https, without user or password; empty for anything that is no host's address."""
    try:
        parts = urlsplit(remote)
    except ValueError:  # brackets without an IPv6 address in them
        return ""
    if parts.scheme in {"https", "http", "ssh", "git"} and parts.hostname:
        host, path = parts.hostname, parts.path
        host = f"[{host}]" if ":" in host else host
    elif match := SCP_LIKE.fullmatch(remote):
        host, path = match["host"], match["path"]
    else:
        return ""
    return f"https://{host}/{path.strip('/').removesuffix('.git')}"


def _text(file: Path) -> str:
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        return ""
    return file.read_text(encoding="utf-8", errors="replace").strip()
