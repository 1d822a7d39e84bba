"""The language server without an editor: what it does when nobody listens any more."""

from __future__ import annotations

import pytest

from auditor.editor.server import server
from auditor.model import UsageError

MOST_TRIES = 50


class Gone:
    """An editor that has closed its end."""

    def __init__(self) -> None:
        self.tries = 0

    def write(self, data: bytes) -> None:
        """Fail as a closed file does, and let nobody try for ever."""
        self.tries += 1
        if self.tries > MOST_TRIES:
            pytest.exit("the server tells for ever that it cannot tell")
        raise ValueError("write to closed file")

    def close(self) -> None:
        """Nothing is left to be closed."""


def test_an_editor_that_has_gone_is_not_told_so() -> None:
    """Each such message would fail as well: the thread that sends would never end, nor the process."""
    made, gone = server(lambda *_: "", lambda folder: pytest.fail("no settings are needed")), Gone()
    made.protocol.set_writer(gone)

    made.say(UsageError("this cannot be told", "nobody listens"))

    assert gone.tries == 1
