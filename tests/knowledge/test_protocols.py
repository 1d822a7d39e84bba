"""The shipped protocol data is consistent, and faulty data files are named with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.capture.builders import LEAVES, WRAPPERS
from auditor.constants.words import normal
from auditor.knowledge import load_knowledge, rules_folder
from auditor.model import ConfigError

PROTOCOLS = load_knowledge().protocols
SIZES = {one.id: one.size for one in (*PROTOCOLS.headers, *PROTOCOLS.quantities)}

LEGAL = {
    "ipv4": (34, 1514), "ipv6": (54, 1514), "arp": (42, 42), "pppoe-discovery": (20, 1514),
    "pppoe-session": (22, 1514), "eapol": (18, 1514), "lldp": (26, 1514), "vlan": (18, 1518),
    "llc": (17, 1514), "other": (14, 1514),
}  # fmt: skip


def test_the_classes_and_their_legal_lengths() -> None:
    assert {one.id: (one.minimum, one.maximum) for one in PROTOCOLS.classes} == LEGAL


def test_an_ethertype_selects_one_class() -> None:
    ethertypes = [ethertype for one in PROTOCOLS.classes for ethertype in one.ethertypes]
    assert len(ethertypes) == len(set(ethertypes))
    assert min(ethertypes) >= 0x600
    assert {one.ip_version for one in PROTOCOLS.classes} == {4, 6, None}
    rest = [one.id for one in PROTOCOLS.classes if not one.ethertypes and not one.length_field]
    assert rest == ["other"]


def test_every_figure_has_a_source() -> None:
    sourced = (*PROTOCOLS.classes, *PROTOCOLS.headers, *PROTOCOLS.quantities, *PROTOCOLS.samples)
    assert [
        one.id
        for one in sourced
        if not any(word in one.source for word in ("RFC", "IEEE", "DEC/Intel/Xerox"))
    ] == []


def test_readings_add_up_and_are_said_once() -> None:
    assert [r for r in PROTOCOLS.readings if sum(SIZES[part] for part in r.parts) != r.size] == []
    assert len({(r.size, frozenset(r.parts)) for r in PROTOCOLS.readings}) == len(PROTOCOLS.readings)


def test_ids_and_names_are_unique() -> None:
    assert len(SIZES) == len(PROTOCOLS.headers) + len(PROTOCOLS.quantities)
    assert len({s.id for s in PROTOCOLS.samples}) == len(PROTOCOLS.samples)
    named = [
        (normal(name), one.id) for one in (*PROTOCOLS.headers, *PROTOCOLS.quantities) for name in one.macros
    ]
    assert len(dict(named)) == len(set(named))
    sized = {((normal(name), one.size), one.id) for one in PROTOCOLS.headers for name in one.records}
    assert len(dict(sized)) == len(sized)


def test_samples_name_classes_and_layers_that_exist() -> None:
    assert {s.frame_class for s in PROTOCOLS.samples} == set(LEGAL)
    assert {layer for s in PROTOCOLS.samples for layer in s.layers} <= WRAPPERS.keys() | LEAVES.keys()


def test_shapes_add_up_to_their_header() -> None:
    assert [h.id for h in PROTOCOLS.headers if h.shape and sum(h.shape) != h.size] == []


EMPTY = "headers = []\nquantities = []\n"
HEADER = '[[headers]]\nid = "x"\ntitle = "x"\nlayer = "L9"\nsize = 1\nsource = "RFC 1"\n'
CLASS = 'id = "x"\ntitle = "x"\nminimum = 14\nmaximum = 15\nsource = "RFC 1"\n'
FAULTS = {
    "not TOML": ("protocols.toml", "classes = [", "file"),
    "not UTF-8": ("protocols.toml", b"\xff\xfe\x00", "file"),
    "empty": ("protocols.toml", "", "top level"),
    "unknown key": ("protocols.toml", EMPTY + "[[classes]]\n" + CLASS + "minium = 3\n", "classes[0]"),
    "wrong type": (
        "protocols.toml",
        EMPTY + "[[classes]]\n" + CLASS.replace("14", '"14"'),
        "classes[0].minimum",
    ),
    "unknown layer": (
        "protocols.toml",
        "classes = []\nquantities = []\n" + HEADER,
        "headers[0].layer",
    ),
    "pack without target": ("platforms/own.toml", 'name = "own"\ntitle = "x"\n', "top level"),
    "pack with another name": ("platforms/own.toml", 'name = "other"\ntitle = "x"\ntarget = "x"\n', "name"),
    "pack with a wrong effect": (
        "platforms/own.toml",
        'name = "own"\ntitle = "x"\ntarget = "x"\n[[calls]]\nnames = ["f"]\neffect = "eat"\n',
        "calls[0].effect",
    ),
    "pack with a misspelt key": (
        "platforms/own.toml",
        'name = "own"\ntitle = "x"\ntarget = "x"\n[[roles]]\nid = "r"\nlayr = "L2"\n',
        "roles[0]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_files_are_named_with_their_key(fault: str, tmp_path: Path) -> None:
    file, text, key = FAULTS[fault]
    place = tmp_path / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        load_knowledge((tmp_path,))
    assert caught.value.file == str(place)
    assert caught.value.key == key
    assert caught.value.exit_code == 2


def test_the_message_says_what_was_expected(tmp_path: Path) -> None:
    (tmp_path / "protocols.toml").write_text("classes = []\nheaders = []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="missing required field `quantities`"):
        load_knowledge((tmp_path,))


def test_own_protocols_replace_the_shipped_ones(tmp_path: Path) -> None:
    text = (rules_folder() / "protocols.toml").read_text(encoding="utf-8")
    (tmp_path / "protocols.toml").write_text(text.replace('"IPv4"', '"Internet"', 1), encoding="utf-8")
    assert load_knowledge((tmp_path,)).protocols.classes[0].title == "Internet"


SHIPPED = (rules_folder() / "protocols.toml").read_text(encoding="utf-8")
LACKING = {
    "no tag": ("0x8100, ", "", "0x8100"),
    "no IPv6": ("ethertypes = [0x86DD]", "", "0x86dd"),
    "no length field": ("length_field = true", "ethertypes = [0x9999]", "length field"),
    "a length below zero": ("minimum = 34", "minimum = -1", "minimum"),
    "a length beyond any frame": ("maximum = 1514", "maximum = 9_000_000_000_000", "maximum"),
}


@pytest.mark.parametrize(("old", "new", "named"), LACKING.values(), ids=LACKING)
def test_protocols_that_lack_what_everything_rests_on(old: str, new: str, named: str, tmp_path: Path) -> None:
    text = SHIPPED.replace(old, new, 1)
    assert text != SHIPPED
    (tmp_path / "protocols.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=named):
        load_knowledge((tmp_path,))
