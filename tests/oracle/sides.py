"""What the oracle knows of each platform: where its stand-in is, and how a frame is given to a driver."""

from __future__ import annotations

from fnmatch import fnmatchcase

import msgspec

LIBC = frozenset(
    f"{name}.h"
    for name in (
        "assert", "errno", "inttypes", "limits", "stdarg", "stdbool", "stddef", "stdint", "stdio", "stdlib",
        "string", "sys/types", "unistd",
    )
)  # fmt: skip
"""Headers that the system's compiler serves itself."""


class Side(msgspec.Struct, frozen=True):
    """One platform's side of the oracle; ``folder`` is in ``runtime/``.

    ``headers`` are (glob of an included name, stand-in header); no stand-in where none matches. ``include``
    are the headers of the harness itself. ``frames`` give C for the record that a handler gets: ``{pulled}``
    is what was pulled before it was called. ``private`` are (record, the lvalue that holds the driver's own
    part of it), ``lower`` records of devices that the driver hands frames to; ``devices``
    say which function makes a device of a record in place.
    """

    folder: str
    headers: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] = ()
    frames: dict[str, str] = {}
    private: tuple[tuple[str, str], ...] = ()
    lower: frozenset[str] = frozenset()
    devices: dict[str, str] = {}

    def header(self, name: str) -> str:
        """The stand-in for an included header, "" where there is none."""
        if name in LIBC:
            return ""
        return next((own for glob, own in self.headers if fnmatchcase(name.lower(), glob)), "")

    def __hash__(self) -> int:
        return hash(self.folder)


WINDOWS = Side(
    "ndis", (("*", "ndis.h"),), ("oracle_ndis.h",),
    {
        "_NET_BUFFER_LIST": "oracle_net_buffer_list(frame, length)",
        "_NDIS_PACKET": "oracle_ndis_packet(frame, length)",
        "_IRP": "oracle_write_irp(frame, length)",
    },
)  # fmt: skip

LINUX = Side(
    "linux", (("*/*", "oracle_linux.h"),), ("oracle_linux.h",),
    {
        "sk_buff": "oracle_skb(frame, length, {pulled})",
        "iov_iter": "oracle_iter(frame, length)",
        "msghdr": "oracle_msghdr(frame, length)",
        "xdp_buff": "oracle_xdp_buff(frame, length)",
        "xdp_frame": "oracle_xdp_frame(frame, length)",
    },
    (("net_device", "netdev_priv({})"), ("kiocb", "{}->ki_filp->private_data")),
    frozenset({"net_device"}),
)  # fmt: skip

FREEBSD = Side(
    "freebsd", (("*", "oracle_freebsd.h"),), ("oracle_freebsd.h",),
    {"mbuf": "oracle_mbuf(frame, length)", "uio": "oracle_uio(frame, length)"},
    (("ifnet", "if_getsoftc({})"), ("ifnet", "{}->if_softc"), ("cdev", "{}->si_drv1")),
    frozenset({"ifnet"}),
)  # fmt: skip

DPDK = Side(
    "dpdk", (("rte_*", "oracle_dpdk.h"), ("ethdev_*", "oracle_dpdk.h"), ("*_driver.h", "oracle_dpdk.h")),
    ("oracle_dpdk.h",), {"rte_mbuf": "oracle_mbuf(frame, length)"},
)  # fmt: skip

QEMU = Side(
    "qemu", (("sys/*", ""), ("*", "oracle_qemu.h")), ("oracle_qemu.h",),
    {"iovec": "oracle_iovec(frame, length)"}, (("NetClientState", "qemu_get_nic_opaque({})"),),
)  # fmt: skip

EMBEDDED = Side(
    "embedded",
    (
        ("lwip/*", "oracle_lwip.h"), ("netif/*", "oracle_lwip.h"), ("lwipopts.h", "oracle_lwip.h"),
        ("zephyr/*", "oracle_zephyr.h"), ("nuttx/*", "oracle_nuttx.h"), ("net/*", "oracle_nuttx.h"),
        ("netinet/*", "oracle_nuttx.h"), ("freertos*", "oracle_freertos.h"),
        ("network*", "oracle_freertos.h"), ("*", "oracle_uboot.h"),
    ),
    frames={
        "pbuf": "oracle_pbuf(frame, length)",
        "net_pkt": "oracle_net_pkt(frame, length)",
        "net_driver_s": "oracle_net_driver(frame, length)",
        "iob_s": "oracle_netpkt(frame, length)",
        "xNETWORK_BUFFER": "oracle_network_buffer(frame, length)",
    },
    private=(("udevice", "dev_get_priv({})"), ("device", "{}->data"), ("netif", "{}->state")),
    devices={"netif": "oracle_netif"},
)  # fmt: skip

SIDES = {
    "windows": WINDOWS, "linux": LINUX, "freebsd": FREEBSD, "dpdk": DPDK, "qemu": QEMU, "embedded": EMBEDDED,
    "generic": Side("plain"),
}  # fmt: skip
"""By the name of the platform's pack."""
