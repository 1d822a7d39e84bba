"""What is chosen to be sent for a finding, and the script that sends it."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditor.capture.proofs import proof
from auditor.capture.script import script
from auditor.knowledge import load_knowledge
from auditor.model import Confidence, Fate, Finding, Location, Loss, Severity, Witness

PROTOCOLS = load_knowledge().protocols
BELOW_34 = tuple(Loss(one.id, one.minimum, 33) for one in PROTOCOLS.classes if one.minimum < 34)
NO_SCAPY = pytest.mark.skipif(
    importlib.util.find_spec("scapy") is None, reason="scapy, which runs the script, is not installed"
)
STAND_IN = """
import sys
import scapy.all
def stand_in(frame, iface, verbose):
    print("SENT", iface, bytes(frame).hex())
scapy.all.sendp = stand_in
sys.argv = [sys.argv[1], *sys.argv[2:]]
exec(compile(open(sys.argv[0]).read(), sys.argv[0], "exec"))
"""


def finding(losses: tuple[Loss, ...] = BELOW_34, threshold: int | None = 34, file: str = "a.c") -> Finding:
    return Finding(
        rule="a-rule",
        at=Location(file, 7, 3),
        message="Legal frames are lost.",
        confidence=Confidence.HIGH,
        severity=Severity.ERROR,
        losses=losses,
        threshold=threshold,
    )


CASES = {
    "an IP minimum": (
        BELOW_34, 34,
        [(32, "lost", "PPPoE IPCP Configure-Ack"), (17, "lost", "LLC TEST command"),
         (33, "lost", "PPPoE LCP Echo-Request"), (34, "passes", "PPPoE LCP Echo-Request")],
    ),
    "no room for a tag": (
        (Loss("vlan", 1515, 1518),), 1515,
        [(1518, "lost", "802.1Q-tagged IPv4 of full size"), (1515, "lost", "802.1Q-tagged IPv4 UDP datagram"),
         (1514, "passes", "802.1Q-tagged IPv4 UDP datagram")],
    ),
    "one size": ((Loss("arp", 42, 42),), 43, [(42, "lost", "ARP request")]),
    "no real frame": ((Loss("arp", 43, 50),), 51, []),
}  # fmt: skip


@pytest.mark.parametrize(("losses", "threshold", "expected"), CASES.values(), ids=CASES)
def test_frames_on_both_sides_of_the_limit(
    losses: tuple[Loss, ...], threshold: int, expected: list[tuple[int, str, str]]
) -> None:
    probes = proof(finding(losses, threshold), PROTOCOLS).probes
    assert [(p.witness.length, p.fate, p.witness.name) for p in probes] == expected


def test_a_frame_chosen_twice_stands_once_with_both_reasons() -> None:
    (probe,) = proof(finding((Loss("arp", 42, 42),), None), PROTOCOLS).probes
    assert probe.why == ("the most telling", "the smallest")


def test_another_fault_is_proved_by_its_own_frames() -> None:
    short = Witness("cut", b"\2" * 20, "RFC 791", "ipv4")
    (probe,) = proof(msgspec.structs.replace(finding(()), witnesses=(short,)), PROTOCOLS).probes
    assert (probe.witness, probe.fate) == (short, Fate.SHOWS)


def test_names_of_scanned_files_stay_comments() -> None:
    hostile = 'a\nimport os; os.remove("x")\r"""\u2028\udc80.c'
    text = script([proof(finding(file=hostile), PROTOCOLS)])
    assert text.isascii()
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls == {"Ether", "print", "len", "sendp"}
    assert not any(line.startswith("import os") for line in text.splitlines())


@NO_SCAPY
def test_the_script_runs_up_to_the_send(tmp_path: Path) -> None:
    proofs = [proof(finding(losses, t), PROTOCOLS) for losses, t, _ in CASES.values()]
    (tmp_path / "send.py").write_text(script(proofs), encoding="ascii")
    command = [sys.executable, "-c", STAND_IN, str(tmp_path / "send.py")]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert "SENT" not in "".join(shown)
    assert shown[0].startswith("32 bytes, lost: PPPoE IPCP Configure-Ack")
    assert "PPP_IPCP" in shown[0]
    done = subprocess.run([*command, "tap0"], check=True, capture_output=True, text=True).stdout
    sent = [line.split()[1:] for line in done.splitlines() if line.startswith("SENT")]
    assert sent == [["tap0", probe.witness.data.hex()] for one in proofs for probe in one.probes] * 2
