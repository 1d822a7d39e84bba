"""Locations in, SARIF locations out: repository-relative URIs, full regions, snippets and context."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import sarif_om as om

from auditor.model import Location, Sources

SOURCE_ROOT = "SRCROOT"
CONTEXT = 2  # lines above and below
LONGEST = 4000  # characters of a snippet: generated code may have a megabyte on one line


class Places:
    """Turns locations into SARIF's; ``root`` is what URIs shall be relative to (None: the base)."""

    def __init__(self, sources: Sources, root: Path | None) -> None:
        self.sources = sources
        base = sources.root.resolve()
        self._prefix = "" if root is None or root == base else base.relative_to(root).as_posix() + "/"

    def artifact(self, file: str) -> om.ArtifactLocation:
        """The file's URI."""
        return om.ArtifactLocation(uri=quote(self._prefix + file), uri_base_id=SOURCE_ROOT)

    def location(self, at: Location, message: str = "", number: int = -1, function: str = "") -> om.Location:
        """A location with its region (where the file can be read), ``number`` being its id for links."""
        return om.Location(
            id=number,
            message=om.Message(text=message) if message else None,
            physical_location=om.PhysicalLocation(
                artifact_location=self.artifact(at.file),
                region=self.region(at),
                context_region=self._context(at),
            ),
            logical_locations=[om.LogicalLocation(name=function, kind="function")] if function else None,
        )

    def locations(self, at: Location) -> list[om.Location]:
        """A list with the location, empty for what no scanned file spells."""
        return [self.location(at)] if at.file else []

    def region(self, at: Location, snippet: bool = True) -> om.Region | None:
        """The span with all four numbers, its end filled in at the line's end where it is not known."""
        if at.line < 1:
            return None
        end_line, end_column = self._end(at)
        return om.Region(
            start_line=at.line,
            start_column=at.column,
            end_line=end_line,
            end_column=end_column,
            snippet=om.ArtifactContent(text=text)
            if snippet and 0 < len(text := self._text(at)) <= LONGEST
            else None,
        )

    def _end(self, at: Location) -> tuple[int, int]:
        if (at.end_line, at.end_column) > (at.line, at.column):
            return at.end_line, at.end_column
        return at.line, max(at.column, len(self.sources.line(at.file, at.line))) + 1

    def _text(self, at: Location) -> str:
        end_line, end_column = self._end(at)
        lines = list(self.sources.lines(at.file)[at.line - 1 : end_line])
        if not lines:
            return ""
        lines[-1] = lines[-1][: end_column - 1]
        lines[0] = lines[0][at.column - 1 :]
        return "\n".join(lines)

    def _context(self, at: Location) -> om.Region | None:
        """Whole lines around the span; None where that would be no more than the span itself."""
        if at.line < 1:
            return None
        end_line, end_column = self._end(at)
        lines = self.sources.lines(at.file)
        first, last = max(1, at.line - CONTEXT), min(len(lines), end_line + CONTEXT)
        if last < end_line:
            return None
        last_column = max(len(lines[last - 1]) + 1, end_column if last == end_line else 0)
        if (first, 1, last, last_column) == (at.line, at.column, end_line, end_column):
            return None
        text = "\n".join(lines[first - 1 : last])
        if len(text) > LONGEST:
            return None
        return om.Region(
            start_line=first,
            start_column=1,
            end_line=last,
            end_column=last_column,
            snippet=om.ArtifactContent(text=text),
        )
