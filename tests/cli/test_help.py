"""Every command's help ends in examples, and these are command lines that exist."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from auditor.cli import commands

CONTEXT = click.Context(commands, info_name="lenaudit")
NAMES = commands.list_commands(CONTEXT)


def of(name):
    found = commands.get_command(CONTEXT, name)
    return found.get_help(click.Context(found, parent=CONTEXT, info_name=name))


@pytest.mark.parametrize("name", NAMES)
def test_examples(name):
    text = of(name)
    lines = re.findall(r"^ +(lenaudit .*)$", text.partition("Examples:")[2], re.MULTILINE)
    assert lines, f"lenaudit {name} --help shows no examples"
    for line in lines:
        _, command, *words = shlex.split(line.partition(" > ")[0])
        found = commands.get_command(CONTEXT, command)
        if isinstance(found, click.Group):
            found = found.get_command(CONTEXT, words.pop(0))
        known = {option for p in found.params for option in p.opts}
        assert {word.partition("=")[0] for word in words if re.match("--?[a-zA-Z]", word)} <= known, line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_names_the_commands(shell, monkeypatch):
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)(commands, {}, "lenaudit", "_LENAUDIT_COMPLETE")
    assert [item.value for item in completion.get_completions([], "")] == NAMES
    assert "--baseline" in [item.value for item in completion.get_completions(["scan"], "--b")]


def test_help_fits_a_narrow_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    found = commands.get_command(CONTEXT, "scan")
    text = found.get_help(click.Context(found, parent=CONTEXT, info_name="scan", terminal_width=40))
    assert text
