#include "domain/myjvn/told.h"

#include "base/ascii.h"
#include "base/err.h"
#include "base/shape.h"
#include "formats/cpe/cpe.h"
#include "formats/cwe/cwe.h"
#include <stdlib.h>
#include <string.h>

/* ---- as bytes ---- */

/* clang-format off */
static const struct shape_field reference_fields[] = {
    SHAPE_FIELD(jvnrss_reference, source, TEXT), SHAPE_FIELD(jvnrss_reference, id, TEXT), SHAPE_FIELD(jvnrss_reference, title, TEXT),
    SHAPE_FIELD(jvnrss_reference, url, TEXT),
};
static const struct shape reference_shape = SHAPE_OF(jvnrss_reference, reference_fields);
static const struct shape_field cpe_fields[] = {
    SHAPE_FIELD(jvnrss_cpe, vendor, TEXT), SHAPE_FIELD(jvnrss_cpe, product, TEXT), SHAPE_FIELD(jvnrss_cpe, cpe, TEXT),
};
static const struct shape cpe_shape = SHAPE_OF(jvnrss_cpe, cpe_fields);
static const struct shape_field item_fields[] = {
    SHAPE_FIELD(jvnrss_item, url, TEXT), SHAPE_FIELD(jvnrss_item, title, TEXT), SHAPE_FIELD(jvnrss_item, description, TEXT),
    SHAPE_FIELD(jvnrss_item, creator, TEXT), SHAPE_FIELD(jvnrss_item, identifier, TEXT),
    SHAPE_FIELD_OF(jvnrss_item, references, MANY, reference_shape), SHAPE_FIELD_OF(jvnrss_item, cpes, MANY, cpe_shape),
    SHAPE_FIELD(jvnrss_item, vectors, TEXTS), SHAPE_FIELD(jvnrss_item, issued, TIME), SHAPE_FIELD(jvnrss_item, modified, TIME),
};
static const struct shape item_shape = SHAPE_OF(jvnrss_item, item_fields);

static const struct shape_field affected_fields[] = {
    SHAPE_FIELD(vuldef_affected, status, TEXT), SHAPE_FIELD(vuldef_affected, vendor, TEXT), SHAPE_FIELD(vuldef_affected, product, TEXT),
    SHAPE_FIELD(vuldef_affected, cpe, TEXT), SHAPE_FIELD(vuldef_affected, versions, TEXTS), SHAPE_FIELD(vuldef_affected, note, TEXT),
    SHAPE_FIELD(vuldef_affected, has_blank, FLAG),
};
static const struct shape affected_shape = SHAPE_OF(vuldef_affected, affected_fields);
static const struct shape_field related_fields[] = {
    SHAPE_FIELD(vuldef_related, type, TEXT), SHAPE_FIELD(vuldef_related, name, TEXT), SHAPE_FIELD(vuldef_related, id, TEXT),
    SHAPE_FIELD(vuldef_related, title, TEXT), SHAPE_FIELD(vuldef_related, url, TEXT),
};
static const struct shape related_shape = SHAPE_OF(vuldef_related, related_fields);
static const struct shape_field change_fields[] = {
    SHAPE_FIELD(vuldef_change, at, TIME), SHAPE_FIELD(vuldef_change, words, TEXT), SHAPE_FIELD(vuldef_change, told, TEXT),
    SHAPE_FIELD(vuldef_change, place, NUMBER),
};
static const struct shape change_shape = SHAPE_OF(vuldef_change, change_fields);
static const struct shape_field info_fields[] = {
    SHAPE_FIELD(vuldef_info, id, TEXT), SHAPE_FIELD(vuldef_info, title, TEXT), SHAPE_FIELD(vuldef_info, overview, TEXT),
    SHAPE_FIELD(vuldef_info, details, TEXT), SHAPE_FIELD(vuldef_info, impact, TEXT), SHAPE_FIELD(vuldef_info, credit, TEXT),
    SHAPE_FIELD(vuldef_info, solutions, TEXTS), SHAPE_FIELD_OF(vuldef_info, affected, MANY, affected_shape),
    SHAPE_FIELD(vuldef_info, vectors, TEXTS), SHAPE_FIELD_OF(vuldef_info, related, MANY, related_shape),
    SHAPE_FIELD_OF(vuldef_info, history, MANY, change_shape), SHAPE_FIELD(vuldef_info, first_published, TIME),
    SHAPE_FIELD(vuldef_info, last_updated, TIME), SHAPE_FIELD(vuldef_info, public_since, TIME),
};
static const struct shape info_shape = SHAPE_OF(vuldef_info, info_fields);

static const struct shape_field told_fields[] = {
    SHAPE_FIELD_WORD(myjvn_told, kind, TOLD_KINDS), SHAPE_FIELD_WORD(myjvn_told, lang, LANG_EN + 1),
    SHAPE_FIELD_OF(myjvn_told, item, ONE, item_shape), SHAPE_FIELD_OF(myjvn_told, info, ONE, info_shape),
};
static const struct shape told_shape = SHAPE_OF(myjvn_told, told_fields);
/* clang-format on */

static const struct shape_limits limits = { .entries = 1 << 16, .depth = 4 };

bool myjvn_told_write(const struct myjvn_told *told, struct buf *buf, struct err *err)
{
    size_t before = buf->len;

    if (!shape_write(&told_shape, told, &limits, buf, err))
        return PASS(err);
    return buf->len - before <= TOLD_MAX ? true : FAIL(err, TOO_LARGE, myjvn_told_name(told));
}

bool myjvn_told_read(struct str bytes, struct arena *arena, struct myjvn_told *out, struct err *err)
{
    struct myjvn_told told = { 0 };

    if (bytes.len > TOLD_MAX || !shape_read(&told_shape, bytes, &limits, arena, &told))
        return FAIL(err, CATALOG_RECORD, STR("what JVN told cannot be read"));
    *out = told;
    return true;
}

static bool are_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.ptr[i]))
            return false;
    return text.len > 0;
}

bool myjvn_is_name(struct str name)
{
    return str_skip(&name, STR("JVNDB-")) && name.len == 11 && name.ptr[4] == '-' &&
           are_digits(str_take(name, 4)) && are_digits(str_drop(name, 5));
}

/* ---- names of references ---- */

static const struct {
    struct str source, name; /* in feeds, in details */
} references[] = {
    { STR_INIT("CVE"), STR_INIT("Common Vulnerabilities and Exposures (CVE)") },
    { STR_INIT("NVD"), STR_INIT("National Vulnerability Database (NVD)") },
    { STR_INIT("JPCERT-AT"), STR_INIT("JPCERT 緊急報告") },
    { STR_INIT("IPA"), STR_INIT("IPA 重要なセキュリティ情報") },
};

static struct str source_of(struct str name)
{
    for (size_t i = 0; i < COUNT(references); i++)
        if (str_eq(name, references[i].name))
            return references[i].source;
    return name;
}

static struct str name_of(struct str source)
{
    for (size_t i = 0; i < COUNT(references); i++)
        if (str_eq(source, references[i].source))
            return references[i].name;
    return source;
}

/* "クロスサイトスクリプティング(CWE-79)" */
static struct str titled(struct str title, struct str id, struct arena *arena)
{
    return arena_printf(arena, "%.*s(%.*s)", STR_ARG(title), STR_ARG(id));
}

static struct str untitled(struct str title, struct str id)
{
    struct str end = { title.ptr + title.len - id.len - 1, id.len };

    return title.len > id.len + 2 && str_eq(end, id) ? str_take(title, title.len - id.len - 2)
                                                     : title;
}

/* ---- one as the other ---- */

void myjvn_item_of_info(const struct vuldef_info *info, struct str url, struct arena *arena,
                        struct jvnrss_item *out)
{
    struct jvnrss_item item = { .url = url,
                                .title = info->title,
                                .description = info->overview,
                                .identifier = info->id,
                                .issued = info->first_published,
                                .modified = info->last_updated };

    for (size_t i = 0; i < info->related.len; i++) {
        const struct vuldef_related *related = &info->related.at[i];

        if (str_eq(related->type, STR("cwe")))
            VEC_PUSH(arena, &item.references,
                     (struct jvnrss_reference){ .id = related->id,
                                                .title = titled(related->title, related->id, arena),
                                                .url = related->url });
        else if (str_eq(related->type, STR("advisory")) && related->name.len > 0)
            VEC_PUSH(arena, &item.references,
                     (struct jvnrss_reference){ .source = source_of(related->name),
                                                .id = related->id,
                                                .url = related->url });
    }
    for (size_t i = 0; i < info->affected.len; i++) {
        const struct vuldef_affected *affected = &info->affected.at[i];

        if (affected->cpe.len > 0 && !str_starts(affected->status, STR("notvulnerable")))
            VEC_PUSH(arena, &item.cpes,
                     (struct jvnrss_cpe){ affected->vendor, affected->product, affected->cpe });
    }
    for (size_t i = 0; i < info->vectors.len; i++)
        VEC_PUSH(arena, &item.vectors, info->vectors.at[i]);
    *out = item;
}

void myjvn_info_of_item(const struct jvnrss_item *item, struct utc public_since,
                        struct arena *arena, struct vuldef_info *out)
{
    struct vuldef_info info = { .id = item->identifier,
                                .title = item->title,
                                .overview = item->description,
                                .first_published = item->issued,
                                .last_updated = item->modified,
                                .public_since = public_since };

    for (size_t i = 0; i < item->cpes.len; i++)
        VEC_PUSH(arena, &info.affected,
                 (struct vuldef_affected){ .vendor = item->cpes.at[i].vendor,
                                           .product = item->cpes.at[i].product,
                                           .cpe = item->cpes.at[i].cpe });
    for (size_t i = 0; i < item->vectors.len; i++)
        VEC_PUSH(arena, &info.vectors, item->vectors.at[i]);
    for (size_t i = 0; i < item->references.len; i++) {
        const struct jvnrss_reference *reference = &item->references.at[i];
        bool is_weakness = reference->source.len == 0;

        VEC_PUSH(arena, &info.related,
                 (struct vuldef_related){
                     .type = is_weakness ? STR("cwe") : STR("advisory"),
                     .name = is_weakness ? STR("JVNDB") : name_of(reference->source),
                     .id = reference->id,
                     .title = is_weakness ? untitled(reference->title, reference->id) : STR_NONE,
                     .url = reference->url });
    }
    *out = info;
}

/* ---- what readers depend on ---- */

/* "CVE-2024-3094" */
static bool is_cve(struct str id)
{
    return str_skip(&id, STR("CVE-")) && id.len >= 9 && id.ptr[4] == '-' &&
           are_digits(str_take(id, 4)) && are_digits(str_drop(id, 5));
}

static bool is_fit(const struct jvnrss_reference *reference)
{
    return !(str_eq(reference->source, STR("CVE")) || str_eq(reference->source, STR("NVD"))) ||
           is_cve(reference->id);
}

/* By the CPE names, letters as capitals: '_' stands behind them. */
static int by_cpe(const void *left, const void *right)
{
    const struct jvnrss_cpe *a = left, *b = right;
    size_t n = a->cpe.len < b->cpe.len ? a->cpe.len : b->cpe.len;

    for (size_t i = 0; i < n; i++) {
        int x = (unsigned char)ascii_lower(a->cpe.ptr[i]),
            y = (unsigned char)ascii_lower(b->cpe.ptr[i]);

        x = ascii_is_letter((char)x) ? x - 'a' + 'A' : x;
        y = ascii_is_letter((char)y) ? y - 'a' + 'A' : y;
        if (x != y)
            return x - y;
    }
    return a->cpe.len < b->cpe.len ? -1 : a->cpe.len > b->cpe.len;
}

static void tidy_cpes(struct jvnrss_item *item, struct arena *arena)
{
    size_t kept = 0;

    for (size_t i = 0; i < item->cpes.len; i++) {
        struct err ignored = { 0 };
        struct cpe cpe;

        item->cpes.at[i].cpe = str_trim(item->cpes.at[i].cpe);
        if (cpe_parse(item->cpes.at[i].cpe, arena, &cpe, &ignored))
            item->cpes.at[kept++] = item->cpes.at[i];
    }
    if (kept > 1)
        qsort(item->cpes.at, kept, sizeof *item->cpes.at, by_cpe);
    item->cpes.len = 0;
    for (size_t i = 0; i < kept; i++) {
        const struct jvnrss_cpe one = item->cpes.at[i];
        size_t n = item->cpes.len;

        if (n == 0 || !str_eq(one.cpe, item->cpes.at[n - 1].cpe) ||
            !str_eq(one.product, item->cpes.at[n - 1].product))
            item->cpes.at[item->cpes.len++] = one;
    }
}

void myjvn_item_tidy(struct jvnrss_item *item, enum jvnrss_style style, struct arena *arena)
{
    size_t kept = 0;

    for (size_t i = 0; i < item->references.len; i++)
        if (is_fit(&item->references.at[i]))
            item->references.at[kept++] = item->references.at[i];
    item->references.len = kept;
    jvnrss_sort_references(item, style);
    tidy_cpes(item, arena);
}
