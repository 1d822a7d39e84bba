/*
 * lwIP as a driver sees it: pbuf, netif, the Ethernet and ARP headers. Written from the interface that lwIP's own
 * documentation describes (www.nongnu.org/lwip: pbuf, netif, "Writing a device driver"); names and layouts only.
 */
#ifndef LENAUDIT_EMBEDDED_LWIP_H
#define LENAUDIT_EMBEDDED_LWIP_H

#include "embedded_net.h"

typedef uint8_t u8_t;
typedef int8_t s8_t;
typedef uint16_t u16_t;
typedef int16_t s16_t;
typedef uint32_t u32_t;
typedef int32_t s32_t;
typedef uintptr_t mem_ptr_t;
typedef s8_t err_t;
typedef enum {
    ERR_OK = 0, ERR_MEM = -1, ERR_BUF = -2, ERR_TIMEOUT = -3, ERR_RTE = -4, ERR_INPROGRESS = -5, ERR_VAL = -6,
    ERR_WOULDBLOCK = -7, ERR_USE = -8, ERR_ALREADY = -9, ERR_ISCONN = -10, ERR_CONN = -11, ERR_IF = -12,
    ERR_ABRT = -13, ERR_RST = -14, ERR_CLSD = -15, ERR_ARG = -16
} err_enum_t;

#define LWIP_ARP 1
#define LWIP_ETHERNET 1
#define LWIP_IPV4 1
#define LWIP_NETIF_HOSTNAME 1
#define ETH_PAD_SIZE 0
#define ETH_HWADDR_LEN 6
#define ETHARP_HWADDR_LEN 6
#define NETIF_MAX_HWADDR_LEN 6
#define SIZEOF_ETH_HDR 14
#define SIZEOF_VLAN_HDR 4
#define SIZEOF_ETHARP_HDR 28
#define SIZEOF_ETHARP_PACKET (SIZEOF_ETH_HDR + SIZEOF_ETHARP_HDR)
#define IP_HLEN 20
#define IP6_HLEN 40
#define UDP_HLEN 8
#define TCP_HLEN 20
#define PBUF_LINK_ENCAPSULATION_HLEN 0
#define PBUF_LINK_HLEN 14
#define PBUF_IP_HLEN 20
#define PBUF_TRANSPORT_HLEN 20
enum lwip_ieee_eth_type {
    ETHTYPE_IP = 0x0800, ETHTYPE_ARP = 0x0806, ETHTYPE_WOL = 0x0842, ETHTYPE_RARP = 0x8035, ETHTYPE_VLAN = 0x8100,
    ETHTYPE_IPV6 = 0x86DD, ETHTYPE_PPPOEDISC = 0x8863, ETHTYPE_PPPOE = 0x8864, ETHTYPE_PROFINET = 0x8892,
    ETHTYPE_ETHERCAT = 0x88A4, ETHTYPE_LLDP = 0x88CC, ETHTYPE_PTP = 0x88F7, ETHTYPE_QINQ = 0x9100
};
#define lwip_htons(x) LENAUDIT_SWAP16(x)
#define lwip_ntohs(x) LENAUDIT_SWAP16(x)
#define lwip_htonl(x) LENAUDIT_SWAP32(x)
#define lwip_ntohl(x) LENAUDIT_SWAP32(x)
#define PP_HTONS(x) LENAUDIT_SWAP16(x)
#define PP_NTOHS(x) LENAUDIT_SWAP16(x)
#define PP_HTONL(x) LENAUDIT_SWAP32(x)
#define PP_NTOHL(x) LENAUDIT_SWAP32(x)

#define PACK_STRUCT_BEGIN
#define PACK_STRUCT_END
#define PACK_STRUCT_STRUCT __attribute__((packed))
#define PACK_STRUCT_FIELD(x) x
#define PACK_STRUCT_FLD_8(x) x
#define PACK_STRUCT_FLD_S(x) x
#define LWIP_UNUSED_ARG(x) ((void)(x))
#define LWIP_ASSERT(message, assertion) __lenaudit_assert(!!(assertion))
#define LWIP_ERROR(message, expression, handler) do { if (!(expression)) { handler; } } while (0)
#define LWIP_DEBUGF(debug, message) ((void)0)
#define LWIP_PLATFORM_DIAG(x) ((void)0)
#define LINK_STATS_INC(x) ((void)0)
#define SYS_ARCH_DECL_PROTECT(x) int x
#define SYS_ARCH_PROTECT(x) ((void)(x))
#define SYS_ARCH_UNPROTECT(x) ((void)(x))
#define MIB2_STATS_NETIF_INC(netif, what) ((void)0)
#define MIB2_STATS_NETIF_ADD(netif, what, number) ((void)0)
#define MIB2_INIT_NETIF(netif, type, speed) ((void)0)
#define NETIF_INIT_SNMP(netif, type, speed) ((void)0)

struct eth_addr { u8_t addr[6]; } __attribute__((packed));
struct eth_hdr { struct eth_addr dest; struct eth_addr src; u16_t type; } __attribute__((packed));
struct eth_vlan_hdr { u16_t prio_vid; u16_t tpid; } __attribute__((packed));
typedef struct ip4_addr { u32_t addr; } ip4_addr_t, ip_addr_t;
typedef struct ip4_addr_packed { u32_t addr; } __attribute__((packed)) ip4_addr_p_t;
struct etharp_hdr {
    u16_t hwtype; u16_t proto; u8_t hwlen; u8_t protolen; u16_t opcode;
    struct eth_addr shwaddr; u16_t sipaddr[2]; struct eth_addr dhwaddr; u16_t dipaddr[2];
} __attribute__((packed));
struct ip_hdr {
    u8_t _v_hl; u8_t _tos; u16_t _len; u16_t _id; u16_t _offset; u8_t _ttl; u8_t _proto; u16_t _chksum;
    ip4_addr_p_t src; ip4_addr_p_t dest;
} __attribute__((packed));
struct udp_hdr { u16_t src; u16_t dest; u16_t len; u16_t chksum; } __attribute__((packed));
#define IPH_V(h) ((h)->_v_hl >> 4)
#define IPH_HL(h) ((h)->_v_hl & 0x0f)
#define IPH_LEN(h) ((h)->_len)
#define IPH_PROTO(h) ((h)->_proto)

typedef enum { PBUF_TRANSPORT = 54, PBUF_IP = 34, PBUF_LINK = 14, PBUF_RAW_TX = 0, PBUF_RAW = 0 } pbuf_layer;
typedef enum { PBUF_RAM = 0x280, PBUF_ROM = 0x01, PBUF_REF = 0x41, PBUF_POOL = 0x182 } pbuf_type;
struct pbuf {
    struct pbuf *next; void *payload; u16_t tot_len; u16_t len; u8_t type_internal; u8_t flags; u16_t ref; u8_t if_idx;
};
struct pbuf_custom { struct pbuf pbuf; void (*custom_free_function)(struct pbuf *p); };
struct netif;
typedef err_t (*netif_init_fn)(struct netif *netif);
typedef err_t (*netif_input_fn)(struct pbuf *p, struct netif *inp);
typedef err_t (*netif_output_fn)(struct netif *netif, struct pbuf *p, const ip4_addr_t *ipaddr);
typedef err_t (*netif_linkoutput_fn)(struct netif *netif, struct pbuf *p);
struct netif {
    struct netif *next; ip_addr_t ip_addr, netmask, gw; netif_input_fn input; netif_output_fn output;
    netif_linkoutput_fn linkoutput; void *state; const char *hostname; u16_t mtu; u8_t hwaddr[6]; u8_t hwaddr_len;
    u8_t flags; char name[2]; u8_t num;
};
#define NETIF_FLAG_UP 0x01
#define NETIF_FLAG_BROADCAST 0x02
#define NETIF_FLAG_LINK_UP 0x04
#define NETIF_FLAG_ETHARP 0x08
#define NETIF_FLAG_ETHERNET 0x10
#define NETIF_FLAG_IGMP 0x20

struct pbuf *pbuf_alloc(pbuf_layer layer, u16_t length, pbuf_type type);
struct pbuf *pbuf_alloced_custom(pbuf_layer layer, u16_t length, pbuf_type type, struct pbuf_custom *p, void *payload, u16_t room);
struct pbuf *pbuf_clone(pbuf_layer layer, pbuf_type type, struct pbuf *p);
struct pbuf *pbuf_coalesce(struct pbuf *p, pbuf_layer layer);
u8_t pbuf_free(struct pbuf *p);
void pbuf_ref(struct pbuf *p);
void pbuf_realloc(struct pbuf *p, u16_t size);
u8_t lenaudit_pbuf_pull(struct pbuf *p, size_t size);
u8_t lenaudit_pbuf_push(struct pbuf *p, size_t size);
#define pbuf_remove_header(p, size) (lenaudit_pbuf_pull((p), (size)), 0)
#define pbuf_add_header(p, size) (lenaudit_pbuf_push((p), (size)), 0)
#define pbuf_header(p, grow) ((grow) < 0 ? pbuf_remove_header((p), -(grow)) : pbuf_add_header((p), (grow)))
void pbuf_cat(struct pbuf *head, struct pbuf *tail);
void pbuf_chain(struct pbuf *head, struct pbuf *tail);
err_t pbuf_copy(struct pbuf *to, const struct pbuf *from);
err_t pbuf_take(struct pbuf *to, const void *data, u16_t size);
err_t pbuf_take_at(struct pbuf *to, const void *data, u16_t size, u16_t offset);
u16_t pbuf_copy_partial(const struct pbuf *from, void *to, u16_t size, u16_t offset);
void *pbuf_get_contiguous(const struct pbuf *p, void *to, size_t room, u16_t size, u16_t offset);
u8_t pbuf_get_at(const struct pbuf *p, u16_t offset);
u8_t pbuf_clen(const struct pbuf *p);
err_t ethernet_input(struct pbuf *p, struct netif *netif);
err_t tcpip_input(struct pbuf *p, struct netif *inp);
err_t netif_input(struct pbuf *p, struct netif *inp);
err_t ip_input(struct pbuf *p, struct netif *inp);
err_t ip4_input(struct pbuf *p, struct netif *inp);
err_t etharp_output(struct netif *netif, struct pbuf *p, const ip4_addr_t *ipaddr);
void etharp_input(struct pbuf *p, struct netif *netif);
struct netif *netif_add(struct netif *netif, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gw, void *state, netif_init_fn init, netif_input_fn input);
struct netif *netif_add_noaddr(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input);
void netif_set_default(struct netif *netif);
void netif_set_up(struct netif *netif);
void netif_set_down(struct netif *netif);
void netif_set_link_up(struct netif *netif);
void netif_set_link_down(struct netif *netif);
int netif_is_up(struct netif *netif);
int netif_is_link_up(struct netif *netif);
#endif
