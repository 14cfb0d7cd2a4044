/* outside/fetch.h: a feed's file over HTTP into a file of ours, by libcurl, on a thread of its own so that mails go on. Called in the courier alone; nothing
 * that comes is looked into here. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;

enum {
    FETCH_URL_MAX = 2000,
    FETCH_MARK_MAX = 512, /* bytes of an ETag or a date */
    FETCH_SUM_FILE_MAX = 1 << 20,
    FETCH_REDIRECTS = 5,
    FETCH_SLOW_SECONDS =
        60 /* below FETCH_SLOW_BYTES a second for so long: given up, to go on later */
};
#define FETCH_SLOW_BYTES 1024

struct fetch_ask {
    struct str url;            /* https, or http when plain_ok */
    bool plain_ok;             /* a mirror inside one's own network */
    struct str etag, modified; /* of what is here already: asked for conditionally; empty: none */
    struct str
        part_etag; /* of the piece that `path` holds from an earlier try: the rest is asked for; empty: from the beginning */
    struct str sum_url;   /* of a file with checksums; empty: none */
    struct str sum_known; /* hex; the file that is here already has it: not fetched again */
    struct str header;    /* one further line, "apiKey: …"; empty: none */
    int64_t max_bytes;
    const char *path; /* where it is written */
};
enum fetch_result {
    FETCH_RUNNING,
    FETCH_NEW,    /* path holds it whole; its checksum is right when there was one */
    FETCH_SAME,   /* nothing new */
    FETCH_LATER,  /* did not answer, or broke off: try again */
    FETCH_REFUSED /* will not go better by itself: a wrong address, too large, a wrong checksum */
};
struct fetch_state {
    enum fetch_result result;
    int64_t bytes, expected;        /* of the file so far; expected -1: not told */
    struct str etag, modified, sum; /* of the file: what it is asked for with next time; sum: hex */
    int64_t retry_seconds;          /* what the server asked for; 0: nothing */
    struct str words;               /* why not, for a person; printable ASCII */
};

struct fetch; /* one at a time */
struct fetch *fetch_new(void);
void fetch_free(struct fetch *fetch); /* ends what runs; NULL does nothing */
DEFINE_CLEANUP(struct fetch, fetch_free)

/* Begins. ERR_INPUT about the address or a line that cannot be sent; ERR_UNAVAILABLE while another runs */
MUST_CHECK bool fetch_start(struct fetch *fetch, const struct fetch_ask *ask, struct err *err);
/* How it stands; after an end, the same until the next start. Texts live in arena. */
void fetch_look(struct fetch *fetch, struct arena *arena, struct fetch_state *out);

/* The checksum a file of checksums gives for that file name: a line with the name and 64 or 128 hex digits, JSON or not; or the only such digits in it. Lower case,
 * borrowed from text; empty when there is none. */
struct str fetch_sum_for(struct str text, struct str name, struct arena *arena);
