"""Right files of every kind that lenaudit reads, small enough to be hit everywhere."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from unittest.mock import patch

import msgspec

from auditor.cache import FILE, Cache
from auditor.frontend import Setup, find
from auditor.frontend.file import FrontEnd
from auditor.jobs.work import Shared, Work
from auditor.knowledge import load_knowledge
from auditor.packing import pack
from auditor.pipeline import scan
from auditor.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ROOT / "fixtures/linux/bare_34.c"

DATABASES = (
    b'[{"directory": "/tmp", "file": "a.c", "arguments": ["cc", "-DA=1", "-I", "x", "-include", "y", "@z"]},'
    b' {"directory": ".", "file": "b.c", "command": "cc -std=gnu99 \'-DB=\\"c\\"\' -c b.c"}]',
    b'[{"directory": ".", "file": "a.c", "arguments": ["cc", "-fplugin=e.so", "-Xclang", "-load", "-MF",'
    b' "w", "-isystem..", "--target=arm", "-x", "c", "-U", "A", "-ivfsoverlay", "v", "-Wp,-MD,w",'
    b' "-fshort-enums"]}]',
)
PROJECTS = (
    b"""<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
<ItemGroup Label="ProjectConfigurations">
<ProjectConfiguration Include="Debug|x64"><Configuration>Debug</Configuration><Platform>x64</Platform>
</ProjectConfiguration></ItemGroup><PropertyGroup
 Condition="'$(Configuration)|$(Platform)'=='Debug|x64' and Exists('a.c')">
<A>x;$(A)</A></PropertyGroup><Import Project="$(MSBuildThisFileDirectory)other.props" />
<Choose><When Condition="!('$(A)' != '' or 1 &lt; 2)">
<PropertyGroup><B>1</B></PropertyGroup></When><Otherwise /></Choose>
<ItemDefinitionGroup><ClCompile>
<PreprocessorDefinitions>D=1;%(PreprocessorDefinitions)</PreprocessorDefinitions>
<AdditionalIncludeDirectories>sub;..\\..\\etc;$(B)</AdditionalIncludeDirectories></ClCompile></ItemDefinitionGroup>
<ItemGroup><ClCompile Include="a.c;sub\\*.c" /></ItemGroup></Project>""",
    b"""<Project><PropertyGroup><B>2</B></PropertyGroup><Import Project="a.vcxproj" /></Project>""",
)
LOGS = (
    b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lenaudit", "version": "0.1.0", "rules": []'
    b'}}, "invocations": [{"executionSuccessful": true,'
    b' "toolExecutionNotifications": [{"message": {"text": "x"}}]}],'
    b' "results": [{"ruleId": "a-b", "level": "note", "rank": 3.0, "message": {"text": "y"}, "locations": ['
    b'{"physicalLocation": {"artifactLocation": {"uri": "a.c"}, "region": {"startLine": 3}}}]}]}]}',
)
SETTINGS = (
    b"select = ['a-b']\nplatform = 'linux'\nexclude = ['*.c', '!a.c']\n[severity]\n'a-b' = 'note'\n"
    b"[entry-points]\nf = 'ndo-start-xmit'\n",
    b"[tool.lenaudit]\ndefine = ['A=1']\nconfidence = 'low'\nrules = ['x']\nfail-on = \"never\"\n",
)
BASELINES = (
    b'{"findings": [{"fingerprint": "0a", "rule": "a-b", "file": "a.c", "function": "f", "confidence": "low",'
    b' "message": "m"}], "format": 1, "version": "0.1.0"}',
)
IGNORES = (b"*.o\n!/a.c\nb[a-c]?/\n**/x/**/y*z\n# no\n\\!n\n",)
SOURCES = (b"int a; /* lenaudit: ignore[a-b, c-d] -- why */\n// lenaudit: ignore[a-b]\n", DRIVER.read_bytes())
REPOSITORIES = (
    b"ref: refs/heads/main\n\n[remote \"origin\"]\n\turl = git@h.example:a/b.git\n\n"
    + b"0123456789abcdef" * 2 + b"01234567 refs/heads/main\n",
    b"0123456789abcdef" * 2 + b"01234567\n\n[remote \"o\"]\n url = https://u:p@[::1]:8/x.git\n\n",
)  # fmt: skip

FRAME = bytes.fromhex("02bb0000000202bb0000000188b5") + bytes(range(50))


def classic() -> tuple[bytes, ...]:
    """A capture of two frames in either byte order (draft-ietf-opsawg-pcap)."""
    made = []
    for order in "<>":
        head = struct.pack(order + "IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
        record = struct.pack(order + "IIII", 1, 5, len(FRAME), len(FRAME)) + FRAME
        made.append(head + record * 2)
    return tuple(made)


RIGHT = classic()[0] + classic()[0][-16 - len(FRAME) :]
"""The same frame once more: a capture that another one can be held against."""


def newer() -> tuple[bytes, ...]:
    """A capture with an interface, its options and three kinds of packet block (draft-ietf-opsawg-pcapng)."""
    made, whole = [], FRAME + b"fcs!"
    for order in "<>":

        def block(kind: int, body: bytes, order: str = order) -> bytes:
            size = struct.pack(order + "I", len(body) + 12)
            return struct.pack(order + "I", kind) + size + body + size

        options = struct.pack(order + "HHB3xHHqHHB3xHH", 9, 1, 0x8A, 14, 8, 100, 13, 1, 32, 0, 0)
        made.append(
            block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))
            + block(1, struct.pack(order + "HHI", 1, 0, 0) + options)
            + block(6, struct.pack(order + "IIIII", 0, 0, 9, len(whole), len(whole)) + whole)
            + block(3, struct.pack(order + "I", len(whole)) + whole)
            + block(2, struct.pack(order + "HHIIII", 0, 0, 0, 0, len(whole), len(whole)) + whole)
        )
    return tuple(made)


def small_rules() -> Path:
    """A rules folder with the least that it needs."""
    return Path(__file__).parent / "rules"


def packs() -> tuple[bytes, ...]:
    """A small platform pack."""
    return ((small_rules() / "platforms/generic.toml").read_bytes(),)


def protocols() -> tuple[bytes, ...]:
    """Few protocols."""
    return ((small_rules() / "protocols.toml").read_bytes(),)


@cache
def results() -> tuple[bytes, ...]:
    """What the front end makes of a driver, as it travels, and the driver's part of a report."""
    found = find(Settings(paths=(DRIVER,)))
    lowered = FrontEnd(Setup(found.base, found.headers, load_knowledge())).lower_file(found.sources[0])
    return (zlib.decompress(pack(lowered)), zlib.decompress(pack(load_knowledge())), pack(lowered))


@cache
def lowered() -> tuple[bytes, ...]:
    """What a worker sends of a driver, bodies packed on their own, behind what says if it is kept."""
    work, source = _work()
    return (work.lower(source.encode()),)


@cache
def parts() -> tuple[bytes, ...]:
    """A driver's part of a report, as a worker sends it."""
    work, _ = _work()
    return (plain(work.judge(msgspec.msgpack.encode(list(lowered())))),)


def _work() -> tuple[Work, str]:
    settings = Settings(paths=(DRIVER,))
    found = find(settings)
    return Work(Shared(settings, found.base, found.headers)), found.sources[0]


@cache
def remembered() -> dict[int, bytes]:
    """The rows of the cache that a second scan of a driver asks for, not compressed, by their number.

    What is known of protocols, platforms and rules is left out: who writes it is trusted as lenaudit is.
    """
    rows: dict[int, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(paths=(DRIVER,), cache=Path(folder), jobs=0)
        scan(settings)
        with answering(lambda number, row: rows.setdefault(number, row)):
            scan(settings)
    known = (pack(load_knowledge()), pack(Work(Shared(settings, str(ROOT), ())).documents()))
    return {number: plain(row) for number, row in rows.items() if row not in known}


@contextmanager
def answering(answer: Callable[[int, bytes], bytes]) -> Iterator[None]:
    """Caches give what ``answer`` makes of the number of a question, from 0, and of the right answer."""
    right, numbers = Cache.get, count()

    def get(cached: Cache, key: bytes) -> bytes | None:
        number, row = next(numbers), right(cached, key)
        return None if row is None else answer(number, row)

    with patch.object(Cache, "get", get):
        yield


def plain(row: bytes) -> bytes:
    """A row of the cache, not compressed."""
    try:
        return zlib.decompress(row)
    except zlib.error:
        return row


def caches() -> tuple[bytes, ...]:
    """A cache with one entry."""
    with tempfile.TemporaryDirectory() as folder:
        with Cache(Path(folder)) as cached:
            cached.put(b"key", b"value" * 100)
        return (Path(folder, FILE).read_bytes(),)


def drivers() -> tuple[bytes, ...]:
    """A driver with a fault."""
    return (DRIVER.read_bytes(),)


Seeds = Callable[[], tuple[bytes, ...]]
