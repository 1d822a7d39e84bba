/* NuttX's functions of the stand-in: the device holds one frame, or a packet is one buffer. */
#include "oracle.h"
#include "oracle_nuttx.h"

static struct net_driver_s given;
static netpkt_t given_packet;

static void pass_given(void) { oracle_handed_on(given.d_buf, given.d_len); }
static void pass_packet(void) { oracle_handed_on(given_packet.io_data, given_packet.io_pktlen); }

struct net_driver_s *oracle_net_driver(unsigned char *frame, size_t length)
{
    given = (struct net_driver_s){.d_pktsize = CONFIG_NET_ETH_PKTSIZE, .d_len = (uint16_t)length, .d_buf = frame, .d_llhdrlen = ETH_HDRLEN};
    given.d_private = &given_packet;
    oracle_gives(&given, pass_given);
    return &given;
}

netpkt_t *oracle_netpkt(unsigned char *frame, size_t length)
{
    given_packet = (netpkt_t){.io_len = (uint16_t)length, .io_pktlen = (uint16_t)length, .io_data = frame};
    oracle_gives(&given_packet, pass_packet);
    return &given_packet;
}

int devif_poll(struct net_driver_s *dev, devif_poll_callback_t callback) { return callback(dev); }
__attribute__((weak)) int ipv4_input(struct net_driver_s *dev) { oracle_handed_on(dev->d_buf, dev->d_len); return OK; }
int ipv6_input(struct net_driver_s *dev) { return ipv4_input(dev); }
void arp_input(struct net_driver_s *dev) { ipv4_input(dev); }
unsigned int netpkt_getdatalen(struct netdev_lowerhalf_s *dev, netpkt_t *pkt) { (void)dev; return pkt->io_pktlen; }
uint8_t *netpkt_getdata(struct netdev_lowerhalf_s *dev, netpkt_t *pkt) { (void)dev; return pkt->io_data; }
void netpkt_free(struct netdev_lowerhalf_s *dev, netpkt_t *pkt, enum netpkt_type_e type) { (void)dev, (void)pkt, (void)type; oracle_freed(); }

int netpkt_copyout(struct netdev_lowerhalf_s *dev, uint8_t *to, const netpkt_t *pkt, unsigned int size, int offset)
{
    unsigned int from = (unsigned int)offset, part = from > pkt->io_pktlen ? 0 : pkt->io_pktlen - from;
    (void)dev;
    memcpy(to, pkt->io_data + from, size < part ? size : part);
    return (int)(size < part ? size : part);
}
