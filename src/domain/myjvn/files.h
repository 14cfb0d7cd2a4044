/* domain/myjvn/files.h: the feed files that JVN iPedia offers (JVNRSS of what is new, of what changed, of each year; VULDEF of each year; the dictionary) and
 * the list of their checksums, as a generation of their own beside the catalogue: all of them switch at one instant, so the list is true at every instant. */
#pragma once
#include "domain/myjvn/items.h"

enum {
    MYJVN_NEW_MAX = 200,
    MYJVN_UPDATED_MAX = 400,
    MYJVN_FIRST_YEAR = 1998,
    MYJVN_LARGE_YEAR = 1000
};

struct myjvn_filing {
    const struct myjvn_site *site;
    struct utc now;
    int64_t
        large; /* a year with more entries is made anew once a day at most: what changes stands in jvndb.rdf meanwhile, as in the original */
};

/**
 * Makes those anew whose contents changed since the last time; what became public before MYJVN_FIRST_YEAR stands in that year's file, what is dated later than
 * `now` in this year's. Of the dictionary the files of this month and of the one before stand.
 *
 * folder  of the public world; a file's time is when its bytes last changed
 * err     ERR_STORE, ERR_CATALOG_RECORD, ERR_SEGMENT, ERR_IO, ERR_TOO_LARGE
 * Rule:   VDB-05
 */
MUST_CHECK bool myjvn_make_files(struct store *store, struct str folder,
                                 const struct myjvn_filing *filing, struct err *err);
/* Their folder in that one, for watch_new. */
#define MYJVN_FILES "files"
