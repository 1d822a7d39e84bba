/*
 * Plain C on a POSIX system: integers, byte order, sockets, protocol headers with their exact layouts.
 * Written from POSIX.1-2017 and the wire formats (IEEE 802.3, RFC 791, 8200, 768, 793, 826).
 */
#ifndef LENAUDIT_GENERIC_H
#define LENAUDIT_GENERIC_H

#include <stddef.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdbool.h>
#include <limits.h>
#include <string.h>

typedef uint8_t u_int8_t;
typedef uint16_t u_int16_t, in_port_t, sa_family_t;
typedef uint32_t u_int32_t, in_addr_t;
typedef uint64_t u_int64_t;
typedef unsigned char u_char;
typedef unsigned short u_short, ushort;
typedef unsigned int u_int, uint, socklen_t, mode_t, uid_t, gid_t, useconds_t;
typedef unsigned long u_long;
typedef long ssize_t, off_t, time_t, suseconds_t;
typedef int pid_t;
typedef struct lenaudit_file FILE;
extern FILE *stdin, *stdout, *stderr;
extern int errno;
#define EOF (-1)
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define EINTR 4
#define EIO 5
#define EAGAIN 11
#define EWOULDBLOCK EAGAIN
#define ENOMEM 12
#define EFAULT 14
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define ENOSPC 28
#define EMSGSIZE 90
#define ENOBUFS 105
#define ETIMEDOUT 110

#define ntohs(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define htons(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define ntohl(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define htonl(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define be16toh(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define htobe16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define be32toh(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define htobe32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define be64toh(x) ((uint64_t)__builtin_bswap64((uint64_t)(x)))
#define htobe64(x) ((uint64_t)__builtin_bswap64((uint64_t)(x)))
#define bswap_16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define bswap_32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define le16toh(x) ((uint16_t)(x))
#define htole16(x) ((uint16_t)(x))
#define le32toh(x) ((uint32_t)(x))
#define htole32(x) ((uint32_t)(x))

#define ETH_ALEN 6
#define ETH_HLEN 14
#define ETH_ZLEN 60
#define ETH_DATA_LEN 1500
#define ETH_FRAME_LEN 1514
#define ETH_FCS_LEN 4
#define ETHER_ADDR_LEN 6
#define ETHER_HDR_LEN 14
#define ETHER_CRC_LEN 4
#define ETHER_MIN_LEN 64
#define ETHER_MAX_LEN 1518
#define ETHERMTU 1500
#define ETHERMIN 46
#define ETHERTYPE_IP 0x0800
#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_VLAN 0x8100
#define ETHERTYPE_IPV6 0x86dd
#define ETH_P_IP 0x0800
#define ETH_P_ARP 0x0806
#define ETH_P_8021Q 0x8100
#define ETH_P_8021AD 0x88A8
#define ETH_P_IPV6 0x86DD
#define ETH_P_PPP_DISC 0x8863
#define ETH_P_PPP_SES 0x8864
#define ETH_P_PAE 0x888E
#define ETH_P_LLDP 0x88CC
#define ETH_P_ALL 0x0003
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define IPPROTO_ICMPV6 58
#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define IFNAMSIZ 16
struct ether_addr { uint8_t ether_addr_octet[6]; } __attribute__((packed));
struct ether_header { uint8_t ether_dhost[6]; uint8_t ether_shost[6]; uint16_t ether_type; } __attribute__((packed));
struct ethhdr { unsigned char h_dest[6]; unsigned char h_source[6]; uint16_t h_proto; } __attribute__((packed));
struct in_addr { in_addr_t s_addr; };
struct in6_addr { union { uint8_t u6_addr8[16]; uint16_t u6_addr16[8]; uint32_t u6_addr32[4]; } in6_u; };
#define s6_addr in6_u.u6_addr8
struct ip { unsigned int ip_hl : 4, ip_v : 4; uint8_t ip_tos; uint16_t ip_len, ip_id, ip_off; uint8_t ip_ttl, ip_p; uint16_t ip_sum; struct in_addr ip_src, ip_dst; } __attribute__((packed));
struct iphdr { uint8_t ihl : 4, version : 4; uint8_t tos; uint16_t tot_len, id, frag_off; uint8_t ttl, protocol; uint16_t check; uint32_t saddr, daddr; };
struct ip6_hdr { union { struct { uint32_t ip6_un1_flow; uint16_t ip6_un1_plen; uint8_t ip6_un1_nxt, ip6_un1_hlim; } ip6_un1; uint8_t ip6_un2_vfc; } ip6_ctlun; struct in6_addr ip6_src, ip6_dst; };
#define ip6_vfc ip6_ctlun.ip6_un2_vfc
#define ip6_flow ip6_ctlun.ip6_un1.ip6_un1_flow
#define ip6_plen ip6_ctlun.ip6_un1.ip6_un1_plen
#define ip6_nxt ip6_ctlun.ip6_un1.ip6_un1_nxt
#define ip6_hlim ip6_ctlun.ip6_un1.ip6_un1_hlim
struct ipv6hdr { uint8_t priority : 4, version : 4; uint8_t flow_lbl[3]; uint16_t payload_len; uint8_t nexthdr, hop_limit; struct in6_addr saddr, daddr; };
struct udphdr { union { struct { uint16_t uh_sport, uh_dport, uh_ulen, uh_sum; }; struct { uint16_t source, dest, len, check; }; }; };
struct tcphdr { union { struct { uint16_t th_sport, th_dport; uint32_t th_seq, th_ack; uint8_t th_x2 : 4, th_off : 4, th_flags; uint16_t th_win, th_sum, th_urp; }; struct { uint16_t source, dest; uint32_t seq, ack_seq; uint16_t res1 : 4, doff : 4, fin : 1, syn : 1, rst : 1, psh : 1, ack : 1, urg : 1, res2 : 2; uint16_t window, check, urg_ptr; }; }; };
struct icmphdr { uint8_t type, code; uint16_t checksum; uint32_t un; };
struct arphdr { uint16_t ar_hrd, ar_pro; uint8_t ar_hln, ar_pln; uint16_t ar_op; };
struct ether_arp { struct arphdr ea_hdr; uint8_t arp_sha[6], arp_spa[4], arp_tha[6], arp_tpa[4]; };
struct sockaddr { sa_family_t sa_family; char sa_data[14]; };
struct sockaddr_in { sa_family_t sin_family; in_port_t sin_port; struct in_addr sin_addr; unsigned char sin_zero[8]; };
struct sockaddr_in6 { sa_family_t sin6_family; in_port_t sin6_port; uint32_t sin6_flowinfo; struct in6_addr sin6_addr; uint32_t sin6_scope_id; };
struct sockaddr_ll { unsigned short sll_family, sll_protocol; int sll_ifindex; unsigned short sll_hatype; unsigned char sll_pkttype, sll_halen, sll_addr[8]; };
struct ifreq { char ifr_name[IFNAMSIZ]; union { struct sockaddr ifr_addr, ifr_hwaddr; short ifr_flags; int ifr_ifindex, ifr_mtu; void *ifr_data; }; };
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr { void *msg_name; socklen_t msg_namelen; struct iovec *msg_iov; size_t msg_iovlen; void *msg_control; size_t msg_controllen; int msg_flags; };
struct timeval { time_t tv_sec; suseconds_t tv_usec; };
struct timespec { time_t tv_sec; long tv_nsec; };

#ifdef __cplusplus
extern "C" {
#endif
void __lenaudit_assert(int holds);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *at, size_t size);
void free(void *at);
ssize_t read(int fd, void *to, size_t size);
ssize_t write(int fd, const void *from, size_t size);
ssize_t send(int fd, const void *from, size_t size, int flags);
ssize_t sendto(int fd, const void *from, size_t size, int flags, const struct sockaddr *to, socklen_t length);
ssize_t sendmsg(int fd, const struct msghdr *message, int flags);
ssize_t recv(int fd, void *to, size_t size, int flags);
ssize_t recvfrom(int fd, void *to, size_t size, int flags, struct sockaddr *from, socklen_t *length);
ssize_t readv(int fd, const struct iovec *parts, int count);
ssize_t writev(int fd, const struct iovec *parts, int count);
int printf(const char *format, ...);
int fprintf(FILE *to, const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
#ifdef __cplusplus
}
#endif
#ifndef assert
#define assert(condition) __lenaudit_assert(!!(condition))
#endif
#endif
