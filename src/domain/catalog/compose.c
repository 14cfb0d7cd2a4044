#include "domain/catalog/compose.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/lookup.h"
#include "domain/catalog/from_internal.h"
#include "formats/cpe/cpe.h"
#include "formats/cvss/cvss.h"
#include "formats/purl/purl.h"

enum { TITLE_MAX = 200, LEAD_MAX = 120, NAMES_MAX = 1000, WEAKNESSES_MAX = 200, UTF8_MAX = 4 };

/* ---- which entry ---- */

static bool is_ghsa(struct str id) { return str_starts(id, STR("GHSA-")); }

/* The only name of its kind; empty when there is none or more than one. */
static struct str only(const struct catalog_record *record, bool with_id, bool (*is)(struct str id))
{
    struct str found = with_id && is(record->id) ? record->id : STR_NONE;

    for (size_t i = 0; i < record->aliases.len; i++) {
        struct str alias = record->aliases.at[i];

        if (!is(alias) || str_eq(alias, found))
            continue;
        if (found.len > 0)
            return STR_NONE;
        found = alias;
    }
    return found;
}

struct str compose_key(const struct catalog_record *record)
{
    struct str key;

    if (from_is_cve_id(record->id))
        return record->id;
    key = only(record, false, from_is_cve_id);
    if (key.len == 0)
        key = only(record, true, is_ghsa);
    return key.len > 0 ? key : record->id;
}

/* ---- titles ---- */

/* One line of at most `most` characters; what is longer is cut between words and says so. */
static struct str one_line(struct str text, size_t most, struct arena *arena)
{
    struct buf buf = buf_new(arena, text.len + 8);
    struct str cut;
    bool is_cut;

    /* So much is more than most characters: whatever stands behind it is cut. */
    for (size_t i = 0; i < text.len && buf.len <= UTF8_MAX * (most + 1); i++) {
        bool is_blank = (unsigned char)text.ptr[i] <= ' ';

        if (!is_blank)
            buf_byte(&buf, text.ptr[i]);
        else if (buf.len > 0 && buf.ptr[buf.len - 1] != ' ')
            buf_byte(&buf, ' ');
    }
    text = str_trim(buf_str(&buf));
    cut = str_take_code_points(text, most);
    is_cut = cut.len < text.len;
    for (size_t back = 0; is_cut && back < 24 && back < cut.len; back++) {
        if (cut.ptr[cut.len - 1 - back] == ' ') {
            cut = str_trim(str_take(cut, cut.len - back));
            break;
        }
    }
    return is_cut ? arena_printf(arena, "%.*s…", STR_ARG(cut)) : cut;
}

static struct str first_text(const struct catalog_tellings *records, enum catalog_text_kind kind,
                             struct str lang)
{
    for (size_t i = 0; i < records->len; i++) {
        const struct catalog_record *record = &records->at[i].record;

        for (size_t j = 0; j < record->texts.len; j++) {
            const struct catalog_text *text = &record->texts.at[j];

            if (text->kind == kind && str_eq(text->lang, lang) && text->text.len > 0)
                return text->text;
        }
    }
    return STR_NONE;
}

/* Its first sentence. */
static struct str lead(struct str text)
{
    size_t end = str_index_str(text, STR(". "));

    return end < text.len ? str_take(text, end + 1) : text;
}

static void set_titles(const struct catalog_tellings *records, struct arena *arena,
                       struct catalog_entry *entry)
{
    struct str en = first_text(records, TEXT_TITLE, STR("en"));

    entry->title_ja = one_line(first_text(records, TEXT_TITLE, STR("ja")), TITLE_MAX, arena);
    /* NVD gives none: a list then shows how the description begins. */
    entry->title_en = en.len > 0 ? one_line(en, TITLE_MAX, arena)
                                 : one_line(lead(first_text(records, TEXT_DESCRIPTION, STR("en"))),
                                            LEAD_MAX, arena);
}

/* ---- severity ---- */

static bool is_better(const struct catalog_score *score, const struct catalog_entry *than)
{
    int order = str_cmp(score->version, than->score_version);

    return score->tenths != CVSS_NO_SCORE &&
           (order > 0 || (order == 0 && score->tenths > than->tenths));
}

static enum catalog_severity severity_of(int tenths, struct str version)
{
    static const enum catalog_severity severities[] = {
        [CVSS_NONE] = SEVERITY_NONE,         [CVSS_LOW] = SEVERITY_LOW,
        [CVSS_MEDIUM] = SEVERITY_MEDIUM,     [CVSS_HIGH] = SEVERITY_HIGH,
        [CVSS_CRITICAL] = SEVERITY_CRITICAL,
    };

    if (tenths == CVSS_NO_SCORE)
        return SEVERITY_UNKNOWN;
    return severities[cvss_severity(tenths, str_eq(version, STR("2.0")) ? CVSS_2_0 : CVSS_3_1)];
}

/* ---- facts of one record ---- */

/* Published when one of them is; otherwise rejected when one of them says so. */
static enum catalog_state state_of(const struct catalog_tellings *records)
{
    enum catalog_state state = CATALOG_WITHDRAWN;

    for (size_t i = 0; i < records->len; i++)
        if (records->at[i].record.state < state)
            state = records->at[i].record.state;
    return state;
}

static void take_times(const struct catalog_record *record, struct catalog_entry *entry)
{
    if (record->published.ms > 0 &&
        (entry->published.ms == 0 || record->published.ms < entry->published.ms))
        entry->published = record->published;
    if (record->modified.ms > entry->modified.ms)
        entry->modified = record->modified;
}

static void take_weaknesses(const struct catalog_record *record, struct arena *arena,
                            struct composed *out)
{
    for (size_t i = 0; i < record->weaknesses.len; i++) {
        struct str text = record->weaknesses.at[i];
        struct err ignored = { 0 };
        size_t known = 0;
        int64_t cwe;

        if (!str_skip(&text, STR("CWE-")) || !str_to_int(text, 1, INT32_MAX, &cwe, &ignored))
            continue;
        while (known < out->weaknesses.len && out->weaknesses.at[known] != cwe)
            known++;
        if (known == out->weaknesses.len && known < WEAKNESSES_MAX)
            VEC_PUSH(arena, &out->weaknesses, cwe);
    }
}

static void take_record(const struct catalog_record *record, struct arena *arena,
                        struct composed *out)
{
    struct catalog_entry *entry = &out->entry;

    entry->sources |= 1u << record->source;
    entry->is_disputed |= record->is_disputed;
    take_times(record, entry);
    for (size_t i = 0; i < record->texts.len; i++)
        entry->has_ja |= str_eq(record->texts.at[i].lang, STR("ja"));
    for (size_t i = 0; i < record->scores.len; i++) {
        const struct catalog_score *score = &record->scores.at[i];

        if (is_better(score, entry)) {
            entry->tenths = score->tenths;
            entry->score_version = score->version;
        }
    }
    take_weaknesses(record, arena, out);
    from_add(&out->names, record->id, arena);
    for (size_t i = 0; i < record->aliases.len && out->names.len < NAMES_MAX; i++)
        from_add(&out->names, record->aliases.at[i], arena);
}

/* ---- products ---- */

static void add_product(struct composed *out, const struct composed_product *product,
                        struct arena *arena)
{
    if (out->products.len < COMPOSED_PRODUCTS_MAX)
        VEC_PUSH(arena, &out->products, *product);
}

static bool is_value(struct str field) { return !cpe_is_any(field) && !cpe_is_na(field); }

struct str compose_stem(struct str cpe)
{
    size_t colons = 0;

    for (size_t i = 0; i < cpe.len; i++) {
        if (cpe.ptr[i] == '\\')
            i++;
        else if (cpe.ptr[i] == ':' && ++colons == 5)
            return str_take(cpe, i + 1);
    }
    return cpe;
}

static void take_criterion(const struct criterion *criterion, struct str *last, struct arena *arena,
                           struct composed *out)
{
    struct str start = compose_stem(criterion->cpe);
    struct composed_product product = { 0 };
    struct err ignored = { 0 };
    struct cpe cpe;

    if (!criterion->is_vulnerable || str_eq(start, *last))
        return;
    *last = start;
    if (!cpe_parse(criterion->cpe, arena, &cpe, &ignored) || !is_value(cpe.field[CPE_VENDOR]) ||
        !is_value(cpe.field[CPE_PRODUCT]))
        return;
    for (size_t i = CPE_VERSION; i < CPE_FIELDS; i++)
        cpe.field[i] = STR("*");
    product.vendor = cpe_plain(cpe.field[CPE_VENDOR], arena);
    product.key = cpe_plain(cpe.field[CPE_PRODUCT], arena);
    product.cpe = cpe_text(&cpe, arena);
    add_product(out, &product, arena);
}

static void take_configuration(const struct configuration *node, struct str *last,
                               struct arena *arena, struct composed *out)
{
    for (size_t i = 0; i < node->criteria.len; i++)
        take_criterion(&node->criteria.at[i], last, arena, out);
    for (size_t i = 0; i < node->nodes.len; i++)
        take_configuration(&node->nodes.at[i], last, arena, out);
}

static void take_packages(const struct catalog_record *record, struct arena *arena,
                          struct composed *out)
{
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *affected = &record->affected.at[i];

        if (affected->ecosystem.len > 0 && affected->name.len > 0)
            add_product(out,
                        &(struct composed_product){ .vendor = affected->ecosystem,
                                                    .key = affected->name,
                                                    .purl = affected->purl },
                        arena);
    }
}

/* As CPE would write it: small letters, no blanks. */
static struct str key_of(struct str words, struct arena *arena)
{
    struct str folded = fold(arena, words);
    struct buf buf = buf_new(arena, folded.len + 1);

    for (size_t i = 0; i < folded.len; i++)
        buf_byte(&buf, folded.ptr[i] == ' ' ? '_' : folded.ptr[i]);
    return buf_str(&buf);
}

static bool says_something(struct str words)
{
    return words.len > 0 && !str_eq_nocase(words, STR("n/a")) && !str_eq_nocase(words, STR("-")) &&
           !str_eq_nocase(words, STR("unknown")) && !str_eq_nocase(words, STR("unspecified"));
}

static void take_words(const struct catalog_record *record, struct arena *arena,
                       struct composed *out)
{
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *affected = &record->affected.at[i];
        struct composed_product product = { .vendor_name = str_trim(affected->vendor),
                                            .name = str_trim(affected->product) };

        if (affected->ecosystem.len > 0 || !says_something(product.vendor_name) ||
            !says_something(product.name))
            continue;
        product.vendor = key_of(product.vendor_name, arena);
        product.key = key_of(product.name, arena);
        if (product.vendor.len > 0 && product.key.len > 0)
            add_product(out, &product, arena);
    }
}

static struct str product_key(const struct composed_product *product, struct arena *arena)
{
    struct buf buf = buf_new(arena, product->vendor.len + product->key.len + 2);

    buf_add(&buf, product->vendor);
    buf_byte(&buf, '\n');
    buf_add(&buf, product->key);
    return buf_str(&buf);
}

/* The first of each. */
static void drop_twins(struct composed *out, struct arena *arena)
{
    struct lookup lookup = { 0 };
    size_t kept = 0;

    if (out->products.len < 2)
        return;
    for (size_t i = 0; i < out->products.len; i++)
        lookup_add(arena, &lookup, product_key(&out->products.at[i], arena), i);
    lookup_sort(&lookup);
    for (size_t i = 0; i < out->products.len; i++) {
        size_t first;

        if (lookup_find(&lookup, product_key(&out->products.at[i], arena), &first) && first == i)
            out->products.at[kept++] = out->products.at[i];
    }
    out->products.len = kept;
}

static void set_products(const struct catalog_tellings *records, struct arena *arena,
                         struct composed *out)
{
    struct str last = STR_NONE;
    bool has_cpe;

    for (size_t i = 0; i < records->len; i++) {
        const struct catalog_record *record = &records->at[i].record;

        for (size_t j = 0; j < record->configurations.len; j++)
            take_configuration(&record->configurations.at[j], &last, arena, out);
    }
    has_cpe = out->products.len > 0;
    for (size_t i = 0; i < records->len; i++) {
        take_packages(&records->at[i].record, arena, out);
        if (!has_cpe)
            take_words(&records->at[i].record, arena, out);
    }
    drop_twins(out, arena);
}

void compose(struct str key, const struct catalog_tellings *records, struct arena *arena,
             struct composed *out)
{
    *out = (struct composed){
        .entry = { .name = key, .state = state_of(records), .tenths = CVSS_NO_SCORE, .epss = -1 }
    };
    from_add(&out->names, key, arena);
    for (size_t i = 0; i < records->len; i++)
        take_record(&records->at[i].record, arena, out);
    out->entry.severity = severity_of(out->entry.tenths, out->entry.score_version);
    set_titles(records, arena, &out->entry);
    set_products(records, arena, out);
}

/* ---- words ---- */

/* Lines one behind the other, in room that is measured before. */
struct lines {
    size_t len;
    char *at;
};

static void measure(struct lines *lines, struct str text) { lines->len += text.len + 1; }

static void begin_lines(struct lines *lines, struct arena *arena)
{
    lines->at = arena_alloc(arena, lines->len);
    lines->len = 0;
}

static void add_line(struct lines *lines, struct str text)
{
    if (text.len > 0)
        memcpy(lines->at + lines->len, text.ptr, text.len);
    lines->len += text.len;
    lines->at[lines->len++] = '\n';
}

static struct str folded(const struct lines *lines, struct arena *arena)
{
    return fold(arena, (struct str){ lines->at, lines->len });
}

static void each_line(const struct composed *composed, const struct catalog_tellings *records,
                      void (*with)(struct lines *lines, struct str text), struct lines *names,
                      struct lines *titles, struct lines *texts)
{
    for (size_t i = 0; i < composed->names.len; i++)
        with(names, composed->names.at[i]);
    for (size_t i = 0; i < records->len; i++) {
        const struct catalog_record *record = &records->at[i].record;

        for (size_t j = 0; j < record->texts.len; j++)
            with(record->texts.at[j].kind == TEXT_TITLE ? titles : texts, record->texts.at[j].text);
    }
}

void compose_words(const struct composed *composed, const struct catalog_tellings *records,
                   struct arena *arena, struct composed_words *out)
{
    struct lines names = { 0 }, titles = { 0 }, texts = { 0 };

    each_line(composed, records, measure, &names, &titles, &texts);
    begin_lines(&names, arena);
    begin_lines(&titles, arena);
    begin_lines(&texts, arena);
    each_line(composed, records, add_line, &names, &titles, &texts);
    *out = (struct composed_words){ .names = folded(&names, arena),
                                    .titles = folded(&titles, arena),
                                    .texts = folded(&texts, arena) };
}
