"""The page holds what the report says, escaped, and loads nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from auditor.model import Sources
from auditor.report import html
from auditor.report.html import page as module
from tests.report import made
from tests.report.html import pages


class Reader(HTMLParser):
    """Elements with their attributes, the text, and ids."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(text)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def test_a_finding_is_shown_whole(tmp_path):
    text = Reader(pages.page(tmp_path, made.finding(), gaps=made.gaps())).text
    finding = made.finding()
    wanted = (
        finding.message, *finding.evidence, *(step.message for step in finding.path),
        finding.witnesses[0].name, "14..33 bytes lost", "LINK_SIZE + NET_SIZE", "an assertion with the same",
        "proved: the finding goes, no other policy changes, no new finding appears",
        "- if (f->length < LINK_SIZE + NET_SIZE)", "+ if (f->length < LINK_SIZE)",
        "every class: minimum 34 -> 14 bytes", "4 of 5", "permission denied",
    )  # fmt: skip
    assert [words for words in wanted if words not in text] == []


def test_the_worst_finding_comes_first(tmp_path):
    page = Reader(pages.page(tmp_path, *pages.usual()))
    found = [(a["data-level"], a["data-confidence"]) for a in page.all("article")]
    assert found == [("error", "high"), ("error", "high"), ("warning", "high"), ("note", "low")]


def test_nothing_is_loaded(tmp_path):
    page = Reader(pages.page(tmp_path, *pages.usual(), gaps=made.gaps()))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"img", "iframe", "object", "embed", "link", "base", "audio", "video", "source", "use"}
    links = [a["href"] for a in page.all("a")]
    assert links
    assert all(link.startswith("#") for link in links)
    (policy,) = (m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_every_link_and_copy_leads_to_an_element_of_the_page(tmp_path):
    page = Reader(pages.page(tmp_path, *pages.usual()))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.all("a")} <= set(ids)
    assert {a["data-copy"] for _, a in page.elements if "data-copy" in a} <= set(ids)


def test_hostile_text_stays_text(tmp_path):
    page = Reader(pages.hostile_page(tmp_path))
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    shown = pages.HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    assert page.text.count(shown) >= 8
    assert "\u202e" not in page.text
    assert pages.FILE in page.text


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x9b", "\u2066", "\ud800"])
def test_characters_that_no_page_may_hold_are_replaced(tmp_path, character):
    text = pages.page(tmp_path, replace(made.finding(), message=f"a{character}b"))
    text.encode()
    assert "a\N{REPLACEMENT CHARACTER}b" in text


def test_what_is_alike_is_drawn_once(tmp_path):
    page = Reader(pages.page(tmp_path, *pages.usual()))
    figures = [a["id"].split("-")[0] for a in page.all("figure")]
    assert sorted(figures) == ["after", "frame", "graph", "map"]


def test_every_fate_and_level_has_a_style(tmp_path):
    style = re.search(r"<style>(.*?)</style>", pages.page(tmp_path), re.DOTALL)[1]
    kinds = re.findall(r'<rect class="([\w-]+)" x="0.5"', pages.page(tmp_path))
    assert len(kinds) == 12
    assert [kind for kind in kinds if not re.search(rf"\.{kind}[ ,]", style)] == []


def test_no_findings_is_said(tmp_path):
    assert "No findings. Not everything was understood" in Reader(pages.page(tmp_path)).text


def test_hidden_findings_are_counted_and_shown_on_request(tmp_path):
    base = made.tree(tmp_path)
    report = made.report(base, replace(made.finding(), suppressed="because"))
    plain = html.render(report, (), Sources(str(base)))
    assert "1 finding suppressed or known before, not shown here." in plain
    assert "hidden: because" not in plain
    assert "hidden: because" in html.render(report, (), Sources(str(base)), hidden=True)


def test_maps_alone(tmp_path):
    base = made.tree(tmp_path)
    text = html.render(made.report(base), (), Sources(str(base)), scanned=False)
    assert "device_send" in text
    assert "No findings" not in text
    assert 'id="findings"' not in text


def test_a_large_page_stays_small(tmp_path, monkeypatch):
    findings = [
        replace(made.finding(), function=f"f{n}", policies=(made.policy(34 + n, (f"m{n}",)),))
        for n in range(2000)
    ]
    assert len(pages.page(tmp_path, *findings).encode()) < 10_000_000
    monkeypatch.setattr(module, "FIRST", 1)
    page = Reader(pages.page(tmp_path, *findings[:30]))
    assert len([a for _, a in page.elements if "data-packed" in a]) == 29
    assert [b["data-more"] for b in page.all("button") if "data-more" in b] == ["map"]
