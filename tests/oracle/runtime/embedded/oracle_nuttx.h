/* Enough of NuttX for a small network driver: names and meanings as at nuttx.apache.org (Network Drivers). */
#ifndef ORACLE_NUTTX_H
#define ORACLE_NUTTX_H
#include "oracle_net.h"

#define OK 0
#define ERROR (-1)
#define FAR
#define CODE
#define HTONS(x) ORACLE_SWAP16(x)
#define NTOHS(x) ORACLE_SWAP16(x)
#define DEBUGASSERT(test) ((void)0)
#define UNUSED(x) ((void)(x))
#define nerr(...) ((void)0)
#define nwarn(...) ((void)0)
#define ninfo(...) ((void)0)
#define ETH_HDRLEN 14
#define ETHTYPE_IP 0x0800
#define ETHTYPE_ARP 0x0806
#define ETHTYPE_IP6 0x86dd
#define IPv4_HDRLEN 20
#define IPv6_HDRLEN 40
#define UDP_HDRLEN 8
#define TCP_HDRLEN 20
#define CONFIG_NET_ETH_PKTSIZE 1518
#define NETDEV_RXPACKETS(dev) ((void)(dev))
#define NETDEV_RXERRORS(dev) ((void)(dev))
#define NETDEV_RXDROPPED(dev) ((void)(dev))
#define NETDEV_TXPACKETS(dev) ((void)(dev))
#define NETDEV_TXERRORS(dev) ((void)(dev))
struct eth_hdr_s { uint8_t dest[6], src[6]; uint16_t type; };
struct ipv4_hdr_s { uint8_t vhl, tos, len[2], ipid[2], ipoffset[2], ttl, proto; uint16_t ipchksum, srcipaddr[2], destipaddr[2]; };
struct arp_hdr_s { uint16_t ah_hwtype, ah_protocol; uint8_t ah_hwlen, ah_protolen; uint16_t ah_opcode; uint8_t addresses[20]; };
struct iob_s { struct iob_s *io_flink; uint16_t io_len, io_offset, io_pktlen; uint8_t *io_data; };
typedef struct iob_s netpkt_t;
#define IPv4_HLMASK 0x0f
#define NET_LL_HDRLEN(dev) ((dev)->d_llhdrlen)
#define IPBUF(size) ((void *)(dev->d_buf + NET_LL_HDRLEN(dev) + (size)))
#define IPv4BUF ((struct ipv4_hdr_s *)IPBUF(0))
struct net_driver_s { uint8_t d_llhdrlen; uint16_t d_pktsize, d_len; uint8_t *d_buf; struct iob_s *d_iob; void *d_private; };
struct netdev_lowerhalf_s;
struct netdev_ops_s {
    int (*ifup)(struct netdev_lowerhalf_s *dev), (*ifdown)(struct netdev_lowerhalf_s *dev);
    int (*transmit)(struct netdev_lowerhalf_s *dev, netpkt_t *pkt); netpkt_t *(*receive)(struct netdev_lowerhalf_s *dev);
};
struct netdev_lowerhalf_s { const struct netdev_ops_s *ops; struct net_driver_s netdev; };
typedef int (*devif_poll_callback_t)(struct net_driver_s *dev);
enum netpkt_type_e { NETPKT_TX, NETPKT_RX };
int devif_poll(struct net_driver_s *dev, devif_poll_callback_t callback);
int ipv4_input(struct net_driver_s *dev);
int ipv6_input(struct net_driver_s *dev);
void arp_input(struct net_driver_s *dev);
unsigned int netpkt_getdatalen(struct netdev_lowerhalf_s *dev, netpkt_t *pkt);
uint8_t *netpkt_getdata(struct netdev_lowerhalf_s *dev, netpkt_t *pkt);
int netpkt_copyout(struct netdev_lowerhalf_s *dev, uint8_t *to, const netpkt_t *pkt, unsigned int size, int offset);
void netpkt_free(struct netdev_lowerhalf_s *dev, netpkt_t *pkt, enum netpkt_type_e type);

struct net_driver_s *oracle_net_driver(unsigned char *frame, size_t length);
netpkt_t *oracle_netpkt(unsigned char *frame, size_t length);
#endif
