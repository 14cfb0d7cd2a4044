/* faces/cli/import/import.h: `noroshi import`: a child reads (read.c), this process keeps (take.c); which files there are (files.c); one run of it
 * (run.c), for the command and for feeds. */
#pragma once
#include "base/vec.h"
#include "domain/catalog/catalog.h"
#include "domain/myjvn/dictionary.h"
#include "faces/cli/cli.h"

struct alone;
struct fulltext;
struct jail;
struct packer;
struct progress;

enum import_format {
    IMPORT_ANY, /* recognised */
    IMPORT_NVD,
    IMPORT_CVE,
    IMPORT_OSV,
    IMPORT_KEV,
    IMPORT_EPSS,
    IMPORT_CSAF,
    IMPORT_JVNRSS,
    IMPORT_VULDEF,
    IMPORT_JVN_PRODUCTS,
    IMPORT_CPE, /* NVD's dictionary of names, and its match criteria */
    IMPORT_CWE,
    IMPORT_EOL, /* endoflife.date */
    IMPORT_FORMATS
};
struct str import_format_name(enum import_format format); /* empty for IMPORT_ANY */
bool import_format_from_name(struct str name, enum import_format *out);

/* ---- what the child answers: a byte that says what, then its bytes ---- */

enum {
    /* The format; what the source sent, packed; the records that were read from it, each encoded and packed. All but the format behind their lengths in four
     * bytes, the lowest first. */
    ANSWER_RECORDS = 'r',
    /* The same of one record; what was sent is packed beside it. */
    ANSWER_RECORD = 'o',
    /* What JVN told (domain/myjvn/told.h) behind its length; then all of the above, of one record. */
    ANSWER_TOLD = 'j',
    /* For an index alone: the records that were read, each encoded and behind its length. */
    ANSWER_PLAIN = 'p',
    ANSWER_LISTED = 'v',  /* import_listing_shape */
    ANSWER_REFUSED = 'x', /* import_refusals_shape */
    ANSWER_KEV = 'k',     /* import_kev_shape */
    ANSWER_EPSS = 'e',    /* import_epss_shape */
    ANSWER_CPE = 'c',     /* import_cpe_shape and what was sent, packed, each behind its length */
    /* The reference_form; the file in the archive, its shape and what was sent, packed, each behind its length. */
    ANSWER_REFERENCE = 'w'
};
enum { IMPORT_ANSWER_MAX = 64 << 20, IMPORT_SHOWN_MAX = 64 << 10 };

struct import_refusal {
    struct str member; /* the file in the archive; empty: it is none */
    int64_t line;      /* 0: none */
    struct str reason, bytes;
};
struct import_refusals {
    struct {
        VEC_OF(struct import_refusal);
    } list;
};
struct import_kev {
    struct utc released;
    struct {
        VEC_OF(struct kev_item);
    } items;
    struct import_refusals refused;
};
struct import_score {
    struct str cve;
    int score, percentile; /* percentile + 1: 0 is not told */
};
struct import_epss {
    struct utc date;
    struct {
        VEC_OF(struct import_score);
    } rows;
    struct import_refusals refused;
};
struct shape;
struct shape_limits;
extern const struct shape import_refusals_shape, import_kev_shape, import_epss_shape,
    import_listing_shape, import_cpe_shape; /* struct cpe_entry without what was sent */
extern const struct shape_limits import_limits;

/* ---- the child ---- */

/* jail_job's work; of its task, a struct import_taking, it reads the format, whether there are members, and whether it is for an index alone. One
 * answer a step, each record a step. ERR_ARCHIVE, ERR_TOO_LARGE, ERR_IO */
bool import_read(struct jail *jail, void *task, struct err *err);
/* jail_job's feed, for files that are packed: the parser need not hold their windows (128 MB with zstd --long=27), and works while they are
 * unpacked. ERR_ARCHIVE, ERR_TOO_LARGE, ERR_IO */
bool import_feed(struct jail *jail, void *task, struct err *err);

/* ---- the parent ---- */

struct import_taking {
    enum import_format format;
    /* NULL: into the catalogue; else there is none, and all that belongs to one is NULL. */
    struct alone *alone;
    struct store *store;
    struct tx *tx;               /* open while answers come */
    struct arena *arena;         /* of one answer */
    struct catalog_batch *batch; /* of that transaction */
    struct fulltext *jvn_words;  /* of that transaction; NULL: myjvn_words_begin */
    struct packer *packer;
    int64_t import;
    struct catalog_counts counts;
    struct str file;                    /* that is read now */
    const struct import_files *members; /* of a bundle: its members are places in this list */
    struct progress *progress;          /* NULL: nobody looks */
    void (*told)(void *context, struct str file, int64_t line,
                 struct str reason); /* each refusal; may be NULL */
    bool (*stopped)(void *context);  /* import_options */
    void *context;
    bool is_stopped;
    bool is_retry; /* what is refused stands in the catalogue already */
};
/* jail_job's take; task: struct import_taking. ERR_STORE; ERR_IO when is_stopped */
bool import_take(void *task, struct str answer, struct err *err);
/* The same for an index alone: of what only a catalogue keeps nothing is taken. ERR_TOO_LARGE; ERR_IO when is_stopped */
bool import_take_alone(void *task, struct str answer, struct err *err);
/* What could not be read at all. */
MUST_CHECK bool import_refuse(struct import_taking *taking, struct str file, int64_t line,
                              struct str reason, struct str bytes, struct err *err);
/* ---- the match index ---- */

/* Brings it to what is kept (domain/matching/update.h). ERR_STORE, ERR_IO, ERR_TOO_LARGE, ERR_CATALOG_RECORD */
MUST_CHECK bool import_build_index(const struct app *app, struct store *store, const char *path,
                                   struct err *err);

/* ---- files ---- */

struct import_file {
    struct str path; /* "-": standard input */
    int64_t size;
    /* Plain JSON or XML that is read in a bundle: each child costs the writer a copy of every page that it changes meanwhile. */
    bool is_small;
};
struct import_files {
    VEC_OF(struct import_file);
};
/* By its name: JSON, CSV and XML, packed or not, and archives. */
bool import_is_feed(struct str name);
/* The file; or those of a folder that may be feeds by their names, at any depth, in order of their names. Hidden ones and links are passed
 * over. ERR_IO, ERR_TOO_LARGE */
MUST_CHECK bool import_list(const char *path, struct arena *arena, struct import_files *out,
                            struct err *err);
/* A file without a name that holds these bytes. ERR_IO */
MUST_CHECK bool import_hold(struct str bytes, int *fd, struct err *err);
/* A file without a name that holds these small ones as a tar; each is called by its place in the list. ERR_IO */
MUST_CHECK bool import_bundle(const struct import_files *files, size_t from, size_t to, int *fd,
                              struct err *err);
/* Opened for reading; what cannot be rewound is copied to a file without a name. ERR_IO */
MUST_CHECK bool import_open(const struct import_file *file, int *fd, struct err *err);
/* From now on standard input can be opened more than once. ERR_IO */
MUST_CHECK bool import_keep_input(struct err *err);

/* ---- one run ---- */

struct import_options {
    enum import_format format;
    const struct import_files *files;
    struct str from;   /* what it was asked for by: a path, a feed; kept with the run */
    struct str folder; /* of the catalogue and its index */
    bool no_index;
    bool is_retry;             /* what was refused before is read again, without files */
    bool is_rebuild;           /* the full-text index is made anew, whatever came */
    struct progress *progress; /* NULL: none */
    void (*told)(void *context, struct str file, int64_t line, struct str reason); /* may be NULL */
    /* Asked before each answer: nothing more is read then, and what came is kept; the run counts as not ended. May be NULL */
    bool (*stopped)(void *context);
    void *context;
};
/* Takes the files in and makes the match index anew; *counts also when it fails on the way. ERR_STORE, ERR_IO, ERR_TOO_LARGE */
MUST_CHECK bool import_run(const struct app *app, struct store *store,
                           const struct import_options *options, struct catalog_counts *counts,
                           struct err *err);
/* Makes the match index of the files alone; stopped, it makes none. ERR_CATALOG_STANDS, ERR_IO, ERR_TOO_LARGE */
MUST_CHECK bool import_run_alone(const struct app *app, const struct import_options *options,
                                 struct catalog_counts *counts, struct err *err);
