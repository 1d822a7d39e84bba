/*
 * NuttX as a network driver sees it: net_driver_s with d_buf and d_len, and the lower half with its packets. Written
 * from the interface that NuttX's documentation describes (nuttx.apache.org: Network Drivers, Network Support);
 * names and layouts only.
 */
#ifndef LENAUDIT_EMBEDDED_NUTTX_H
#define LENAUDIT_EMBEDDED_NUTTX_H

#include "embedded_net.h"

#define OK 0
#define ERROR (-1)
#define FAR
#define CODE
#define begin_packed_struct
#define end_packed_struct __attribute__((packed))
#define HTONS(x) LENAUDIT_SWAP16(x)
#define NTOHS(x) LENAUDIT_SWAP16(x)
#define HTONL(x) LENAUDIT_SWAP32(x)
#define NTOHL(x) LENAUDIT_SWAP32(x)
#define DEBUGASSERT(test) __lenaudit_assert(!!(test))
#define ASSERT(test) __lenaudit_assert(!!(test))
#define UNUSED(x) ((void)(x))
#define nerr(...) ((void)0)
#define nwarn(...) ((void)0)
#define ninfo(...) ((void)0)
#define ETHER_ADDR_LEN 6
#define ETH_HDRLEN 14
#define ETHTYPE_IP 0x0800
#define ETHTYPE_ARP 0x0806
#define ETHTYPE_TPID 0x8100
#define ETHTYPE_IP6 0x86dd
#define TPID_8021QVLAN 0x8100
#define IPv4_HDRLEN 20
#define IPv6_HDRLEN 40
#define UDP_HDRLEN 8
#define TCP_HDRLEN 20
#define IGMP_HDRLEN 8
#define CONFIG_NET 1 /* nuttx/config.h is written by the configuration: Ethernet with the usual protocols */
#define CONFIG_NET_ETHERNET 1
#define CONFIG_NET_ARP 1
#define CONFIG_NET_IPv4 1
#define CONFIG_NET_IPv6 1
#define CONFIG_NET_TCP 1
#define CONFIG_NET_UDP 1
#define CONFIG_NET_ICMP 1
#define CONFIG_NET_ICMPv6 1
#define CONFIG_NET_IGMP 1
#define CONFIG_NET_ETH_PKTSIZE 1518
#define CONFIG_NET_GUARDSIZE 2
#define NET_LL_HDRLEN(dev) ((dev)->d_llhdrlen)
#define NETLLBUF (dev->d_buf)
#define IPBUF(bytes) ((void *)(dev->d_buf + dev->d_llhdrlen + (bytes)))
#define IPv4BUF ((struct ipv4_hdr_s *)IPBUF(0))
#define IPv6BUF ((struct ipv6_hdr_s *)IPBUF(0))
#define IP_PROTO_ICMP 1
#define IP_PROTO_IGMP 2
#define IP_PROTO_TCP 6
#define IP_PROTO_UDP 17
#define IP_PROTO_ICMP6 58
#define IP_VERSION_MASK 0xf0
#define IPv4_HLMASK 0x0f
#define NETDEV_PKTSIZE(dev) ((dev)->d_pktsize)
#define NETDEV_RXPACKETS(dev) ((void)0)
#define NETDEV_RXERRORS(dev) ((void)0)
#define NETDEV_RXDROPPED(dev) ((void)0)
#define NETDEV_RXIPV4(dev) ((void)0)
#define NETDEV_RXIPV6(dev) ((void)0)
#define NETDEV_RXARP(dev) ((void)0)
#define NETDEV_TXPACKETS(dev) ((void)0)
#define NETDEV_TXERRORS(dev) ((void)0)
#define NETDEV_TXDONE(dev) ((void)0)
#define NETDEV_TXTIMEOUTS(dev) ((void)0)

typedef uint32_t in_addr_t;
struct ether_addr { uint8_t ether_addr_octet[6]; };
struct eth_hdr_s { uint8_t dest[6]; uint8_t src[6]; uint16_t type; };
struct eth_8021qhdr_s { uint8_t dest[6]; uint8_t src[6]; uint16_t tpid, tci, type; };
struct arp_hdr_s { uint16_t ah_hwtype, ah_protocol; uint8_t ah_hwlen, ah_protolen; uint16_t ah_opcode; uint8_t ah_shwaddr[6]; uint16_t ah_sipaddr[2]; uint8_t ah_dhwaddr[6]; uint16_t ah_dipaddr[2]; };
struct ipv4_hdr_s { uint8_t vhl, tos, len[2], ipid[2], ipoffset[2], ttl, proto; uint16_t ipchksum, srcipaddr[2], destipaddr[2]; };
struct ipv6_hdr_s { uint8_t vtc, tcf; uint16_t flow; uint8_t len[2], proto, ttl; uint16_t srcipaddr[8], destipaddr[8]; };
struct igmp_iphdr_s { uint8_t vhl, tos, len[2], ipid[2], ipoffset[2], ttl, proto; uint16_t ipchksum, srcipaddr[2], destipaddr[2], ra[2]; };
struct igmp_hdr_s { uint8_t type, maxresp; uint16_t chksum, grpaddr[2]; };
struct udp_hdr_s { uint16_t srcport, destport, udplen, udpchksum; };
struct iob_s { struct iob_s *io_flink; uint16_t io_len, io_offset, io_bufsize, io_pktlen; uint8_t *io_data; };
typedef struct iob_s netpkt_t;
struct net_driver_s {
    struct net_driver_s *flink; char d_ifname[16]; uint32_t d_flags; uint8_t d_llhdrlen; uint16_t d_pktsize;
    union { struct ether_addr ether; } d_mac; struct iob_s *d_iob; uint8_t *d_buf; uint8_t *d_appdata; uint16_t d_sndlen; uint16_t d_len;
    in_addr_t d_ipaddr, d_draddr, d_netmask;
    int (*d_ifup)(struct net_driver_s *dev); int (*d_ifdown)(struct net_driver_s *dev); int (*d_txavail)(struct net_driver_s *dev);
    int (*d_addmac)(struct net_driver_s *dev, const uint8_t *mac); int (*d_rmmac)(struct net_driver_s *dev, const uint8_t *mac);
    int (*d_ioctl)(struct net_driver_s *dev, int command, unsigned long argument); void *d_private;
};
struct netdev_lowerhalf_s;
struct netdev_ops_s {
    int (*ifup)(struct netdev_lowerhalf_s *dev); int (*ifdown)(struct netdev_lowerhalf_s *dev);
    int (*transmit)(struct netdev_lowerhalf_s *dev, netpkt_t *pkt); netpkt_t *(*receive)(struct netdev_lowerhalf_s *dev);
    int (*addmac)(struct netdev_lowerhalf_s *dev, const uint8_t *mac); int (*rmmac)(struct netdev_lowerhalf_s *dev, const uint8_t *mac);
    int (*ioctl)(struct netdev_lowerhalf_s *dev, int command, unsigned long argument); void (*reclaim)(struct netdev_lowerhalf_s *dev);
};
struct netdev_lowerhalf_s { const struct netdev_ops_s *ops; struct net_driver_s netdev; int quota[2]; };
typedef int (*devif_poll_callback_t)(struct net_driver_s *dev);
enum netpkt_type_e { NETPKT_TX, NETPKT_RX };
enum net_lltype_e { NET_LL_ETHERNET = 0, NET_LL_LOOPBACK, NET_LL_SLIP, NET_LL_TUN };

int devif_poll(struct net_driver_s *dev, devif_poll_callback_t callback);
int devif_loopback(struct net_driver_s *dev);
int ipv4_input(struct net_driver_s *dev);
int ipv6_input(struct net_driver_s *dev);
void arp_input(struct net_driver_s *dev);
void arp_ipin(struct net_driver_s *dev);
void arp_out(struct net_driver_s *dev);
void neighbor_out(struct net_driver_s *dev);
int pkt_input(struct net_driver_s *dev);
int netdev_register(struct net_driver_s *dev, enum net_lltype_e type);
int netdev_lower_register(struct netdev_lowerhalf_s *dev, enum net_lltype_e type);
void netdev_lower_rxready(struct netdev_lowerhalf_s *dev);
void netdev_lower_txdone(struct netdev_lowerhalf_s *dev);
void netdev_lower_carrier_on(struct netdev_lowerhalf_s *dev);
netpkt_t *netpkt_alloc(struct netdev_lowerhalf_s *dev, enum netpkt_type_e type);
void netpkt_free(struct netdev_lowerhalf_s *dev, netpkt_t *pkt, enum netpkt_type_e type);
void *lenaudit_netpkt_copyin(struct netdev_lowerhalf_s *dev, netpkt_t *pkt, const uint8_t *from, unsigned int size, int offset);
#define netpkt_copyin(dev, pkt, from, size, offset) (lenaudit_netpkt_copyin((dev), (pkt), (from), (size), (offset)), 0)
int netpkt_copyout(struct netdev_lowerhalf_s *dev, uint8_t *to, const netpkt_t *pkt, unsigned int size, int offset);
uint8_t *netpkt_getdata(struct netdev_lowerhalf_s *dev, netpkt_t *pkt);
uint8_t *netpkt_getbase(netpkt_t *pkt);
void *lenaudit_netpkt_setdatalen(struct netdev_lowerhalf_s *dev, netpkt_t *pkt, unsigned int size);
#define netpkt_setdatalen(dev, pkt, size) (lenaudit_netpkt_setdatalen((dev), (pkt), (size)), 0)
unsigned int netpkt_getdatalen(struct netdev_lowerhalf_s *dev, netpkt_t *pkt);
bool netpkt_is_fragmented(netpkt_t *pkt);
void net_lock(void);
void net_unlock(void);
int work_queue(int queue, void *work, void (*worker)(void *argument), void *argument, unsigned long delay);
#endif
