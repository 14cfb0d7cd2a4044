#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/num.h"
#include "base/pages.h"

enum { BLOCK_FIRST = 16 * 1024, EXIT_MACHINE = 71 };

/* Bytes behind `used` are always zero: fresh blocks come from calloc or the kernel, and reset wipes what was used. */
struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

struct arena {
    size_t max, handed_out;
    struct block *first, *current; /* first is kept by reset; all blocks hang behind it */
    struct block *spare;           /* kept by reset as well: wiped, and in use no more */
    size_t keep, kept;             /* bytes of those: at most, and now */
};

/* The one place where the process ends for want of memory (conventions 5). */
NORETURN static void give_up(const char *why)
{
    log_plain(why);
    _exit(EXIT_MACHINE);
}

/* With room for size; large ones are whole huge pages. */
static struct block *block_new(size_t size)
{
    size_t whole;
    struct block *block;

    if (!num_add(size, sizeof(struct block), &whole))
        give_up("memory-size-overflow");
    block = whole < PAGES_HUGE ? calloc(1, whole) : pages_new(&whole);
    if (!block)
        give_up("memory-none-left");
    block->size = whole - sizeof(struct block);
    return block;
}

static void block_free(struct block *block)
{
    size_t whole = block->size + sizeof(struct block);

    if (whole < PAGES_HUGE)
        free(block);
    else
        pages_free(block, whole);
}

struct arena *arena_new(size_t max)
{
    struct arena *arena = calloc(1, sizeof *arena);

    if (!arena)
        give_up("memory-none-left");
    arena->max = max;
    arena->first = arena->current = block_new(BLOCK_FIRST);
    return arena;
}

void arena_keep(struct arena *arena, size_t bytes) { arena->keep = bytes; }

/* A wiped block, for the next time or to the system. */
static void put_away(struct arena *arena, struct block *block)
{
    if (block->size > arena->keep - arena->kept) {
        block_free(block);
        return;
    }
    block->used = 0;
    block->next = arena->spare;
    arena->spare = block;
    arena->kept += block->size;
}

/* One that was put away and has room for size; NULL when there is none. */
static struct block *take_spare(struct arena *arena, size_t size)
{
    for (struct block **at = &arena->spare; *at; at = &(*at)->next) {
        struct block *block = *at;

        if (block->size < size)
            continue;
        *at = block->next;
        arena->kept -= block->size;
        return block;
    }
    return NULL;
}

static void free_all(struct block *block)
{
    for (struct block *next; block; block = next) {
        next = block->next;
        block_free(block);
    }
}

void arena_reset(struct arena *arena)
{
    struct block *next;

    for (struct block *block = arena->first->next; block; block = next) {
        next = block->next;
        explicit_bzero(block->bytes, block->used);
        put_away(arena, block);
    }
    explicit_bzero(arena->first->bytes, arena->first->used);
    arena->first->used = 0;
    arena->first->next = NULL;
    arena->current = arena->first;
    arena->handed_out = 0;
}

void arena_drop(struct arena *arena)
{
    if (!arena)
        return;
    free_all(arena->first);
    free_all(arena->spare);
    free(arena);
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    free_all(arena->first);
    free_all(arena->spare);
    free(arena);
}

/* A block with room for size. What would fill most of a block gets one of its own, and the current one goes on. */
static struct block *block_for(struct arena *arena, size_t size)
{
    struct block *current = arena->current;
    size_t most = PAGES_HUGE - sizeof(struct block);
    size_t usual = current->size < most / 2 ? current->size * 2 : most;
    struct block *block;

    if (size <= current->size - current->used)
        return current;
    block = take_spare(arena, size);
    if (!block)
        block = block_new(size > usual / 2 ? size : usual);
    block->next = current->next;
    current->next = block;
    if (size <= usual / 2)
        arena->current = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t step = alignof(max_align_t);
    struct block *block;
    void *at;

    if (size == 0)
        size = 1;
    if (!num_add(size, step - 1, &size))
        give_up("memory-size-overflow");
    size -= size % step;
    if (size > arena->max - arena->handed_out)
        give_up("memory-arena-full");

    block = block_for(arena, size);
    at = block->bytes + block->used;
    block->used += size;
    arena->handed_out += size;
    return at;
}

void *arena_alloc_n(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (!num_mul(count, size, &bytes))
        give_up("memory-size-overflow");
    return arena_alloc(arena, bytes);
}

const char *arena_z(struct arena *arena, struct str s)
{
    size_t size;
    char *z;

    if (!num_add(s.len, 1, &size))
        give_up("memory-size-overflow");
    z = arena_alloc(arena, size);
    if (s.len > 0)
        memcpy(z, s.ptr, s.len);
    return z;
}

struct str arena_str(struct arena *arena, struct str s)
{
    return (struct str){ arena_z(arena, s), s.len };
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
    char small[256];
    va_list args, again;
    int len;
    char *z;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len < 0)
        give_up("memory-format");
    z = arena_alloc(arena, (size_t)len + 1);
    if ((size_t)len < sizeof small)
        memcpy(z, small, (size_t)len);
    else
        vsnprintf(z, (size_t)len + 1, format, again);
    va_end(again);
    return (struct str){ z, (size_t)len };
}

struct str arena_join(struct arena *arena, const struct str *parts, size_t count)
{
    size_t size = 1, len = 0;
    char *z;

    for (size_t i = 0; i < count; i++)
        if (!num_add(size, parts[i].len, &size))
            give_up("memory-size-overflow");
    z = arena_alloc(arena, size);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > 0)
            memcpy(z + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
    }
    return (struct str){ z, len };
}
