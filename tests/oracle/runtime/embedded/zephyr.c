/* Zephyr's functions of the stand-in: a packet is one buffer, read and written at its cursor. */
#include "oracle.h"
#include "oracle_zephyr.h"

static struct net_buf given_buffer;
static struct net_pkt given;

static void pass_given(void) { oracle_handed_on(given.buffer->data, given.buffer->len); }

struct net_pkt *oracle_net_pkt(unsigned char *frame, size_t length)
{
    given_buffer = (struct net_buf){.data = frame, .len = (uint16_t)length, .size = 2048};
    given = (struct net_pkt){.buffer = &given_buffer, .frags = &given_buffer};
    oracle_gives(&given, pass_given);
    return &given;
}

size_t net_pkt_get_len(const struct net_pkt *pkt) { return pkt->buffer->len; }
uint8_t *net_pkt_data(const struct net_pkt *pkt) { return pkt->buffer->data; }
struct net_if *net_pkt_iface(const struct net_pkt *pkt) { return pkt->iface; }
void net_pkt_unref(struct net_pkt *pkt) { (void)pkt; oracle_freed(); }

int net_pkt_read(struct net_pkt *pkt, void *to, size_t size)
{
    if (size > pkt->buffer->len - pkt->oracle_at)
        return -ENOBUFS;
    memcpy(to, pkt->buffer->data + pkt->oracle_at, size);
    pkt->oracle_at += size;
    return 0;
}

int net_pkt_write(struct net_pkt *pkt, const void *data, size_t size)
{
    if (size > (size_t)(pkt->buffer->size - pkt->buffer->len))
        return -ENOMEM;
    memcpy(pkt->buffer->data + pkt->buffer->len, data, size);
    pkt->buffer->len += (uint16_t)size;
    return 0;
}

struct net_pkt *net_pkt_rx_alloc_with_buffer(struct net_if *iface, size_t size, int family, int proto, k_timeout_t wait)
{
    struct net_pkt *pkt = oracle_allocate(sizeof(*pkt));
    (void)family, (void)proto, (void)wait;
    pkt->iface = iface;
    pkt->buffer = pkt->frags = oracle_allocate(sizeof(*pkt->buffer));
    pkt->buffer->data = oracle_allocate(size);
    pkt->buffer->size = (uint16_t)size;
    return pkt;
}

int net_recv_data(struct net_if *iface, struct net_pkt *pkt)
{
    (void)iface;
    oracle_handed_on(pkt->buffer->data, pkt->buffer->len);
    return 0;
}
