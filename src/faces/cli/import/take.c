/* In this process: what the child answers is checked once more and kept. */
#include "base/err.h"
#include "base/shape.h"
#include "domain/catalog/cpe_names.h"
#include "domain/catalog/reference.h"
#include "domain/myjvn/items.h"
#include "faces/cli/import/take_internal.h"
#include "formats/archive/pack.h"

static bool put(struct import_taking *taking, enum catalog_change change)
{
    catalog_count(&taking->counts, change);
    return true;
}

bool import_refuse(struct import_taking *taking, struct str file, int64_t line, struct str reason,
                   struct str bytes, struct err *err)
{
    taking->counts.read++;
    taking->counts.refused++;
    if (taking->told)
        taking->told(taking->context, file, line, reason);
    return taking->is_retry || taking->alone ||
                   catalog_refuse(taking->tx, taking->import, file, line, reason, bytes,
                                  taking->arena, err)
               ? true
               : PASS(err);
}

/* The path a person knows: of a bundle's member, or of the archive with its member behind it. */
static struct str name_of(const struct import_taking *taking, struct str member)
{
    struct err ignored = { 0 };
    int64_t place;

    if (member.len == 0)
        return taking->file;
    if (!taking->members)
        return arena_printf(taking->arena, "%.*s:%.*s", STR_ARG(taking->file), STR_ARG(member));
    if (!str_to_int(member, 0, (int64_t)taking->members->len - 1, &place, &ignored))
        return taking->file;
    return taking->members->at[place].path;
}

bool take_refusals(struct import_taking *taking, const struct import_refusals *refusals,
                   struct err *err)
{
    for (size_t i = 0; i < refusals->list.len; i++) {
        const struct import_refusal *one = &refusals->list.at[i];
        struct str reason = str_is_plain(one->reason, false) ? one->reason : STR("?"),
                   member = str_is_plain(one->member, false) ? one->member : STR("?");

        if (!import_refuse(taking, name_of(taking, member), one->line, reason, one->bytes, err))
            return PASS(err);
    }
    return true;
}

static bool take_record(struct import_taking *taking, struct catalog_sent *sent, struct err *err)
{
    struct catalog_record record;
    enum catalog_change change;
    struct err why = { 0 };
    struct str bytes;

    if (!packer_unpack(taking->packer, sent->body, CATALOG_RECORD_MAX, taking->arena, &bytes,
                       &why) ||
        !catalog_record_decode(bytes, taking->arena, &record, &why))
        return import_refuse(taking, taking->file, 0, str_from_z(why.subject), STR_NONE, err)
                   ? true
                   : PASS(err);
    return catalog_put(taking->batch, &record, bytes, sent, taking->arena, &change, err) &&
                   put(taking, change)
               ? true
               : PASS(err);
}

bool take_part(struct str *bytes, struct str *out)
{
    struct str head = str_take(*bytes, 4);
    size_t len = 0;

    for (size_t i = head.len; i-- > 0;)
        len = len << 8 | (unsigned char)head.ptr[i];
    *bytes = str_drop(*bytes, 4);
    if (head.len < 4 || len > bytes->len)
        return false;
    *out = str_take(*bytes, len);
    *bytes = str_drop(*bytes, len);
    return true;
}

static bool take_records(struct import_taking *taking, struct str bytes, bool is_only,
                         struct err *err)
{
    struct catalog_sent sent = { .is_beside = is_only };
    unsigned char format = bytes.len > 0 ? (unsigned char)bytes.ptr[0] : IMPORT_FORMATS;

    bytes = str_drop(bytes, 1);
    if (format >= IMPORT_FORMATS || !take_part(&bytes, &sent.packed))
        return FAIL(err, WORKER, STR("its answer cannot be read"));
    sent.format = import_format_name(format);
    while (bytes.len > 0) {
        if (!take_part(&bytes, &sent.body) || (is_only && bytes.len > 0))
            return FAIL(err, WORKER, STR("its answer cannot be read"));
        if (!take_record(taking, &sent, err))
            return PASS(err);
    }
    return true;
}

/* What JVN told, and the record that it means. */
static bool take_told(struct import_taking *taking, struct str bytes, struct err *err)
{
    enum catalog_change change;
    struct myjvn_told told;
    struct str part;

    if (!take_part(&bytes, &part))
        return FAIL(err, WORKER, STR("its answer cannot be read"));
    return myjvn_told_read(part, taking->arena, &told, err) &&
                   myjvn_put(taking->tx, &told, part, taking->jvn_words, taking->packer,
                             taking->arena, &change, err) &&
                   take_records(taking, bytes, true, err)
               ? true
               : PASS(err);
}

static bool take_listing(struct import_taking *taking, const struct myjvn_listing *listing,
                         struct err *err)
{
    for (size_t i = 0; i < listing->list.len; i++) {
        enum catalog_change change;
        struct err why = { 0 };

        if (myjvn_put_listed(taking->tx, &listing->list.at[i], taking->arena, &change, &why)) {
            put(taking, change);
        } else if (why.code != ERR_CATALOG_RECORD) {
            *err = why;
            return PASS(err);
        } else if (!import_refuse(taking, taking->file, 0, str_from_z(why.subject), STR_NONE,
                                  err)) {
            return PASS(err);
        }
    }
    return true;
}

static bool take_kev(struct import_taking *taking, const struct import_kev *kev, struct err *err)
{
    bool is_old;

    if (!catalog_kev_begin(taking->batch, kev->released, &is_old, err))
        return PASS(err);
    for (size_t i = 0; i < kev->items.len; i++) {
        enum catalog_change change = CATALOG_UNCHANGED;

        if (!is_old && !catalog_put_kev(taking->batch, &kev->items.at[i], kev->released,
                                        taking->arena, &change, err))
            return PASS(err);
        put(taking, change);
    }
    if (!take_refusals(taking, &kev->refused, err))
        return PASS(err);
    return is_old || catalog_kev_end(taking->batch, kev->released, err) ? true : PASS(err);
}

static bool take_epss(struct import_taking *taking, const struct import_epss *epss, struct err *err)
{
    for (size_t i = 0; i < epss->rows.len; i++) {
        const struct import_score *score = &epss->rows.at[i];
        const struct epss_row row = { score->cve, score->score, score->percentile - 1 };
        enum catalog_change change;

        if (!catalog_put_epss(taking->batch, &row, epss->date, taking->arena, &change, err))
            return PASS(err);
        put(taking, change);
    }
    return take_refusals(taking, &epss->refused, err) ? true : PASS(err);
}

bool take_shape(struct import_taking *taking, const struct shape *shape, struct str bytes,
                void *out, struct err *err)
{
    return shape_read(shape, bytes, &import_limits, taking->arena, out)
               ? true
               : FAIL(err, WORKER, STR("its answer cannot be read"));
}

static bool take_cpe(struct import_taking *taking, struct str bytes, struct err *err)
{
    struct cpe_entry entry = { 0 };
    enum catalog_change change;
    struct str shape;

    if (!take_part(&bytes, &shape) || !take_part(&bytes, &entry.packed))
        return FAIL(err, WORKER, STR("its answer cannot be read"));
    return take_shape(taking, &import_cpe_shape, shape, &entry, err) &&
                   cpe_entry_put(taking->tx, &entry, taking->arena, &change, err) &&
                   put(taking, change)
               ? true
               : PASS(err);
}

/* "almalinux" of "…/products/almalinux.md" */
static struct str stem_of(struct str path)
{
    size_t from = path.len;

    while (from > 0 && path.ptr[from - 1] != '/' && path.ptr[from - 1] != ':')
        from--;
    path = str_drop(path, from);
    return str_take(path, str_index(path, '.'));
}

/* A weakness has a number; what is told of a product has the name of its file alone. */
static bool name_reference(struct import_taking *taking, struct str member,
                           struct reference *reference)
{
    struct catalog_weakness weakness = { 0 };
    struct endoflife life = { 0 };
    bool is_weakness = reference->form == REFERENCE_CWE || reference->form == REFERENCE_CWE_LIST;

    if (!shape_read(reference_shape(reference->form), reference->told, &reference_limits,
                    taking->arena, is_weakness ? (void *)&weakness : &life) ||
        !str_is_plain(member, false))
        return false;
    reference->name = is_weakness ? weakness.number : stem_of(name_of(taking, member));
    return true;
}

static bool take_reference(struct import_taking *taking, struct str bytes, struct err *err)
{
    unsigned char form = bytes.len > 0 ? (unsigned char)bytes.ptr[0] : REFERENCE_FORMS;
    struct reference reference = { .form = form };
    enum catalog_change change;
    struct str member;

    bytes = str_drop(bytes, 1);
    if (form >= REFERENCE_FORMS || !take_part(&bytes, &member) ||
        !take_part(&bytes, &reference.told) || !take_part(&bytes, &reference.sent) ||
        !name_reference(taking, member, &reference))
        return FAIL(err, WORKER, STR("its answer cannot be read"));
    if (reference.name.len == 0 || str_eq(reference.name, STR("-")))
        return import_refuse(taking, taking->file, 0, STR("its file must have its name"), STR_NONE,
                             err)
                   ? true
                   : PASS(err);
    return reference_put(taking->tx, &reference, taking->packer, taking->arena, &change, err) &&
                   put(taking, change)
               ? true
               : PASS(err);
}

static bool take(struct import_taking *taking, char kind, struct str bytes, struct err *err)
{
    struct import_refusals refusals = { 0 };
    struct import_kev kev = { 0 };
    struct import_epss epss = { 0 };
    struct myjvn_listing listing = { 0 };

    switch (kind) {
    case ANSWER_RECORDS:
    case ANSWER_RECORD:
        return take_records(taking, bytes, kind == ANSWER_RECORD, err) ? true : PASS(err);
    case ANSWER_TOLD:
        return take_told(taking, bytes, err) ? true : PASS(err);
    case ANSWER_LISTED:
        return take_shape(taking, &import_listing_shape, bytes, &listing, err) &&
                       take_listing(taking, &listing, err)
                   ? true
                   : PASS(err);
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
    case ANSWER_CPE:
        return take_cpe(taking, bytes, err) ? true : PASS(err);
    case ANSWER_REFERENCE:
        return take_reference(taking, bytes, err) ? true : PASS(err);
    default:
        return FAIL(err, WORKER, STR("its answer cannot be read"));
    }
}

bool take_begin(struct import_taking *taking, struct str answer, struct err *err)
{
    arena_reset(taking->arena);
    taking->is_stopped = taking->stopped && taking->stopped(taking->context);
    if (taking->is_stopped)
        return FAIL(err, IO, STR("stopped"));
    return answer.len > 0 ? true : FAIL(err, WORKER, STR("its answer cannot be read"));
}

bool import_take(void *task, struct str answer, struct err *err)
{
    struct import_taking *taking = task;

    if (!take_begin(taking, answer, err))
        return PASS(err);
    return take(taking, answer.ptr[0], str_drop(answer, 1), err) ? true : PASS(err);
}
