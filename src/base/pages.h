/* base/pages.h: much memory at once, by huge pages where the kernel has them: one fault instead of five hundred. */
#pragma once
#include <stddef.h>

#define PAGES_HUGE ((size_t)2 << 20)

/* Zeroed; size is made whole huge pages. What is never touched takes no room. NULL when the machine has none left. */
void *pages_new(size_t *size);
void pages_free(void *at, size_t size); /* size: as pages_new made it; NULL does nothing */
