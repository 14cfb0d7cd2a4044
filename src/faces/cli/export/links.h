/* faces/cli/export/links.h: which addresses of the portal are exported, and what a page's links become: those to what is exported lead there, all others to the
 * portal that answers questions. Pure. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

/* An address of the export: lists ask for their further pages, a plain web server does not read questions, so these become folders. */
struct export_link {
    struct str ask;  /* what the portal is asked: "/en/vendors?initial=A&page=2" */
    struct str href; /* what pages say: "/en/vendors/-/initial=A/page=2/" */
};

/* False for what is not exported: what is searched for, filled in or logged in to. url: a path of ours with its query, without a fragment. */
bool export_link_of(struct str url, struct arena *arena, struct export_link *out);
/* The file of a link, below the export's folder: "en/vendors/-/initial=A/page=2/index.html" for a page. ERR_BAD_REQUEST for what cannot be one. */
MUST_CHECK bool export_file_of(const struct export_link *link, bool is_page, struct arena *arena,
                               struct str *out, struct err *err);

struct export_reader {
    void *context;
    bool (*follow)(void *context, const struct export_link *link, struct err *err);
};
/* A page of ours with its links as the export has them. follow is told each that is exported. portal: "https://portal.example.jp". ERR_TOO_LARGE */
MUST_CHECK bool export_page(struct str html, struct str portal, const struct export_reader *reader,
                            struct arena *arena, struct str *out, struct err *err);
