/* The total length of a packet on its way out is compared as it stands in the header. */
#include "lwip/ip4.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"

err_t port_output(struct netif *netif, struct pbuf *p)
{
	struct ip_hdr *header = (struct ip_hdr *)((u8_t *)p->payload + 14);

	if (header->_len + 14 != p->tot_len) /* expect: length-byte-order */
		return ERR_VAL;
	return netif->linkoutput(netif, p);
}
