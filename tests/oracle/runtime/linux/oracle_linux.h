/*
 * Enough of the kernel's network interface to compile and run a small Linux driver in a process: names and
 * meanings as in the kernel's Documentation/networking; wire formats as in the RFCs.
 */
#ifndef ORACLE_LINUX_H
#define ORACLE_LINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

typedef uint8_t u8, __u8;
typedef uint16_t u16, __u16, __be16, __le16;
typedef uint32_t u32, __u32, __be32, __le32, gfp_t;
typedef uint64_t u64, __u64, netdev_features_t, dma_addr_t;
typedef int32_t s32, __s32;
typedef uint16_t __sum16;
typedef uint32_t __wsum;
typedef int netdev_tx_t, rx_handler_result_t, spinlock_t;
#define __user
#define __iomem
#define __packed __attribute__((packed))
#define __init
#define __exit
#define __maybe_unused __attribute__((unused))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define fallthrough __attribute__((fallthrough))
#define READ_ONCE(x) (x)
#define WRITE_ONCE(x, v) ((x) = (v))
#define rcu_dereference(p) (p)
#define rcu_dereference_protected(p, c) (p)
#define container_of(at, type, field) ((type *)((char *)(at) - offsetof(type, field)))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BIT(n) (1UL << (n))
#define min_t(type, a, b) ((type)(a) < (type)(b) ? (type)(a) : (type)(b))
#define max_t(type, a, b) ((type)(a) > (type)(b) ? (type)(a) : (type)(b))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define htons(x) ((__be16)__builtin_bswap16((u16)(x)))
#define ntohs(x) ((u16)__builtin_bswap16((u16)(x)))
#define htonl(x) ((__be32)__builtin_bswap32((u32)(x)))
#define ntohl(x) ((u32)__builtin_bswap32((u32)(x)))
#define cpu_to_be16(x) htons(x)
#define be16_to_cpu(x) ntohs(x)
#define WARN_ON(condition) (!!(condition))
#define WARN_ON_ONCE(condition) (!!(condition))
#define BUG_ON(condition) ((void)(condition))
#define DEV_STATS_INC(dev, field) ((dev)->stats.field++)
#define module_init(x)
#define module_exit(x)
#define MODULE_LICENSE(x)
#define MODULE_DEVICE_TABLE(bus, table)
#define THIS_MODULE NULL
#define GFP_KERNEL 0xcc0u
#define GFP_ATOMIC 0x820u
#define EPERM 1
#define EIO 5
#define ENOMEM 12
#define EFAULT 14
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define EMSGSIZE 90
#define EPROTONOSUPPORT 93

/* ---- wire formats ---- */
#define ETH_ALEN 6
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_DATA_LEN 1500
#define ETH_FRAME_LEN 1514
#define ETH_FCS_LEN 4
#define ETH_P_ALL 0x0003
#define ETH_P_802_EX1 0x88B5
#define ETH_P_IP 0x0800
#define ETH_P_ARP 0x0806
#define ETH_P_8021Q 0x8100
#define ETH_P_8021AD 0x88A8
#define ETH_P_IPV6 0x86DD
#define ETH_P_PPP_DISC 0x8863
#define ETH_P_PPP_SES 0x8864
#define ETH_P_PAE 0x888E
#define ETH_P_LLDP 0x88CC
#define ETH_P_802_3_MIN 0x0600
#define ETH_P_802_2 0x0004
#define VLAN_HLEN 4
#define VLAN_ETH_HLEN 18
#define VLAN_ETH_FRAME_LEN 1518
#define VLAN_ETH_DATA_LEN 1500
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define ARPHRD_ETHER 1
#define ARPHRD_NONE 0xFFFE
#define ARPHRD_RAWIP 519
struct ethhdr { u8 h_dest[6], h_source[6]; __be16 h_proto; } __packed;
struct vlan_hdr { __be16 h_vlan_TCI, h_vlan_encapsulated_proto; };
struct arphdr { __be16 ar_hrd, ar_pro; u8 ar_hln, ar_pln; __be16 ar_op; };
struct iphdr { u8 ihl : 4, version : 4; u8 tos; __be16 tot_len, id, frag_off; u8 ttl, protocol; u16 check; __be32 saddr, daddr; };
struct in6_addr { u8 s6_addr[16]; };
struct ipv6hdr { u8 priority : 4, version : 4; u8 flow_lbl[3]; __be16 payload_len; u8 nexthdr, hop_limit; struct in6_addr saddr, daddr; };
struct udphdr { __be16 source, dest, len; u16 check; };
struct tcphdr { __be16 source, dest; __be32 seq, ack_seq; u8 offset, flags; __be16 window; u16 check; __be16 urg_ptr; };

/* ---- socket buffers and devices ---- */
#define CHECKSUM_NONE 0
#define CHECKSUM_UNNECESSARY 1
#define CHECKSUM_PARTIAL 3
#define NETDEV_TX_OK 0
#define NETDEV_TX_BUSY 0x10
#define NET_RX_SUCCESS 0
#define NET_RX_DROP 1
#define RX_HANDLER_CONSUMED 0
#define RX_HANDLER_ANOTHER 1
#define RX_HANDLER_EXACT 2
#define RX_HANDLER_PASS 3
#define IFF_POINTOPOINT 0x10
#define IFF_NOARP 0x80
#define IFF_PROMISC 0x100
#define IFNAMSIZ 16
struct net_device;
struct sk_buff {
    struct sk_buff *next, *prev;
    struct net_device *dev;
    unsigned int len, data_len;
    __be16 protocol, vlan_proto;
    u16 vlan_tci, queue_mapping;
    u8 ip_summed, pkt_type;
    u32 priority, mark;
    char cb[48];
    unsigned char *head, *data, *tail, *end, *oracle_rest, *oracle_mac;
};
struct sk_buff_head { struct sk_buff *next, *prev; u32 qlen; spinlock_t lock; };
struct net_device_stats {
    unsigned long rx_packets, tx_packets, rx_bytes, tx_bytes, rx_errors, tx_errors, rx_dropped, tx_dropped, rx_length_errors,
        tx_fifo_errors, tx_compressed, tx_carrier_errors, multicast;
};
struct xdp_frame;
struct net_device_ops {
    int (*ndo_init)(struct net_device *dev); void (*ndo_uninit)(struct net_device *dev);
    int (*ndo_open)(struct net_device *dev); int (*ndo_stop)(struct net_device *dev);
    netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb, struct net_device *dev);
    int (*ndo_xdp_xmit)(struct net_device *dev, int count, struct xdp_frame **frames, u32 flags);
    u16 (*ndo_select_queue)(struct net_device *dev, struct sk_buff *skb, struct net_device *sb_dev);
};
struct net_device {
    char name[IFNAMSIZ];
    unsigned int flags, mtu;
    unsigned short hard_header_len, type;
    unsigned char addr_len, dev_addr[32];
    const struct net_device_ops *netdev_ops;
    netdev_features_t features;
    struct net_device_stats stats;
    void *rx_handler_data;
    void *oracle_private;
};
struct packet_type {
    __be16 type;
    struct net_device *dev;
    int (*func)(struct sk_buff *skb, struct net_device *dev, struct packet_type *type, struct net_device *orig_dev);
};
void dev_add_pack(struct packet_type *type);
struct napi_struct { int weight; int (*poll)(struct napi_struct *napi, int budget); struct net_device *dev; };
struct file { void *private_data; };
struct kiocb { struct file *ki_filp; };
struct iov_iter { size_t count; const unsigned char *oracle_at; };
struct msghdr { void *msg_name; int msg_namelen; struct iov_iter msg_iter; void *msg_control; unsigned int msg_flags; };
struct socket { int state; struct file *file; void *sk; };
struct proto_ops { int family; int (*sendmsg)(struct socket *sock, struct msghdr *message, size_t size); };
struct xdp_buff { void *data, *data_end, *data_meta, *data_hard_start; };
struct xdp_frame { void *data; u16 len, headroom; };
struct file_operations {
    void *owner;
    ssize_t (*write)(struct file *file, const char *buf, size_t count, loff_t *at);
    ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from);
    int (*open)(void *inode, struct file *file);
};
struct usbnet { struct net_device *net; unsigned long data[5]; };
struct driver_info {
    const char *description; int flags;
    int (*rx_fixup)(struct usbnet *dev, struct sk_buff *skb);
    struct sk_buff *(*tx_fixup)(struct usbnet *dev, struct sk_buff *skb, gfp_t flags);
};
struct pci_dev { void *driver_data; };
struct pci_device_id { u32 vendor, device, subvendor, subdevice, class, class_mask; unsigned long driver_data; };
#define PCI_ANY_ID (~0u)
#define PCI_DEVICE(vend, dev) .vendor = (vend), .device = (dev), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
struct virtio_device { void *priv; };
struct virtio_device_id { u32 device, vendor; };
struct skb_shared_info { u8 nr_frags; u16 gso_size, gso_segs; unsigned int gso_type; };
struct usb_device_id { u16 idVendor, idProduct; unsigned long driver_info; };
#define FLAG_ETHER 0x20
#define NETIF_F_SG 0x1ull
#define NETIF_F_HW_CSUM 0x8ull
#define NETIF_F_HW_VLAN_CTAG_TX 0x80ull
#define NETIF_F_HW_VLAN_CTAG_RX 0x100ull
#define NETIF_F_VLAN_CHALLENGED 0x400ull
#define NETIF_F_TSO 0x10000ull
#define cpu_to_le16(x) ((__le16)(x))
#define cpu_to_le32(x) ((__le32)(x))
#define le16_to_cpu(x) ((u16)(x))
#define le32_to_cpu(x) ((u32)(x))

#define netdev_priv(dev) ((dev)->oracle_private)
#define eth_hdr(skb) ((struct ethhdr *)(skb)->oracle_mac)
#define skb_headlen(skb) ((skb)->len - (skb)->data_len)
#define skb_is_nonlinear(skb) ((skb)->data_len != 0)
void *skb_put(struct sk_buff *skb, unsigned int size);
void *skb_push(struct sk_buff *skb, unsigned int size);
void *skb_pull(struct sk_buff *skb, unsigned int size);
void *skb_put_data(struct sk_buff *skb, const void *data, unsigned int size);
void skb_trim(struct sk_buff *skb, unsigned int size);
void skb_reserve(struct sk_buff *skb, int size);
int skb_put_padto(struct sk_buff *skb, unsigned int size);
int skb_padto(struct sk_buff *skb, unsigned int size);
int eth_skb_pad(struct sk_buff *skb);
int skb_linearize(struct sk_buff *skb);
int skb_cow_head(struct sk_buff *skb, unsigned int room);
bool pskb_may_pull(struct sk_buff *skb, unsigned int size);
struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t flags);
struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t flags);
struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned int size);
#define netdev_alloc_skb_ip_align netdev_alloc_skb
#define dev_alloc_skb(size) netdev_alloc_skb(NULL, size)
struct sk_buff *napi_alloc_skb(struct napi_struct *napi, unsigned int size);
struct sk_buff *build_skb(void *data, unsigned int size);
void *skb_header_pointer(const struct sk_buff *skb, int offset, int size, void *room);
void kfree_skb(struct sk_buff *skb);
#define dev_kfree_skb kfree_skb
#define dev_kfree_skb_any kfree_skb
#define dev_kfree_skb_irq kfree_skb
void consume_skb(struct sk_buff *skb);
void xdp_return_frame(struct xdp_frame *frame);
int register_netdev(struct net_device *dev);
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb);
__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);
int netif_rx(struct sk_buff *skb);
int netif_receive_skb(struct sk_buff *skb);
int dev_queue_xmit(struct sk_buff *skb);
int dev_forward_skb(struct net_device *dev, struct sk_buff *skb);
struct skb_shared_info *skb_shinfo(const struct sk_buff *skb);
#define skb_is_gso(skb) (skb_shinfo(skb)->gso_size != 0)
#define skb_vlan_tag_present(skb) ((skb)->vlan_tci != 0)
#define skb_vlan_tag_get(skb) ((skb)->vlan_tci)
unsigned long virt_to_bus(const volatile void *address);
void usbnet_skb_return(struct usbnet *dev, struct sk_buff *skb);
int napi_gro_receive(struct napi_struct *napi, struct sk_buff *skb);
void netif_napi_add(struct net_device *dev, struct napi_struct *napi, int (*poll)(struct napi_struct *, int));
void ether_setup(struct net_device *dev);
int netdev_rx_handler_register(struct net_device *dev, rx_handler_result_t (*handler)(struct sk_buff **), void *data);
#define netif_carrier_ok(dev) ((dev) != NULL)
#define netif_stop_queue(dev) ((void)(dev))
#define netif_wake_queue(dev) ((void)(dev))
int net_ratelimit(void);
#define netdev_warn(dev, ...) oracle_log(__VA_ARGS__)
#define netdev_dbg(dev, ...) oracle_log(__VA_ARGS__)
#define netdev_err(dev, ...) oracle_log(__VA_ARGS__)
#define net_warn_ratelimited(...) oracle_log(__VA_ARGS__)
#define pr_err(...) oracle_log(__VA_ARGS__)
#define pr_warn(...) oracle_log(__VA_ARGS__)
#define printk(...) oracle_log(__VA_ARGS__)
void oracle_log(const char *format, ...);
#define spin_lock_irqsave(lock, flags) ((void)(lock), (flags) = 0)
#define spin_unlock_irqrestore(lock, flags) ((void)(lock), (void)(flags))
#define spin_lock(lock) ((void)(lock))
#define spin_unlock(lock) ((void)(lock))
#define iov_iter_count(iter) ((iter)->count)
unsigned long copy_from_user(void *to, const void *from, unsigned long size);
size_t copy_from_iter(void *to, size_t size, struct iov_iter *from);
bool copy_from_iter_full(void *to, size_t size, struct iov_iter *from);
void memcpy_toio(volatile void *window, const void *from, size_t size);
#define iowrite8(value, at) ((void)(value), (void)(at))
#define iowrite16(value, at) ((void)(value), (void)(at))
#define iowrite32(value, at) ((void)(value), (void)(at))
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void kfree(const void *memory);

/* ---- for the harness ---- */
struct net_device *oracle_lower(void);
struct net_device *oracle_device(size_t private_bytes);
struct sk_buff *oracle_skb(unsigned char *frame, size_t length, unsigned int pulled);
struct sk_buff **oracle_skb_at(unsigned char *frame, size_t length, unsigned int pulled);
struct iov_iter *oracle_iter(unsigned char *frame, size_t length);
struct msghdr *oracle_msghdr(unsigned char *frame, size_t length);
struct xdp_buff *oracle_xdp_buff(unsigned char *frame, size_t length);
struct xdp_frame **oracle_xdp_frame_at(unsigned char *frame, size_t length);
struct sk_buff *oracle_transfer(unsigned char *frame, size_t length, size_t box);
void oracle_returned(struct sk_buff *skb);
#endif
