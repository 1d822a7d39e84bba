/*
 * Enough of QEMU to compile and run the receive side of a small device model in a process: names and meanings as the
 * comments of QEMU's net and DMA headers describe them; wire formats as in the RFCs.
 */
#ifndef ORACLE_QEMU_H
#define ORACLE_QEMU_H

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>

typedef uint64_t hwaddr, dma_addr_t;
typedef int MemTxResult;
typedef struct { unsigned int unspecified; } MemTxAttrs;
#define MEMTXATTRS_UNSPECIFIED ((MemTxAttrs){1})
#define QEMU_PACKED __attribute__((packed))
#undef assert
#define assert(test) ((void)0)
#define g_assert(test) ((void)0)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#define container_of(at, type, member) ((type *)((char *)(at) - offsetof(type, member)))
#define qemu_log_mask(...) ((void)0)
#define htons(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define ntohs(x) htons(x)
#define cpu_to_be16(x) htons(x)
#define be16_to_cpu(x) htons(x)
#define cpu_to_le16(x) ((uint16_t)(x))
#define le16_to_cpu(x) ((uint16_t)(x))
#define cpu_to_le32(x) ((uint32_t)(x))
#define le32_to_cpu(x) ((uint32_t)(x))
#define lduw_be_p(at) htons(((const struct oracle_u16 *)(at))->value)
#define lduw_le_p(at) (((const struct oracle_u16 *)(at))->value)
struct oracle_u16 { uint16_t value; } QEMU_PACKED;

/* ---- wire formats ---- */
#define ETH_ALEN 6
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_FCS_LEN 4
#define ETH_MTU 1500
#define VLAN_HLEN 4
#define ETH_P_IP 0x0800
#define ETH_P_ARP 0x0806
#define ETH_P_VLAN 0x8100
#define ETH_P_IPV6 0x86dd
struct eth_header { uint8_t h_dest[6], h_source[6]; uint16_t h_proto; } QEMU_PACKED;
struct vlan_header { uint16_t h_tci, h_proto; } QEMU_PACKED;
struct ip_header { uint8_t ip_ver_len, ip_tos; uint16_t ip_len, ip_id, ip_off; uint8_t ip_ttl, ip_p; uint16_t ip_sum; uint32_t ip_src, ip_dst; } QEMU_PACKED;
struct ip6_header { uint8_t vtc, flow[3]; uint16_t plen; uint8_t nxt, hlim, src[16], dst[16]; } QEMU_PACKED;
struct udp_header { uint16_t uh_sport, uh_dport, uh_ulen, uh_sum; } QEMU_PACKED;
struct tcp_header { uint16_t th_sport, th_dport; uint32_t th_seq, th_ack; uint16_t th_offset_flags, th_win, th_sum, th_urp; } QEMU_PACKED;
#define PKT_GET_ETH_HDR(at) ((struct eth_header *)(at))
#define PKT_GET_IP_HDR(at) ((struct ip_header *)((uint8_t *)(at) + sizeof(struct eth_header)))

/* ---- net clients, guest memory ---- */
typedef struct NetClientInfo NetClientInfo;
typedef struct NetClientState { NetClientInfo *info; void *oracle_opaque; int link_down; } NetClientState;
typedef enum { NET_CLIENT_DRIVER_NONE, NET_CLIENT_DRIVER_NIC } NetClientDriver;
struct NetClientInfo {
    NetClientDriver type;
    size_t size;
    bool (*can_receive)(NetClientState *nc);
    ssize_t (*receive)(NetClientState *nc, const uint8_t *buf, size_t size), (*receive_raw)(NetClientState *nc, const uint8_t *buf, size_t size);
    ssize_t (*receive_iov)(NetClientState *nc, const struct iovec *iov, int iovcnt);
    void (*cleanup)(NetClientState *nc), (*link_status_changed)(NetClientState *nc);
};
typedef struct { uint8_t a[6]; } MACAddr;
typedef struct { MACAddr macaddr; int bootindex; } NICConf;
typedef struct { NetClientState *ncs; NICConf *conf; void *opaque; } NICState;
typedef struct { uint8_t *config; } PCIDevice;
typedef struct { uint32_t queue; } VirtQueue;
typedef struct { int unused; } AddressSpace;
#define qemu_get_nic_opaque(nc) ((nc)->oracle_opaque)
#define qemu_get_queue(nic) ((nic)->ncs)
NICState *qemu_new_nic(NetClientInfo *info, NICConf *conf, const char *model, const char *name, void *guard, void *opaque);
uint32_t net_checksum_add(int len, uint8_t *buf);
ssize_t qemu_send_packet(NetClientState *nc, const uint8_t *buf, int size);
MemTxResult pci_dma_write(PCIDevice *dev, dma_addr_t at, const void *buf, dma_addr_t size);
MemTxResult dma_memory_write(AddressSpace *as, dma_addr_t at, const void *buf, dma_addr_t size, MemTxAttrs attrs);
MemTxResult address_space_write(AddressSpace *as, hwaddr at, MemTxAttrs attrs, const void *buf, hwaddr size);
void cpu_physical_memory_write(hwaddr at, const void *buf, hwaddr size);
size_t iov_size(const struct iovec *iov, unsigned int count);
size_t iov_from_buf(const struct iovec *iov, unsigned int count, size_t offset, const void *buf, size_t size);
size_t iov_to_buf(const struct iovec *iov, unsigned int count, size_t offset, void *buf, size_t size);

/* ---- for the harness ---- */
struct iovec *oracle_iovec(unsigned char *frame, size_t length);
#endif
