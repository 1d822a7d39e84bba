"""A report in, lenaudit's own JSON out: the fields of ``auditor.model.Report`` as they are.

The object has ``format`` (this layout's number), ``version`` (of lenaudit) and the report's fields; bytes are
hexadecimal text, sets are sorted lists. Run time is left out: the same tree gives the same text.
"""

from __future__ import annotations

import json

import msgspec

from auditor import __version__
from auditor.model import Report

FORMAT = 1
LEFT_OUT = ("seconds", "command")


def render(report: Report) -> str:
    """The report as indented JSON text in ASCII with a final newline."""
    content = msgspec.to_builtins(report, builtin_types=(bytes,), order="deterministic")
    for name in LEFT_OUT:
        content.pop(name)
    head = {"format": FORMAT, "version": __version__}
    return json.dumps(head | content, indent=2, default=bytes.hex) + "\n"
