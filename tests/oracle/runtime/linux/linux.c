/* The kernel's functions of the stand-in: what they do to a socket buffer, and what the oracle is told. */
#include "oracle.h"
#include "oracle_linux.h"

enum { ROOM = 128, LARGEST = 1 << 16, BEHIND = 16, HEADERS = 14 + 40 + 20 };

static struct sk_buff given;
static struct sk_buff *given_pointer;
static struct iov_iter given_iter;
static unsigned char whole[4096];
static void pass_given(void);

/* ---- what is given to the driver ---- */
struct net_device *oracle_device(size_t private_bytes)
{
    struct net_device *dev = oracle_state(sizeof(*dev));
    memcpy(dev->name, "oracle", 7);
    ether_setup(dev);
    dev->oracle_private = oracle_state(private_bytes);
    return dev;
}

struct net_device *oracle_lower(void)
{
    static struct net_device lower;
    ether_setup(&lower);
    lower.rx_handler_data = &lower;
    lower.oracle_private = whole;
    return &lower;
}

struct sk_buff *oracle_skb(unsigned char *frame, size_t length, unsigned int pulled)
{
    memset(&given, 0, sizeof(given));
    given.dev = oracle_lower();
    given.head = frame - ROOM;
    given.oracle_mac = frame;
    given.data = frame + pulled;
    given.tail = frame + length;
    given.end = frame + 2048;
    given.len = (unsigned int)length - pulled;
    given.protocol = htons(oracle_ethertype);
    if (oracle_second_run && length >= HEADERS) /* the stack asks for a checksum only where there is a header */
        given.ip_summed = CHECKSUM_PARTIAL;
    oracle_gives(&given, pass_given);
    return &given;
}

struct sk_buff **oracle_skb_at(unsigned char *frame, size_t length, unsigned int pulled)
{
    given_pointer = oracle_skb(frame, length, pulled);
    return &given_pointer;
}

struct iov_iter *oracle_iter(unsigned char *frame, size_t length)
{
    given_iter = (struct iov_iter){.count = length, .oracle_at = frame};
    return &given_iter;
}

struct msghdr *oracle_msghdr(unsigned char *frame, size_t length)
{
    static struct msghdr given_message;
    given_message = (struct msghdr){.msg_iter = *oracle_iter(frame, length)};
    return &given_message;
}

struct xdp_frame **oracle_xdp_frame_at(unsigned char *frame, size_t length)
{
    static struct xdp_frame given_frame, *pointer = &given_frame;
    given_frame = (struct xdp_frame){.data = frame, .len = (u16)length};
    return &pointer;
}

struct xdp_buff *oracle_xdp_buff(unsigned char *frame, size_t length)
{
    static struct xdp_buff given_buff;
    given_buff = (struct xdp_buff){.data = frame, .data_end = frame + length, .data_meta = frame, .data_hard_start = frame - ROOM};
    return &given_buff;
}

struct sk_buff *oracle_transfer(unsigned char *frame, size_t length, size_t box) /* a frame in its box, and a rest */
{
    oracle_allow(frame + length, BEHIND);
    memset(frame + length, 0, BEHIND);
    return oracle_skb(oracle_boxed(frame, box), box + length + BEHIND, 0);
}

/* ---- sizes ---- */
void *skb_put(struct sk_buff *skb, unsigned int size)
{
    unsigned char *at = skb->tail;
    oracle_allow(at, size);
    skb->tail += size;
    skb->len += size;
    return at;
}

void *skb_put_data(struct sk_buff *skb, const void *data, unsigned int size) { return memcpy(skb_put(skb, size), data, size); }

void *skb_push(struct sk_buff *skb, unsigned int size)
{
    skb->data -= size;
    skb->len += size;
    return skb->data;
}

void *skb_pull(struct sk_buff *skb, unsigned int size)
{
    if (size > skb->len)
        return NULL;
    skb->len -= size;
    return skb->data += size;
}

void skb_trim(struct sk_buff *skb, unsigned int size)
{
    if (skb->len > size) {
        skb->len = size;
        skb->tail = skb->data + size;
    }
}

void skb_reserve(struct sk_buff *skb, int size) { skb->data += size; skb->tail += size; }

int skb_padto(struct sk_buff *skb, unsigned int size)
{
    if (skb->len < size) {
        oracle_allow(skb->tail, size - skb->len);
        memset(skb->tail, 0, size - skb->len);
    }
    return 0;
}

int skb_put_padto(struct sk_buff *skb, unsigned int size)
{
    skb_padto(skb, size);
    if (skb->len < size)
        skb_put(skb, size - skb->len);
    return 0;
}

int eth_skb_pad(struct sk_buff *skb) { return skb_put_padto(skb, ETH_ZLEN); }
int skb_linearize(struct sk_buff *skb) { skb->data_len = 0; return 0; }
int skb_cow_head(struct sk_buff *skb, unsigned int room) { return skb->data - skb->head < (long)room ? -ENOMEM : 0; }
bool pskb_may_pull(struct sk_buff *skb, unsigned int size) { return size <= skb->len; }

/* ---- life ---- */
static struct sk_buff *fresh(unsigned int size)
{
    struct sk_buff *skb = size < LARGEST ? oracle_allocate(sizeof(*skb)) : NULL;
    if (!skb)
        return NULL;
    skb->head = oracle_allocate(ROOM + size);
    skb->data = skb->tail = skb->head + ROOM;
    skb->end = skb->data + size;
    return skb;
}

struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t flags)
{
    struct sk_buff *copy = fresh(skb->len);
    (void)flags;
    memcpy(skb_put(copy, skb->len), skb->data, skb->len);
    copy->protocol = skb->protocol;
    return copy;
}

struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t flags)
{
    struct sk_buff *clone = oracle_allocate(sizeof(*clone));
    (void)flags;
    *clone = *skb;
    return clone;
}

struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned int size)
{
    struct sk_buff *skb = fresh(size);
    if (skb)
        skb->dev = dev;
    return skb;
}

struct sk_buff *napi_alloc_skb(struct napi_struct *napi, unsigned int size) { return netdev_alloc_skb(napi->dev, size); }
struct sk_buff *build_skb(void *data, unsigned int size)
{
    struct sk_buff *skb = oracle_allocate(sizeof(*skb));
    skb->head = skb->data = skb->tail = data;
    skb->end = skb->head + size;
    return skb;
}

void *skb_header_pointer(const struct sk_buff *skb, int offset, int size, void *room)
{
    (void)room;
    return offset + size > (int)skb->len ? NULL : skb->data + offset;
}

void kfree_skb(struct sk_buff *skb) { (void)skb; oracle_freed(); }
void xdp_return_frame(struct xdp_frame *frame) { (void)frame; oracle_freed(); }
void consume_skb(struct sk_buff *skb) { kfree_skb(skb); }

/* ---- handing on: everything from the link header on, where one was recognised ---- */
static int pass_on(struct sk_buff *skb)
{
    unsigned int before = skb->oracle_rest == skb->data ? ETH_HLEN : 0;
    oracle_handed_on(skb->data - before, skb->len + before);
    return 0;
}

static void pass_given(void) { pass_on(&given); }

int dev_forward_skb(struct net_device *dev, struct sk_buff *skb) { (void)dev; return pass_on(skb); }
int netif_rx(struct sk_buff *skb) { return pass_on(skb); }
int netif_receive_skb(struct sk_buff *skb) { return pass_on(skb); }
int dev_queue_xmit(struct sk_buff *skb) { return pass_on(skb); }
int napi_gro_receive(struct napi_struct *napi, struct sk_buff *skb) { (void)napi; return pass_on(skb); }
void usbnet_skb_return(struct usbnet *dev, struct sk_buff *skb) { (void)dev; pass_on(skb); }
void oracle_returned(struct sk_buff *skb)
{
    pass_on(skb);
}
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb) { (void)list; pass_on(skb); }

__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev)
{
    struct ethhdr *eth = (struct ethhdr *)skb->data;
    skb->dev = dev;
    skb->oracle_mac = skb->data;
    oracle_read(skb->data, ETH_HLEN);
    skb->oracle_rest = skb_pull(skb, ETH_HLEN);
    return ntohs(eth->h_proto) >= ETH_P_802_3_MIN ? eth->h_proto : htons(ETH_P_802_2);
}

struct skb_shared_info *skb_shinfo(const struct sk_buff *skb) /* never in segments */
{
    static struct skb_shared_info info;
    (void)skb;
    return &info;
}

unsigned long virt_to_bus(const volatile void *address) { return (unsigned long)address; }

/* ---- devices ---- */
void ether_setup(struct net_device *dev)
{
    dev->type = ARPHRD_ETHER;
    dev->hard_header_len = ETH_HLEN;
    dev->addr_len = ETH_ALEN;
    dev->mtu = ETH_DATA_LEN;
}

void netif_napi_add(struct net_device *dev, struct napi_struct *napi, int (*poll)(struct napi_struct *, int))
{
    napi->dev = dev;
    napi->poll = poll;
}

int netdev_rx_handler_register(struct net_device *dev, rx_handler_result_t (*handler)(struct sk_buff **), void *data)
{
    (void)handler;
    dev->rx_handler_data = data;
    return 0;
}

void dev_add_pack(struct packet_type *type) { (void)type; }
int register_netdev(struct net_device *dev) { (void)dev; return 0; }
int net_ratelimit(void) { return !oracle_second_run; }
void oracle_log(const char *format, ...) { (void)format; }

/* ---- memory ---- */
unsigned long copy_from_user(void *to, const void *from, unsigned long size) { memcpy(to, from, size); return 0; }

size_t copy_from_iter(void *to, size_t size, struct iov_iter *from)
{
    size_t part = size < from->count ? size : from->count;
    memcpy(to, from->oracle_at, part);
    from->oracle_at += part;
    from->count -= part;
    return part;
}

bool copy_from_iter_full(void *to, size_t size, struct iov_iter *from)
{
    return size <= from->count && copy_from_iter(to, size, from) == size;
}

void memcpy_toio(volatile void *window, const void *from, size_t size) { (void)window; oracle_handed_on(from, size); }
void *kmalloc(size_t size, gfp_t flags) { (void)flags; return oracle_allocate(size); }
void *kzalloc(size_t size, gfp_t flags) { (void)flags; return oracle_allocate(size); }
void kfree(const void *memory) { oracle_release((void *)memory); }
