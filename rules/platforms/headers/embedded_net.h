/*
 * What the small network stacks have in common: fixed integers, byte order, the wire formats.
 * Wire formats: IEEE 802.3 and 802.1Q, RFC 791, 8200, 768, 793, 826. The headers of each stack follow in files of
 * their own; the functions that frames go through are declared there, and described in embedded.toml.
 */
#ifndef LENAUDIT_EMBEDDED_NET_H
#define LENAUDIT_EMBEDDED_NET_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <string.h>

void __lenaudit_assert(int holds);
#define LENAUDIT_SWAP16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define LENAUDIT_SWAP32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#ifndef htons
#define htons(x) LENAUDIT_SWAP16(x)
#define ntohs(x) LENAUDIT_SWAP16(x)
#define htonl(x) LENAUDIT_SWAP32(x)
#define ntohl(x) LENAUDIT_SWAP32(x)
#endif

typedef long ssize_t;
#ifndef EIO
#define EPERM 1
#define EIO 5
#define EAGAIN 11
#define ENOMEM 12
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define EMSGSIZE 90
#define ENETDOWN 100
#define ENOBUFS 105
#define ETIMEDOUT 110
#endif
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *malloc(size_t size);
void free(void *at);
int printf(const char *format, ...);
#endif
