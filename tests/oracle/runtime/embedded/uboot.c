/* U-Boot's functions of the stand-in; a driver's window is memory that the oracle looks into afterwards. */
#include "oracle.h"
#include "oracle_uboot.h"

void net_process_received_packet(uchar *in_packet, int len) { oracle_handed_on(in_packet, (size_t)len); }
