/* The NDIS functions of the stand-in: what they do to frames and queues, and what the oracle is told. */
#include "oracle_ndis.h"

enum { BLOCK = 4096, HEADS = 16, SPLIT = 10 };

static LIST_ENTRY *heads[HEADS];
static int head_count;
static NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
static NDIS_FILTER_DRIVER_CHARACTERISTICS filter;
static NDIS_MINIPORT_CHARACTERISTICS old_miniport;
static DRIVER_OBJECT driver;
static MDL given_mdl, given_rest;
static NET_BUFFER given_buffer;
static NET_BUFFER_LIST given_list;
static IRP given_irp;
static NDIS_PACKET given_packet, *given_packets;
static void pass_list(void), pass_packet(void);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) __attribute__((weak));

void oracle_platform_start(void)
{
    UNICODE_STRING path = {0};

    memset(&miniport, 0, sizeof(miniport));
    memset(&filter, 0, sizeof(filter));
    memset(&old_miniport, 0, sizeof(old_miniport));
    memset(&driver, 0, sizeof(driver));
    head_count = 0;
    oracle_keep_allocations(1);
    if (DriverEntry)
        DriverEntry(&driver, &path);
    if (miniport.InitializeHandlerEx) {
        NDIS_MINIPORT_INIT_PARAMETERS start = {{0, 0, 0}};
        miniport.InitializeHandlerEx((NDIS_HANDLE)&miniport, NULL, &start);
    }
    oracle_keep_allocations(0);
}

void oracle_platform_reset(void)
{
    for (int i = 0; i < head_count; i++)
        heads[i]->Flink = heads[i]->Blink = heads[i];
    head_count = 0;
}

/* Whether the driver itself registered `handler` for `role`; with no registration there is nothing to compare. */
int oracle_registered(void *handler)
{
    void *known[] = {(void *)miniport.SendNetBufferListsHandler, (void *)filter.SendNetBufferListsHandler,
                     (void *)filter.ReceiveNetBufferListsHandler, (void *)driver.MajorFunction[IRP_MJ_WRITE],
                     (void *)old_miniport.SendHandler, (void *)old_miniport.SendPacketsHandler};
    for (unsigned i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (known[i] == handler)
            return 1;
    return 0;
}

/* ---- what is given to the driver ---- */
PMDL oracle_mdl(unsigned char *frame, size_t length)
{
    given_mdl = (MDL){.MappedSystemVa = frame, .ByteCount = (ULONG)length};
    return &given_mdl;
}

PNET_BUFFER_LIST oracle_net_buffer_list(unsigned char *frame, size_t length)
{
    memset(&given_buffer, 0, sizeof(given_buffer));
    memset(&given_list, 0, sizeof(given_list));
    given_buffer.MdlChain = given_buffer.CurrentMdl = oracle_mdl(frame, length);
    if (oracle_second_run && length > SPLIT) { /* the stack may hand down headers and data apart */
        given_rest = (MDL){.MappedSystemVa = frame + SPLIT, .ByteCount = (ULONG)(length - SPLIT)};
        given_mdl.ByteCount = SPLIT;
        given_mdl.Next = &given_rest;
    }
    given_buffer.DataLength = (ULONG)length;
    given_list.FirstNetBuffer = &given_buffer;
    oracle_gives(&given_list, pass_list);
    oracle_gives(&given_buffer, pass_list);
    return &given_list;
}

PNDIS_PACKET oracle_ndis_packet(unsigned char *frame, size_t length)
{
    given_packet.Private.Head = oracle_mdl(frame, length);
    given_packet.Private.TotalLength = (UINT)length;
    oracle_gives(&given_packet, pass_packet);
    return &given_packet;
}

PPNDIS_PACKET oracle_ndis_packet_at(unsigned char *frame, size_t length)
{
    given_packets = oracle_ndis_packet(frame, length);
    return &given_packets;
}

PIRP oracle_write_irp(unsigned char *frame, size_t length)
{
    memset(&given_irp, 0, sizeof(given_irp));
    given_irp.MdlAddress = oracle_mdl(frame, length);
    given_irp.AssociatedIrp.SystemBuffer = frame;
    given_irp.CurrentLocation.MajorFunction = IRP_MJ_WRITE;
    given_irp.CurrentLocation.Parameters.Write.Length = (ULONG)length;
    return &given_irp;
}

void oracle_after(void) /* entries that are still linked when the handler has returned */
{
    for (int i = 0; i < head_count; i++)
        for (LIST_ENTRY *entry = heads[i]->Flink; entry != heads[i]; entry = entry->Flink)
            oracle_kept(entry);
}

/* ---- net buffers ---- */
static PVOID flat_view(PNET_BUFFER nb, ULONG wanted, PVOID storage)
{
    PMDL mdl = nb->CurrentMdl;
    size_t filled = 0, skip = nb->CurrentMdlOffset;

    if (mdl && wanted <= mdl->ByteCount - skip)
        return (unsigned char *)mdl->MappedSystemVa + skip;
    if (storage == NULL)
        return NULL;
    for (; mdl && filled < wanted; mdl = mdl->Next, skip = 0) {
        size_t part = mdl->ByteCount - skip < wanted - filled ? mdl->ByteCount - skip : wanted - filled;
        memcpy((unsigned char *)storage + filled, (unsigned char *)mdl->MappedSystemVa + skip, part);
        filled += part;
    }
    return storage;
}

static void pass_on(PNET_BUFFER_LIST Lists)
{
    static unsigned char flat[65536];

    for (; Lists; Lists = Lists->Next)
        for (PNET_BUFFER nb = Lists->FirstNetBuffer; nb; nb = nb->Next)
            oracle_handed_on(flat_view(nb, nb->DataLength, flat), nb->DataLength);
}

static void pass_list(void) { pass_on(&given_list); }

static void give_back(PNET_BUFFER_LIST Lists)
{
    for (; Lists; Lists = Lists->Next)
        if (Lists == &given_list)
            oracle_completed(Lists->Status);
}

VOID NdisMIndicateReceiveNetBufferLists(NDIS_HANDLE Miniport, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{ (void)Miniport, (void)Port, (void)Count, (void)Flags; pass_on(Lists); }
VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{ (void)Filter, (void)Port, (void)Count, (void)Flags; pass_on(Lists); }
VOID NdisFSendNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{ (void)Filter, (void)Port, (void)Flags; pass_on(Lists); }
VOID NdisMSendNetBufferListsComplete(NDIS_HANDLE Miniport, PNET_BUFFER_LIST Lists, ULONG Flags)
{ (void)Miniport, (void)Flags; give_back(Lists); }
VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags)
{ (void)Filter, (void)Flags; give_back(Lists); }
VOID NdisFReturnNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags)
{ (void)Filter, (void)Flags, (void)Lists; oracle_freed(); }

PVOID NdisGetDataBuffer(PNET_BUFFER nb, ULONG BytesNeeded, PVOID Storage, UINT AlignMultiple, UINT AlignOffset)
{
    (void)AlignMultiple, (void)AlignOffset;
    return BytesNeeded > nb->DataLength ? NULL : flat_view(nb, BytesNeeded, Storage);
}

VOID NdisQueryMdl(PMDL Mdl, PVOID *Address, PUINT Length, MM_PAGE_PRIORITY Priority)
{
    (void)Priority;
    if (Address)
        *Address = Mdl->MappedSystemVa;
    *Length = Mdl->ByteCount;
}

PMDL NdisAllocateMdl(NDIS_HANDLE Handle, PVOID Address, UINT Length)
{
    PMDL mdl = oracle_allocate(sizeof(*mdl));
    (void)Handle;
    mdl->MappedSystemVa = Address;
    mdl->ByteCount = Length;
    return mdl;
}

VOID NdisFreeMdl(PMDL Mdl) { oracle_release(Mdl); }

PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE Pool, USHORT ContextSize, USHORT BackFill, PMDL Mdl, ULONG Offset, SIZE_T Length)
{
    struct { NET_BUFFER_LIST list; NET_BUFFER buffer; } *both = oracle_allocate(sizeof(*both));
    (void)Pool, (void)ContextSize, (void)BackFill;
    both->list.FirstNetBuffer = &both->buffer;
    both->buffer.MdlChain = both->buffer.CurrentMdl = Mdl;
    both->buffer.DataOffset = both->buffer.CurrentMdlOffset = Offset;
    both->buffer.DataLength = (ULONG)Length;
    return &both->list;
}

PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST Original, NDIS_HANDLE ListPool, NDIS_HANDLE Pool, ULONG Flags)
{
    PNET_BUFFER nb = Original->FirstNetBuffer;
    (void)Pool, (void)Flags;
    return NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, nb->MdlChain, nb->DataOffset, nb->DataLength);
}

NDIS_HANDLE NdisAllocateNetBufferListPool(NDIS_HANDLE Handle, PNET_BUFFER_LIST_POOL_PARAMETERS Parameters)
{ (void)Handle, (void)Parameters; return &given_list; }
VOID NdisFreeNetBufferListPool(NDIS_HANDLE Pool) { (void)Pool; }
VOID NdisFreeNetBufferList(PNET_BUFFER_LIST List) { oracle_release(List); }
VOID NdisFreeCloneNetBufferList(PNET_BUFFER_LIST List, ULONG Flags) { (void)Flags; oracle_release(List); }

/* ---- packets of NDIS 5 ---- */
static void pass_packet(void) { oracle_handed_on(given_packet.Private.Head->MappedSystemVa, given_packet.Private.TotalLength); }

VOID NdisQueryPacket(PNDIS_PACKET Packet, PUINT Pieces, PUINT Buffers, PNDIS_BUFFER *First, PUINT Total)
{
    if (Pieces)
        *Pieces = 1;
    if (Buffers)
        *Buffers = 1;
    if (First)
        *First = Packet->Private.Head;
    if (Total)
        *Total = Packet->Private.TotalLength;
}

VOID NdisQueryBuffer(PNDIS_BUFFER Buffer, PVOID *Address, PUINT Length) { NdisQueryMdl(Buffer, Address, Length, 0); }

VOID NdisGetFirstBufferFromPacket(PNDIS_PACKET Packet, PNDIS_BUFFER *First, PVOID *Address, PUINT Length, PUINT Total)
{
    NdisQueryPacket(Packet, NULL, NULL, First, Total);
    NdisQueryBuffer(*First, Address, Length);
}

VOID NdisMSendComplete(NDIS_HANDLE Miniport, PNDIS_PACKET Packet, NDIS_STATUS Status)
{
    (void)Miniport;
    if (Packet == &given_packet)
        oracle_completed(Status);
}

/* ---- requests ---- */
PIO_STACK_LOCATION IoGetCurrentIrpStackLocation(PIRP Irp) { return &Irp->CurrentLocation; }
VOID IoCompleteRequest(PIRP Irp, CCHAR Boost) { (void)Boost; oracle_completed(Irp->IoStatus.Status); }
PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority) { (void)Priority; return Mdl->MappedSystemVa; }

/* ---- memory and lists ---- */
PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE Handle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority)
{ (void)Handle, (void)Tag, (void)Priority; return oracle_allocate(Length); }
VOID NdisFreeMemory(PVOID Memory, UINT Length, UINT Flags) { (void)Length, (void)Flags; oracle_release(Memory); }
PVOID ExAllocatePoolWithTag(POOL_TYPE Type, SIZE_T Length, ULONG Tag) { (void)Type, (void)Tag; return oracle_allocate(Length); }
VOID ExFreePoolWithTag(PVOID Memory, ULONG Tag) { (void)Tag; oracle_release(Memory); }
PVOID ExAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST List) { (void)List; return oracle_allocate(BLOCK); }
VOID ExFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST List, PVOID Memory) { (void)List; oracle_release(Memory); }

SIZE_T RtlCompareMemory(const VOID *A, const VOID *B, SIZE_T Length)
{
    SIZE_T same = 0;
    while (same < Length && ((const UCHAR *)A)[same] == ((const UCHAR *)B)[same])
        same++;
    return same;
}

VOID InitializeListHead(PLIST_ENTRY Head) { Head->Flink = Head->Blink = Head; }
BOOLEAN IsListEmpty(const LIST_ENTRY *Head) { return Head->Flink == Head; }

static void link_between(PLIST_ENTRY Head, PLIST_ENTRY Before, PLIST_ENTRY Entry)
{
    PLIST_ENTRY after = Before->Flink;
    Entry->Flink = after;
    Entry->Blink = Before;
    Before->Flink = after->Blink = Entry;
    for (int i = 0; i < head_count; i++)
        if (heads[i] == Head)
            return;
    if (head_count < HEADS)
        heads[head_count++] = Head;
}

VOID InsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry) { link_between(Head, Head->Blink, Entry); }
VOID InsertHeadList(PLIST_ENTRY Head, PLIST_ENTRY Entry) { link_between(Head, Head, Entry); }
BOOLEAN RemoveEntryList(PLIST_ENTRY Entry)
{
    Entry->Blink->Flink = Entry->Flink;
    Entry->Flink->Blink = Entry->Blink;
    return Entry->Flink == Entry->Blink;
}
PLIST_ENTRY RemoveHeadList(PLIST_ENTRY Head)
{
    PLIST_ENTRY first = Head->Flink;
    RemoveEntryList(first);
    return first;
}
PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry, PKSPIN_LOCK Lock) { (void)Lock; InsertTailList(Head, Entry); return Entry->Blink; }
PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry, PNDIS_SPIN_LOCK Lock) { (void)Lock; InsertTailList(Head, Entry); return Entry->Blink; }

/* ---- registration ---- */
NDIS_STATUS NdisMRegisterMiniportDriver(PDRIVER_OBJECT Driver, PUNICODE_STRING Path, NDIS_HANDLE Context, PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Table, PNDIS_HANDLE Handle)
{ (void)Driver, (void)Path, (void)Context; miniport = *Table; *Handle = &miniport; return NDIS_STATUS_SUCCESS; }
VOID NdisMInitializeWrapper(PNDIS_HANDLE Wrapper, PVOID Driver, PVOID Path, PVOID Reserved)
{ (void)Driver, (void)Path, (void)Reserved; *Wrapper = &old_miniport; }
NDIS_STATUS NdisMRegisterMiniport(NDIS_HANDLE Wrapper, PNDIS_MINIPORT_CHARACTERISTICS Table, UINT Size)
{ (void)Wrapper, (void)Size; old_miniport = *Table; return NDIS_STATUS_SUCCESS; }
VOID NdisMDeregisterMiniportDriver(NDIS_HANDLE Handle) { (void)Handle; }
NDIS_STATUS NdisFRegisterFilterDriver(PDRIVER_OBJECT Driver, NDIS_HANDLE Context, PNDIS_FILTER_DRIVER_CHARACTERISTICS Table, PNDIS_HANDLE Handle)
{ (void)Driver, (void)Context; filter = *Table; *Handle = &filter; return NDIS_STATUS_SUCCESS; }
