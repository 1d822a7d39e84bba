/* What generated harnesses use of the NDIS stand-in. */
#ifndef ORACLE_NDIS_SIDE_H
#define ORACLE_NDIS_SIDE_H
#include "ndis.h"
#include "oracle.h"
PMDL oracle_mdl(unsigned char *frame, size_t length);
PNET_BUFFER_LIST oracle_net_buffer_list(unsigned char *frame, size_t length);
PNDIS_PACKET oracle_ndis_packet(unsigned char *frame, size_t length);
PPNDIS_PACKET oracle_ndis_packet_at(unsigned char *frame, size_t length);
PIRP oracle_write_irp(unsigned char *frame, size_t length);
int oracle_registered(void *handler);
void oracle_after(void);
#endif
