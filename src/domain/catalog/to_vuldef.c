#include "domain/catalog/to_internal.h"

#include "base/err.h"
#include "domain/catalog/address.h"
#include "formats/cpe/cpe.h"
#include "formats/cwe/cwe.h"
#include "formats/vuldef/vuldef.h"

struct filling {
    const struct catalog_record *record;
    enum lang lang;
    struct arena *arena;
    struct vuldef_info info;
};

/* ---- versions, as people read them and from_phrase understands them ---- */

static struct str in_japanese(const struct span *span, struct arena *arena)
{
    if (span->from.len > 0 && span->to.len > 0)
        return arena_printf(arena, "%.*s %s %.*s %s", STR_ARG(span->from),
                            span->from_is_excluded ? "より後" : "以上", STR_ARG(span->to),
                            span->to_is_included ? "以下" : "未満");
    if (span->to.len > 0)
        return arena_printf(arena, "%.*s %s", STR_ARG(span->to),
                            span->to_is_included ? "およびそれ以前" : "未満");
    if (span->from.len > 0)
        return arena_printf(arena, "%.*s %s", STR_ARG(span->from),
                            span->from_is_excluded ? "より後" : "およびそれ以降");
    return STR("すべてのバージョン");
}

static struct str in_english(const struct span *span, struct arena *arena)
{
    if (span->from.len > 0 && span->to.len > 0)
        return arena_printf(arena, "%s %.*s %s %.*s",
                            span->from_is_excluded ? "later than" : "from", STR_ARG(span->from),
                            span->to_is_included ? "up to and including" : "before",
                            STR_ARG(span->to));
    if (span->to.len > 0)
        return span->to_is_included ? arena_printf(arena, "%.*s and earlier", STR_ARG(span->to))
                                    : arena_printf(arena, "before %.*s", STR_ARG(span->to));
    if (span->from.len > 0)
        return span->from_is_excluded ? arena_printf(arena, "later than %.*s", STR_ARG(span->from))
                                      : arena_printf(arena, "%.*s and later", STR_ARG(span->from));
    return STR("all versions");
}

static struct str words_of(const struct filling *f, const struct span *span)
{
    if (to_is_point(span) ||
        (span->status == SPAN_UNKNOWN && span->from.len > 0 && str_eq(span->from, span->to)))
        return span->from;
    return f->lang == LANG_JA ? in_japanese(span, f->arena) : in_english(span, f->arena);
}

/* ---- products ---- */

static struct str status_word(enum span_status status)
{
    return status == SPAN_AFFECTED     ? STR("vulnerable")
           : status == SPAN_UNAFFECTED ? STR("notvulnerable")
                                       : STR("unknown");
}

/* The product's CPE name without a version, as URI, where the record's configurations have one. */
static struct str cpe_in(const struct configuration *node, const struct affected *affected,
                         struct arena *arena)
{
    struct err ignored = { 0 };
    struct str found = STR_NONE;
    struct cpe cpe;

    for (size_t i = 0; i < node->criteria.len && !found.ptr; i++) {
        if (!cpe_parse(node->criteria.at[i].cpe, arena, &cpe, &ignored) ||
            !str_eq(cpe_plain(cpe.field[CPE_VENDOR], arena), affected->vendor) ||
            !str_eq(cpe_plain(cpe.field[CPE_PRODUCT], arena), affected->product))
            continue;
        for (size_t f = CPE_VERSION; f < CPE_FIELDS; f++)
            cpe.field[f] = STR("*");
        found = cpe_uri(&cpe, arena);
    }
    for (size_t i = 0; i < node->nodes.len && !found.ptr; i++)
        found = cpe_in(&node->nodes.at[i], affected, arena);
    return found;
}

static struct str cpe_of(const struct filling *f, const struct affected *affected)
{
    struct str found = STR_NONE;

    for (size_t i = 0; i < f->record->configurations.len && !found.ptr; i++)
        found = cpe_in(&f->record->configurations.at[i], affected, f->arena);
    return found;
}

/* An item has one status: what is said with another one stands in an item of its own. */
static void add_item(struct filling *f, const struct affected *affected, enum span_status status)
{
    struct vuldef_affected item = {
        .status = status_word(status),
        .vendor = affected->vendor.len > 0 ? affected->vendor : affected->ecosystem,
        .product = affected->product.len > 0 ? affected->product : affected->name,
    };

    for (size_t i = 0; i < affected->spans.len; i++)
        if (affected->spans.at[i].status == status && !affected->spans.at[i].is_git)
            VEC_PUSH(f->arena, &item.versions, words_of(f, &affected->spans.at[i]));
    if (item.versions.len == 0 && (affected->spans.len > 0 || affected->default_status != status))
        return;
    item.cpe = cpe_of(f, affected);
    VEC_PUSH(f->arena, &f->info.affected, item);
}

static void add_products(struct filling *f)
{
    struct to_products products = to_products_of(f->record, f->arena);

    for (size_t i = 0; i < products.len; i++)
        for (enum span_status status = SPAN_AFFECTED; status <= SPAN_UNKNOWN; status++)
            add_item(f, &products.at[i], status);
}

/* ---- what it goes with ---- */

static void add_related(struct filling *f, struct vuldef_related related)
{
    VEC_PUSH(f->arena, &f->info.related, related);
}

static void add_cve(struct filling *f, struct str cve)
{
    add_related(f, (struct vuldef_related){ STR("advisory"),
                                            STR("Common Vulnerabilities and Exposures (CVE)"), cve,
                                            STR_NONE, url_of_cve(cve, f->arena) });
    add_related(f, (struct vuldef_related){ STR("advisory"),
                                            STR("National Vulnerability Database (NVD)"), cve,
                                            STR_NONE, url_of_nvd(cve, f->arena) });
}

static void add_weaknesses(struct filling *f)
{
    for (size_t i = 0; i < f->record->weaknesses.len; i++) {
        struct str cwe = f->record->weaknesses.at[i];
        unsigned number;

        add_related(f, (struct vuldef_related){ STR("cwe"), STR("CWE"), cwe,
                                                cwe_parse(cwe, &number) ? cwe_name(number, f->lang)
                                                                        : STR_NONE,
                                                url_of_cwe(cwe, f->arena) });
    }
}

static bool is_of_vendor(struct str kinds)
{
    struct str kind;

    while (to_next_kind(&kinds, &kind))
        if (str_eq(kind, STR("Vendor Advisory")) || str_eq(kind, STR("vendor-advisory")))
            return true;
    return false;
}

static void add_references(struct filling *f)
{
    for (size_t i = 0; i < f->record->references.len; i++) {
        const struct catalog_reference *reference = &f->record->references.at[i];

        add_related(
            f, (struct vuldef_related){
                   is_of_vendor(reference->kind) ? STR("vendor") : STR("advisory"),
                   reference->kind.len > 0 ? reference->kind : tr(f->lang, N_("Related document")),
                   STR_NONE, STR_NONE, reference->url });
    }
}

/* ---- the whole ---- */

static void add_solutions(struct filling *f, enum catalog_text_kind kind)
{
    struct str lang = lang_code(f->lang);
    bool has_some = to_text(f->record, kind, lang, false).ptr != NULL;

    for (size_t i = 0; i < f->record->texts.len; i++) {
        const struct catalog_text *text = &f->record->texts.at[i];

        if (text->kind == kind && (!has_some || str_starts(text->lang, lang)))
            VEC_PUSH(f->arena, &f->info.solutions, text->text);
    }
}

/* Whole seconds: readers take no fractions. */
static struct utc whole(struct utc t) { return (struct utc){ t.ms / UTC_SECOND * UTC_SECOND }; }

void catalog_to_vuldef(const struct catalog_record *record, enum lang lang, struct arena *arena,
                       struct vuldef_info *out)
{
    struct filling f = { .record = record, .lang = lang, .arena = arena };
    struct str code = lang_code(lang);

    f.info = (struct vuldef_info){
        .id = record->id,
        .title = to_text(record, TEXT_TITLE, code, true),
        .overview = to_text(record, TEXT_DESCRIPTION, code, true),
        .impact = to_text(record, TEXT_IMPACT, code, true),
        .first_published = whole(record->published),
        .last_updated = whole(record->modified),
        .public_since = whole(record->published),
    };
    if (f.info.title.len == 0)
        f.info.title = record->id;
    add_products(&f);
    for (size_t i = 0; i < record->scores.len; i++)
        VEC_PUSH(arena, &f.info.vectors, record->scores.at[i].vector);
    add_solutions(&f, TEXT_COUNTERMEASURE);
    add_solutions(&f, TEXT_WORKAROUND);
    if (catalog_cve_of(record).ptr)
        add_cve(&f, catalog_cve_of(record));
    add_weaknesses(&f);
    add_references(&f);
    *out = f.info;
}
