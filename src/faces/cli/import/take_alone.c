/* In this process, where there is no catalogue: what the child answers is checked once more and goes into the match index. */
#include "base/err.h"
#include "base/shape.h"
#include "domain/matching/alone.h"
#include "faces/cli/import/take_internal.h"

static bool take_record(struct import_taking *taking, struct str bytes, struct err *err)
{
    struct catalog_record record;
    enum catalog_change change;
    struct err why = { 0 };

    if (!catalog_record_decode(bytes, taking->arena, &record, &why))
        return import_refuse(taking, taking->file, 0, str_from_z(why.subject), STR_NONE, err)
                   ? true
                   : PASS(err);
    if (!alone_record(taking->alone, &record, &change, err))
        return PASS(err);
    catalog_count(&taking->counts, change);
    return true;
}

static bool take_records(struct import_taking *taking, struct str bytes, struct err *err)
{
    while (bytes.len > 0) {
        struct str body;

        if (!take_part(&bytes, &body))
            return FAIL(err, WORKER, STR("its answer cannot be read"));
        if (!take_record(taking, body, err))
            return PASS(err);
    }
    return true;
}

static bool take_kev(struct import_taking *taking, const struct import_kev *kev, struct err *err)
{
    bool is_new = alone_kev_begin(taking->alone, kev->released);

    for (size_t i = 0; i < kev->items.len; i++)
        catalog_count(&taking->counts,
                      is_new ? alone_kev(taking->alone, &kev->items.at[i]) : CATALOG_UNCHANGED);
    return take_refusals(taking, &kev->refused, err) ? true : PASS(err);
}

static bool take_epss(struct import_taking *taking, const struct import_epss *epss, struct err *err)
{
    for (size_t i = 0; i < epss->rows.len; i++) {
        const struct import_score *score = &epss->rows.at[i];
        const struct epss_row row = { score->cve, score->score, score->percentile - 1 };

        catalog_count(&taking->counts, alone_epss(taking->alone, &row, epss->date));
    }
    return take_refusals(taking, &epss->refused, err) ? true : PASS(err);
}

bool import_take_alone(void *task, struct str answer, struct err *err)
{
    struct import_taking *taking = task;
    struct import_refusals refusals = { 0 };
    struct import_kev kev = { 0 };
    struct import_epss epss = { 0 };
    struct str bytes;

    if (!take_begin(taking, answer, err))
        return PASS(err);
    bytes = str_drop(answer, 1);
    switch (answer.ptr[0]) {
    case ANSWER_PLAIN:
        return take_records(taking, bytes, err) ? true : PASS(err);
    case ANSWER_REFUSED:
        return take_shape(taking, &import_refusals_shape, bytes, &refusals, err) &&
                       take_refusals(taking, &refusals, err)
                   ? true
                   : PASS(err);
    case ANSWER_KEV:
        return take_shape(taking, &import_kev_shape, bytes, &kev, err) &&
                       take_kev(taking, &kev, err)
                   ? true
                   : PASS(err);
    case ANSWER_EPSS:
        return take_shape(taking, &import_epss_shape, bytes, &epss, err) &&
                       take_epss(taking, &epss, err)
                   ? true
                   : PASS(err);
    case ANSWER_LISTED:
    case ANSWER_CPE:
    case ANSWER_REFERENCE:
        catalog_count(&taking->counts, CATALOG_UNCHANGED); /* nothing for an index */
        return true;
    default:
        return FAIL(err, WORKER, STR("its answer cannot be read"));
    }
}
