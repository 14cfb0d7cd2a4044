/* domain/catalog/to_internal.h: what the writers share. For to_*.c alone. */
#pragma once
#include "domain/catalog/to.h"
#include "formats/json/json.h"

/* The first text of that kind in that language ("ja" also holds for "ja-JP"); with_any: otherwise the English one, otherwise any. STR_NONE */
struct str to_text(const struct catalog_record *record, enum catalog_text_kind kind,
                   struct str lang, bool with_any);
/* What the record says of products as a list: its own, or one made of its configurations where it has none. */
struct to_products {
    VEC_OF(struct affected);
};
struct to_products to_products_of(const struct catalog_record *record, struct arena *arena);
/* One version, and no range. */
bool to_is_point(const struct span *span);
/* The score's object as FIRST's schemas have it; what cannot be read with its vector alone. */
void to_put_cvss(const struct catalog_score *score, struct json_writer *w);
/* The same text gives the same one; in the shape of a random one (version 4), as identifiers of organisations have to be. */
struct str to_uuid(struct str text, struct arena *arena);
bool to_is_uuid(struct str text);
void to_put_time(struct json_writer *w, const char *key, struct utc t); /* left out when 0 */
void to_put_texts(struct json_writer *w, const char *key, const struct catalog_strings *list);
/* "Patch,Exploit" one by one. Start with *rest the whole. */
bool to_next_kind(struct str *rest, struct str *out);
/* Configurations as NVD and CVE both write them. */
void to_put_configurations(const struct catalog_record *record, struct json_writer *w);
/* An element of CVE's `affected`, which NVD has too. The schema wants maker and product: of a package they are its ecosystem and its name. */
void to_put_product(const struct affected *affected, struct json_writer *w);
struct str to_status_word(enum span_status status); /* "affected" */
