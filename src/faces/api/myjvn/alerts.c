/* getAlertList: our own published advisories. */
#include "base/err.h"
#include "domain/advisory/index.h"
#include "domain/advisory/world.h"
#include "faces/api/myjvn/answers.h"
#include "faces/public/context.h"
#include "store/generation.h"
#include <stdlib.h>

struct myjvn_alerts myjvn_alerts_head(const struct myjvn_answering *answering)
{
    const struct settings *settings = public_of(answering->req)->settings;
    struct arena *arena = answering->req->arena;

    return (struct myjvn_alerts){
        .title =
            arena_printf(arena, "%.*s 注意警戒サービスAPI", STR_ARG(settings->publisher_name_ja)),
        .id = STR("swid:ipa.go.jp+myjvn_alert+1.0.0"),
        .url = arena_printf(arena, "%.*s/apis/myjvn/", STR_ARG(settings->portal_url)),
        .author = settings->publisher_name_ja,
        .author_url = settings->publisher_namespace,
        .updated = answering->req->now,
    };
}

static enum myjvn_grade grade_of(const struct advisory_row *row)
{
    static const struct {
        struct str word;
        enum myjvn_grade grade;
    } grades[] = { { STR_INIT("LOW"), MYJVN_LOW },
                   { STR_INIT("MEDIUM"), MYJVN_MEDIUM },
                   { STR_INIT("HIGH"), MYJVN_HIGH },
                   { STR_INIT("CRITICAL"), MYJVN_CRITICAL } };

    for (size_t i = 0; !row->is_critical && i < COUNT(grades); i++)
        if (str_eq(row->severity, grades[i].word))
            return grades[i].grade;
    return row->is_critical ? MYJVN_CRITICAL : MYJVN_INFO;
}

static bool is_of_year(struct utc t, int64_t year)
{
    return year == 0 || utc_to_jst(t).year == year;
}

/* What the catalogue knows of its CVEs' products. */
static bool cpes_of(struct myjvn_answering *answering, const struct advisory_row *row,
                    struct myjvn_texts *out, struct err *err)
{
    struct str rest = row->cves, cve;

    while (answering->tx && rest.len > 0 && str_split(&rest, '\n', &cve))
        if (cve.len > 0 && !myjvn_cpes_about(answering->tx, cve, answering->req->arena, out, err))
            return PASS(err);
    return true;
}

static struct myjvn_alert alert_of(const struct myjvn_answering *answering,
                                   const struct advisory_row *row, const struct myjvn_texts *cpes)
{
    struct arena *arena = answering->req->arena;
    struct str url = arena_printf(arena, "%.*s/advisories/%.*s", STR_ARG(answering->site.url),
                                  STR_ARG(row->slug));
    struct myjvn_alert alert = { .title = row->title_ja,
                                 .id = row->number,
                                 .summary = row->overview_ja,
                                 .url = url,
                                 .grade = grade_of(row),
                                 .published = row->published_at,
                                 .updated = row->updated_at };
    struct myjvn_notice notice = { .title = row->title_ja,
                                   .id = arena_printf(arena, "%.*s-0001", STR_ARG(row->number)),
                                   .url = url,
                                   .author = answering->site.publisher_ja,
                                   .published = row->published_at,
                                   .updated = row->updated_at };

    for (size_t i = 0; i < cpes->len; i++)
        VEC_PUSH(arena, &notice.cpes, cpes->at[i]);
    VEC_PUSH(arena, &alert.notices, notice);
    return alert;
}

static int by_update(const void *left, const void *right)
{
    const struct advisory_row *a = left, *b = right;
    int64_t difference = b->updated_at.ms - a->updated_at.ms;

    return difference != 0 ? (difference > 0 ? 1 : -1) : str_cmp(b->number, a->number);
}

static bool is_touched(const struct myjvn_request *asked, const struct myjvn_texts *cpes,
                       struct arena *arena)
{
    for (size_t i = 0; i < cpes->len; i++)
        if (myjvn_is_chosen(&asked->search.choice.cpes, cpes->at[i], arena))
            return true;
    return asked->search.choice.cpes.len == 0;
}

static bool take(struct myjvn_answering *answering, const struct advisory_rows *rows,
                 struct myjvn_alerts *out, struct err *err)
{
    const struct myjvn_request *asked = answering->asked;
    struct arena *arena = answering->req->arena;
    int64_t total = 0;

    for (size_t i = 0; i < rows->len; i++) {
        const struct advisory_row *row = &rows->at[i];
        struct myjvn_texts cpes = { 0 };

        if (!is_of_year(row->updated_at, asked->updated_year) ||
            !is_of_year(row->published_at, asked->issued_year))
            continue;
        if (!cpes_of(answering, row, &cpes, err))
            return PASS(err);
        if (!is_touched(asked, &cpes, arena))
            continue;
        if (total >= asked->start - 1 && total < asked->start - 1 + asked->count)
            VEC_PUSH(arena, &out->entries, alert_of(answering, row, &cpes));
        total++;
    }
    answering->asked->status.total = total;
    answering->asked->status.returned = (int64_t)out->entries.len;
    answering->asked->status.first = asked->start;
    return true;
}

bool myjvn_answer_alerts(struct myjvn_answering *answering, struct err *err)
{
    CLEANUP(generation_close_var)
    struct generation *generation = watch_now(public_of(answering->req)->watch);
    struct myjvn_alerts alerts = myjvn_alerts_head(answering);
    struct advisory_rows rows = { 0 };
    struct segment_entry entry;

    if (generation_find(generation, STR(INDEX_PATH), &entry) &&
        !index_read(entry.body, answering->req->arena, &rows, err))
        return PASS(err);
    if (rows.len > 1)
        qsort(rows.at, rows.len, sizeof *rows.at, by_update);
    alerts.has_entries = true;
    if (!take(answering, &rows, &alerts, err))
        return PASS(err);
    (answering->asked->is_json ? myjvn_write_alerts_json : myjvn_write_alerts)(
        &alerts, &answering->asked->status, answering->out);
    return true;
}
