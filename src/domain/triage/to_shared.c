/* domain/triage/to_shared.c: what the writers of documents share. */
#include <stdlib.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "domain/triage/report_internal.h"

static int compare(const void *a, const void *b, void *with)
{
    const struct findings *findings = with;
    const struct finding *x = &findings->at[*(const size_t *)a],
                         *y = &findings->at[*(const size_t *)b];
    int by_id = str_cmp(x->id, y->id);

    if (by_id != 0)
        return by_id;
    return x->component < y->component ? -1 : x->component > y->component;
}

struct report_places report_by_id(const struct report *report, struct arena *arena)
{
    struct report_places all = { 0 };

    for (size_t i = 0; i < report->findings->len; i++)
        VEC_PUSH(arena, &all, i);
    if (all.len > 0)
        qsort_r(all.at, all.len, sizeof *all.at, compare, report->findings);
    return all;
}

size_t report_run_end(const struct report *report, const struct report_places *by_id, size_t from)
{
    struct str id = report->findings->at[by_id->at[from]].id;
    size_t end = from + 1;

    while (end < by_id->len && str_eq(report->findings->at[by_id->at[end]].id, id))
        end++;
    return end;
}

struct str report_uri(const struct report *report, const struct report_author *author,
                      struct arena *arena)
{
    struct buf name = buf_new(arena, report->target.len + 1);

    for (size_t i = 0; i < report->target.len; i++)
        buf_byte(&name, ascii_is_alnum(report->target.ptr[i]) ? report->target.ptr[i] : '-');
    return arena_printf(arena, "%.*s/scans/%.*s/%lld", STR_ARG(author->namespace_uri),
                        STR_ARG(buf_str(&name)), (long long)report->made.ms);
}

struct str report_why(const struct finding_statement *statement, struct arena *arena)
{
    struct str until = statement->until.ms != 0
                           ? arena_printf(arena, ", until %.*s",
                                          STR_ARG(str_take(utc_iso_jst(arena, statement->until),
                                                           sizeof "2026-11-21" - 1)))
                           : STR(""),
               why = statement->reason.len > 0 ? statement->reason : statement->justification;

    return arena_printf(arena, "%.*s: %.*s (%.*s%.*s)",
                        STR_ARG(triage_verdict_word(statement->verdict)), STR_ARG(why),
                        STR_ARG(statement->from), STR_ARG(until));
}

struct str report_remedy(const struct finding *finding, struct arena *arena)
{
    if (finding->fixed.len == 0)
        return STR("No fixed version is named. See the references for workarounds.");
    return arena_printf(arena, "Update to %.*s or later.", STR_ARG(finding->fixed.at[0]));
}

bool report_is_purl(struct str text) { return str_starts(text, STR("pkg:")); }
