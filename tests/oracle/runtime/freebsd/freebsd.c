/* FreeBSD's functions of the stand-in: what they do to an mbuf, and what the oracle is told. */
#include "oracle.h"
#include "oracle_freebsd.h"

static struct mbuf given;
static struct uio given_uio;
static struct ifnet lower;

/* ---- handing on ---- */
static void pass_on(struct mbuf *m) { oracle_handed_on(m->m_data, (size_t)m->m_pkthdr.len); }
static void pass_given(void) { pass_on(&given); }
void if_input(if_t ifp, struct mbuf *m) { (void)ifp; pass_on(m); }
void ether_demux(if_t ifp, struct mbuf *m) { (void)ifp; pass_on(m); }
int if_transmit(if_t ifp, struct mbuf *m) { (void)ifp; pass_on(m); return 0; }
int bus_dmamap_load_mbuf_sg(bus_dma_tag_t tag, bus_dmamap_t map, struct mbuf *m, bus_dma_segment_t *segs, int *count, int flags)
{
	(void)tag, (void)map, (void)segs, (void)flags;
	*count = 1;
	if (oracle_second_run)
		return EFBIG; /* too many pieces for the ring */
	pass_on(m);
	return 0;
}

/* ---- what is given to the driver ---- */
struct ifnet *oracle_lower(void)
{
	lower = (struct ifnet){.if_mtu = ETHERMTU, .if_type = IFT_ETHER, .if_transmit = if_transmit, .if_input = if_input};
	return &lower;
}

struct mbuf *oracle_mbuf(unsigned char *frame, size_t length)
{
	given = (struct mbuf){.m_data = (char *)frame, .m_len = (int)length, .m_flags = M_PKTHDR};
	given.m_pkthdr.len = (int)length;
	oracle_gives(&given, pass_given);
	return &given;
}

struct uio *oracle_uio(unsigned char *frame, size_t length)
{
	given_uio = (struct uio){.uio_resid = (ssize_t)length, .oracle_at = frame};
	return &given_uio;
}

if_t if_alloc(u_char type)
{
	if_t ifp = oracle_state(sizeof(*ifp));
	*ifp = *oracle_lower();
	ifp->if_type = type;
	return ifp;
}
void ether_ifattach(if_t ifp, const uint8_t *address) { (void)address; ifp->if_hdrlen = ETHER_HDR_LEN; }

/* ---- sizes ---- */
void m_freem(struct mbuf *m) { (void)m; oracle_freed(); }

struct mbuf *m_pullup(struct mbuf *m, int size)
{
	if (size <= m->m_pkthdr.len)
		return m;
	m_freem(m);
	return NULL;
}

void m_copydata(const struct mbuf *m, int offset, int size, char *to) { memcpy(to, m->m_data + offset, (size_t)size); }

void m_adj(struct mbuf *m, int size)
{
	int cut = size < 0 ? -size : size;
	if (cut > m->m_pkthdr.len)
		cut = m->m_pkthdr.len;
	if (size > 0)
		m->m_data += cut;
	m->m_len -= cut;
	m->m_pkthdr.len -= cut;
}

int m_append(struct mbuf *m, int size, const char *from)
{
	oracle_allow(m->m_data + m->m_pkthdr.len, (size_t)size);
	memcpy(m->m_data + m->m_pkthdr.len, from, (size_t)size);
	m->m_len += size;
	m->m_pkthdr.len += size;
	return 1;
}

/* ---- new ones ---- */
static struct mbuf *fresh(int size)
{
	struct mbuf *m = oracle_allocate(sizeof(*m));
	m->m_data = oracle_allocate((size_t)size + MCLBYTES);
	m->m_len = m->m_pkthdr.len = size;
	return m;
}

struct mbuf *m_gethdr(int how, short type) { (void)how, (void)type; return fresh(0); }
struct mbuf *m_getcl(int how, short type, int flags) { (void)how, (void)type, (void)flags; return fresh(0); }

struct mbuf *m_devget(char *from, int size, int offset, if_t ifp, void *copy)
{
	struct mbuf *m = fresh(size);
	(void)offset, (void)copy;
	memcpy(m->m_data, from, (size_t)size);
	m->m_pkthdr.rcvif = ifp;
	return m;
}

int uiomove(void *to, int size, struct uio *uio)
{
	size_t part = size < uio->uio_resid ? (size_t)size : (size_t)uio->uio_resid;
	memcpy(to, uio->oracle_at, part);
	uio->oracle_at += part;
	uio->uio_resid -= (ssize_t)part;
	return 0;
}

struct mbuf *m_uiotombuf(struct uio *uio, int how, int size, int align, int flags)
{
	int bytes = size > 0 && size < uio->uio_resid ? size : (int)uio->uio_resid;
	struct mbuf *m = fresh(bytes);
	(void)how, (void)align, (void)flags;
	uiomove(m->m_data, bytes, uio);
	return m;
}
