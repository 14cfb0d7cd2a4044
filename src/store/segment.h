/* store/segment.h: what strangers read, as immutable files: paths with their finished bytes, looked up without a database
 * (docs/decisions/0001). A segment is written whole and never changed; its name is its hash. */
#pragma once
#include "base/utc.h"
#include "seal/seal.h"

struct err;
struct segment;
struct segment_writer;

enum { SEGMENT_PATH_MAX = 512, SEGMENT_ENTRIES_MAX = 4 << 20, SEGMENT_NAME_BYTES = 36 };

struct segment_entry {
    struct str
        path; /* "/advisories/NRS48213075"; what does not start with '/' is for ourselves: no URL reaches it */
    struct str type; /* with its charset */
    struct str etag; /* strong, with its quotes */
    struct str body;
    struct str gzip; /* of body; empty where packing would not make it smaller */
    struct utc modified;
    bool is_gone; /* withdrawn: older segments' entry of that path does not count any more */
};

/* A file's name in its folder, "0123456789abcdef0123456789abcdef.seg", and the hash it must have. */
struct segment_name {
    char z[SEGMENT_NAME_BYTES + 1];
    struct hash hash;
};

/* ---- reading ---- */

/**
 * Maps a segment and checks all of it once, so that a look-up need not.
 *
 * hash   what the manifest says; bytes that differ are refused
 * err    ERR_IO, ERR_SEGMENT
 */
MUST_CHECK bool segment_open(const char *folder, const struct segment_name *name,
                             struct segment **out, struct err *err);
/* The same from bytes, which must outlive it; their own hash must be right. */
MUST_CHECK bool segment_read(struct str bytes, struct segment **out, struct err *err);
/* Segments are shared: each holder keeps its own reference, from any thread. */
struct segment *segment_hold(struct segment *segment);
void segment_close(struct segment *segment); /* NULL does nothing */
DEFINE_CLEANUP(struct segment, segment_close)

/* Its entry of that path, borrowed from the mapping; false when it has none. */
bool segment_find(const struct segment *segment, struct str path, struct segment_entry *out);
size_t segment_count(const struct segment *segment);
struct segment_entry segment_at(const struct segment *segment,
                                size_t index); /* by path, ascending */
const struct segment_name *segment_name_of(const struct segment *segment);

/* ---- writing ---- */

MUST_CHECK bool segment_writer_new(const char *folder, struct segment_writer **out,
                                   struct err *err);
/* Written at once; only path and place stay in memory. An empty etag is made from the bytes, gzip is made where it helps. The same
 * path twice is our mistake (ERR_BUG at the end). ERR_IO, ERR_TOO_LARGE */
MUST_CHECK bool segment_writer_add(struct segment_writer *writer, const struct segment_entry *entry,
                                   struct err *err);
/* Synced and under its name. The same entries give the same name. */
MUST_CHECK bool segment_writer_end(struct segment_writer *writer, struct segment_name *out,
                                   struct err *err);
/* Also after the end; what was not ended leaves no file. */
void segment_writer_free(struct segment_writer *writer);
DEFINE_CLEANUP(struct segment_writer, segment_writer_free)
