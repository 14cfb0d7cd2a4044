#include "domain/catalog/entry.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/batch.h"
#include "domain/catalog/entry.sql.h"
#include "domain/catalog/entry_row.h"
#include "domain/catalog/memory.h"
#include "formats/archive/pack.h"

/* clang-format off */
static const struct str severity_names[CATALOG_SEVERITIES] = {
    [SEVERITY_UNKNOWN] = STR_INIT("unknown"), [SEVERITY_NONE] = STR_INIT("none"), [SEVERITY_LOW] = STR_INIT("low"),
    [SEVERITY_MEDIUM] = STR_INIT("medium"),   [SEVERITY_HIGH] = STR_INIT("high"), [SEVERITY_CRITICAL] = STR_INIT("critical"),
};
/* clang-format on */

struct str catalog_severity_name(enum catalog_severity severity)
{
    return severity_names[severity];
}

bool catalog_severity_from_name(struct str name, enum catalog_severity *out)
{
    for (size_t i = 0; i < CATALOG_SEVERITIES; i++) {
        if (str_eq(name, severity_names[i])) {
            *out = (enum catalog_severity)i;
            return true;
        }
    }
    return false;
}

struct catalog_entry entry_from_row(struct rows *rows)
{
    return (struct catalog_entry){ .id = row_int(rows, "id"),
                                   .name = row_text(rows, "name"),
                                   .number = row_text(rows, "number"),
                                   .title_ja = row_text(rows, "title_ja"),
                                   .title_en = row_text(rows, "title_en"),
                                   .sources = (unsigned)row_int(rows, "sources"),
                                   .state = (enum catalog_state)row_int(rows, "state"),
                                   .is_disputed = row_int(rows, "is_disputed") != 0,
                                   .tenths = (int)row_int(rows, "tenths"),
                                   .score_version = row_text(rows, "score_version"),
                                   .severity = (enum catalog_severity)row_int(rows, "severity"),
                                   .published = row_utc(rows, "published_at"),
                                   .modified = row_utc(rows, "modified_at"),
                                   .taken = row_utc(rows, "taken_at"),
                                   .has_ja = row_int(rows, "has_ja") != 0,
                                   .is_kev = row_int(rows, "is_kev") != 0,
                                   .is_embedded = row_int(rows, "is_embedded") != 0,
                                   .is_standard = row_int(rows, "is_standard") != 0,
                                   .epss = (int)row_int(rows, "epss") };
}

/* ---- by any name ---- */

enum { SPELLINGS = 4 };

/* As typed; and as those who give such names write them: in capitals, or GHSA with small letters behind it. */
static size_t spellings_of(struct str name, struct arena *arena, struct str out[SPELLINGS])
{
    char *upper = arena_alloc(arena, name.len + 1), *lower = arena_alloc(arena, name.len + 1),
         *ghsa = arena_alloc(arena, name.len + 1);

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        lower[i] = ascii_lower(c);
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        ghsa[i] = i < 4 ? upper[i] : lower[i];
    }
    out[0] = name;
    out[1] = (struct str){ upper, name.len };
    out[2] = (struct str){ ghsa, name.len };
    out[3] = (struct str){ lower, name.len };
    return SPELLINGS;
}

static bool look(struct tx *tx, const struct query *query, struct str name, struct arena *arena,
                 bool *found, struct catalog_entry *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(tx, query, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1)
        *out = entry_from_row(rows);
    *found = there == 1;
    return there >= 0 ? true : PASS(err);
}

bool catalog_entry_find(struct tx *tx, struct str name, struct arena *arena,
                        struct catalog_entry *out, struct err *err)
{
    const struct query *ways[] = { &sql_entry_by_name, &sql_entry_by_record, &sql_entry_by_alias,
                                   &sql_entry_by_join };
    struct str spellings[SPELLINGS];
    size_t count;
    bool found;

    if (name.len == 0 || name.len > CATALOG_ID_MAX)
        return FAIL(err, ABSENT, str_take(name, 80));
    count = spellings_of(name, arena, spellings);
    for (size_t i = 0; i < COUNT(ways); i++)
        for (size_t j = 0; j < count; j++) {
            if (!look(tx, ways[i], spellings[j], arena, &found, out, err))
                return PASS(err);
            if (found)
                return true;
        }
    return FAIL(err, ABSENT, name);
}

/* ---- its records ---- */

/* Ours first, then by source; of one source the record before what others add to it. */
static int compare(const void *a, const void *b)
{
    const struct catalog_told *x = a, *y = b;
    int from_x = x->record.source == SOURCE_OURS ? -1 : (int)x->record.source,
        from_y = y->record.source == SOURCE_OURS ? -1 : (int)y->record.source;

    if (from_x != from_y)
        return from_x - from_y;
    if (x->record.is_overlay != y->record.is_overlay)
        return x->record.is_overlay - y->record.is_overlay;
    return (x->id > y->id) - (x->id < y->id);
}

void tellings_sort(struct catalog_tellings *tellings)
{
    if (tellings->len > 1)
        qsort(tellings->at, tellings->len, sizeof tellings->at[0], compare);
}

static bool tellings(struct tx *tx, struct packer *packer, int64_t entry, bool is_bare,
                     struct arena *arena, struct catalog_tellings *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct catalog_tellings){ 0 };
    if (!store_select(tx, is_bare ? &sql_tellings_bare : &sql_tellings,
                      BINDS(bind_int("id", entry)), arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        struct catalog_told told = { .id = row_int(rows, "id") };
        struct str bytes;

        if (!is_bare) {
            told.first = row_utc(rows, "first_at");
            told.last = row_utc(rows, "last_at");
            told.is_ruled = row_int(rows, "is_ruled") != 0;
            told.format = row_text(rows, "format");
        }
        if (!batch_unpack(packer, row_text(rows, "bytes"), arena, &bytes, err) ||
            !catalog_record_decode(bytes, arena, &told.record, err))
            return PASS(err);
        VEC_PUSH(arena, out, told);
    }
    tellings_sort(out);
    return there == 0 ? true : PASS(err);
}

bool batch_tellings(struct tx *tx, struct packer *packer, int64_t entry, struct arena *arena,
                    struct catalog_tellings *out, struct err *err)
{
    return tellings(tx, packer, entry, true, arena, out, err) ? true : PASS(err);
}

bool catalog_entry_tellings(struct tx *tx, int64_t entry, struct arena *arena,
                            struct catalog_tellings *out, struct err *err)
{
    CLEANUP(lent_give_back) struct lent lent = packer_lend(tx);

    return tellings(tx, lent.packer, entry, false, arena, out, err) ? true : PASS(err);
}

/* rows: of sql_sent_of */
static bool unpack_sent(struct rows *rows, struct packer *packer, struct arena *arena,
                        struct str *out, struct err *err)
{
    bool is_beside = row_int(rows, "is_beside") != 0;
    struct str packed = row_text(rows, "bytes"), beside;

    if (!is_beside)
        return packer_unpack(packer, packed, CATALOG_SENT_MAX, arena, out, err) ? true : PASS(err);
    return batch_unpack(packer, row_text(rows, "body"), arena, &beside, err) &&
                   packer_unpack_beside(packer, packed, beside, CATALOG_SENT_MAX, arena, out, err)
               ? true
               : PASS(err);
}

bool catalog_source_text(struct tx *tx, int64_t record, struct arena *arena, struct str *format,
                         struct str *bytes, struct err *err)
{
    CLEANUP(lent_give_back) struct lent lent = packer_lend(tx);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;
    int64_t count;

    *format = *bytes = STR_NONE;
    if (!store_select(tx, &sql_sent_of, BINDS(bind_int("id", record)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1) {
        *format = row_text(rows, "format");
        return unpack_sent(rows, lent.packer, arena, bytes, err) ? true : PASS(err);
    }
    if (there < 0 ||
        !store_number(tx, &sql_record_is, BINDS(bind_int("id", record)), 0, &count, err))
        return PASS(err);
    return count > 0 ? true : FAIL(err, ABSENT, STR("record"));
}

bool catalog_record_is_ruled(struct tx *tx, int64_t record, bool *out, struct err *err)
{
    int64_t count;

    if (!store_number(tx, &sql_record_is_ruled, BINDS(bind_int("id", record)), 0, &count, err))
        return PASS(err);
    *out = count > 0;
    return true;
}

bool catalog_entry_past(struct tx *tx, int64_t entry, size_t limit, struct arena *arena,
                        struct catalog_pasts *out, struct err *err)
{
    CLEANUP(lent_give_back) struct lent lent = packer_lend(tx);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct catalog_pasts){ 0 };
    if (!store_select(tx, &sql_pasts,
                      BINDS(bind_int("id", entry), bind_int("limit", (int64_t)limit)), arena, &rows,
                      err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1) {
        struct catalog_past past = { .record = row_int(rows, "record_id"),
                                     .from = row_utc(rows, "from_at"),
                                     .until = row_utc(rows, "until_at") };
        struct str bytes;

        if (!batch_unpack(lent.packer, row_text(rows, "bytes"), arena, &bytes, err) ||
            !catalog_record_decode(bytes, arena, &past.was, err))
            return PASS(err);
        VEC_PUSH(arena, out, past);
    }
    return there == 0 ? true : PASS(err);
}

/* ---- KEV and EPSS ---- */

bool catalog_entry_kev(struct tx *tx, struct str name, struct arena *arena,
                       struct catalog_exploited *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct catalog_exploited){ 0 };
    if (!store_select(tx, &sql_kev_of, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there == 1)
        *out = (struct catalog_exploited){ .is_there = true,
                                           .is_ransomware = row_int(rows, "is_ransomware") != 0,
                                           .added = row_utc(rows, "added_at"),
                                           .due = row_utc(rows, "due_at"),
                                           .vendor = row_text(rows, "vendor"),
                                           .product = row_text(rows, "product"),
                                           .name = row_text(rows, "name"),
                                           .action = row_text(rows, "action"),
                                           .notes = row_text(rows, "notes") };
    return there >= 0 ? true : PASS(err);
}

/* catalog.c: write_past */
static struct catalog_chance read_past(const char *at)
{
    uint64_t word = 0;

    for (size_t i = EPSS_PAST; i-- > 0;)
        word = word << 8 | (unsigned char)at[i];
    return (struct catalog_chance){ .date = { (int64_t)(word >> 40) * UTC_DAY },
                                    .score = (int)(word >> 20 & 0xfffff),
                                    .percentile = (int)(word & 0xfffff) - 1 };
}

bool catalog_entry_epss(struct tx *tx, struct str name, struct arena *arena,
                        struct catalog_chances *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str past;
    int there;

    *out = (struct catalog_chances){ 0 };
    if (!store_select(tx, &sql_epss_of, BINDS(bind_text("name", name)), arena, &rows, err))
        return PASS(err);
    there = rows_next(rows, err);
    if (there != 1)
        return there == 0 ? true : PASS(err);
    VEC_PUSH(arena, out,
             (struct catalog_chance){ .date = row_utc(rows, "date"),
                                      .score = (int)row_int(rows, "score"),
                                      .percentile = (int)row_int(rows, "percentile") });
    for (past = row_text(rows, "past"); past.len >= EPSS_PAST; past = str_drop(past, EPSS_PAST))
        VEC_PUSH(arena, out, read_past(past.ptr));
    return true;
}
