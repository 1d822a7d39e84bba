"""Read the data files of ``rules/``: protocols and platform packs, the shipped ones and the user's.

Errors name the file, the key and what was expected (``ConfigError``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from auditor.intake import data_of, table_of
from auditor.knowledge.platform import Platform, Role
from auditor.knowledge.protocols import Protocols
from auditor.model import ConfigError, UsageError, nearest

T = TypeVar("T")

NEEDED = (0x0800, 0x86DD, 0x8100)
"""The ethertypes of IPv4, IPv6 and a tag: what captures and policies tell apart."""

MOST_HEADER_BYTES = 8 << 20
"""Of a model header, as of any source."""


class Knowledge(msgspec.Struct, frozen=True):
    """Everything the data files say. ``model_headers`` maps a model header's name to its text."""

    protocols: Protocols
    platforms: tuple[Platform, ...]
    model_headers: dict[str, str]

    def platform(self, name: str) -> Platform:
        """The pack called ``name``; KeyError when there is none."""
        for platform in self.platforms:
            if platform.name == name:
                return platform
        raise KeyError(name)


def rules_folder() -> Path:
    """The shipped ``rules/``: inside the installed package, else beside it in a source checkout."""
    inside = Path(__file__).resolve().parent.parent / "_rules"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def sample_folder() -> Path:
    """The shipped sample driver: inside the installed package, else beside it in a source checkout."""
    inside = Path(__file__).resolve().parent.parent / "_sample"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "fixtures" / "sample"


def load_knowledge(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The shipped data, then each folder of ``extra``: a pack of the same name replaces the shipped one.

    Raises ConfigError for a file that is not valid TOML or does not have the documented keys.
    """
    protocols = _protocols(rules_folder() / "protocols.toml")
    for own in (folder / "protocols.toml" for folder in extra):
        if own.is_file():
            protocols = _protocols(own)
    platforms: dict[str, Platform] = {}
    headers: dict[str, str] = {}
    for folder in (rules_folder(), *extra):
        for file in sorted(_packs(folder)):
            platform = _read(file, Platform)
            if platform.name != file.stem:
                raise ConfigError(str(file), "name", f"expected {file.stem!r}, the file's own name")
            platforms[platform.name] = platform
        for header in sorted((folder / "platforms" / "headers").rglob("*.h")):
            name = header.relative_to(folder / "platforms" / "headers").as_posix()
            headers[name] = _text(header)
    return Knowledge(protocols, tuple(platforms.values()), headers)


def is_of(knowledge: Knowledge, extra: tuple[Path, ...]) -> bool:
    """Whether somebody's ``knowledge`` can be ``load_knowledge(extra)``, by the names of the packs."""
    names = {file.stem for folder in (rules_folder(), *extra) for file in _packs(folder)}
    return names == {platform.name for platform in knowledge.platforms} and not _lacking(knowledge.protocols)


def with_entry_points(knowledge: Knowledge, entry_points: dict[str, str]) -> Knowledge:
    """``knowledge`` in which the functions named by ``entry_points`` have the roles that it gives them.

    Raises UsageError for a role that no pack has.
    """
    known = {role.id for platform in knowledge.platforms for role in platform.roles}
    for function, role_id in entry_points.items():
        if role_id not in known:
            hint = nearest(role_id, known) or f"roles: {', '.join(sorted(known))}"
            raise UsageError(f"entry point {function}: there is no role {role_id!r}", hint)
    if not entry_points:
        return knowledge
    platforms = tuple(
        msgspec.structs.replace(
            platform, roles=tuple(_declared(role, entry_points) for role in platform.roles)
        )
        for platform in knowledge.platforms
    )
    return msgspec.structs.replace(knowledge, platforms=platforms)


def _declared(role: Role, entry_points: dict[str, str]) -> Role:
    functions = tuple(function for function, role_id in entry_points.items() if role_id == role.id)
    return msgspec.structs.replace(role, declared=functions)


def _packs(folder: Path) -> Iterable[Path]:
    return (folder / "platforms").glob("*.toml")


def _protocols(file: Path) -> Protocols:
    """Those of a file. Raises ConfigError when a class is missing that every frame may fall into."""
    protocols = _read(file, Protocols)
    if lacking := _lacking(protocols):
        raise ConfigError(str(file), "classes", f"expected one {lacking}")
    return protocols


def _lacking(protocols: Protocols) -> str:
    """A class that is missing, as the end of a sentence; "" when there are all that frames may fall into."""
    known = {ethertype for one in protocols.classes for ethertype in one.ethertypes}
    for ethertype in NEEDED:
        if ethertype not in known:
            return f"with the ethertype {ethertype:#06x}"
    if not any(one.length_field for one in protocols.classes):
        return "with a length field (IEEE 802.3)"
    if not any(not (one.ethertypes or one.length_field or one.ip_version) for one in protocols.classes):
        return "for everything else, without ethertypes"
    return ""


def _read(file: Path, into: type[T]) -> T:

    try:
        return msgspec.convert(table_of(file), into)
    except msgspec.ValidationError as error:
        text, _, where = str(error).partition(" - at ")
        key = re.sub(r"^`\$\.?|`$", "", where) or "top level"
        raise ConfigError(str(file), key, text) from error


def _text(header: Path) -> str:
    try:
        return data_of(header, MOST_HEADER_BYTES).decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError(str(header), "file", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(header), "file", f"is not UTF-8: {error}") from error
