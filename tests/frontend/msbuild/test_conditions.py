"""Conditions as projects have them; true, false, or nobody knows."""

from __future__ import annotations

import pytest

from auditor.frontend.msbuild.conditions import holds
from auditor.frontend.msbuild.properties import Properties

SAID = Properties(
    {"Configuration": "Release", "Platform": "x64", "Empty": "", "Number": "17", "Yes": "true"},
    lambda work: None,
)


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        ("", True),
        ("'$(Configuration)|$(Platform)'=='Release|x64'", True),
        (" '$(Configuration)|$(Platform)' == 'release|X64' ", True),
        ("'$(Configuration)|$(Platform)'=='Debug|x64'", False),
        ("'$(Platform)'!='Win32'", True),
        ("'$(Empty)'==''", True),
        ("'$(NotSaid)' == ''", True),
        ("'$(NotSaid)'!='' and '$(Platform)'=='x64'", False),
        ("'$(Platform)'=='ARM' Or '$(Platform)'=='x64'", True),
        ("'a'=='b' and 'a'=='a' or 'c'=='c'", True),
        ("'c'=='c' or 'a'=='a' and 'a'=='b'", True),
        ("!('$(Platform)'=='x64')", False),
        ("$(Yes)", True),
        ("!$(Yes)", False),
        ("$(Number) > 16", True),
        ("'$(Number)'>='0x12'", False),
        ("'17.0'=='$(Number)'", True),
        ("$(Configuration.EndsWith('ease'))", True),
        ("!$(Configuration.StartsWith('Debug'))", True),
        ("exists('there.props')", True),
        ("Exists('elsewhere.props') or Exists('there.props')", True),
        ("$(NotSaid) < $(Number)", None),
        ("$(Configuration.Replace('a','b'))=='x'", None),
        ("'@(Items)'!=''", None),
        ("'a'==", None),
        ("'a'=='b' 'c'", None),
        ("'a", None),
        ("(", None),
        ("(" * 5000, None),
        ("!" * 90 + "true", True),
        ("true " * 200, None),
    ],
)
def test_holds(condition: str, result: bool | None) -> None:
    assert holds(condition, SAID.shown, lambda path: path == "there.props") is result
