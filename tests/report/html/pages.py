"""Pages for the tests: a usual report, and one whose every text tries to break out of the page."""

from __future__ import annotations

from msgspec.structs import replace

from auditor.model import Confidence, Gap, Location, Related, Severity, Sources, Step
from auditor.report import html
from tests.report import made

HOSTILE = (
    """"><script>window.broken = 1</script><img src=x onerror="window.broken = 1">' {{ 7 * 7 }} \u202e"""
)
FILE = "src/<img src=http://example.invalid/x onerror=window.broken=1>.c"


def usual():
    """Two errors, a warning of another rule, and a note of low confidence, in this order on the page."""
    other = replace(made.finding(8), rule="other-rule", severity=Severity.WARNING, function="other_function")
    low = made.finding(8, Confidence.LOW)
    return (low, made.finding(), other, made.finding(14))


def hostile():
    """A finding all of whose texts are hostile."""
    place = Location(FILE, 1, 1, 1, 5)
    return replace(
        made.finding(), at=place, message=HOSTILE, function=HOSTILE, evidence=(HOSTILE,), rule=HOSTILE,
        constant=replace(made.constant(), text=HOSTILE, at=place),
        path=(Step(place, HOSTILE, HOSTILE),), related=(Related(place, HOSTILE),),
        policies=(replace(made.policy(), entry=HOSTILE, at=place, mode=(HOSTILE,), notes=(HOSTILE,)),),
        fixes=tuple(replace(fix, description=HOSTILE) for fix in made.finding().fixes),
        witnesses=tuple(replace(w, name=HOSTILE, source=HOSTILE) for w in made.finding().witnesses),
    )  # fmt: skip


def page(folder, *findings, gaps=()):
    """The page on ``findings`` as text."""
    base = made.tree(folder)
    report = made.report(base, *findings, gaps=gaps)
    return html.render(report, (made.doc(),), Sources(str(base)))


def hostile_page(folder):
    """The page on the hostile finding, over a file whose text and name are hostile too."""
    gap = Gap("partial", HOSTILE, Location(FILE, 3))
    sources = Sources(str(folder), [(str(folder / FILE), HOSTILE.encode())])
    report = made.report(folder, hostile(), gaps=(gap,))
    return html.render(report, (made.doc(),), sources)
