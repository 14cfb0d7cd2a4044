#include "formats/openvex/openvex.h"

#include "base/err.h"

#define CONTEXT "https://openvex.dev/ns"

static const struct str status_words[OPENVEX_STATUSES] = {
    [OPENVEX_NOT_AFFECTED] = STR_INIT("not_affected"),
    [OPENVEX_AFFECTED] = STR_INIT("affected"),
    [OPENVEX_FIXED] = STR_INIT("fixed"),
    [OPENVEX_UNDER_INVESTIGATION] = STR_INIT("under_investigation"),
};
static const struct str justifications[] = {
    STR_INIT("component_not_present"),
    STR_INIT("vulnerable_code_not_present"),
    STR_INIT("vulnerable_code_not_in_execute_path"),
    STR_INIT("vulnerable_code_cannot_be_controlled_by_adversary"),
    STR_INIT("inline_mitigations_already_exist"),
};

struct str openvex_status_word(enum openvex_status status) { return status_words[status]; }

bool openvex_is_justification(struct str word)
{
    for (size_t i = 0; i < COUNT(justifications); i++)
        if (str_eq(justifications[i], word))
            return true;
    return false;
}

bool openvex_is(struct json document)
{
    return str_starts(json_text(json_get(document, "@context")), STR(CONTEXT));
}

/* ---- reading ---- */

struct reader {
    struct arena *arena;
    size_t statement; /* which one is read, for the places faults are told with */
    size_t products;  /* so far, in all statements */
};

static bool refuse(const struct reader *r, const char *member, struct err *err)
{
    return FAIL(err, VEX, arena_printf(r->arena, "statements[%zu].%s", r->statement, member));
}

/* A time that is missing is 0. */
static bool read_time(struct json object, const char *key, struct utc *out, struct err *err)
{
    struct str text = json_text(json_get(object, key));

    return str_is_empty(text) || utc_parse(text, out, err);
}

/* 0.2.0 has an object with @id and identifiers, 0.0.1 the name alone. */
static struct openvex_product product_of(struct json value)
{
    struct json identifiers = json_get(value, "identifiers");

    if (json_kind(value) == JSON_TEXT)
        return (struct openvex_product){ .id = json_text(value) };
    return (struct openvex_product){ .id = json_text(json_get(value, "@id")),
                                     .purl = json_text(json_get(identifiers, "purl")),
                                     .cpe22 = json_text(json_get(identifiers, "cpe22")),
                                     .cpe23 = json_text(json_get(identifiers, "cpe23")) };
}

static bool is_named(const struct openvex_product *product)
{
    return product->id.len || product->purl.len || product->cpe22.len || product->cpe23.len;
}

/* A list of products or subcomponents, without what those have below them. */
static bool read_products(struct reader *r, struct json list, struct openvex_products *out,
                          struct err *err)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct openvex_product product = product_of(item);

        if (!is_named(&product))
            return refuse(r, "products", err);
        if (++r->products > OPENVEX_PRODUCTS_MAX)
            return FAIL(err, TOO_LARGE, STR("products"));
        VEC_PUSH(r->arena, out, product);
    }
    return true;
}

/* 0.0.1 lists subcomponents once for all products of the statement. */
static bool read_subcomponents(struct reader *r, struct json statement,
                               struct openvex_statement *out, struct err *err)
{
    struct json shared = json_get(statement, "subcomponents"), item;
    size_t n = 0;

    for (struct json_iter i = json_iter(json_get(statement, "products"));
         json_next(&i, NULL, &item); n++) {
        struct json own = json_get(item, "subcomponents");

        if (!read_products(r, own.value ? own : shared, &out->products.at[n].subcomponents, err))
            return PASS(err);
    }
    return true;
}

static bool read_vulnerability(const struct reader *r, struct json value,
                               struct openvex_statement *out, struct err *err)
{
    struct json alias;

    out->vulnerability = json_text(json_kind(value) == JSON_TEXT ? value : json_get(value, "name"));
    out->description = json_text(json_get(value, "description"));
    for (struct json_iter i = json_iter(json_get(value, "aliases")); json_next(&i, NULL, &alias);)
        VEC_PUSH(r->arena, &out->aliases, json_text(alias));
    return str_is_empty(out->vulnerability) ? refuse(r, "vulnerability", err) : true;
}

static bool read_status(const struct reader *r, struct json value, struct openvex_statement *out,
                        struct err *err)
{
    struct str word = json_text(json_get(value, "status"));
    enum openvex_status status = 0;

    while (status < OPENVEX_STATUSES && !str_eq(word, status_words[status]))
        status++;
    if (status == OPENVEX_STATUSES)
        return refuse(r, "status", err);
    out->status = status;
    out->justification = json_text(json_get(value, "justification"));
    if (out->justification.len > 0 && !openvex_is_justification(out->justification))
        return refuse(r, "justification", err);
    if (status == OPENVEX_NOT_AFFECTED && str_is_empty(out->justification) &&
        str_is_empty(out->impact))
        return refuse(r, "justification", err);
    return true;
}

static bool read_statement(struct reader *r, struct json value, struct openvex_statement *out,
                           struct err *err)
{
    out->id = json_text(json_get(value, "@id"));
    out->impact = json_text(json_get(value, "impact_statement"));
    out->action = json_text(json_get(value, "action_statement"));
    out->notes = json_text(json_get(value, "status_notes"));
    out->supplier = json_text(json_get(value, "supplier"));
    return read_vulnerability(r, json_get(value, "vulnerability"), out, err) &&
           read_status(r, value, out, err) &&
           read_products(r, json_get(value, "products"), &out->products, err) &&
           read_subcomponents(r, value, out, err) &&
           read_time(value, "timestamp", &out->timestamp, err) &&
           read_time(value, "last_updated", &out->updated, err);
}

bool openvex_read(struct json document, struct arena *arena, struct openvex_document *out,
                  struct err *err)
{
    struct reader r = { .arena = arena };
    struct openvex_document read = { .id = json_text(json_get(document, "@id")),
                                     .author = json_text(json_get(document, "author")),
                                     .role = json_text(json_get(document, "role")),
                                     .tooling = json_text(json_get(document, "tooling")),
                                     .version = json_int(json_get(document, "version"), 1) };
    struct json item;

    if (!openvex_is(document))
        return FAIL(err, VEX, STR("@context"));
    if (!read_time(document, "timestamp", &read.timestamp, err) ||
        !read_time(document, "last_updated", &read.updated, err))
        return PASS(err);
    for (struct json_iter i = json_iter(json_get(document, "statements"));
         json_next(&i, NULL, &item); r.statement++) {
        struct openvex_statement statement = { 0 };

        if (r.statement >= OPENVEX_STATEMENTS_MAX)
            return FAIL(err, TOO_LARGE, STR("statements"));
        if (!read_statement(&r, item, &statement, err))
            return PASS(err);
        VEC_PUSH(arena, &read.statements, statement);
    }
    if (read.statements.len == 0)
        return FAIL(err, VEX, STR("statements"));
    *out = read;
    return true;
}

/* ---- writing ---- */

static void put_time(struct json_writer *w, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(w, key, utc_iso(w->buf->arena, t));
}

/* Opens the product's object; the caller closes it. */
static void begin_product(struct json_writer *w, const struct openvex_product *product)
{
    json_object_begin(w);
    json_pair(w, "@id", product->id);
    if (product->purl.len || product->cpe22.len || product->cpe23.len) {
        json_key(w, "identifiers");
        json_object_begin(w);
        json_pair(w, "purl", product->purl);
        json_pair(w, "cpe22", product->cpe22);
        json_pair(w, "cpe23", product->cpe23);
        json_object_end(w);
    }
}

static void put_product(struct json_writer *w, const struct openvex_product *product)
{
    begin_product(w, product);
    if (product->subcomponents.len > 0) {
        json_key(w, "subcomponents");
        json_array_begin(w);
        for (size_t i = 0; i < product->subcomponents.len; i++) {
            begin_product(w, &product->subcomponents.at[i]);
            json_object_end(w);
        }
        json_array_end(w);
    }
    json_object_end(w);
}

static void put_vulnerability(struct json_writer *w, const struct openvex_statement *statement)
{
    json_key(w, "vulnerability");
    json_object_begin(w);
    json_pair(w, "name", statement->vulnerability);
    json_pair(w, "description", statement->description);
    if (statement->aliases.len > 0) {
        json_key(w, "aliases");
        json_array_begin(w);
        for (size_t i = 0; i < statement->aliases.len; i++)
            json_put_text(w, statement->aliases.at[i]);
        json_array_end(w);
    }
    json_object_end(w);
}

static void put_statement(struct json_writer *w, const struct openvex_statement *statement)
{
    json_object_begin(w);
    json_pair(w, "@id", statement->id);
    put_vulnerability(w, statement);
    put_time(w, "timestamp", statement->timestamp);
    put_time(w, "last_updated", statement->updated);
    if (statement->products.len > 0) {
        json_key(w, "products");
        json_array_begin(w);
        for (size_t i = 0; i < statement->products.len; i++)
            put_product(w, &statement->products.at[i]);
        json_array_end(w);
    }
    json_pair(w, "status", status_words[statement->status]);
    json_pair(w, "supplier", statement->supplier);
    json_pair(w, "status_notes", statement->notes);
    json_pair(w, "justification", statement->justification);
    json_pair(w, "impact_statement", statement->impact);
    json_pair(w, "action_statement", statement->action);
    json_object_end(w);
}

void openvex_write(const struct openvex_document *document, struct buf *buf)
{
    struct json_writer w = json_writer_new(buf, true);

    json_object_begin(&w);
    json_pair(&w, "@context", STR(CONTEXT "/v0.2.0"));
    json_pair(&w, "@id", document->id);
    json_pair(&w, "author", document->author);
    json_pair(&w, "role", document->role);
    put_time(&w, "timestamp", document->timestamp);
    put_time(&w, "last_updated", document->updated);
    json_key(&w, "version");
    json_put_int(&w, document->version);
    json_pair(&w, "tooling", document->tooling);
    json_key(&w, "statements");
    json_array_begin(&w);
    for (size_t i = 0; i < document->statements.len; i++)
        put_statement(&w, &document->statements.at[i]);
    json_array_end(&w);
    json_object_end(&w);
    buf_byte(buf, '\n');
}
