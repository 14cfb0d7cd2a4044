/* faces/portal/records/fill.h: the view of an entry's page, made of what the catalogue says. Pure but for record_load. */
#pragma once
#include "base/settings.h"
#include "domain/catalog/entry.h"
#include "domain/catalog/product.h"
#include "faces/portal/records/views.h"

enum { RECORD_PAST_MAX = 50, RECORD_VENDORS_MAX = 100 };

struct record_facts {
    struct catalog_entry entry;
    struct catalog_tellings tellings;
    struct catalog_pasts pasts; /* the latest first */
    struct catalog_exploited kev;
    struct catalog_chances chances; /* the newest first */
    struct catalog_products products;
    struct catalog_vendors vendors; /* of the products */
};

/* Everything that is told of an entry. ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool record_load(struct tx *tx, const struct catalog_entry *entry, struct arena *arena,
                            struct record_facts *out, struct err *err);

struct record_filling {
    const struct record_facts *facts;
    const struct settings *settings;
    enum lang lang;
    struct arena *arena;
    struct record_view *out;
};

void record_fill(const struct record_facts *facts, const struct settings *settings, enum lang lang,
                 struct arena *arena, struct record_view *out);

/* ---- its parts ---- */

void record_fill_products(const struct record_filling *f);
void record_fill_scores(const struct record_filling *f);
void record_fill_chance(const struct record_filling *f);
void record_fill_texts(const struct record_filling *f);
void record_fill_references(const struct record_filling *f);
void record_fill_tellings(const struct record_filling *f);
void record_fill_history(const struct record_filling *f);

/* "NVD", with whose words they are where the source has several: "OSV (GHSA)" */
struct str record_telling_words(const struct record_filling *f,
                                const struct catalog_record *record);
/* The product and vendor that a CPE name's words stand for: the dictionary's names, otherwise the words. */
struct str record_product_words(const struct record_filling *f, struct str vendor_key,
                                struct str key);
bool record_is_of(enum lang lang, struct str code); /* a text's language; unsaid is English */
