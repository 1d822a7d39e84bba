/*
 * Enough of FreeBSD's network interface to compile and run a small driver in a process: names and meanings as in
 * mbuf(9), ifnet(9), uio(9), bus_dma(9); wire formats as in the RFCs.
 */
#ifndef ORACLE_FREEBSD_H
#define ORACLE_FREEBSD_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

typedef char *oracle_caddr;
#define caddr_t oracle_caddr
typedef uint64_t bus_addr_t, bus_size_t;
#undef __packed
#define __packed __attribute__((packed))
#define __unused __attribute__((unused))
#define __predict_true(x) __builtin_expect(!!(x), 1)
#define __predict_false(x) __builtin_expect(!!(x), 0)
#define KASSERT(condition, message) ((void)0)
#define MPASS(condition) ((void)0)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define min(a, b) MIN(a, b)
#define max(a, b) MAX(a, b)
#define nitems(x) (sizeof(x) / sizeof((x)[0]))
#define htons(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define ntohs(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define htonl(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define ntohl(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#undef htobe16
#undef be16toh
#define htobe16(x) htons(x)
#define be16toh(x) ntohs(x)

/* ---- wire formats ---- */
#define ETHER_ADDR_LEN 6
#define ETHER_HDR_LEN 14
#define ETHER_CRC_LEN 4
#define ETHER_MIN_LEN 64
#define ETHER_MAX_LEN 1518
#define ETHER_VLAN_ENCAP_LEN 4
#define ETHER_ALIGN 2
#define ETHERMTU 1500
#define ETHERTYPE_IP 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_VLAN 0x8100
#define ETHERTYPE_IPV6 0x86dd
#define ETHERTYPE_PPPOEDISC 0x8863
#define ETHERTYPE_PPPOE 0x8864
#define ETHERTYPE_PAE 0x888e
#define ETHER_IS_MULTICAST(address) (*(address) & 0x01)
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
struct ether_header { u_char ether_dhost[6], ether_shost[6]; u_short ether_type; } __packed;
struct ether_vlan_header { uint8_t evl_dhost[6], evl_shost[6]; uint16_t evl_encap_proto, evl_tag, evl_proto; } __packed;
struct in_addr { uint32_t s_addr; };
struct in6_addr { uint8_t s6_addr[16]; };
struct ip { u_char ip_hl : 4, ip_v : 4; u_char ip_tos; u_short ip_len, ip_id, ip_off; u_char ip_ttl, ip_p; u_short ip_sum; struct in_addr ip_src, ip_dst; } __packed;
struct ip6_hdr { uint32_t ip6_flow; uint16_t ip6_plen; uint8_t ip6_nxt, ip6_hlim; struct in6_addr ip6_src, ip6_dst; } __packed;
struct udphdr { u_short uh_sport, uh_dport, uh_ulen, uh_sum; };
struct tcphdr { u_short th_sport, th_dport; uint32_t th_seq, th_ack; u_char th_x2 : 4, th_off : 4; u_char th_flags; u_short th_win, th_sum, th_urp; };
struct arphdr { u_short ar_hrd, ar_pro; u_char ar_hln, ar_pln; u_short ar_op; };
struct ether_arp { struct arphdr ea_hdr; u_char arp_sha[6], arp_spa[4], arp_tha[6], arp_tpa[4]; };

/* ---- mbufs, interfaces, devices ---- */
#define M_NOWAIT 1
#define M_WAITOK 2
#define M_PKTHDR 0x2
#define M_BCAST 0x10
#define M_MCAST 0x20
#define M_VLANTAG 0x80
#define MCLBYTES 2048
#define MHLEN 160
#define MT_DATA 1
#define IFCOUNTER_IPACKETS 0
#define IFCOUNTER_IERRORS 1
#define IFCOUNTER_OPACKETS 3
#define IFCOUNTER_OERRORS 4
#define IFCOUNTER_IQDROPS 9
#define IFCOUNTER_OQDROPS 10
#define IFT_ETHER 6
#define IFT_TUNNEL 131
struct ifnet;
typedef struct ifnet *if_t;
struct mbuf {
	struct mbuf *m_next, *m_nextpkt;
	char *m_data;
	int m_len, m_type, m_flags;
	struct { struct ifnet *rcvif; int len; uint64_t csum_flags; uint16_t ether_vtag, tso_segsz; } m_pkthdr;
	char *oracle_end;
};
typedef int (*if_transmit_fn_t)(if_t ifp, struct mbuf *m);
typedef void (*if_input_fn_t)(if_t ifp, struct mbuf *m);
struct ifnet {
	void *if_softc;
	int if_mtu, if_flags, if_drv_flags, if_hdrlen, if_type, if_capenable;
	if_transmit_fn_t if_transmit;
	if_input_fn_t if_input;
};
struct uio { ssize_t uio_resid; int uio_rw; const unsigned char *oracle_at; };
struct cdev { void *si_drv1, *si_drv2; };
struct cdevsw {
	int d_version;
	const char *d_name;
	int (*d_read)(struct cdev *dev, struct uio *uio, int flags), (*d_write)(struct cdev *dev, struct uio *uio, int flags);
};
#define D_VERSION 1
typedef struct { bus_addr_t ds_addr; bus_size_t ds_len; } bus_dma_segment_t;
typedef void *bus_dma_tag_t, *bus_dmamap_t;
#define BUS_DMA_NOWAIT 1
#define BUS_DMASYNC_PREWRITE 4
#define mtod(m, type) ((type)((m)->m_data))
#define mtodo(m, offset) ((void *)((m)->m_data + (offset)))
#define if_getsoftc(ifp) ((ifp)->if_softc)
#define if_setsoftc(ifp, softc) ((ifp)->if_softc = (softc))
#define if_getmtu(ifp) ((ifp)->if_mtu)
#define if_settransmitfn(ifp, function) ((ifp)->if_transmit = (function))
#define if_setinputfn(ifp, function) ((ifp)->if_input = (function))
#define if_inc_counter(ifp, counter, by) ((void)(ifp))
#define BPF_MTAP(ifp, m) ((void)(ifp), (void)(m))
#define ETHER_BPF_MTAP(ifp, m) BPF_MTAP(ifp, m)
if_t if_alloc(u_char type);
void ether_ifattach(if_t ifp, const uint8_t *address);
void if_input(if_t ifp, struct mbuf *m);
void ether_demux(if_t ifp, struct mbuf *m);
int if_transmit(if_t ifp, struct mbuf *m);
void m_freem(struct mbuf *m);
struct mbuf *m_pullup(struct mbuf *m, int size);
struct mbuf *m_gethdr(int how, short type);
struct mbuf *m_getcl(int how, short type, int flags);
struct mbuf *m_devget(char *from, int size, int offset, if_t ifp, void *copy);
struct mbuf *m_uiotombuf(struct uio *uio, int how, int size, int align, int flags);
void m_copydata(const struct mbuf *m, int offset, int size, char *to);
int m_append(struct mbuf *m, int size, const char *from);
void m_adj(struct mbuf *m, int size);
int uiomove(void *to, int size, struct uio *uio);
int bus_dmamap_load_mbuf_sg(bus_dma_tag_t tag, bus_dmamap_t map, struct mbuf *m, bus_dma_segment_t *segs, int *count, int flags);
#define bus_dmamap_sync(tag, map, what) ((void)(tag), (void)(map))

/* ---- for the harness ---- */
struct ifnet *oracle_lower(void);
struct mbuf *oracle_mbuf(unsigned char *frame, size_t length);
struct uio *oracle_uio(unsigned char *frame, size_t length);
#endif
