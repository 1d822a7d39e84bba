"""A report in, a job summary in GitHub's markdown out: the findings as a table, their proof, length maps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model import Finding, LengthPolicy, Report, describe
from auditor.report.text import render_policies
from auditor.report.wording import grouped_losses, hex_dump, level_of, plural, shown

WIDTH = 100  # of a map
MOST_BYTES = 900_000  # GitHub refuses a job summary of more than 1 MiB
MOST_MAPS = 20
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~"} | {"\n": " ", "\r": " "})
BLOCK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render(report: Report) -> str:
    """The summary; findings and maps that do not fit are counted at its end."""
    findings = shown(report.findings)
    parts = [*_head(report, findings), *_table(findings)]
    parts += [_proof(finding) for finding in findings]
    policies = _policies(report, findings)
    parts += [_map(policy) for policy in policies[:MOST_MAPS]]
    if (more := len(policies) - MOST_MAPS) > 0:
        parts.append(f"{plural(more, 'length map')} more: `lenaudit policy` draws them.\n")
    return _fitting(parts)


def _head(report: Report, findings: tuple[Finding, ...]) -> Iterator[str]:
    files = plural(report.files, "file")
    yield f"## lenaudit: {plural(len(findings), 'finding')} in {files}\n"
    total = sum(c.in_text for c in report.coverage)
    hidden = len(report.findings) - len(findings)
    also = f"; {hidden} suppressed or known before" if hidden else ""
    yield f"{int(report.understood * 100)} % of {plural(total, 'length comparison')} understood{also}.\n"
    broken = [gap.at.file for gap in report.gaps if gap.level == "error" and gap.at.file]
    if broken:
        yield f"Not analysed: {', '.join(map(_plain, broken))}.\n"


def _table(findings: tuple[Finding, ...]) -> Iterator[str]:
    if not findings:
        return
    rows = ["| | place | rule | lost | confidence |", "| --- | --- | --- | --- | --- |"]
    for finding in findings:
        lost = "; ".join(f"{names}: {lengths}" for names, lengths in grouped_losses(finding))
        place = f"{finding.at.file}:{finding.at.line}"
        cells = (str(level_of(finding)), place, finding.rule, lost, str(finding.confidence))
        rows.append(f"| {' | '.join(map(_plain, cells))} |")
    yield "\n".join(rows) + "\n"


def _proof(finding: Finding) -> str:
    lines = [f"### {_plain(f'{finding.rule} at {finding.at.file}:{finding.at.line}')}\n"]
    lines += [f"{_plain(finding.message)}\n"]
    if finding.constant:
        lines += [f"Constant: {_plain(describe(finding.constant))}\n"]
    for witness in finding.witnesses[:1]:
        lines += [f"Lost, for example: {_plain(witness.name)}, {witness.length} bytes\n"]
        lines += [_block(hex_dump(witness))]
    if finding.path:
        steps = [f"{step.at.file}:{step.at.line} {step.message}" for step in finding.path]
        lines += [_folded("Path", steps)]
    if finding.fixes:
        lines += [f"Fix: {_plain(finding.fixes[0].description)}\n"]
    return "\n".join(lines)


def _policies(report: Report, findings: tuple[Finding, ...]) -> list[LengthPolicy]:
    """The policies that findings are about, each once; without findings those of all entry points."""
    about = [policy for finding in findings for policy in finding.policies]
    return list(dict.fromkeys(about if findings else report.policies))


def _map(policy: LengthPolicy) -> str:
    mode = f" when {' && '.join(policy.mode)}" if policy.mode else ""
    return _folded(f"Length map of {policy.entry}{mode}", render_policies([policy], WIDTH).splitlines())


def _folded(title: str, lines: Iterable[str]) -> str:
    return f"<details><summary>{title.translate(BLOCK)}</summary>\n\n{_block(lines)}\n</details>\n"


def _block(lines: Iterable[str]) -> str:
    """Lines as they are; HTML's own block, since no text in it can end it as backticks end a fence."""
    return "<pre>\n" + "\n".join(line.translate(BLOCK) or " " for line in lines) + "\n</pre>\n"


def _plain(text: str) -> str:
    """Text that markdown does not interpret: scanned code is not trusted."""
    return text.translate(SPECIAL)


def _fitting(parts: list[str]) -> str:
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode()) + 1
        if size > MOST_BYTES:
            kept.append(f"{plural(len(parts) - len(kept), 'part')} more did not fit into this summary.\n")
            break
        kept.append(part)
    return "\n".join(kept)
