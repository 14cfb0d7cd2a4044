/* domain/catalog/entry_row.h: an entry as a row of its table. For this room alone. */
#pragma once
#include "domain/catalog/entry.h"

struct rows;
struct catalog_entry entry_from_row(struct rows *rows);
