"""Rule documentation in, the pages of the rule reference out, in GitHub's markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent

from auditor.model import RuleDoc

INDENTED = re.compile(r"(?:^    .*\n(?:[ \t]*\n(?=    ))*)+", re.MULTILINE)
CWE = "https://cwe.mitre.org/data/definitions/{}.html"


def pages(docs: Iterable[RuleDoc]) -> dict[str, str]:
    """Every page by its file name: ``README.md`` lists the rules, each rule has ``<id>.md``."""
    listed = sorted(docs, key=lambda doc: doc.id)
    return {"README.md": _contents(listed), **{f"{doc.id}.md": _page(doc) for doc in listed}}


def body(doc: RuleDoc) -> str:
    """A rule's title, sections and examples, its code between fences so that it is coloured as C."""
    parts = [f"# {doc.rule.title}\n\n{doc.summary}"]
    parts += [f"## {heading}\n\n{_fenced(text)}" for heading, text in doc.sections.items()]
    for title, examples in (("Found", doc.bad), ("Not found", doc.good)):
        parts += [f"## {title}: {name}\n\n```c\n{code.strip()}\n```" for name, code in examples.items()]
    return "\n\n".join(parts)


def _contents(docs: list[RuleDoc]) -> str:
    rows = [
        f"| [`{doc.id}`]({doc.id}.md) | {doc.rule.title} | {doc.rule.severity} | "
        f"{'yes' if doc.rule.default_on else 'no'} | {doc.rule.since} |"
        for doc in docs
    ]
    head = ["| rule | what it finds | severity | on by default | since |", "| --- | --- | --- | --- | --- |"]
    return "# Rules\n\n" + "\n".join([*head, *rows]) + "\n"


def _page(doc: RuleDoc) -> str:
    """A rule's body with its metadata under the title."""
    title, _, rest = body(doc).partition("\n")
    cwe = [f"[CWE-{doc.rule.cwe}]({CWE.format(doc.rule.cwe)})"] if doc.rule.cwe is not None else []
    switched = [] if doc.rule.default_on else [f"off by default: `--select {doc.id}`"]
    facts = [f"`{doc.id}`", str(doc.rule.severity), *cwe, f"since {doc.rule.since}", *switched]
    return f"{title}\n\n{' · '.join(facts)}\n{rest}\n"


def _fenced(text: str) -> str:
    return INDENTED.sub(lambda match: f"```c\n{dedent(match[0]).rstrip()}\n```\n", f"{text}\n").rstrip()
