/* The header in front of a frame declares its length: a negative one is refused. */
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/usb.h>
#include <linux/usb/usbnet.h>

static int box_rx_fixup(struct usbnet *dev, struct sk_buff *skb)
{
	struct sk_buff *made;
	int bytes;

	if (skb->len < 64)
		return 0;
	bytes = (skb->data[1] | (skb->data[2] << 8)) - 4; /* ok: below 0 is refused */
	if (bytes < 0 || bytes > ETH_FRAME_LEN)
		return 0;
	made = netdev_alloc_skb_ip_align(dev->net, bytes);
	if (!made)
		return 0;
	memcpy(skb_put(made, bytes), skb->data + 3, bytes);
	usbnet_skb_return(dev, made);
	return 1;
}

static const struct driver_info box = { .rx_fixup = box_rx_fixup };
