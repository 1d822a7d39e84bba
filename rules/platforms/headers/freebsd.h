/*
 * FreeBSD as a network driver sees it: mbufs, ifnet, queues, the wire formats. Written from the manual pages mbuf(9),
 * ifnet(9), ether(9) of ether_ifattach, bpf(9), buf_ring(9) and bus_dma(9), and the wire formats (IEEE 802.3 and 802.1Q,
 * RFC 791, 8200, 768, 793, 826); names and layouts only. What a function does to a frame is said in freebsd.toml. Macros
 * that may fail for want of memory succeed here: what a driver does then is not its length policy.
 */
#ifndef LENAUDIT_FREEBSD_H
#define LENAUDIT_FREEBSD_H

#include <stddef.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdbool.h>

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef uint8_t u_int8_t;
typedef uint16_t u_int16_t;
typedef uint32_t u_int32_t;
typedef uint64_t u_int64_t;
typedef char *caddr_t;
typedef const char *c_caddr_t;
typedef long ssize_t, off_t;
typedef uint32_t in_addr_t;
typedef uint64_t bus_addr_t, bus_size_t, vm_offset_t;

#define __packed __attribute__((packed))
#define __aligned(x) __attribute__((aligned(x)))
#define __unused
#define __predict_true(x) (x)
#define __predict_false(x) (x)
#define __FBSDID(x) struct lenaudit_id
#define __DECONST(type, at) ((type)(uintptr_t)(at))
#define __containerof(at, type, member) ((type *)((char *)(at) - offsetof(type, member)))
#define nitems(x) (sizeof(x) / sizeof((x)[0]))
#define howmany(x, y) (((x) + ((y) - 1)) / (y))
#define roundup2(x, y) (((x) + ((y) - 1)) & ~((y) - 1))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define min(a, b) MIN(a, b)
#define max(a, b) MAX(a, b)
#define imin(a, b) MIN(a, b)
#define imax(a, b) MAX(a, b)
void __lenaudit_assert(int holds);
#define KASSERT(condition, message) __lenaudit_assert(!!(condition))
#define MPASS(condition) __lenaudit_assert(!!(condition))
#define CTASSERT(x) struct lenaudit_id
#define MODULE_VERSION(name, number) struct lenaudit_id
#define MODULE_DEPEND(name, other, low, preferred, high) struct lenaudit_id
#define DRIVER_MODULE(...) struct lenaudit_id
#define SYSCTL_INT(...) struct lenaudit_id
#define SYSCTL_NODE(...) struct lenaudit_id
#define SYSCTL_DECL(...) struct lenaudit_id
#define TUNABLE_INT(...) struct lenaudit_id
#define MALLOC_DEFINE(type, short_name, long_name) struct malloc_type *type
#define MALLOC_DECLARE(type) extern struct malloc_type *type
struct lenaudit_id;
struct malloc_type;

#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define ENOMEM 12
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define ENODEV 19
#define EINVAL 22
#define EAGAIN 35
#define EWOULDBLOCK EAGAIN
#define EMSGSIZE 40
#define EOPNOTSUPP 45
#define EAFNOSUPPORT 47
#define ENETDOWN 50
#define ENETRESET 52
#define ENOBUFS 55

#define LENAUDIT_SWAP16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define LENAUDIT_SWAP32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define ntohs(x) LENAUDIT_SWAP16(x)
#define htons(x) LENAUDIT_SWAP16(x)
#define ntohl(x) LENAUDIT_SWAP32(x)
#define htonl(x) LENAUDIT_SWAP32(x)
#define be16toh(x) LENAUDIT_SWAP16(x)
#define htobe16(x) LENAUDIT_SWAP16(x)
#define be32toh(x) LENAUDIT_SWAP32(x)
#define htobe32(x) LENAUDIT_SWAP32(x)
#define le16toh(x) ((uint16_t)(x))
#define htole16(x) ((uint16_t)(x))
#define le32toh(x) ((uint32_t)(x))
#define htole32(x) ((uint32_t)(x))
#define le64toh(x) ((uint64_t)(x))
#define htole64(x) ((uint64_t)(x))

/* ---- wire formats ---- */
#define ETHER_ADDR_LEN 6
#define ETHER_TYPE_LEN 2
#define ETHER_CRC_LEN 4
#define ETHER_HDR_LEN 14
#define ETHER_MIN_LEN 64
#define ETHER_MAX_LEN 1518
#define ETHER_MAX_LEN_JUMBO 9018
#define ETHER_VLAN_ENCAP_LEN 4
#define ETHER_HDR_VLAN_LEN (ETHER_HDR_LEN + ETHER_VLAN_ENCAP_LEN)
#define ETHER_ALIGN 2
#define ETHERMTU (ETHER_MAX_LEN - ETHER_HDR_LEN - ETHER_CRC_LEN)
#define ETHERMTU_JUMBO (ETHER_MAX_LEN_JUMBO - ETHER_HDR_LEN - ETHER_CRC_LEN)
#define ETHERMIN (ETHER_MIN_LEN - ETHER_HDR_LEN - ETHER_CRC_LEN)
#define ETHERTYPE_IP 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_REVARP 0x8035
#define ETHERTYPE_VLAN 0x8100
#define ETHERTYPE_IPV6 0x86dd
#define ETHERTYPE_PPPOEDISC 0x8863
#define ETHERTYPE_PPPOE 0x8864
#define ETHERTYPE_PAE 0x888e
#define ETHERTYPE_QINQ 0x88a8
#define ETHER_IS_MULTICAST(address) (*(address) & 0x01)
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_ICMPV6 58
#define AF_UNSPEC 0
#define AF_INET 2
#define AF_LINK 18
#define AF_INET6 28
struct ether_header { u_char ether_dhost[6]; u_char ether_shost[6]; u_short ether_type; } __packed;
struct ether_vlan_header { uint8_t evl_dhost[6]; uint8_t evl_shost[6]; uint16_t evl_encap_proto, evl_tag, evl_proto; } __packed;
struct ether_addr { u_char octet[6]; } __packed;
struct in_addr { in_addr_t s_addr; };
struct in6_addr { union { uint8_t __u6_addr8[16]; uint32_t __u6_addr32[4]; } __u6_addr; };
struct ip { u_char ip_hl : 4, ip_v : 4; u_char ip_tos; u_short ip_len, ip_id, ip_off; u_char ip_ttl, ip_p; u_short ip_sum; struct in_addr ip_src, ip_dst; } __packed;
struct ip6_hdr { union { struct { uint32_t ip6_un1_flow; uint16_t ip6_un1_plen; uint8_t ip6_un1_nxt, ip6_un1_hlim; } ip6_un1; uint8_t ip6_un2_vfc; } ip6_ctlun; struct in6_addr ip6_src, ip6_dst; } __packed;
#define ip6_vfc ip6_ctlun.ip6_un2_vfc
#define ip6_plen ip6_ctlun.ip6_un1.ip6_un1_plen
#define ip6_nxt ip6_ctlun.ip6_un1.ip6_un1_nxt
#define ip6_hlim ip6_ctlun.ip6_un1.ip6_un1_hlim
struct udphdr { u_short uh_sport, uh_dport, uh_ulen, uh_sum; };
struct tcphdr { u_short th_sport, th_dport; uint32_t th_seq, th_ack; u_char th_x2 : 4, th_off : 4; u_char th_flags; u_short th_win, th_sum, th_urp; };
struct arphdr { u_short ar_hrd, ar_pro; u_char ar_hln, ar_pln; u_short ar_op; };
struct ether_arp { struct arphdr ea_hdr; u_char arp_sha[6], arp_spa[4], arp_tha[6], arp_tpa[4]; };

/* ---- mbufs ---- */
#define MSIZE 256
#define MCLBYTES 2048
#define MJUMPAGESIZE 4096
#define MJUM9BYTES 9216
#define MHLEN 168
#define MLEN 224
#define M_NOWAIT 0x0001
#define M_WAITOK 0x0002
#define M_ZERO 0x0100
#define M_EXT 0x00000001
#define M_PKTHDR 0x00000002
#define M_EOR 0x00000004
#define M_BCAST 0x00000010
#define M_MCAST 0x00000020
#define M_VLANTAG 0x00000080
#define MT_DATA 1
#define MT_HEADER 1
#define CSUM_IP 0x00000001
#define CSUM_UDP 0x00000002
#define CSUM_TCP 0x00000004
#define CSUM_TSO 0x00000010
#define CSUM_IP_CHECKED 0x00000100
#define CSUM_IP_VALID 0x00000200
#define CSUM_DATA_VALID 0x00000400
#define CSUM_PSEUDO_HDR 0x00000800
struct ifnet;
typedef struct ifnet *if_t;
struct m_tag;
struct uio;
struct pkthdr { struct ifnet *rcvif; int len; uint32_t flowid; uint64_t csum_flags; uint32_t csum_data; uint16_t ether_vtag, tso_segsz; uint8_t rsstype; };
struct mbuf { struct mbuf *m_next, *m_nextpkt; caddr_t m_data; int m_len; uint32_t m_type, m_flags; struct pkthdr m_pkthdr; };
struct mbufq { struct mbuf *head, *tail; int len, maxlen; };
#define mtod(m, type) ((type)((m)->m_data))
#define mtodo(m, offset) ((void *)((m)->m_data + (offset)))
#define MCHTYPE(m, type) ((void)0)
#define M_LEADINGSPACE(m) lenaudit_m_room(m)
#define M_TRAILINGSPACE(m) lenaudit_m_room(m)
#define M_WRITABLE(m) 1
#define M_PREPEND(m, size, how) ((void)lenaudit_m_push((m), (size)))
/* A negative count takes bytes off the end, where a frame's checksum is. */
#define m_adj(m, size) ((size) >= 0 ? lenaudit_m_pull((m), (size)) : lenaudit_m_trim((m), (m)->m_pkthdr.len + (size)))
#define m_append(m, size, from) (lenaudit_m_append((m), (size), (from)), 1)
#define MGETHDR(m, how, type) ((m) = m_gethdr((how), (type)))
#define MGET(m, how, type) ((m) = m_get((how), (type)))
#define MCLGET(m, how) ((m)->m_flags |= M_EXT, 1)
#define m_clget(m, how) ((m)->m_flags |= M_EXT, 1)
int lenaudit_m_room(const struct mbuf *m);
void lenaudit_m_pull(struct mbuf *m, int size);
void lenaudit_m_push(struct mbuf *m, int size);
void lenaudit_m_trim(struct mbuf *m, int size);
void *lenaudit_m_append(struct mbuf *m, int size, c_caddr_t from);
struct mbuf *m_gethdr(int how, short type);
struct mbuf *m_get(int how, short type);
struct mbuf *m_get2(int size, int how, short type, int flags);
struct mbuf *m_getm2(struct mbuf *m, int size, int how, short type, int flags);
struct mbuf *m_getcl(int how, short type, int flags);
struct mbuf *m_getjcl(int how, short type, int flags, int size);
struct mbuf *m_devget(char *from, int size, int offset, struct ifnet *ifp, void (*copy)(char *from, caddr_t to, u_int size));
struct mbuf *m_uiotombuf(struct uio *uio, int how, int size, int align, int flags);
struct mbuf *m_pullup(struct mbuf *m, int size);
struct mbuf *m_copyup(struct mbuf *m, int size, int offset);
struct mbuf *m_pulldown(struct mbuf *m, int offset, int size, int *at);
struct mbuf *m_defrag(struct mbuf *m, int how);
struct mbuf *m_collapse(struct mbuf *m, int how, int parts);
struct mbuf *m_dup(const struct mbuf *m, int how);
struct mbuf *m_copypacket(struct mbuf *m, int how);
struct mbuf *m_copym(struct mbuf *m, int offset, int size, int how);
struct mbuf *m_unshare(struct mbuf *m, int how);
struct mbuf *m_prepend(struct mbuf *m, int size, int how);
struct mbuf *m_free(struct mbuf *m);
void m_freem(struct mbuf *m);
void m_copydata(const struct mbuf *m, int offset, int size, caddr_t to);
void m_copyback(struct mbuf *m, int offset, int size, c_caddr_t from);
void m_copy_pkthdr(struct mbuf *to, struct mbuf *from);
u_int m_length(struct mbuf *m, struct mbuf **last);
void m_cat(struct mbuf *m, struct mbuf *n);
int m_dup_pkthdr(struct mbuf *to, const struct mbuf *from, int how);
int mbufq_enqueue(struct mbufq *queue, struct mbuf *m);
struct mbuf *mbufq_dequeue(struct mbufq *queue);

/* ---- interfaces ---- */
#define IFNAMSIZ 16
#define IFF_UP 0x1
#define IFF_BROADCAST 0x2
#define IFF_DEBUG 0x4
#define IFF_DRV_RUNNING 0x40
#define IFF_PROMISC 0x100
#define IFF_ALLMULTI 0x200
#define IFF_DRV_OACTIVE 0x400
#define IFF_SIMPLEX 0x800
#define IFF_LINK0 0x1000
#define IFF_MULTICAST 0x8000
#define IFT_ETHER 0x6
#define IFT_L2VLAN 0x87
#define IFQ_MAXLEN 50
#define IFCAP_RXCSUM 0x00001
#define IFCAP_TXCSUM 0x00002
#define IFCAP_VLAN_MTU 0x00008
#define IFCAP_VLAN_HWTAGGING 0x00010
#define IFCAP_JUMBO_MTU 0x00020
#define LINK_STATE_UP 2
#define LINK_STATE_DOWN 1
typedef enum { IFCOUNTER_IPACKETS = 0, IFCOUNTER_IERRORS, IFCOUNTER_OPACKETS, IFCOUNTER_OERRORS, IFCOUNTER_COLLISIONS, IFCOUNTER_IBYTES,
    IFCOUNTER_OBYTES, IFCOUNTER_IMCASTS, IFCOUNTER_OMCASTS, IFCOUNTER_IQDROPS, IFCOUNTER_OQDROPS, IFCOUNTER_NOPROTO } ift_counter;
struct sockaddr { unsigned char sa_len, sa_family; char sa_data[14]; };
struct route;
struct bpf_if;
struct ifaltq { struct mbuf *ifq_head, *ifq_tail; int ifq_len, ifq_maxlen, ifq_drv_maxlen; };
struct if_data { u_char ifi_type, ifi_physical, ifi_addrlen, ifi_hdrlen, ifi_link_state; uint32_t ifi_mtu; uint64_t ifi_baudrate; };
typedef void (*if_start_fn_t)(if_t ifp);
typedef int (*if_ioctl_fn_t)(if_t ifp, u_long command, caddr_t data);
typedef void (*if_init_fn_t)(void *softc);
typedef void (*if_input_fn_t)(if_t ifp, struct mbuf *m);
typedef int (*if_transmit_fn_t)(if_t ifp, struct mbuf *m);
typedef int (*if_output_fn_t)(if_t ifp, struct mbuf *m, const struct sockaddr *to, struct route *route);
typedef void (*if_qflush_fn_t)(if_t ifp);
struct ifnet {
    void *if_softc, *if_l2com, *if_llsoftc; char if_xname[IFNAMSIZ]; const char *if_dname; int if_dunit, if_flags, if_drv_flags, if_capabilities, if_capenable;
    uint64_t if_hwassist; u_char if_type, if_addrlen, if_hdrlen, if_link_state; uint32_t if_mtu; uint64_t if_baudrate; struct ifaltq if_snd; struct bpf_if *if_bpf;
    if_init_fn_t if_init; if_ioctl_fn_t if_ioctl; if_start_fn_t if_start; if_input_fn_t if_input; if_transmit_fn_t if_transmit; if_output_fn_t if_output; if_qflush_fn_t if_qflush;
};
if_t if_alloc(u_char type);
void if_free(if_t ifp);
void if_initname(if_t ifp, const char *name, int unit);
void if_inc_counter(if_t ifp, ift_counter counter, int64_t by);
void if_link_state_change(if_t ifp, int state);
void if_setstartfn(if_t ifp, if_start_fn_t start);
void if_setinputfn(if_t ifp, if_input_fn_t input);
void if_settransmitfn(if_t ifp, if_transmit_fn_t transmit);
void if_setoutputfn(if_t ifp, if_output_fn_t output);
void if_setqflushfn(if_t ifp, if_qflush_fn_t flush);
void if_setioctlfn(if_t ifp, if_ioctl_fn_t ioctl);
void if_setinitfn(if_t ifp, if_init_fn_t init);
void if_setsoftc(if_t ifp, void *softc);
void *if_getsoftc(if_t ifp);
int if_getmtu(if_t ifp);
int if_getflags(if_t ifp);
int if_getdrvflags(if_t ifp);
int if_setdrvflagbits(if_t ifp, int set, int clear);
int if_getcapenable(if_t ifp);
void if_input(if_t ifp, struct mbuf *m);
int if_transmit(if_t ifp, struct mbuf *m);
struct mbuf *if_dequeue(if_t ifp);
bool if_sendq_empty(if_t ifp);
int if_sendq_prepend(if_t ifp, struct mbuf *m);
void if_etherbpfmtap(if_t ifp, struct mbuf *m);
void if_bpfmtap(if_t ifp, struct mbuf *m);
void ether_ifattach(if_t ifp, const uint8_t *address);
void ether_ifdetach(if_t ifp);
int ether_output_frame(if_t ifp, struct mbuf *m);
int ether_output(if_t ifp, struct mbuf *m, const struct sockaddr *to, struct route *route);
int ether_ioctl(if_t ifp, u_long command, caddr_t data);
void ether_vlan_mtap(struct bpf_if *bpf, struct mbuf *m, void *data, u_int size);
void bpf_mtap(struct bpf_if *bpf, struct mbuf *m);
void bpfattach(if_t ifp, u_int type, u_int header);
#define BPF_MTAP(ifp, m) bpf_mtap((ifp)->if_bpf, (m))
#define ETHER_BPF_MTAP(ifp, m) bpf_mtap((ifp)->if_bpf, (m))
#define BPF_MTAP2(ifp, data, size, m) ((void)0)
int netisr_dispatch(u_int protocol, struct mbuf *m);
int netisr_queue(u_int protocol, struct mbuf *m);
#define NETISR_IP 1
#define NETISR_ARP 4
#define NETISR_ETHER 5
#define NETISR_IPV6 6

/* ---- queues: the macros assign; the functions below are what they do to the frame ---- */
struct mbuf *lenaudit_ifq_take(struct ifaltq *queue);
int lenaudit_ifq_put(struct ifaltq *queue, struct mbuf *m);
#define IFQ_SET_MAXLEN(queue, size) ((void)0)
#define IFQ_SET_READY(queue) ((void)0)
#define IFQ_IS_EMPTY(queue) ((queue)->ifq_len == 0)
#define IFQ_DRV_IS_EMPTY(queue) ((queue)->ifq_len == 0)
#define IFQ_DEQUEUE(queue, m) ((m) = lenaudit_ifq_take(queue))
#define IFQ_DRV_DEQUEUE(queue, m) ((m) = lenaudit_ifq_take(queue))
#define IF_DEQUEUE(queue, m) ((m) = lenaudit_ifq_take(queue))
#define IFQ_DRV_PREPEND(queue, m) ((void)lenaudit_ifq_put((queue), (m)))
#define IFQ_ENQUEUE(queue, m, error) ((error) = lenaudit_ifq_put((queue), (m)))
#define IFQ_HANDOFF(ifp, m, error) ((error) = lenaudit_ifq_put(&(ifp)->if_snd, (m)))
#define IF_ENQUEUE(queue, m) ((void)lenaudit_ifq_put((queue), (m)))
struct buf_ring;
int drbr_enqueue(if_t ifp, struct buf_ring *ring, struct mbuf *m);
struct mbuf *drbr_peek(if_t ifp, struct buf_ring *ring);
void drbr_putback(if_t ifp, struct buf_ring *ring, struct mbuf *m);
void drbr_advance(if_t ifp, struct buf_ring *ring);
int buf_ring_enqueue(struct buf_ring *ring, void *m);
struct lro_ctrl { int lro_cnt; };
int tcp_lro_rx(struct lro_ctrl *lro, struct mbuf *m, uint32_t checksum);
void tcp_lro_flush_all(struct lro_ctrl *lro);

/* ---- buses, DMA, character devices, locks ---- */
typedef struct device *device_t;
typedef struct bus_dma_tag *bus_dma_tag_t;
typedef struct bus_dmamap *bus_dmamap_t;
typedef struct bus_dma_segment { bus_addr_t ds_addr; bus_size_t ds_len; } bus_dma_segment_t;
typedef void bus_dmamap_callback2_t(void *argument, bus_dma_segment_t *segments, int count, bus_size_t size, int error);
#define BUS_DMA_WAITOK 0
#define BUS_DMA_NOWAIT 1
#define BUS_DMASYNC_PREREAD 1
#define BUS_DMASYNC_POSTREAD 2
#define BUS_DMASYNC_PREWRITE 4
#define BUS_DMASYNC_POSTWRITE 8
int bus_dmamap_load_mbuf_sg(bus_dma_tag_t tag, bus_dmamap_t map, struct mbuf *m, bus_dma_segment_t *segments, int *count, int flags);
int bus_dmamap_load_mbuf(bus_dma_tag_t tag, bus_dmamap_t map, struct mbuf *m, bus_dmamap_callback2_t *callback, void *argument, int flags);
void bus_dmamap_sync(bus_dma_tag_t tag, bus_dmamap_t map, int operation);
void bus_dmamap_unload(bus_dma_tag_t tag, bus_dmamap_t map);
void *device_get_softc(device_t dev);
int device_printf(device_t dev, const char *format, ...);
int if_printf(if_t ifp, const char *format, ...);
int printf(const char *format, ...);
#define log(...) ((void)0)
struct cdev { void *si_drv1, *si_drv2; };
struct uio { void *uio_iov; int uio_iovcnt; off_t uio_offset; ssize_t uio_resid; int uio_segflg, uio_rw; };
struct thread;
typedef int d_open_t(struct cdev *dev, int flags, int mode, struct thread *thread);
typedef int d_read_t(struct cdev *dev, struct uio *uio, int flags);
typedef int d_write_t(struct cdev *dev, struct uio *uio, int flags);
typedef int d_ioctl_t(struct cdev *dev, u_long command, caddr_t data, int flags, struct thread *thread);
struct cdevsw { int d_version; u_int d_flags; const char *d_name; d_open_t *d_open; d_open_t *d_close; d_read_t *d_read; d_write_t *d_write; d_ioctl_t *d_ioctl; };
#define D_VERSION 0x17122009
int uiomove(void *at, int size, struct uio *uio);
struct mtx { int lock; };
#define MTX_DEF 0
#define MTX_NETWORK_LOCK "network driver"
void mtx_lock(struct mtx *lock);
void mtx_unlock(struct mtx *lock);
void mtx_assert(const struct mtx *lock, int what);
#define MA_OWNED 1
struct epoch_tracker { int unused; };
#define NET_EPOCH_ENTER(tracker) ((void)(tracker))
#define NET_EPOCH_EXIT(tracker) ((void)(tracker))
#define CURVNET_SET(vnet) ((void)0)
#define CURVNET_RESTORE() ((void)0)
void *malloc(size_t size, struct malloc_type *type, int flags);
void free(void *at, struct malloc_type *type);
void bzero(void *at, size_t size);
void bcopy(const void *from, void *to, size_t size);
int bcmp(const void *left, const void *right, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *at, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);
int copyin(const void *user, void *to, size_t size);
void panic(const char *format, ...);
/* netgraph: a node's hooks hand packets in as items */
typedef struct ng_hook *hook_p;
typedef struct ng_item *item_p;
#endif
