/* formats/json/json_split.h: the records of a stream of JSON, one by one, whatever holds them: one object, objects behind each other (JSONL), an
 * array of objects, or an object with such an array under a name that the format knows. A broken record is told and the next one found
 * again. Memory is bounded by the largest record. */
#pragma once
#include <sys/types.h>

#include "base/attr.h"
#include "base/str.h"

struct err;
struct json_split;

/* Up to size bytes of the stream; 0 at its end, -1 with *err set. */
typedef ssize_t json_source(void *context, char *at, size_t size, struct err *err);

struct json_piece {
    char *
        text; /* JSON_PADDING bytes behind it are there too; all may be changed. Until the next call */
    size_t len;
    uint64_t line; /* where it begins in the stream, from 1 */
    const char *
        fault; /* why it is no record; then text is its beginning. NULL: brackets and quotes are in order */
};

/**
 * list        the name that holds the records in a whole document ("vulnerabilities"); an object without it is a record itself
 * record_max  bytes; a larger record is a fault
 * NULL when the machine has no memory left.
 */
struct json_split *json_split_new(json_source *source, void *context, struct str list,
                                  size_t record_max);
void json_split_free(struct json_split *split);
DEFINE_CLEANUP(struct json_split, json_split_free)

/* 1 a piece, 0 the end, -1 the source failed: *err is its, or ERR_TOO_LARGE when memory is used up. */
int json_split_next(struct json_split *split, struct json_piece *out, struct err *err);

/* What stood before the list in its document, made an object of its own; empty when there is no list. Borrowed until the next call. */
struct str json_split_head(const struct json_split *split);
