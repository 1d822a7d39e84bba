/* Enough of Zephyr for a small Ethernet driver: names and meanings as at docs.zephyrproject.org. */
#ifndef ORACLE_ZEPHYR_H
#define ORACLE_ZEPHYR_H
#include "oracle_net.h"

#undef __packed
#define __packed ORACLE_PACKED
#define ARG_UNUSED(x) ((void)(x))
#define CONTAINER_OF(at, type, member) ((type *)((char *)(at) - offsetof(type, member)))
#define __ASSERT(test, ...) ((void)0)
#define LOG_MODULE_REGISTER(...) struct oracle_nothing
#define LOG_ERR(...) ((void)0)
#define LOG_WRN(...) ((void)0)
#define LOG_DBG(...) ((void)0)
#define sys_cpu_to_be16(x) ORACLE_SWAP16(x)
#define sys_be16_to_cpu(x) ORACLE_SWAP16(x)
typedef int64_t k_timeout_t;
#define K_NO_WAIT 0
#define AF_UNSPEC 0
#define NET_ETH_MTU 1500
#define NET_ETH_MAX_FRAME_SIZE 1514
#define NET_ETH_MINIMAL_FRAME_SIZE 60
#define NET_IPV4H_LEN 20
#define NET_IPV6H_LEN 40
#define NET_UDPH_LEN 8
#define NET_TCPH_LEN 20
#define NET_ETH_PTYPE_IP 0x0800
#define NET_ETH_PTYPE_ARP 0x0806
#define NET_ETH_PTYPE_VLAN 0x8100
#define NET_ETH_PTYPE_IPV6 0x86dd
struct net_eth_addr { uint8_t addr[6]; };
struct net_eth_hdr { struct net_eth_addr dst, src; uint16_t type; } __packed;
struct net_ipv4_hdr { uint8_t vhl, tos; uint16_t len; uint8_t id[2], offset[2], ttl, proto; uint16_t chksum; uint8_t src[4], dst[4]; } __packed;
struct net_ipv6_hdr { uint8_t vtc, tcflow; uint16_t flow, len; uint8_t nexthdr, hop_limit, src[16], dst[16]; } __packed;
struct net_udp_hdr { uint16_t src_port, dst_port, len, chksum; } __packed;
struct net_arp_hdr { uint16_t hwtype, protocol; uint8_t hwlen, protolen; uint16_t opcode; uint8_t addresses[20]; } __packed;
struct device { const char *name; const void *config, *api; void *data; };
struct net_if { const struct device *dev; uint16_t mtu; };
struct net_buf { struct net_buf *frags; uint8_t *data; uint16_t len, size; };
struct net_pkt { struct net_if *iface; struct net_buf *buffer, *frags; size_t oracle_at; };
struct net_if_api { void (*init)(struct net_if *iface); };
struct ethernet_api {
    struct net_if_api iface_api; int (*start)(const struct device *dev), (*stop)(const struct device *dev);
    int (*send)(const struct device *dev, struct net_pkt *pkt);
};
#define NET_ETH_HDR(pkt) ((struct net_eth_hdr *)net_pkt_data(pkt))
size_t net_pkt_get_len(const struct net_pkt *pkt);
uint8_t *net_pkt_data(const struct net_pkt *pkt);
int net_pkt_read(struct net_pkt *pkt, void *to, size_t size);
int net_pkt_write(struct net_pkt *pkt, const void *data, size_t size);
struct net_pkt *net_pkt_rx_alloc_with_buffer(struct net_if *iface, size_t size, int family, int proto, k_timeout_t wait);
void net_pkt_unref(struct net_pkt *pkt);
int net_recv_data(struct net_if *iface, struct net_pkt *pkt);
struct net_if *net_pkt_iface(const struct net_pkt *pkt);

struct net_pkt *oracle_net_pkt(unsigned char *frame, size_t length);
#endif
