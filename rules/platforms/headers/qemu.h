/*
 * QEMU as a network device model sees it: NetClientInfo, NICState, the queues between peers, guest memory, iovecs.
 * Written from the interface that QEMU's developer documentation and the declarations' comments describe (net/net.h,
 * net/queue.h, qemu/iov.h, exec and PCI DMA helpers); names and layouts only. Wire formats: IEEE 802.3 and 802.1Q, RFC
 * 791, 8200, 768, 793. What functions do to a frame is said in qemu.toml.
 */
#ifndef LENAUDIT_QEMU_H
#define LENAUDIT_QEMU_H

#include <stddef.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdbool.h>
#include <limits.h>
#include <string.h>
#include <inttypes.h>

typedef long ssize_t, off_t;
typedef uint64_t hwaddr, dma_addr_t, ram_addr_t, vaddr;
typedef int MemTxResult;
typedef struct { unsigned int unspecified, secure; } MemTxAttrs;
#define MEMTXATTRS_UNSPECIFIED ((MemTxAttrs){ 1, 0 })
#define MEMTX_OK 0
#define EIO 5
#define EAGAIN 11
#define ENOMEM 12
#define EINVAL 22
#define ENOBUFS 105
#define QEMU_PACKED __attribute__((packed))
#define QEMU_ALIGNED(x) __attribute__((aligned(x)))
#define G_UNLIKELY(x) (x)
#define G_GNUC_PRINTF(a, b)
#define g_autofree
#define g_autoptr(type) type *
#define likely(x) (x)
#define unlikely(x) (x)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#define BIT(n) (1UL << (n))
#define KiB 1024
#define container_of(at, type, member) ((type *)((char *)(at) - offsetof(type, member)))
#define DO_UPCAST(type, member, at) container_of(at, type, member)
void __lenaudit_assert(int holds);
#define assert(test) __lenaudit_assert(!!(test))
#define g_assert(test) __lenaudit_assert(!!(test))
#define QEMU_BUILD_BUG_ON(test) struct lenaudit_id
#define OBJECT_DECLARE_SIMPLE_TYPE(type, NAME) typedef struct type type; type *NAME(const void *object)
#define OBJECT_DECLARE_TYPE(type, kind, NAME) typedef struct type type; typedef struct kind kind; type *NAME(const void *object)
#define DECLARE_INSTANCE_CHECKER(type, NAME, text) type *NAME(const void *object);
#define OBJECT_CHECK(type, object, name) ((type *)(object))
#define type_init(function) void lenaudit_init_##function(void) { function(); }
#define DEFINE_TYPES(types) struct lenaudit_id
#define DEFINE_NIC_PROPERTIES(state, conf) { 0 }
#define DEFINE_PROP_END_OF_LIST() { 0 }
#define qemu_log_mask(...) ((void)0)
#define qemu_log(...) ((void)0)
#define error_report(...) ((void)0)
#define warn_report(...) ((void)0)
struct lenaudit_id;

#define LENAUDIT_SWAP16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define LENAUDIT_SWAP32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define htons(x) LENAUDIT_SWAP16(x)
#define ntohs(x) LENAUDIT_SWAP16(x)
#define htonl(x) LENAUDIT_SWAP32(x)
#define ntohl(x) LENAUDIT_SWAP32(x)
#define cpu_to_be16(x) LENAUDIT_SWAP16(x)
#define be16_to_cpu(x) LENAUDIT_SWAP16(x)
#define cpu_to_be32(x) LENAUDIT_SWAP32(x)
#define be32_to_cpu(x) LENAUDIT_SWAP32(x)
#define cpu_to_le16(x) ((uint16_t)(x))
#define le16_to_cpu(x) ((uint16_t)(x))
#define cpu_to_le32(x) ((uint32_t)(x))
#define le32_to_cpu(x) ((uint32_t)(x))
#define cpu_to_le64(x) ((uint64_t)(x))
#define le64_to_cpu(x) ((uint64_t)(x))
#define lduw_be_p(at) LENAUDIT_SWAP16(*(const uint16_t *)(at))
#define lduw_le_p(at) (*(const uint16_t *)(at))
#define ldl_be_p(at) LENAUDIT_SWAP32(*(const uint32_t *)(at))
#define ldl_le_p(at) (*(const uint32_t *)(at))
#define lduw_he_p(at) (*(const uint16_t *)(at))

/* ---- wire formats ---- */
#define ETH_ALEN 6
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_FCS_LEN 4
#define ETH_MTU 1500
#define ETH_MAX_L2_HDR_LEN 22
#define VLAN_HLEN 4
#define ETH_P_IP 0x0800
#define ETH_P_ARP 0x0806
#define ETH_P_VLAN 0x8100
#define ETH_P_IPV6 0x86dd
#define ETH_P_DVLAN 0x88a8
#define ETH_P_NCSI 0x88f8
#define IP_PROTO_TCP 6
#define IP_PROTO_UDP 17
struct eth_header { uint8_t h_dest[6]; uint8_t h_source[6]; uint16_t h_proto; } QEMU_PACKED;
struct vlan_header { uint16_t h_tci; uint16_t h_proto; } QEMU_PACKED;
struct ip_header { uint8_t ip_ver_len, ip_tos; uint16_t ip_len, ip_id, ip_off; uint8_t ip_ttl, ip_p; uint16_t ip_sum; uint32_t ip_src, ip_dst; } QEMU_PACKED;
struct ip6_header { uint8_t vtc, flow[3]; uint16_t plen; uint8_t nxt, hlim; uint8_t src[16], dst[16]; } QEMU_PACKED;
struct tcp_header { uint16_t th_sport, th_dport; uint32_t th_seq, th_ack; uint16_t th_offset_flags, th_win, th_sum, th_urp; } QEMU_PACKED;
struct udp_header { uint16_t uh_sport, uh_dport, uh_ulen, uh_sum; } QEMU_PACKED;
#define PKT_GET_ETH_HDR(at) ((struct eth_header *)(at))
#define PKT_GET_VLAN_HDR(at) ((struct vlan_header *)((uint8_t *)(at) + sizeof(struct eth_header)))
#define PKT_GET_IP_HDR(at) ((struct ip_header *)((uint8_t *)(at) + sizeof(struct eth_header)))
#define PKT_GET_ETH_HDR_PROTO(at) be16_to_cpu(PKT_GET_ETH_HDR(at)->h_proto)

/* ---- net clients ---- */
struct iovec { void *iov_base; size_t iov_len; };
typedef struct QEMUIOVector { struct iovec *iov; int niov; size_t size; } QEMUIOVector;
typedef enum { NET_CLIENT_DRIVER_NONE, NET_CLIENT_DRIVER_NIC, NET_CLIENT_DRIVER_USER, NET_CLIENT_DRIVER_TAP, NET_CLIENT_DRIVER_SOCKET } NetClientDriver;
typedef struct NetClientState NetClientState;
typedef struct NetQueue NetQueue;
typedef struct MACAddr { uint8_t a[6]; } MACAddr;
typedef struct NICPeers { NetClientState *ncs[1024]; int32_t queues; } NICPeers;
typedef struct NICConf { MACAddr macaddr; NICPeers peers; int32_t bootindex; } NICConf;
typedef bool (NetCanReceive)(NetClientState *nc);
typedef ssize_t (NetReceive)(NetClientState *nc, const uint8_t *buffer, size_t size);
typedef ssize_t (NetReceiveIOV)(NetClientState *nc, const struct iovec *iov, int count);
typedef void (NetCleanup)(NetClientState *nc);
typedef void (LinkStatusChanged)(NetClientState *nc);
typedef void (NetPacketSent)(NetClientState *sender, ssize_t result);
typedef struct NetClientInfo {
    NetClientDriver type; size_t size; NetReceive *receive; NetReceive *receive_raw; NetReceiveIOV *receive_iov; NetCanReceive *can_receive;
    NetCleanup *cleanup; LinkStatusChanged *link_status_changed; void *query_rx_filter; void *poll;
} NetClientInfo;
struct NetClientState {
    NetClientInfo *info; int link_down; NetClientState *peer; NetQueue *incoming_queue; char *model, *name; char info_str[256];
    unsigned receive_disabled : 1; unsigned int queue_index; int vnet_hdr_len; bool is_netdev, do_not_pad;
};
typedef struct NICState { NetClientState *ncs; NICConf *conf; void *opaque; bool peer_deleted; } NICState;
NICState *qemu_new_nic(NetClientInfo *info, NICConf *conf, const char *model, const char *name, void *guard, void *opaque);
NetClientState *qemu_new_net_client(NetClientInfo *info, NetClientState *peer, const char *model, const char *name);
NetClientState *qemu_get_queue(NICState *nic);
NetClientState *qemu_get_subqueue(NICState *nic, int index);
void *qemu_get_nic_opaque(NetClientState *nc);
NICState *qemu_get_nic(NetClientState *nc);
void qemu_format_nic_info_str(NetClientState *nc, uint8_t *address);
void qemu_macaddr_default_if_unset(MACAddr *address);
void qemu_flush_queued_packets(NetClientState *nc);
bool qemu_can_send_packet(NetClientState *nc);
ssize_t qemu_send_packet(NetClientState *nc, const uint8_t *buffer, int size);
ssize_t qemu_send_packet_raw(NetClientState *nc, const uint8_t *buffer, int size);
ssize_t qemu_send_packet_async(NetClientState *nc, const uint8_t *buffer, int size, NetPacketSent *sent);
ssize_t qemu_sendv_packet(NetClientState *nc, const struct iovec *iov, int count);
ssize_t qemu_sendv_packet_async(NetClientState *nc, const struct iovec *iov, int count, NetPacketSent *sent);
ssize_t qemu_receive_packet(NetClientState *nc, const uint8_t *buffer, int size);
ssize_t qemu_receive_packet_iov(NetClientState *nc, const struct iovec *iov, int count);
ssize_t qemu_deliver_packet_iov(NetClientState *sender, unsigned flags, const struct iovec *iov, int count, void *opaque);
bool eth_pad_short_frame(uint8_t *padded, size_t *size, const void *packet, size_t length);
bool net_peer_needs_padding(NetClientState *nc);
uint32_t net_crc32(const uint8_t *at, int size);
uint32_t net_crc32_le(const uint8_t *at, int size);

/* ---- iovecs ---- */
size_t iov_size(const struct iovec *iov, const unsigned int count);
size_t iov_to_buf(const struct iovec *iov, const unsigned int count, size_t offset, void *to, size_t size);
size_t iov_from_buf(const struct iovec *iov, unsigned int count, size_t offset, const void *from, size_t size);
size_t iov_memset(const struct iovec *iov, const unsigned int count, size_t offset, int value, size_t size);
unsigned iov_copy(struct iovec *to, unsigned int room, const struct iovec *iov, unsigned int count, size_t offset, size_t size);
size_t iov_discard_front(struct iovec **iov, unsigned int *count, size_t size);

/* ---- guest memory ---- */
typedef struct AddressSpace AddressSpace;
typedef struct MemoryRegion MemoryRegion;
typedef struct PCIDevice PCIDevice;
typedef struct DeviceState DeviceState;
typedef struct ObjectClass ObjectClass;
typedef struct DeviceClass DeviceClass;
typedef struct Error Error;
typedef struct Object Object;
extern AddressSpace address_space_memory;
MemTxResult pci_dma_write(PCIDevice *device, dma_addr_t at, const void *from, dma_addr_t size);
MemTxResult pci_dma_read(PCIDevice *device, dma_addr_t at, void *to, dma_addr_t size);
MemTxResult dma_memory_write(AddressSpace *space, dma_addr_t at, const void *from, dma_addr_t size, MemTxAttrs attributes);
MemTxResult dma_memory_read(AddressSpace *space, dma_addr_t at, void *to, dma_addr_t size, MemTxAttrs attributes);
MemTxResult address_space_write(AddressSpace *space, hwaddr at, MemTxAttrs attributes, const void *from, hwaddr size);
MemTxResult address_space_read(AddressSpace *space, hwaddr at, MemTxAttrs attributes, void *to, hwaddr size);
void cpu_physical_memory_write(hwaddr at, const void *from, hwaddr size);
void cpu_physical_memory_read(hwaddr at, void *to, hwaddr size);
typedef struct VirtQueue VirtQueue;
typedef struct VirtQueueElement { unsigned int index, len, ndescs, out_num, in_num; hwaddr *in_addr, *out_addr; struct iovec *in_sg, *out_sg; } VirtQueueElement;
void *virtqueue_pop(VirtQueue *queue, size_t size);
void virtqueue_push(VirtQueue *queue, const VirtQueueElement *element, unsigned int size);
void virtqueue_detach_element(VirtQueue *queue, const VirtQueueElement *element, unsigned int size);
typedef struct IRQState *qemu_irq;
void qemu_set_irq(qemu_irq irq, int level);
void qemu_irq_raise(qemu_irq irq);
void qemu_irq_lower(qemu_irq irq);
void *g_malloc(size_t size);
void *g_malloc0(size_t size);
void *g_new_bytes(size_t size);
#define g_new(type, count) ((type *)g_malloc(sizeof(type) * (count)))
#define g_new0(type, count) ((type *)g_malloc0(sizeof(type) * (count)))
void g_free(void *at);
typedef struct Property { const char *name; } Property;
#endif
