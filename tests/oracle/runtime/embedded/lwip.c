/* lwIP's functions of the stand-in. */
#include "oracle.h"
#include "oracle_lwip.h"

static struct pbuf given;

static err_t pass_on(struct pbuf *p) { oracle_handed_on(p->payload, p->tot_len); return ERR_OK; }
static void pass_given(void) { pass_on(&given); }
err_t ethernet_input(struct pbuf *p, struct netif *netif) { (void)netif; return pass_on(p); }
err_t tcpip_input(struct pbuf *p, struct netif *netif) { (void)netif; return pass_on(p); }
err_t etharp_output(struct netif *netif, struct pbuf *p, const ip4_addr_t *ipaddr) { (void)netif, (void)ipaddr; return pass_on(p); }
u8_t pbuf_free(struct pbuf *p) { (void)p; oracle_freed(); return 1; }

void oracle_netif(struct netif *netif) { *netif = (struct netif){.input = ethernet_input, .mtu = 1500}; }

struct pbuf *oracle_pbuf(unsigned char *frame, size_t length)
{
    given = (struct pbuf){.payload = frame, .tot_len = (u16_t)length, .len = (u16_t)length, .ref = 1};
    oracle_gives(&given, pass_given);
    return &given;
}

struct pbuf *pbuf_alloc(pbuf_layer layer, u16_t length, pbuf_type type)
{
    struct pbuf *p = oracle_allocate(sizeof(*p));
    (void)layer, (void)type;
    p->payload = oracle_allocate(length);
    p->tot_len = p->len = length;
    return p;
}

void pbuf_realloc(struct pbuf *p, u16_t size)
{
    if (size < p->tot_len)
        p->tot_len = p->len = size;
}

u8_t pbuf_remove_header(struct pbuf *p, size_t size)
{
    if (size > p->len)
        return 1;
    p->payload = (u8_t *)p->payload + size;
    p->len -= (u16_t)size;
    p->tot_len -= (u16_t)size;
    return 0;
}

u8_t pbuf_add_header(struct pbuf *p, size_t size)
{
    p->payload = (u8_t *)p->payload - size;
    p->len += (u16_t)size;
    p->tot_len += (u16_t)size;
    return 0;
}

err_t pbuf_take(struct pbuf *to, const void *data, u16_t size)
{
    if (size > to->tot_len)
        return ERR_MEM;
    memcpy(to->payload, data, size);
    return ERR_OK;
}

u16_t pbuf_copy_partial(const struct pbuf *from, void *to, u16_t size, u16_t offset)
{
    u16_t part = offset >= from->tot_len ? 0 : size < from->tot_len - offset ? size : (u16_t)(from->tot_len - offset);
    memcpy(to, (const u8_t *)from->payload + offset, part);
    return part;
}

struct netif *netif_add_noaddr(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input)
{
    netif->state = state;
    netif->input = input;
    return init(netif) == ERR_OK ? netif : NULL;
}
