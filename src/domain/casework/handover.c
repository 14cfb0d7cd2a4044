#include "domain/casework/handover.h"

#include "domain/access/outbox.h"
#include "domain/casework/intake.h"
#include "domain/casework/talk.h"
#include "domain/casework/words.h"
#include "store/store.h"

static int64_t officer_of(const struct product_case *c, unsigned body)
{
    return body & ROLE_RB ? c->rb_officer_id : c->cb_officer_id;
}

bool handover_choices(struct tx *tx, const struct subject *who, const struct product_case *c,
                      struct arena *arena, struct accounts *out, struct err *err)
{
    unsigned body = who->roles & (ROLE_RB | ROLE_CB);
    struct accounts all;

    *out = (struct accounts){ 0 };
    if (!body)
        return FAIL(err, NOT_YOUR_MOVE, STR("assign"));
    if (!account_list(tx, who->organisation_id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct account *a = &all.at[i];

        if ((a->roles & body) && a->state == ACCOUNT_ACTIVE && a->id != officer_of(c, body))
            VEC_PUSH(arena, out, *a);
    }
    return true;
}

bool handover_case(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str officer, struct str words, struct utc now, struct arena *arena,
                   struct err *err)
{
    bool is_rb = who->roles & ROLE_RB;
    struct news news = { .notice = is_rb ? "HANDED_RB" : "HANDED_CB", .case_id = c->id };
    const struct account *to = NULL;
    struct accounts choices;
    struct entry entry;

    if (!handover_choices(tx, who, c, arena, &choices, err))
        return PASS(err);
    for (size_t i = 0; i < choices.len; i++) {
        if (officer.len > 0 && str_eq(choices.at[i].public_id, officer))
            to = &choices.at[i];
    }
    if (!to)
        return FAIL(err, INPUT, STR("officer"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!case_assign(tx, who, c, to->id, now, arena, err) ||
        !talk_say(tx, who, c, is_rb ? THREAD_STAFF_RB : THREAD_STAFF_CB, NULL, TALK_MESSAGE, words,
                  now, arena, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return to->id == who->account_id || outbox_to_account(tx, &news, to->id, now, err) ? true
                                                                                       : PASS(err);
}
