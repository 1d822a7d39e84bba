/* Plain C: libc's own calls that take frames or memory, wrapped at link time, whatever the platform. */
#include "oracle.h"
#include <stdlib.h>
#include <string.h>

long __wrap_write(int fd, const void *bytes, size_t length)
{
    (void)fd;
    oracle_handed_on(bytes, length);
    return (long)length;
}

long __wrap_send(int fd, const void *bytes, size_t length, int flags)
{
    (void)flags;
    return __wrap_write(fd, bytes, length);
}

long __wrap_sendto(int fd, const void *bytes, size_t length, int flags, const void *to, unsigned size)
{
    (void)flags, (void)to, (void)size;
    return __wrap_write(fd, bytes, length);
}

void *__wrap_malloc(size_t bytes) { return oracle_allocate(bytes); }
void *__wrap_calloc(size_t count, size_t bytes) { return oracle_allocate(count * bytes); }
void __wrap_free(void *memory) { oracle_release(memory); }

/* a platform that has something to start replaces these */
__attribute__((weak)) void oracle_platform_start(void) { }
__attribute__((weak)) void oracle_platform_reset(void) { }
