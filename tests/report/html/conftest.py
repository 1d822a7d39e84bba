"""A headless Chromium without network habits; the tests that need it are skipped where there is none."""

from __future__ import annotations

import json
import shutil

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1100,1200", "--force-device-scale-factor=1",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """The driver, and what the tests ask of it."""

    def __init__(self, driver, folder):
        self.driver, self.folder = driver, folder

    def open(self, text, dark=False, fragment=""):
        """Load a page in a fresh state; earlier logs are gone."""
        theme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": theme})
        self.driver.get("about:blank")
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        file = self.folder / "page.html"
        file.write_text(text, encoding="utf-8")
        self.driver.get(f"{file.as_uri()}{fragment}")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition):
        """Until a JavaScript condition holds."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, 10, 0.02).until(
            lambda driver: driver.execute_script(f"return {condition}")
        )

    def press(self, *keys):
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def shown(self):
        """The lines of the findings that are visible."""
        script = """return [...document.querySelectorAll('.finding')].filter(f => f.checkVisibility())
                    .map(f => f.id)"""
        return self.run(script)

    def requests(self):
        """Every address that was asked for since the page was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [
            m for m in messages if m["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated")
        ]
        return [m["params"].get("request", m["params"])["url"] for m in sent]


def started(profile):
    """A running browser with an empty profile; None where there is no Chromium."""
    from selenium import webdriver

    chromium = next((found for name in NAMES if (found := shutil.which(name))), None)
    chromedriver = shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        return None
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    running = started(tmp_path_factory.mktemp("profile"))
    if running is None:
        pytest.skip("Chromium and its driver are not installed (Debian: chromium, chromium-driver)")
    yield running
    running.quit()


@pytest.fixture
def browser(driver, tmp_path):
    return Browser(driver, tmp_path)
