"""Properties and metadata of a project: texts with ``$(NAME)`` and ``%(NAME)`` come in, expanded ones go out.

The environment is never looked at: what a project does not say itself stays as it is written, and is then
known for unknown. All that is expanded is counted, because a few lines can ask for any amount of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from auditor.frontend.msbuild.elements import Refused

ANCHOR = "\ue000"
"""Stands for the scanned tree's base, so that no path of the machine gets into a define."""

MOST_VALUE = 64 * 1024
"""Characters of one value."""

UNKNOWN = re.compile(r"[$@%]\([^()]*\)?")
"""What is left of a text when it names something that nobody knows."""

_PROPERTY = re.compile(r"\$\(\s*([A-Za-z_][\w-]*)\s*\)")
_METADATA = re.compile(r"%\(\s*(?:ClCompile\s*\.)?\s*([A-Za-z_][\w-]*)\s*\)", re.IGNORECASE)
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_FOR_AN_ENTRY = 100  # of a list, in characters

Spend = Callable[[int], None]
"""Told how many characters were worked on; raises Refused when a project asks for too much."""


class Properties:
    """What a project has said so far; ``fixed`` are properties that it cannot say anew."""

    def __init__(self, fixed: Mapping[str, str], spend: Spend) -> None:
        self._fixed = {name.lower(): value for name, value in fixed.items()}
        self._said: dict[str, str] = {}
        self.spend = spend

    def fix(self, name: str, value: str) -> None:
        """Say what a fixed property is from now on."""
        self._fixed[name.lower()] = value

    def say(self, name: str, text: str) -> None:
        """A property that a project sets."""
        self._said[name.lower()] = self.expand(text)

    def expand(self, text: str) -> str:
        """``text`` with every known property put in. Raises Refused."""
        return self._filled(_PROPERTY, text, lambda match: self._value(match[1], match[0]))

    def shown(self, text: str) -> str:
        """``text`` as conditions see it: what is not known is empty. Raises Refused."""
        return self._filled(_PROPERTY, text, lambda match: UNKNOWN.sub("", self._value(match[1], "")))

    def metadata(self, text: str, before: Mapping[str, str]) -> str:
        """``text`` with properties and the values that its metadata had ``before``. Raises Refused."""
        return self._filled(_METADATA, self.expand(text), lambda match: before.get(match[1].lower(), ""))

    def listed(self, value: str) -> list[str]:
        """The entries of a list, escapes undone. Raises Refused."""
        parts = [part for part in map(str.strip, value.split(";")) if part]
        self.spend(_FOR_AN_ENTRY * len(parts))
        return [unescaped(part) for part in parts]

    def _value(self, name: str, otherwise: str) -> str:
        value = self._fixed.get(name.lower())
        return self._said.get(name.lower(), otherwise) if value is None else value

    def _filled(self, pattern: re.Pattern[str], text: str, value: Callable[[re.Match[str]], str]) -> str:
        parts: list[str] = []
        at = length = 0
        for match in pattern.finditer(text):
            parts += (text[at : match.start()], value(match))
            at, length = match.end(), length + len(parts[-2]) + len(parts[-1])
            if length > MOST_VALUE:
                raise Refused("has a value that grows without end")
        self.spend(length + len(text) - at)
        return "".join((*parts, text[at:]))


def unescaped(text: str) -> str:
    """``text`` with its ``%xx`` undone."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
