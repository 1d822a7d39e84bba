/*
 * Zephyr as an Ethernet driver sees it: net_pkt, net_buf, net_if, the driver API. Written from the interface that
 * Zephyr's documentation describes (docs.zephyrproject.org: Network Packet Management, Network Buffers, Ethernet
 * Management); names and layouts only. Calls that return 0 on success are macros whose value is 0: what a driver does
 * when memory runs out is not its length policy.
 */
#ifndef LENAUDIT_EMBEDDED_ZEPHYR_H
#define LENAUDIT_EMBEDDED_ZEPHYR_H

#include "embedded_net.h"

typedef int64_t k_timeout_t;
#define K_NO_WAIT 0
#define K_FOREVER (-1)
#define K_MSEC(x) (x)
#define NET_ETH_ADDR_LEN 6
#define NET_ETH_MTU 1500
#define NET_ETH_MAX_FRAME_SIZE 1514
#define NET_ETH_MAX_HDR_SIZE 14
#define NET_IPV4H_LEN 20
#define NET_IPV6H_LEN 40
#define NET_UDPH_LEN 8
#define NET_TCPH_LEN 20
#define NET_ICMPH_LEN 4
#define NET_ETH_PTYPE_IP 0x0800
#define NET_ETH_PTYPE_ARP 0x0806
#define NET_ETH_PTYPE_VLAN 0x8100
#define NET_ETH_PTYPE_IPV6 0x86dd
#define NET_ETH_PTYPE_EAPOL 0x888e
#define NET_ETH_PTYPE_LLDP 0x88cc
#define NET_ETH_PTYPE_PTP 0x88f7
#define NET_ETH_MINIMAL_FRAME_SIZE 60
#define AF_UNSPEC 0
#define AF_INET 1
#define AF_INET6 2
#define NET_AF_UNSPEC 0
#define ARG_UNUSED(x) ((void)(x))
#define __packed __attribute__((packed))
#define CONTAINER_OF(at, type, member) ((type *)((char *)(at) - offsetof(type, member)))
#define IS_ENABLED(option) 1
#define BUILD_ASSERT(...)
#define __ASSERT(test, ...) __lenaudit_assert(!!(test))
#define __ASSERT_NO_MSG(test) __lenaudit_assert(!!(test))
#define LOG_MODULE_REGISTER(...)
#define LOG_MODULE_DECLARE(...)
#define LOG_ERR(...) ((void)0)
#define LOG_WRN(...) ((void)0)
#define LOG_INF(...) ((void)0)
#define LOG_DBG(...) ((void)0)
#define LOG_HEXDUMP_DBG(...) ((void)0)
#define NET_DBG(...) ((void)0)
#define NET_ERR(...) ((void)0)
#define NET_ASSERT(test, ...) __lenaudit_assert(!!(test))
#define sys_cpu_to_be16(x) LENAUDIT_SWAP16(x)
#define sys_be16_to_cpu(x) LENAUDIT_SWAP16(x)
#define sys_cpu_to_be32(x) LENAUDIT_SWAP32(x)
#define sys_be32_to_cpu(x) LENAUDIT_SWAP32(x)

struct net_eth_addr { uint8_t addr[6]; };
struct net_eth_hdr { struct net_eth_addr dst; struct net_eth_addr src; uint16_t type; } __packed;
struct net_eth_vlan_hdr { struct net_eth_addr dst; struct net_eth_addr src; struct { uint16_t tpid; uint16_t tci; } vlan; uint16_t type; } __packed;
struct net_ipv4_hdr { uint8_t vhl, tos; uint16_t len; uint8_t id[2], offset[2]; uint8_t ttl, proto; uint16_t chksum; uint8_t src[4], dst[4]; } __packed;
struct net_ipv6_hdr { uint8_t vtc, tcflow; uint16_t flow, len; uint8_t nexthdr, hop_limit; uint8_t src[16], dst[16]; } __packed;
struct net_udp_hdr { uint16_t src_port, dst_port, len, chksum; } __packed;
struct net_arp_hdr { uint16_t hwtype, protocol; uint8_t hwlen, protolen; uint16_t opcode; struct net_eth_addr src_hwaddr; uint8_t src_ipaddr[4]; struct net_eth_addr dst_hwaddr; uint8_t dst_ipaddr[4]; } __packed;
struct net_linkaddr { uint8_t *addr; uint8_t len, type; };
struct device { const char *name; const void *config, *api; void *data; };
struct net_if { const struct device *dev; uint16_t mtu; };
struct net_buf { struct net_buf *frags; uint8_t ref, flags; uint8_t *data; uint16_t len, size; uint8_t *__buf; void *user_data; };
struct net_pkt { void *context, *iface; struct net_buf *buffer, *frags; struct { struct net_buf *buf; uint8_t *pos; } cursor; uint8_t family; };
#define NET_ETH_HDR(pkt) ((struct net_eth_hdr *)net_pkt_data(pkt))

struct net_if_api { void (*init)(struct net_if *iface); };
struct net_stats_eth;
struct ethernet_config;
struct ethernet_api {
    struct net_if_api iface_api; struct net_stats_eth *(*get_stats)(const struct device *dev);
    int (*start)(const struct device *dev); int (*stop)(const struct device *dev); int (*get_capabilities)(const struct device *dev);
    int (*set_config)(const struct device *dev, int type, const struct ethernet_config *config);
    const struct device *(*get_phy)(const struct device *dev); int (*send)(const struct device *dev, struct net_pkt *pkt);
};
struct dummy_api { struct net_if_api iface_api; int (*send)(const struct device *dev, struct net_pkt *pkt); int (*start)(const struct device *dev); int (*stop)(const struct device *dev); };

size_t net_pkt_get_len(const struct net_pkt *pkt);
uint8_t *net_pkt_data(const struct net_pkt *pkt);
struct net_if *net_pkt_iface(const struct net_pkt *pkt);
struct net_pkt *net_pkt_rx_alloc_with_buffer(struct net_if *iface, size_t size, int family, int proto, k_timeout_t wait);
struct net_pkt *net_pkt_alloc_with_buffer(struct net_if *iface, size_t size, int family, int proto, k_timeout_t wait);
struct net_pkt *net_pkt_rx_alloc_on_iface(struct net_if *iface, k_timeout_t wait);
struct net_pkt *net_pkt_rx_alloc(k_timeout_t wait);
struct net_pkt *net_pkt_clone(struct net_pkt *pkt, k_timeout_t wait);
struct net_pkt *net_pkt_ref(struct net_pkt *pkt);
void net_pkt_unref(struct net_pkt *pkt);
struct net_buf *net_pkt_get_reserve_rx_data(size_t room, k_timeout_t wait);
struct net_buf *net_pkt_get_frag(struct net_pkt *pkt, size_t room, k_timeout_t wait);
void net_pkt_append_buffer(struct net_pkt *pkt, struct net_buf *buffer);
void net_pkt_frag_insert(struct net_pkt *pkt, struct net_buf *buffer);
void net_pkt_frag_add(struct net_pkt *pkt, struct net_buf *buffer);
void net_pkt_cursor_init(struct net_pkt *pkt);
void net_pkt_set_overwrite(struct net_pkt *pkt, bool overwrite);
void net_pkt_set_iface(struct net_pkt *pkt, struct net_if *iface);
void *lenaudit_net_pkt_write(struct net_pkt *pkt, const void *data, size_t size);
int lenaudit_net_pkt_read(struct net_pkt *pkt, void *to, size_t size);
int lenaudit_net_recv_data(struct net_if *iface, struct net_pkt *pkt);
#define net_pkt_write(pkt, data, size) (lenaudit_net_pkt_write((pkt), (data), (size)), 0)
#define net_pkt_read(pkt, to, size) (lenaudit_net_pkt_read((pkt), (to), (size)), 0)
#define net_recv_data(iface, pkt) (lenaudit_net_recv_data((iface), (pkt)), 0)
void *net_buf_add(struct net_buf *buf, size_t size);
void *net_buf_add_mem(struct net_buf *buf, const void *data, size_t size);
void *net_buf_push(struct net_buf *buf, size_t size);
void *net_buf_pull(struct net_buf *buf, size_t size);
size_t net_buf_frags_len(const struct net_buf *buf);
size_t net_buf_tailroom(const struct net_buf *buf);
void net_buf_reserve(struct net_buf *buf, size_t room);
void net_buf_unref(struct net_buf *buf);
void eth_stats_update_errors_rx(struct net_if *iface);
void eth_stats_update_errors_tx(struct net_if *iface);
void net_eth_carrier_on(struct net_if *iface);
void net_eth_carrier_off(struct net_if *iface);
void ethernet_init(struct net_if *iface);
int net_if_set_link_addr(struct net_if *iface, uint8_t *addr, uint8_t size, int type);
const struct device *net_if_get_device(struct net_if *iface);
#endif
