/* What the stand-ins of the small network stacks have in common. */
#ifndef ORACLE_NET_H
#define ORACLE_NET_H
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#define ORACLE_SWAP16(x) ((uint16_t)__builtin_bswap16((uint16_t)(x)))
#define ORACLE_SWAP32(x) ((uint32_t)__builtin_bswap32((uint32_t)(x)))
#define ORACLE_PACKED __attribute__((packed))
#define htons(x) ORACLE_SWAP16(x)
#define ntohs(x) ORACLE_SWAP16(x)
#define htonl(x) ORACLE_SWAP32(x)
#define ntohl(x) ORACLE_SWAP32(x)
#endif
