/* formats/vers/vers_internal.h: what reading VERS and making it share. */
#pragma once
#include "formats/vers/vers.h"

/* For qsort_r, with the scheme as context: by version, then by comparator. */
int vers_constraint_order(const void *a, const void *b, void *scheme);
