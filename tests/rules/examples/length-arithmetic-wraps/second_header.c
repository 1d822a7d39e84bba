/* The check is for one header, and two are taken off. */
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

#define TAG_BYTES 4

static u8 room[2048];

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	unsigned int payload;

	if (skb->len < ETH_HLEN || skb->len > sizeof(room)) { /* expect: length-arithmetic-wraps */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	payload = skb->len - ETH_HLEN - TAG_BYTES;
	memcpy(room, skb->data + ETH_HLEN, payload);
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
