#include "domain/catalog/reference.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/shape.h"
#include "domain/catalog/from_internal.h"
#include "domain/catalog/reference.sql.h"
#include "formats/archive/pack.h"
#include "store/store.h"

enum { NUMBER_MAX = 6 };

/* clang-format off */
static const struct shape_field weakness_fields[] = {
    SHAPE_FIELD(catalog_weakness, number, TEXT), SHAPE_FIELD(catalog_weakness, name, TEXT), SHAPE_FIELD(catalog_weakness, status, TEXT),
    SHAPE_FIELD(catalog_weakness, abstraction, TEXT), SHAPE_FIELD(catalog_weakness, text, TEXT), SHAPE_FIELD(catalog_weakness, parents, TEXTS),
};
static const struct shape weakness_shape = SHAPE_OF(catalog_weakness, weakness_fields);

static const struct shape_field cycle_fields[] = {
    SHAPE_FIELD(endoflife_cycle, name, TEXT), SHAPE_FIELD(endoflife_cycle, label, TEXT), SHAPE_FIELD(endoflife_cycle, released, TEXT),
    SHAPE_FIELD(endoflife_cycle, active, TEXT), SHAPE_FIELD(endoflife_cycle, ends, TEXT), SHAPE_FIELD(endoflife_cycle, extended, TEXT),
    SHAPE_FIELD(endoflife_cycle, latest, TEXT), SHAPE_FIELD(endoflife_cycle, latest_at, TEXT),
};
static const struct shape cycle_shape = SHAPE_OF(endoflife_cycle, cycle_fields);

static const struct shape_field release_fields[] = { SHAPE_FIELD(endoflife_release, name, TEXT), SHAPE_FIELD(endoflife_release, at, TEXT) };
static const struct shape release_shape = SHAPE_OF(endoflife_release, release_fields);

static const struct shape_field life_fields[] = {
    SHAPE_FIELD(endoflife, title, TEXT), SHAPE_FIELD(endoflife, names, TEXTS), SHAPE_FIELD_OF(endoflife, cycles, MANY, cycle_shape),
    SHAPE_FIELD_OF(endoflife, releases, MANY, release_shape),
};
static const struct shape life_shape = SHAPE_OF(endoflife, life_fields);

static const struct form {
    const char *name;
    const struct shape *shape;
} forms[REFERENCE_FORMS] = {
    [REFERENCE_CWE]          = { "cwe",          &weakness_shape },
    [REFERENCE_CWE_LIST]     = { "cwe-list",     &weakness_shape },
    [REFERENCE_EOL]          = { "eol",          &life_shape },
    [REFERENCE_EOL_RELEASES] = { "eol-releases", &life_shape },
};
/* clang-format on */

const struct shape_limits reference_limits = { .entries = 1 << 20, .depth = 1 };

const struct shape *reference_shape(enum reference_form form) { return forms[form].shape; }

/* ---- CWE ---- */

/* What the two forms call the same. */
static const struct weakness_names {
    const char *id, *name, *status, *abstraction, *type, *description, *summary, *objective,
        *related, *nature, *parent;
} names[] = {
    [REFERENCE_CWE] = { "ID", "Name", "Status", "Abstraction", "Type", "Description", "Summary",
                        "Objective", "RelatedWeaknesses", "Nature", "CweID" },
    [REFERENCE_CWE_LIST] = { "id", "name", "status", "abstraction", "type", "description",
                             "summary", "objective", "related_weaknesses", "nature", "cweid" },
};

static bool is_number(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.ptr[i]))
            return false;
    return text.len > 0 && text.len <= NUMBER_MAX;
}

bool reference_is_weakness(struct json json, enum reference_form *out)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!is_number(json_text(json_get(json, names[i].id))) ||
            json_kind(json_get(json, names[i].name)) != JSON_TEXT ||
            json_kind(json_get(json, names[i].status)) != JSON_TEXT)
            continue;
        *out = (enum reference_form)i;
        return true;
    }
    return false;
}

static struct str first_of(struct str a, struct str b) { return a.len > 0 ? a : b; }

bool reference_weakness_from(struct json json, enum reference_form form, struct arena *arena,
                             struct catalog_weakness *out, struct err *err)
{
    const struct weakness_names *n = &names[form];
    struct catalog_weakness found = {
        .number = json_text(json_get(json, n->id)),
        .name = json_text(json_get(json, n->name)),
        .status = json_text(json_get(json, n->status)),
        .abstraction =
            first_of(json_text(json_get(json, n->abstraction)), json_text(json_get(json, n->type))),
        .text = first_of(json_text(json_get(json, n->description)),
                         first_of(json_text(json_get(json, n->summary)),
                                  json_text(json_get(json, n->objective)))),
    };
    struct json one;

    if (!is_number(found.number))
        return FAIL(err, CATALOG_RECORD, STR("ID: missing"));
    if (found.name.len == 0)
        return FAIL(err, CATALOG_RECORD, STR("Name: missing"));
    for (struct json_iter i = json_iter(json_get(json, n->related)); json_next(&i, NULL, &one);) {
        struct str parent = json_text(json_get(one, n->parent));

        if (is_number(parent) && str_eq(json_text(json_get(one, n->nature)), STR("ChildOf")))
            from_add(&found.parents, parent, arena);
    }
    *out = found;
    return true;
}

/* ---- keeping ---- */

/* "almalinux:almalinux" of "cpe:/o:almalinux:almalinux:9", "cpe:2.3:o:almalinux:almalinux"; a package's address as it is, without its version. */
static struct str key_of(struct str name, struct arena *arena)
{
    struct str part, vendor, product;

    if (!str_skip(&name, STR("cpe:2.3:")) && !str_skip(&name, STR("cpe:/")))
        return str_starts(name, STR("pkg:")) ? str_take(name, str_index(name, '@')) : STR_NONE;
    if (!str_split(&name, ':', &part) || !str_split(&name, ':', &vendor) ||
        !str_split(&name, ':', &product) || vendor.len == 0 || product.len == 0)
        return STR_NONE;
    return arena_printf(arena, "%.*s:%.*s", STR_ARG(vendor), STR_ARG(product));
}

static bool put_names(struct tx *tx, const struct reference *reference, struct arena *arena,
                      struct err *err)
{
    struct bind name = bind_text("name", reference->name);
    struct endoflife told = { 0 };

    if (!shape_read(&life_shape, reference->told, &reference_limits, arena, &told))
        return FAIL(err, CATALOG_RECORD, reference->name);
    if (!store_exec(tx, &sql_life_name_drop, &name, 1, NULL, err))
        return PASS(err);
    for (size_t i = 0; i < told.names.len; i++) {
        struct str key = key_of(told.names.at[i], arena);

        if (key.len > 0 &&
            !store_exec(tx, &sql_life_name_put, BINDS(bind_text("key", key), name), NULL, err))
            return PASS(err);
    }
    return true;
}

/* What is kept packed in the one row of an answer; *is_there: false when there is none. */
static bool told_by(struct tx *tx, const struct query *query, const struct bind *binds,
                    size_t count, struct arena *arena, struct str *out, bool *is_there,
                    struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int next;

    *is_there = false;
    if (!store_select(tx, query, binds, count, arena, &rows, err))
        return PASS(err);
    next = rows_next(rows, err);
    if (next != 1)
        return next == 0 ? true : PASS(err);
    *is_there = true;
    return unpack(row_text(rows, "told"), CATALOG_SENT_MAX, arena, out, err) ? true : PASS(err);
}

bool reference_put(struct tx *tx, const struct reference *reference, struct packer *packer,
                   struct arena *arena, enum catalog_change *out, struct err *err)
{
    struct bind form = bind_text("form", str_from_z(forms[reference->form].name)),
                name = bind_text("name", reference->name);
    struct str before, packed;
    bool is_there;

    if (!told_by(tx, &sql_reference_told, BINDS(form, name), arena, &before, &is_there, err))
        return PASS(err);
    *out = !is_there                         ? CATALOG_NEW
           : str_eq(before, reference->told) ? CATALOG_UNCHANGED
                                             : CATALOG_CHANGED;
    if (*out == CATALOG_UNCHANGED)
        return true;
    return packer_pack(packer, reference->told, arena, &packed, err) &&
                   store_exec(tx, &sql_reference_put,
                              BINDS(form, name, bind_blob("told", packed),
                                    bind_blob("sent", reference->sent)),
                              NULL, err) &&
                   (reference->form != REFERENCE_EOL || put_names(tx, reference, arena, err))
               ? true
               : PASS(err);
}

/* ---- asking ---- */

static bool understand(enum reference_form form, struct str told, struct arena *arena, void *out,
                       struct err *err)
{
    return shape_read(forms[form].shape, told, &reference_limits, arena, out)
               ? true
               : FAIL(err, CATALOG_RECORD, str_from_z(forms[form].name));
}

bool reference_weakness(struct tx *tx, int64_t number, struct arena *arena,
                        struct catalog_weakness *out, struct err *err)
{
    struct str name = arena_printf(arena, "%lld", (long long)number), told;
    bool is_there;

    for (int form = REFERENCE_CWE; form <= REFERENCE_CWE_LIST; form++) {
        if (!told_by(
                tx, &sql_reference_told,
                BINDS(bind_text("form", str_from_z(forms[form].name)), bind_text("name", name)),
                arena, &told, &is_there, err))
            return PASS(err);
        *out = (struct catalog_weakness){ 0 };
        if (is_there)
            return understand((enum reference_form)form, told, arena, out, err) ? true : PASS(err);
    }
    return FAIL(err, ABSENT, name);
}

bool reference_life(struct tx *tx, struct str cpe, struct str purl, struct arena *arena,
                    struct endoflife *out, struct err *err)
{
    const struct str keys[] = { key_of(cpe, arena), key_of(purl, arena) };
    struct str told;
    bool is_there;

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (keys[i].len == 0)
            continue;
        if (!told_by(tx, &sql_life_of_key, BINDS(bind_text("key", keys[i])), arena, &told,
                     &is_there, err))
            return PASS(err);
        *out = (struct endoflife){ 0 };
        if (is_there)
            return understand(REFERENCE_EOL, told, arena, out, err) ? true : PASS(err);
    }
    return FAIL(err, ABSENT, cpe.len > 0 ? cpe : purl);
}
