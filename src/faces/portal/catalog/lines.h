/* faces/portal/catalog/lines.h: entries as they stand in lists: searches, vendors, days. */
#pragma once
#include "domain/catalog/entry.h"
#include "faces/html/parts.h"

struct settings;
struct tx;

struct entry_line {
    struct str name, href, title, title_lang; /* title_lang: set when it is not the reader's */
    struct str score, score_scale, products, number, chance, sources;
    struct tag_view severity, state; /* state: rejected, withdrawn, disputed; word empty: none */
    struct when_view published, modified;
    bool was_updated, is_kev, is_embedded, is_standard;
};
struct entry_lines {
    VEC_OF(struct entry_line);
};

/* The title in that language, or the other one: *lang then says which. A record without one is called by its name. */
struct str entry_title(const struct catalog_entry *entry, enum lang lang, struct str *title_lang);
/* Rejected, withdrawn, disputed; word empty for what simply stands. */
struct tag_view entry_state_tag(enum lang lang, enum catalog_state state, bool is_disputed);

struct str entry_href(struct str name, struct arena *arena); /* "/records/…" */

/* Each with its first products, asked of tx. ERR_STORE */
MUST_CHECK bool entry_lines_of(struct tx *tx, const struct catalog_entries *entries, enum lang lang,
                               struct arena *arena, struct entry_lines *out, struct err *err);
