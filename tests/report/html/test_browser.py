"""The page in a real browser: filters, keyboard, themes, no errors, no requests, hostile text stays text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from auditor.report.html import page as module
from tests.report import made
from tests.report.html import pages

TAB, ENTER, SPACE = "\ue004", "\ue007", " "
EVERY = ["finding-1", "finding-2", "finding-3", "finding-4"]

CONTRAST = """
const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
const curve = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const part = value => curve(value / 255);
const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
const ground = element => {
  for (let e = element; e; e = e.parentElement) {
    const [r, g, b, a = 1] = rgb(getComputedStyle(e).backgroundColor);
    if (a > 0) return [r, g, b];
  }
  return [255, 255, 255];
};
const poor = [];
for (const e of document.querySelectorAll("body *:not(svg *)")) {
  const own = [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!own || !e.checkVisibility()) continue;
  const [a, b] = [luminance(rgb(getComputedStyle(e).color)), luminance(ground(e))].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) poor.push(`${e.tagName}.${e.className}: ${ratio.toFixed(2)}`);
}
return [...new Set(poor)];
"""  # WCAG 2.2, success criterion 1.4.3


@pytest.fixture
def usual(browser, tmp_path):
    browser.open(pages.page(tmp_path, *pages.usual(), gaps=made.gaps()))
    return browser


def opened(browser, number=1):
    browser.run(f"document.querySelector('#finding-{number} details').open = true")
    browser.wait(f"document.getElementById('finding-{number}').dataset.filled === ''")


def fill(browser, script):
    """Change a control and tell the page, as a user's input does."""
    browser.run(
        f"{script}; document.getElementById('q').dispatchEvent(new Event('input', {{bubbles: true}}))"
    )


@pytest.mark.parametrize(
    ("script", "kept", "count"),
    [
        ("document.getElementById('q').value = 'OTHER_function'", ["finding-3"], "1 of 4 findings"),
        ("document.getElementById('q').value = 'send.c 14..33'", EVERY, "4 findings"),
        ("document.getElementById('q').value = 'send.c nowhere'", [], "0 of 4 findings"),
        ("document.getElementById('rule').value = 'other-rule'", ["finding-3"], "1 of 4 findings"),
        (
            "document.querySelector('[name=level][value=error]').checked = false",
            ["finding-3", "finding-4"],
            "2 of 4 findings",
        ),
        (
            "document.querySelector('[name=confidence][value=low]').checked = false",
            ["finding-1", "finding-2", "finding-3"],
            "3 of 4 findings",
        ),
    ],
    ids=["words", "all words", "no match", "rule", "level", "confidence"],
)
def test_filters(usual, script, kept, count):
    assert usual.shown() == EVERY
    fill(usual, script)
    assert usual.shown() == kept
    assert usual.run("return document.getElementById('count').textContent") == count


def test_show_all_undoes_every_filter(usual):
    fill(usual, "document.getElementById('q').value = 'nowhere'")
    assert usual.shown() == []
    usual.run("document.querySelector('[type=reset]').click()")
    usual.wait("document.getElementById('count').textContent === '4 findings'")
    assert usual.shown() == EVERY


def test_every_control_is_reached_by_tab_in_order_and_shows_it(usual):
    wanted = usual.run(
        """return [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
           .filter(e => e.checkVisibility()).map((e, n) => { e.dataset.stop = n; return String(n); })"""
    )
    reached, outlines = [], set()
    for _ in wanted:
        usual.press(TAB)
        stop, outline = usual.run(
            """const e = document.activeElement, s = getComputedStyle(e);
               return [e.dataset.stop, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]"""
        )
        reached.append(stop)
        outlines.add(outline)
    assert reached == wanted
    assert outlines == {True}


def test_the_first_stop_skips_to_the_report(usual):
    usual.press(TAB, ENTER)
    assert usual.run("return document.activeElement.id") == "main"


def test_a_finding_opens_by_keyboard_and_gets_its_map_frame_and_graph(usual):
    usual.run("document.querySelector('#finding-1 summary').focus()")
    usual.press(ENTER)
    usual.wait("document.getElementById('finding-1').dataset.filled === ''")
    parts = usual.run(
        "return [...document.querySelectorAll('#finding-1 figure')].map(f => f.className).sort()"
    )
    assert parts == ["frame", "graph", "map", "map"]
    assert usual.run(
        "return new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
    ) == usual.run("return document.querySelectorAll('[id]').length")


def test_a_link_to_a_finding_opens_it(browser, tmp_path):
    browser.open(pages.page(tmp_path, *pages.usual()), fragment="#finding-3")
    browser.wait("document.querySelector('#finding-3 details').open")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_can_be_read_in_both_themes(browser, tmp_path, dark):
    browser.open(pages.page(tmp_path, *pages.usual(), gaps=made.gaps()), dark)
    opened(browser)
    grounds = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (max(grounds) < 60) == dark
    assert browser.run(CONTRAST) == []


def test_the_theme_can_be_changed(usual):
    for wanted in ("true", "false"):
        usual.run("document.getElementById('theme').focus()")
        usual.press(SPACE)
        assert usual.run("return document.getElementById('theme').getAttribute('aria-pressed')") == wanted
        assert usual.run("return matchMedia('(prefers-color-scheme: dark)').matches") is False
        dark = usual.run("return getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 26)"
        assert dark == (wanted == "true")


def test_controls_and_pictures_have_names_and_headings_do_not_skip(usual):
    opened(usual)
    usual.driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes = usual.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = {
        "button",
        "link",
        "textbox",
        "searchbox",
        "combobox",
        "checkbox",
        "image",
        "img",
        "search",
        "region",
    }
    named = [n for n in nodes if not n["ignored"] and n["role"]["value"] in roles]
    assert len(named) > 20
    assert [n["role"]["value"] for n in named if not n.get("name", {}).get("value")] == []
    levels = usual.run("return [...document.querySelectorAll('h1, h2, h3, h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("first", [100, 0], ids=["plain", "compressed"])
def test_hostile_text_runs_nothing_asks_for_nothing_and_is_read_as_it_is(
    browser, tmp_path, monkeypatch, first
):
    monkeypatch.setattr(module, "FIRST", first)
    browser.open(pages.hostile_page(tmp_path))
    opened(browser)
    for button in range(browser.run("return document.querySelectorAll('[data-more]').length"), 0, -1):
        browser.run("document.querySelector('[data-more]').click()")
        browser.wait(f"document.querySelectorAll('[data-more]').length === {button - 1}")
    assert browser.run("return window.broken") is None
    assert browser.run("return document.images.length") == 0
    assert all(url.startswith("file:") for url in browser.requests())
    text = browser.run("return document.body.textContent")
    assert text.count(pages.HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}")) >= 10
    assert pages.FILE in text
    assert browser.driver.get_log("browser") == []


def test_no_errors_and_no_requests(browser, tmp_path):
    browser.open(pages.page(tmp_path, *pages.usual(), gaps=made.gaps()))
    for number in range(1, 5):
        opened(browser, number)
    fill(browser, "document.getElementById('q').value = 'send'")
    assert browser.driver.get_log("browser") == []
    assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]


def test_what_is_compressed_comes_when_it_is_wanted(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FIRST", 1)
    findings = [replace(f, policies=(made.policy(34 + n),)) for n, f in enumerate(pages.usual())]
    browser.open(pages.page(tmp_path, *findings))
    opened(browser, 4)
    assert "Path of the frame" in browser.run("return document.getElementById('finding-4').textContent")
    assert browser.run("return document.querySelectorAll('#finding-4 figure.map').length") == 2
    browser.run("location.hash = '#map-3'")
    browser.wait("document.getElementById('map-3') !== null")
    assert browser.run("return document.querySelectorAll('[data-more=map]').length") == 0
    assert browser.driver.get_log("browser") == []


def test_two_thousand_findings_open_in_seconds(browser, tmp_path):
    findings = [
        replace(made.finding(), function=f"f{n}", policies=(made.policy(34 + n, (f"m{n}",)),))
        for n in range(2000)
    ]
    browser.open(pages.page(tmp_path, *findings))
    loaded = browser.run("return performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert loaded < 8000  # milliseconds; about a second on two cores
    opened(browser, 2000)
    fill(browser, "document.getElementById('q').value = 'f1999'")
    assert browser.shown() == ["finding-2000"]


def test_nothing_is_cut_off_on_a_narrow_screen(browser, tmp_path):
    size = {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.open(pages.page(tmp_path, *pages.usual(), gaps=made.gaps()))
        opened(browser)
        assert browser.run("return document.documentElement.scrollWidth") <= 380
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
