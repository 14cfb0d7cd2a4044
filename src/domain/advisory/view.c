#include "domain/advisory/view.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include <stddef.h>

/* ---- the record: one table of fields for each part, read and written alike ---- */

struct text_field {
    const char *name;
    size_t offset;
};
#define AT(type, member)                       \
    {                                          \
#member, offsetof(struct type, member) \
    }

static const struct text_field text_fields[] = {
    AT(advisory_text, title),      AT(advisory_text, action),   AT(advisory_text, overview),
    AT(advisory_text, details),    AT(advisory_text, impact),   AT(advisory_text, solution),
    AT(advisory_text, workaround), AT(advisory_text, addendum), AT(advisory_text, credit),
    AT(advisory_text, judgement),
};
static const struct text_field product_fields[] = {
    AT(advisory_product, vendor_ja),   AT(advisory_product, vendor_en),
    AT(advisory_product, product),     AT(advisory_product, versions),
    AT(advisory_product, versions_en), AT(advisory_product, fixed),
    AT(advisory_product, note_ja),     AT(advisory_product, note_en),
};
static const struct text_field weakness_fields[] = {
    AT(advisory_weakness, cwe),         AT(advisory_weakness, cwe_name_ja),
    AT(advisory_weakness, cwe_name_en), AT(advisory_weakness, cvss),
    AT(advisory_weakness, cve),
};
static const struct text_field vendor_fields[] = {
    AT(advisory_vendor, name_ja),      AT(advisory_vendor, name_en),
    AT(advisory_vendor, status),       AT(advisory_vendor, url),
    AT(advisory_vendor, statement_ja), AT(advisory_vendor, statement_en),
};
static const struct text_field reference_fields[] = { AT(advisory_reference, kind),
                                                      AT(advisory_reference, title),
                                                      AT(advisory_reference, url) };
static const struct text_field change_fields[] = { AT(advisory_change, words_ja),
                                                   AT(advisory_change, words_en) };

static const struct str *text_at(const void *part, const struct text_field *field)
{
    return (const struct str *)(const void *)((const char *)part + field->offset);
}

static struct str *place_at(void *part, const struct text_field *field)
{
    return (struct str *)(void *)((char *)part + field->offset);
}

/* Every field of every row is written, also the empty ones: the n-th row is the n-th of each name. */
static void put_part(struct buf *buf, struct arena *arena, const char *prefix,
                     const struct text_field *fields, size_t count, const void *part)
{
    for (size_t i = 0; i < count; i++)
        record_put(buf, arena_z(arena, arena_printf(arena, "%s.%s", prefix, fields[i].name)),
                   *text_at(part, &fields[i]));
}

/* A row is there when its first field is. A field that was not known yet when the record was written is empty. */
static bool get_part(struct str record, struct arena *arena, const char *prefix,
                     const struct text_field *fields, size_t count, size_t row, void *part)
{
    for (size_t i = 0; i < count; i++) {
        struct str *place = place_at(part, &fields[i]);

        if (record_get_nth(record,
                           arena_z(arena, arena_printf(arena, "%s.%s", prefix, fields[i].name)),
                           row, place))
            continue;
        if (i == 0)
            return false;
        *place = STR_NONE;
    }
    return true;
}

static struct utc nth_utc(struct str record, const char *name, size_t row)
{
    struct err ignored = { 0 };
    struct str text = STR_NONE;
    int64_t ms = 0;

    if (record_get_nth(record, name, row, &text) && !str_to_int(text, 0, INT64_MAX, &ms, &ignored))
        ms = 0;
    return (struct utc){ ms };
}

bool advisory_to_record(const struct advisory_view *view, struct arena *arena, struct str *out,
                        struct err *err)
{
    struct buf buf = buf_new(arena, ADVISORY_MAX);

    record_put(&buf, "number", view->number);
    record_put_int(&buf, "is_stop_use", view->is_stop_use);
    record_put_int(&buf, "is_critical", view->is_critical);
    record_put_int(&buf, "no_countermeasure", view->no_countermeasure_by_decision);
    record_put_int(&buf, "published_at", view->published_at.ms);
    record_put_int(&buf, "updated_at", view->updated_at.ms);
    record_put_int(&buf, "revision", view->revision);
    put_part(&buf, arena, "ja", text_fields, COUNT(text_fields), &view->ja);
    put_part(&buf, arena, "en", text_fields, COUNT(text_fields), &view->en);
    for (size_t i = 0; i < view->products.len; i++)
        put_part(&buf, arena, "product", product_fields, COUNT(product_fields),
                 &view->products.at[i]);
    for (size_t i = 0; i < view->weaknesses.len; i++)
        put_part(&buf, arena, "weakness", weakness_fields, COUNT(weakness_fields),
                 &view->weaknesses.at[i]);
    for (size_t i = 0; i < view->vendors.len; i++) {
        put_part(&buf, arena, "vendor", vendor_fields, COUNT(vendor_fields), &view->vendors.at[i]);
        record_put_int(&buf, "vendor.at", view->vendors.at[i].at.ms);
    }
    for (size_t i = 0; i < view->references.len; i++)
        put_part(&buf, arena, "reference", reference_fields, COUNT(reference_fields),
                 &view->references.at[i]);
    for (size_t i = 0; i < view->history.len; i++) {
        put_part(&buf, arena, "change", change_fields, COUNT(change_fields), &view->history.at[i]);
        record_put_int(&buf, "change.at", view->history.at[i].at.ms);
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool advisory_from_record(struct str record, struct arena *arena, struct advisory_view *out,
                          struct err *err)
{
    struct advisory_view view = {
        .number = record_get(record, "number"),
        .is_stop_use = record_get_int(record, "is_stop_use", 0) != 0,
        .is_critical = record_get_int(record, "is_critical", 0) != 0,
        .no_countermeasure_by_decision = record_get_int(record, "no_countermeasure", 0) != 0,
        .published_at = { record_get_int(record, "published_at", 0) },
        .updated_at = { record_get_int(record, "updated_at", 0) },
        .revision = record_get_int(record, "revision", 0),
    };
    struct advisory_product product;
    struct advisory_weakness weakness;
    struct advisory_vendor vendor = { 0 };
    struct advisory_reference reference;
    struct advisory_change change = { 0 };

    if (!get_part(record, arena, "ja", text_fields, COUNT(text_fields), 0, &view.ja) ||
        !get_part(record, arena, "en", text_fields, COUNT(text_fields), 0, &view.en))
        return FAIL(err, BAD_REQUEST, STR("the record of an advisory"));
    while (view.products.len < ADVISORY_ROWS_MAX &&
           get_part(record, arena, "product", product_fields, COUNT(product_fields),
                    view.products.len, &product))
        VEC_PUSH(arena, &view.products, product);
    while (view.weaknesses.len < ADVISORY_ROWS_MAX &&
           get_part(record, arena, "weakness", weakness_fields, COUNT(weakness_fields),
                    view.weaknesses.len, &weakness))
        VEC_PUSH(arena, &view.weaknesses, weakness);
    while (view.vendors.len < ADVISORY_ROWS_MAX &&
           get_part(record, arena, "vendor", vendor_fields, COUNT(vendor_fields), view.vendors.len,
                    &vendor)) {
        vendor.at = nth_utc(record, "vendor.at", view.vendors.len);
        VEC_PUSH(arena, &view.vendors, vendor);
    }
    while (view.references.len < ADVISORY_ROWS_MAX &&
           get_part(record, arena, "reference", reference_fields, COUNT(reference_fields),
                    view.references.len, &reference))
        VEC_PUSH(arena, &view.references, reference);
    while (view.history.len < ADVISORY_ROWS_MAX &&
           get_part(record, arena, "change", change_fields, COUNT(change_fields), view.history.len,
                    &change)) {
        change.at = nth_utc(record, "change.at", view.history.len);
        VEC_PUSH(arena, &view.history, change);
    }
    *out = view;
    return true;
}

struct str advisory_slug(struct str number, struct arena *arena)
{
    struct buf buf = buf_new(arena, 64);

    for (size_t i = 0; i < number.len; i++) {
        if (number.ptr[i] != '#')
            buf_byte(&buf, number.ptr[i]);
    }
    return buf_str(&buf);
}
