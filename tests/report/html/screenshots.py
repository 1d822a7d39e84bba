"""Writes the pictures of the README anew: ``python -m tests.report.html.screenshots``; then look at them."""

from __future__ import annotations

import base64
import shutil
import tempfile
from pathlib import Path

from auditor.knowledge import sample_folder
from auditor.pipeline import scan
from auditor.repair import verified
from auditor.report import html
from auditor.settings import Settings
from tests.report.html.conftest import Browser, started

PICTURES = Path(__file__).resolve().parents[3] / "docs/img"
WIDTH = 1100
VIEWS = {
    "page-light.png": (False, "", 1120),
    "page-dark.png": (True, "#finding-1 [data-copy^=frame]", 1120),
}
"""By file name: whether dark, what to begin with (the top when empty), and the height in pixels."""


def main() -> None:
    """Scan the sample driver, draw its page in both themes."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        driver = shutil.copytree(sample_folder(), folder / "larch-driver")
        settings = Settings(paths=(driver,))
        result = verified(scan(settings), settings)
        text = html.render(result.report, result.rules, result.sources)
        chromium = started(folder / "profile")
        try:
            for name, view in VIEWS.items():
                (PICTURES / name).write_bytes(_picture(Browser(chromium, folder), text, *view))
        finally:
            chromium.quit()


def _picture(browser: Browser, text: str, dark: bool, first: str, height: int) -> bytes:
    browser.driver.set_window_size(WIDTH, height)
    browser.open(text, dark)
    browser.run("document.querySelector('.finding details').open = true")
    browser.wait("document.getElementById('finding-1').dataset.filled === ''")
    start = (
        browser.run(f"return document.querySelector('{first}').getBoundingClientRect().top") if first else 0
    )
    clip = {"x": 0, "y": start, "width": WIDTH, "height": height, "scale": 1}
    shot = browser.driver.execute_cdp_cmd(
        "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip}
    )
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main()
