#include "domain/myjvn/dictionary.h"

#include "base/ascii.h"
#include "base/err.h"
#include "base/fold.h"
#include "domain/catalog/names.h"
#include "domain/myjvn/dictionary.sql.h"
#include "formats/cpe/cpe.h"
#include "formats/json/json.h"
#include "formats/myjvn/order.h"

enum { NAME_MAX = 1000, NUMBER_PAGE = 2000, PARAMETER_MAX = 1 << 20, PAGE_MEMORY = 64 << 20 };

static struct str lower(struct str text, struct arena *arena)
{
    struct buf buf = buf_new(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        buf_byte(&buf, ascii_lower(text.ptr[i]));
    return buf_str(&buf);
}

/* Names in both languages and the key, as searches compare them. */
static struct str folded_of(struct str ja, struct str en, struct str key, struct arena *arena)
{
    return fold(arena,
                arena_printf(arena, "%.*s\n%.*s\n%.*s", STR_ARG(ja), STR_ARG(en), STR_ARG(key)));
}

static struct str either(struct str text, struct str otherwise)
{
    return text.len > 0 ? text : otherwise;
}

/* ---- a CPE name of JVN's dictionary ---- */

/* "cpe:/:apache" names a vendor; one whose signs are not escaped, or that has a blank in it, is mended where its parts are clear. Empty: it names none. */
struct named {
    struct str vendor, product; /* plain */
    struct str cpe;             /* as a formatted string; empty for a vendor */
};

static struct str escaped(struct str part, struct arena *arena)
{
    struct buf buf = buf_new(arena, 3 * part.len + 1);

    part = str_trim(part);
    for (size_t i = 0; i < part.len; i++) {
        char c = ascii_lower(part.ptr[i]);
        bool is_escape = c == '%' && i + 2 < part.len && ascii_is_hex(part.ptr[i + 1]) &&
                         ascii_is_hex(part.ptr[i + 2]);

        if (ascii_is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '~' || is_escape)
            buf_byte(&buf, c);
        else if (c == ' ')
            buf_byte(&buf, '_');
        else
            buf_printf(&buf, "%%%02x", (unsigned char)c);
    }
    return buf_str(&buf);
}

static bool read_name(struct str text, struct arena *arena, struct named *out)
{
    struct str rest = str_trim(text), part, vendor = STR_NONE, product = STR_NONE;
    struct err ignored = { 0 };
    struct cpe cpe;

    *out = (struct named){ 0 };
    if (rest.len < 5 || !str_eq_nocase(str_take(rest, 5), STR("cpe:/")))
        return false;
    rest = str_drop(rest, 5);
    (void)(rest.len > 0 && str_split(&rest, ':', &part) && rest.len > 0 &&
           str_split(&rest, ':', &vendor));
    product = rest;
    vendor = escaped(vendor, arena);
    product = escaped(product, arena);
    if (vendor.len == 0)
        return false;
    text = arena_printf(arena, "cpe:/%.*s:%.*s:%.*s", part.len == 1 ? 1 : 0,
                        part.len == 1 ? part.ptr : "", STR_ARG(vendor),
                        STR_ARG(product.len > 0 ? product : STR("x")));
    if (!cpe_parse(lower(text, arena), arena, &cpe, &ignored))
        return false;
    out->vendor = cpe_plain(cpe.field[CPE_VENDOR], arena);
    if (product.len > 0) {
        out->product = cpe_plain(cpe.field[CPE_PRODUCT], arena);
        out->cpe = cpe_text(&cpe, arena);
    }
    return true;
}

/* As it is served: as JVN writes it, but what cannot be read is escaped. */
static struct str served(struct str text, struct arena *arena)
{
    struct str rest = str_trim(text), part;
    struct buf buf = buf_new(arena, 3 * text.len + 8);
    struct err ignored = { 0 };
    struct cpe cpe;
    bool is_first = true;

    if (cpe_parse(rest, arena, &cpe, &ignored) || !str_skip(&rest, STR("cpe:/")))
        return rest;
    buf_add_z(&buf, "cpe:/");
    for (; rest.ptr && str_split(&rest, ':', &part); is_first = false) {
        if (!is_first)
            buf_byte(&buf, ':');
        buf_add(&buf, escaped(part, arena));
    }
    return buf_str(&buf);
}

/* ---- the catalogue's own rows ---- */

struct known {
    int64_t id, jvn;
    struct str ja, en;
};

static bool find_known(struct tx *tx, const struct query *query, const struct bind *binds,
                       size_t count, struct arena *arena, struct known *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct known){ 0 };
    if (!store_select(tx, query, binds, count, arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1)
        *out = (struct known){ row_int(rows, "id"), row_int(rows, "jvn"), row_text(rows, "name_ja"),
                               row_text(rows, "name_en") };
    return there >= 0 ? true : PASS(err);
}

struct names {
    struct str ja, en;
};

/* The names that are there, with the one that is told now. */
static struct names told_names(struct str ja, struct str en, struct str told, enum lang lang)
{
    return lang == LANG_JA ? (struct names){ told, en } : (struct names){ ja, told };
}

/* A number belongs to the first vendor of a key alone: others that share its CPE name stand in JVN's list only. */
static bool catalog_vendor(struct tx *tx, struct str key, const struct myjvn_listed *listed,
                           struct arena *arena, int64_t *out, struct err *err)
{
    struct known known;
    struct names names;

    if (!find_known(tx, &sql_catalog_vendor_named, BINDS(bind_text("key", key)), arena, &known,
                    err))
        return PASS(err);
    *out = known.id;
    if (known.jvn != 0 && known.jvn != listed->vid)
        return true;
    names = told_names(known.ja, known.en, listed->vendor, listed->lang);
    if (known.id == 0)
        return store_insert(tx, &sql_catalog_vendor_add,
                            BINDS(bind_text("key", key), bind_text("ja", names.ja),
                                  bind_text("en", names.en),
                                  bind_text("folded", folded_of(names.ja, names.en, key, arena)),
                                  bind_int("jvn", listed->vid)),
                            out, err)
                   ? true
                   : PASS(err);
    return store_exec(tx, &sql_catalog_vendor_name,
                      BINDS(bind_int("id", known.id), bind_text("ja", names.ja),
                            bind_text("en", names.en),
                            bind_text("folded", folded_of(names.ja, names.en, key, arena)),
                            bind_int("jvn", listed->vid)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool catalog_product(struct tx *tx, int64_t vendor, const struct named *named,
                            const struct myjvn_listed *listed, struct arena *arena, int64_t *out,
                            struct err *err)
{
    struct known known;
    struct names names;

    if (!find_known(tx, &sql_catalog_product_named,
                    BINDS(bind_int("vendor", vendor), bind_text("key", named->product)), arena,
                    &known, err))
        return PASS(err);
    *out = known.id;
    if (known.jvn != 0 && known.jvn != listed->pid)
        return true;
    names = told_names(known.ja, known.en, listed->product, listed->lang);
    if (known.id == 0)
        return store_insert(
                   tx, &sql_catalog_product_add,
                   BINDS(bind_int("vendor", vendor), bind_text("key", named->product),
                         bind_text("ja", names.ja), bind_text("en", names.en),
                         bind_text("folded", folded_of(names.ja, names.en, named->product, arena)),
                         bind_text("cpe", named->cpe), bind_int("jvn", listed->pid)),
                   out, err)
                   ? true
                   : PASS(err);
    return store_exec(
               tx, &sql_catalog_product_name,
               BINDS(bind_int("id", known.id), bind_text("ja", names.ja), bind_text("en", names.en),
                     bind_text("folded", folded_of(names.ja, names.en, named->product, arena)),
                     bind_int("jvn", listed->pid)),
               NULL, err)
               ? true
               : PASS(err);
}

/* ---- JVN's rows ---- */

static bool put_vendor(struct tx *tx, const struct myjvn_listed *listed, struct arena *arena,
                       int64_t *vendor, struct str *place, bool *is_new, bool *has_changed,
                       struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct names names = told_names(STR_NONE, STR_NONE, listed->vendor, listed->lang);
    struct str cpe = served(listed->vendor_cpe, arena), old_cpe = STR_NONE;
    struct names old = { 0 };
    struct named named;
    int there;

    if (!store_select(tx, &sql_myjvn_vendor_find, BINDS(bind_int("vid", listed->vid)), arena, &rows,
                      err) ||
        (there = rows_next(rows, err)) < 0)
        return PASS(err);
    if (there == 1) {
        old = (struct names){ row_text(rows, "name_ja"), row_text(rows, "name_en") };
        old_cpe = row_text(rows, "cpe");
        *vendor = row_int(rows, "vendor_id");
        names = told_names(old.ja, old.en, listed->vendor, listed->lang);
    }
    rows_end(TAKE(rows));
    *place = myjvn_order_key(arena, either(names.ja, names.en));
    *is_new = there == 0;
    *has_changed = there == 1 &&
                   !(str_eq(old.ja, names.ja) && str_eq(old.en, names.en) && str_eq(old_cpe, cpe));
    if (there == 1 && !*has_changed)
        return true;
    if (!read_name(listed->vendor_cpe, arena, &named))
        return FAIL(err, CATALOG_RECORD, STR("vcpe: no CPE name of a vendor"));
    return catalog_vendor(tx, named.vendor, listed, arena, vendor, err) &&
                   store_exec(
                       tx, &sql_myjvn_vendor_put,
                       BINDS(bind_int("vid", listed->vid),
                             bind_text("ja", either(names.ja, names.en)), bind_text("en", names.en),
                             bind_text("folded", folded_of(names.ja, names.en, STR_NONE, arena)),
                             bind_text("cpe", cpe), bind_blob("place", *place),
                             bind_int("vendor", *vendor)),
                       NULL, err) &&
                   store_exec(tx, &sql_myjvn_vendor_move,
                              BINDS(bind_int("vid", listed->vid), bind_blob("place", *place)), NULL,
                              err) &&
                   store_exec(tx, &sql_myjvn_vendor_hide,
                              BINDS(bind_int("vendor", *vendor), bind_int("ours", MYJVN_OURS_FROM)),
                              NULL, err)
               ? true
               : PASS(err);
}

static bool put_product(struct tx *tx, const struct myjvn_listed *listed, struct str vendor_place,
                        struct arena *arena, enum catalog_change *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct names names = told_names(STR_NONE, STR_NONE, listed->product, listed->lang), old = { 0 };
    struct str cpe = served(listed->product_cpe, arena);
    int64_t vendor = 0, product = 0;
    bool is_same = false;
    struct named named;
    int there;

    if (!store_select(tx, &sql_myjvn_product_find, BINDS(bind_int("pid", listed->pid)), arena,
                      &rows, err) ||
        (there = rows_next(rows, err)) < 0)
        return PASS(err);
    if (there == 1) {
        old = (struct names){ row_text(rows, "name_ja"), row_text(rows, "name_en") };
        names = told_names(old.ja, old.en, listed->product, listed->lang);
        is_same = str_eq(old.ja, either(names.ja, names.en)) && str_eq(old.en, names.en) &&
                  str_eq(row_text(rows, "cpe"), cpe) && row_int(rows, "vid") == listed->vid;
    }
    rows_end(TAKE(rows));
    *out = there == 0 ? CATALOG_NEW : is_same ? CATALOG_UNCHANGED : CATALOG_CHANGED;
    if (is_same)
        return true;
    /* Four of JVN's products have another vendor in their CPE name than their vendor's: the name of the product counts. */
    if (read_name(listed->product_cpe, arena, &named) && named.product.len > 0 &&
        !(catalog_vendor(tx, named.vendor, listed, arena, &vendor, err) &&
          catalog_product(tx, vendor, &named, listed, arena, &product, err)))
        return PASS(err);
    return store_exec(tx, &sql_myjvn_product_put,
                      BINDS(bind_int("pid", listed->pid), bind_int("vid", listed->vid),
                            bind_text("ja", either(names.ja, names.en)), bind_text("en", names.en),
                            bind_text("folded", folded_of(names.ja, names.en, STR_NONE, arena)),
                            bind_text("cpe", cpe),
                            bind_blob("place", myjvn_order_key(arena, either(names.ja, names.en))),
                            bind_blob("vendor_place", vendor_place), bind_int("product", product)),
                      NULL, err) &&
                   (product == 0 || store_exec(tx, &sql_myjvn_product_hide,
                                               BINDS(bind_int("product", product),
                                                     bind_int("ours", MYJVN_OURS_FROM)),
                                               NULL, err))
               ? true
               : PASS(err);
}

static bool is_listable(struct str name)
{
    return name.len > 0 && name.len <= NAME_MAX && str_is_plain(name, false);
}

bool myjvn_put_listed(struct tx *tx, const struct myjvn_listed *listed, struct arena *arena,
                      enum catalog_change *out, struct err *err)
{
    bool is_new, has_changed;
    struct str place;
    int64_t vendor = 0;

    if (listed->vid <= 0 || listed->vid >= MYJVN_OURS_FROM || listed->pid < 0 ||
        listed->pid >= MYJVN_OURS_FROM)
        return FAIL(err, CATALOG_RECORD, STR("vid, pid: numbers from 1 on"));
    if (!is_listable(listed->vendor) || (listed->pid > 0 && !is_listable(listed->product)))
        return FAIL(err, CATALOG_RECORD, STR("vname, pname: one line"));
    if (listed->vendor_cpe.len > CPE_TEXT_MAX || listed->product_cpe.len > CPE_TEXT_MAX)
        return FAIL(err, CATALOG_RECORD, STR("vcpe, pcpe: too long"));
    if (!put_vendor(tx, listed, arena, &vendor, &place, &is_new, &has_changed, err))
        return PASS(err);
    *out = is_new ? CATALOG_NEW : has_changed ? CATALOG_CHANGED : CATALOG_UNCHANGED;
    if (listed->pid > 0 && !put_product(tx, listed, place, arena, out, err))
        return PASS(err);
    return (!is_new && !has_changed && *out == CATALOG_UNCHANGED) ||
                   store_exec(tx, &sql_myjvn_state_dictionary, NO_BINDS, NULL, err)
               ? true
               : PASS(err);
}

/* ---- numbers of our own ---- */

static struct str vendor_cpe_of(struct str uri, struct arena *arena)
{
    struct str rest = str_drop(uri, 5), vendor; /* "a:vendor:product" */

    rest = str_drop(rest, str_index(rest, ':') + 1);
    vendor = str_take(rest, str_index(rest, ':'));
    return arena_printf(arena, "cpe:/:%.*s", STR_ARG(vendor));
}

static bool number_one(struct tx *tx, struct rows *row, struct arena *arena, struct err *err)
{
    struct str ja = row_text(row, "name_ja"), en = row_text(row, "name_en"),
               name = either(either(ja, en), row_text(row, "key")),
               vendor_ja = row_text(row, "vendor_ja"), vendor_en = row_text(row, "vendor_en"),
               vendor_name = either(either(vendor_ja, vendor_en), row_text(row, "vendor_key")),
               place = myjvn_order_key(arena, vendor_name), uri;
    int64_t vendor = row_int(row, "vendor"), vid = row_int(row, "vid");
    struct err ignored = { 0 };
    struct cpe cpe;

    if (row_int(row, "known") > 0 || !cpe_parse(row_text(row, "cpe"), arena, &cpe, &ignored))
        return true;
    uri = cpe_uri(&cpe, arena);
    if (vid == 0) {
        vid = MYJVN_OURS_FROM + vendor;
        if (!store_exec(
                tx, &sql_myjvn_vendor_put,
                BINDS(bind_int("vid", vid), bind_text("ja", vendor_name),
                      bind_text("en", vendor_en),
                      bind_text("folded", folded_of(vendor_name, vendor_en, STR_NONE, arena)),
                      bind_text("cpe", vendor_cpe_of(uri, arena)), bind_blob("place", place),
                      bind_int("vendor", vendor)),
                NULL, err))
            return PASS(err);
    }
    return store_exec(tx, &sql_myjvn_product_put,
                      BINDS(bind_int("pid", MYJVN_OURS_FROM + row_int(row, "id")),
                            bind_int("vid", vid), bind_text("ja", name), bind_text("en", en),
                            bind_text("folded", folded_of(name, en, STR_NONE, arena)),
                            bind_text("cpe", uri), bind_blob("place", myjvn_order_key(arena, name)),
                            bind_blob("vendor_place", place),
                            bind_int("product", row_int(row, "id"))),
                      NULL, err)
               ? true
               : PASS(err);
}

/* The next page of products; *last is where it ended. */
static bool number_page(struct tx *tx, int64_t *last, int *count, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *count = 0;
    if (!store_select(tx, &sql_myjvn_unnumbered,
                      BINDS(bind_int("after", *last), bind_int("count", NUMBER_PAGE)), arena, &rows,
                      err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        if (!number_one(tx, rows, arena, err))
            return PASS(err);
        *last = row_int(rows, "id");
        (*count)++;
    }
    return there == 0 ? true : PASS(err);
}

/* What came or changed its name is found by it from here on. */
static bool renew_names(struct tx *tx, struct err *err)
{
    static const struct query *const queries[] = {
        &sql_myjvn_vendor_names_drop, &sql_myjvn_vendor_names_put, &sql_myjvn_product_names_drop,
        &sql_myjvn_product_names_put, &sql_myjvn_state_named
    };

    for (size_t i = 0; i < COUNT(queries); i++)
        if (!store_exec(tx, queries[i], NO_BINDS, NULL, err))
            return PASS(err);
    return true;
}

bool myjvn_number_new(struct tx *tx, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int64_t last, before;
    bool is_renamed;
    int count;

    if (!store_select(tx, &sql_myjvn_state, NO_BINDS, arena, &rows, err) ||
        !rows_one(rows, STR("jvn_state"), err))
        return PASS(err);
    last = before = row_int(rows, "product_id");
    is_renamed = row_int(rows, "is_renamed") != 0;
    rows_end(TAKE(rows));
    do {
        if (!number_page(tx, &last, &count, err))
            return PASS(err);
    } while (count == NUMBER_PAGE);
    if (last != before &&
        !store_exec(tx, &sql_myjvn_state_products, BINDS(bind_int("product", last)), NULL, err))
        return PASS(err);
    return (last == before && !is_renamed) || renew_names(tx, err) ? true : PASS(err);
}

/* ---- asking ---- */

/* A '*' stays; other signs of GLOB stand for themselves. */
static void put_pattern(struct buf *buf, struct str part)
{
    if (part.len == 0)
        buf_byte(buf, '*');
    for (size_t i = 0; i < part.len; i++) {
        if (part.ptr[i] == '?' || part.ptr[i] == '[')
            buf_printf(buf, "[%c]", part.ptr[i]);
        else
            buf_byte(buf, ascii_lower(part.ptr[i]));
    }
}

static struct str pattern_of(struct str name, bool of_vendors, struct arena *arena)
{
    struct buf buf = buf_new(arena, 4 * name.len + 16);
    struct str rest = str_drop(name, 5), part = STR_NONE, vendor = STR_NONE;

    (void)(rest.len > 0 && str_split(&rest, ':', &part));
    (void)(rest.len > 0 && str_split(&rest, ':', &vendor));
    buf_add_z(&buf, "cpe:/");
    if (!of_vendors)
        put_pattern(&buf, part);
    buf_byte(&buf, ':');
    put_pattern(&buf, vendor);
    if (!of_vendors) {
        buf_byte(&buf, ':');
        put_pattern(&buf, str_take(rest, str_index(rest, ':')));
    }
    return buf_str(&buf);
}

struct str myjvn_pattern(struct str cpe, struct arena *arena)
{
    return pattern_of(cpe, false, arena);
}

/* '*' for any bytes; the rest as it stands, a sign of GLOB in brackets. */
static bool fits(struct str pattern, struct str text)
{
    size_t star = SIZE_MAX, mark = 0, p = 0, t = 0;

    while (t < text.len) {
        bool is_quoted = p + 2 < pattern.len && pattern.ptr[p] == '[';
        char want = p < pattern.len ? pattern.ptr[is_quoted ? p + 1 : p] : '\0';

        if (p < pattern.len && !is_quoted && want == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.len && want == ascii_lower(text.ptr[t])) {
            p += is_quoted ? 3 : 1;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

bool myjvn_is_chosen(const struct myjvn_texts *cpes, struct str cpe, struct arena *arena)
{
    for (size_t i = 0; i < cpes->len; i++)
        if (fits(pattern_of(cpes->at[i], false, arena), cpe))
            return true;
    return cpes->len == 0;
}

struct str myjvn_patterns(const struct myjvn_texts *cpes, bool of_vendors, struct arena *arena)
{
    struct buf buf = buf_new(arena, PARAMETER_MAX);
    struct json_writer w = json_writer_new(&buf, false);

    if (cpes->len == 0)
        return STR_NONE;
    json_array_begin(&w);
    for (size_t i = 0; i < cpes->len; i++)
        json_put_text(&w, pattern_of(cpes->at[i], of_vendors, arena));
    json_array_end(&w);
    return buf_str(&buf);
}

struct str myjvn_numbers_text(const struct myjvn_numbers *numbers, struct arena *arena)
{
    struct buf buf = buf_new(arena, PARAMETER_MAX);
    struct json_writer w = json_writer_new(&buf, false);

    if (numbers->len == 0)
        return STR_NONE;
    json_array_begin(&w);
    for (size_t i = 0; i < numbers->len; i++)
        json_put_int(&w, numbers->at[i]);
    json_array_end(&w);
    return buf_str(&buf);
}

/* What is looked for in names: by their index, or a part too short for that in all of them. */
struct part {
    struct bind match, few;
};

static struct part part_of(struct str keyword, struct arena *arena)
{
    struct str folded = fold_part(fold(arena, keyword)), match = names_question(folded, arena);

    return (struct part){ bind_some("match", match),
                          bind_some("short", match.len > 0 ? STR_NONE : folded) };
}

bool myjvn_list_vendors(struct tx *tx, const struct myjvn_choice *choice, enum lang lang,
                        int64_t offset, int64_t limit, struct arena *arena,
                        struct myjvn_vendors *out, int64_t *total, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct part part = part_of(choice->keyword, arena);
    struct bind cpes = bind_some("cpes", myjvn_patterns(&choice->cpes, true, arena));
    int there;

    *out = (struct myjvn_vendors){ 0 };
    if (!store_number(tx, &sql_myjvn_vendor_count, BINDS(cpes, part.match, part.few), 0, total,
                      err) ||
        !store_select(tx, &sql_myjvn_vendors,
                      BINDS(cpes, part.match, part.few, bind_int("lang", lang),
                            bind_int("limit", limit), bind_int("offset", offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out,
                 (struct myjvn_vendor){ .vid = row_int(rows, "vid"),
                                        .name = row_text(rows, "name"),
                                        .cpe = row_text(rows, "cpe") });
    return there == 0 ? true : PASS(err);
}

/* Products in the order of their vendors, each vendor once. */
static bool take_products(struct rows *rows, struct arena *arena, struct myjvn_vendors *out,
                          int64_t *count, struct err *err)
{
    int there;

    *count = 0;
    while ((there = rows_next(rows, err)) == 1) {
        int64_t vid = row_int(rows, "vid");

        if (out->len == 0 || out->at[out->len - 1].vid != vid)
            VEC_PUSH(arena, out,
                     (struct myjvn_vendor){ .vid = vid,
                                            .name = row_text(rows, "vendor"),
                                            .cpe = row_text(rows, "vendor_cpe") });
        VEC_PUSH(arena, &out->at[out->len - 1].products,
                 (struct myjvn_product){ row_int(rows, "pid"), row_text(rows, "name"),
                                         row_text(rows, "cpe") });
        (*count)++;
    }
    return there == 0 ? true : PASS(err);
}

bool myjvn_list_products(struct tx *tx, const struct myjvn_choice *choice, enum lang lang,
                         int64_t offset, int64_t limit, struct arena *arena,
                         struct myjvn_vendors *out, int64_t *total, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool is_named = choice->vendors.len > 0 || choice->products.len > 0;
    struct bind listed = is_named ? bind_null("listed") : bind_int("listed", 1),
                cpes = bind_some("cpes", myjvn_patterns(&choice->cpes, false, arena)),
                vendors = bind_some("vendors", myjvn_numbers_text(&choice->vendors, arena)),
                products = bind_some("products", myjvn_numbers_text(&choice->products, arena));
    struct part part = part_of(choice->keyword, arena);
    int64_t count;

    *out = (struct myjvn_vendors){ 0 };
    return store_number(tx, &sql_myjvn_product_count,
                        BINDS(listed, cpes, vendors, products, part.match, part.few), 0, total,
                        err) &&
                   store_select(tx, &sql_myjvn_products,
                                BINDS(listed, cpes, vendors, products, part.match, part.few,
                                      bind_int("lang", lang), bind_int("limit", limit),
                                      bind_int("offset", offset)),
                                arena, &rows, err) &&
                   take_products(rows, arena, out, &count, err)
               ? true
               : PASS(err);
}

bool myjvn_dictionary(struct tx *tx, enum lang lang, bool with_products, struct arena *arena,
                      struct myjvn_vendors *out, int64_t *total, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    const struct query *query = with_products ? &sql_myjvn_all_products : &sql_myjvn_all_vendors;
    int there;

    *out = (struct myjvn_vendors){ 0 };
    if (!store_select(tx, query, BINDS(bind_int("lang", lang), bind_int("ours", MYJVN_OURS_FROM)),
                      arena, &rows, err))
        return PASS(err);
    if (with_products)
        return take_products(rows, arena, out, total, err) ? true : PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(arena, out,
                 (struct myjvn_vendor){ .vid = row_int(rows, "vid"),
                                        .name = row_text(rows, "name"),
                                        .cpe = row_text(rows, "cpe") });
    *total = (int64_t)out->len;
    return there == 0 ? true : PASS(err);
}
