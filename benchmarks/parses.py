"""A tree in; what a scan of it has clang parse out, as files that other programs take.

The front end is asked for each file's arguments and in-memory headers, and stopped before it parses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import msgspec

from auditor.frontend import Setup, find
from auditor.frontend import file as stage
from auditor.frontend.file import FrontEnd
from auditor.frontend.headers import STUBS
from auditor.frontend.parse import Unparsable
from auditor.knowledge import load_knowledge
from auditor.settings import Settings


class Parse(msgspec.Struct, frozen=True):
    """A source by absolute path, libclang's arguments, and the in-memory files without stubs, by name."""

    path: str
    arguments: tuple[str, ...]
    served: dict[str, bytes]


def parses(path: Path) -> list[Parse]:
    """What a scan of ``path`` parses, in its order: 2 ms a file. Their parsers will see all of the disk."""
    listed: list[Parse] = []

    def noted(source: str, flags: Sequence[str], served: Mapping[str, bytes], *_: object) -> None:
        listed.append(Parse(source, tuple(flags), {**served, STUBS: b""}))
        raise Unparsable("it is only noted")

    settings = Settings(paths=(path,))
    found = find(settings)
    front = FrontEnd(Setup.of(settings, load_knowledge(), found.base, found.headers, found.flags))
    with mock.patch.multiple(stage, parsed=noted, seeing=lambda *_: nullcontext(())):
        for source in found.sources:
            front.lower_file(source)
    return listed


def job_lists(every: Sequence[Parse], folder: Path, count: int) -> list[Path]:
    """``every`` in ``count`` lists for ``bare_parse.py``, files in ``folder``; equal texts once in each."""
    lists = []
    for number in range(count):
        texts: dict[bytes, int] = {}
        jobs = [
            {
                "path": one.path,
                "arguments": one.arguments,
                "served": [(name, texts.setdefault(text, len(texts))) for name, text in one.served.items()],
            }
            for one in every[number::count]
        ]
        lists.append(folder / f"jobs-{number + 1}-of-{count}.json")
        content = {"jobs": jobs, "texts": [text.decode("utf-8", "replace") for text in texts]}
        lists[-1].write_text(json.dumps(content), encoding="utf-8")
    return lists


def responses(every: Sequence[Parse], folder: Path) -> list[Path]:
    """A response file of the clang command for each of ``every``, in ``folder``.

    An overlay of the file system (``-ivfsoverlay``) puts the in-memory files where libclang would see them.
    """
    places: dict[bytes, Path] = {}
    made = []
    for number, one in enumerate(every):
        overlay, response = folder / f"{number}.yaml", folder / f"{number}.rsp"
        roots = [
            {"name": name, "type": "file", "external-contents": str(_placed(text, folder, places))}
            for name, text in one.served.items()
        ]
        tree = {"version": 0, "case-sensitive": "true", "use-external-names": "false", "roots": roots}
        overlay.write_text(json.dumps(tree), encoding="utf-8")
        response.write_text("\n".join(_quoted([*one.arguments, "-ivfsoverlay", str(overlay), one.path])))
        made.append(response)
    return made


def _placed(text: bytes, folder: Path, places: dict[bytes, Path]) -> Path:
    if text not in places:
        places[text] = folder / f"text-{len(places)}"
        places[text].write_bytes(text)
    return places[text]


def _quoted(arguments: Sequence[str]) -> Iterator[str]:
    """As GNU's response files have it: quotes around each, a backslash before quotes and backslashes."""
    for argument in arguments:
        yield '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'
