/*
 * Enough of DPDK to compile and run a small poll-mode driver or forwarding step in a process: names and meanings as in
 * the Programmer's Guide and the API reference of doc.dpdk.org; wire formats as in the RFCs.
 */
#ifndef ORACLE_DPDK_H
#define ORACLE_DPDK_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

typedef uint16_t rte_be16_t, rte_le16_t;
typedef uint32_t rte_be32_t;
#define __rte_packed __attribute__((packed))
#define __rte_unused __attribute__((unused))
#define __rte_always_inline inline
#define RTE_MIN(a, b) ((a) < (b) ? (a) : (b))
#define RTE_MAX(a, b) ((a) > (b) ? (a) : (b))
#define RTE_SET_USED(x) ((void)(x))
#define RTE_ASSERT(test) ((void)0)
#define RTE_LOG(...) ((void)0)
#define RTE_PMD_REGISTER_VDEV(name, driver) struct oracle_nothing
#define rte_prefetch0(x) ((void)(x))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define rte_bswap16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define rte_bswap32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define rte_cpu_to_be_16(x) rte_bswap16(x)
#define rte_be_to_cpu_16(x) rte_bswap16(x)
#define rte_be_to_cpu_32(x) rte_bswap32(x)
#define RTE_BE16(x) rte_bswap16(x)

/* ---- wire formats ---- */
#define RTE_ETHER_ADDR_LEN 6
#define RTE_ETHER_CRC_LEN 4
#define RTE_ETHER_HDR_LEN 14
#define RTE_ETHER_MIN_LEN 64
#define RTE_ETHER_MAX_LEN 1518
#define RTE_ETHER_MTU 1500
#define RTE_VLAN_HLEN 4
#define RTE_ETHER_MAX_VLAN_FRAME_LEN 1522
#define RTE_ETHER_TYPE_IPV4 0x0800
#define RTE_ETHER_TYPE_ARP 0x0806
#define RTE_ETHER_TYPE_VLAN 0x8100
#define RTE_ETHER_TYPE_IPV6 0x86DD
struct rte_ether_addr { uint8_t addr_bytes[6]; };
struct rte_ether_hdr { struct rte_ether_addr dst_addr, src_addr; rte_be16_t ether_type; } __rte_packed;
struct rte_vlan_hdr { rte_be16_t vlan_tci, eth_proto; } __rte_packed;
struct rte_arp_hdr { rte_be16_t arp_hardware, arp_protocol; uint8_t arp_hlen, arp_plen; rte_be16_t arp_opcode; uint8_t arp_data[20]; } __rte_packed;
struct rte_ipv4_hdr { uint8_t version_ihl, type_of_service; rte_be16_t total_length, packet_id, fragment_offset; uint8_t time_to_live, next_proto_id; rte_be16_t hdr_checksum; rte_be32_t src_addr, dst_addr; } __rte_packed;
struct rte_ipv6_hdr { rte_be32_t vtc_flow; rte_be16_t payload_len; uint8_t proto, hop_limits, src_addr[16], dst_addr[16]; } __rte_packed;
struct rte_udp_hdr { rte_be16_t src_port, dst_port, dgram_len, dgram_cksum; } __rte_packed;
struct rte_tcp_hdr { rte_be16_t src_port, dst_port; rte_be32_t sent_seq, recv_ack; uint8_t data_off, tcp_flags; rte_be16_t rx_win, cksum, tcp_urp; } __rte_packed;

/* ---- packets and ports ---- */
struct rte_mempool;
struct rte_mbuf {
	void *buf_addr;
	uint16_t data_off, refcnt, nb_segs, port, vlan_tci, buf_len, data_len;
	uint64_t ol_flags;
	uint32_t pkt_len, packet_type;
	struct rte_mempool *pool;
	struct rte_mbuf *next;
};
struct rte_eth_dev;
struct rte_eth_dev_tx_buffer;
typedef uint16_t (*eth_tx_burst_t)(void *queue, struct rte_mbuf **packets, uint16_t count);
struct rte_eth_dev { eth_tx_burst_t rx_pkt_burst, tx_pkt_burst; void *data; };
struct eth_dev_ops { int (*dev_configure)(struct rte_eth_dev *dev), (*dev_start)(struct rte_eth_dev *dev), (*dev_stop)(struct rte_eth_dev *dev); };
#define rte_pktmbuf_mtod_offset(m, type, offset) ((type)((char *)(m)->buf_addr + (m)->data_off + (offset)))
#define rte_pktmbuf_mtod(m, type) rte_pktmbuf_mtod_offset(m, type, 0)
#define rte_pktmbuf_pkt_len(m) ((m)->pkt_len)
#define rte_pktmbuf_data_len(m) ((m)->data_len)
void rte_pktmbuf_free(struct rte_mbuf *m);
struct rte_mbuf *rte_pktmbuf_alloc(struct rte_mempool *pool);
struct rte_mbuf *rte_pktmbuf_clone(struct rte_mbuf *m, struct rte_mempool *pool);
char *rte_pktmbuf_append(struct rte_mbuf *m, uint16_t size);
char *rte_pktmbuf_prepend(struct rte_mbuf *m, uint16_t size);
char *rte_pktmbuf_adj(struct rte_mbuf *m, uint16_t size);
int rte_pktmbuf_trim(struct rte_mbuf *m, uint16_t size);
const void *rte_pktmbuf_read(const struct rte_mbuf *m, uint32_t offset, uint32_t size, void *room);
uint16_t rte_eth_tx_buffer(uint16_t port, uint16_t queue, struct rte_eth_dev_tx_buffer *buffer, struct rte_mbuf *m);
uint16_t rte_eth_tx_burst(uint16_t port, uint16_t queue, struct rte_mbuf **packets, uint16_t count);
#define rte_memcpy(to, from, size) memcpy(to, from, size)

/* ---- for the harness ---- */
struct rte_mbuf *oracle_mbuf(unsigned char *frame, size_t length);
struct rte_mbuf **oracle_mbuf_at(unsigned char *frame, size_t length);
#endif
