/* domain/watch/upload.h: products out of an SBOM or another list of components that somebody uploads: read by the jailed worker, which answers names alone. What
 * it answers is a stranger's word still. Rule: API-02, C25 */
#pragma once
#include "domain/watch/watch.h"

enum { WATCH_UPLOAD_MAX = 8 << 20 /* bytes */ };

struct watch_upload {
    struct watch_keys keys;
    struct str format;           /* "CycloneDX 1.5" */
    int64_t components, unnamed; /* unnamed: the catalogue knows no name of theirs */
};

#define WATCH_QUESTION "watch"
/* The record that the worker is asked. */
void watch_ask(struct str bytes, struct str file_name, struct buf *question);
/* The worker's side. What inventory_read says */
MUST_CHECK bool watch_answer(struct str question, struct arena *arena, struct str *reply,
                             struct err *err);
/* ERR_WORKER when the answer makes no sense; ERR_TOO_LARGE: there are more products than a list may have. */
MUST_CHECK bool watch_from_answer(struct str reply, struct arena *arena, struct watch_upload *out,
                                  struct err *err);
