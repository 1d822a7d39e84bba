"""A report in, a SARIF 2.1.0 log out (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

import sarif_om as om

from auditor import __version__
from auditor.model import Finding, Gap, Location, Report, RuleDoc, Sources
from auditor.report.checkout import Checkout, checkout_of
from auditor.report.sarif_json import serialise
from auditor.report.sarif_limits import MOST_PACKED, MOST_RESULTS, SPARE, cut_gaps, packed_size, worst
from auditor.report.sarif_places import SOURCE_ROOT, Places
from auditor.report.sarif_results import results
from auditor.report.sarif_rules import HOMEPAGE, descriptor, gap_descriptors
from auditor.report.wording import plural, shown

SCHEMA = "https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0.json"
MOST_READ = 500  # results that somebody may read as they are; indentation doubles a log
CATEGORY = "lenaudit"  # the run's id up to the last slash: GitHub refuses two runs of one category


def render(
    report: Report,
    docs: tuple[RuleDoc, ...],
    sources: Sources,
    category: str = "",
    show_suppressed: bool = False,
) -> str:
    """The log as JSON text; paths are relative to the checkout's root where there is one, else to the base.

    ``docs`` are the rules that ran. Suppressed and known findings are left out unless asked for: GitHub would
    show them as open. Of more findings than GitHub accepts the worst are kept, and a notification says so.
    """
    wanted = report.findings if show_suppressed else shown(report.findings)
    keep = min(len(wanted), MOST_RESULTS)
    while True:
        log = _log(report, worst(wanted, keep), len(wanted), docs, sources, category)
        text = serialise(log, indented=keep <= MOST_READ)
        if keep == 0 or (size := packed_size(text)) <= MOST_PACKED:
            return text
        keep = int(keep * MOST_PACKED / size * SPARE)


def _log(
    report: Report,
    kept: tuple[Finding, ...],
    found: int,
    docs: tuple[RuleDoc, ...],
    sources: Sources,
    category: str,
) -> om.SarifLog:
    """The log with ``kept`` of the ``found`` findings."""
    checkout = checkout_of(sources.root)
    places = Places(sources, checkout.root if checkout else None)
    gaps = (*_gaps(report), *cut_gaps(kept, found))
    driver = om.ToolComponent(
        name="lenaudit",
        version=__version__,
        semantic_version=__version__,
        information_uri=HOMEPAGE,
        rules=[descriptor(doc) for doc in docs],
        notifications=gap_descriptors(gaps),
    )
    run = om.Run(
        tool=om.Tool(driver=driver),
        results=results(kept, docs, places),
        invocations=[
            om.Invocation(execution_successful=True, tool_execution_notifications=_notes(gaps, places))
        ],
        automation_details=om.RunAutomationDetails(id=f"{category or CATEGORY}/"),
        column_kind="unicodeCodePoints",
        original_uri_base_ids={
            SOURCE_ROOT: om.ArtifactLocation(description=om.Message(text="The root of the sources."))
        },
        version_control_provenance=_provenance(checkout),
    )
    return om.SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=[run])


def _provenance(checkout: Checkout | None) -> list[om.VersionControlDetails]:
    if checkout is None or not checkout.uri:
        return []
    return [
        om.VersionControlDetails(
            repository_uri=checkout.uri,
            revision_id=checkout.revision or None,
            branch=checkout.branch or None,
            mapped_to=om.ArtifactLocation(uri_base_id=SOURCE_ROOT),
        )
    ]


def _gaps(report: Report) -> tuple[Gap, ...]:
    """The report's gaps, and one for each file that was understood only in part, with its share."""
    return report.gaps + tuple(
        Gap("partial", f"{c.understood} of {plural(c.in_text, 'comparison')} understood", Location(c.file, 0))
        for c in report.coverage
        if c.understood < c.in_text
    )


def _notes(gaps: tuple[Gap, ...], places: Places) -> list[om.Notification]:
    """One notification per gap, at its line where it has one.

    Line 1 stands for the whole file. Of a file that was not analysed no line is shown: it may hold anything.
    """
    return [
        om.Notification(
            descriptor=om.ReportingDescriptorReference(id=f"gap-{gap.kind}"),
            level=gap.level,
            message=om.Message(text=f"{gap.message.rstrip('.')}."),
            locations=places.locations(_quotable(gap)),
        )
        for gap in gaps
    ]


def _quotable(gap: Gap) -> Location:
    return gap.at if gap.at.line > 1 and gap.level != "error" else Location(gap.at.file, 0)
