"""The documents name what is there: fields of the JSON report, terms, commands and options."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from auditor import model
from auditor.cli import commands
from auditor.report.plain_json import LEFT_OUT

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = click.Context(commands)
COMMANDS = {name: commands.get_command(CONTEXT, name) for name in commands.list_commands(CONTEXT)}
PARTS = (
    model.Report, model.Finding, model.LengthPolicy, model.ClassRow, model.Span, model.Gap, model.Coverage,
    model.Location, model.Loss, model.Term, model.Witness, model.Step, model.Related, model.Fix, model.Edit,
)  # fmt: skip
WORD = re.compile(r"`(\w+)`")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_json_document_names_every_field_and_no_other():
    fields = {field for part in PARTS for field in part.__struct_fields__} - set(LEFT_OUT)
    named = set()
    for line in text_of("docs/json-format.md").splitlines():
        if line.startswith("| `"):
            named |= set(WORD.findall(line.split("|")[1]))
    assert named - fields == {"format", "version"}
    everything = set(WORD.findall(text_of("docs/json-format.md")))
    assert fields - everything == set()


def in_commands(document):
    return re.findall(r"^    lenaudit (\w+)([^\n]*)$", text_of(document), re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md"])
def test_commands_and_their_options_exist(document):
    lines = in_commands(document)
    assert {name for name, _ in lines} == set(COMMANDS)
    for name, rest in lines:
        known = {option for p in COMMANDS[name].params if isinstance(p, click.Option) for option in p.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", rest.split("  ")[0])) <= known


def test_options_named_in_the_readme_exist():
    known = {option for command in COMMANDS.values() for p in command.params for option in p.opts}
    named = set(re.findall(r"`(--?[a-zA-Z][\w-]*)", text_of("README.md")))
    assert named
    assert named - known == set()
