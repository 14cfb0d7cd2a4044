/* faces/html/embedded.h: files served from the binary; the tables are made by tools/embed.py. */
#pragma once
#include "base/str.h"

struct embedded {
    const char *path; /* below its root, such as "css/noroshi.css" */
    struct str type;  /* "text/css; charset=utf-8" */
    struct str bytes;
    struct str gzip; /* empty where packing would not make it smaller */
    struct str etag; /* strong, with its quotes; of bytes */
};

/* The file of that path in a table sorted by path; NULL when there is none. */
const struct embedded *embedded_lookup(const struct embedded *table, size_t count, struct str path);
