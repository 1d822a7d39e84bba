"""Entry points that meet their bounds: what is found all the same, and what is said of it."""

from __future__ import annotations

import pytest

from auditor.policy.statements import budget
from tests.policy.running import PLAIN, analysed_tree, entry_of, minima

DRIVER = f"""{PLAIN}
int classify(struct port *port, const uint8_t *packet, size_t length);
int send_frame(struct port *port, const uint8_t *packet, size_t length)
{{
    if (length < 34)
        return -1;
    if (port->mode && classify(port, packet, length))
        return -1;
    return queue_packet(packet, length);
}}
"""
BRANCHES = "".join(
    f"    if (packet[{n}] == {n}) port->flags |= 1 << {n % 8}, found += {n};\n" for n in range(30, 60)
)
CROWDED = f"""{PLAIN}
int classify(struct port *port, const uint8_t *packet, size_t length)
{{
    int found = 0;
{BRANCHES}    return found == port->flags;
}}
"""


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "driver.c").write_text(DRIVER, encoding="utf-8")
    (tmp_path / "classify.c").write_text(CROWDED, encoding="utf-8")
    return tmp_path


def test_a_crowded_function_of_another_file_hides_nothing(tree):
    analysis = analysed_tree(tree, step_budget=2_000)

    assert minima(analysis, "send_frame")["other"] == 34
    (said,) = [gap.message for gap in analysis.gaps if gap.message.startswith("send_frame")]
    assert "functions of other files were taken for unknown" in said


def test_a_run_within_its_bounds_follows_every_file(tree):
    (tree / "classify.c").write_text(
        CROWDED.replace(BRANCHES, "    if (length < 60) return 1;\n"), encoding="utf-8"
    )
    run = entry_of(analysed_tree(tree, step_budget=2_000), "send_frame").run

    assert run.complete
    assert run.files == {"classify.c"}
    assert [fork.at.file for fork in run.forks].count("classify.c") == 1


BESIDE = f"""{PLAIN}
static int settle(struct port *port)
{{
    int found = 0;
{"".join(f"    if (port->mode == {n}) found += {n};" for n in range(40))}
    return found;
}}
int send_frame(struct port *port, const uint8_t *packet, size_t length)
{{
    if (settle(port) < 0)
        return -1;
    if (length < 34)
        return -1;
    return queue_packet(packet, length);
}}
"""


@pytest.mark.parametrize("long", [True, False])
def test_a_call_without_the_frame_that_takes_long_is_taken_for_unknown(tmp_path, monkeypatch, long):
    monkeypatch.setattr(budget, "ASIDE", 50 if long else 50_000)
    (tmp_path / "driver.c").write_text(BESIDE, encoding="utf-8")
    analysis = analysed_tree(tmp_path)

    assert minima(analysis, "send_frame")["other"] == 34
    assert any("settle() has nothing of the frame" in gap.message for gap in analysis.gaps) is long
    assert entry_of(analysis, "send_frame").run.explored is not long
