/*
 * U-Boot as an Ethernet driver sees it: eth_ops, udevice, the receive function, the headers of net.h. Written from the
 * interface that U-Boot's documentation describes (docs.u-boot.org: "Ethernet Driver Guide"); names and layouts only.
 */
#ifndef LENAUDIT_EMBEDDED_UBOOT_H
#define LENAUDIT_EMBEDDED_UBOOT_H

#include "embedded_net.h"

typedef uint8_t u8, uchar;
typedef uint16_t u16, ushort, __be16;
typedef uint32_t u32, uint, __be32;
typedef uint64_t u64;
typedef unsigned long ulong, phys_addr_t, dma_addr_t;
typedef int32_t s32;
#define __iomem
#define __packed __attribute__((packed))
#define __aligned(x) __attribute__((aligned(x)))
#define __maybe_unused
#define ARP_HLEN 6
#define ETHER_HDR_SIZE 14
#define E802_HDR_SIZE 22
#define VLAN_ETHER_HDR_SIZE 18
#define IP_HDR_SIZE 20
#define IP_UDP_HDR_SIZE 28
#define ARP_HDR_SIZE 28
#define PROT_IP 0x0800
#define PROT_ARP 0x0806
#define PROT_RARP 0x8035
#define PROT_VLAN 0x8100
#define PROT_IPV6 0x86dd
#define PROT_PPP_SES 0x8864
#define PKTSIZE 1522
#define PKTSIZE_ALIGN 1536
#define PKTBUFSRX 4
#define PKTALIGN 64
#define ETH_ALEN 6
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_FCS_LEN 4
#define ETH_RECV_CHECK_DEVICE (1 << 0)
#define debug(...) ((void)0)
#define log_debug(...) ((void)0)
#define log_err(...) ((void)0)
#define dev_err(...) ((void)0)
#define dev_dbg(...) ((void)0)
#define assert(test) __lenaudit_assert(!!(test))
#define U_BOOT_DRIVER(name) struct driver lenaudit_driver_##name
#define UCLASS_ETH_NAME "eth"
#define BIT(n) (1UL << (n))
#ifndef min
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#endif
enum uclass_id { UCLASS_ROOT, UCLASS_ETH };

struct ethernet_hdr { u8 et_dest[6]; u8 et_src[6]; u16 et_protlen; } __packed;
struct vlan_ethernet_hdr { u8 vet_dest[6]; u8 vet_src[6]; u16 vet_vlan_type, vet_tag, vet_type; } __packed;
struct in_addr { u32 s_addr; };
struct ip_hdr { u8 ip_hl_v, ip_tos; u16 ip_len, ip_id, ip_off; u8 ip_ttl, ip_p; u16 ip_sum; struct in_addr ip_src, ip_dst; } __packed;
struct ip_udp_hdr { u8 ip_hl_v, ip_tos; u16 ip_len, ip_id, ip_off; u8 ip_ttl, ip_p; u16 ip_sum; struct in_addr ip_src, ip_dst; u16 udp_src, udp_dst, udp_len, udp_xsum; } __packed;
struct arp_hdr { u16 ar_hrd, ar_pro; u8 ar_hln, ar_pln; u16 ar_op; u8 ar_data[20]; } __packed;
struct udevice { const void *driver; const char *name; void *plat_, *priv_; };
struct eth_pdata { phys_addr_t iobase; unsigned char enetaddr[6]; int phy_interface, max_speed; void *priv_pdata; };
struct eth_ops {
    int (*start)(struct udevice *dev); int (*send)(struct udevice *dev, void *packet, int length);
    int (*recv)(struct udevice *dev, int flags, uchar **packetp); int (*free_pkt)(struct udevice *dev, uchar *packet, int length);
    void (*stop)(struct udevice *dev); int (*mcast)(struct udevice *dev, const u8 *address, int join);
    int (*write_hwaddr)(struct udevice *dev); int (*read_rom_hwaddr)(struct udevice *dev);
};
struct eth_device {
    char name[20]; unsigned char enetaddr[6]; phys_addr_t iobase; int state; int (*init)(struct eth_device *dev, void *board);
    int (*send)(struct eth_device *dev, void *packet, int length); int (*recv)(struct eth_device *dev); void (*halt)(struct eth_device *dev); void *priv;
};
struct udevice_id { const char *compatible; ulong data; };
struct driver {
    const char *name; enum uclass_id id; const struct udevice_id *of_match; int (*bind)(struct udevice *dev); int (*probe)(struct udevice *dev);
    int (*remove)(struct udevice *dev); int (*of_to_plat)(struct udevice *dev); const void *ops; int priv_auto, plat_auto; u32 flags;
};
extern uchar *net_rx_packets[PKTBUFSRX];
extern uchar *net_tx_packet;
void net_process_received_packet(uchar *in_packet, int len);
void *dev_get_priv(const struct udevice *dev);
void *dev_get_plat(const struct udevice *dev);
int eth_register(struct eth_device *dev);
void flush_dcache_range(ulong start, ulong stop);
void invalidate_dcache_range(ulong start, ulong stop);
u32 readl(const void *at);
void writel(u32 value, void *at);
void udelay(ulong microseconds);
ulong get_timer(ulong base);
#endif
