#include "domain/catalog/from_internal.h"

#include "base/err.h"

/* "** 削除 **" and the like stand at the beginning of the overview. */
static void set_state(struct catalog_record *record, struct str overview)
{
    struct str rest = overview;

    if (!str_skip(&rest, STR("**")))
        return;
    rest = str_trim(rest);
    if (str_starts(rest, STR("削除")) || str_starts(rest, STR("REJECT")))
        record->state = CATALOG_REJECTED;
    else if (str_starts(rest, STR("未確定")) || str_starts(rest, STR("DISPUTED")))
        record->is_disputed = true;
}

static bool begin(struct str id, enum lang lang, struct catalog_record *record, struct err *err)
{
    record->source = SOURCE_JVN;
    record->id = id;
    record->origin = str_starts(id, STR("JVNDB-")) ? STR("JVN iPedia") : STR("JVN");
    record->is_overlay = lang != LANG_JA;
    return from_is_id(id) ? true
                          : FAIL(err, CATALOG_RECORD, STR("identifier: missing, or no identifier"));
}

/* Whose id it is tells what it says: other services' are not names of the flaw. */
static void take_name(struct catalog_record *record, struct str id, struct catalog_strings *cves,
                      struct arena *arena)
{
    if (from_is_cve_id(id))
        from_add(cves, id, arena);
    else if (str_starts(id, STR("CWE-")))
        from_add_weakness(record, id, arena);
    else if ((str_starts(id, STR("JVN#")) || str_starts(id, STR("JVNVU#"))) && from_is_id(id))
        from_add(&record->related, id, arena);
}

static void add_reference(struct catalog_record *record, struct str url, struct str kind,
                          struct arena *arena)
{
    if (url.len > 0)
        VEC_PUSH(arena, &record->references, (struct catalog_reference){ url, kind });
}

/* The product's CPE name with the versions that are affected, as NVD would write it; where none is known to be, the name alone, which claims nothing. */
static void add_criteria(struct configuration *node, const struct affected *affected,
                         struct str cpe, struct arena *arena)
{
    size_t before = node->criteria.len;

    for (size_t i = 0; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];

        if (span->status == SPAN_AFFECTED)
            VEC_PUSH(arena, &node->criteria,
                     (struct criterion){ .cpe = cpe,
                                         .is_vulnerable = true,
                                         .from_is_excluded = span->from_is_excluded,
                                         .to_is_included = span->to_is_included,
                                         .from = span->from,
                                         .to = span->to });
    }
    if (node->criteria.len == before)
        VEC_PUSH(arena, &node->criteria, (struct criterion){ .cpe = cpe });
}

static void add_configuration(struct catalog_record *record, const struct configuration *node,
                              struct arena *arena)
{
    struct configuration whole = { 0 };

    if (node->criteria.len == 0)
        return;
    VEC_PUSH(arena, &whole.nodes, *node);
    VEC_PUSH(arena, &record->configurations, whole);
}

/* ---- JVNRSS ---- */

/* Feeds name products without versions. */
static void add_products(struct catalog_record *record, const struct jvnrss_item *item,
                         struct arena *arena)
{
    struct configuration node = { 0 };

    for (size_t i = 0; i < item->cpes.len; i++) {
        struct affected affected = { .vendor = item->cpes.at[i].vendor,
                                     .product = item->cpes.at[i].product,
                                     .default_status = SPAN_UNKNOWN };
        struct str cpe = from_cpe(item->cpes.at[i].cpe, arena);

        if (affected.product.len > 0)
            VEC_PUSH(arena, &record->affected, affected);
        if (cpe.len > 0)
            add_criteria(&node, &affected, cpe, arena);
    }
    add_configuration(record, &node, arena);
}

bool catalog_from_jvnrss(const struct jvnrss_item *item, enum lang lang, struct arena *arena,
                         struct catalog_record *out, struct err *err)
{
    struct catalog_record record = { .published = item->issued, .modified = item->modified };
    struct catalog_strings cves = { 0 };

    if (!begin(item->identifier, lang, &record, err))
        return PASS(err);
    set_state(&record, item->description);
    from_add_text(&record, TEXT_TITLE, lang_code(lang), item->title, record.origin, arena);
    from_add_text(&record, TEXT_DESCRIPTION, lang_code(lang), item->description, record.origin,
                  arena);
    add_reference(&record, item->url, STR("ADVISORY"), arena);
    for (size_t i = 0; i < item->references.len; i++) {
        const struct jvnrss_reference *reference = &item->references.at[i];

        take_name(&record, reference->id, &cves, arena);
        if (reference->source.len > 0)
            add_reference(&record, reference->url, reference->source, arena);
    }
    from_add_names(&record, &cves);
    for (size_t i = 0; i < item->vectors.len; i++)
        from_add_vector(&record, item->vectors.at[i], record.origin, arena);
    add_products(&record, item, arena);
    *out = record;
    return true;
}

/* ---- VULDEF ---- */

static enum span_status status_of(struct str word)
{
    return word.len == 0 || str_eq(word, STR("vulnerable")) ? SPAN_AFFECTED
           : str_eq(word, STR("notvulnerable"))             ? SPAN_UNAFFECTED
                                                            : SPAN_UNKNOWN;
}

/* A list of which each phrase is understood is whole; in another one, what it does not name is not known. */
static void add_affected(struct catalog_record *record, const struct vuldef_affected *item,
                         struct configuration *node, struct arena *arena)
{
    struct affected affected = { .vendor = item->vendor, .product = item->product };
    enum span_status status = status_of(item->status);
    bool is_whole = item->versions.len > 0 && status == SPAN_AFFECTED;
    struct str cpe = from_cpe(item->cpe, arena);

    for (size_t i = 0; i < item->versions.len; i++) {
        struct span span = from_phrase(item->versions.at[i], VERSION_GENERIC);

        is_whole = is_whole && span.status == SPAN_AFFECTED;
        if (span.status == SPAN_AFFECTED)
            span.status = status;
        VEC_PUSH(arena, &affected.spans, span);
    }
    affected.default_status = is_whole                                          ? SPAN_UNAFFECTED
                              : item->versions.len == 0 && item->status.len > 0 ? status
                                                                                : SPAN_UNKNOWN;
    if (cpe.len > 0)
        add_criteria(node, &affected, cpe, arena);
    if (affected.product.len > 0)
        VEC_PUSH(arena, &record->affected, affected);
}

static void add_all_affected(struct catalog_record *record, const struct vuldef_info *info,
                             struct arena *arena)
{
    struct configuration node = { 0 };

    for (size_t i = 0; i < info->affected.len; i++)
        add_affected(record, &info->affected.at[i], &node, arena);
    add_configuration(record, &node, arena);
}

static void add_texts(struct catalog_record *record, const struct vuldef_info *info, enum lang lang,
                      struct arena *arena)
{
    struct str code = lang_code(lang), by = record->origin;

    from_add_text(record, TEXT_TITLE, code, info->title, by, arena);
    from_add_text(record, TEXT_DESCRIPTION, code, info->overview, by, arena);
    from_add_text(record, TEXT_DESCRIPTION, code, info->details, by, arena);
    from_add_text(record, TEXT_IMPACT, code, info->impact, by, arena);
    for (size_t i = 0; i < info->solutions.len; i++)
        from_add_text(record, TEXT_COUNTERMEASURE, code, info->solutions.at[i], by, arena);
}

bool catalog_from_vuldef(const struct vuldef_info *info, enum lang lang, struct arena *arena,
                         struct catalog_record *out, struct err *err)
{
    struct catalog_record record = { .published = info->first_published,
                                     .modified = info->last_updated };
    struct catalog_strings cves = { 0 };

    if (!begin(info->id, lang, &record, err))
        return PASS(err);
    set_state(&record, info->overview);
    add_texts(&record, info, lang, arena);
    for (size_t i = 0; i < info->related.len; i++) {
        const struct vuldef_related *related = &info->related.at[i];

        /* A vendor's page may have any id, also that of a CVE it only mentions. */
        if (!str_eq(related->type, STR("vendor")))
            take_name(&record, related->id, &cves, arena);
        if (!str_eq(related->type, STR("cwe")))
            add_reference(&record, related->url,
                          related->name.len > 0 ? related->name : related->type, arena);
    }
    from_add_names(&record, &cves);
    for (size_t i = 0; i < info->vectors.len; i++)
        from_add_vector(&record, info->vectors.at[i], record.origin, arena);
    add_all_affected(&record, info, arena);
    *out = record;
    return true;
}
