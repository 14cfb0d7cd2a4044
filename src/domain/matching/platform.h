/* domain/matching/platform.h: what a statement says it runs on, in words, held against what an asset tells of its system (matching 4.5). */
#pragma once
#include "domain/catalog/record.h"
#include "domain/inventory/component.h"

enum { PLATFORM_TEXT_MAX = 8192 };

/* As one text, " | " between; what is longer ends with the last that fits whole. Empty where one of them stands for all, or is not known. */
struct str platform_text(const struct catalog_strings *platforms, struct arena *arena);

/* Does the statement hold on some systems alone? Kinds of hardware ("x64-based Systems") narrow nothing here: no list tells its own, and most products that name
 * one exist for nothing else. */
bool platform_narrows(struct str text);

/* Does the asset run on one of them? false: it does not tell. os may be NULL. */
bool platform_is_met(struct str text, const struct operating_system *os);
