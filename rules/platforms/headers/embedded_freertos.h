/*
 * FreeRTOS+TCP as a network interface sees it: the network buffer descriptor, the IP task's events, the interface's
 * functions. Written from the porting guide at freertos.org ("Porting FreeRTOS+TCP to a different microcontroller");
 * names and layouts only.
 */
#ifndef LENAUDIT_EMBEDDED_FREERTOS_H
#define LENAUDIT_EMBEDDED_FREERTOS_H

#include "embedded_net.h"

typedef long BaseType_t;
typedef unsigned long UBaseType_t;
typedef uint32_t TickType_t;
typedef void *TaskHandle_t, *QueueHandle_t, *SemaphoreHandle_t;
#define pdFALSE ((BaseType_t)0)
#define pdTRUE ((BaseType_t)1)
#define pdPASS pdTRUE
#define pdFAIL pdFALSE
#define portMAX_DELAY 0xffffffffUL
#define pdMS_TO_TICKS(x) ((TickType_t)(x))
#define configASSERT(test) __lenaudit_assert(!!(test))
#define FreeRTOS_debug_printf(x) ((void)0)
#define FreeRTOS_printf(x) ((void)0)
#define FreeRTOS_htons(x) LENAUDIT_SWAP16(x)
#define FreeRTOS_ntohs(x) LENAUDIT_SWAP16(x)
#define FreeRTOS_htonl(x) LENAUDIT_SWAP32(x)
#define FreeRTOS_ntohl(x) LENAUDIT_SWAP32(x)
#define iptraceNETWORK_INTERFACE_RECEIVE() ((void)0)
#define iptraceNETWORK_INTERFACE_TRANSMIT() ((void)0)
#define iptraceETHERNET_RX_EVENT_LOST() ((void)0)
#define ipconfigZERO_COPY_RX_DRIVER 0
#define ipconfigZERO_COPY_TX_DRIVER 0
#define ipconfigUSE_LINKED_RX_MESSAGES 0
#define ipconfigNETWORK_MTU 1500
#define ipconfigETHERNET_MINIMUM_PACKET_BYTES 0
#define ipETHERNET_HEADER_SIZE 14
#define ipTOTAL_ETHERNET_FRAME_SIZE (ipconfigNETWORK_MTU + ipETHERNET_HEADER_SIZE + 4 + 4)
#define ipSIZE_OF_ETH_HEADER 14U
#define ipSIZE_OF_IPv4_HEADER 20U
#define ipSIZE_OF_IPv6_HEADER 40U
#define ipSIZE_OF_UDP_HEADER 8U
#define ipSIZE_OF_TCP_HEADER 20U
#define ipARP_FRAME_TYPE 0x0608U
#define ipIPv4_FRAME_TYPE 0x0008U
#define ipIPv6_FRAME_TYPE 0xDD86U

typedef struct xMAC_ADDRESS { uint8_t ucBytes[6]; } MACAddress_t;
typedef struct __attribute__((packed)) xETH_HEADER { MACAddress_t xDestinationAddress; MACAddress_t xSourceAddress; uint16_t usFrameType; } EthernetHeader_t;
typedef struct __attribute__((packed)) xARP_HEADER { uint16_t usHardwareType, usProtocolType; uint8_t ucHardwareAddressLength, ucProtocolAddressLength; uint16_t usOperation; MACAddress_t xSenderHardwareAddress; uint8_t ucSenderProtocolAddress[4]; MACAddress_t xTargetHardwareAddress; uint32_t ulTargetProtocolAddress; } ARPHeader_t;
typedef struct __attribute__((packed)) xIP_HEADER { uint8_t ucVersionHeaderLength, ucDifferentiatedServicesCode; uint16_t usLength, usIdentification, usFragmentOffset; uint8_t ucTimeToLive, ucProtocol; uint16_t usHeaderChecksum; uint32_t ulSourceIPAddress, ulDestinationIPAddress; } IPHeader_t;
typedef struct __attribute__((packed)) xUDP_HEADER { uint16_t usSourcePort, usDestinationPort, usLength, usChecksum; } UDPHeader_t;
typedef struct __attribute__((packed)) xARP_PACKET { EthernetHeader_t xEthernetHeader; ARPHeader_t xARPHeader; } ARPPacket_t;
typedef struct __attribute__((packed)) xIP_PACKET { EthernetHeader_t xEthernetHeader; IPHeader_t xIPHeader; } IPPacket_t;
typedef struct __attribute__((packed)) xUDP_PACKET { EthernetHeader_t xEthernetHeader; IPHeader_t xIPHeader; UDPHeader_t xUDPHeader; } UDPPacket_t;

struct xNetworkInterface;
struct xNetworkEndPoint;
typedef struct xNETWORK_BUFFER {
    uint8_t *pucEthernetBuffer; size_t xDataLength; struct xNetworkInterface *pxInterface; struct xNetworkEndPoint *pxEndPoint;
    uint16_t usPort, usBoundPort; struct xNETWORK_BUFFER *pxNextBuffer;
} NetworkBufferDescriptor_t;
typedef BaseType_t (*NetworkInterfaceOutputFunction_t)(struct xNetworkInterface *pxInterface, NetworkBufferDescriptor_t *const pxBuffer, BaseType_t xRelease);
typedef struct xNetworkInterface {
    const char *pcName; void *pvArgument; BaseType_t (*pfInitialise)(struct xNetworkInterface *pxInterface);
    NetworkInterfaceOutputFunction_t pfOutput; BaseType_t (*pfGetPhyLinkStatus)(struct xNetworkInterface *pxInterface);
} NetworkInterface_t;
typedef struct xNetworkEndPoint { uint32_t ulIPAddress; MACAddress_t xMACAddress; } NetworkEndPoint_t;
typedef enum IP_EVENT { eNoEvent = -1, eNetworkDownEvent, eNetworkRxEvent, eNetworkTxEvent, eARPTimerEvent } eIPEvent_t;
typedef struct IP_TASK_COMMANDS { eIPEvent_t eEventType; void *pvData; } IPStackEvent_t;
typedef enum eFRAME_PROCESSING_RESULT { eReleaseBuffer = 0, eProcessBuffer, eReturnEthernetFrame, eFrameConsumed } eFrameProcessingResult_t;

NetworkBufferDescriptor_t *pxGetNetworkBufferWithDescriptor(size_t xRequestedSizeBytes, TickType_t xBlockTimeTicks);
NetworkBufferDescriptor_t *pxNetworkBufferGetFromISR(size_t xRequestedSizeBytes);
NetworkBufferDescriptor_t *pxDuplicateNetworkBufferWithDescriptor(const NetworkBufferDescriptor_t *pxBuffer, size_t xNewLength);
NetworkBufferDescriptor_t *pxPacketBuffer_to_NetworkBuffer(const void *pvBuffer);
void vReleaseNetworkBufferAndDescriptor(NetworkBufferDescriptor_t *const pxBuffer);
void vNetworkBufferReleaseFromISR(NetworkBufferDescriptor_t *const pxBuffer);
BaseType_t lenaudit_xSendEventStructToIPTask(const IPStackEvent_t *pxEvent, TickType_t uxTimeout);
#define xSendEventStructToIPTask(pxEvent, uxTimeout) (lenaudit_xSendEventStructToIPTask((pxEvent), (uxTimeout)), pdPASS)
eFrameProcessingResult_t eConsiderFrameForProcessing(const uint8_t *const pucEthernetBuffer);
NetworkEndPoint_t *FreeRTOS_MatchingEndpoint(const NetworkInterface_t *pxInterface, const uint8_t *pucEthernetBuffer);
NetworkEndPoint_t *FreeRTOS_FirstEndPoint(const NetworkInterface_t *pxInterface);
BaseType_t xCheckSizeFields(const void *const pvEthernetBuffer, size_t uxBufferLength);
uint32_t ulTaskNotifyTake(BaseType_t xClear, TickType_t xWait);
void vTaskDelay(TickType_t xTicks);
#endif
