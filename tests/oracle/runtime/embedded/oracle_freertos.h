/* Enough of FreeRTOS+TCP for a small network interface: names and meanings as in its porting guide at freertos.org. */
#ifndef ORACLE_FREERTOS_H
#define ORACLE_FREERTOS_H
#include "oracle_net.h"

typedef long BaseType_t;
typedef unsigned long UBaseType_t;
typedef uint32_t TickType_t;
#define pdFALSE ((BaseType_t)0)
#define pdTRUE ((BaseType_t)1)
#define pdPASS pdTRUE
#define pdFAIL pdFALSE
#define configASSERT(test) ((void)0)
#define FreeRTOS_debug_printf(x) ((void)0)
#define FreeRTOS_htons(x) ORACLE_SWAP16(x)
#define FreeRTOS_ntohs(x) ORACLE_SWAP16(x)
#define iptraceNETWORK_INTERFACE_TRANSMIT() ((void)0)
#define iptraceNETWORK_INTERFACE_RECEIVE() ((void)0)
#define ipconfigNETWORK_MTU 1500
#define ipSIZE_OF_ETH_HEADER 14U
#define ipSIZE_OF_IPv4_HEADER 20U
#define ipSIZE_OF_IPv6_HEADER 40U
#define ipSIZE_OF_UDP_HEADER 8U
#define ipARP_FRAME_TYPE 0x0608U
#define ipIPv4_FRAME_TYPE 0x0008U
#define ipIPv6_FRAME_TYPE 0xDD86U
typedef struct ORACLE_PACKED xMAC_ADDRESS { uint8_t ucBytes[6]; } MACAddress_t;
typedef struct ORACLE_PACKED xETH_HEADER { MACAddress_t xDestinationAddress, xSourceAddress; uint16_t usFrameType; } EthernetHeader_t;
typedef struct ORACLE_PACKED xARP_HEADER { uint16_t usHardwareType, usProtocolType; uint8_t ucHardwareAddressLength, ucProtocolAddressLength; uint16_t usOperation; uint8_t ucAddresses[20]; } ARPHeader_t;
typedef struct ORACLE_PACKED xIP_HEADER { uint8_t ucVersionHeaderLength, ucDifferentiatedServicesCode; uint16_t usLength, usIdentification, usFragmentOffset; uint8_t ucTimeToLive, ucProtocol; uint16_t usHeaderChecksum; uint32_t ulSourceIPAddress, ulDestinationIPAddress; } IPHeader_t;
typedef struct ORACLE_PACKED xUDP_HEADER { uint16_t usSourcePort, usDestinationPort, usLength, usChecksum; } UDPHeader_t;
typedef struct ORACLE_PACKED xARP_PACKET { EthernetHeader_t xEthernetHeader; ARPHeader_t xARPHeader; } ARPPacket_t;
typedef struct ORACLE_PACKED xIP_PACKET { EthernetHeader_t xEthernetHeader; IPHeader_t xIPHeader; } IPPacket_t;
typedef struct ORACLE_PACKED xUDP_PACKET { EthernetHeader_t xEthernetHeader; IPHeader_t xIPHeader; UDPHeader_t xUDPHeader; } UDPPacket_t;
struct xNetworkInterface;
typedef struct xNETWORK_BUFFER { uint8_t *pucEthernetBuffer; size_t xDataLength; struct xNetworkInterface *pxInterface; struct xNETWORK_BUFFER *pxNextBuffer; } NetworkBufferDescriptor_t;
typedef struct xNetworkInterface {
    const char *pcName; void *pvArgument; BaseType_t (*pfInitialise)(struct xNetworkInterface *pxInterface);
    BaseType_t (*pfOutput)(struct xNetworkInterface *pxInterface, NetworkBufferDescriptor_t *const pxBuffer, BaseType_t xRelease);
} NetworkInterface_t;
typedef enum { eNetworkRxEvent = 1, eNetworkTxEvent } eIPEvent_t;
typedef struct { eIPEvent_t eEventType; void *pvData; } IPStackEvent_t;
void vReleaseNetworkBufferAndDescriptor(NetworkBufferDescriptor_t *const pxBuffer);
NetworkBufferDescriptor_t *pxGetNetworkBufferWithDescriptor(size_t xRequestedSizeBytes, TickType_t xBlockTimeTicks);
BaseType_t xSendEventStructToIPTask(const IPStackEvent_t *pxEvent, TickType_t uxTimeout);

NetworkBufferDescriptor_t *oracle_network_buffer(unsigned char *frame, size_t length);
#endif
