"""A command line that runs against a made report: what is tested here is the command line alone."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from auditor import cli
from auditor.model import Sources
from tests.report import made


@pytest.fixture
def lenaudit(monkeypatch, tmp_path, capsys):
    """Run arguments; gives (exit code, stdout, stderr). ``lenaudit.findings`` is what the scan will find."""
    base = made.tree(tmp_path)

    def scan(settings, progress=None):
        run.settings = settings
        if run.error:
            raise run.error
        report = made.report(base, *run.findings, gaps=made.gaps())
        return SimpleNamespace(
            report=report, rules=(made.doc(),), sources=Sources(str(base)), stopped=run.stopped
        )

    def read_policies(settings, progress=None):
        policies = (made.policy(), made.policy(14, ()))
        return SimpleNamespace(program=None), SimpleNamespace(policies=policies)

    def reading(program, analysis=None):
        return made.report(base, gaps=made.gaps())

    fake = SimpleNamespace(scan=scan, read_policies=read_policies, reading=reading)
    monkeypatch.setitem(sys.modules, "auditor.pipeline", fake)
    tried = SimpleNamespace(verified=lambda result, settings, progress: result)
    monkeypatch.setitem(sys.modules, "auditor.repair", tried)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        code = cli.run([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    run.findings, run.error, run.settings, run.stopped = (), None, None, False
    return run
