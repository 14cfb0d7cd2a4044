#include "faces/portal/catalog/lines.h"

#include "base/buf.h"
#include "base/err.h"
#include "faces/html/html.h"
#include "faces/portal/catalog/names.h"
#include "faces/portal/catalog/words.h"

enum { PRODUCTS_SHOWN = 3, PRODUCTS_TEXT_MAX = 4096 };

struct str entry_title(const struct catalog_entry *entry, enum lang lang, struct str *title_lang)
{
    struct str own = lang == LANG_JA ? entry->title_ja : entry->title_en,
               other = lang == LANG_JA ? entry->title_en : entry->title_ja;

    *title_lang = STR_NONE;
    if (own.len > 0)
        return own;
    if (other.len == 0)
        return entry->name;
    *title_lang = lang_code(lang == LANG_JA ? LANG_EN : LANG_JA);
    return other;
}

struct tag_view entry_state_tag(enum lang lang, enum catalog_state state, bool is_disputed)
{
    if (state == CATALOG_REJECTED)
        return (struct tag_view){ tr(lang, N_("Rejected")), TONE_NEUTRAL };
    if (state == CATALOG_WITHDRAWN)
        return (struct tag_view){ tr(lang, N_("Withdrawn")), TONE_NEUTRAL };
    if (is_disputed)
        return (struct tag_view){ tr(lang, N_("Disputed")), TONE_WARN };
    return (struct tag_view){ STR_NONE, TONE_NEUTRAL };
}

struct str entry_href(struct str name, struct arena *arena)
{
    struct buf buf = buf_new(arena, 3 * (size_t)CATALOG_ID_MAX + 16);

    buf_add_z(&buf, "/records/");
    html_url_encode(&buf, name);
    return buf_str(&buf);
}

static struct str products_words(const struct catalog_products *products, enum lang lang,
                                 struct arena *arena)
{
    struct buf buf = buf_new(arena, PRODUCTS_TEXT_MAX);

    for (size_t i = 0; i < products->len && i < PRODUCTS_SHOWN; i++) {
        if (i > 0)
            buf_add(&buf, lang == LANG_JA ? STR("、") : STR(", "));
        buf_add(&buf, str_take_code_points(product_name(&products->at[i], lang, arena), 80));
    }
    if (products->len <= PRODUCTS_SHOWN)
        return buf_str(&buf);
    return tr_fill(
        arena, lang, N_("{products} and {count} more"),
        TR_ARGS({ "products", buf_str(&buf) },
                { "count", tr_number(arena, (int64_t)(products->len - PRODUCTS_SHOWN)) }));
}

static struct entry_line line_of(const struct catalog_entry *entry, enum lang lang,
                                 struct arena *arena)
{
    struct entry_line line = {
        .name = entry->name,
        .href = entry_href(entry->name, arena),
        .score = catalog_score_words(entry->tenths, arena),
        .number = entry->number,
        .chance = catalog_chance_words(entry->epss, arena),
        .sources = catalog_sources_words(lang, entry->sources, arena),
        .severity = catalog_severity_tag(lang, entry->severity),
        .state = entry_state_tag(lang, entry->state, entry->is_disputed),
        .published = catalog_day(lang, entry->published, arena),
        .modified = catalog_day(lang, entry->modified, arena),
        .was_updated = entry->modified.ms - entry->published.ms >= UTC_DAY,
        .is_kev = entry->is_kev,
        .is_embedded = entry->is_embedded,
        .is_standard = entry->is_standard,
    };

    line.title = entry_title(entry, lang, &line.title_lang);
    if (line.score.len > 0)
        line.score_scale = arena_printf(arena, "CVSS v%.*s", STR_ARG(entry->score_version));
    return line;
}

bool entry_lines_of(struct tx *tx, const struct catalog_entries *entries, enum lang lang,
                    struct arena *arena, struct entry_lines *out, struct err *err)
{
    for (size_t i = 0; i < entries->len; i++) {
        struct entry_line line = line_of(&entries->at[i], lang, arena);
        struct catalog_products products = { 0 };

        if (!catalog_entry_products(tx, entries->at[i].id, arena, &products, err))
            return PASS(err);
        line.products = products_words(&products, lang, arena);
        VEC_PUSH(arena, out, line);
    }
    return true;
}
