/*
 * NDIS 5 and 6: packets, net buffers, miniport, filter and protocol characteristics, statuses, OIDs.
 * Written from learn.microsoft.com/windows-hardware/drivers/network and the Windows driver reference.
 */
#ifndef LENAUDIT_WINDOWS_NDIS_H
#define LENAUDIT_WINDOWS_NDIS_H

typedef int NDIS_STATUS, *PNDIS_STATUS;
typedef PVOID NDIS_HANDLE, *PNDIS_HANDLE, NDIS_MEMORY_HANDLE;
typedef ULONG NDIS_OID, *PNDIS_OID, NDIS_PORT_NUMBER, *PNDIS_PORT_NUMBER, NDIS_PROTOCOL_ID;
typedef struct _NDIS_SPIN_LOCK { KSPIN_LOCK SpinLock; KIRQL OldIrql; } NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;
typedef struct _NDIS_EVENT { KEVENT Event; } NDIS_EVENT, *PNDIS_EVENT;
typedef struct _NDIS_RW_LOCK_EX *PNDIS_RW_LOCK_EX;
typedef struct _NDIS_RW_LOCK { ULONG_PTR Lock; } NDIS_RW_LOCK, *PNDIS_RW_LOCK;
typedef struct _LOCK_STATE_EX { KIRQL OldIrql; UCHAR LockState; UCHAR Flags; } LOCK_STATE_EX, *PLOCK_STATE_EX, LOCK_STATE;
typedef struct _NDIS_TIMER { KTIMER Timer; KDPC Dpc; } NDIS_TIMER, *PNDIS_TIMER, NDIS_MINIPORT_TIMER, *PNDIS_MINIPORT_TIMER;
typedef struct _NDIS_WORK_ITEM { PVOID Context; PVOID Routine; UCHAR WrapperReserved[64]; } NDIS_WORK_ITEM, *PNDIS_WORK_ITEM;
typedef struct _NDIS_OBJECT_HEADER { UCHAR Type; UCHAR Revision; USHORT Size; } NDIS_OBJECT_HEADER, *PNDIS_OBJECT_HEADER;
#define NDIS_STRING_CONST(x) { sizeof(L##x) - 2, sizeof(L##x), L##x }
#define NDIS_ANSI_STRING_CONST(x) { sizeof(x) - 1, sizeof(x), x }
#define RTL_CONSTANT_STRING(x) { sizeof(x) - sizeof((x)[0]), sizeof(x), x }

/* ---- statuses ---- */
#define NDIS_STATUS_SUCCESS ((NDIS_STATUS)STATUS_SUCCESS)
#define NDIS_STATUS_PENDING ((NDIS_STATUS)STATUS_PENDING)
#define NDIS_STATUS_NOT_RECOGNIZED ((NDIS_STATUS)0x00010001L)
#define NDIS_STATUS_NOT_COPIED ((NDIS_STATUS)0x00010002L)
#define NDIS_STATUS_NOT_ACCEPTED ((NDIS_STATUS)0x00010003L)
#define NDIS_STATUS_MEDIA_CONNECT ((NDIS_STATUS)0x4001000BL)
#define NDIS_STATUS_MEDIA_DISCONNECT ((NDIS_STATUS)0x4001000CL)
#define NDIS_STATUS_LINK_STATE ((NDIS_STATUS)0x40010017L)
#define NDIS_STATUS_NOT_RESETTABLE ((NDIS_STATUS)0x80010001L)
#define NDIS_STATUS_FAILURE ((NDIS_STATUS)STATUS_UNSUCCESSFUL)
#define NDIS_STATUS_RESOURCES ((NDIS_STATUS)STATUS_INSUFFICIENT_RESOURCES)
#define NDIS_STATUS_NOT_SUPPORTED ((NDIS_STATUS)STATUS_NOT_SUPPORTED)
#define NDIS_STATUS_INVALID_PARAMETER ((NDIS_STATUS)STATUS_INVALID_PARAMETER)
#define NDIS_STATUS_INVALID_DEVICE_REQUEST ((NDIS_STATUS)STATUS_INVALID_DEVICE_REQUEST)
#define NDIS_STATUS_BUFFER_OVERFLOW ((NDIS_STATUS)STATUS_BUFFER_OVERFLOW)
#define NDIS_STATUS_INVALID_STATE ((NDIS_STATUS)STATUS_INVALID_DEVICE_STATE)
#define NDIS_STATUS_CLOSING ((NDIS_STATUS)0xC0010002L)
#define NDIS_STATUS_BAD_VERSION ((NDIS_STATUS)0xC0010004L)
#define NDIS_STATUS_BAD_CHARACTERISTICS ((NDIS_STATUS)0xC0010005L)
#define NDIS_STATUS_ADAPTER_NOT_FOUND ((NDIS_STATUS)0xC0010006L)
#define NDIS_STATUS_OPEN_FAILED ((NDIS_STATUS)0xC0010007L)
#define NDIS_STATUS_DEVICE_FAILED ((NDIS_STATUS)0xC0010008L)
#define NDIS_STATUS_MULTICAST_FULL ((NDIS_STATUS)0xC0010009L)
#define NDIS_STATUS_MULTICAST_EXISTS ((NDIS_STATUS)0xC001000AL)
#define NDIS_STATUS_MULTICAST_NOT_FOUND ((NDIS_STATUS)0xC001000BL)
#define NDIS_STATUS_REQUEST_ABORTED ((NDIS_STATUS)0xC001000CL)
#define NDIS_STATUS_SEND_ABORTED NDIS_STATUS_REQUEST_ABORTED
#define NDIS_STATUS_RESET_IN_PROGRESS ((NDIS_STATUS)0xC001000DL)
#define NDIS_STATUS_INVALID_PACKET ((NDIS_STATUS)0xC001000FL)
#define NDIS_STATUS_ADAPTER_NOT_READY ((NDIS_STATUS)0xC0010011L)
#define NDIS_STATUS_ADAPTER_NOT_OPEN ((NDIS_STATUS)0xC0010012L)
#define NDIS_STATUS_INVALID_LENGTH ((NDIS_STATUS)0xC0010014L)
#define NDIS_STATUS_INVALID_DATA ((NDIS_STATUS)0xC0010015L)
#define NDIS_STATUS_BUFFER_TOO_SHORT ((NDIS_STATUS)0xC0010016L)
#define NDIS_STATUS_INVALID_OID ((NDIS_STATUS)0xC0010017L)
#define NDIS_STATUS_ADAPTER_REMOVED ((NDIS_STATUS)0xC0010018L)
#define NDIS_STATUS_UNSUPPORTED_MEDIA ((NDIS_STATUS)0xC0010019L)
#define NDIS_STATUS_FILE_NOT_FOUND ((NDIS_STATUS)0xC001001BL)
#define NDIS_STATUS_RESOURCE_CONFLICT ((NDIS_STATUS)0xC001001EL)
#define NDIS_STATUS_MEDIA_DISCONNECTED ((NDIS_STATUS)0xC001001FL)
#define NDIS_STATUS_INVALID_ADDRESS ((NDIS_STATUS)0xC0010022L)
#define NDIS_STATUS_PAUSED ((NDIS_STATUS)0xC023002AL)
#define NDIS_STATUS_INTERFACE_NOT_FOUND ((NDIS_STATUS)0xC023002BL)
#define NDIS_STATUS_UNSUPPORTED_REVISION ((NDIS_STATUS)0xC023002CL)
#define NDIS_STATUS_INVALID_PORT ((NDIS_STATUS)0xC023002DL)
#define NDIS_STATUS_INVALID_PORT_STATE ((NDIS_STATUS)0xC023002EL)
#define NDIS_STATUS_LOW_POWER_STATE ((NDIS_STATUS)0xC023002FL)

/* ---- net buffers (NDIS 6) ---- */
typedef struct _NET_BUFFER {
    struct _NET_BUFFER *Next; PMDL CurrentMdl; ULONG CurrentMdlOffset; ULONG DataLength; PMDL MdlChain;
    ULONG DataOffset; USHORT ChecksumBias; USHORT Reserved; NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2]; PVOID ProtocolReserved[6]; PVOID MiniportReserved[4]; PHYSICAL_ADDRESS DataPhysicalAddress;
} NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST_CONTEXT {
    struct _NET_BUFFER_LIST_CONTEXT *Next; USHORT Size; USHORT Offset; UCHAR ContextData[1];
} NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;
typedef struct _NET_BUFFER_LIST {
    struct _NET_BUFFER_LIST *Next; PNET_BUFFER FirstNetBuffer; PNET_BUFFER_LIST_CONTEXT Context;
    struct _NET_BUFFER_LIST *ParentNetBufferList; NDIS_HANDLE NdisPoolHandle; PVOID NdisReserved[2];
    PVOID ProtocolReserved[4]; PVOID MiniportReserved[2]; PVOID Scratch; NDIS_HANDLE SourceHandle;
    ULONG NblFlags; LONG ChildRefCount; ULONG Flags; NDIS_STATUS Status; PVOID NetBufferListInfo[32];
} NET_BUFFER_LIST, *PNET_BUFFER_LIST;
#define NET_BUFFER_NEXT_NB(nb) ((nb)->Next)
#define NET_BUFFER_FIRST_MDL(nb) ((nb)->MdlChain)
#define NET_BUFFER_CURRENT_MDL(nb) ((nb)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(nb) ((nb)->CurrentMdlOffset)
#define NET_BUFFER_DATA_LENGTH(nb) ((nb)->DataLength)
#define NET_BUFFER_DATA_OFFSET(nb) ((nb)->DataOffset)
#define NET_BUFFER_CHECKSUM_BIAS(nb) ((nb)->ChecksumBias)
#define NET_BUFFER_PROTOCOL_RESERVED(nb) ((nb)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(nb) ((nb)->MiniportReserved)
#define NET_BUFFER_LIST_NEXT_NBL(nbl) ((nbl)->Next)
#define NET_BUFFER_LIST_FIRST_NB(nbl) ((nbl)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(nbl) ((nbl)->Flags)
#define NET_BUFFER_LIST_STATUS(nbl) ((nbl)->Status)
#define NET_BUFFER_LIST_INFO(nbl, id) ((nbl)->NetBufferListInfo[(id)])
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(nbl) ((nbl)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(nbl) ((nbl)->MiniportReserved)
#define NET_BUFFER_LIST_CONTEXT_DATA_START(nbl) ((PUCHAR)(nbl)->Context->ContextData)
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(nbl, id) ((nbl)->NetBufferListInfo[NetBufferListCancelId] = (id))
#define NBL_FLAGS_PROTOCOL_RESERVED 0xFFF00000
#define NBL_FLAGS_MINIPORT_RESERVED 0x0000F000
#define NBL_FLAGS_SCRATCH 0x000F0000
#define NBL_FLAGS_NDIS_RESERVED 0x00000FFF
typedef enum _NDIS_NET_BUFFER_LIST_INFO {
    TcpIpChecksumNetBufferListInfo, TcpOffloadBytesTransferred = 0, IPsecOffloadV1NetBufferListInfo,
    TcpLargeSendNetBufferListInfo, TcpReceiveNoPush = 2, ClassificationHandleNetBufferListInfo,
    Ieee8021QNetBufferListInfo, NetBufferListCancelId, MediaSpecificInformation,
    NetBufferListFrameType, NetBufferListProtocolId = 7, NetBufferListHashValue, NetBufferListHashInfo
} NDIS_NET_BUFFER_LIST_INFO;
typedef struct _NDIS_NET_BUFFER_LIST_8021Q_INFO {
    union {
        struct { UINT32 UserPriority : 3; UINT32 CanonicalFormatId : 1; UINT32 VlanId : 12; UINT32 Reserved : 16; } TagHeader;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_8021Q_INFO, *PNDIS_NET_BUFFER_LIST_8021Q_INFO;
#define NDIS_SEND_FLAGS_DISPATCH_LEVEL 0x00000001
#define NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK 0x00000002
#define NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL 0x00000001
#define NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL 0x00000001
#define NDIS_RECEIVE_FLAGS_RESOURCES 0x00000002
#define NDIS_RETURN_FLAGS_DISPATCH_LEVEL 0x00000001
#define NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(f) (((f) & NDIS_RETURN_FLAGS_DISPATCH_LEVEL) != 0)
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(f) (((f) & NDIS_SEND_FLAGS_DISPATCH_LEVEL) != 0)
#define NDIS_TEST_RECEIVE_CANNOT_PEND(f) (((f) & NDIS_RECEIVE_FLAGS_RESOURCES) != 0)
#define NDIS_SET_SEND_COMPLETE_FLAG(f, b) ((f) |= (b))
#define NDIS_SET_RETURN_FLAG(f, b) ((f) |= (b))
#define NDIS_DEFAULT_PORT_NUMBER ((NDIS_PORT_NUMBER)0)
#define NDIS_ETH_TYPE_IPV4 0x0800
#define NDIS_ETH_TYPE_ARP 0x0806
#define NDIS_ETH_TYPE_IPV6 0x86dd
#define NDIS_ETH_TYPE_802_1X 0x888e
#define NDIS_ETH_TYPE_802_1Q 0x8100
#define ETH_LENGTH_OF_ADDRESS 6
#define ETH_IS_BROADCAST(a) ((((PUCHAR)(a))[0] & ((PUCHAR)(a))[1] & ((PUCHAR)(a))[2] & ((PUCHAR)(a))[3] & ((PUCHAR)(a))[4] & ((PUCHAR)(a))[5]) == 0xff)
#define ETH_IS_MULTICAST(a) ((BOOLEAN)(((PUCHAR)(a))[0] & 1))
#define ETH_COPY_NETWORK_ADDRESS(d, s) NdisMoveMemory((d), (s), ETH_LENGTH_OF_ADDRESS)
#define ETH_COMPARE_NETWORK_ADDRESSES_EQ(a, b, r) (*(r) = memcmp((a), (b), ETH_LENGTH_OF_ADDRESS))
#define NDIS_PACKET_TYPE_DIRECTED 0x00000001
#define NDIS_PACKET_TYPE_MULTICAST 0x00000002
#define NDIS_PACKET_TYPE_ALL_MULTICAST 0x00000004
#define NDIS_PACKET_TYPE_BROADCAST 0x00000008
#define NDIS_PACKET_TYPE_SOURCE_ROUTING 0x00000010
#define NDIS_PACKET_TYPE_PROMISCUOUS 0x00000020
#define NDIS_PACKET_TYPE_ALL_LOCAL 0x00000080

/* ---- packets (NDIS 5) ---- */
typedef struct _NDIS_PACKET_PRIVATE {
    UINT PhysicalCount; UINT TotalLength; PNDIS_BUFFER Head; PNDIS_BUFFER Tail; PVOID Pool; UINT Count; ULONG Flags;
    BOOLEAN ValidCounts; UCHAR NdisPacketFlags; USHORT NdisPacketOobOffset;
} NDIS_PACKET_PRIVATE;
typedef struct _NDIS_PACKET {
    NDIS_PACKET_PRIVATE Private;
    union { UCHAR MiniportReserved[16]; UCHAR WrapperReserved[16]; UCHAR MacReserved[16]; };
    ULONG_PTR Reserved[2]; UCHAR ProtocolReserved[1];
} NDIS_PACKET, *PNDIS_PACKET, **PPNDIS_PACKET;
VOID NdisQueryPacket(PNDIS_PACKET Packet, PUINT PhysicalBufferCount, PUINT BufferCount, PNDIS_BUFFER *FirstBuffer, PUINT TotalPacketLength);
VOID NdisQueryPacketLength(PNDIS_PACKET Packet, PUINT TotalPacketLength);
VOID NdisQueryBuffer(PNDIS_BUFFER Buffer, PVOID *VirtualAddress, PUINT Length);
VOID NdisQueryBufferSafe(PNDIS_BUFFER Buffer, PVOID *VirtualAddress, PUINT Length, MM_PAGE_PRIORITY Priority);
VOID NdisGetNextBuffer(PNDIS_BUFFER Buffer, PNDIS_BUFFER *NextBuffer);
VOID NdisGetFirstBufferFromPacket(PNDIS_PACKET Packet, PNDIS_BUFFER *First, PVOID *Address, PUINT Length, PUINT Total);
VOID NdisMIndicateReceivePacket(NDIS_HANDLE Adapter, PPNDIS_PACKET Packets, UINT Count);
VOID NdisMEthIndicateReceive(NDIS_HANDLE Adapter, NDIS_HANDLE Context, PVOID Header, UINT HeaderSize, PVOID Data, UINT DataSize, UINT PacketSize);
VOID NdisMEthIndicateReceiveComplete(NDIS_HANDLE Adapter);
VOID NdisMSendComplete(NDIS_HANDLE Adapter, PNDIS_PACKET Packet, NDIS_STATUS Status);
VOID NdisSend(PNDIS_STATUS Status, NDIS_HANDLE Binding, PNDIS_PACKET Packet);
VOID NdisSendPackets(NDIS_HANDLE Binding, PPNDIS_PACKET Packets, UINT Count);
VOID NdisAllocatePacket(PNDIS_STATUS Status, PNDIS_PACKET *Packet, NDIS_HANDLE Pool);
VOID NdisAllocateBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE Pool, PVOID Address, UINT Length);
VOID NdisFreePacket(PNDIS_PACKET Packet);
VOID NdisFreeBuffer(PNDIS_BUFFER Buffer);
VOID NdisReturnPackets(PNDIS_PACKET *Packets, UINT Count);
VOID NdisAdjustBufferLength(PNDIS_BUFFER Buffer, UINT Length);
VOID NdisDprFreePacket(PNDIS_PACKET Packet);
VOID NdisMIndicateStatusComplete(NDIS_HANDLE Adapter);
#define NDIS_SET_PACKET_STATUS(p, s) ((void)(p), (void)(s))
#define NDIS_GET_PACKET_STATUS(p) NDIS_STATUS_SUCCESS

/* ---- functions ---- */
PVOID NdisGetDataBuffer(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage, ULONG AlignMultiple, ULONG AlignOffset);
VOID NdisQueryMdl(PMDL Mdl, PVOID *VirtualAddress, PUINT Length, MM_PAGE_PRIORITY Priority);
VOID NdisQueryMdlOffset(PMDL Mdl, PUINT Offset, PUINT Length);
PMDL NdisAllocateMdl(NDIS_HANDLE Handle, PVOID VirtualAddress, UINT Length);
VOID NdisFreeMdl(PMDL Mdl);
VOID NdisAdjustMdlLength(PMDL Mdl, UINT Length);
ULONG NdisMdlLength(PMDL Mdl);
NDIS_STATUS NdisRetreatNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG Delta, ULONG BackFill, PVOID Allocate);
VOID NdisAdvanceNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG Delta, BOOLEAN FreeMdl, PVOID Free);
VOID NdisAdjustNetBufferCurrentMdl(PNET_BUFFER NetBuffer);
PNET_BUFFER_LIST NdisAllocateNetBufferList(NDIS_HANDLE Pool, USHORT ContextSize, USHORT ContextBackFill);
PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE Pool, USHORT ContextSize, USHORT ContextBackFill, PMDL MdlChain, ULONG DataOffset, SIZE_T DataLength);
PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST Original, NDIS_HANDLE NblPool, NDIS_HANDLE NbPool, ULONG Flags);
PNET_BUFFER_LIST NdisAllocateReassembledNetBufferList(PNET_BUFFER_LIST Fragments, NDIS_HANDLE Pool, ULONG Start, ULONG BackFill, ULONG ContextBackFill, ULONG Flags);
PNET_BUFFER NdisAllocateNetBuffer(NDIS_HANDLE Pool, PMDL MdlChain, ULONG DataOffset, SIZE_T DataLength);
NDIS_HANDLE NdisAllocateNetBufferListPool(NDIS_HANDLE Handle, PVOID Parameters);
VOID NdisFreeNetBufferListPool(NDIS_HANDLE Pool);
VOID NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList);
VOID NdisFreeNetBuffer(PNET_BUFFER NetBuffer);
VOID NdisFreeCloneNetBufferList(PNET_BUFFER_LIST Clone, ULONG Flags);
VOID NdisMIndicateReceiveNetBufferLists(NDIS_HANDLE Adapter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
VOID NdisMSendNetBufferListsComplete(NDIS_HANDLE Adapter, PNET_BUFFER_LIST Lists, ULONG Flags);
VOID NdisFSendNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags);
VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
VOID NdisFReturnNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags);
VOID NdisSendNetBufferLists(NDIS_HANDLE Binding, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
VOID NdisReturnNetBufferLists(NDIS_HANDLE Binding, PNET_BUFFER_LIST Lists, ULONG Flags);
NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(PNET_BUFFER Destination, ULONG DestinationOffset, ULONG BytesToCopy, const NET_BUFFER *Source, ULONG SourceOffset, PULONG BytesCopied);
VOID NdisMoveMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
VOID NdisCopyMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
VOID NdisZeroMemory(PVOID Destination, SIZE_T Length);
VOID NdisFillMemory(PVOID Destination, SIZE_T Length, int Fill);
BOOLEAN NdisEqualMemory(const VOID *Left, const VOID *Right, SIZE_T Length);
VOID NdisMoveMappedMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE Handle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority);
NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *Address, UINT Length, ULONG Tag);
VOID NdisFreeMemory(PVOID Address, UINT Length, UINT Flags);
VOID NdisFreeMemoryWithTag(PVOID Address, ULONG Tag);
VOID NdisFreeMemoryWithTagPriority(NDIS_HANDLE Handle, PVOID Address, ULONG Tag);
LONG NdisInterlockedIncrement(volatile LONG *Addend);
LONG NdisInterlockedDecrement(volatile LONG *Addend);
PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry, PNDIS_SPIN_LOCK Lock);
PLIST_ENTRY NdisInterlockedInsertHeadList(PLIST_ENTRY Head, PLIST_ENTRY Entry, PNDIS_SPIN_LOCK Lock);
PLIST_ENTRY NdisInterlockedRemoveHeadList(PLIST_ENTRY Head, PNDIS_SPIN_LOCK Lock);
PNDIS_RW_LOCK_EX NdisAllocateRWLock(NDIS_HANDLE Handle);
UINT NdisGetVersion(VOID);

/* ---- characteristics: who gives which handler ---- */
typedef struct _NDIS_OID_REQUEST NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;
typedef enum _NDIS_REQUEST_TYPE {
    NdisRequestQueryInformation, NdisRequestSetInformation, NdisRequestQueryStatistics, NdisRequestOpen,
    NdisRequestClose, NdisRequestSend, NdisRequestTransferData, NdisRequestReset, NdisRequestGeneric1,
    NdisRequestGeneric2, NdisRequestGeneric3, NdisRequestGeneric4, NdisRequestMethod
} NDIS_REQUEST_TYPE, *PNDIS_REQUEST_TYPE;
struct _NDIS_OID_REQUEST {
    NDIS_OBJECT_HEADER Header; NDIS_REQUEST_TYPE RequestType; NDIS_PORT_NUMBER PortNumber; UINT Timeout;
    PVOID RequestId; NDIS_HANDLE RequestHandle;
    union {
        struct { NDIS_OID Oid; PVOID InformationBuffer; UINT InformationBufferLength; UINT BytesWritten; UINT BytesNeeded; } QUERY_INFORMATION;
        struct { NDIS_OID Oid; PVOID InformationBuffer; UINT InformationBufferLength; UINT BytesRead; UINT BytesNeeded; } SET_INFORMATION;
        struct { NDIS_OID Oid; PVOID InformationBuffer; ULONG InputBufferLength; ULONG OutputBufferLength; ULONG MethodId; UINT BytesWritten; UINT BytesRead; UINT BytesNeeded; } METHOD_INFORMATION;
    } DATA;
    UCHAR NdisReserved[128]; UCHAR MiniportReserved[16]; UCHAR SourceReserved[16]; NDIS_HANDLE SourceHandle; ULONG Flags;
};
typedef struct _NDIS_MINIPORT_INIT_PARAMETERS *PNDIS_MINIPORT_INIT_PARAMETERS;
typedef struct _NDIS_MINIPORT_PAUSE_PARAMETERS *PNDIS_MINIPORT_PAUSE_PARAMETERS;
typedef struct _NDIS_MINIPORT_RESTART_PARAMETERS *PNDIS_MINIPORT_RESTART_PARAMETERS;
typedef enum { NdisHaltDeviceDisabled, NdisHaltDeviceInstanceDeInitialized } NDIS_HALT_ACTION;
typedef enum { NdisShutdownPowerOff, NdisShutdownBugCheck } NDIS_SHUTDOWN_ACTION;
typedef enum {
    NdisDevicePnPEventQueryRemoved, NdisDevicePnPEventRemoved, NdisDevicePnPEventSurpriseRemoved,
    NdisDevicePnPEventQueryStopped, NdisDevicePnPEventStopped, NdisDevicePnPEventPowerProfileChanged
} NDIS_DEVICE_PNP_EVENT;
typedef enum { NdisPowerProfileBattery, NdisPowerProfileAcOnLine } NDIS_POWER_PROFILE;
typedef struct _NET_DEVICE_PNP_EVENT {
    NDIS_OBJECT_HEADER Header; NDIS_PORT_NUMBER PortNumber; NDIS_DEVICE_PNP_EVENT DevicePnPEvent;
    PVOID InformationBuffer; ULONG InformationBufferLength;
} NET_DEVICE_PNP_EVENT, *PNET_DEVICE_PNP_EVENT;
typedef NDIS_STATUS MINIPORT_SET_OPTIONS(NDIS_HANDLE Driver, NDIS_HANDLE Context);
typedef NDIS_STATUS MINIPORT_INITIALIZE(NDIS_HANDLE Adapter, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Parameters);
typedef VOID MINIPORT_HALT(NDIS_HANDLE Context, NDIS_HALT_ACTION Action);
typedef VOID MINIPORT_UNLOAD(PDRIVER_OBJECT DriverObject);
typedef NDIS_STATUS MINIPORT_PAUSE(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters);
typedef NDIS_STATUS MINIPORT_RESTART(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters);
typedef NDIS_STATUS MINIPORT_OID_REQUEST(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request);
typedef NDIS_STATUS MINIPORT_DIRECT_OID_REQUEST(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request);
typedef VOID MINIPORT_SEND_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
typedef VOID MINIPORT_RETURN_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags);
typedef VOID MINIPORT_CANCEL_SEND(NDIS_HANDLE Context, PVOID CancelId);
typedef VOID MINIPORT_CANCEL_OID_REQUEST(NDIS_HANDLE Context, PVOID RequestId);
typedef VOID MINIPORT_CANCEL_DIRECT_OID_REQUEST(NDIS_HANDLE Context, PVOID RequestId);
typedef BOOLEAN MINIPORT_CHECK_FOR_HANG(NDIS_HANDLE Context);
typedef NDIS_STATUS MINIPORT_RESET(NDIS_HANDLE Context, PBOOLEAN AddressingReset);
typedef VOID MINIPORT_DEVICE_PNP_EVENT_NOTIFY(NDIS_HANDLE Context, PNET_DEVICE_PNP_EVENT Event);
typedef VOID MINIPORT_SHUTDOWN(NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action);
typedef VOID FILTER_SEND_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
typedef VOID FILTER_SEND_NET_BUFFER_LISTS_COMPLETE(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags);
typedef VOID FILTER_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
typedef VOID FILTER_RETURN_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags);
typedef VOID RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
typedef VOID SEND_NET_BUFFER_LISTS_COMPLETE(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags);
typedef struct _NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header; UCHAR MajorNdisVersion; UCHAR MinorNdisVersion; UCHAR MajorDriverVersion; UCHAR MinorDriverVersion;
    ULONG Flags; MINIPORT_SET_OPTIONS *SetOptionsHandler; MINIPORT_INITIALIZE *InitializeHandlerEx; MINIPORT_HALT *HaltHandlerEx;
    MINIPORT_UNLOAD *UnloadHandler; MINIPORT_PAUSE *PauseHandler; MINIPORT_RESTART *RestartHandler;
    MINIPORT_OID_REQUEST *OidRequestHandler; MINIPORT_SEND_NET_BUFFER_LISTS *SendNetBufferListsHandler;
    MINIPORT_RETURN_NET_BUFFER_LISTS *ReturnNetBufferListsHandler; MINIPORT_CANCEL_SEND *CancelSendHandler;
    MINIPORT_CHECK_FOR_HANG *CheckForHangHandlerEx; MINIPORT_RESET *ResetHandlerEx;
    MINIPORT_DEVICE_PNP_EVENT_NOTIFY *DevicePnPEventNotifyHandler; MINIPORT_SHUTDOWN *ShutdownHandlerEx;
    MINIPORT_CANCEL_OID_REQUEST *CancelOidRequestHandler; MINIPORT_DIRECT_OID_REQUEST *DirectOidRequestHandler;
    MINIPORT_CANCEL_DIRECT_OID_REQUEST *CancelDirectOidRequestHandler;
} NDIS_MINIPORT_DRIVER_CHARACTERISTICS, *PNDIS_MINIPORT_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_FILTER_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header; UCHAR MajorNdisVersion; UCHAR MinorNdisVersion; UCHAR MajorDriverVersion; UCHAR MinorDriverVersion;
    ULONG Flags; NDIS_STRING FriendlyName; NDIS_STRING UniqueName; NDIS_STRING ServiceName;
    PVOID SetOptionsHandler, SetFilterModuleOptionsHandler, AttachHandler, DetachHandler, RestartHandler, PauseHandler;
    FILTER_SEND_NET_BUFFER_LISTS *SendNetBufferListsHandler; FILTER_SEND_NET_BUFFER_LISTS_COMPLETE *SendNetBufferListsCompleteHandler;
    PVOID CancelSendNetBufferListsHandler; FILTER_RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler;
    FILTER_RETURN_NET_BUFFER_LISTS *ReturnNetBufferListsHandler; PVOID OidRequestHandler, OidRequestCompleteHandler, CancelOidRequestHandler;
    PVOID DevicePnPEventNotifyHandler, NetPnPEventHandler, StatusHandler;
} NDIS_FILTER_DRIVER_CHARACTERISTICS, *PNDIS_FILTER_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header; UCHAR MajorNdisVersion; UCHAR MinorNdisVersion; UCHAR MajorDriverVersion; UCHAR MinorDriverVersion;
    ULONG Flags; NDIS_STRING Name; PVOID SetOptionsHandler, BindAdapterHandlerEx, UnbindAdapterHandlerEx;
    PVOID OpenAdapterCompleteHandlerEx, CloseAdapterCompleteHandlerEx, NetPnPEventHandler, UninstallHandler;
    PVOID OidRequestCompleteHandler, StatusHandlerEx; RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler;
    SEND_NET_BUFFER_LISTS_COMPLETE *SendNetBufferListsCompleteHandler; PVOID DirectOidRequestCompleteHandler;
} NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, *PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_MINIPORT_CHARACTERISTICS {
    UCHAR MajorNdisVersion; UCHAR MinorNdisVersion; USHORT Filler; UINT Reserved;
    PVOID CheckForHangHandler, DisableInterruptHandler, EnableInterruptHandler, HaltHandler, HandleInterruptHandler;
    PVOID InitializeHandler, ISRHandler, QueryInformationHandler, ReconfigureHandler, ResetHandler;
    NDIS_STATUS (*SendHandler)(NDIS_HANDLE Context, PNDIS_PACKET Packet, UINT Flags); PVOID SetInformationHandler, TransferDataHandler;
    VOID (*ReturnPacketHandler)(NDIS_HANDLE Context, PNDIS_PACKET Packet);
    VOID (*SendPacketsHandler)(NDIS_HANDLE Context, PPNDIS_PACKET Packets, UINT Count); PVOID AllocateCompleteHandler;
    PVOID CoCreateVcHandler, CoDeleteVcHandler, CoActivateVcHandler, CoDeactivateVcHandler, CoSendPacketsHandler, CoRequestHandler;
    PVOID CancelSendPacketsHandler, PnPEventNotifyHandler, AdapterShutdownHandler;
} NDIS_MINIPORT_CHARACTERISTICS, *PNDIS_MINIPORT_CHARACTERISTICS;
typedef NDIS_MINIPORT_CHARACTERISTICS NDIS50_MINIPORT_CHARACTERISTICS, NDIS51_MINIPORT_CHARACTERISTICS;
typedef struct _NDIS_PROTOCOL_CHARACTERISTICS {
    UCHAR MajorNdisVersion; UCHAR MinorNdisVersion; USHORT Filler; UINT Reserved;
    PVOID OpenAdapterCompleteHandler, CloseAdapterCompleteHandler;
    VOID (*SendCompleteHandler)(NDIS_HANDLE Context, PNDIS_PACKET Packet, NDIS_STATUS Status);
    PVOID TransferDataCompleteHandler, ResetCompleteHandler, RequestCompleteHandler;
    NDIS_STATUS (*ReceiveHandler)(NDIS_HANDLE Context, NDIS_HANDLE MacContext, PVOID Header, UINT HeaderSize, PVOID LookAhead, UINT LookAheadSize, UINT PacketSize);
    VOID (*ReceiveCompleteHandler)(NDIS_HANDLE Context); PVOID StatusHandler, StatusCompleteHandler; NDIS_STRING Name;
    INT (*ReceivePacketHandler)(NDIS_HANDLE Context, PNDIS_PACKET Packet); PVOID BindAdapterHandler, UnbindAdapterHandler, PnPEventHandler, UnloadHandler;
} NDIS_PROTOCOL_CHARACTERISTICS, *PNDIS_PROTOCOL_CHARACTERISTICS, NDIS50_PROTOCOL_CHARACTERISTICS;
VOID NdisMInitializeWrapper(PNDIS_HANDLE Wrapper, PVOID Driver, PVOID Path, PVOID Reserved);
NDIS_STATUS NdisMRegisterMiniport(NDIS_HANDLE Wrapper, PNDIS_MINIPORT_CHARACTERISTICS Characteristics, UINT Size);
NDIS_STATUS NdisIMRegisterLayeredMiniport(NDIS_HANDLE Wrapper, PNDIS_MINIPORT_CHARACTERISTICS Characteristics, UINT Size, PNDIS_HANDLE Handle);
VOID NdisRegisterProtocol(PNDIS_STATUS Status, PNDIS_HANDLE Handle, PNDIS_PROTOCOL_CHARACTERISTICS Characteristics, UINT Size);
typedef struct _NDIS_DEVICE_OBJECT_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header; PNDIS_STRING DeviceName; PNDIS_STRING SymbolicName; PDRIVER_DISPATCH *MajorFunctions;
    ULONG ExtensionSize; PCUNICODE_STRING DefaultSDDLString; const GUID *DeviceClassGuid;
} NDIS_DEVICE_OBJECT_ATTRIBUTES, *PNDIS_DEVICE_OBJECT_ATTRIBUTES;
NDIS_STATUS NdisMRegisterMiniportDriver(PDRIVER_OBJECT Driver, PUNICODE_STRING Path, NDIS_HANDLE Context, PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics, PNDIS_HANDLE Handle);
NDIS_STATUS NdisRegisterDeviceEx(NDIS_HANDLE Handle, PNDIS_DEVICE_OBJECT_ATTRIBUTES Attributes, PDEVICE_OBJECT *Device, PNDIS_HANDLE DeviceHandle);
PVOID NdisGetDeviceReservedExtension(PDEVICE_OBJECT Device);

/* ---- links, media, configuration ---- */
typedef enum _NDIS_MEDIUM { NdisMedium802_3, NdisMedium802_5, NdisMediumFddi, NdisMediumWan, NdisMediumLocalTalk, NdisMediumDix,
    NdisMediumArcnetRaw, NdisMediumArcnet878_2, NdisMediumAtm, NdisMediumWirelessWan, NdisMediumIrda, NdisMediumBpc,
    NdisMediumCoWan, NdisMedium1394, NdisMediumInfiniBand, NdisMediumTunnel, NdisMediumNative802_11, NdisMediumLoopback, NdisMediumIP = 19
} NDIS_MEDIUM, *PNDIS_MEDIUM;
typedef enum { NdisPhysicalMediumUnspecified, NdisPhysicalMedium802_3 = 14 } NDIS_PHYSICAL_MEDIUM;
typedef enum { NdisInterfaceInternal = 0, NdisInterfacePci = 5 } NDIS_INTERFACE_TYPE;
typedef enum { NdisHardwareStatusReady, NdisHardwareStatusInitializing, NdisHardwareStatusReset, NdisHardwareStatusClosing,
    NdisHardwareStatusNotReady } NDIS_HARDWARE_STATUS, *PNDIS_HARDWARE_STATUS;
typedef enum { NdisDeviceStateUnspecified, NdisDeviceStateD0, NdisDeviceStateD1, NdisDeviceStateD2, NdisDeviceStateD3 }
    NDIS_DEVICE_POWER_STATE, *PNDIS_DEVICE_POWER_STATE;
typedef enum { NdisMediaStateConnected, NdisMediaStateDisconnected } NDIS_MEDIA_STATE;
typedef enum { MediaConnectStateUnknown, MediaConnectStateConnected, MediaConnectStateDisconnected } NET_IF_MEDIA_CONNECT_STATE;
typedef enum { MediaDuplexStateUnknown, MediaDuplexStateHalf, MediaDuplexStateFull } NET_IF_MEDIA_DUPLEX_STATE;
typedef enum { NdisPauseFunctionsUnsupported, NdisPauseFunctionsSendOnly } NDIS_SUPPORTED_PAUSE_FUNCTIONS;
typedef enum { NdisInterruptModerationUnknown, NdisInterruptModerationNotSupported, NdisInterruptModerationEnabled } NDIS_INTERRUPT_MODERATION;
#define NET_IF_ACCESS_BROADCAST 2
#define NET_IF_DIRECTION_SENDRECEIVE 0
#define NET_IF_CONNECTION_DEDICATED 1
#define IF_TYPE_ETHERNET_CSMACD 6
#define IF_TYPE_PROP_VIRTUAL 53
typedef enum { NdisParameterInteger, NdisParameterHexInteger, NdisParameterString, NdisParameterMultiString, NdisParameterBinary } NDIS_PARAMETER_TYPE;
typedef struct _NDIS_CONFIGURATION_PARAMETER {
    NDIS_PARAMETER_TYPE ParameterType;
    union { ULONG IntegerData; NDIS_STRING StringData; struct { USHORT Length; PVOID Buffer; } BinaryData; } ParameterData;
} NDIS_CONFIGURATION_PARAMETER, *PNDIS_CONFIGURATION_PARAMETER;
typedef struct _NDIS_CONFIGURATION_OBJECT { NDIS_OBJECT_HEADER Header; NDIS_HANDLE NdisHandle; ULONG Flags; } NDIS_CONFIGURATION_OBJECT;
typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header; UCHAR ProtocolId; BOOLEAN fAllocateNetBuffer; USHORT ContextSize; ULONG PoolTag; ULONG DataSize; ULONG Flags;
} NET_BUFFER_LIST_POOL_PARAMETERS, *PNET_BUFFER_LIST_POOL_PARAMETERS;
typedef struct _NDIS_LINK_STATE {
    NDIS_OBJECT_HEADER Header; NET_IF_MEDIA_CONNECT_STATE MediaConnectState; NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState;
    ULONG64 XmitLinkSpeed; ULONG64 RcvLinkSpeed; NDIS_SUPPORTED_PAUSE_FUNCTIONS PauseFunctions; ULONG AutoNegotiationFlags;
} NDIS_LINK_STATE, *PNDIS_LINK_STATE;
typedef struct _NDIS_STATUS_INDICATION {
    NDIS_OBJECT_HEADER Header; NDIS_HANDLE SourceHandle; NDIS_PORT_NUMBER PortNumber; NDIS_STATUS StatusCode; ULONG Flags;
    NDIS_HANDLE DestinationHandle; PVOID RequestId; PVOID StatusBuffer; ULONG StatusBufferSize;
} NDIS_STATUS_INDICATION, *PNDIS_STATUS_INDICATION;
typedef struct _NDIS_STATISTICS_INFO {
    NDIS_OBJECT_HEADER Header; ULONG SupportedStatistics;
    ULONG64 ifInDiscards, ifInErrors, ifHCInOctets, ifHCInUcastPkts, ifHCInMulticastPkts, ifHCInBroadcastPkts, ifHCOutOctets,
        ifHCOutUcastPkts, ifHCOutMulticastPkts, ifHCOutBroadcastPkts, ifOutErrors, ifOutDiscards, ifHCInUcastOctets,
        ifHCInMulticastOctets, ifHCInBroadcastOctets, ifHCOutUcastOctets, ifHCOutMulticastOctets, ifHCOutBroadcastOctets;
} NDIS_STATISTICS_INFO, *PNDIS_STATISTICS_INFO;
typedef struct _NDIS_INTERRUPT_MODERATION_PARAMETERS {
    NDIS_OBJECT_HEADER Header; ULONG Flags; NDIS_INTERRUPT_MODERATION InterruptModeration;
} NDIS_INTERRUPT_MODERATION_PARAMETERS, *PNDIS_INTERRUPT_MODERATION_PARAMETERS;
typedef struct _NDIS_PM_CAPABILITIES {
    NDIS_OBJECT_HEADER Header; ULONG Flags, SupportedWoLPacketPatterns, NumTotalWoLPatterns, MaxWoLPatternSize, MaxWoLPatternOffset,
        MaxWoLPacketSaveBuffer, SupportedProtocolOffloads, NumArpOffloadIPv4Addresses, NumNSOffloadIPv6Addresses;
    NDIS_DEVICE_POWER_STATE MinMagicPacketWakeUp, MinPatternWakeUp, MinLinkChangeWakeUp;
} NDIS_PM_CAPABILITIES, *PNDIS_PM_CAPABILITIES;
typedef struct _NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header; NDIS_HANDLE MiniportAdapterContext; ULONG AttributeFlags; UINT CheckForHangTimeInSeconds;
    NDIS_INTERFACE_TYPE InterfaceType;
} NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
typedef struct _NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header; ULONG Flags; NDIS_MEDIUM MediaType; NDIS_PHYSICAL_MEDIUM PhysicalMediumType; ULONG MtuSize;
    ULONG64 MaxXmitLinkSpeed; ULONG64 XmitLinkSpeed; ULONG64 MaxRcvLinkSpeed; ULONG64 RcvLinkSpeed;
    NET_IF_MEDIA_CONNECT_STATE MediaConnectState; NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState; ULONG LookaheadSize;
    PVOID PowerManagementCapabilities; ULONG MacOptions; ULONG SupportedPacketFilters; ULONG MaxMulticastListSize;
    USHORT MacAddressLength; UCHAR PermanentMacAddress[32]; UCHAR CurrentMacAddress[32]; PVOID RecvScaleCapabilities;
    ULONG AccessType, DirectionType, ConnectionType, IfType; BOOLEAN IfConnectorPresent; ULONG SupportedStatistics;
    ULONG SupportedPauseFunctions, DataBackFillSize, ContextBackFillSize; PVOID SupportedOidList; ULONG SupportedOidListLength;
    ULONG AutoNegotiationFlags; PVOID PowerManagementCapabilitiesEx;
} NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
typedef union _NDIS_MINIPORT_ADAPTER_ATTRIBUTES {
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES RegistrationAttributes; NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES GeneralAttributes;
} NDIS_MINIPORT_ADAPTER_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_ATTRIBUTES;

/* ---- OIDs: case labels need their values ---- */
#define OID_GEN_SUPPORTED_LIST 0x00010101
#define OID_GEN_HARDWARE_STATUS 0x00010102
#define OID_GEN_MEDIA_SUPPORTED 0x00010103
#define OID_GEN_MEDIA_IN_USE 0x00010104
#define OID_GEN_MAXIMUM_LOOKAHEAD 0x00010105
#define OID_GEN_MAXIMUM_FRAME_SIZE 0x00010106
#define OID_GEN_LINK_SPEED 0x00010107
#define OID_GEN_TRANSMIT_BUFFER_SPACE 0x00010108
#define OID_GEN_RECEIVE_BUFFER_SPACE 0x00010109
#define OID_GEN_TRANSMIT_BLOCK_SIZE 0x0001010A
#define OID_GEN_RECEIVE_BLOCK_SIZE 0x0001010B
#define OID_GEN_VENDOR_ID 0x0001010C
#define OID_GEN_VENDOR_DESCRIPTION 0x0001010D
#define OID_GEN_CURRENT_PACKET_FILTER 0x0001010E
#define OID_GEN_CURRENT_LOOKAHEAD 0x0001010F
#define OID_GEN_DRIVER_VERSION 0x00010110
#define OID_GEN_MAXIMUM_TOTAL_SIZE 0x00010111
#define OID_GEN_PROTOCOL_OPTIONS 0x00010112
#define OID_GEN_MAC_OPTIONS 0x00010113
#define OID_GEN_MEDIA_CONNECT_STATUS 0x00010114
#define OID_GEN_MAXIMUM_SEND_PACKETS 0x00010115
#define OID_GEN_VENDOR_DRIVER_VERSION 0x00010116
#define OID_GEN_XMIT_OK 0x00020101
#define OID_GEN_RCV_OK 0x00020102
#define OID_GEN_XMIT_ERROR 0x00020103
#define OID_GEN_RCV_ERROR 0x00020104
#define OID_GEN_RCV_NO_BUFFER 0x00020105
#define OID_802_3_PERMANENT_ADDRESS 0x01010101
#define OID_802_3_CURRENT_ADDRESS 0x01010102
#define OID_802_3_MULTICAST_LIST 0x01010103
#define OID_802_3_MAXIMUM_LIST_SIZE 0x01010104
#endif
