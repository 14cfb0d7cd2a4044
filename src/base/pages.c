#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

void *pages_new(size_t *size)
{
    size_t before, whole;
    char *at;

    if (*size > SIZE_MAX / 2)
        return NULL;
    whole = (*size + PAGES_HUGE - 1) / PAGES_HUGE * PAGES_HUGE;
    at = mmap(NULL, whole + PAGES_HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return NULL;
    before = (PAGES_HUGE - (uintptr_t)at % PAGES_HUGE) % PAGES_HUGE;
    if (before > 0)
        munmap(at, before);
    munmap(at + before + whole, PAGES_HUGE - before);
    (void)madvise(at + before, whole, MADV_HUGEPAGE); /* else small ones: only slower */
    *size = whole;
    return at + before;
}

void pages_free(void *at, size_t size)
{
    if (at)
        munmap(at, size);
}
