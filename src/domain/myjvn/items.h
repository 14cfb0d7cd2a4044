/* domain/myjvn/items.h: the countermeasure information that the MyJVN interface and the feed files serve: that of JVN iPedia, and entries of our own series. */
#pragma once
#include "domain/catalog/catalog.h"
#include "domain/myjvn/dictionary.h"
#include "domain/myjvn/told.h"

struct fulltext;
struct packer;

/* What of JVN comes in: the newest of each kind stays. bytes: told, as myjvn_told_write wrote it. words: NULL, or of myjvn_words_begin. ERR_STORE,
 * ERR_CATALOG_RECORD, ERR_IO */
MUST_CHECK bool myjvn_put(struct tx *tx, const struct myjvn_told *told, struct str bytes,
                          struct fulltext *words, struct packer *packer, struct arena *arena,
                          enum catalog_change *out, struct err *err);
/* Where nothing is yet, the words of all that comes in are gathered and their index is made whole at the end, before anything else is put. *out: NULL where there is
 * something. ERR_STORE */
MUST_CHECK bool myjvn_words_begin(struct tx *tx, struct fulltext **out, struct err *err);
MUST_CHECK bool myjvn_words_end(struct tx *tx, struct fulltext *words, struct err *err);
/* An entry of our own series, whose number stands for a name; readers cannot tell it. */
MUST_CHECK bool myjvn_put_own(struct tx *tx, const struct myjvn_told *told, struct str bytes,
                              int64_t entry, struct packer *packer, struct arena *arena,
                              enum catalog_change *out, struct err *err);

/* ---- finding ---- */

enum { MYJVN_SEVERITY_ANY = -2 };
struct myjvn_span {
    struct utc from, to; /* 0: open; `to` is excluded */
};
struct myjvn_search {
    enum lang lang;
    struct myjvn_choice choice; /* at most one of its lists; keyword: words, all of them */
    int severity;               /* of CVSS 3: enum cvss_severity, or MYJVN_SEVERITY_ANY */
    struct str vector;          /* of CVSS 3, as 3.0; empty: any */
    struct myjvn_span made_public, issued, modified;
    int64_t offset, limit;
};
struct myjvn_row {
    int64_t id, entry; /* entry: of our own series; 0: JVN's */
    struct str name;
    enum lang lang;
    struct utc made_public, issued, modified;
};
struct myjvn_rows {
    VEC_OF(struct myjvn_row);
};
/* The last that changed first; *total: of all pages. ERR_STORE. Rule: API-01 */
MUST_CHECK bool myjvn_find(struct tx *tx, const struct myjvn_search *search, struct arena *arena,
                           struct myjvn_rows *out, int64_t *total, struct err *err);
/* The last that came first, or the last that changed. ERR_STORE */
MUST_CHECK bool myjvn_newest(struct tx *tx, enum lang lang, int64_t limit, struct arena *arena,
                             struct myjvn_rows *out, struct err *err);
MUST_CHECK bool myjvn_updated(struct tx *tx, enum lang lang, int64_t limit, struct arena *arena,
                              struct myjvn_rows *out, struct err *err);
/* Those that became public in these months (12 * year + month - 1, `to` is excluded), in Japan, by name. ERR_STORE */
MUST_CHECK bool myjvn_between(struct tx *tx, enum lang lang, int64_t from, int64_t to,
                              struct arena *arena, struct myjvn_rows *out, struct err *err);
/* The first and the last year of all; 0 when there is nothing. ERR_STORE */
MUST_CHECK bool myjvn_years(struct tx *tx, enum lang lang, int *first, int *last, struct err *err);
/* That of a name; false in *found when there is none. ERR_STORE */
MUST_CHECK bool myjvn_named(struct tx *tx, struct str name, enum lang lang, struct arena *arena,
                            struct myjvn_row *out, bool *found, struct err *err);
/* About a CVE, by name. ERR_STORE */
MUST_CHECK bool myjvn_about(struct tx *tx, struct str cve, enum lang lang, struct arena *arena,
                            struct myjvn_rows *out, struct err *err);

/* ---- as it is served ---- */

/* Where pages of them stand: "https://…", without a slash at the end; who made those of our own series. */
struct myjvn_site {
    struct str url, publisher_ja, publisher_en;
};
struct settings;
struct myjvn_site myjvn_site_from(const struct settings *settings);
struct str myjvn_page_url(const struct myjvn_site *site, struct str name, enum lang lang,
                          struct arena *arena);
/* ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool myjvn_to_jvnrss(struct tx *tx, const struct myjvn_row *row,
                                const struct myjvn_site *site, enum jvnrss_style style,
                                struct packer *packer, struct arena *arena, struct jvnrss_item *out,
                                struct err *err);
MUST_CHECK bool myjvn_to_vuldef(struct tx *tx, const struct myjvn_row *row, struct packer *packer,
                                struct arena *arena, struct vuldef_info *out, struct err *err);

/* ---- counting ---- */

enum myjvn_period { PERIOD_YEAR, PERIOD_QUARTER, PERIOD_MONTH };
struct myjvn_counting {
    enum myjvn_period period;
    int from, to;         /* months: 12 * year + month - 1, both included; 0: open */
    struct str cpe;       /* a pattern; empty: any */
    int64_t pid;          /* 0: any */
    struct str weakness;  /* "CWE-79"; empty: any */
    bool by_severity_2;   /* of CVSS 2: high, medium, low */
    bool only_with_score; /* what has no such score does not count */
};
/* Every period in the range has a row, those without any too. now: where an open range ends. ERR_STORE. Rule: API-01 */
MUST_CHECK bool myjvn_count(struct tx *tx, const struct myjvn_counting *counting, struct utc now,
                            struct arena *arena, struct myjvn_counts *out, struct err *err);
/* The CPE names of what is about a CVE, each once. ERR_STORE */
MUST_CHECK bool myjvn_cpes_about(struct tx *tx, struct str cve, struct arena *arena,
                                 struct myjvn_texts *out, struct err *err);
/* How many there are of each in all. ERR_STORE */
MUST_CHECK bool myjvn_totals(struct tx *tx, struct arena *arena, int64_t *items, int64_t *vendors,
                             int64_t *products, struct err *err);
