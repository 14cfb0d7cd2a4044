#include "domain/access/directory.h"

#include "base/err.h"
#include "base/fold.h"
#include "domain/access/directory.sql.h"
#include "domain/access/organisation.h"

enum { PART_MIN = 2 };

struct product {
    struct str name, folded;
};
struct entry {
    int64_t id;
    struct str public_id, name_ja, name_en,
        folded; /* folded: names, kana and keywords, a line each */
    enum registration_state state;
    struct {
        VEC_OF(struct str);
    } domains;
    struct {
        VEC_OF(struct product);
    } products;
};
struct directory {
    VEC_OF(struct entry); /* by id */
};

/* ---- loading ---- */

static void add_domain(struct arena *arena, struct entry *entry, struct str domain)
{
    if (str_starts(domain, STR("www.")))
        domain = str_drop(domain, 4);
    if (domain.len > 0)
        VEC_PUSH(arena, &entry->domains, fold(arena, domain));
}

static struct str domain_of_address(struct str address)
{
    size_t at = str_index(address, '@');

    return at < address.len ? str_drop(address, at + 1) : STR_NONE;
}

static struct str host_of(struct str url)
{
    size_t at = str_index_str(url, STR("://"));
    struct str host = at < url.len ? str_drop(url, at + 3) : STR_NONE;

    host = str_take(host, str_index(host, '/'));
    return str_take(host, str_index(host, ':'));
}

static bool load_developers(struct tx *tx, struct arena *arena, struct directory *d,
                            struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_directory_developers, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0) {
        struct entry entry = { .id = row_int(rows, "id"),
                               .public_id = row_text(rows, "public_id"),
                               .name_ja = row_text(rows, "name_ja"),
                               .name_en = row_text(rows, "name_en"),
                               .folded = row_text(rows, "folded"),
                               .state = (enum registration_state)life_state(
                                   &registration_life, row_text(rows, "state")) };

        add_domain(arena, &entry, domain_of_address(row_text(rows, "window_email")));
        add_domain(arena, &entry, host_of(row_text(rows, "url")));
        VEC_PUSH(arena, d, entry);
    }
    return more == 0 ? true : PASS(err);
}

/* The entry of a row; rows and entries come in the same order. */
static struct entry *entry_of(struct directory *d, size_t *at, int64_t id)
{
    while (*at < d->len && d->at[*at].id < id)
        ++*at;
    return *at < d->len && d->at[*at].id == id ? &d->at[*at] : NULL;
}

static bool load_products(struct tx *tx, struct arena *arena, struct directory *d, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    size_t at = 0;
    int more;

    if (!store_select(tx, &sql_directory_products, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0) {
        struct entry *entry = entry_of(d, &at, row_int(rows, "organisation_id"));

        if (entry)
            VEC_PUSH(arena, &entry->products,
                     (struct product){ row_text(rows, "name"), row_text(rows, "folded") });
    }
    return more == 0 ? true : PASS(err);
}

static bool load_addresses(struct tx *tx, struct arena *arena, struct directory *d, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    size_t at = 0;
    int more;

    if (!store_select(tx, &sql_directory_addresses, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0) {
        struct entry *entry = entry_of(d, &at, row_int(rows, "organisation_id"));

        if (entry)
            add_domain(arena, entry, domain_of_address(row_text(rows, "email")));
    }
    return more == 0 ? true : PASS(err);
}

bool directory_load(struct tx *tx, struct arena *arena, struct directory **out, struct err *err)
{
    struct directory *d = ARENA_NEW(arena, struct directory);

    if (!load_developers(tx, arena, d, err) || !load_products(tx, arena, d, err) ||
        !load_addresses(tx, arena, d, err))
        return PASS(err);
    *out = d;
    return true;
}

/* ---- looking one up ---- */

/* A name as it was asked for, in the shapes that are compared. */
struct asked {
    struct str typed, folded, bare,
        domain;         /* bare: without the form of company; domain: empty when it is none */
    struct str product; /* folded */
};

/* "psirt@example.jp" or "example.jp": letters, digits, hyphens and at least one dot, nothing else. */
static struct str domain_asked(struct arena *arena, struct str typed)
{
    struct str domain = str_contains(typed, STR("@")) ? domain_of_address(typed) : typed;
    size_t dots = 0;

    for (size_t i = 0; i < domain.len; i++) {
        char c = domain.ptr[i];

        dots += c == '.';
        if (!(c == '.' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
              (c >= 'A' && c <= 'Z')))
            return STR_NONE;
    }
    domain = fold(arena, domain);
    if (str_starts(domain, STR("www.")))
        domain = str_drop(domain, 4);
    return dots > 0 ? domain : STR_NONE;
}

static bool has_domain(const struct entry *entry, struct str domain, bool below)
{
    for (size_t i = 0; domain.len > 0 && i < entry->domains.len; i++) {
        struct str known = entry->domains.at[i];

        if (str_eq(domain, known))
            return !below;
        if (below && str_ends(domain, known) && domain.ptr[domain.len - known.len - 1] == '.')
            return true;
    }
    return false;
}

static bool has_name(const struct entry *entry, const struct asked *asked)
{
    struct str lines = entry->folded, line;

    while (lines.len > 0 && str_split(&lines, '\n', &line)) {
        if (line.len > 0 &&
            (str_eq(line, asked->folded) || str_eq(organisation_bare_name(line), asked->bare)))
            return true;
    }
    return false;
}

static bool is_part(struct str whole, struct str part)
{
    return str_code_points(part) >= PART_MIN && fold_has_word(whole, part);
}

/* What was asked for stands in a name, or a name in what was asked for. */
static bool has_part(const struct entry *entry, const struct asked *asked, bool within)
{
    struct str lines = entry->folded, line;

    while (lines.len > 0 && str_split(&lines, '\n', &line)) {
        if (within ? is_part(asked->bare, organisation_bare_name(line))
                   : is_part(line, asked->bare))
            return true;
    }
    return false;
}

static struct str product_like(const struct entry *entry, struct str asked)
{
    for (size_t i = 0; i < entry->products.len; i++) {
        const struct product *p = &entry->products.at[i];

        if (is_part(p->folded, asked) || is_part(asked, p->folded))
            return p->name;
    }
    return STR_NONE;
}

/* A line may name a product alone. */
static struct str product_of(const struct asked *asked)
{
    return asked->product.len > 0 ? asked->product : asked->folded;
}

static bool fits(const struct entry *entry, const struct asked *asked, enum directory_match match)
{
    switch (match) {
    case DIRECTORY_ID:
        return str_eq_nocase(entry->public_id, asked->typed);
    case DIRECTORY_DOMAIN:
        return has_domain(entry, asked->domain, false);
    case DIRECTORY_NAME:
        return asked->folded.len > 0 && has_name(entry, asked);
    case DIRECTORY_BELOW:
        return has_domain(entry, asked->domain, true);
    case DIRECTORY_PART:
        return has_part(entry, asked, false);
    case DIRECTORY_WITHIN:
        return has_part(entry, asked, true);
    default:
        return product_like(entry, product_of(asked)).len > 0;
    }
}

static void add_hit(const struct entry *entry, const struct asked *asked,
                    enum directory_match match, struct arena *arena, struct directory_hits *out)
{
    if (out->len == DIRECTORY_HITS_MAX) {
        out->has_more = true;
        return;
    }
    VEC_PUSH(arena, out,
             (struct directory_hit){ .id = entry->id,
                                     .public_id = entry->public_id,
                                     .name_ja = entry->name_ja,
                                     .name_en = entry->name_en,
                                     .product = product_like(entry, match == DIRECTORY_PRODUCT
                                                                        ? product_of(asked)
                                                                        : asked->product),
                                     .state = entry->state,
                                     .match = match });
}

/* Those found that way; with_product: that make something like the product. */
static void find(const struct directory *d, const struct asked *asked, enum directory_match match,
                 bool with_product, struct arena *arena, struct directory_hits *out)
{
    *out = (struct directory_hits){ 0 };
    for (size_t i = 0; i < d->len; i++) {
        const struct entry *entry = &d->at[i];

        if (fits(entry, asked, match) &&
            (!with_product || product_like(entry, asked->product).len > 0))
            add_hit(entry, asked, match, arena, out);
    }
}

void directory_find(const struct directory *directory, struct str name, struct str product,
                    struct arena *arena, struct directory_hits *out)
{
    struct asked asked = { .typed = str_trim(name),
                           .folded = fold(arena, name),
                           .product = fold(arena, product) };
    enum directory_match match = DIRECTORY_ID;
    struct directory_hits narrowed;

    asked.bare = organisation_bare_name(asked.folded);
    asked.domain = domain_asked(arena, asked.typed);
    do
        find(directory, &asked, match, false, arena, out);
    while (out->len == 0 && match++ < DIRECTORY_PRODUCT);
    if (out->len < 2 || asked.product.len == 0)
        return;
    find(directory, &asked, match, true, arena, &narrowed);
    if (narrowed.len > 0)
        *out = narrowed;
}
