/* Enough of U-Boot for a small Ethernet driver: names and meanings as at docs.u-boot.org (Ethernet Driver Guide). */
#ifndef ORACLE_UBOOT_H
#define ORACLE_UBOOT_H
#include "oracle_net.h"

typedef uint8_t u8, uchar;
typedef uint16_t u16, __be16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef unsigned long phys_addr_t;
#define __iomem
#undef __packed
#define __packed ORACLE_PACKED
#define debug(...) ((void)0)
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define ARP_HLEN 6
#define ETHER_HDR_SIZE 14
#define VLAN_ETHER_HDR_SIZE 18
#define IP_HDR_SIZE 20
#define IP_UDP_HDR_SIZE 28
#define ARP_HDR_SIZE 28
#define PROT_IP 0x0800
#define PROT_ARP 0x0806
#define PROT_VLAN 0x8100
#define PROT_IPV6 0x86dd
#define PKTSIZE 1522
#define PKTSIZE_ALIGN 1536
#define ETH_ALEN 6
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_FCS_LEN 4
struct ethernet_hdr { u8 et_dest[6], et_src[6]; u16 et_protlen; } __packed;
struct udevice { const char *name; void *plat_, *priv_; };
struct eth_ops {
    int (*start)(struct udevice *dev), (*send)(struct udevice *dev, void *packet, int length);
    int (*recv)(struct udevice *dev, int flags, uchar **packetp), (*free_pkt)(struct udevice *dev, uchar *packet, int length);
    void (*stop)(struct udevice *dev);
};
#define dev_get_priv(dev) ((dev)->priv_)
#define readl(at) (*(volatile u32 *)(at))
#define writel(value, at) (*(volatile u32 *)(at) = (value))
#define flush_dcache_range(start, stop) ((void)(start), (void)(stop))
#define udelay(microseconds) ((void)(microseconds))
void net_process_received_packet(uchar *in_packet, int len);
#endif
