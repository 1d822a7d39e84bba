/* QEMU's functions of the stand-in: guest memory takes frames and descriptors, and the oracle is told of frames. */
#include "oracle.h"
#include "oracle_qemu.h"

static struct iovec given[2];

struct iovec *oracle_iovec(unsigned char *frame, size_t length)
{
    given[0] = (struct iovec){frame, length};
    return given;
}

static MemTxResult to_guest(const void *buf, size_t size)
{
    if (oracle_holds_frame(buf, size))
        oracle_handed_on(buf, size);
    return 0;
}

MemTxResult pci_dma_write(PCIDevice *dev, dma_addr_t at, const void *buf, dma_addr_t size)
{ (void)dev, (void)at; return to_guest(buf, size); }
MemTxResult dma_memory_write(AddressSpace *as, dma_addr_t at, const void *buf, dma_addr_t size, MemTxAttrs attrs)
{ (void)as, (void)at, (void)attrs; return to_guest(buf, size); }
MemTxResult address_space_write(AddressSpace *as, hwaddr at, MemTxAttrs attrs, const void *buf, hwaddr size)
{ (void)as, (void)at, (void)attrs; return to_guest(buf, size); }
void cpu_physical_memory_write(hwaddr at, const void *buf, hwaddr size) { (void)at; to_guest(buf, size); }

size_t iov_from_buf(const struct iovec *iov, unsigned int count, size_t offset, const void *buf, size_t size)
{
    (void)iov, (void)count, (void)offset;
    to_guest(buf, size);
    return size;
}

size_t iov_size(const struct iovec *iov, unsigned int count)
{
    size_t total = 0;
    for (unsigned int i = 0; i < count; i++)
        total += iov[i].iov_len;
    return total;
}

size_t iov_to_buf(const struct iovec *iov, unsigned int count, size_t offset, void *buf, size_t size)
{
    size_t done = 0;
    for (unsigned int i = 0; i < count && done < size; i++) {
        size_t part = iov[i].iov_len;
        if (offset >= part) {
            offset -= part;
            continue;
        }
        part = part - offset < size - done ? part - offset : size - done;
        memcpy((uint8_t *)buf + done, (const uint8_t *)iov[i].iov_base + offset, part);
        done += part;
        offset = 0;
    }
    return done;
}

ssize_t qemu_send_packet(NetClientState *nc, const uint8_t *buf, int size)
{
    (void)nc;
    oracle_handed_on(buf, (size_t)size);
    return size;
}

NICState *qemu_new_nic(NetClientInfo *info, NICConf *conf, const char *model, const char *name, void *guard, void *opaque)
{
    NICState *nic = oracle_state(sizeof(*nic));
    (void)model, (void)name, (void)guard;
    nic->conf = conf;
    nic->opaque = opaque;
    nic->ncs = oracle_state(sizeof(*nic->ncs));
    *nic->ncs = (NetClientState){.info = info, .oracle_opaque = opaque};
    return nic;
}

uint32_t net_checksum_add(int len, uint8_t *buf)
{
    uint32_t sum = 0;
    for (int i = 0; i < len; i++)
        sum += i & 1 ? buf[i] : (uint32_t)buf[i] << 8;
    return sum;
}
