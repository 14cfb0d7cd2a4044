#include "domain/casework/eol.h"

#include "base/tr.h"
#include "domain/casework/coordination.h"
#include "domain/casework/eol.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { LINE_MAX_CHARS = 500, RECORD_MAX = 65536 };

const struct eol_advice eol_advices[] = {
    { "WORKAROUND", N_("Use the workaround") },
    { "STOP_USE", N_("Stop using the product") },
    { "SUCCESSOR", N_("Move to the successor") },
    { NULL, NULL },
};

bool eol_load(struct tx *tx, const struct product_case *c, struct arena *arena, struct eol *out,
              struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str record;
    int got;

    *out = (struct eol){ 0 };
    if (!store_select(tx, &sql_eol_of, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
        return PASS(err);
    out->recorded_at = row_utc(rows, "at");
    out->facts = (struct eol_facts){ .url = record_get(record, "url"),
                                     .embedded = record_get(record, "embedded"),
                                     .successor = record_get(record, "successor"),
                                     .advice = row_text(rows, "advice"),
                                     .declared_at = row_utc(rows, "declared_at"),
                                     .ends_at = row_utc(rows, "ends_at"),
                                     .ci_use = row_int(rows, "ci_use") != 0,
                                     .small_impact = row_int(rows, "small_impact") != 0 };
    return true;
}

/* ---- recording ---- */

static bool is_line(struct str text)
{
    return str_is_utf8(text) && str_is_plain(text, false) &&
           str_code_points(text) <= LINE_MAX_CHARS;
}

static bool is_advice(struct str code)
{
    for (const struct eol_advice *a = eol_advices; a->code; a++) {
        if (str_eq_z(code, a->code))
            return true;
    }
    return code.len == 0;
}

static bool check(const struct eol_facts *f, struct utc now, struct err *err)
{
    if (!is_line(f->url) ||
        (!str_starts(f->url, STR("https://")) && !str_starts(f->url, STR("http://"))))
        return FAIL(err, INPUT, STR("url"));
    if (!f->declared_at.ms || f->declared_at.ms > now.ms)
        return FAIL(err, INPUT, STR("declared_at"));
    if (!f->ends_at.ms)
        return FAIL(err, INPUT, STR("ends_at"));
    if (!words_are_fine_or_none(f->embedded))
        return FAIL(err, INPUT, STR("embedded"));
    if (!is_advice(f->advice))
        return FAIL(err, INPUT, STR("advice"));
    if (!is_line(f->successor) ||
        (str_eq(f->advice, STR("SUCCESSOR")) && str_trim(f->successor).len == 0))
        return FAIL(err, INPUT, STR("successor"));
    return true;
}

bool eol_record(const struct casework *w, struct tx *tx, const struct subject *who,
                struct product_case *c, const struct eol_facts *f, const struct eol_others *others,
                struct utc now, struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 256), payload = buf_new(arena, RECORD_MAX);
    struct details details = { .code = f->advice, .n = f->ends_at };
    struct developer added;
    struct entry entry;

    if (!coordination_may(who, c, err) || !check(f, now, err))
        return PASS(err);
    record_put_int(&facts, "declared_at", f->declared_at.ms);
    record_put_int(&facts, "ci_use", f->ci_use);
    record_put_int(&facts, "small_impact", f->small_impact);
    record_put(&payload, "url", f->url);
    record_put(&payload, "embedded", str_trim(f->embedded));
    record_put(&payload, "successor", str_trim(f->successor));
    if (!buf_done(&facts, &details.facts, err) || !buf_done(&payload, &details.payload, err) ||
        !case_note(tx, who, c, 0, "eol.recorded", &details, now, arena, &entry, err))
        return PASS(err);
    for (size_t i = 0; i < others->len; i++) {
        if (!coordination_add(w, tx, who, c, others->at[i], now, arena, &added, err))
            return PASS(err);
    }
    return true;
}

/* ---- which case it is ---- */

bool eol_has_ended(const struct eol *eol, struct utc now)
{
    return eol->recorded_at.ms && eol->facts.ends_at.ms <= now.ms;
}

bool eol_is_problem_case(const struct eol *eol, struct utc now)
{
    return eol_has_ended(eol, now) && eol->facts.ci_use && eol->facts.embedded.len > 0;
}

/* What all developers of the case together have said. */
struct said {
    bool told, mends, stops, refuses, silent;
};

static struct said said_by(const struct developers *developers)
{
    struct said s = { 0 };

    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];

        s.told |= d->summary_at.ms != 0;
        s.mends |=
            str_eq(d->countermeasure, STR("FIX")) || str_eq(d->countermeasure, STR("WORKAROUND"));
        s.stops |= str_eq(d->countermeasure, STR("STOP_USE"));
        s.refuses |= d->state == DEVELOPER_REFUSED;
        s.silent |= d->state == DEVELOPER_UNREACHABLE || d->state == DEVELOPER_NO_REPLY;
    }
    return s;
}

enum eol_case eol_case_of(const struct eol *eol, const struct developers *developers,
                          struct utc now)
{
    struct said said = said_by(developers);

    if (!eol_has_ended(eol, now))
        return EOL_NONE;
    if (said.mends)
        return EOL_B;
    if (said.stops)
        return EOL_C;
    if (said.told && eol->facts.small_impact)
        return EOL_A;
    return said.refuses ? EOL_D : said.silent ? EOL_E : EOL_OPEN;
}

const char *eol_case_words(enum eol_case which)
{
    static const char *const words[EOL_CASES] = {
        [EOL_OPEN] = N_("Not decided yet: the developer has not answered"),
        [EOL_A] = N_("A: told, and the impact is small; handling may end"),
        [EOL_B] = N_("B: there is a countermeasure, and the developer agrees to publication"),
        [EOL_C] = N_("C: the developer agrees to publish the advice to stop using it"),
        [EOL_D] = N_("D: the developer refuses; for the publication judgement committee"),
        [EOL_E] = N_(
            "E: the developer cannot be reached or does not answer; for the publication judgement committee"),
    };

    return words[which];
}
