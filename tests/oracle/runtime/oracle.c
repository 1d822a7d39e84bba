/* The loop over entries, settings, frame variants and lengths; prints runs of equal outcomes. */
#define _GNU_SOURCE
#include "oracle.h"
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sanitizer/asan_interface.h>

enum { RECORDS = 4, WIRE = 64, SLACK = 2048, ROOM = 512, ARENA = 4096, LONGEST = 1600, TRACKED = 4096, NEEDLE = 8, PLACES = 8, SHORT = 24 };

static unsigned char arena[ARENA] __attribute__((aligned(64)));
unsigned char *oracle_frame = arena + ROOM;
size_t oracle_length;
int oracle_ethertype;
int oracle_second_run;

static struct {
    int handed, derived, padded, kept, freed, completed, failed, fault, overrun;
    long change; /* bytes handed on - bytes of the frame */
} now;

/* ---- memory; the driver's own malloc is wrapped, so the real one is asked for by name ---- */
void *__real_calloc(size_t count, size_t bytes);
void __real_free(void *memory);
static struct piece { unsigned char *at, *saved; size_t bytes; } pieces[TRACKED], states[TRACKED];
static int piece_count, state_count, keeping;

void *oracle_allocate(size_t bytes)
{
    if (keeping)
        return oracle_state(bytes);
    if (piece_count == TRACKED)
        abort();
    pieces[piece_count].at = __real_calloc(1, bytes ? bytes : 1);
    pieces[piece_count].bytes = bytes;
    return pieces[piece_count++].at;
}

void oracle_release(void *memory)
{
    for (int i = piece_count - 1; i >= 0; i--)
        if (pieces[i].at == memory) {
            __real_free(memory);
            pieces[i] = pieces[--piece_count];
            return;
        }
}

void *oracle_state(size_t bytes)
{
    if (state_count == TRACKED)
        abort();
    states[state_count].saved = NULL;
    states[state_count].at = __real_calloc(1, bytes + SLACK); /* a driver that writes past it is told on, and goes on */
    __asan_poison_memory_region(states[state_count].at + (bytes + 7) / 8 * 8, SLACK - 8);
    states[state_count].bytes = bytes;
    return states[state_count++].at;
}

void oracle_forget_state(void)
{
    while (state_count) {
        __real_free(states[--state_count].at);
        __real_free(states[state_count].saved);
    }
}

static void save_state(void)
{
    for (int i = 0; i < state_count; i++) {
        states[i].saved = __real_calloc(1, states[i].bytes + 1);
        memcpy(states[i].saved, states[i].at, states[i].bytes);
    }
}

static void restore_state(void) /* no frame sees what an earlier one left */
{
    for (int i = 0; i < state_count; i++)
        memcpy(states[i].at, states[i].saved, states[i].bytes);
}

void oracle_keep_allocations(int on) { keeping = on; }

void *oracle_last_of(size_t bytes)
{
    for (int i = state_count - 1; i >= 0; i--)
        if (states[i].bytes == bytes)
            return states[i].at;
    return NULL;
}

static struct piece *piece_with(struct piece *table, int count, const void *at)
{
    const unsigned char *p = at;
    for (int i = count - 1; i >= 0; i--)
        if (p >= table[i].at && p < table[i].at + table[i].bytes)
            return &table[i];
    return NULL;
}

/* ---- is it our frame? A short one, trimmed and padded, may have left next to nothing to tell it by. ---- */
static const unsigned char *found_in(const void *bytes, size_t length, size_t *from)
{
    size_t size = NEEDLE;

    if (oracle_length < SHORT) {
        const unsigned char *hit = memmem(bytes, length, oracle_frame, oracle_length);
        *from = 0;
        return hit ? hit : bytes;
    }
    for (int place = 0; place < PLACES; place++) {
        const unsigned char *hit;
        *from = (oracle_length - size) * place / (PLACES - 1);
        hit = memmem(bytes, length, oracle_frame + *from, size);
        if (hit)
            return hit;
    }
    return NULL;
}

void oracle_handed_on(const void *bytes, size_t length)
{
    const unsigned char *out = bytes, *poisoned = length ? __asan_region_is_poisoned((void *)bytes, length) : NULL;
    size_t from = 0, readable = poisoned ? (size_t)(poisoned - out) : length;

    if (now.handed && !length) /* an empty rest behind the frame */
        return;
    now.handed = 1;
    if (poisoned)
        now.fault = 1;
    now.change = (long)length - (long)oracle_length;
    if (out >= arena && out <= arena + ARENA) {
        now.derived = 1;
    } else {
        const unsigned char *hit = found_in(out, readable, &from);
        now.derived |= length == 0 || hit != NULL;
        if (hit)
            now.padded |= hit - out - (long)from + (long)oracle_length < (long)length;
        return;
    }
    now.padded |= out <= oracle_frame && out + length > oracle_frame + oracle_length;
}

void oracle_kept(const void *object)
{
    struct piece *piece = piece_with(pieces, piece_count, object);
    size_t from;

    if (piece && found_in(piece->at, piece->bytes, &from))
        now.kept = 1;
}

int oracle_holds_frame(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    size_t from;
    return (at >= arena && at < arena + ARENA) || (length >= oracle_length && found_in(at, length, &from) != NULL &&
           (oracle_length >= SHORT || memmem(at, length, oracle_frame, oracle_length)));
}

void oracle_freed(void) { now.freed = 1; }

void oracle_completed(long status)
{
    now.completed = 1;
    now.failed |= (int)status < 0;
}

/* ---- the frame's own record, and what is left in the driver's state when nobody was called ---- */
static struct { const void *record; void (*pass_on)(void); } given[RECORDS];
static int given_count;

void oracle_gives(const void *record, void (*pass_on)(void))
{
    if (given_count == RECORDS)
        abort();
    given[given_count].record = record;
    given[given_count++].pass_on = pass_on;
}

static int has_changed(const struct piece *state, const void *at, size_t bytes)
{
    return memcmp(at, state->saved + ((const unsigned char *)at - state->at), bytes) != 0;
}

static int holds_record(const struct piece *state)
{
    for (size_t i = 0; i + sizeof(void *) <= state->bytes; i += sizeof(void *))
        for (int g = 0; g < given_count; g++)
            if (!memcmp(state->at + i, &given[g].record, sizeof(void *)) && has_changed(state, state->at + i, sizeof(void *)))
                return 1;
    return 0;
}

static int holds_bytes(const struct piece *state)
{
    const unsigned char *hit = memmem(state->at, state->bytes, oracle_frame, oracle_length);
    return hit && oracle_length && has_changed(state, hit, oracle_length);
}

static int holds_length(const struct piece *state)
{
    uint16_t wanted = (uint16_t)oracle_length;
    for (size_t i = 0; i + sizeof(wanted) <= state->bytes; i += sizeof(wanted))
        if (!memcmp(state->at + i, &wanted, sizeof(wanted)) && has_changed(state, state->at + i, sizeof(wanted)))
            return 1;
    return 0;
}

/* 0: nothing; 1: the frame or its record; -1: its record, while no descriptor beside it tells its whole length. */
static int stored(void)
{
    int bytes = 0, record = 0, told = 0;
    for (int i = 0; i < state_count; i++) {
        if (!has_changed(&states[i], states[i].at, states[i].bytes))
            continue;
        bytes |= holds_bytes(&states[i]);
        record |= holds_record(&states[i]);
        told |= holds_length(&states[i]);
    }
    return bytes ? 1 : record ? (told || oracle_length <= WIRE ? 1 : -1) : 0;
}

/* ---- calls whose prototype nobody tells us: every pair of (pointer, length) may be the frame ---- */
extern unsigned char __data_start[], _end[]; /* the linker's: initialised and zeroed objects of the program */

static int readable(const void *at)
{
    char here;
    const unsigned char *p = at, *stack = (const unsigned char *)&here;
    return (p >= arena && p < arena + ARENA) || piece_with(pieces, piece_count, p) ||
           piece_with(states, state_count, p) || (p >= __data_start && p < _end) || (p >= stack && p < stack + 65536);
}

static int took(const long *args, int count)
{
    for (int i = 0; i < count; i++)
        for (int g = 0; g < given_count; g++)
            if ((const void *)args[i] == given[g].record) {
                given[g].pass_on();
                return 1;
            }
    for (int i = 0; i + 1 < count; i++) {
        const void *at = (const void *)args[i];
        size_t length = (unsigned)args[i + 1], from;
        if (length > 70000 || readable((const void *)args[i + 1]) || !readable(at))
            continue;
        if ((const unsigned char *)at >= arena && (const unsigned char *)at < arena + ARENA)
            ;
        else if (__asan_region_is_poisoned((void *)at, length) || !(length == 0 || found_in(at, length, &from)))
            continue;
        oracle_handed_on(at, length);
        return 1;
    }
    for (int i = 0; i < count; i++) { /* a piece of the driver's state is announced, with the frame in it */
        struct piece *state = piece_with(states, state_count, (const void *)args[i]);
        size_t from;
        if (state && found_in(state->at, state->bytes, &from)) {
            now.kept = 1;
            return 1;
        }
    }
    return 0;
}

long oracle_call(int pointer, int count, long a, long b, long c, long d, long e, long f)
{
    const long args[] = {a, b, c, d, e, f};

    if (pointer)
        return (long)oracle_allocate(2048);
    if (took(args, count))
        return 0;
    return oracle_second_run ? -1 : 0;
}

#define CALLBACK(count) \
    static long callback##count(long a, long b, long c, long d, long e, long f) { return oracle_call(0, count, a, b, c, d, e, f); }
CALLBACK(0) CALLBACK(1) CALLBACK(2) CALLBACK(3) CALLBACK(4) CALLBACK(5) CALLBACK(6)
void *const oracle_callbacks[7] = {(void *)callback0, (void *)callback1, (void *)callback2, (void *)callback3,
                                   (void *)callback4, (void *)callback5, (void *)callback6};

/* ---- over-reads; their reports go to stderr, which nobody reads ---- */
void __asan_on_error(void)
{
    const unsigned char *at = __asan_get_report_address();
    if (at >= arena && at < arena + ARENA)
        now.fault = 1;
    else
        now.overrun = 1;
}

void oracle_read(const void *at, size_t bytes)
{
    if (__asan_region_is_poisoned((void *)at, bytes))
        now.fault = 1;
}

const char *__asan_default_options(void)
{
    return "halt_on_error=0:handle_segv=0:handle_sigbus=0:suppress_equal_pcs=0:symbolize=0:detect_leaks=0:detect_odr_violation=0:"
           "quarantine_size_mb=4:alloc_dealloc_mismatch=0:print_summary=0:fast_unwind_on_fatal=1:malloc_context_size=0";
}

void oracle_allow(const void *at, size_t bytes) { __asan_unpoison_memory_region(at, bytes); }

/* ---- the loop ---- */
static void place(const oracle_variant *variant, size_t length)
{
    __asan_unpoison_memory_region(arena, ARENA);
    for (size_t i = 0; i < length + 64; i++)
        oracle_frame[i] = (unsigned char)(i * 73 + (i >> 4) * 29 + 91);
    memcpy(oracle_frame, variant->head, variant->head_bytes);
    for (int i = 0; i < variant->patches; i++) {
        long value = (long)length - variant->patch[i].less;
        value = value < 0 ? 0 : value > variant->patch[i].most ? variant->patch[i].most : value;
        oracle_frame[variant->patch[i].at] = (unsigned char)(value >> 8);
        oracle_frame[variant->patch[i].at + 1] = (unsigned char)value;
    }
    __asan_poison_memory_region(oracle_frame + length, ARENA - ROOM - length);
    oracle_length = length;
    oracle_ethertype = variant->ethertype;
}

unsigned char *oracle_boxed(unsigned char *frame, size_t head)
{
    memset(frame - head, 0, head);
    return frame - head;
}

static void spell(char *to, size_t room, long result)
{
    const char *what = now.handed && now.derived ? (now.padded ? "P" : "H") : now.kept ? "K" : now.handed ? "A" : "-";
    long change = *what == 'H' ? now.change : 0;
    int left = *what == '-' ? stored() : 0;

    if (left || (*what == '-' && !oracle_length)) {
        what = left ? "S" : "E";
        change = left < 0 ? -1 : 0;
    }
    snprintf(to, room, "%s %ld %s%s%s%s%s", what, change, now.freed ? "f" : "", now.completed ? now.failed ? "c" : "s" : "",
             result < 0 ? "n" : result ? "p" : "z", now.fault ? "!" : "",
             now.overrun ? "o" : "");
}

static sigjmp_buf before_driver;
static volatile int in_driver;

static void crashed(int signal)
{
    if (!in_driver)
        _exit(128 + signal);
    siglongjmp(before_driver, 1);
}

static void catch_crashes(void)
{
    struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

static void one(const oracle_entry *entry, const oracle_variant *variant, size_t length, char *outcome, size_t room)
{
    volatile long result = 0;

    memset(&now, 0, sizeof(now));
    given_count = 0;
    place(variant, length);
    restore_state();
    oracle_platform_reset();
    in_driver = 1;
    if (sigsetjmp(before_driver, 1))
        now.overrun = 1; /* the driver overwrote a pointer, or the like */
    else
        result = entry->run(oracle_frame, length);
    in_driver = 0;
    spell(outcome, room, result);
    while (piece_count)
        __real_free(pieces[--piece_count].at);
}

static struct range { int low, high; } ranges[16] = {{0, LONGEST}};
static int range_count = 1;

static void show(const oracle_entry *entry, int configuration, const oracle_variant *variant, int low, int high, const char *outcome)
{
    printf("%d %d %d %d %d %s\n", entry->number, configuration, variant->number, low, high, outcome);
}

static void lengths(const oracle_entry *entry, int configuration, const oracle_variant *variant, struct range range)
{
    char before[64] = "", outcome[64];
    int low = range.low < entry->pulled ? entry->pulled : range.low;

    for (int length = low; length <= range.high; length++) {
        one(entry, variant, (size_t)length, outcome, sizeof(outcome));
        if (*before && strcmp(before, outcome)) {
            show(entry, configuration, variant, low, length - 1, before);
            low = length;
        }
        strcpy(before, outcome);
    }
    if (*before)
        show(entry, configuration, variant, low, range.high, before);
}

static int comes(const oracle_entry *entry, const oracle_variant *variant)
{
    for (const int *type = entry->types; *type; type++)
        if (*type == variant->ethertype)
            return 1;
    return !*entry->types;
}

static void settings(const oracle_entry *entry)
{
    int runs = entry->pair_of_runs ? 2 : 1;

    for (int c = 0; c < entry->configurations * runs; c++) {
        oracle_second_run = c >= entry->configurations;
        oracle_forget_state();
        entry->prepare(c % entry->configurations);
        save_state();
        printf("modes %d %d %x\n", entry->number, c, entry->modes());
        for (int v = 0; v < oracle_variant_count; v++)
            for (int r = 0; r < range_count && comes(entry, &oracle_variants[v]); r++)
                lengths(entry, c, &oracle_variants[v], ranges[r]);
    }
}

/* Arguments: pairs of the lowest and highest length to try; without any, all of them. */
int main(int count, char **words)
{
    for (int i = 1; i + 1 < count && i / 2 < 16; i += 2) {
        ranges[i / 2] = (struct range){atoi(words[i]), atoi(words[i + 1])};
        range_count = i / 2 + 1;
    }
    catch_crashes();
    for (int t = 0; t < oracle_table_count; t++)
        for (int i = 0; i < oracle_table_sizes[t]; i++)
            settings(&oracle_tables[t][i]);
    return 0;
}
