/* The Ethernet header is added to the length that the IPv4 header declares. */
#include "qemu/osdep.h"
#include "net/net.h"
#include "net/eth.h"

static ssize_t card_receive(NetClientState *nc, const uint8_t *buf, size_t size)
{
    const struct ip_header *ip = (const struct ip_header *)(buf + 14);

    if (size < 14) {
        return -1;
    }
    if (lduw_be_p(buf + 12) == 0x0800 && size < 14 + be16_to_cpu(ip->ip_len)) { /* ok: cut short */
        return -1;
    }
    qemu_send_packet(nc, buf, size);
    return size;
}

static NetClientInfo card_info = {
    .type = NET_CLIENT_DRIVER_NIC,
    .size = sizeof(NICState),
    .receive = card_receive,
};
