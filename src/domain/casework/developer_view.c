#include "domain/casework/developer_view.h"

#include "base/err.h"
#include "domain/casework/intake.h"

bool developer_view_load(struct tx *tx, const struct product_case *c, const struct developer *d,
                         const struct grant *grant, struct arena *arena, struct developer_view *out,
                         struct err *err)
{
    struct developer_view v = { .title = c->title };

    if (!report_texts(tx, c, grant, arena, &v.texts, err) ||
        !answer_load(tx, c, d, arena, &v.last, err))
        return PASS(err);
    v.own = v.last;
    if ((grant->full | grant->part) & SEES_V)
        v.summary = c->summary;
    if (grant_sees(grant, SEES_D))
        v.publication_date = c->publication_date;
    if (!grant_sees(grant, SEES_OWN_S)) {
        v.own.words = v.own.status_words = STR_NONE;
        v.own.products = (struct product_results){ 0 };
    }
    if (!grant_sees(grant, SEES_OWN_M))
        v.own.statement_ja = v.own.statement_en = v.own.url = STR_NONE;
    *out = v;
    return true;
}

bool developer_sees_entry(const struct developer *d, const struct entry *entry)
{
    static const char *const for_all[] = { "date.set", "date.changed", "case.published",
                                           "case.updated" };
    static const char *const for_bodies[] = { "participant.added", "contact.attempted",
                                              "observation.dismissed", "participant.breached" };

    if (entry->participant_id == d->id) {
        for (size_t i = 0; i < COUNT(for_bodies); i++) {
            if (str_eq_z(entry->kind, for_bodies[i]))
                return false;
        }
        return !str_starts(entry->kind, STR("unreachable."));
    }
    for (size_t i = 0; i < COUNT(for_all); i++) {
        if (str_eq_z(entry->kind, for_all[i]))
            return true;
    }
    return str_starts(entry->kind, STR("withdrawal."));
}
