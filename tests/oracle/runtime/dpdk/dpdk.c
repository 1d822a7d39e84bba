/* DPDK's functions of the stand-in: what they do to an mbuf, and what the oracle is told. */
#include "oracle.h"
#include "oracle_dpdk.h"

enum { HEAD_ROOM = 128 };

static struct rte_mbuf given, *given_pointer;

static void pass_on(struct rte_mbuf *m) { oracle_handed_on(rte_pktmbuf_mtod(m, void *), m->pkt_len); }
static void pass_given(void) { pass_on(&given); }

struct rte_mbuf *oracle_mbuf(unsigned char *frame, size_t length)
{
	given = (struct rte_mbuf){.buf_addr = frame - HEAD_ROOM, .data_off = HEAD_ROOM, .refcnt = 1, .nb_segs = 1};
	given.buf_len = 2048 + HEAD_ROOM;
	given.pkt_len = given.data_len = (uint16_t)length;
	oracle_gives(&given, pass_given);
	return &given;
}

struct rte_mbuf **oracle_mbuf_at(unsigned char *frame, size_t length)
{
	given_pointer = oracle_mbuf(frame, length);
	return &given_pointer;
}

void rte_pktmbuf_free(struct rte_mbuf *m) { (void)m; oracle_freed(); }

uint16_t rte_eth_tx_buffer(uint16_t port, uint16_t queue, struct rte_eth_dev_tx_buffer *buffer, struct rte_mbuf *m)
{
	(void)port, (void)queue, (void)buffer;
	pass_on(m);
	return 0;
}

uint16_t rte_eth_tx_burst(uint16_t port, uint16_t queue, struct rte_mbuf **packets, uint16_t count)
{
	(void)port, (void)queue;
	for (uint16_t i = 0; i < count; i++)
		pass_on(packets[i]);
	return count;
}

/* ---- sizes ---- */
char *rte_pktmbuf_append(struct rte_mbuf *m, uint16_t size)
{
	char *at = rte_pktmbuf_mtod_offset(m, char *, m->pkt_len);
	oracle_allow(at, size);
	m->pkt_len += size;
	m->data_len += size;
	return at;
}

char *rte_pktmbuf_prepend(struct rte_mbuf *m, uint16_t size)
{
	if (size > m->data_off)
		return NULL;
	m->data_off -= size;
	m->pkt_len += size;
	m->data_len += size;
	return rte_pktmbuf_mtod(m, char *);
}

char *rte_pktmbuf_adj(struct rte_mbuf *m, uint16_t size)
{
	if (size > m->data_len)
		return NULL;
	m->data_off += size;
	m->pkt_len -= size;
	m->data_len -= size;
	return rte_pktmbuf_mtod(m, char *);
}

int rte_pktmbuf_trim(struct rte_mbuf *m, uint16_t size)
{
	if (size > m->data_len)
		return -1;
	m->pkt_len -= size;
	m->data_len -= size;
	return 0;
}

const void *rte_pktmbuf_read(const struct rte_mbuf *m, uint32_t offset, uint32_t size, void *room)
{
	(void)room;
	return offset + size > m->pkt_len ? NULL : rte_pktmbuf_mtod_offset(m, const void *, offset);
}

/* ---- new ones ---- */
struct rte_mbuf *rte_pktmbuf_alloc(struct rte_mempool *pool)
{
	struct rte_mbuf *m = oracle_allocate(sizeof(*m));
	m->pool = pool;
	m->buf_addr = oracle_allocate(2048 + HEAD_ROOM);
	m->buf_len = 2048 + HEAD_ROOM;
	m->data_off = HEAD_ROOM;
	m->nb_segs = 1;
	return m;
}

struct rte_mbuf *rte_pktmbuf_clone(struct rte_mbuf *m, struct rte_mempool *pool)
{
	struct rte_mbuf *clone = oracle_allocate(sizeof(*clone));
	*clone = *m;
	clone->pool = pool;
	return clone;
}
