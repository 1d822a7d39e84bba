"""From C to provenance: what the front end gives is what the constants need."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.constants import Site, build_graph, comparisons
from auditor.frontend import find
from auditor.frontend.load import load
from auditor.knowledge import load_knowledge
from auditor.model import describe, leaves
from auditor.settings import Settings

HEADER = """
struct frame_head { unsigned char to[6]; unsigned char from[6]; unsigned short kind; };
#define LINK_BYTES (sizeof (struct frame_head))
#define IP_HEADER_SIZE 20
#define LEAST (LINK_BYTES + IP_HEADER_SIZE)
#define TOO_SHORT(n) ((n) < LINK_BYTES + IP_HEADER_SIZE)
enum { SMALLEST = LINK_BYTES + 20 };
static const unsigned int smallest = LEAST;
"""
CHECKS = {
    "len < LINK_BYTES + IP_HEADER_SIZE": ["LINK_BYTES 14 L2", "IP_HEADER_SIZE 20 L3"],
    "len < (LINK_BYTES + IP_HEADER_SIZE)": ["LINK_BYTES 14 L2", "IP_HEADER_SIZE 20 L3"],
    "len - LINK_BYTES < IP_HEADER_SIZE": ["IP_HEADER_SIZE 20 L3", "LINK_BYTES 14 L2"],
    "LEAST > len": ["LINK_BYTES 14 L2", "IP_HEADER_SIZE 20 L3"],
    "TOO_SHORT(len)": ["LINK_BYTES 14 L2", "IP_HEADER_SIZE 20 L3"],
    "len <= LEAST - 1": ["LINK_BYTES 14 L2", "IP_HEADER_SIZE 20 L3", "1 1 "],
    "len < smallest": ["LINK_BYTES 14 L2", "IP_HEADER_SIZE 20 L3"],
    "len < SMALLEST": ["LINK_BYTES 14 L2", "20 20 "],
    "len < sizeof(struct frame_head) + 20": ["sizeof(struct frame_head) 14 L2", "20 20 "],
    "len < 34": ["34 34 "],
}


def site_of(folder: Path, check: str) -> Site:
    (folder / "link.h").write_text(HEADER, encoding="utf-8")
    source = f'#include "link.h"\nint send(unsigned int len)\n{{\n    return {check};\n}}\n'
    (folder / "send.c").write_text(source, encoding="utf-8")
    knowledge = load_knowledge()
    settings = Settings(paths=(folder,))
    program = load(find(settings), settings, knowledge)
    (site,) = comparisons(program, build_graph(program, knowledge.protocols))
    return site


@pytest.mark.parametrize("check", CHECKS)
def test_every_spelling_of_34_shows_what_it_is_made_of(check: str, tmp_path: Path) -> None:
    site = site_of(tmp_path, check)
    assert site.threshold == 34
    # a macro whose name says nothing is opened down to the sizeof that it stands for
    found = [_opened(leaf.text, leaf.value, leaf.layer) for leaf in leaves(site.term)]
    assert found == [_opened(*_split(part)) for part in CHECKS[check]]


def _split(part: str) -> tuple[str, int, str]:
    name, value, layer = part.rsplit(" ", 2)
    return name, int(value), layer


def _opened(text: str, value: int | None, layer: str) -> tuple[str, int | None, str]:
    same = {"LINK_BYTES": "sizeof(struct frame_head)", "sizeof(frame_head)": "sizeof(struct frame_head)"}
    return same.get(text, text), value, layer


def test_the_sentence_names_the_macros(tmp_path: Path) -> None:
    site = site_of(tmp_path, "len < LINK_BYTES + IP_HEADER_SIZE")
    assert describe(site.term) == "34 = LINK_BYTES 14 [L2] + IP_HEADER_SIZE 20 [L3]"
