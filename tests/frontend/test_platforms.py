"""Platforms: includes and words in, a pack and its model headers out, with layouts as on the wire."""

from __future__ import annotations

import pytest

from auditor.ir import IntType, RecordType
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.knowledge import Knowledge
from tests.frontend.conftest import Lower, expressions_of, function, returned, statement


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("#include <ndis.h>\n", "windows"),
        ("#include <NDIS.H>\n", "windows"),
        ("#include <linux/netdevice.h>\n#include <linux/errno.h>\n", "linux"),
        ("#include <stdio.h>\n#include <linux/if_tun.h>\n", "generic"),
        ("int f(struct sk_buff *skb);\n", "linux"),
        ("int x;\n", "generic"),
    ],
)
def test_recognition(text: str, platform: str, lower: Lower) -> None:
    assert lower(text + "int y;\n", platform="").platform == platform


def test_recognition_through_a_header_of_the_tree(lower: Lower) -> None:
    module = lower('#include "tap.h"\nint x;\n', platform="", beside={"tap.h": "#include <ntifs.h>\n"})
    assert module.platform == "windows"


@pytest.mark.parametrize(
    ("platform", "include", "record", "size"),
    [
        ("linux", "linux/if_ether.h", "struct ethhdr", 14),
        ("linux", "linux/if_vlan.h", "struct vlan_hdr", 4),
        ("linux", "linux/if_vlan.h", "struct vlan_ethhdr", 18),
        ("linux", "linux/ip.h", "struct iphdr", 20),
        ("linux", "linux/ipv6.h", "struct ipv6hdr", 40),
        ("linux", "linux/udp.h", "struct udphdr", 8),
        ("linux", "linux/tcp.h", "struct tcphdr", 20),
        ("linux", "linux/if_arp.h", "struct arphdr", 8),
        ("linux", "linux/icmp.h", "struct icmphdr", 8),
        ("linux", "linux/if_pppox.h", "struct pppoe_hdr", 6),
        ("linux", "linux/virtio_net.h", "struct virtio_net_hdr", 10),
        ("generic", "netinet/if_ether.h", "struct ether_header", 14),
        ("generic", "netinet/ip.h", "struct ip", 20),
        ("generic", "netinet/ip.h", "struct iphdr", 20),
        ("generic", "netinet/ip6.h", "struct ip6_hdr", 40),
        ("generic", "netinet/udp.h", "struct udphdr", 8),
        ("generic", "netinet/tcp.h", "struct tcphdr", 20),
        ("generic", "netinet/if_ether.h", "struct ether_arp", 28),
        ("windows", "ndis.h", "ULONG", 4),
        ("windows", "ndis.h", "USHORT", 2),
        ("windows", "ndis.h", "PVOID", 8),
        ("windows", "ndis.h", "LARGE_INTEGER", 8),
    ],
)
def test_sizes(platform: str, include: str, record: str, size: int, lower: Lower) -> None:
    module = lower(
        f"#include <{include}>\nunsigned long long f(void) {{ return sizeof({record}); }}", platform=platform
    )
    found = returned(module)
    assert (found.value, found.taint) == (size, "")


@pytest.mark.parametrize(
    ("platform", "include", "text", "value"),
    [
        ("linux", "linux/if_ether.h", "ETH_ZLEN + ETH_FCS_LEN", 64),
        ("linux", "linux/if_vlan.h", "VLAN_ETH_FRAME_LEN", 1518),
        ("linux", "linux/kernel.h", "cpu_to_be16(ETH_P_IP)", 8),
        ("windows", "ndis.h", "(ULONG)NDIS_STATUS_INVALID_LENGTH", 0xC0010014),
        ("windows", "ndis.h", "STATUS_PENDING", 0x103),
        ("windows", "ndis.h", "RtlUshortByteSwap(0x0806)", 0x0608),
        ("windows", "ndis.h", "IRP_MJ_WRITE", 4),
    ],
)
def test_constants(platform: str, include: str, text: str, value: int, lower: Lower) -> None:
    module = lower(f"#include <{include}>\nlong long f(void) {{ return {text}; }}", platform=platform)
    assert returned(module).value == value


def test_assert_stays_a_visible_call(lower: Lower) -> None:
    module = lower("#include <ndis.h>\nvoid f(ULONG len) { ASSERT(len >= 34); }", platform="windows")
    call = expressions_of(module, e.Call)[0]
    assert isinstance(call.callee, e.Name)
    assert call.callee.name == "__lenaudit_assert"
    assert any(isinstance(b, e.Binary) and b.macro is None for b in expressions_of(module, e.Binary))


def test_net_buffer_macros_are_member_accesses(lower: Lower) -> None:
    module = lower(
        "#include <ndis.h>\nvoid f(PNET_BUFFER_LIST nbl) {"
        " ULONG n = NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(nbl));"
        " NET_BUFFER_LIST_STATUS(nbl) = NDIS_STATUS_FAILURE; }",
        platform="windows",
    )
    members = [(m.record, m.field) for m in expressions_of(module, e.Member)]
    assert members == [
        ("_NET_BUFFER", "DataLength"),
        ("_NET_BUFFER_LIST", "FirstNetBuffer"),
        ("_NET_BUFFER_LIST", "Status"),
    ]
    assert statement(module, s.Declare).ctype == IntType(32, False, "ULONG")


def test_irp_parameters(lower: Lower) -> None:
    module = lower(
        "#include <ntddk.h>\n"
        "ULONG f(PIRP irp) { return IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length; }",
        platform="windows",
    )
    assert [m.field for m in expressions_of(module, e.Member)] == ["Length", "Write", "Parameters"]


def test_skb_members_and_calls(lower: Lower) -> None:
    module = lower(
        "#include <linux/skbuff.h>\nint f(struct sk_buff *skb) {"
        " if (skb->len < ETH_HLEN || !pskb_may_pull(skb, 34)) kfree_skb(skb);"
        " return skb->protocol == htons(ETH_P_IPV6); }",
        platform="linux",
    )
    assert {m.record for m in expressions_of(module, e.Member)} == {"sk_buff"}
    assert [c.callee.name for c in expressions_of(module, e.Call) if c.value is None] == [
        "pskb_may_pull",
        "kfree_skb",
    ]
    assert [c.value for c in expressions_of(module, e.Call)][-1] == 0xDD86


def test_a_parameter_of_a_module_is_no_constant(lower: Lower) -> None:
    module = lower(
        "#include <linux/module.h>\nstatic int limit = 34; static int fixed = 60;\n"
        "module_param(limit, int, 0644);\n"
        "int f(int len) { return len < limit || len > fixed; }",
        platform="linux",
    )
    assert {g.name: g.const for g in module.globals} == {"limit": False, "fixed": True}


def test_model_headers_stay_out_of_the_module(lower: Lower) -> None:
    module = lower(
        "#include <linux/netdevice.h>\nint f(struct net_device *d) { return d->mtu; }", platform="linux"
    )
    assert [x.name for x in module.functions] == ["f"]
    assert module.globals == ()
    assert isinstance(function(module).params[0].ctype.target, RecordType)


def test_macros_are_those_of_the_platforms_own_model(lower: Lower, knowledge: Knowledge) -> None:
    text = "#include <linux/etherdevice.h>\nint f(int n) { return n < ETH_ALEN + ETH_HLEN; }"
    model = knowledge.model_headers["linux_net.h"].splitlines()
    macros = {m.name: m for m in lower(text, platform="linux").macros}
    for name, value in (("ETH_ALEN", 6), ("ETH_HLEN", 14)):
        assert model[macros[name].at.line - 1] == f"#define {name} {value}"
