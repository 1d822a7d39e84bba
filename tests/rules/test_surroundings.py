"""What the code around a function shows: names of its file, and of the files that set its device up."""

from __future__ import annotations

import msgspec
import pytest

from auditor.ir import Program
from auditor.pipeline import read_tree
from auditor.rules.surroundings import around, within
from auditor.settings import Settings

DRIVER = """\
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/virtio.h>

struct port { struct virtqueue *in; };

static const struct pci_device_id ids[] = { { PCI_DEVICE(0x15ad, 0x0720) }, { 0 } };

netdev_tx_t port_start(struct sk_buff *skb, struct net_device *dev)
{
	struct port *port = netdev_priv(dev);

	dev->type = 519;
	return port->in && skb_vlan_tag_present(skb) && ids ? NETDEV_TX_BUSY : NETDEV_TX_OK;
}
"""
SETUP = """\
#include <linux/netdevice.h>

netdev_tx_t port_start(struct sk_buff *skb, struct net_device *dev);

static const struct net_device_ops port_ops = { .ndo_start_xmit = port_start };

void port_setup(struct net_device *dev)
{
	dev->netdev_ops = &port_ops;
	dev->features |= NETIF_F_SG | NETIF_F_HW_VLAN_CTAG_TX;
}
"""
NEIGHBOUR = """\
#include <linux/netdevice.h>

void other_setup(struct net_device *dev)
{
	dev->features |= NETIF_F_VLAN_CHALLENGED;
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("driver")
    for name, text in (("port.c", DRIVER), ("setup.c", SETUP), ("other.c", NEIGHBOUR)):
        (folder / name).write_text(text, encoding="utf-8")
    return read_tree(Settings(paths=(folder,))).program


@pytest.fixture(scope="module")
def start(program):
    return next(f for f in program.functions() if f.name == "port_start")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("skb_vlan_tag_present", id="a call"),
        pytest.param("NETDEV_TX_BUSY", id="a constant"),
        pytest.param("virtqueue", id="the record of a member"),
        pytest.param("pci_device_id", id="the record of a variable"),
        pytest.param("pci_device_id.vendor=5549", id="a member's initial value"),
        pytest.param("net_device.type=519", id="a member's value"),
    ],
)
def test_the_own_file_shows(program, start, name):
    assert within(program, start).first(["nothing", name]) == name


def test_a_file_that_sets_the_device_up_is_around_but_not_within(program, start):
    assert around(program, start).first(["NETIF_F_HW_VLAN_CTAG_TX"])
    assert not within(program, start).first(["NETIF_F_HW_VLAN_CTAG_TX"])


def test_a_neighbour_that_has_nothing_to_do_with_it_is_not_around(program, start):
    assert not around(program, start).first(["NETIF_F_VLAN_CHALLENGED"])


def test_bodies_that_only_names_are_looked_for_in_stay_packed(program, start):
    modules = [
        msgspec.structs.replace(module, functions=tuple(function.unread() for function in module.functions))
        for module in program.modules
    ]
    packed = Program(program.base, tuple(modules))
    assert around(packed, start).names == around(program, start).names
    assert not any("body" in vars(function) for function in packed.functions())
