"""The shipped platform packs agree with themselves, and the pack that the documentation shows works."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from auditor.knowledge import Platform, load_knowledge
from auditor.model import ConfigError
from auditor.pipeline import read_tree, scan
from auditor.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load_knowledge()
each_pack = pytest.mark.parametrize("pack", KNOWLEDGE.platforms, ids=lambda p: p.name)

LAN_HEADER = """
struct lan_packet { unsigned int n; unsigned char *at; };
struct lan_ops { int (*send)(struct lan_packet *packet); };
void lan_deliver(struct lan_packet *packet);
void lan_release(struct lan_packet *packet);
"""
LAN_DRIVER = """#include <lan/lan.h>
static int wire_send(struct lan_packet *packet)
{
    if (packet->n < 34) {
        lan_release(packet);
        return -1;
    }
    lan_deliver(packet);
    return 0;
}
const struct lan_ops wire_ops = { .send = wire_send };
"""


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


def test_the_pack_in_the_documentation(tmp_path: Path) -> None:
    pack = _documented_pack(tmp_path)
    driver = tmp_path / "wire.c"
    driver.write_text(LAN_DRIVER, encoding="utf-8")

    found = scan(Settings(paths=(driver,), rules_folders=(pack,))).report.findings

    assert [(f.at.line, f.low, f.high) for f in found] == [(4, 14, 33)]


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    pack = _documented_pack(tmp_path)
    file = pack / "platforms" / "lan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("origin =", "orign ="), encoding="utf-8")

    with pytest.raises(ConfigError, match=r"lan\.toml.*roles\[0\].*orign"):
        load_knowledge((pack,))


def _documented_pack(folder: Path) -> Path:
    """The pack of docs/platforms.md, written to a folder of its own."""
    text = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    start = text.index('    name = "lan"')
    headers = folder / "own" / "platforms" / "headers"
    headers.mkdir(parents=True)
    (headers.parent / "lan.toml").write_text(
        textwrap.dedent(text[start : text.index("Put it in", start)]), encoding="utf-8"
    )
    (headers / "lan.h").write_text(LAN_HEADER, encoding="utf-8")
    return folder / "own"
