/* domain/casework/unreachable_list.c: the public list of developers that cannot be reached, and what people write who may know one. */
#include "base/tr.h"
#include "domain/access/outbox.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/unreachable.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { LIST_MAX = 8 << 20 };

bool unreachable_list_revision(struct tx *tx, int64_t *out, struct err *err)
{
    return store_number(tx, &sql_unreachable_revision, NO_BINDS, 0, out, err) ? true : PASS(err);
}

/* ---- the record ---- */

static bool put_line(const struct casework *w, struct tx *tx, struct rows *rows,
                     struct arena *arena, struct buf *buf, struct err *err)
{
    static const char *const names[] = { "name_ja", "name_en", "url", "remark_ja", "remark_en" };
    struct str listed = STR_NONE, product = STR_NONE;
    struct product_case c;

    if (!case_load_any(w, tx, row_int(rows, "case_id"), arena, &c, err) ||
        !ledger_payload(tx, &c.key, row_int(rows, "listed_seq"), arena, &listed, err) ||
        (row_int(rows, "product_seq") &&
         !ledger_payload(tx, &c.key, row_int(rows, "product_seq"), arena, &product, err)))
        return PASS(err);
    record_put(buf, "number", row_text(rows, "number"));
    for (size_t i = 0; i < COUNT(names); i++)
        record_put(buf, names[i], record_get(listed, names[i]));
    record_put(buf, "product", record_get(product, "product"));
    record_put(buf, "versions", record_get(product, "versions"));
    record_put_int(buf, "listed_at", row_int(rows, "listed_at"));
    record_put_int(buf, "product_at", row_int(rows, "product_at"));
    record_put_int(buf, "deadline", row_int(rows, "deadline"));
    return true;
}

static bool put_counts(struct tx *tx, int64_t waiting, struct arena *arena, struct buf *buf,
                       struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_unreachable_counts, NO_BINDS, arena, &rows, err) ||
        !rows_one(rows, STR("counts"), err))
        return PASS(err);
    record_put_int(buf, "listed", row_int(rows, "listed"));
    record_put_int(buf, "resumed", row_int(rows, "resumed"));
    record_put_int(buf, "completed", row_int(rows, "completed"));
    record_put_int(buf, "waiting", waiting);
    return true;
}

bool unreachable_list_record(const struct casework *w, struct tx *tx, struct arena *arena,
                             struct str *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct buf buf = buf_new(arena, LIST_MAX);
    int64_t waiting = 0;
    int got;

    if (!store_select(tx, &sql_unreachable_public, NO_BINDS, arena, &rows, err))
        return PASS(err);
    for (; (got = rows_next(rows, err)) > 0; waiting++) {
        if (!put_line(w, tx, rows, arena, &buf, err))
            return PASS(err);
    }
    return got == 0 && put_counts(tx, waiting, arena, &buf, err) && buf_done(&buf, out, err)
               ? true
               : PASS(err);
}

static struct str nth(struct str record, const char *name, size_t i)
{
    struct str value;

    return record_get_nth(record, name, i, &value) ? value : STR_NONE;
}

static struct utc nth_utc(struct str record, const char *name, size_t i)
{
    struct err ignored = { 0 };
    int64_t ms = 0;

    if (!str_to_int(nth(record, name, i), 0, INT64_MAX, &ms, &ignored))
        return (struct utc){ 0 };
    return (struct utc){ ms };
}

bool unreachable_from_record(struct str record, struct arena *arena, struct unreachable_public *out,
                             struct err *err)
{
    struct str number;

    *out = (struct unreachable_public){ 0 };
    if (record.len > 0 && !record_is_valid(record))
        return FAIL(err, STORE, STR("the list of unreachable developers"));
    for (size_t i = 0; record_get_nth(record, "number", i, &number); i++)
        VEC_PUSH(arena, out,
                 (struct unreachable_line){ .number = number,
                                            .notice = { .name_ja = nth(record, "name_ja", i),
                                                        .name_en = nth(record, "name_en", i),
                                                        .url = nth(record, "url", i),
                                                        .remark_ja = nth(record, "remark_ja", i),
                                                        .remark_en = nth(record, "remark_en", i),
                                                        .product = nth(record, "product", i),
                                                        .versions = nth(record, "versions", i) },
                                            .listed_at = nth_utc(record, "listed_at", i),
                                            .product_at = nth_utc(record, "product_at", i),
                                            .deadline = nth_utc(record, "deadline", i) });
    out->listed = record_get_int(record, "listed", 0);
    out->resumed = record_get_int(record, "resumed", 0);
    out->completed = record_get_int(record, "completed", 0);
    out->waiting = record_get_int(record, "waiting", 0);
    return true;
}

/* ---- answers ---- */

const char *unreachable_answer_fault(struct str form, const char **field)
{
    struct str text = str_trim(record_get(form, "text")),
               contact = str_trim(record_get(form, "contact")),
               number = str_trim(record_get(form, "number"));

    *field = "number";
    if (number.len == 0 || !str_is_plain(number, false))
        return N_("Please enter the inquiry number as it stands in the list.");
    *field = "text";
    if (text.len == 0 || !str_is_plain(text, true) || str_code_points(text) > UNREACHABLE_TEXT_MAX)
        return N_("Please write what you know, in up to 4,000 characters.");
    *field = "contact";
    if (!str_is_plain(contact, false) || str_code_points(contact) > UNREACHABLE_CONTACT_MAX)
        return N_("Please write on one line how we can reach you, or leave it empty.");
    return NULL;
}

static bool find(struct tx *tx, struct str number, struct arena *arena, struct unreachable *out,
                 struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_unreachable_by_number, BINDS(bind_text("number", number)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? FAIL(err, INPUT, STR("number")) : PASS(err);
    *out = (struct unreachable){ .id = row_int(rows, "id"),
                                 .case_id = row_int(rows, "case_id"),
                                 .participant_id = row_int(rows, "participant_id") };
    return true;
}

bool unreachable_answered(const struct casework *w, struct tx *tx, struct str form, struct utc now,
                          struct arena *arena, struct err *err)
{
    /* Whoever wrote it is not known to the system; the program kept it. */
    static const struct subject keeper = { .kind = SUBJECT_COMMAND };
    struct buf buf = buf_new(arena, 65536);
    struct details details = { 0 };
    struct unreachable u;
    struct product_case c;
    struct entry entry;
    const char *field;

    if (unreachable_answer_fault(form, &field))
        return FAIL(err, INPUT, str_from_z(field));
    if (!find(tx, str_trim(record_get(form, "number")), arena, &u, err) ||
        !case_load_by_id(w, tx, u.case_id, arena, &c, err))
        return PASS(err);
    record_put(&buf, "text", str_trim(record_get(form, "text")));
    record_put(&buf, "contact", str_trim(record_get(form, "contact")));
    details.ref = u.id;
    return buf_done(&buf, &details.payload, err) &&
                   case_note(tx, &keeper, &c, u.participant_id, "unreachable.answered", &details,
                             now, arena, &entry, err) &&
                   outbox_to_role(tx,
                                  &(struct news){ .notice = "UNREACHABLE_ANSWER",
                                                  .case_id = c.id,
                                                  .participant_id = u.participant_id,
                                                  .seq = entry.seq },
                                  ROLE_CB, now, err)
               ? true
               : PASS(err);
}

bool unreachable_answers(struct tx *tx, const struct product_case *c, const struct unreachable *u,
                         struct arena *arena, struct unreachable_answers *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct unreachable_answers){ 0 };
    if (!store_select(tx, &sql_unreachable_answers, BINDS(bind_int("id", u->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record;

        if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct unreachable_answer){ .text = record_get(record, "text"),
                                              .contact = record_get(record, "contact"),
                                              .at = row_utc(rows, "at") });
    }
    return got == 0 ? true : PASS(err);
}
