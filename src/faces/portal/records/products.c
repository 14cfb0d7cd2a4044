#include "base/ascii.h"
#include "base/err.h"
#include "faces/portal/catalog/names.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/records/fill.h"
#include "formats/cpe/cpe.h"

enum {
    GROUPS_SHOWN = 100,
    ROWS_SHOWN = 300,
    LINES_SHOWN = 60,
    EXAMINED_MAX = 20000, /* what a source lists is looked at up to here */
    CONDITIONS_SHOWN = 300,
    NAME_MAX_POINTS = 200,
    NOTE_SHOWN = 200, /* bytes: nothing more is begun behind them */
    NOTE_MAX = 4096,
    ROWS_OPEN = 40
};

struct gathering {
    const struct record_filling *f;
    size_t rows, examined, left_out, conditions;
};

/* One statement about one product: where it goes and what it says. */
struct statement {
    struct str vendor, product, note;
    enum naming vendor_naming, naming;
    const struct catalog_product *known; /* of the dictionary; NULL: none */
    int64_t vendor_id;                   /* of the dictionary; 0: none */
    unsigned source;
};

/* ---- names ---- */

static const struct catalog_product *product_by_key(const struct record_filling *f,
                                                    struct str vendor_key, struct str key)
{
    for (size_t i = 0; i < f->facts->products.len; i++) {
        const struct catalog_product *product = &f->facts->products.at[i];

        if (str_eq_nocase(product->key, key) && str_eq_nocase(product->vendor_key, vendor_key))
            return product;
    }
    return NULL;
}

/* "Sample Mail" is the key "sample_mail". */
static bool is_key_of(struct str key, struct str name)
{
    if (key.len != name.len)
        return false;
    for (size_t i = 0; i < key.len; i++)
        if (ascii_lower(key.ptr[i] == '_' ? ' ' : key.ptr[i]) != ascii_lower(name.ptr[i]))
            return false;
    return true;
}

static const struct catalog_product *product_by_name(const struct record_filling *f,
                                                     struct str name)
{
    for (size_t i = 0; i < f->facts->products.len; i++) {
        const struct catalog_product *product = &f->facts->products.at[i];

        if (str_eq_nocase(product->name_ja, name) || str_eq_nocase(product->name_en, name) ||
            is_key_of(product->key, name))
            return product;
    }
    return NULL;
}

static bool is_called(const struct catalog_vendor *vendor, struct str name)
{
    return name.len > 0 && (str_eq_nocase(vendor->name_ja, name) ||
                            str_eq_nocase(vendor->name_en, name) || is_key_of(vendor->key, name));
}

/* The product's own; that of words alone is the one called so. */
static const struct catalog_vendor *vendor_of(const struct record_filling *f,
                                              const struct statement *statement)
{
    for (size_t i = 0; i < f->facts->vendors.len; i++) {
        const struct catalog_vendor *vendor = &f->facts->vendors.at[i];

        if (statement->known ? vendor->id == statement->known->vendor
                             : is_called(vendor, statement->vendor))
            return vendor;
    }
    return NULL;
}

struct str record_product_words(const struct record_filling *f, struct str vendor_key,
                                struct str key)
{
    const struct catalog_product *known =
        product_by_key(f, cpe_plain(vendor_key, f->arena), cpe_plain(key, f->arena));

    return known ? product_name(known, f->lang, f->arena) : catalog_cpe_words(key, f->arena);
}

static void name_by_dictionary(const struct record_filling *f, struct statement *statement)
{
    const struct catalog_product *known = statement->known;
    const struct catalog_vendor *vendor = vendor_of(f, statement);

    if (known && product_is_named(known)) {
        statement->product = product_name(known, f->lang, f->arena);
        statement->naming = NAMED_BY_DICTIONARY;
    }
    statement->vendor_id = vendor ? vendor->id : 0;
    if (vendor && vendor_is_named(vendor)) {
        statement->vendor = vendor_name(vendor, f->lang, f->arena);
        statement->vendor_naming = NAMED_BY_DICTIONARY;
    }
}

/* ---- groups and rows ---- */

static bool is_about(int64_t id, struct str name, int64_t its_id, struct str its_name)
{
    return id && its_id ? id == its_id : str_eq_nocase(name, its_name);
}

/* A better name takes the place of a worse one. */
static void rename_to(struct str name, enum naming naming, struct str *its_name,
                      enum naming *its_naming)
{
    if (naming <= *its_naming)
        return;
    *its_name = name;
    *its_naming = naming;
}

static struct affected_group *group_of(struct gathering *g, const struct statement *statement)
{
    struct affected_groups *groups = &g->f->out->products;
    struct affected_group group = { .id = statement->known ? statement->known->vendor
                                                           : statement->vendor_id,
                                    .naming = statement->vendor_naming,
                                    .name = statement->vendor };

    for (size_t i = 0; i < groups->len; i++) {
        struct affected_group *one = &groups->at[i];

        if (!is_about(group.id, group.name, one->id, one->name))
            continue;
        rename_to(group.name, group.naming, &one->name, &one->naming);
        return one;
    }
    if (groups->len == GROUPS_SHOWN)
        return NULL;
    if (group.id)
        group.href = arena_printf(g->f->arena, "/vendors/%lld", (long long)group.id);
    VEC_PUSH(g->f->arena, groups, group);
    return &groups->at[groups->len - 1];
}

/* NULL: there are too many to show. */
static struct affected_row *row_of(struct gathering *g, const struct statement *statement)
{
    struct affected_group *group = group_of(g, statement);
    struct affected_row row = { .id = statement->known ? statement->known->id : 0,
                                .naming = statement->naming,
                                .name = str_take_code_points(statement->product, NAME_MAX_POINTS),
                                .note = statement->note };

    for (size_t i = 0; group && i < group->rows.len; i++) {
        struct affected_row *one = &group->rows.at[i];

        if (!is_about(row.id, row.name, one->id, one->name) || !str_eq(one->note, row.note))
            continue;
        rename_to(row.name, row.naming, &one->name, &one->naming);
        return one;
    }
    if (!group || g->rows == ROWS_SHOWN) {
        g->left_out++;
        return NULL;
    }
    if (row.id)
        row.href = arena_printf(g->f->arena, "/products/%lld", (long long)row.id);
    g->rows++;
    VEC_PUSH(g->f->arena, &group->rows, row);
    return &group->rows.at[group->rows.len - 1];
}

/* The same words of two sources are one line. */
static void add_line(const struct record_filling *f, struct version_lines *lines, struct str words,
                     unsigned source)
{
    for (size_t i = 0; i < lines->len; i++) {
        if (!str_eq(lines->at[i].words, words))
            continue;
        lines->at[i].said_by |= source;
        return;
    }
    if (lines->len < LINES_SHOWN)
        VEC_PUSH(f->arena, lines, (struct version_line){ .words = words, .said_by = source });
}

/* ---- packages and products by name ---- */

static void add_some(struct buf *buf, const struct catalog_strings *texts)
{
    for (size_t i = 0; i < texts->len; i++) {
        if (buf->len >= NOTE_SHOWN) {
            buf_add(buf, STR(", …"));
            return;
        }
        if (buf->len > 0)
            buf_add(buf, STR(", "));
        buf_add(buf, str_take_code_points(texts->at[i], NAME_MAX_POINTS));
    }
}

/* What of the product it is: modules, files, functions. */
static struct str parts_of(const struct record_filling *f, const struct affected *affected)
{
    const struct catalog_strings *const lists[] = { &affected->modules, &affected->files,
                                                    &affected->routines };
    struct buf buf = buf_new(f->arena, NOTE_MAX);

    for (size_t i = 0; i < COUNT(lists); i++)
        add_some(&buf, lists[i]);
    return buf_str(&buf);
}

static struct str joined(const struct record_filling *f, const struct affected *affected)
{
    struct buf buf = buf_new(f->arena, NOTE_MAX);
    struct str parts = parts_of(f, affected), platforms;

    buf_add(&buf, affected->release);
    add_some(&buf, &affected->platforms);
    platforms = buf_str(&buf);
    if (parts.len == 0)
        return platforms;
    parts = tr_fill(f->arena, f->lang, N_("in {parts}"), TR_ARGS({ "parts", parts }));
    return platforms.len == 0 ? parts : ARENA_JOIN(f->arena, platforms, STR(" · "), parts);
}

/* Where a record names one product in words and one by CPE, they are the same. */
static const struct catalog_product *only_product(const struct record_filling *f,
                                                  const struct catalog_record *record)
{
    const struct configuration *node = record->configurations.at;
    struct err ignored = { 0 };
    struct cpe cpe;

    if (record->affected.len != 1 || record->configurations.len != 1)
        return NULL;
    if (node->criteria.len == 0 && node->nodes.len == 1)
        node = node->nodes.at;
    if (node->criteria.len != 1 || node->nodes.len != 0 ||
        !cpe_parse(node->criteria.at[0].cpe, f->arena, &cpe, &ignored))
        return NULL;
    return product_by_key(f, cpe_plain(cpe.field[CPE_VENDOR], f->arena),
                          cpe_plain(cpe.field[CPE_PRODUCT], f->arena));
}

static struct statement statement_of(const struct record_filling *f,
                                     const struct catalog_record *record,
                                     const struct affected *affected)
{
    bool is_own = (record->source == SOURCE_JVN && !record->is_overlay) == (f->lang == LANG_JA);
    struct statement statement = { .vendor = affected->vendor,
                                   .product = affected->product,
                                   .note = joined(f, affected),
                                   .source = 1u << record->source };

    statement.naming = statement.vendor_naming = is_own ? NAMED_IN_LANGUAGE : NAMED_BY_SOURCE;
    if (affected->name.len > 0) {
        statement.vendor = affected->ecosystem;
        statement.product = affected->name;
        statement.known = product_by_key(f, affected->ecosystem, affected->name);
        return statement;
    }
    statement.known = product_by_name(f, affected->product);
    if (!statement.known)
        statement.known = only_product(f, record);
    name_by_dictionary(f, &statement);
    return statement;
}

static void add_spans(const struct record_filling *f, const struct affected *affected,
                      unsigned source, struct affected_row *row)
{
    for (size_t i = 0; i < affected->spans.len && i < EXAMINED_MAX; i++) {
        const struct span *span = &affected->spans.at[i];
        struct str words = catalog_span_words(f->lang, span, f->arena);

        if (span->status == SPAN_AFFECTED)
            add_line(f, &row->affected, words, source);
        else if (span->status == SPAN_UNAFFECTED)
            add_line(f, &row->unaffected, words, source);
        else
            add_line(f, &row->affected,
                     tr_fill(f->arena, f->lang, N_("{versions} (as the source words it)"),
                             TR_ARGS({ "versions", words })),
                     source);
        if (span->status == SPAN_AFFECTED && span->to_is_fix)
            add_line(f, &row->fixed, span->is_git ? str_take(span->to, 12) : span->to, source);
    }
    if (affected->default_status == SPAN_AFFECTED)
        add_line(f, &row->affected,
                 tr(f->lang, affected->spans.len > 0 ? N_("all versions that are not named")
                                                     : N_("all versions")),
                 source);
}

static void gather_affected(struct gathering *g, const struct catalog_record *record)
{
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *affected = &record->affected.at[i];
        struct statement statement;
        struct affected_row *row;

        if (g->examined++ >= EXAMINED_MAX) {
            g->left_out += record->affected.len - i;
            return;
        }
        statement = statement_of(g->f, record, affected);
        row = row_of(g, &statement);
        if (row)
            add_spans(g->f, affected, statement.source, row);
    }
}

/* ---- CPE criteria ---- */

/* What narrows a name besides its version: 「WordPress 用」 is its target. */
static struct str target_of(const struct record_filling *f, const struct cpe *cpe)
{
    static const enum cpe_attribute fields[] = { CPE_EDITION, CPE_SW_EDITION, CPE_TARGET_SW,
                                                 CPE_TARGET_HW };
    struct buf buf = buf_new(f->arena, 4 * CPE_TEXT_MAX);

    for (size_t i = 0; i < COUNT(fields); i++) {
        struct str word = catalog_cpe_words(cpe->field[fields[i]], f->arena);

        if (word.len == 0)
            continue;
        if (buf.len > 0)
            buf_add(&buf, STR(", "));
        buf_add(&buf, word);
    }
    return buf_str(&buf);
}

static void gather_criterion(struct gathering *g, const struct criterion *criterion,
                             enum catalog_source source)
{
    const struct record_filling *f = g->f;
    struct statement statement = { .source = 1u << source };
    struct err ignored = { 0 };
    struct affected_row *row;
    struct str words;
    struct cpe cpe;

    if (!criterion->is_vulnerable || !cpe_parse(criterion->cpe, f->arena, &cpe, &ignored))
        return;
    statement.vendor = catalog_cpe_words(cpe.field[CPE_VENDOR], f->arena);
    statement.product = catalog_cpe_words(cpe.field[CPE_PRODUCT], f->arena);
    statement.note = target_of(f, &cpe);
    statement.known = product_by_key(f, cpe_plain(cpe.field[CPE_VENDOR], f->arena),
                                     cpe_plain(cpe.field[CPE_PRODUCT], f->arena));
    name_by_dictionary(f, &statement);
    row = row_of(g, &statement);
    words = catalog_criterion_words(f->lang, criterion, f->arena);
    if (row)
        add_line(f, &row->affected, words.len > 0 ? words : tr(f->lang, N_("all versions")),
                 statement.source);
}

static void gather_configuration(struct gathering *g, const struct configuration *node,
                                 enum catalog_source source)
{
    for (size_t i = 0; i < node->criteria.len; i++) {
        if (g->examined++ < EXAMINED_MAX)
            gather_criterion(g, &node->criteria.at[i], source);
        else
            g->left_out++;
    }
    for (size_t i = 0; i < node->nodes.len; i++)
        gather_configuration(g, &node->nodes.at[i], source);
}

/* ---- conditions ---- */

static bool has_surroundings(const struct configuration *node)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        if (!node->criteria.at[i].is_vulnerable)
            return true;
    for (size_t i = 0; i < node->nodes.len; i++)
        if (has_surroundings(&node->nodes.at[i]))
            return true;
    return false;
}

/* What a list of products cannot say: several things at once, a platform that is only needed, or the opposite. */
static bool is_complex(const struct configuration *node)
{
    if (node->is_negated || (node->is_and && node->criteria.len + node->nodes.len > 1))
        return true;
    for (size_t i = 0; i < node->nodes.len; i++)
        if (is_complex(&node->nodes.at[i]))
            return true;
    return has_surroundings(node);
}

static struct condition_line condition_line_of(const struct record_filling *f,
                                               const struct criterion *criterion)
{
    struct condition_line line = { .name = criterion->cpe,
                                   .is_vulnerable = criterion->is_vulnerable };
    struct err ignored = { 0 };
    struct str target;
    struct cpe cpe;

    if (!cpe_parse(criterion->cpe, f->arena, &cpe, &ignored))
        return line;
    line.name = record_product_words(f, cpe.field[CPE_VENDOR], cpe.field[CPE_PRODUCT]);
    target = target_of(f, &cpe);
    if (target.len > 0)
        line.name = arena_printf(f->arena, "%.*s (%.*s)", STR_ARG(line.name), STR_ARG(target));
    line.versions = catalog_criterion_words(f->lang, criterion, f->arena);
    return line;
}

static struct condition_view condition_of(struct gathering *g, const struct configuration *node)
{
    struct condition_view view = { .is_and = node->is_and, .is_negated = node->is_negated };

    for (size_t i = 0; i < node->criteria.len && g->conditions < CONDITIONS_SHOWN; i++) {
        g->conditions++;
        VEC_PUSH(g->f->arena, &view.lines, condition_line_of(g->f, &node->criteria.at[i]));
    }
    for (size_t i = 0; i < node->nodes.len && g->conditions < CONDITIONS_SHOWN; i++)
        VEC_PUSH(g->f->arena, &view.parts, condition_of(g, &node->nodes.at[i]));
    return view;
}

static void gather_configurations(struct gathering *g, const struct catalog_record *record)
{
    for (size_t i = 0; i < record->configurations.len; i++) {
        const struct configuration *configuration = &record->configurations.at[i];

        gather_configuration(g, configuration, record->source);
        if (is_complex(configuration) && g->conditions < CONDITIONS_SHOWN)
            VEC_PUSH(g->f->arena, &g->f->out->conditions, condition_of(g, configuration));
    }
}

/* ---- all of them ---- */

static void name_sources(const struct record_filling *f, struct version_lines *lines)
{
    for (size_t i = 0; i < lines->len; i++)
        lines->at[i].sources = catalog_sources_words(f->lang, lines->at[i].said_by, f->arena);
}

static void name_all_sources(const struct record_filling *f)
{
    for (size_t i = 0; i < f->out->products.len; i++) {
        struct affected_group *group = &f->out->products.at[i];

        for (size_t j = 0; j < group->rows.len; j++) {
            name_sources(f, &group->rows.at[j].affected);
            name_sources(f, &group->rows.at[j].fixed);
            name_sources(f, &group->rows.at[j].unaffected);
        }
    }
}

/* Some hundred products, as of a library that everybody has in it, are folded behind those that the sources name first. */
static void fold(const struct record_filling *f)
{
    struct affected_groups all = f->out->products;
    size_t rows = 0, more = 0;

    f->out->products.len = 0;
    for (size_t i = 0; i < all.len; i++) {
        bool is_more = rows >= ROWS_OPEN && all.len - i > 1;

        rows += all.at[i].rows.len;
        more += is_more || more > 0 ? all.at[i].rows.len : 0;
        if (more > 0)
            VEC_PUSH(f->arena, &f->out->more_products, all.at[i]);
        else
            f->out->products.len++;
    }
    f->out->more_words = tr_fill(f->arena, f->lang, N_("Show {count} more products"),
                                 TR_ARGS({ "count", tr_number(f->arena, (int64_t)more) }));
}

void record_fill_products(const struct record_filling *f)
{
    struct gathering g = { .f = f };

    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_record *record = &f->facts->tellings.at[i].record;
        /* JVN's names say the same as the CPE names beside them, in words. */
        bool is_said = record->source == SOURCE_JVN && record->affected.len > 0;

        gather_affected(&g, record);
        if (!is_said)
            gather_configurations(&g, record);
    }
    name_all_sources(f);
    fold(f);
    if (g.left_out > 0)
        f->out->products_cut = tr_fill(
            f->arena, f->lang,
            N_("{count} further statements are not shown; the machine-readable formats have all of them."),
            TR_ARGS({ "count", tr_number(f->arena, (int64_t)g.left_out) }));
}
