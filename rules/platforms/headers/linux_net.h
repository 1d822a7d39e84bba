/*
 * Linux networking: wire formats (exact layouts), socket buffers, devices, NAPI, VLANs, usbnet.
 * Wire formats: IEEE 802.3 and 802.1Q, RFC 791, 8200, 768, 793, 826, 792, 2516.
 */
#ifndef LENAUDIT_LINUX_NET_H
#define LENAUDIT_LINUX_NET_H

/* ---- Ethernet, VLAN ---- */
#define ETH_ALEN 6
#define ETH_TLEN 2
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_DATA_LEN 1500
#define ETH_FRAME_LEN 1514
#define ETH_FCS_LEN 4
#define ETH_MIN_MTU 68
#define ETH_MAX_MTU 0xFFFFU
#define VLAN_HLEN 4
#define VLAN_ETH_ALEN 6
#define VLAN_ETH_HLEN 18
#define VLAN_ETH_ZLEN 64
#define VLAN_ETH_DATA_LEN 1500
#define VLAN_ETH_FRAME_LEN 1518
#define VLAN_VID_MASK 0x0fff
#define VLAN_PRIO_MASK 0xe000
#define VLAN_PRIO_SHIFT 13
#define VLAN_CFI_MASK 0x1000
#define VLAN_TAG_PRESENT 0x1000
#define VLAN_N_VID 4096
#define NET_IP_ALIGN 2
#define NET_SKB_PAD 64
#define LL_MAX_HEADER 128
#define MAX_HEADER 256
#define MAX_ADDR_LEN 32
#define IFNAMSIZ 16
#define ETH_P_LOOP 0x0060
#define ETH_P_PUP 0x0200
#define ETH_P_IP 0x0800
#define ETH_P_X25 0x0805
#define ETH_P_ARP 0x0806
#define ETH_P_IEEEPUP 0x0a00
#define ETH_P_RARP 0x8035
#define ETH_P_ATALK 0x809B
#define ETH_P_AARP 0x80F3
#define ETH_P_8021Q 0x8100
#define ETH_P_IPX 0x8137
#define ETH_P_IPV6 0x86DD
#define ETH_P_PAUSE 0x8808
#define ETH_P_SLOW 0x8809
#define ETH_P_MPLS_UC 0x8847
#define ETH_P_MPLS_MC 0x8848
#define ETH_P_PPP_DISC 0x8863
#define ETH_P_PPP_SES 0x8864
#define ETH_P_PAE 0x888E
#define ETH_P_AOE 0x88A2
#define ETH_P_8021AD 0x88A8
#define ETH_P_802_EX1 0x88B5
#define ETH_P_LLDP 0x88CC
#define ETH_P_TEB 0x6558
#define ETH_P_1588 0x88F7
#define ETH_P_FIP 0x8914
#define ETH_P_FCOE 0x8906
#define ETH_P_LOOPBACK 0x9000
#define ETH_P_QINQ1 0x9100
#define ETH_P_802_3_MIN 0x0600
#define ETH_P_802_3 0x0001
#define ETH_P_ALL 0x0003
#define ETH_P_802_2 0x0004
#define ETH_P_SNAP 0x0005
#define ETH_P_DSA 0x001B
#define ETH_P_ETHERCAT 0x88A4
#define ETH_P_BATMAN 0x4305
#define ETH_P_BPQ 0x08FF
#define ETH_P_DEC 0x6000
#define ETH_P_LINK_CTL 0x886C
#define ETH_P_WAPI 0x88B4
#define ETH_P_PREAUTH 0x88C7
#define ETH_P_MACSEC 0x88E5
#define ETH_P_TDLS 0x890D
#define ETH_P_IBOE 0x8915
#define ETH_P_EDSA 0xDADA
#define ETH_P_CAN 0x000C
#define ETH_P_CANFD 0x000D
#define ETH_P_PPPTALK 0x0010
#define ETH_P_CONTROL 0x0016
#define ETH_P_HDLC 0x0019
#define ETH_P_ARCNET 0x001A
#define ETH_P_PHONET 0x00F5
#define ETH_P_XDSA 0x00F8
#define ETH_P_MAP 0x00F9
struct ethhdr { unsigned char h_dest[ETH_ALEN]; unsigned char h_source[ETH_ALEN]; __be16 h_proto; } __packed;
struct vlan_hdr { __be16 h_vlan_TCI; __be16 h_vlan_encapsulated_proto; };
struct vlan_ethhdr { unsigned char h_dest[ETH_ALEN]; unsigned char h_source[ETH_ALEN]; __be16 h_vlan_proto; __be16 h_vlan_TCI; __be16 h_vlan_encapsulated_proto; };
struct arphdr { __be16 ar_hrd; __be16 ar_pro; unsigned char ar_hln; unsigned char ar_pln; __be16 ar_op; };

/* ---- IP and above ---- */
#define IPPROTO_IP 0
#define IPPROTO_ICMP 1
#define IPPROTO_IGMP 2
#define IPPROTO_IPIP 4
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define IPPROTO_GRE 47
#define IPPROTO_ESP 50
#define IPPROTO_AH 51
#define IPPROTO_ICMPV6 58
#define IPPROTO_SCTP 132
#define IPPROTO_UDPLITE 136
#define NEXTHDR_HOP 0
#define NEXTHDR_TCP 6
#define NEXTHDR_UDP 17
#define NEXTHDR_IPV6 41
#define NEXTHDR_ROUTING 43
#define NEXTHDR_FRAGMENT 44
#define NEXTHDR_ICMP 58
#define NEXTHDR_NONE 59
#define IP_CE 0x8000
#define IP_DF 0x4000
#define IP_MF 0x2000
#define IP_OFFSET 0x1FFF
#define IPV6_MIN_MTU 1280
#define IPV4_MIN_MTU 68
#define IP_MAX_MTU 0xFFFFU
#define ARPOP_REQUEST 1
#define ARPOP_REPLY 2
#define ARPHRD_ETHER 1
#define ARPHRD_PPP 512
#define ARPHRD_LOOPBACK 772
#define ARPHRD_NONE 0xFFFE
#define ARPHRD_RAWIP 519
#define AF_UNSPEC 0
#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define PF_INET 2
#define PF_INET6 10
#define PF_PACKET 17
struct in_addr { __be32 s_addr; };
struct in6_addr { union { __u8 u6_addr8[16]; __be16 u6_addr16[8]; __be32 u6_addr32[4]; } in6_u; };
#define s6_addr in6_u.u6_addr8
#define s6_addr16 in6_u.u6_addr16
#define s6_addr32 in6_u.u6_addr32
struct iphdr { __u8 ihl : 4, version : 4; __u8 tos; __be16 tot_len; __be16 id; __be16 frag_off; __u8 ttl; __u8 protocol; __sum16 check; __be32 saddr; __be32 daddr; };
struct ipv6hdr { __u8 priority : 4, version : 4; __u8 flow_lbl[3]; __be16 payload_len; __u8 nexthdr; __u8 hop_limit; struct in6_addr saddr; struct in6_addr daddr; };
struct frag_hdr { __u8 nexthdr; __u8 reserved; __be16 frag_off; __be32 identification; };
struct udphdr { __be16 source; __be16 dest; __be16 len; __sum16 check; };
struct tcphdr { __be16 source; __be16 dest; __be32 seq; __be32 ack_seq; __u16 res1 : 4, doff : 4, fin : 1, syn : 1, rst : 1, psh : 1, ack : 1, urg : 1, ece : 1, cwr : 1; __be16 window; __sum16 check; __be16 urg_ptr; };
struct icmphdr { __u8 type; __u8 code; __sum16 checksum; union { struct { __be16 id; __be16 sequence; } echo; __be32 gateway; } un; };
struct icmp6hdr { __u8 icmp6_type; __u8 icmp6_code; __sum16 icmp6_cksum; __be32 icmp6_data; };
struct sctphdr { __be16 source; __be16 dest; __be32 vtag; __le32 checksum; };
struct pppoe_tag { __be16 tag_type; __be16 tag_len; char tag_data[]; } __packed;
struct pppoe_hdr { __u8 type : 4, ver : 4; __u8 code; __be16 sid; __be16 length; } __packed;
#define PPPOE_SES_HLEN 8
struct gre_base_hdr { __be16 flags; __be16 protocol; };
struct llc_pdu_un { u8 dsap, ssap, ctrl_1; };
struct sockaddr { sa_family_t sa_family; char sa_data[14]; };
struct sockaddr_storage { sa_family_t ss_family; char data[126]; };
struct sockaddr_in { sa_family_t sin_family; __be16 sin_port; struct in_addr sin_addr; unsigned char pad[8]; };
struct sockaddr_in6 { unsigned short sin6_family; __be16 sin6_port; __be32 sin6_flowinfo; struct in6_addr sin6_addr; __u32 sin6_scope_id; };
struct ifreq { char ifr_name[IFNAMSIZ]; union { struct sockaddr ifr_addr, ifr_hwaddr; short ifr_flags; int ifr_ifindex, ifr_mtu, ifr_metric; void *ifr_data; }; };
struct ifmap { unsigned long mem_start, mem_end; unsigned short base_addr; unsigned char irq, dma, port; };
struct mii_ioctl_data { __u16 phy_id, reg_num, val_in, val_out; };

/* ---- socket buffers ---- */
#define CHECKSUM_NONE 0
#define CHECKSUM_UNNECESSARY 1
#define CHECKSUM_COMPLETE 2
#define CHECKSUM_PARTIAL 3
#define CHECKSUM_HW 2
#define PACKET_HOST 0
#define PACKET_BROADCAST 1
#define PACKET_MULTICAST 2
#define PACKET_OTHERHOST 3
#define PACKET_OUTGOING 4
#define MAX_SKB_FRAGS 17
#define SKB_GSO_TCPV4 0x1
#define SKB_GSO_DODGY 0x2
#define SKB_GSO_TCPV6 0x10
#define SKB_GSO_UDP_L4 0x20000
#define SKBTX_HW_TSTAMP 0x1
#define SKBTX_IN_PROGRESS 0x4
#define GSO_MAX_SIZE 65536u
typedef struct skb_frag { struct page *page; unsigned int size, page_offset; } skb_frag_t;
struct skb_shared_hwtstamps { ktime_t hwtstamp; };
struct skb_shared_info { __u8 flags, meta_len, nr_frags, tx_flags; unsigned short gso_size, gso_segs; struct sk_buff *frag_list; struct skb_shared_hwtstamps hwtstamps; unsigned int gso_type; u32 tskey; atomic_t dataref; void *destructor_arg; skb_frag_t frags[MAX_SKB_FRAGS]; };
struct sk_buff_head { struct sk_buff *next, *prev; __u32 qlen; spinlock_t lock; };
struct sk_buff {
    struct sk_buff *next, *prev;
    union { struct net_device *dev; unsigned long dev_scratch; };
    struct rb_node rbnode; struct list_head list; struct sock *sk; ktime_t tstamp; char cb[48];
    unsigned long _skb_refdst; void (*destructor)(struct sk_buff *skb); unsigned long _nfct;
    unsigned int len, data_len;
    __u16 mac_len, hdr_len, queue_mapping;
    __u8 cloned : 1, nohdr : 1, fclone : 2, peeked : 1, head_frag : 1, pfmemalloc : 1, pp_recycle : 1;
    __u8 pkt_type : 3, ignore_df : 1, local_df : 1, nf_trace : 1, ip_summed : 2;
    __u8 ooo_okay : 1, l4_hash : 1, rxhash_valid : 1, wifi_acked_valid : 1, wifi_acked : 1, no_fcs : 1, encapsulation : 1, encap_hdr_csum : 1;
    __u8 csum_valid : 1, csum_complete_sw : 1, csum_level : 2, dst_pending_confirm : 1, offload_fwd_mark : 1, offload_l3_fwd_mark : 1, inner_protocol_type : 1;
    __u8 remcsum_offload : 1, tc_skip_classify : 1, redirected : 1, from_ingress : 1, decrypted : 1, slow_gro : 1, csum_not_inet : 1, xmit_more : 1;
    union { __wsum csum; struct { __u16 csum_start, csum_offset; }; };
    __u32 priority; int skb_iif; __u32 hash, rxhash; __be16 vlan_proto; __u16 vlan_tci;
    union { unsigned int napi_id, sender_cpu; }; __u32 secmark; union { __u32 mark, reserved_tailroom; };
    union { __be16 inner_protocol; __u8 inner_ipproto; };
    __u16 inner_transport_header, inner_network_header, inner_mac_header;
    __be16 protocol; __u16 transport_header, network_header, mac_header;
    unsigned char *tail, *end, *head, *data;
    unsigned int truesize; refcount_t users; void *extensions;
};
#define skb_queue_walk(queue, skb) for (skb = (queue)->next; skb != (struct sk_buff *)(queue); skb = skb->next)
#define skb_queue_walk_safe(queue, skb, tmp) for (skb = (queue)->next, tmp = skb->next; skb != (struct sk_buff *)(queue); skb = tmp, tmp = skb->next)
#define skb_walk_frags(skb, iter) for (iter = skb_shinfo(skb)->frag_list; iter; iter = iter->next)
#define skb_list_walk_safe(first, skb, next_skb) for ((skb) = (first), (next_skb) = (skb) ? (skb)->next : NULL; (skb); (skb) = (next_skb), (next_skb) = (skb) ? (skb)->next : NULL)
#define SKB_MAX_ORDER(x, order) ((PAGE_SIZE << (order)) - (x) - sizeof(struct skb_shared_info))
#define SKB_WITH_OVERHEAD(x) ((x) - SKB_DATA_ALIGN(sizeof(struct skb_shared_info)))
#define SKB_TRUESIZE(x) ((x) + SKB_DATA_ALIGN(sizeof(struct sk_buff)) + SKB_DATA_ALIGN(sizeof(struct skb_shared_info)))
struct skb_shared_info *skb_shinfo(const struct sk_buff *skb);
struct sk_buff *alloc_skb(unsigned int size, gfp_t flags);
struct sk_buff *__alloc_skb(unsigned int size, gfp_t flags, int kind, int node);
struct sk_buff *dev_alloc_skb(unsigned int size);
struct sk_buff *__dev_alloc_skb(unsigned int size, gfp_t flags);
struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned int size);
struct sk_buff *netdev_alloc_skb_ip_align(struct net_device *dev, unsigned int size);
struct sk_buff *__netdev_alloc_skb(struct net_device *dev, unsigned int size, gfp_t flags);
struct sk_buff *__netdev_alloc_skb_ip_align(struct net_device *dev, unsigned int size, gfp_t flags);
struct sk_buff *napi_alloc_skb(struct napi_struct *napi, unsigned int size);
struct sk_buff *build_skb(void *data, unsigned int size);
struct sk_buff *napi_build_skb(void *data, unsigned int size);
struct sk_buff *napi_get_frags(struct napi_struct *napi);
struct sk_buff *skb_get(struct sk_buff *skb);
struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t flags);
struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t flags);
struct sk_buff *pskb_copy(struct sk_buff *skb, gfp_t flags);
struct sk_buff *skb_copy_expand(const struct sk_buff *skb, int headroom, int tailroom, gfp_t flags);
struct sk_buff *skb_realloc_headroom(struct sk_buff *skb, unsigned int headroom);
struct sk_buff *skb_expand_head(struct sk_buff *skb, unsigned int headroom);
struct sk_buff *skb_share_check(struct sk_buff *skb, gfp_t flags);
struct sk_buff *skb_unshare(struct sk_buff *skb, gfp_t flags);
struct sk_buff *skb_dequeue(struct sk_buff_head *queue);
struct sk_buff *__skb_dequeue(struct sk_buff_head *queue);
struct sk_buff *skb_dequeue_tail(struct sk_buff_head *queue);
struct sk_buff *skb_peek(const struct sk_buff_head *queue);
struct sk_buff *skb_peek_tail(const struct sk_buff_head *queue);
struct sk_buff *skb_gso_segment(struct sk_buff *skb, netdev_features_t features);
struct sk_buff *skb_vlan_untag(struct sk_buff *skb);
struct sk_buff *__vlan_hwaccel_push_inside(struct sk_buff *skb);
struct sk_buff *vlan_insert_tag(struct sk_buff *skb, __be16 protocol, u16 tci);
void *skb_put(struct sk_buff *skb, unsigned int size);
void *__skb_put(struct sk_buff *skb, unsigned int size);
void *skb_put_zero(struct sk_buff *skb, unsigned int size);
void *skb_put_data(struct sk_buff *skb, const void *data, unsigned int size);
void *__skb_put_data(struct sk_buff *skb, const void *data, unsigned int size);
void *pskb_put(struct sk_buff *skb, struct sk_buff *tail, int size);
void *skb_push(struct sk_buff *skb, unsigned int size);
void *__skb_push(struct sk_buff *skb, unsigned int size);
void *skb_pull(struct sk_buff *skb, unsigned int size);
void *__skb_pull(struct sk_buff *skb, unsigned int size);
void *skb_pull_data(struct sk_buff *skb, size_t size);
void *pskb_pull(struct sk_buff *skb, unsigned int size);
void *skb_header_pointer(const struct sk_buff *skb, int offset, int size, void *buffer);
bool pskb_may_pull(struct sk_buff *skb, unsigned int size);
bool pskb_network_may_pull(struct sk_buff *skb, unsigned int size);
int skb_copy_bits(const struct sk_buff *skb, int offset, void *to, int size);
void skb_trim(struct sk_buff *skb, unsigned int size);
void __skb_trim(struct sk_buff *skb, unsigned int size);
int pskb_trim(struct sk_buff *skb, unsigned int size);
int skb_padto(struct sk_buff *skb, unsigned int size);
int skb_put_padto(struct sk_buff *skb, unsigned int size);
int eth_skb_pad(struct sk_buff *skb);
int skb_pad(struct sk_buff *skb, int size);
int skb_linearize(struct sk_buff *skb);
int skb_cow_head(struct sk_buff *skb, unsigned int headroom);
int skb_checksum_help(struct sk_buff *skb);
void skb_reserve(struct sk_buff *skb, int size);
unsigned int skb_headlen(const struct sk_buff *skb);
unsigned int skb_headroom(const struct sk_buff *skb);
int skb_tailroom(const struct sk_buff *skb);
bool skb_is_gso(const struct sk_buff *skb);
bool skb_is_nonlinear(const struct sk_buff *skb);
int skb_queue_empty(const struct sk_buff_head *queue);
unsigned int skb_queue_len(const struct sk_buff_head *queue);
unsigned char *skb_mac_header(const struct sk_buff *skb);
unsigned char *skb_network_header(const struct sk_buff *skb);
unsigned char *skb_transport_header(const struct sk_buff *skb);
unsigned char *skb_inner_network_header(const struct sk_buff *skb);
unsigned char *skb_inner_transport_header(const struct sk_buff *skb);
unsigned char *skb_tail_pointer(const struct sk_buff *skb);
unsigned char *skb_end_pointer(const struct sk_buff *skb);
unsigned char *skb_checksum_start(const struct sk_buff *skb);
int skb_network_offset(const struct sk_buff *skb);
int skb_transport_offset(const struct sk_buff *skb);
int skb_checksum_start_offset(const struct sk_buff *skb);
struct page *skb_frag_page(const skb_frag_t *frag);
unsigned int skb_frag_size(const skb_frag_t *frag);
unsigned int skb_frag_off(const skb_frag_t *frag);
void *skb_frag_address(const skb_frag_t *frag);
struct ethhdr *eth_hdr(const struct sk_buff *skb);
struct ethhdr *skb_eth_hdr(const struct sk_buff *skb);
struct vlan_ethhdr *vlan_eth_hdr(const struct sk_buff *skb);
struct vlan_ethhdr *skb_vlan_eth_hdr(const struct sk_buff *skb);
struct iphdr *ip_hdr(const struct sk_buff *skb);
struct ipv6hdr *ipv6_hdr(const struct sk_buff *skb);
struct iphdr *inner_ip_hdr(const struct sk_buff *skb);
struct ipv6hdr *inner_ipv6_hdr(const struct sk_buff *skb);
struct tcphdr *tcp_hdr(const struct sk_buff *skb);
struct tcphdr *inner_tcp_hdr(const struct sk_buff *skb);
struct udphdr *udp_hdr(const struct sk_buff *skb);
struct arphdr *arp_hdr(const struct sk_buff *skb);
struct icmphdr *icmp_hdr(const struct sk_buff *skb);
struct icmp6hdr *icmp6_hdr(const struct sk_buff *skb);
unsigned int tcp_hdrlen(const struct sk_buff *skb);
unsigned int ip_hdrlen(const struct sk_buff *skb);
__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);
__be16 vlan_get_protocol(const struct sk_buff *skb);
__be16 skb_protocol(const struct sk_buff *skb, bool skip_vlan);
bool skb_vlan_tag_present(const struct sk_buff *skb);
u16 skb_vlan_tag_get(const struct sk_buff *skb);
bool eth_proto_is_802_3(__be16 protocol);
bool eth_type_vlan(__be16 ethertype);
bool is_multicast_ether_addr(const u8 *address);
bool is_broadcast_ether_addr(const u8 *address);
bool is_valid_ether_addr(const u8 *address);
bool is_zero_ether_addr(const u8 *address);
bool ether_addr_equal(const u8 *left, const u8 *right);
void ether_addr_copy(u8 *to, const u8 *from);

/* ---- devices ---- */
#define NETDEV_TX_OK 0x00
#define NETDEV_TX_BUSY 0x10
#define NETDEV_TX_LOCKED 0x20
#define NET_RX_SUCCESS 0
#define NET_RX_DROP 1
#define NET_XMIT_SUCCESS 0x00
#define NET_XMIT_DROP 0x01
#define NET_XMIT_CN 0x02
#define RX_HANDLER_CONSUMED 0
#define RX_HANDLER_ANOTHER 1
#define RX_HANDLER_EXACT 2
#define RX_HANDLER_PASS 3
#define IFF_UP 0x1
#define IFF_BROADCAST 0x2
#define IFF_LOOPBACK 0x8
#define IFF_POINTOPOINT 0x10
#define IFF_NOARP 0x80
#define IFF_PROMISC 0x100
#define IFF_ALLMULTI 0x200
#define IFF_MULTICAST 0x1000
#define NETIF_F_SG 0x1ull
#define NETIF_F_IP_CSUM 0x2ull
#define NETIF_F_HW_CSUM 0x8ull
#define NETIF_F_IPV6_CSUM 0x10ull
#define NETIF_F_HIGHDMA 0x20ull
#define NETIF_F_FRAGLIST 0x40ull
#define NETIF_F_HW_VLAN_CTAG_TX 0x80ull
#define NETIF_F_HW_VLAN_CTAG_RX 0x100ull
#define NETIF_F_HW_VLAN_CTAG_FILTER 0x200ull
#define NETIF_F_VLAN_CHALLENGED 0x400ull
#define NETIF_F_GSO 0x800ull
#define NETIF_F_GRO 0x4000ull
#define NETIF_F_LRO 0x8000ull
#define NETIF_F_TSO 0x10000ull
#define NETIF_F_TSO_ECN 0x40000ull
#define NETIF_F_TSO6 0x80000ull
#define NETIF_F_RXCSUM 0x10000000000ull
#define NETIF_F_RXHASH 0x8000000000ull
#define NETIF_F_RXFCS 0x40000000000ull
#define NETIF_F_RXALL 0x80000000000ull
struct net_device_stats { unsigned long rx_packets, tx_packets, rx_bytes, tx_bytes, rx_errors, tx_errors, rx_dropped, tx_dropped, multicast, collisions, rx_length_errors, rx_over_errors, rx_crc_errors, rx_frame_errors, rx_fifo_errors, rx_missed_errors, tx_aborted_errors, tx_carrier_errors, tx_fifo_errors, tx_heartbeat_errors, tx_window_errors, rx_compressed, tx_compressed; };
struct rtnl_link_stats64 { __u64 rx_packets, tx_packets, rx_bytes, tx_bytes, rx_errors, tx_errors, rx_dropped, tx_dropped, multicast, collisions, rx_length_errors, rx_over_errors, rx_crc_errors, rx_frame_errors, rx_fifo_errors, rx_missed_errors, tx_aborted_errors, tx_carrier_errors, tx_fifo_errors, tx_heartbeat_errors, tx_window_errors, rx_compressed, tx_compressed, rx_nohandler, rx_otherhost_dropped; };
struct pcpu_sw_netstats { u64_stats_t rx_packets, rx_bytes, tx_packets, tx_bytes; struct u64_stats_sync syncp; };
struct pcpu_lstats { u64_stats_t packets, bytes; struct u64_stats_sync syncp; };
struct netdev_hw_addr { struct list_head list; unsigned char addr[MAX_ADDR_LEN]; unsigned char type; };
struct netdev_hw_addr_list { struct list_head list; int count; };
struct netdev_queue { struct net_device *dev; unsigned long trans_start, state; };
struct napi_struct { struct list_head poll_list; unsigned long state; int weight; int (*poll)(struct napi_struct *napi, int budget); struct net_device *dev; struct sk_buff *skb; unsigned int napi_id; };
struct net_device_ops {
    int (*ndo_init)(struct net_device *dev); void (*ndo_uninit)(struct net_device *dev);
    int (*ndo_open)(struct net_device *dev); int (*ndo_stop)(struct net_device *dev);
    netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb, struct net_device *dev);
    netdev_features_t (*ndo_features_check)(struct sk_buff *skb, struct net_device *dev, netdev_features_t features);
    u16 (*ndo_select_queue)(struct net_device *dev, struct sk_buff *skb, struct net_device *sb_dev);
    void (*ndo_change_rx_flags)(struct net_device *dev, int flags); void (*ndo_set_rx_mode)(struct net_device *dev);
    void (*ndo_set_multicast_list)(struct net_device *dev);
    int (*ndo_set_mac_address)(struct net_device *dev, void *address); int (*ndo_validate_addr)(struct net_device *dev);
    int (*ndo_do_ioctl)(struct net_device *dev, struct ifreq *request, int command);
    int (*ndo_eth_ioctl)(struct net_device *dev, struct ifreq *request, int command);
    int (*ndo_siocdevprivate)(struct net_device *dev, struct ifreq *request, void *data, int command);
    int (*ndo_siocwandev)(struct net_device *dev, struct if_settings *settings);
    int (*ndo_set_config)(struct net_device *dev, struct ifmap *map); int (*ndo_change_mtu)(struct net_device *dev, int mtu);
    void (*ndo_tx_timeout)(struct net_device *dev, unsigned int queue);
    void (*ndo_get_stats64)(struct net_device *dev, struct rtnl_link_stats64 *stats);
    struct net_device_stats *(*ndo_get_stats)(struct net_device *dev);
    int (*ndo_vlan_rx_add_vid)(struct net_device *dev, __be16 protocol, u16 id); int (*ndo_vlan_rx_kill_vid)(struct net_device *dev, __be16 protocol, u16 id);
    void (*ndo_poll_controller)(struct net_device *dev); int (*ndo_set_features)(struct net_device *dev, netdev_features_t features);
    netdev_features_t (*ndo_fix_features)(struct net_device *dev, netdev_features_t features);
    int (*ndo_set_vf_mac)(struct net_device *dev, int vf, u8 *mac); void *ndo_set_vf_vlan, *ndo_set_vf_rate, *ndo_set_vf_spoofchk, *ndo_get_vf_config, *ndo_set_vf_link_state, *ndo_set_vf_trust, *ndo_get_vf_stats, *ndo_get_vf_guid, *ndo_set_vf_guid, *ndo_set_vf_rss_query_en, *ndo_set_vf_port, *ndo_get_vf_port;
    void *ndo_setup_tc, *ndo_rx_flow_steer, *ndo_add_slave, *ndo_del_slave, *ndo_neigh_construct, *ndo_neigh_destroy, *ndo_fdb_add, *ndo_fdb_del, *ndo_fdb_del_bulk, *ndo_fdb_dump, *ndo_fdb_get, *ndo_mdb_add, *ndo_mdb_del, *ndo_mdb_dump, *ndo_bridge_setlink, *ndo_bridge_getlink, *ndo_bridge_dellink, *ndo_change_carrier, *ndo_get_phys_port_id, *ndo_get_port_parent_id, *ndo_get_phys_port_name, *ndo_dfwd_add_station, *ndo_dfwd_del_station, *ndo_set_tx_maxrate, *ndo_get_iflink, *ndo_fill_metadata_dst, *ndo_set_rx_headroom, *ndo_bpf, *ndo_xsk_wakeup, *ndo_tunnel_ctl, *ndo_get_peer_dev, *ndo_fill_forward_path, *ndo_get_tstamp, *ndo_hwtstamp_get, *ndo_hwtstamp_set, *ndo_get_devlink_port, *ndo_udp_tunnel_add, *ndo_udp_tunnel_del, *ndo_netpoll_setup, *ndo_netpoll_cleanup, *ndo_get_xmit_slave, *ndo_sk_get_lower_dev, *ndo_get_lock_subclass, *ndo_fcoe_enable, *ndo_fcoe_disable, *ndo_fcoe_ddp_setup, *ndo_fcoe_ddp_done, *ndo_fcoe_ddp_target, *ndo_fcoe_get_hbainfo, *ndo_fcoe_get_wwn, *ndo_neigh_setup, *ndo_busy_poll, *ndo_bond;
    int (*ndo_xdp_xmit)(struct net_device *dev, int count, struct xdp_frame **frames, u32 flags);
};
struct header_ops { int (*create)(struct sk_buff *skb, struct net_device *dev, unsigned short type, const void *daddr, const void *saddr, unsigned int size); int (*parse)(const struct sk_buff *skb, unsigned char *address); void *cache, *cache_update, *validate, *parse_protocol; };
struct rtnl_link_ops { struct list_head list; const char *kind; size_t priv_size; void (*setup)(struct net_device *dev); bool netns_refund; unsigned int maxtype; const struct nla_policy *policy; void *validate, *newlink, *changelink, *dellink, *get_size, *fill_info, *get_xstats_size, *fill_xstats, *get_num_tx_queues, *get_num_rx_queues, *get_link_net, *get_linkxstats_size, *fill_linkxstats, *slave_changelink, *get_slave_size, *fill_slave_info, *alloc; unsigned int slave_maxtype; const struct nla_policy *slave_policy; };
struct ethtool_ops;
struct net_device {
    char name[IFNAMSIZ]; unsigned long mem_end, mem_start, base_addr, state; struct list_head dev_list, napi_list, adj_list;
    unsigned int flags; unsigned long long priv_flags; const struct net_device_ops *netdev_ops; const struct ethtool_ops *ethtool_ops; const struct header_ops *header_ops;
    int ifindex; unsigned short gflags, hard_header_len; unsigned int mtu; unsigned short needed_headroom, needed_tailroom;
    netdev_features_t features, hw_features, wanted_features, vlan_features, hw_enc_features, mpls_features, gso_partial_features;
    unsigned int min_mtu, max_mtu; unsigned short type; unsigned char min_header_len, name_assign_type; int group;
    struct net_device_stats stats; atomic_long_t carrier_up_count; const void *wireless_handlers; const void *l3mdev_ops, *ndisc_ops, *xfrmdev_ops, *tlsdev_ops, *dcbnl_ops;
    unsigned char operstate, link_mode, if_port, dma, perm_addr[MAX_ADDR_LEN], addr_assign_type, addr_len, upper_level, lower_level;
    unsigned short neigh_priv_len, dev_id, dev_port; int irq; spinlock_t addr_list_lock; struct netdev_hw_addr_list uc, mc, dev_addrs;
    unsigned int promiscuity, allmulti; bool uc_promisc; void *vlan_info, *dsa_ptr, *ip_ptr, *ip6_ptr, *ieee80211_ptr, *ieee802154_ptr, *atalk_ptr, *ax25_ptr, *mpls_ptr, *ml_priv; struct dsa_port *dsa_port;
    unsigned char *dev_addr; unsigned int num_rx_queues, real_num_rx_queues; struct bpf_prog *xdp_prog; unsigned long gro_flush_timeout; int napi_defer_hard_irqs;
    rx_handler_result_t (*rx_handler)(struct sk_buff **skb); void *rx_handler_data; unsigned char broadcast[MAX_ADDR_LEN]; struct hlist_node index_hlist;
    struct netdev_queue *_tx; unsigned int num_tx_queues, real_num_tx_queues, tx_queue_len; spinlock_t tx_global_lock; struct timer_list watchdog_timer; int watchdog_timeo;
    u32 proto_down_reason; int pcpu_refcnt; struct list_head todo_list; unsigned char reg_state; bool dismantle, needs_free_netdev; void (*priv_destructor)(struct net_device *dev);
    void (*destructor)(struct net_device *dev); struct net *nd_net; struct pcpu_lstats *lstats; struct pcpu_sw_netstats *tstats; struct pcpu_sw_netstats *dstats; struct device dev;
    const struct attribute_group *sysfs_groups[4]; const struct rtnl_link_ops *rtnl_link_ops; unsigned int gso_max_size, tso_max_size; u16 gso_max_segs, tso_max_segs; s16 num_tc; unsigned int fcoe_ddp_xid;
    struct phy_device *phydev; struct sfp_bus *sfp_bus; bool proto_down, threaded; unsigned wol_enabled : 1; void *udp_tunnel_nic_info, *udp_tunnel_nic; unsigned long trans_start, last_rx; void *priv;
    int (*hard_start_xmit)(struct sk_buff *skb, struct net_device *dev); int (*open)(struct net_device *dev); int (*stop)(struct net_device *dev);
    struct net_device_stats *(*get_stats)(struct net_device *dev); void (*set_multicast_list)(struct net_device *dev); int (*do_ioctl)(struct net_device *dev, struct ifreq *request, int command); void (*tx_timeout)(struct net_device *dev); int (*change_mtu)(struct net_device *dev, int mtu); int (*set_mac_address)(struct net_device *dev, void *address);
    unsigned int rtnl_link_state : 16; const struct cpumask *rx_cpu_rmap; u8 prio_tc_map[16]; struct module *owner; void *nic_info;
};
#define SET_NETDEV_DEV(net, parent_device) ((net)->dev.parent = (parent_device))
#define SET_NETDEV_DEVTYPE(net, devtype) ((void)(net))
#define SET_ETHTOOL_OPS(net, ops) ((net)->ethtool_ops = (ops))
#define SET_MODULE_OWNER(net) ((void)(net))
#define to_net_dev(d) container_of(d, struct net_device, dev)
#define netdev_for_each_mc_addr(ha, dev) list_for_each_entry(ha, &(dev)->mc.list, list)
#define netdev_for_each_uc_addr(ha, dev) list_for_each_entry(ha, &(dev)->uc.list, list)
#define netdev_hw_addr_list_for_each(ha, l) list_for_each_entry(ha, &(l)->list, list)
#define netdev_mc_count(dev) ((dev)->mc.count)
#define netdev_mc_empty(dev) ((dev)->mc.count == 0)
#define netdev_uc_count(dev) ((dev)->uc.count)
#define netdev_uc_empty(dev) ((dev)->uc.count == 0)
#define for_each_netdev(net, d) for ((d) = first_net_device(net); (d); (d) = next_net_device(d))
#define for_each_netdev_rcu(net, d) for ((d) = first_net_device(net); (d); (d) = next_net_device(d))
#define netdev_for_each_lower_dev(dev, lower, iter) for (iter = &(dev)->adj_list, lower = netdev_lower_get_next(dev, &(iter)); lower; lower = netdev_lower_get_next(dev, &(iter)))
struct net_device *first_net_device(struct net *net);
struct net_device *next_net_device(struct net_device *dev);
void *netdev_lower_get_next(struct net_device *dev, struct list_head **iter);
void *netdev_priv(const struct net_device *dev);
struct net_device *alloc_etherdev(int size);
struct net_device *alloc_etherdev_mq(int size, unsigned int count);
struct net_device *alloc_etherdev_mqs(int size, unsigned int tx, unsigned int rx);
struct net_device *devm_alloc_etherdev(struct device *device, int size);
struct net_device *alloc_netdev(int size, const char *name, unsigned char type, void (*setup)(struct net_device *dev));
struct net_device *alloc_netdev_mqs(int size, const char *name, unsigned char type, void (*setup)(struct net_device *dev), unsigned int tx, unsigned int rx);
struct net_device *dev_get_by_name(struct net *net, const char *name);
struct net_device *__dev_get_by_index(struct net *net, int index);
struct net_device *dev_get_by_index(struct net *net, int index);
struct net_device *vlan_dev_real_dev(const struct net_device *dev);
struct netdev_queue *netdev_get_tx_queue(const struct net_device *dev, unsigned int index);
struct net *dev_net(const struct net_device *dev);
const char *netdev_name(const struct net_device *dev);
bool netif_running(const struct net_device *dev);
bool netif_carrier_ok(const struct net_device *dev);
bool netif_queue_stopped(const struct net_device *dev);
bool napi_complete_done(struct napi_struct *napi, int done);
int netif_rx(struct sk_buff *skb);
int netif_receive_skb(struct sk_buff *skb);
void netif_napi_add(struct net_device *dev, struct napi_struct *napi, int (*poll)(struct napi_struct *napi, int budget), ...);
void netif_napi_add_weight(struct net_device *dev, struct napi_struct *napi, int (*poll)(struct napi_struct *napi, int budget), int weight);
int skb_copy_datagram_from_iter(struct sk_buff *skb, int offset, struct iov_iter *from, int size);
void xdp_return_frame(struct xdp_frame *frame);
int napi_gro_receive(struct napi_struct *napi, struct sk_buff *skb);
int napi_gro_frags(struct napi_struct *napi);
int dev_queue_xmit(struct sk_buff *skb);
int dev_forward_skb(struct net_device *dev, struct sk_buff *skb);
extern struct net init_net;
struct packet_type { __be16 type; bool ignore_outgoing; struct net_device *dev; int (*func)(struct sk_buff *skb, struct net_device *dev, struct packet_type *type, struct net_device *orig_dev); void *af_packet_priv; struct list_head list; };
struct notifier_block { int (*notifier_call)(struct notifier_block *block, unsigned long action, void *data); struct notifier_block *next; int priority; };
#define NOTIFY_DONE 0
#define NOTIFY_OK 1
#define NOTIFY_BAD 0x8002
struct xdp_buff { void *data, *data_end, *data_meta, *data_hard_start; struct xdp_rxq_info *rxq; struct xdp_txq_info *txq; u32 frame_sz, flags; };
struct xdp_frame { void *data; u16 len, headroom; u32 metasize; struct net_device *dev_rx; u32 frame_sz, flags; };
struct xdp_rxq_info { struct net_device *dev; u32 queue_index, reg_state; };
#define XDP_ABORTED 0
#define XDP_DROP 1
#define XDP_PASS 2
#define XDP_TX 3
#define XDP_REDIRECT 4
#define XDP_PACKET_HEADROOM 256

/* ---- virtio-net header, tun ---- */
struct virtio_net_hdr { __u8 flags, gso_type; __u16 hdr_len, gso_size, csum_start, csum_offset; };
struct virtio_net_hdr_mrg_rxbuf { struct virtio_net_hdr hdr; __u16 num_buffers; };
struct tun_pi { __u16 flags; __be16 proto; };
#define IFF_TUN 0x0001
#define IFF_TAP 0x0002
#define IFF_NO_PI 0x1000
#define IFF_VNET_HDR 0x4000
#define TUN_PKT_STRIP 0x0001
#define VIRTIO_NET_HDR_F_NEEDS_CSUM 1
#define VIRTIO_NET_HDR_GSO_NONE 0

/* ---- usbnet ---- */
struct usbnet;
struct driver_info {
    char *description; int flags;
    int (*bind)(struct usbnet *net, struct usb_interface *interface); void (*unbind)(struct usbnet *net, struct usb_interface *interface);
    int (*reset)(struct usbnet *net); int (*stop)(struct usbnet *net); int (*check_connect)(struct usbnet *net);
    int (*manage_power)(struct usbnet *net, int on); void (*status)(struct usbnet *net, struct urb *urb); int (*link_reset)(struct usbnet *net);
    int (*rx_fixup)(struct usbnet *net, struct sk_buff *skb); struct sk_buff *(*tx_fixup)(struct usbnet *net, struct sk_buff *skb, gfp_t flags);
    int (*recover)(struct usbnet *net); int (*early_init)(struct usbnet *net); void (*indication)(struct usbnet *net, void *data, int size);
    void (*set_rx_mode)(struct usbnet *net); int in, out; unsigned long data;
};
struct mii_if_info { int phy_id, advertising, phy_id_mask, reg_num_mask; unsigned int full_duplex : 1, force_media : 1, supports_gmii : 1; struct net_device *dev; int (*mdio_read)(struct net_device *dev, int phy, int location); void (*mdio_write)(struct net_device *dev, int phy, int location, int value); };
struct usbnet {
    struct usb_device *udev; struct usb_interface *intf; const struct driver_info *driver_info; const char *driver_name; void *driver_priv; wait_queue_head_t wait;
    struct mutex phy_mutex; unsigned char suspend_count, pkt_cnt, pkt_err; unsigned short rx_qlen, tx_qlen; unsigned can_dma_sg : 1; unsigned in, out; struct usb_host_endpoint *status;
    unsigned maxpacket; struct timer_list delay; const char *padding_pkt; struct net_device *net; int msg_enable; unsigned long data[5]; u32 xid, hard_mtu; size_t rx_urb_size; struct mii_if_info mii;
    struct sk_buff_head rxq, txq, done, rxq_pause; struct urb *interrupt; struct work_struct kevent; unsigned long flags;
};
struct skb_data { struct urb *urb; struct usbnet *dev; int state; long length; unsigned long packets; };
#define FLAG_FRAMING_NC 0x0001
#define FLAG_FRAMING_GL 0x0002
#define FLAG_FRAMING_RN 0x0008
#define FLAG_NO_SETINT 0x0010
#define FLAG_ETHER 0x0020
#define FLAG_FRAMING_AX 0x0040
#define FLAG_WLAN 0x0080
#define FLAG_AVOID_UNLINK_URBS 0x0100
#define FLAG_SEND_ZLP 0x0200
#define FLAG_WWAN 0x0400
#define FLAG_LINK_INTR 0x0800
#define FLAG_POINTTOPOINT 0x1000
#define FLAG_MULTI_PACKET 0x2000
#define FLAG_RX_ASSEMBLE 0x4000
#define FLAG_NOARP 0x8000
void usbnet_skb_return(struct usbnet *net, struct sk_buff *skb);
#endif
