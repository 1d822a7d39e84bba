/* FreeRTOS+TCP's functions of the stand-in. */
#include "oracle.h"
#include "oracle_freertos.h"

static NetworkBufferDescriptor_t given;

static void pass_given(void) { oracle_handed_on(given.pucEthernetBuffer, given.xDataLength); }

NetworkBufferDescriptor_t *oracle_network_buffer(unsigned char *frame, size_t length)
{
    given = (NetworkBufferDescriptor_t){.pucEthernetBuffer = frame, .xDataLength = length};
    oracle_gives(&given, pass_given);
    return &given;
}

void vReleaseNetworkBufferAndDescriptor(NetworkBufferDescriptor_t *const pxBuffer) { (void)pxBuffer; oracle_freed(); }

NetworkBufferDescriptor_t *pxGetNetworkBufferWithDescriptor(size_t xRequestedSizeBytes, TickType_t xBlockTimeTicks)
{
    NetworkBufferDescriptor_t *made = oracle_allocate(sizeof(*made));
    (void)xBlockTimeTicks;
    made->pucEthernetBuffer = oracle_allocate(xRequestedSizeBytes);
    made->xDataLength = xRequestedSizeBytes;
    return made;
}

BaseType_t xSendEventStructToIPTask(const IPStackEvent_t *pxEvent, TickType_t uxTimeout)
{
    const NetworkBufferDescriptor_t *sent = pxEvent->pvData;
    (void)uxTimeout;
    oracle_handed_on(sent->pucEthernetBuffer, sent->xDataLength);
    return pdPASS;
}
