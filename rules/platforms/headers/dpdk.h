/*
 * DPDK as a poll-mode driver or an application sees it: rte_mbuf, ethdev, the wire formats. Written from the interface
 * that DPDK's documentation describes (doc.dpdk.org: Programmer's Guide, "Mbuf Library" and "Poll Mode Driver"; API
 * reference of rte_mbuf.h, rte_ethdev.h, ethdev_driver.h, rte_ether.h, rte_ip.h, rte_udp.h) and the wire formats (IEEE
 * 802.3 and 802.1Q, RFC 791, 8200, 768, 793, 826); names and layouts only. What functions do to a frame is in dpdk.toml.
 */
#ifndef LENAUDIT_DPDK_H
#define LENAUDIT_DPDK_H

#include <stddef.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdbool.h>
#include <limits.h>
#include <string.h>

typedef long ssize_t;
typedef unsigned int uint, u_int;
typedef uint16_t rte_be16_t, rte_le16_t;
typedef uint32_t rte_be32_t, rte_le32_t;
typedef uint64_t rte_iova_t, phys_addr_t;
#define EIO 5
#define EAGAIN 11
#define ENOMEM 12
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define ENOSPC 28
#define EMSGSIZE 90
#define ENOTSUP 95
#define ENOBUFS 105

#define __rte_packed __attribute__((packed))
#define __rte_packed_begin
#define __rte_packed_end __attribute__((packed))
#define __rte_aligned(x) __attribute__((aligned(x)))
#define __rte_cache_aligned
#define __rte_unused
#define __rte_always_inline inline
#define __rte_noinline
#define __rte_hot
#define __rte_cold
#define __rte_internal
#define __rte_experimental
#define rte_unused
#define rte_prefetch0(x) ((void)(x))
#define rte_prefetch1(x) ((void)(x))
#define rte_compiler_barrier() ((void)0)
#define rte_wmb() ((void)0)
#define rte_rmb() ((void)0)
#define rte_mb() ((void)0)
#define rte_io_wmb() ((void)0)
#define rte_io_rmb() ((void)0)
#define rte_pause() ((void)0)
#define RTE_SET_USED(x) ((void)(x))
#define RTE_MIN(a, b) ((a) < (b) ? (a) : (b))
#define RTE_MAX(a, b) ((a) > (b) ? (a) : (b))
#define RTE_DIM(x) (sizeof(x) / sizeof((x)[0]))
#define RTE_PTR_ADD(at, by) ((void *)((char *)(at) + (by)))
#define RTE_PTR_SUB(at, by) ((void *)((char *)(at) - (by)))
#define RTE_ALIGN(x, to) (((x) + ((to) - 1)) & ~((to) - 1))
#define RTE_CACHE_LINE_SIZE 64
#define RTE_PKTMBUF_HEADROOM 128
#define RTE_MBUF_DEFAULT_DATAROOM 2048
#define RTE_MBUF_DEFAULT_BUF_SIZE (RTE_MBUF_DEFAULT_DATAROOM + RTE_PKTMBUF_HEADROOM)
#define RTE_MAX_ETHPORTS 32
#ifndef likely
#define likely(x) (x)
#define unlikely(x) (x)
#endif
void __lenaudit_assert(int holds);
#define RTE_ASSERT(test) __lenaudit_assert(!!(test))
#define RTE_VERIFY(test) __lenaudit_assert(!!(test))
#define RTE_BUILD_BUG_ON(test) ((void)0)
#define RTE_LOG(...) ((void)0)
#define RTE_LOG_DP(...) ((void)0)
#define RTE_PMD_REGISTER_PCI(name, driver) struct lenaudit_id
#define RTE_PMD_REGISTER_VDEV(name, driver) struct lenaudit_id
#define RTE_PMD_REGISTER_PARAM_STRING(name, text) struct lenaudit_id
#define RTE_LOG_REGISTER_DEFAULT(name, level) static int name
#define RTE_INIT(name) static void name(void)
#define RTE_ETHDEV_LOG(...) ((void)0)
struct lenaudit_id;

#define rte_bswap16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define rte_bswap32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define rte_cpu_to_be_16(x) rte_bswap16(x)
#define rte_be_to_cpu_16(x) rte_bswap16(x)
#define rte_cpu_to_be_32(x) rte_bswap32(x)
#define rte_be_to_cpu_32(x) rte_bswap32(x)
#define rte_cpu_to_le_16(x) ((uint16_t)(x))
#define rte_le_to_cpu_16(x) ((uint16_t)(x))
#define rte_cpu_to_le_32(x) ((uint32_t)(x))
#define rte_le_to_cpu_32(x) ((uint32_t)(x))
#define rte_cpu_to_le_64(x) ((uint64_t)(x))
#define rte_le_to_cpu_64(x) ((uint64_t)(x))
#define RTE_BE16(x) rte_bswap16(x)
#define RTE_BE32(x) rte_bswap32(x)
#define htons(x) rte_bswap16(x)
#define ntohs(x) rte_bswap16(x)
#define htonl(x) rte_bswap32(x)
#define ntohl(x) rte_bswap32(x)

/* ---- wire formats ---- */
#define RTE_ETHER_ADDR_LEN 6
#define RTE_ETHER_TYPE_LEN 2
#define RTE_ETHER_CRC_LEN 4
#define RTE_ETHER_HDR_LEN 14
#define RTE_ETHER_MIN_LEN 64
#define RTE_ETHER_MAX_LEN 1518
#define RTE_ETHER_MTU 1500
#define RTE_ETHER_MIN_MTU 68
#define RTE_VLAN_HLEN 4
#define RTE_ETHER_MAX_VLAN_FRAME_LEN 1522
#define RTE_ETHER_MAX_JUMBO_FRAME_LEN 0x3F00
#define RTE_ETHER_TYPE_IPV4 0x0800
#define RTE_ETHER_TYPE_ARP 0x0806
#define RTE_ETHER_TYPE_RARP 0x8035
#define RTE_ETHER_TYPE_VLAN 0x8100
#define RTE_ETHER_TYPE_QINQ 0x88A8
#define RTE_ETHER_TYPE_IPV6 0x86DD
#define RTE_ETHER_TYPE_PPPOE_DISCOVERY 0x8863
#define RTE_ETHER_TYPE_PPPOE_SESSION 0x8864
#define RTE_ETHER_TYPE_1588 0x88F7
#define RTE_ETHER_TYPE_SLOW 0x8809
#define RTE_ETHER_TYPE_LLDP 0x88CC
#ifndef IPPROTO_TCP
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_ICMPV6 58
#endif
struct rte_ether_addr { uint8_t addr_bytes[6]; };
struct rte_ether_hdr { struct rte_ether_addr dst_addr; struct rte_ether_addr src_addr; rte_be16_t ether_type; };
struct rte_vlan_hdr { rte_be16_t vlan_tci; rte_be16_t eth_proto; } __rte_packed;
struct rte_arp_ipv4 { struct rte_ether_addr arp_sha; rte_be32_t arp_sip; struct rte_ether_addr arp_tha; rte_be32_t arp_tip; } __rte_packed;
struct rte_arp_hdr { rte_be16_t arp_hardware, arp_protocol; uint8_t arp_hlen, arp_plen; rte_be16_t arp_opcode; struct rte_arp_ipv4 arp_data; } __rte_packed;
struct rte_ipv4_hdr { union { uint8_t version_ihl; struct { uint8_t ihl : 4, version : 4; }; }; uint8_t type_of_service; rte_be16_t total_length, packet_id, fragment_offset; uint8_t time_to_live, next_proto_id; rte_be16_t hdr_checksum; rte_be32_t src_addr, dst_addr; } __rte_packed;
struct rte_ipv6_hdr { rte_be32_t vtc_flow; rte_be16_t payload_len; uint8_t proto, hop_limits; uint8_t src_addr[16], dst_addr[16]; } __rte_packed;
struct rte_udp_hdr { rte_be16_t src_port, dst_port, dgram_len, dgram_cksum; } __rte_packed;
struct rte_tcp_hdr { rte_be16_t src_port, dst_port; rte_be32_t sent_seq, recv_ack; uint8_t data_off, tcp_flags; rte_be16_t rx_win, cksum, tcp_urp; } __rte_packed;
struct rte_icmp_hdr { uint8_t icmp_type, icmp_code; rte_be16_t icmp_cksum, icmp_ident, icmp_seq_nb; } __rte_packed;

/* ---- mbufs ---- */
struct rte_mempool;
struct rte_mbuf {
    void *buf_addr; rte_iova_t buf_iova; uint16_t data_off, refcnt, nb_segs, port; uint64_t ol_flags; uint32_t packet_type; uint32_t pkt_len;
    uint16_t data_len, vlan_tci, vlan_tci_outer, buf_len; union { uint32_t rss; uint32_t usr; } hash; struct rte_mempool *pool; struct rte_mbuf *next;
    union { uint64_t tx_offload; struct { uint64_t l2_len : 7, l3_len : 9, l4_len : 8, tso_segsz : 16, outer_l3_len : 9, outer_l2_len : 7; }; };
};
#define RTE_MBUF_F_RX_VLAN (1ULL << 0)
#define RTE_MBUF_F_RX_VLAN_STRIPPED (1ULL << 6)
#define RTE_MBUF_F_RX_IP_CKSUM_GOOD (1ULL << 7)
#define RTE_MBUF_F_RX_L4_CKSUM_GOOD (1ULL << 8)
#define RTE_MBUF_F_TX_VLAN (1ULL << 57)
#define RTE_MBUF_F_TX_IP_CKSUM (1ULL << 54)
#define RTE_MBUF_F_TX_TCP_SEG (1ULL << 50)
#define RTE_MBUF_F_TX_IPV4 (1ULL << 55)
#define RTE_MBUF_F_TX_IPV6 (1ULL << 56)
void *lenaudit_mbuf_data(const struct rte_mbuf *m);
#define rte_pktmbuf_mtod(m, type) ((type)lenaudit_mbuf_data(m))
#define rte_pktmbuf_mtod_offset(m, type, offset) ((type)((char *)lenaudit_mbuf_data(m) + (offset)))
#define rte_pktmbuf_pkt_len(m) ((m)->pkt_len)
#define rte_pktmbuf_data_len(m) ((m)->data_len)
#define rte_pktmbuf_iova(m) ((m)->buf_iova + (m)->data_off)
#define rte_mbuf_data_iova(m) ((m)->buf_iova + (m)->data_off)
#define rte_mbuf_data_iova_default(m) ((m)->buf_iova + RTE_PKTMBUF_HEADROOM)
#define rte_pktmbuf_adj(m, size) (lenaudit_mbuf_pull((m), (size)), lenaudit_mbuf_data(m))
#define rte_pktmbuf_trim(m, size) (lenaudit_mbuf_trim((m), (m)->pkt_len - (size)), 0)
#define rte_vlan_strip(m) lenaudit_mbuf_edit(m)
#define rte_vlan_insert(m) lenaudit_mbuf_edit(*(m))
#define rte_pktmbuf_linearize(m) lenaudit_mbuf_edit(m)
int lenaudit_mbuf_edit(struct rte_mbuf *m);
void lenaudit_mbuf_pull(struct rte_mbuf *m, uint16_t size);
void lenaudit_mbuf_trim(struct rte_mbuf *m, uint32_t size);
char *rte_pktmbuf_append(struct rte_mbuf *m, uint16_t size);
char *rte_pktmbuf_prepend(struct rte_mbuf *m, uint16_t size);
const void *rte_pktmbuf_read(const struct rte_mbuf *m, uint32_t offset, uint32_t size, void *room);
struct rte_mbuf *rte_pktmbuf_alloc(struct rte_mempool *pool);
struct rte_mbuf *rte_mbuf_raw_alloc(struct rte_mempool *pool);
struct rte_mbuf *rte_pktmbuf_clone(struct rte_mbuf *m, struct rte_mempool *pool);
struct rte_mbuf *rte_pktmbuf_copy(const struct rte_mbuf *m, struct rte_mempool *pool, uint32_t offset, uint32_t size);
int rte_pktmbuf_alloc_bulk(struct rte_mempool *pool, struct rte_mbuf **found, unsigned int count);
void rte_pktmbuf_free(struct rte_mbuf *m);
void rte_pktmbuf_free_seg(struct rte_mbuf *m);
void rte_pktmbuf_free_bulk(struct rte_mbuf **packets, unsigned int count);
void rte_mbuf_raw_free(struct rte_mbuf *m);
int rte_pktmbuf_chain(struct rte_mbuf *head, struct rte_mbuf *tail);
uint16_t rte_pktmbuf_headroom(const struct rte_mbuf *m);
uint16_t rte_pktmbuf_tailroom(const struct rte_mbuf *m);
int rte_pktmbuf_is_contiguous(const struct rte_mbuf *m);
uint16_t rte_pktmbuf_data_room_size(struct rte_mempool *pool);
void *rte_memcpy(void *to, const void *from, size_t size);

/* ---- ports ---- */
struct rte_eth_dev;
struct rte_eth_dev_data { char name[64]; void **rx_queues, **tx_queues; uint16_t nb_rx_queues, nb_tx_queues; void *dev_private; uint16_t mtu, port_id; struct rte_ether_addr *mac_addrs; uint64_t rx_mbuf_alloc_failed; };
typedef uint16_t (*eth_rx_burst_t)(void *queue, struct rte_mbuf **packets, uint16_t count);
typedef uint16_t (*eth_tx_burst_t)(void *queue, struct rte_mbuf **packets, uint16_t count);
typedef uint16_t (*eth_tx_prep_t)(void *queue, struct rte_mbuf **packets, uint16_t count);
struct rte_eth_stats { uint64_t ipackets, opackets, ibytes, obytes, imissed, ierrors, oerrors, rx_nombuf; };
struct rte_eth_dev_info; struct rte_eth_link; struct rte_eth_rxconf; struct rte_eth_txconf; struct rte_eth_conf;
struct eth_dev_ops {
    int (*dev_configure)(struct rte_eth_dev *dev); int (*dev_start)(struct rte_eth_dev *dev); int (*dev_stop)(struct rte_eth_dev *dev); int (*dev_close)(struct rte_eth_dev *dev);
    int (*dev_infos_get)(struct rte_eth_dev *dev, struct rte_eth_dev_info *info); int (*mtu_set)(struct rte_eth_dev *dev, uint16_t mtu);
    int (*link_update)(struct rte_eth_dev *dev, int wait); int (*stats_get)(struct rte_eth_dev *dev, struct rte_eth_stats *stats); int (*stats_reset)(struct rte_eth_dev *dev);
    int (*rx_queue_setup)(struct rte_eth_dev *dev, uint16_t queue, uint16_t count, unsigned int socket, const struct rte_eth_rxconf *conf, struct rte_mempool *pool);
    int (*tx_queue_setup)(struct rte_eth_dev *dev, uint16_t queue, uint16_t count, unsigned int socket, const struct rte_eth_txconf *conf);
    void (*rx_queue_release)(struct rte_eth_dev *dev, uint16_t queue); void (*tx_queue_release)(struct rte_eth_dev *dev, uint16_t queue);
};
struct rte_eth_dev {
    eth_rx_burst_t rx_pkt_burst; eth_tx_burst_t tx_pkt_burst; eth_tx_prep_t tx_pkt_prepare; struct rte_eth_dev_data *data; void *process_private;
    const struct eth_dev_ops *dev_ops; void *device;
};
uint16_t rte_eth_rx_burst(uint16_t port, uint16_t queue, struct rte_mbuf **packets, const uint16_t count);
uint16_t rte_eth_tx_burst(uint16_t port, uint16_t queue, struct rte_mbuf **packets, uint16_t count);
uint16_t rte_eth_tx_prepare(uint16_t port, uint16_t queue, struct rte_mbuf **packets, uint16_t count);
struct rte_eth_dev_tx_buffer;
uint16_t rte_eth_tx_buffer(uint16_t port, uint16_t queue, struct rte_eth_dev_tx_buffer *buffer, struct rte_mbuf *packet);
typedef uint16_t (*rte_rx_callback_fn)(uint16_t port, uint16_t queue, struct rte_mbuf **packets, uint16_t count, uint16_t most, void *argument);
typedef uint16_t (*rte_tx_callback_fn)(uint16_t port, uint16_t queue, struct rte_mbuf **packets, uint16_t count, void *argument);
const void *rte_eth_add_rx_callback(uint16_t port, uint16_t queue, rte_rx_callback_fn function, void *argument);
const void *rte_eth_add_tx_callback(uint16_t port, uint16_t queue, rte_tx_callback_fn function, void *argument);
struct rte_ring;
int rte_ring_enqueue(struct rte_ring *ring, void *object);
int rte_ring_sp_enqueue(struct rte_ring *ring, void *object);
int rte_ring_mp_enqueue(struct rte_ring *ring, void *object);
unsigned int rte_ring_enqueue_burst(struct rte_ring *ring, void *const *objects, unsigned int count, unsigned int *space);
unsigned int rte_ring_dequeue_burst(struct rte_ring *ring, void **objects, unsigned int count, unsigned int *left);
struct rte_kni;
unsigned int rte_kni_tx_burst(struct rte_kni *kni, struct rte_mbuf **packets, unsigned int count);
void *rte_malloc(const char *type, size_t size, unsigned int align);
void *rte_zmalloc(const char *type, size_t size, unsigned int align);
void *rte_zmalloc_socket(const char *type, size_t size, unsigned int align, int socket);
void rte_free(void *at);
void rte_panic(const char *format, ...);
void rte_exit(int code, const char *format, ...);
int rte_is_same_ether_addr(const struct rte_ether_addr *a, const struct rte_ether_addr *b);
int rte_is_multicast_ether_addr(const struct rte_ether_addr *a);
int rte_is_broadcast_ether_addr(const struct rte_ether_addr *a);
void rte_ether_addr_copy(const struct rte_ether_addr *from, struct rte_ether_addr *to);
ssize_t write(int fd, const void *from, size_t size);
ssize_t writev(int fd, const void *parts, int count);
ssize_t read(int fd, void *to, size_t size);
int printf(const char *format, ...);
#endif
