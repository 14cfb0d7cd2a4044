/* domain/advisory/formats.h: an advisory in every format that people and programs read. Pure: a view in, text out. */
#pragma once
#include "domain/advisory/index.h"
#include "domain/advisory/site.h"
#include "domain/advisory/view.h"
#include "domain/catalog/address.h"
#include "domain/catalog/record.h"

enum { FORMAT_MAX = 4 << 20, FEED_ITEMS = 30 };

struct advisory_views {
    VEC_OF(struct advisory_view);
};

/* CSAF 2.0, profile "security advisory", in Japanese with the English texts as notes. ERR_TOO_LARGE */
MUST_CHECK bool advisory_to_csaf(const struct advisory_view *view, const struct advisory_site *site,
                                 struct arena *arena, struct str *out, struct err *err);
/* VULDEF 3.2; readers know CVSS 2 and 3 alone. */
MUST_CHECK bool advisory_to_vuldef(const struct advisory_view *view,
                                   const struct advisory_site *site, enum lang lang,
                                   struct arena *arena, struct str *out, struct err *err);
/* A record of the database of countermeasures (source: ours), borrowing from view. Rule: PUB-14, VDB-01, VDB-02 */
void advisory_to_catalog(const struct advisory_view *view, const struct advisory_site *site,
                         struct arena *arena, struct catalog_record *out);
/* Our own JSON: the whole view, both languages. */
MUST_CHECK bool advisory_to_json(const struct advisory_view *view, const struct advisory_site *site,
                                 struct arena *arena, struct str *out, struct err *err);

/* JVNRSS, as JVN iPedia writes it, of at most FEED_ITEMS views, in their order. updates: "new and updated" instead of "new". */
MUST_CHECK bool advisories_to_jvnrss(const struct advisory_views *views,
                                     const struct advisory_site *site, enum lang lang, bool updates,
                                     struct arena *arena, struct str *out, struct err *err);

/* ---- CSAF distribution (CSAF 2.0, section 7.1); rows: all advisories, latest update first ---- */
MUST_CHECK bool feed_provider_metadata(const struct advisory_site *site, struct utc updated,
                                       struct arena *arena, struct str *out, struct err *err);
MUST_CHECK bool feed_rolie(const struct advisory_rows *rows, const struct advisory_site *site,
                           struct arena *arena, struct str *out, struct err *err);
MUST_CHECK bool feed_index_txt(const struct advisory_rows *rows, struct arena *arena,
                               struct str *out, struct err *err);
MUST_CHECK bool feed_changes_csv(const struct advisory_rows *rows, struct arena *arena,
                                 struct str *out, struct err *err);
struct str hash_file(struct str hex, struct str file, struct arena *arena); /* "HEX  FILE\n" */

/* RFC 9116; expires a year after the month began. */
struct str feed_security_txt(const struct advisory_site *site, struct utc now, struct arena *arena);

/* ---- shared words ---- */
const struct advisory_text *advisory_text_of(const struct advisory_view *view, enum lang lang);
/* The vector of the highest base score; tenths is -1 when no vector has a score we compute. */
struct advisory_score {
    int tenths;
    struct str vector, version,
        word; /* "CVSS:3.1/…", "3.1", "CRITICAL"; empty when there is none */
};
struct advisory_score advisory_score_of(const struct advisory_view *view, struct arena *arena);
struct advisory_score weakness_score(const struct advisory_weakness *weakness, struct arena *arena);
const char *vendor_status_msgid(struct str status);
