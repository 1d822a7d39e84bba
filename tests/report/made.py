"""A small driver and the report on it, made by hand, for the tests of the renderers."""

from __future__ import annotations

from pathlib import Path

from auditor.model import (
    ClassRow,
    Confidence,
    Coverage,
    Edit,
    Finding,
    Fix,
    Gap,
    LengthPolicy,
    Location,
    Loss,
    Outcome,
    Related,
    Report,
    Rule,
    RuleDoc,
    Severity,
    Span,
    Step,
    Term,
    Witness,
)

FILE = "src/send.c"
CODE = """\
#include "frame.h"

static int frame_ok(struct frame *f)
{
\tassert(f->length >= LINK_SIZE + NET_SIZE);

\tif (f->length < LINK_SIZE + NET_SIZE)
\t\treturn 0;
\treturn 1;
}

int device_send(struct device *d, struct frame *f)
{
\tif (!frame_ok(f))
\t\treturn -1;
\treturn ring_put(d, f);
}
"""
HEADER = """\
#define LINK_SIZE 14
#define NET_SIZE 20
"""
CLASSES = {"IPv4": 34, "IPv6": 54, "ARP": 42, "PPPoE discovery": 20, "PPPoE session": 22, "other": 14}
FRAME = bytes.fromhex("020000000001020000000002886411000001000c80210203000a0306c0a80002")
RULE_ID = "l3-minimum-on-l2-path"


def place(line: int, column: int = 1, end: int = 0, file: str = FILE) -> Location:
    return Location(file, line, column, line if end else 0, end)


def rows(minimum: int, maximum: int = 1518) -> tuple[ClassRow, ...]:
    dropped, kept = frozenset({Outcome.DROPPED}), frozenset({Outcome.HANDED_ON})
    spans = (Span(0, minimum - 1, dropped), Span(minimum, maximum, kept), Span(maximum + 1, 65535, dropped))
    return tuple(ClassRow(name, legal, 1518, spans) for name, legal in CLASSES.items())


def policy(minimum: int = 34, mode: tuple[str, ...] = ("!device->tun",)) -> LengthPolicy:
    return LengthPolicy(
        "device_send", place(12, 5, 16), "generic", "transmit", "L2", mode, rows(minimum), minimum != 99
    )


def constant() -> Term:
    link = Term("LINK_SIZE", 14, "macro", layer="L2", at=place(1, 9, 18, "src/frame.h"))
    net = Term("NET_SIZE", 20, "macro", layer="L3", at=place(2, 9, 17, "src/frame.h"))
    return Term("LINK_SIZE + NET_SIZE", 34, "operator", "L3", "+", (link, net), place(7, 18, 38))


def finding(line: int = 7, confidence: Confidence = Confidence.HIGH) -> Finding:
    arguments = ("device_send", "14..33")
    return Finding(
        rule=RULE_ID,
        at=place(line, 6, 38),
        message=doc().rule.say(*arguments),
        arguments=arguments,
        confidence=confidence,
        severity=Severity.ERROR,
        function="frame_ok",
        fingerprint=f"{line:032x}:1",
        losses=tuple(Loss(name, legal, 33) for name, legal in CLASSES.items() if legal < 34),
        threshold=34,
        constant=constant(),
        evidence=("the path is L2: transmit handler", "known drop: failure return", "explored completely"),
        witnesses=(Witness("PPPoE IPCP Configure-Ack", FRAME, "RFC 2516, RFC 1332", "PPPoE session"),),
        path=(
            Step(place(12, 5, 16), "a frame of 32 bytes enters device_send", "device_send", "essential"),
            Step(place(14, 7, 18), "is checked by frame_ok", "device_send"),
            Step(place(7, 6, 38), "32 < 34 holds", "frame_ok", "essential"),
            Step(place(8, 3, 12), "returns 0", "frame_ok"),
            Step(place(15, 3, 13), "fails the send: the frame is dropped", "device_send", "essential"),
        ),
        related=(Related(place(5, 2, 43), "an assertion with the same bound"),),
        fixes=(
            Fix(
                "Compare with the size of the Ethernet header alone",
                (Edit(place(7, 18, 38), "LINK_SIZE"), Edit(place(5, 22, 42), "LINK_SIZE")),
                verified=True,
            ),
        ),
        policies=(policy(),),
        policies_after=(policy(14),),
    )


def report(base: Path, *findings: Finding, gaps: tuple[Gap, ...] = ()) -> Report:
    coverage = (Coverage(FILE, 2, 2), Coverage("src/other.c", 5, 4))
    return Report(
        base=str(base), findings=findings, policies=(policy(),), gaps=gaps,
        coverage=coverage, files=2, rules=(RULE_ID,),
    )  # fmt: skip


def gaps() -> tuple[Gap, ...]:
    return (
        Gap("partial", "4 of 5 comparisons understood", place(1, file="src/other.c")),
        Gap("skipped", "generated file", Location("src/gen.c", 0), "note"),
        Gap("unreadable", "permission denied", Location("src/secret.c", 0), "error"),
    )


def doc() -> RuleDoc:
    headings = ("What it finds", "Why it matters", "Example", "Fix", "Limits")
    return RuleDoc(
        id=RULE_ID,
        rule=Rule(
            title="Minimum of a higher layer on an Ethernet path",
            message="'{0}' drops legal frames of '{1}' bytes.",
            severity=Severity.ERROR, since="0.1.0", cwe=1284, security=4.3,
        ),
        summary="An Ethernet path drops legal frames that are shorter than a minimum made of IP headers.",
        sections={heading: f"Text about {heading.lower()}." for heading in headings},
        bad={"plain C": "int f(void);"},
        good={"plain C": "int g(void);"},
    )  # fmt: skip


def tree(folder: Path) -> Path:
    """The driver's files written below ``folder``."""
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(CODE, encoding="utf-8")
    (folder / "src/frame.h").write_text(HEADER, encoding="utf-8")
    (folder / "src/other.c").write_text("int other;\n", encoding="utf-8")
    return folder
