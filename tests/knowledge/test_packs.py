"""The shipped platform packs agree with themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.knowledge import Platform, load_knowledge
from auditor.pipeline import read_tree
from auditor.settings import Settings

KNOWLEDGE = load_knowledge()
each_pack = pytest.mark.parametrize("pack", KNOWLEDGE.platforms, ids=lambda p: p.name)


@each_pack
def test_model_headers_are_shipped(pack: Platform) -> None:
    assert [name for name in pack.headers if name not in KNOWLEDGE.model_headers] == []


@each_pack
def test_no_function_is_described_twice(pack: Platform) -> None:
    names = [name for call in pack.calls for name in call.names]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@each_pack
def test_roles_name_frames_of_the_pack(pack: Platform) -> None:
    records = {frame.record for frame in pack.frames}
    assert [role.id for role in pack.roles if role.record and role.record not in records] == []
    assert len({role.id for role in pack.roles}) == len(pack.roles)


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("#include <sys/param.h>\n#include <sys/mbuf.h>\n#include <net/if.h>\n", "freebsd"),
        ("#include <rte_mbuf.h>\n#include <stdio.h>\n", "dpdk"),
        ('#include "lwip/pbuf.h"\n', "embedded"),
        ("#include <zephyr/net/net_pkt.h>\n", "embedded"),
        ("#include <nuttx/net/netdev.h>\n", "embedded"),
        ('#include "FreeRTOS.h"\n#include "FreeRTOS_IP.h"\n', "embedded"),
        ("#include <dm.h>\n#include <net.h>\n#include <linux/delay.h>\n#include <miiphy.h>\n", "embedded"),
        ('#include "qemu/osdep.h"\n#include "net/net.h"\n', "qemu"),
        ("#include <linux/netdevice.h>\n#include <linux/etherdevice.h>\n#include <net/ip.h>\n", "linux"),
        ("#include <sys/socket.h>\n#include <net/if.h>\n#include <netinet/if_ether.h>\n", "generic"),
        ('#include "system/console/sys_console.h"\n', "generic"),
    ],
)
def test_recognition(text: str, platform: str, tmp_path: Path) -> None:
    (tmp_path / "driver.c").write_text(text + "int f(int n) { return n < 34; }\n", encoding="utf-8")
    tree = read_tree(Settings(paths=(tmp_path,)))
    assert [module.platform for module in tree.program.modules] == [platform]


@pytest.mark.parametrize(
    ("name", "neutral"),
    [("log_frame", True), ("log_", True), ("catalog_frame", False), ("Log_frame", False), ("unlock", True)],
)
def test_a_neutral_name_matches_a_whole_pattern(name: str, neutral: bool) -> None:
    pack = Platform(name="a", title="A", target="x86_64", neutral=("log_*", "*lock"))

    assert pack.is_neutral(name) is neutral
    assert not Platform(name="b", title="B", target="x86_64").is_neutral(name)
