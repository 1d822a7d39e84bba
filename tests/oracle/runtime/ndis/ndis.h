/*
 * Enough of the Windows driver kit to compile and run a small NDIS 6 driver in a process: names and members as
 * documented at learn.microsoft.com/windows-hardware/drivers, widths as on 64-bit Windows (a long has 32 bits).
 */
#ifndef ORACLE_NDIS_H
#define ORACLE_NDIS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define VOID void
#define IN
#define OUT
#define OPTIONAL
#define _In_
#define _Out_
#define _Inout_
#define _In_opt_
#define _Use_decl_annotations_
#define NTAPI
#define FORCEINLINE static inline
#define TRUE 1
#define FALSE 0
typedef char CHAR, *PCHAR, CCHAR;
typedef unsigned char UCHAR, *PUCHAR, BOOLEAN, *PBOOLEAN, UINT8, KIRQL, BYTE;
typedef int16_t SHORT;
typedef uint16_t USHORT, *PUSHORT, UINT16, WCHAR, *PWSTR;
typedef int32_t LONG, *PLONG, INT, NTSTATUS, NDIS_STATUS, *PNDIS_STATUS;
typedef uint32_t ULONG, *PULONG, UINT, *PUINT, UINT32, NDIS_PORT_NUMBER, DEVICE_TYPE;
typedef int64_t LONGLONG, LONG64, LONG_PTR;
typedef uint64_t ULONGLONG, ULONG64, UINT64, ULONG_PTR, SIZE_T, KSPIN_LOCK, *PKSPIN_LOCK;
typedef void *PVOID, *NDIS_HANDLE, **PNDIS_HANDLE, *HANDLE;
typedef struct _UNICODE_STRING { USHORT Length, MaximumLength; PWSTR Buffer; } UNICODE_STRING, *PUNICODE_STRING, NDIS_STRING;
typedef struct _LIST_ENTRY { struct _LIST_ENTRY *Flink, *Blink; } LIST_ENTRY, *PLIST_ENTRY;
typedef struct _NDIS_SPIN_LOCK { KSPIN_LOCK SpinLock; } NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;
typedef struct _NPAGED_LOOKASIDE_LIST { ULONG Size; } NPAGED_LOOKASIDE_LIST, *PNPAGED_LOOKASIDE_LIST;
typedef int EX_POOL_PRIORITY, MM_PAGE_PRIORITY, POOL_TYPE;
#define ANYSIZE_ARRAY 1
#define UNREFERENCED_PARAMETER(x) ((void)(x))
#define FIELD_OFFSET(type, field) ((LONG)offsetof(type, field))
#define CONTAINING_RECORD(at, type, field) ((type *)((char *)(at) - offsetof(type, field)))
#define ASSERT(condition) ((void)0) /* as in a free build */
#define NT_ASSERT(condition) ((void)0)
#define LowPoolPriority 0
#define NormalPoolPriority 16
#define HighPoolPriority 32
#define NormalPagePriority 16
#define NonPagedPool 0
#define NonPagedPoolNx 512
#define IO_NO_INCREMENT 0

#define RtlUshortByteSwap(x) ((USHORT)__builtin_bswap16((USHORT)(x)))
#define RtlUlongByteSwap(x) ((ULONG)__builtin_bswap32((ULONG)(x)))
#define NdisMoveMemory(to, from, size) memmove((to), (from), (size))
#define NdisZeroMemory(at, size) memset((at), 0, (size))
#define NdisFillMemory(at, size, value) memset((at), (value), (size))
#define NdisEqualMemory(a, b, size) (memcmp((a), (b), (size)) == 0)
SIZE_T RtlCompareMemory(const VOID *A, const VOID *B, SIZE_T Length);
#define RtlCopyMemory(to, from, size) memcpy((to), (from), (size))
#define RtlMoveMemory NdisMoveMemory
#define RtlZeroMemory NdisZeroMemory
#define RtlEqualMemory NdisEqualMemory

#define STATUS_SUCCESS ((NTSTATUS)0)
#define STATUS_PENDING ((NTSTATUS)0x103)
#define STATUS_BUFFER_OVERFLOW ((NTSTATUS)0x80000005)
#define STATUS_NO_MORE_ENTRIES ((NTSTATUS)0x8000001A)
#define STATUS_UNSUCCESSFUL ((NTSTATUS)0xC0000001)
#define STATUS_INVALID_PARAMETER ((NTSTATUS)0xC000000D)
#define STATUS_INVALID_DEVICE_REQUEST ((NTSTATUS)0xC0000010)
#define STATUS_BUFFER_TOO_SMALL ((NTSTATUS)0xC0000023)
#define STATUS_INSUFFICIENT_RESOURCES ((NTSTATUS)0xC000009A)
#define STATUS_NOT_SUPPORTED ((NTSTATUS)0xC00000BB)
#define STATUS_INVALID_BUFFER_SIZE ((NTSTATUS)0xC0000206)
#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#define NDIS_STATUS_SUCCESS STATUS_SUCCESS
#define NDIS_STATUS_PENDING STATUS_PENDING
#define NDIS_STATUS_FAILURE STATUS_UNSUCCESSFUL
#define NDIS_STATUS_RESOURCES STATUS_INSUFFICIENT_RESOURCES
#define NDIS_STATUS_NOT_SUPPORTED STATUS_NOT_SUPPORTED
#define NDIS_STATUS_INVALID_PARAMETER STATUS_INVALID_PARAMETER
#define NDIS_STATUS_INVALID_PACKET ((NDIS_STATUS)0xC001000F)
#define NDIS_STATUS_INVALID_LENGTH ((NDIS_STATUS)0xC0010014)
#define NDIS_STATUS_INVALID_DATA ((NDIS_STATUS)0xC0010015)
#define NDIS_STATUS_BUFFER_TOO_SHORT ((NDIS_STATUS)0xC0010016)
#define NDIS_STATUS_INVALID_ADDRESS ((NDIS_STATUS)0xC0010022)
#define NDIS_STATUS_ADAPTER_NOT_READY ((NDIS_STATUS)0xC0010011)
#define NDIS_STATUS_REQUEST_ABORTED ((NDIS_STATUS)0xC001000C)
#define NDIS_STATUS_SEND_ABORTED NDIS_STATUS_REQUEST_ABORTED
#define NDIS_STATUS_MEDIA_DISCONNECTED ((NDIS_STATUS)0xC001001F)
#define NDIS_STATUS_PAUSED ((NDIS_STATUS)0xC023002A)

/* ---- memory descriptor lists, IRPs ---- */
typedef struct _MDL { struct _MDL *Next; PVOID MappedSystemVa; ULONG ByteCount, ByteOffset; } MDL, *PMDL;
typedef struct _IO_STATUS_BLOCK { NTSTATUS Status; ULONG_PTR Information; } IO_STATUS_BLOCK;
typedef struct _DEVICE_OBJECT { PVOID DeviceExtension; ULONG Flags; } DEVICE_OBJECT, *PDEVICE_OBJECT;
typedef struct _IO_STACK_LOCATION {
    UCHAR MajorFunction, MinorFunction, Flags, Control;
    union { struct { ULONG Length, Key; } Read, Write; } Parameters;
    PDEVICE_OBJECT DeviceObject;
} IO_STACK_LOCATION, *PIO_STACK_LOCATION;
typedef struct _IRP {
    PMDL MdlAddress;
    union { struct _IRP *MasterIrp; PVOID SystemBuffer; } AssociatedIrp;
    LIST_ENTRY ThreadListEntry;
    IO_STATUS_BLOCK IoStatus;
    PVOID UserBuffer;
    IO_STACK_LOCATION CurrentLocation;
} IRP, *PIRP;
#define IRP_MJ_CREATE 0
#define IRP_MJ_CLOSE 2
#define IRP_MJ_READ 3
#define IRP_MJ_WRITE 4
#define IRP_MJ_DEVICE_CONTROL 14
#define IRP_MJ_CLEANUP 18
#define IRP_MJ_MAXIMUM_FUNCTION 27
typedef NTSTATUS DRIVER_DISPATCH(PDEVICE_OBJECT Device, PIRP Irp), (*PDRIVER_DISPATCH)(PDEVICE_OBJECT Device, PIRP Irp);
typedef struct _DRIVER_OBJECT { PVOID DriverUnload; PDRIVER_DISPATCH MajorFunction[IRP_MJ_MAXIMUM_FUNCTION + 1]; } DRIVER_OBJECT, *PDRIVER_OBJECT;
PIO_STACK_LOCATION IoGetCurrentIrpStackLocation(PIRP Irp);
VOID IoCompleteRequest(PIRP Irp, CCHAR Boost);
PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority);
#define MmGetMdlByteCount(mdl) ((mdl)->ByteCount)

/* ---- net buffers ---- */
typedef struct _NET_BUFFER {
    struct _NET_BUFFER *Next; PMDL CurrentMdl; ULONG CurrentMdlOffset, DataLength; PMDL MdlChain; ULONG DataOffset;
    PVOID ProtocolReserved[6], MiniportReserved[4];
} NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST {
    struct _NET_BUFFER_LIST *Next; PNET_BUFFER FirstNetBuffer; struct _NET_BUFFER_LIST *ParentNetBufferList;
    PVOID ProtocolReserved[4], MiniportReserved[2], Scratch; NDIS_HANDLE SourceHandle; ULONG NblFlags, Flags;
    LONG ChildRefCount; NDIS_STATUS Status; PVOID NetBufferListInfo[32];
} NET_BUFFER_LIST, *PNET_BUFFER_LIST;
#define NET_BUFFER_NEXT_NB(nb) ((nb)->Next)
#define NET_BUFFER_FIRST_MDL(nb) ((nb)->MdlChain)
#define NET_BUFFER_CURRENT_MDL(nb) ((nb)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(nb) ((nb)->CurrentMdlOffset)
#define NET_BUFFER_DATA_LENGTH(nb) ((nb)->DataLength)
#define NET_BUFFER_DATA_OFFSET(nb) ((nb)->DataOffset)
#define NET_BUFFER_LIST_NEXT_NBL(nbl) ((nbl)->Next)
#define NET_BUFFER_LIST_FIRST_NB(nbl) ((nbl)->FirstNetBuffer)
#define NET_BUFFER_LIST_STATUS(nbl) ((nbl)->Status)
#define NET_BUFFER_LIST_INFO(nbl, id) ((nbl)->NetBufferListInfo[(id)])
typedef enum { TcpIpChecksumNetBufferListInfo, TcpLargeSendNetBufferListInfo = 2, Ieee8021QNetBufferListInfo = 4 } NDIS_NET_BUFFER_LIST_INFO;
#define NDIS_DEFAULT_PORT_NUMBER 0
#define NDIS_SEND_FLAGS_DISPATCH_LEVEL 1
#define NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL 1
#define NDIS_RECEIVE_FLAGS_RESOURCES 2
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags) (((flags) & 1) != 0)

/* ---- packets of NDIS 5 ---- */
typedef MDL NDIS_BUFFER, *PNDIS_BUFFER;
typedef struct _NDIS_PACKET { struct { UINT TotalLength; PNDIS_BUFFER Head; } Private; UCHAR MiniportReserved[16]; } NDIS_PACKET, *PNDIS_PACKET, **PPNDIS_PACKET;
typedef struct _NDIS_MINIPORT_CHARACTERISTICS {
    UCHAR MajorNdisVersion, MinorNdisVersion; UINT Reserved;
    PVOID CheckForHangHandler, DisableInterruptHandler, EnableInterruptHandler, HaltHandler, HandleInterruptHandler, InitializeHandler;
    PVOID ISRHandler, QueryInformationHandler, ReconfigureHandler, ResetHandler;
    NDIS_STATUS (*SendHandler)(NDIS_HANDLE Context, PNDIS_PACKET Packet, UINT Flags);
    PVOID SetInformationHandler, TransferDataHandler, ReturnPacketHandler;
    VOID (*SendPacketsHandler)(NDIS_HANDLE Context, PPNDIS_PACKET Packets, UINT Count);
} NDIS_MINIPORT_CHARACTERISTICS, *PNDIS_MINIPORT_CHARACTERISTICS;
VOID NdisQueryPacket(PNDIS_PACKET Packet, PUINT Pieces, PUINT Buffers, PNDIS_BUFFER *First, PUINT Total);
VOID NdisQueryBuffer(PNDIS_BUFFER Buffer, PVOID *Address, PUINT Length);
VOID NdisGetFirstBufferFromPacket(PNDIS_PACKET Packet, PNDIS_BUFFER *First, PVOID *Address, PUINT Length, PUINT Total);
VOID NdisMSendComplete(NDIS_HANDLE Miniport, PNDIS_PACKET Packet, NDIS_STATUS Status);
VOID NdisMInitializeWrapper(PNDIS_HANDLE Wrapper, PVOID Driver, PVOID Path, PVOID Reserved);
NDIS_STATUS NdisMRegisterMiniport(NDIS_HANDLE Wrapper, PNDIS_MINIPORT_CHARACTERISTICS Table, UINT Size);

/* ---- registration ---- */
typedef struct _NDIS_OBJECT_HEADER { UCHAR Type, Revision; USHORT Size; } NDIS_OBJECT_HEADER;
typedef struct _NDIS_MINIPORT_INIT_PARAMETERS { NDIS_OBJECT_HEADER Header; } NDIS_MINIPORT_INIT_PARAMETERS, *PNDIS_MINIPORT_INIT_PARAMETERS;
typedef int NDIS_HALT_ACTION;
typedef NDIS_STATUS MINIPORT_INITIALIZE(NDIS_HANDLE Miniport, NDIS_HANDLE Context, PNDIS_MINIPORT_INIT_PARAMETERS Start);
typedef VOID MINIPORT_HALT(NDIS_HANDLE Context, NDIS_HALT_ACTION Action);
typedef VOID MINIPORT_UNLOAD(PDRIVER_OBJECT Driver);
typedef VOID MINIPORT_SEND_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
typedef VOID FILTER_SEND_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
typedef VOID FILTER_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
typedef struct _NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header; UCHAR MajorNdisVersion, MinorNdisVersion, MajorDriverVersion, MinorDriverVersion; ULONG Flags;
    PVOID SetOptionsHandler; MINIPORT_INITIALIZE *InitializeHandlerEx; MINIPORT_HALT *HaltHandlerEx; MINIPORT_UNLOAD *UnloadHandler;
    PVOID PauseHandler, RestartHandler, OidRequestHandler; MINIPORT_SEND_NET_BUFFER_LISTS *SendNetBufferListsHandler;
    PVOID ReturnNetBufferListsHandler, CancelSendHandler, CheckForHangHandlerEx, ResetHandlerEx;
} NDIS_MINIPORT_DRIVER_CHARACTERISTICS, *PNDIS_MINIPORT_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_FILTER_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header; UCHAR MajorNdisVersion, MinorNdisVersion, MajorDriverVersion, MinorDriverVersion; ULONG Flags;
    NDIS_STRING FriendlyName, UniqueName, ServiceName; PVOID AttachHandler, DetachHandler, RestartHandler, PauseHandler;
    FILTER_SEND_NET_BUFFER_LISTS *SendNetBufferListsHandler; PVOID SendNetBufferListsCompleteHandler;
    FILTER_RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler; PVOID ReturnNetBufferListsHandler;
} NDIS_FILTER_DRIVER_CHARACTERISTICS, *PNDIS_FILTER_DRIVER_CHARACTERISTICS;
typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header; UCHAR ProtocolId; BOOLEAN fAllocateNetBuffer; USHORT ContextSize; ULONG PoolTag, DataSize, Flags;
} NET_BUFFER_LIST_POOL_PARAMETERS, *PNET_BUFFER_LIST_POOL_PARAMETERS;
#define NDIS_OBJECT_TYPE_DEFAULT 0x80
#define NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS 0x8A
#define NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 2
#define NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 sizeof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS)
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 1
NDIS_STATUS NdisMRegisterMiniportDriver(PDRIVER_OBJECT Driver, PUNICODE_STRING Path, NDIS_HANDLE Context, PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Table, PNDIS_HANDLE Handle);
VOID NdisMDeregisterMiniportDriver(NDIS_HANDLE Handle);
NDIS_STATUS NdisFRegisterFilterDriver(PDRIVER_OBJECT Driver, NDIS_HANDLE Context, PNDIS_FILTER_DRIVER_CHARACTERISTICS Table, PNDIS_HANDLE Handle);

/* ---- functions ---- */
PVOID NdisGetDataBuffer(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage, UINT AlignMultiple, UINT AlignOffset);
VOID NdisQueryMdl(PMDL Mdl, PVOID *Address, PUINT Length, MM_PAGE_PRIORITY Priority);
PMDL NdisAllocateMdl(NDIS_HANDLE Handle, PVOID Address, UINT Length);
VOID NdisFreeMdl(PMDL Mdl);
PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE Pool, USHORT ContextSize, USHORT BackFill, PMDL Mdl, ULONG Offset, SIZE_T Length);
PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST Original, NDIS_HANDLE ListPool, NDIS_HANDLE Pool, ULONG Flags);
NDIS_HANDLE NdisAllocateNetBufferListPool(NDIS_HANDLE Handle, PNET_BUFFER_LIST_POOL_PARAMETERS Parameters);
VOID NdisFreeNetBufferListPool(NDIS_HANDLE Pool);
VOID NdisFreeNetBufferList(PNET_BUFFER_LIST List);
VOID NdisFreeCloneNetBufferList(PNET_BUFFER_LIST List, ULONG Flags);
VOID NdisMIndicateReceiveNetBufferLists(NDIS_HANDLE Miniport, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
VOID NdisMSendNetBufferListsComplete(NDIS_HANDLE Miniport, PNET_BUFFER_LIST Lists, ULONG Flags);
VOID NdisFSendNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags);
VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags);
VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags);
VOID NdisFReturnNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags);
PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE Handle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority);
VOID NdisFreeMemory(PVOID Memory, UINT Length, UINT Flags);
PVOID ExAllocatePoolWithTag(POOL_TYPE Type, SIZE_T Length, ULONG Tag);
VOID ExFreePoolWithTag(PVOID Memory, ULONG Tag);
PVOID ExAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST List);
VOID ExFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST List, PVOID Memory);
VOID InitializeListHead(PLIST_ENTRY Head);
BOOLEAN IsListEmpty(const LIST_ENTRY *Head);
VOID InsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry);
VOID InsertHeadList(PLIST_ENTRY Head, PLIST_ENTRY Entry);
PLIST_ENTRY RemoveHeadList(PLIST_ENTRY Head);
BOOLEAN RemoveEntryList(PLIST_ENTRY Entry);
PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry, PKSPIN_LOCK Lock);
PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry, PNDIS_SPIN_LOCK Lock);
#define NdisAllocateSpinLock(lock) ((void)(lock))
#define NdisFreeSpinLock(lock) ((void)(lock))
#define NdisAcquireSpinLock(lock) ((void)(lock))
#define NdisReleaseSpinLock(lock) ((void)(lock))
#define KeAcquireSpinLock(lock, irql) ((void)(lock), (void)(irql))
#define KeReleaseSpinLock(lock, irql) ((void)(lock), (void)(irql))
#endif
