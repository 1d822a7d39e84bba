/*
 * The oracle's core: one frame at a time lies in an arena whose bytes behind the frame are poisoned, the
 * driver is called with it, and what becomes of it is noted. Nothing here knows a platform or a driver.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include <stddef.h>
#include <stdint.h>

/* ---- tables that the generated part provides ---- */
typedef struct oracle_variant {
    int number;          /* index of the variant in the comparison's table */
    int layer;           /* 2: an Ethernet frame, 3: an IP packet */
    const unsigned char *head;
    int head_bytes;
    int ethertype;       /* what a stack would put into its own protocol field */
    int patches;
    struct { int at, less, most; } patch[3]; /* big-endian length field: frame length - less, 0..most */
} oracle_variant;
extern const oracle_variant oracle_variants[];
extern const int oracle_variant_count;

typedef struct oracle_entry {
    int number;          /* index of the entry in the comparison's table */
    int configurations;  /* how many settings of the driver's own state there are */
    int pulled;          /* bytes in front of what the handler sees as its frame */
    int pair_of_runs;    /* 1: once more, with calls of unknown result answering -1 */
    void (*prepare)(int configuration);
    unsigned (*modes)(void);
    long (*run)(unsigned char *frame, size_t length);
    int types[8];        /* the ethertypes that the handler is registered for; all when there are none */
} oracle_entry;
extern const oracle_entry *const oracle_tables[];
extern const int oracle_table_sizes[];
extern const int oracle_table_count;

/* ---- the frame under study ---- */
extern unsigned char *oracle_frame;
extern size_t oracle_length;
extern int oracle_ethertype;
extern int oracle_second_run; /* the run where calls of unknown result answer -1 */
unsigned char *oracle_boxed(unsigned char *frame, size_t head); /* zeroed bytes in front of the frame */
void oracle_allow(const void *at, size_t bytes); /* lift the poison: a tail room is used now */

/* ---- what happened ---- */
void oracle_read(const void *at, size_t bytes); /* the platform itself looks at these bytes for the driver */
void oracle_handed_on(const void *bytes, size_t length);
void oracle_kept(const void *object);  /* linked into a queue: some tracked memory, whole */
void oracle_gives(const void *record, void (*pass_on)(void)); /* the frame's own record: a call given it may take it */
int oracle_holds_frame(const void *bytes, size_t length);
void oracle_freed(void);
void oracle_completed(long status);
long oracle_call(int pointer, int count, long a, long b, long c, long d, long e, long f);
extern void *const oracle_callbacks[7]; /* by the number of arguments */

/* ---- memory ---- */
void *oracle_allocate(size_t bytes);   /* for one frame: released when its run is over */
void oracle_release(void *memory);
void *oracle_state(size_t bytes);      /* of the driver: zeroed, lives on, searched when it is announced */
void oracle_forget_state(void);
void *oracle_last_of(size_t bytes);    /* the latest piece of state with that size, NULL when there is none */
void oracle_keep_allocations(int on);  /* while the driver's own start-up runs, allocations are state */
void oracle_platform_start(void);      /* runs the driver's registration, by platform */
void oracle_platform_reset(void);      /* before each frame */
#endif
