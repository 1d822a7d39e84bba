/* Enough of lwIP for a small driver: names and meanings as at www.nongnu.org/lwip (pbuf, netif). */
#ifndef ORACLE_LWIP_H
#define ORACLE_LWIP_H
#include "oracle_net.h"

typedef uint8_t u8_t;
typedef int8_t s8_t, err_t;
typedef uint16_t u16_t;
typedef int16_t s16_t;
typedef uint32_t u32_t;
enum { ERR_OK = 0, ERR_MEM = -1, ERR_BUF = -2, ERR_TIMEOUT = -3, ERR_VAL = -6, ERR_WOULDBLOCK = -7, ERR_USE = -8, ERR_CONN = -11, ERR_IF = -12, ERR_ARG = -16 };
#define ETH_PAD_SIZE 0
#define ETH_HWADDR_LEN 6
#define SIZEOF_ETH_HDR 14
#define SIZEOF_VLAN_HDR 4
#define SIZEOF_ETHARP_HDR 28
#define SIZEOF_ETHARP_PACKET (SIZEOF_ETH_HDR + SIZEOF_ETHARP_HDR)
#define IP_HLEN 20
#define IP6_HLEN 40
#define UDP_HLEN 8
#define TCP_HLEN 20
enum { ETHTYPE_IP = 0x0800, ETHTYPE_ARP = 0x0806, ETHTYPE_VLAN = 0x8100, ETHTYPE_IPV6 = 0x86DD, ETHTYPE_PPPOEDISC = 0x8863, ETHTYPE_PPPOE = 0x8864 };
#define lwip_htons(x) ORACLE_SWAP16(x)
#define lwip_ntohs(x) ORACLE_SWAP16(x)
#define lwip_ntohl(x) ORACLE_SWAP32(x)
#define PP_HTONS(x) ORACLE_SWAP16(x)
#define PP_NTOHS(x) ORACLE_SWAP16(x)
#define LWIP_UNUSED_ARG(x) ((void)(x))
#define LWIP_ASSERT(message, assertion) ((void)0)
#define LWIP_ERROR(message, expression, handler) do { if (!(expression)) { handler; } } while (0)
#define LWIP_DEBUGF(debug, message) ((void)0)
#define LINK_STATS_INC(x) ((void)0)
#define MIB2_STATS_NETIF_INC(netif, what) ((void)0)
struct eth_addr { u8_t addr[6]; } ORACLE_PACKED;
struct eth_hdr { struct eth_addr dest, src; u16_t type; } ORACLE_PACKED;
struct eth_vlan_hdr { u16_t prio_vid, tpid; } ORACLE_PACKED;
typedef struct ip4_addr { u32_t addr; } ip4_addr_t;
struct etharp_hdr { u16_t hwtype, proto; u8_t hwlen, protolen; u16_t opcode; struct eth_addr shwaddr; u16_t sipaddr[2]; struct eth_addr dhwaddr; u16_t dipaddr[2]; } ORACLE_PACKED;
struct ip_hdr { u8_t _v_hl, _tos; u16_t _len, _id, _offset; u8_t _ttl, _proto; u16_t _chksum; u32_t src, dest; } ORACLE_PACKED;
struct udp_hdr { u16_t src, dest, len, chksum; } ORACLE_PACKED;

typedef enum { PBUF_TRANSPORT, PBUF_IP, PBUF_LINK, PBUF_RAW } pbuf_layer;
typedef enum { PBUF_RAM, PBUF_ROM, PBUF_REF, PBUF_POOL } pbuf_type;
struct pbuf { struct pbuf *next; void *payload; u16_t tot_len, len; u8_t flags; u16_t ref; };
struct netif;
typedef err_t (*netif_init_fn)(struct netif *netif);
typedef err_t (*netif_input_fn)(struct pbuf *p, struct netif *inp);
typedef err_t (*netif_output_fn)(struct netif *netif, struct pbuf *p, const ip4_addr_t *ipaddr);
typedef err_t (*netif_linkoutput_fn)(struct netif *netif, struct pbuf *p);
struct netif {
    struct netif *next; netif_input_fn input; netif_output_fn output; netif_linkoutput_fn linkoutput; void *state;
    u16_t mtu; u8_t hwaddr[6], hwaddr_len, flags; char name[2];
};
#define NETIF_FLAG_BROADCAST 0x02
#define NETIF_FLAG_LINK_UP 0x04
#define NETIF_FLAG_ETHARP 0x08
#define NETIF_FLAG_ETHERNET 0x10
struct pbuf *pbuf_alloc(pbuf_layer layer, u16_t length, pbuf_type type);
u8_t pbuf_free(struct pbuf *p);
void pbuf_realloc(struct pbuf *p, u16_t size);
u8_t pbuf_remove_header(struct pbuf *p, size_t size);
u8_t pbuf_add_header(struct pbuf *p, size_t size);
err_t pbuf_take(struct pbuf *to, const void *data, u16_t size);
u16_t pbuf_copy_partial(const struct pbuf *from, void *to, u16_t size, u16_t offset);
err_t ethernet_input(struct pbuf *p, struct netif *netif);
err_t tcpip_input(struct pbuf *p, struct netif *netif);
err_t etharp_output(struct netif *netif, struct pbuf *p, const ip4_addr_t *ipaddr);
struct netif *netif_add_noaddr(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input);

void oracle_netif(struct netif *netif);
struct pbuf *oracle_pbuf(unsigned char *frame, size_t length);
#endif
