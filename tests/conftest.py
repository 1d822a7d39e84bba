"""What holds for all tests: nothing is remembered from one to the next unless a test asks for it."""

from __future__ import annotations

import os

os.environ["LENAUDIT_NO_CACHE"] = "1"  # for the commands that tests start, too
