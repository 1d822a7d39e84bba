"""The user says which rules run, and hears of a name that no rule has."""

from __future__ import annotations

import msgspec
import pytest

from auditor.knowledge import choose, rule_ids
from auditor.model import UsageError
from tests.report import made


def doc(name, on=True):
    told = made.doc()
    return msgspec.structs.replace(told, id=name, rule=msgspec.structs.replace(told.rule, default_on=on))


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        pytest.param((), (), ["rule-on"], id="by default"),
        pytest.param(("rule-off",), (), ["rule-off"], id="selected"),
        pytest.param((), ("rule-on",), [], id="ignored"),
    ],
)
def test_choosing(select, ignore, chosen):
    docs = (doc("rule-off", on=False), doc("rule-on"))
    assert [found.id for found in choose(docs, select, ignore)] == chosen


@pytest.mark.parametrize("named", [(("rule-of",), (), ()), ((), ("rule-of",), ()), ((), (), ("rule-of",))])
def test_a_name_that_no_rule_has(named):
    with pytest.raises(UsageError, match="no rule 'rule-of'") as caught:
        choose((doc("rule-off"),), *named)
    assert "rule-off" in caught.value.hint


def test_ids_are_told_without_running_a_rule(tmp_path):
    (tmp_path / "some-rule.py").write_text("raise SystemExit", encoding="utf-8")
    assert rule_ids([tmp_path]) == {"some-rule"}
