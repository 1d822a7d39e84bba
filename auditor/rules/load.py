"""Rule files in, loaded rules out; a file that is not a complete rule is a fatal ConfigError."""

from __future__ import annotations

import importlib.util
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import msgspec

from auditor.knowledge import rules_folder
from auditor.model import ConfigError, Finding, Rule, RuleDoc
from auditor.rules.context import RuleContext

HEADINGS = ("What it finds", "Why it matters", "Example", "Fix", "Limits")
"""The headings of a rule's docstring, all required, in this order, each written as ``## Heading``."""

RULE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
Check = Callable[[RuleContext], Iterator[Finding]]


class _AsWritten(SourceFileLoader):
    """Executes the text of the file: byte code is neither read from its folder nor written there.

    What a scan remembers depends on that text, and Python takes byte code for current when the source has the
    same size and second.
    """

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


class LoadedRule(msgspec.Struct, frozen=True):
    """A rule ready to run: what it says about itself, and its check."""

    doc: RuleDoc
    check: Check

    @property
    def id(self) -> str:
        """The rule's id: the stem of its file."""
        return self.doc.id


def load_rules(folders: Iterable[Path]) -> tuple[LoadedRule, ...]:
    """The rules of all ``folders``, by id; one of the same id in a later folder replaces an earlier one.

    Raises ConfigError naming the file and what it lacks.
    """
    rules = {}
    for folder in folders:
        for file in sorted(folder.glob("*.py")):
            rules[file.stem] = _load(file)
    return tuple(rules[name] for name in sorted(rules))


def _load(file: Path) -> LoadedRule:
    if not RULE_ID.fullmatch(file.stem):
        raise ConfigError(str(file), "file name", "expected a rule id such as l3-minimum-on-l2-path")
    module = _module(file)
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise ConfigError(str(file), "RULE", "expected the rule's metadata, an auditor.rules.Rule")
    check = getattr(module, "check", None)
    if not callable(check):
        raise ConfigError(str(file), "check", "expected a function check(context) that yields findings")
    summary, sections = _documentation(file, module)
    bad, good = (_examples(file, module, name) for name in ("BAD", "GOOD"))
    doc = RuleDoc(id=file.stem, rule=rule, summary=summary, sections=sections, bad=bad, good=good)
    return LoadedRule(doc, check)


def _module(file: Path) -> ModuleType:
    name = f"lenaudit_rules.{file.stem.replace('-', '_')}"
    loader = (SourceFileLoader if file.parent == rules_folder() else _AsWritten)(name, str(file))
    spec = importlib.util.spec_from_file_location(name, file, loader=loader)
    assert spec is not None  # a loader is given
    module = importlib.util.module_from_spec(spec)
    try:
        loader.exec_module(module)
    except Exception as error:  # a rule file is somebody's code: whatever it raises, the file does not load
        raise ConfigError(str(file), "file", f"does not load: {type(error).__name__}: {error}") from error
    return module


def _documentation(file: Path, module: ModuleType) -> tuple[str, dict[str, str]]:
    """The summary above the first heading, and the text below each heading."""
    summary, *parts = re.split(r"^## +", inspect.cleandoc(module.__doc__ or ""), flags=re.MULTILINE)
    if not summary.strip():
        raise ConfigError(str(file), "docstring", "expected a summary before the first heading")
    sections = {}
    for part in parts:
        heading, _, text = part.partition("\n")
        sections[heading.strip()] = text.strip("\n").rstrip()  # an example keeps its indentation
    for heading in HEADINGS:
        if not sections.get(heading):
            raise ConfigError(str(file), "docstring", f"expected text under the heading '## {heading}'")
    if tuple(sections) != HEADINGS:
        raise ConfigError(
            str(file), "docstring", f"expected just the headings {', '.join(HEADINGS)}, in order"
        )
    return " ".join(summary.split()), sections


def _examples(file: Path, module: ModuleType, name: str) -> dict[str, str]:
    examples = getattr(module, name, None)
    wanted = "expected examples, a dict of title to C source"
    if not isinstance(examples, dict) or not examples:
        raise ConfigError(str(file), name, wanted)
    if not all(isinstance(text, str) and text.strip() for pair in examples.items() for text in pair):
        raise ConfigError(str(file), name, wanted)
    return examples
