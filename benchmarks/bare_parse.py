"""A job list (JSON) in, every file parsed once by clang.cindex, and nothing else: the measure of a scan.

The list is written by ``parses.py``. Each job has the file, the arguments and the in-memory files that a
scan of the same path uses, without stubs; the unit is dropped at once. This process imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clang import cindex

KEEP_GOING = 0x200  # CXTranslationUnit_KeepGoing: a missing header must not end the parse early


def main(jobs: str) -> None:
    """Parse every job of the file ``jobs``; raises TranslationUnitLoadError when one gives no unit at all."""
    content = json.loads(Path(jobs).read_text(encoding="utf-8"))
    index = cindex.Index.create()
    for job in content["jobs"]:
        unsaved = [(name, content["texts"][text]) for name, text in job["served"]]
        index.parse(job["path"], job["arguments"], unsaved, KEEP_GOING)


if __name__ == "__main__":
    main(sys.argv[1])
