#include "faces/desk/casework/foresee.h"

#include "base/buf.h"
#include "base/err.h"

enum { WORDS_MAX = 4096 };

static void add(struct buf *out, struct str sentence)
{
    if (out->len > 0)
        buf_byte(out, '\n');
    buf_add(out, sentence);
}

static struct str days(const struct request *req, const struct foresight *f)
{
    return tr_number(req->arena, f->discloses_after_days);
}

static struct str day(const struct request *req, struct utc t)
{
    return tr_date(req->arena, req->lang, t);
}

bool foresee(struct request *req, struct tx *tx, const struct product_case *c,
             struct str organisation, struct str *out, struct err *err)
{
    struct buf words = buf_new(req->arena, WORDS_MAX);
    struct foresight f;

    if (!foresight_of(&desk_of(req)->casework, tx, c, organisation, req->now, req->arena, &f, err))
        return PASS(err);
    if (f.tell_from.ms)
        add(&words,
            tr_fill(
                req->arena, req->lang,
                N_("It publishes by itself {days} days after it is told. Told today, that would be {date}, before the publication of {planned}. You can bring the publication forward, tell it from {from} on, or leave it to the publication."),
                TR_ARGS({ "days", days(req, &f) }, { "date", day(req, f.would_publish) },
                        { "planned", day(req, f.planned) }, { "from", day(req, f.tell_from) })));
    else if (f.would_publish.ms)
        add(&words,
            tr_fill(
                req->arena, req->lang,
                N_("It publishes by itself {days} days after it is told. Told today, that would be {date}, not before the publication of {planned}."),
                TR_ARGS({ "days", days(req, &f) }, { "date", day(req, f.would_publish) },
                        { "planned", day(req, f.planned) })));
    if (f.reports_to.len > 0)
        add(&words, tr_fill(req->arena, req->lang, N_("Once told, it must report to: {whom}"),
                            TR_ARGS({ "whom", f.reports_to })));
    if (f.breaches > 0)
        add(&words, tr_fill(req->arena, req->lang,
                            N_("It has published before an agreed date: {count} times on record."),
                            TR_ARGS({ "count", tr_number(req->arena, f.breaches) })));
    return buf_done(&words, out, err) ? true : PASS(err);
}
