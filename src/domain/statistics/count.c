/* domain/statistics/count.c: the ledger read once, case by case. */
#include "base/err.h"
#include "base/record.h"
#include "domain/access/partner.h"
#include "domain/statistics/statistics.sql.h"
#include "domain/statistics/tally.h"
#include "store/store.h"

enum { ROWS_MEMORY = 1 << 30 };

/* The case whose entries are being read. */
struct reading {
    struct tally *tally;
    int64_t case_id;
    struct counted_case c;
    uint64_t provided; /* the case, to which sectors; bits by their place in the list */
};

static bool end_case(struct reading *r, struct err *err)
{
    if (!tally_case(r->tally, &r->c, err))
        return PASS(err);
    r->c = (struct counted_case){ 0 };
    r->provided = 0;
    return true;
}

static void begin_case(struct reading *r, struct rows *rows, bool is_product)
{
    struct str facts = row_text(rows, "facts");

    r->c = (struct counted_case){
        .is_product = is_product,
        .origin = record_get(facts, "origin"),
        .category = record_get(facts, "category"),
        .is_iot = record_get_int(facts, "is_iot", 0) != 0,
    };
}

static void decided(struct reading *r, struct utc at, bool is_accepted)
{
    r->c.decided_at = at;
    if (is_accepted)
        r->c.accepted_at = at;
}

/* A developer's own report is accepted as it comes (INT-18). */
static void take_product(struct reading *r, struct rows *rows, struct str kind, struct utc at)
{
    bool is_own = str_eq_z(kind, "report.own_product");

    if (str_eq_z(kind, "report.submitted") || is_own)
        begin_case(r, rows, true);
    if (str_eq_z(kind, "report.accepted") || is_own)
        decided(r, at, true);
    else if (str_eq_z(kind, "report.not_accepted"))
        decided(r, at, false);
    else if (str_eq_z(kind, "case.published") || str_eq_z(kind, "case.followed"))
        r->c.published_at = at;
    else if (str_eq_z(kind, "advisory.published") && row_int(rows, "n") == 1)
        tally_entry(r->tally, row_text(rows, "code"), r->c.origin);
}

static void take_website(struct reading *r, struct rows *rows, struct str kind, struct utc at)
{
    if (str_eq_z(kind, "website.submitted"))
        begin_case(r, rows, false);
    else if (str_eq_z(kind, "website.accepted"))
        decided(r, at, true);
    else if (str_eq_z(kind, "website.not_accepted"))
        decided(r, at, false);
    else if (str_eq_z(kind, "website.stage3_sent"))
        r->c.detailed_at = at;
    else if (str_eq_z(kind, "website.fixed")) {
        r->c.fixed_at = at;
        r->c.fix_kind = row_text(rows, "code");
    }
}

/* A case counts once in each sector, however many recipients of it were told. */
static void take_provision(struct reading *r, struct rows *rows)
{
    struct str sector = row_text(rows, "code");

    for (size_t i = 0; sectors[i].code; i++) {
        if (!str_eq_z(sector, sectors[i].code) || r->provided >> i & 1)
            continue;
        r->provided |= UINT64_C(1) << i;
        tally_provision(r->tally, sector, row_utc(rows, "at"));
    }
}

static void take(struct reading *r, struct rows *rows)
{
    struct str kind = row_text(rows, "kind"), state = row_text(rows, "to_state");

    if (str_eq_z(kind, "provision.made"))
        take_provision(r, rows);
    else if (str_starts(kind, STR("website.")))
        take_website(r, rows, kind, row_utc(rows, "at"));
    else
        take_product(r, rows, kind, row_utc(rows, "at"));
    if (state.len > 0) {
        r->c.state = state;
        r->c.code = row_text(rows, "code");
    }
}

bool statistics_count(struct tx *tx, const struct statistics_rules *rules, struct utc until,
                      struct arena *arena, struct statistics *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *memory = arena_new(ROWS_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct reading r = { .tally = tally_new(rules, until, arena) };
    int got;

    if (!store_select(tx, &sql_statistics_entries, BINDS(bind_utc("until", until)), memory, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        if (row_int(rows, "case_id") != r.case_id && !end_case(&r, err))
            return PASS(err);
        r.case_id = row_int(rows, "case_id");
        take(&r, rows);
    }
    if (got < 0 || !end_case(&r, err))
        return PASS(err);
    tally_end(r.tally, out);
    return true;
}
