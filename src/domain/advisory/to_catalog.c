/* domain/advisory/to_catalog.c: an advisory as a record of the database of countermeasures. */
#include "domain/advisory/formats.h"
#include "domain/catalog/from_internal.h"

static void add_texts(struct catalog_record *record, const struct advisory_text *text,
                      enum lang lang, struct arena *arena)
{
    const struct {
        enum catalog_text_kind kind;
        struct str text;
    } texts[] = {
        { TEXT_TITLE, text->title },
        { TEXT_DESCRIPTION, text->overview },
        { TEXT_DESCRIPTION, text->details },
        { TEXT_IMPACT, text->impact },
        { TEXT_COUNTERMEASURE, text->solution },
        { TEXT_WORKAROUND, text->workaround },
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        from_add_text(record, texts[i].kind, lang_code(lang), texts[i].text, record->origin, arena);
}

/* The words for people are read as those of other sources are; where they are not understood they claim nothing, but for the version that has the correction. */
static void add_product(struct catalog_record *record, const struct advisory_product *product,
                        struct arena *arena)
{
    struct affected affected = { .vendor = product->vendor_en.len > 0 ? product->vendor_en
                                                                      : product->vendor_ja,
                                 .product = product->product,
                                 .default_status = SPAN_UNKNOWN };
    struct span span = from_phrase(product->versions, VERSION_GENERIC);

    if (span.status != SPAN_AFFECTED && product->fixed.len > 0)
        span = (struct span){ .scheme = VERSION_GENERIC, .to = product->fixed, .to_is_fix = true };
    if (span.status == SPAN_AFFECTED)
        affected.default_status = SPAN_UNAFFECTED;
    VEC_PUSH(arena, &affected.spans, span);
    VEC_PUSH(arena, &record->affected, affected);
}

static void add_reference(struct catalog_record *record, struct str url, struct str kind,
                          struct arena *arena)
{
    if (url.len > 0)
        VEC_PUSH(arena, &record->references, (struct catalog_reference){ url, kind });
}

static void add_weaknesses(struct catalog_record *record, const struct advisory_view *view,
                           struct arena *arena)
{
    struct catalog_strings cves = { 0 };

    for (size_t i = 0; i < view->weaknesses.len; i++) {
        const struct advisory_weakness *weakness = &view->weaknesses.at[i];

        from_add_weakness(record, weakness->cwe, arena);
        if (weakness->cvss.len > 0)
            from_add_vector(record, weakness->cvss, record->origin, arena);
        if (from_is_cve_id(weakness->cve))
            from_add(&cves, weakness->cve, arena);
    }
    from_add_names(record, &cves);
}

void advisory_to_catalog(const struct advisory_view *view, const struct advisory_site *site,
                         struct arena *arena, struct catalog_record *out)
{
    *out = (struct catalog_record){ .source = SOURCE_OURS,
                                    .id = advisory_slug(view->number, arena),
                                    .origin = site->publisher_en,
                                    .published = view->published_at,
                                    .modified = view->updated_at };
    add_texts(out, &view->ja, LANG_JA, arena);
    add_texts(out, &view->en, LANG_EN, arena);
    add_weaknesses(out, view, arena);
    for (size_t i = 0; i < view->products.len; i++)
        add_product(out, &view->products.at[i], arena);
    add_reference(out, url_of_page(site, view->number, LANG_JA, arena), STR("ADVISORY"), arena);
    for (size_t i = 0; i < view->vendors.len; i++)
        add_reference(out, view->vendors.at[i].url, STR("VENDOR"), arena);
    for (size_t i = 0; i < view->references.len; i++)
        add_reference(out, view->references.at[i].url, view->references.at[i].kind, arena);
}
