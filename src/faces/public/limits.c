#include "faces/public/limits.h"

#include <stdlib.h>

#include "faces/http/rate.h"

enum { PLACES = 65536 };

struct limits {
    struct rate *of[LIMITS];
};

/* clang-format off */
/* What is no page, by how its address begins and ends; the first that fits. */
static const struct {
    const char *begin, *end;
    enum limit limit;
} rows[] = {
    { "/api/",                 "", LIMIT_INTERFACES },
    { "/myjvn",                "", LIMIT_INTERFACES },
    { "/rest/json/",           "", LIMIT_INTERFACES },
    { "/v1/",                  "", LIMIT_INTERFACES },
    { "/records/",        ".json", LIMIT_INTERFACES },
    { "/records/",         ".xml", LIMIT_INTERFACES },
    { "/ja/rss/search.rdf",    "", LIMIT_INTERFACES },
    { "/rss/search.rdf",       "", LIMIT_INTERFACES },
    /* made beforehand */
    { "/ja/rss/",              "", LIMIT_FILES },
    { "/rss/",                 "", LIMIT_FILES },
    { "/ja/feed/",             "", LIMIT_FILES },
    { "/feed/",                "", LIMIT_FILES },
    { "/vuldef/",              "", LIMIT_FILES },
    { "/.well-known/csaf/",    "", LIMIT_FILES },
};
/* clang-format on */

enum limit limit_of(struct str path)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_starts(path, str_from_z(rows[i].begin)) && str_ends(path, str_from_z(rows[i].end)))
            return rows[i].limit;
    return LIMIT_PAGES;
}

struct limits *limits_new(const struct settings *settings)
{
    const int64_t a_minute[LIMITS] = { [LIMIT_PAGES] = settings->public_rate_per_minute,
                                       [LIMIT_INTERFACES] = settings->interface_rate_per_minute,
                                       [LIMIT_FILES] = settings->file_rate_per_minute };
    struct limits *limits = calloc(1, sizeof *limits);

    if (!limits)
        abort(); /* at the start of a process */
    for (int i = 0; i < LIMITS; i++)
        limits->of[i] = rate_new(PLACES, (unsigned)a_minute[i], (unsigned)a_minute[i] * 60);
    return limits;
}

void limits_free(struct limits *limits)
{
    if (!limits)
        return;
    for (int i = 0; i < LIMITS; i++)
        rate_free(limits->of[i]);
    free(limits);
}

bool limits_take(struct limits *limits, const struct request *req, unsigned *wait_seconds)
{
    return rate_take(limits->of[limit_of(req->path)], req->peer_address, req->now, wait_seconds);
}
