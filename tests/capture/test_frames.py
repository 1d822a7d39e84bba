"""Witness frames are real: right length, right checksums, and an independent analyser agrees."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditor.capture.builders import checksum
from auditor.capture.frames import build, witnesses
from auditor.capture.pcap import capture_of
from auditor.knowledge import Sample, load_knowledge
from auditor.model import ConfigError, Loss

PROTOCOLS = load_knowledge().protocols
SAMPLES = {sample.id: sample for sample in PROTOCOLS.samples}
CLASSES = {one.id: one for one in PROTOCOLS.classes}
WIRESHARK_NOTE = 0x400000  # severities: chat 0x200000, note 0x400000, warning 0x600000, error 0x800000


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_every_sample_has_the_length_and_class_it_says(sample: Sample) -> None:
    frame = build(sample)
    own = CLASSES[sample.frame_class]
    assert len(frame) == sample.length
    assert own.minimum <= len(frame) <= own.maximum
    assert len(frame) > 14
    kind = struct.unpack("!H", frame[12:14])[0]
    listed = {ethertype for one in CLASSES.values() for ethertype in one.ethertypes}
    if own.length_field:
        assert kind == len(frame) - 14
    elif own.ethertypes:
        assert kind in own.ethertypes
    else:
        assert kind >= 0x600
        assert kind not in listed


@given(some.sampled_from([s for s in SAMPLES.values() if s.longest]), some.data())
def test_samples_with_data_can_be_made_at_any_length(sample: Sample, data: some.DataObject) -> None:
    length = data.draw(some.integers(sample.length, sample.longest))
    assert len(build(sample, length)) == length


def test_a_length_that_the_layers_do_not_have_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"arp-request\.length: 43 bytes, its layers give 42"):
        build(SAMPLES["arp-request"], 43)
    with pytest.raises(ConfigError, match="its layers give 42"):
        build(SAMPLES["ipv4-udp"], 41)


@pytest.mark.parametrize(
    "layers", [(), ("arp-request",), ("vlan", "arp-request"), ("ethernet", "ipv4"), ("ethernet", "x", "udp")]
)
def test_layers_that_nobody_can_build_are_named(layers: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError, match=r"protocols\.toml: samples\.arp-request\.layers"):
        build(msgspec.structs.replace(SAMPLES["arp-request"], layers=layers))


def test_ipv4_and_udp_checksums_verify() -> None:
    for length in (42, 43, 1514):  # with an odd number of data bytes too
        frame = build(SAMPLES["ipv4-udp"], length)
        assert checksum(frame[14:34]) == 0
        pseudo = frame[26:34] + struct.pack("!BBH", 0, 17, length - 34)
        assert checksum(pseudo + frame[34:]) == 0


def test_the_checksum_is_that_of_rfc_1071() -> None:
    assert checksum(bytes.fromhex("0001f203f4f5f6f7")) == ~0xDDF2 & 0xFFFF  # the example of its section 3


def test_the_most_telling_loss_below_34_is_the_configure_ack() -> None:
    losses = [Loss(one.id, one.minimum, 33) for one in PROTOCOLS.classes if one.minimum < 34]
    first, second, third = witnesses(PROTOCOLS, losses)
    assert (first.name, first.length, first.frame_class) == ("PPPoE IPCP Configure-Ack", 32, "pppoe-session")
    assert (second.name, second.length) == ("EAPOL-Start", 18)
    assert third.frame_class not in {"pppoe-session", "eapol"}
    assert "RFC 1332" in first.source


def test_witnesses_lie_inside_the_losses() -> None:
    losses = [Loss("vlan", 1515, 1518), Loss("ipv4", 1000, 1001)]
    found = witnesses(PROTOCOLS, losses, limit=10)
    assert {(w.frame_class, w.length) for w in found} == {("vlan", 1518), ("vlan", 1515), ("ipv4", 1000)}
    assert found[0].name == "802.1Q-tagged IPv4 of full size"


def test_a_frame_of_exactly_14_bytes_is_no_witness() -> None:
    assert witnesses(PROTOCOLS, [Loss("other", 14, 14)]) == ()
    assert [w.length for w in witnesses(PROTOCOLS, [Loss("other", 14, 15)])] == [15]


def test_no_loss_no_witness() -> None:
    assert witnesses(PROTOCOLS, []) == ()
    assert witnesses(PROTOCOLS, [Loss("arp", 43, 60)]) == ()
    assert witnesses(PROTOCOLS, [Loss("arp", 14, 60)], limit=0) == ()


def test_a_capture_holds_its_frames() -> None:
    frames = [build(SAMPLES["eapol-start"]), build(SAMPLES["arp-request"])]
    data = capture_of(frames)
    assert struct.unpack("<IHHiIII", data[:24]) == (0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
    assert len(data) == 24 + 16 + 18 + 16 + 42
    assert data[24 + 8 : 24 + 16] == struct.pack("<II", 18, 18)
    assert data.endswith(frames[1])


DISSECTED = {
    "pppoe-ipcp-configure-ack": "eth:ethertype:pppoes:ppp:ipcp",
    "pppoe-lcp-echo-request": "eth:ethertype:pppoes:ppp:lcp",
    "pppoe-lcp-terminate-ack": "eth:ethertype:pppoes:ppp:lcp",
    "pppoe-ipv4-udp": "eth:ethertype:pppoes:ppp:ip:udp",
    "pppoe-padt": "eth:ethertype:pppoed",
    "pppoe-padi": "eth:ethertype:pppoed",
    "eapol-start": "eth:ethertype:eapol",
    "arp-request": "eth:ethertype:arp",
    "lldp-minimal": "eth:ethertype:lldp",
    "llc-test": "eth:llc",
    "stp-topology-change": "eth:llc:stp",
    "stp-configuration": "eth:llc:stp",
    "ipv4-icmp-echo": "eth:ethertype:ip:icmp",
    "ipv4-igmp-query": "eth:ethertype:ip:igmp",
    "ipv4-udp": "eth:ethertype:ip:udp",
    "ipv4-tcp-syn": "eth:ethertype:ip:tcp",
    "ipv6-no-next-header": "eth:ethertype:ipv6",
    "ipv6-neighbor-solicitation": "eth:ethertype:ipv6:icmpv6",
    "ipv6-duplicate-address-detection": "eth:ethertype:ipv6:icmpv6",
    "ipv6-udp": "eth:ethertype:ipv6:udp",
    "vlan-arp-request": "eth:ethertype:vlan:ethertype:arp",
    "vlan-eapol-start": "eth:ethertype:vlan:ethertype:eapol",
    "vlan-pppoe-padt": "eth:ethertype:vlan:ethertype:pppoed",
    "vlan-ipv4-full": "eth:ethertype:vlan:ethertype:ip:udp:data",
    "vlan-ipv4": "eth:ethertype:vlan:ethertype:ip:udp",
    "ipv4-full": "eth:ethertype:ip:udp:data",
    "experimental": "eth:ethertype:data",
    "loopback": "eth:ethertype:loop",
}


FURTHER = {"pppoe-lcp-echo-request": ""}  # its data is part of the packet


@pytest.mark.skipif(
    shutil.which("tshark") is None, reason="tshark, the independent analyser, is not installed"
)
def test_an_independent_analyser_finds_nothing_wrong(tmp_path: Path) -> None:
    frames = [build(sample) for sample in SAMPLES.values()]
    expected = [DISSECTED[name] for name in SAMPLES]
    for sample in SAMPLES.values():
        if sample.longest:
            frames += [build(sample, sample.length + 1), build(sample, sample.longest)]
            expected += [DISSECTED[sample.id].removesuffix(":data") + FURTHER.get(sample.id, ":data")] * 2
    (tmp_path / "all.pcap").write_bytes(capture_of(frames))
    rows = dissect(tmp_path / "all.pcap")
    assert [int(length) for length, _, _ in rows] == [len(frame) for frame in frames]
    assert [
        protocols.removesuffix(":igmp") if "igmp:igmp" in protocols else protocols for _, protocols, _ in rows
    ] == expected
    assert [row for row in rows if any(int(s) >= WIRESHARK_NOTE for s in row[2].split(",") if s)] == []
    assert not any("malformed" in protocols for _, protocols, _ in rows)


@pytest.mark.skipif(
    shutil.which("tshark") is None, reason="tshark, the independent analyser, is not installed"
)
def test_the_analyser_would_have_seen_a_wrong_checksum(tmp_path: Path) -> None:
    frame = bytearray(build(SAMPLES["ipv4-udp"]))
    frame[24] ^= 1
    (tmp_path / "bad.pcap").write_bytes(capture_of([bytes(frame)]))
    ((_, _, severities),) = dissect(tmp_path / "bad.pcap")
    assert max(int(s) for s in severities.split(",")) >= WIRESHARK_NOTE


def dissect(capture: Path) -> list[tuple[str, str, str]]:
    """Length, protocols and expert severities of every frame, as tshark sees them."""
    checks = [word for name in ("ip", "udp", "tcp") for word in ("-o", f"{name}.check_checksum:TRUE")]
    fields = [
        word for name in ("frame.len", "frame.protocols", "_ws.expert.severity") for word in ("-e", name)
    ]
    command = ["tshark", "-r", str(capture), *checks, "-T", "fields", "-E", "separator=/t", *fields]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [(row[0], row[1], row[2]) for row in rows]
