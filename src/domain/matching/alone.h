/* domain/matching/alone.h: the match index of records as they are told, with no catalogue behind it: for machines that scan and do nothing else. What a catalogue
 * would be asked for, which record is told twice and how newly, is kept here in a few bytes a record; the records themselves are not. */
#pragma once
#include "domain/catalog/catalog.h"
#include "domain/matching/index.h"

struct alone;

/* path: of the index's manifest. Its folder is this process's until alone_free. ERR_IO; ERR_CATALOG_STANDS when a catalogue lies beside it */
MUST_CHECK bool alone_new(const char *path, struct alone **out, struct err *err);
void alone_free(struct alone *alone); /* NULL does nothing */
DEFINE_CLEANUP(struct alone, alone_free)

/* Before the first record, and before the first when all are told once more. ERR_IO */
MUST_CHECK bool alone_begin(struct alone *alone, struct err *err);
/* Which of two stays is as catalog_put has it. ERR_TOO_LARGE */
MUST_CHECK bool alone_record(struct alone *alone, const struct catalog_record *record,
                             enum catalog_change *out, struct err *err);
/* A whole catalogue of exploited ones follows. false: an older one than was told before, of which nothing is to be told. */
bool alone_kev_begin(struct alone *alone, struct utc released);
enum catalog_change alone_kev(struct alone *alone, const struct kev_item *item);
/* The score of the newest day stays. */
enum catalog_change alone_epss(struct alone *alone, const struct epss_row *row, struct utc date);

/**
 * Writes the index, whole or not at all.
 *
 * again  true: a record was told in an older state first, and nothing is written; begin, and tell the same once more in the same order
 * err    ERR_IO, also when it was told otherwise the second time; ERR_TOO_LARGE
 */
MUST_CHECK bool alone_end(struct alone *alone, struct utc now, bool *again, struct err *err);
