#include "domain/matching/update.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "domain/catalog/catalog.h"
#include "domain/catalog/changes.h"
#include "domain/catalog/entry.h"
#include "domain/matching/alias.h"
#include "domain/matching/index_internal.h"
#include "domain/matching/manifest.h"
#include "domain/matching/pool.h"
#include "formats/archive/pack.h"

#define UPDATE_MEMORY ((size_t)1 << 34)

/* The places of an index's cover. */
enum {
    COVER_RECORD,
    COVER_PAST,
    COVER_HAND,
    COVER_HANDS,
    COVER_KEV,
    COVER_EPSS_COUNT,
    COVER_EPSS_SUM,
    COVER_EPSS_NEWEST
};

struct updating {
    struct tx *tx;
    struct arena *arena;   /* as long as the update */
    struct arena *scratch; /* of one record */
    struct {
        VEC_OF(struct kev_entry);
    } kev;
    struct index_cover cover; /* of the catalogue */
    struct index_builder *builder;
    /* of a segment */
    struct catalog_reader reader;
    const struct matching_index *below;
    struct catalog_numbers changed;
    struct pool ids; /* whose group may be another now */
    struct {
        VEC_OF(int64_t);
    } relatives; /* records that were found by these */
};

/* ---- what the catalogue says ---- */

static bool take_kev(void *context, const struct kev_item *item, struct err *err)
{
    struct updating *updating = context;

    (void)err;
    VEC_PUSH(updating->arena, &updating->kev,
             (struct kev_entry){ .cve = arena_str(updating->arena, item->cve),
                                 .added = item->added,
                                 .due = item->due,
                                 .is_ransomware = item->is_ransomware });
    return true;
}

/* One number for all of the catalogue of exploited ones. */
static int64_t kev_print(const struct updating *updating)
{
    struct hash_stream stream;
    struct hash hash;
    int64_t print;

    hash_begin(&stream);
    for (size_t i = 0; i < updating->kev.len; i++) {
        const struct kev_entry *entry = &updating->kev.at[i];
        const int64_t words[] = { entry->added.ms, entry->due.ms, entry->is_ransomware };

        hash_add(&stream, entry->cve);
        hash_add(&stream, (struct str){ (const char *)words, sizeof words });
    }
    hash = hash_end(&stream);
    memcpy(&print, hash.bytes, sizeof print);
    return print;
}

static bool look(struct updating *updating, struct err *err)
{
    const struct catalog_visitor visitor = { .kev = take_kev, .context = updating };
    struct catalog_scores scores;
    struct catalog_reach reach;

    if (!catalog_reach(updating->tx, &reach, err) || !catalog_scores(updating->tx, &scores, err) ||
        !catalog_walk(updating->tx, &visitor, err))
        return PASS(err);
    updating->cover = (struct index_cover){ {
        [COVER_RECORD] = reach.record,
        [COVER_PAST] = reach.past,
        [COVER_HAND] = reach.hand,
        [COVER_HANDS] = reach.hands,
        [COVER_KEV] = kev_print(updating),
        [COVER_EPSS_COUNT] = scores.count,
        [COVER_EPSS_SUM] = scores.sum,
        [COVER_EPSS_NEWEST] = scores.newest,
    } };
    return true;
}

static bool is_same(const struct index_cover *a, const struct index_cover *b, size_t from,
                    size_t count)
{
    return memcmp(a->at + from, b->at + from, count * sizeof a->at[0]) == 0;
}

/* More than any catalogue has: whichever comes to lie beside it is another one. */
struct index_cover matching_no_cover(void)
{
    return (struct index_cover){ { [COVER_RECORD] = INT64_MAX } };
}

static struct catalog_reach reach_of(struct index_cover cover)
{
    return (struct catalog_reach){ cover.at[COVER_RECORD], cover.at[COVER_PAST],
                                   cover.at[COVER_HAND], cover.at[COVER_HANDS] };
}

/* ---- a base ---- */

static bool add_record(void *context, int64_t number, const struct catalog_record *record,
                       struct err *err)
{
    if (number > NUMBER_MAX)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    return index_builder_add(context, (uint32_t)number, record, err) ? true : PASS(err);
}

static bool add_epss(void *context, const struct epss_row *row, struct utc date, struct err *err)
{
    (void)err;
    index_builder_add_epss(context, &(struct epss_entry){ .cve = row->cve,
                                                          .score = row->score,
                                                          .percentile = row->percentile,
                                                          .date = date });
    return true;
}

static bool write_base(struct updating *updating, const char *path, struct utc now, struct err *err)
{
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_new();
    const struct catalog_visitor visitor = { .record = add_record,
                                             .epss = add_epss,
                                             .context = builder };

    for (size_t i = 0; i < updating->kev.len; i++)
        index_builder_add_kev(builder, &updating->kev.at[i]);
    index_builder_cover(builder, updating->cover);
    return index_builder_spill(builder, path, err) && catalog_walk(updating->tx, &visitor, err) &&
                   index_builder_write(builder, path, now, err)
               ? true
               : PASS(err);
}

/* ---- a segment: whose groups may be others ---- */

/* CVE numbers in capitals, as alias.h has them. */
static void want_id(struct updating *updating, struct str id)
{
    char room[CATALOG_ID_MAX];

    (void)pool_number(&updating->ids, alias_folded(id, room));
}

/* All that a layer had in the group of this id. */
static void want_group(struct updating *updating, struct str id)
{
    const struct matching_index *below = updating->below;
    struct group_row row, next;
    const struct index_layer *layer;
    struct run ids;
    uint32_t group;

    if (!index_find_group(below, below->count, id, &group))
        return;
    layer = index_layer_of_group(below, &group);
    INDEX_ROW(layer, SECTION_GROUPS, group, &row);
    INDEX_ROW(layer, SECTION_GROUPS, (size_t)group + 1, &next);
    ids = index_run(row.ids, next.ids, layer->sections[SECTION_IDS].len / sizeof(uint32_t));
    for (uint32_t i = ids.first; i < ids.end; i++)
        want_id(updating, index_text(layer, index_word(layer, SECTION_IDS, i)));
}

static int compare_numbers(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return a < b ? -1 : a > b;
}

static bool is_changed(const struct updating *updating, int64_t number)
{
    return updating->changed.len > 0 &&
           bsearch(&number, updating->changed.at, updating->changed.len, sizeof number,
                   compare_numbers);
}

/* What a record makes one with itself. */
static void want_claim(struct updating *updating, const struct catalog_record *record)
{
    bool joins = alias_joins(record);

    want_id(updating, record->id);
    for (size_t i = 0; joins && i < record->aliases.len; i++)
        want_id(updating, record->aliases.at[i]);
}

/* What it is about, where no layer has it yet: who else has that name? */
static void want_subjects(struct updating *updating, const struct catalog_record *record)
{
    struct catalog_strings subjects = alias_subjects(record, updating->scratch);

    for (size_t i = 0; i < subjects.len; i++) {
        char room[CATALOG_ID_MAX];
        struct str id = alias_folded(subjects.at[i], room);
        uint32_t group;

        if (!index_find_group(updating->below, updating->below->count, id, &group))
            want_id(updating, id);
    }
}

static bool want_changed(struct updating *updating, struct err *err)
{
    for (size_t i = 0; i < updating->changed.len; i++) {
        struct catalog_record record;

        arena_reset(updating->scratch);
        if (!catalog_record(&updating->reader, updating->changed.at[i], updating->scratch, &record,
                            err))
            return PASS(err);
        want_claim(updating, &record);
        want_subjects(updating, &record);
    }
    return true;
}

/* Whoever has the id, or joins it to another, may belong to the same group. */
static bool want_tellers(struct updating *updating, struct str id, struct pool *seen,
                         struct err *err)
{
    struct catalog_numbers tellers;

    arena_reset(updating->scratch);
    if (!catalog_tellers(&updating->reader, id, updating->scratch, &tellers, err))
        return PASS(err);
    for (size_t i = 0; i < tellers.len; i++) {
        int64_t number = tellers.at[i];
        struct str key = { (const char *)&number, sizeof number };
        struct catalog_record record;
        char room[CATALOG_ID_MAX];
        uint32_t known;

        if (is_changed(updating, number) || pool_find(seen, key, &known))
            continue;
        if (!catalog_claim(&updating->reader, number, updating->scratch, &record, err))
            return PASS(err);
        if (!str_eq(alias_folded(record.id, room), id) && !alias_joins(&record))
            continue;
        (void)pool_number(seen, key);
        VEC_PUSH(updating->arena, &updating->relatives, number);
        want_claim(updating, &record);
    }
    return true;
}

/* Until nothing more belongs to it. */
static bool close_ids(struct updating *updating, struct err *err)
{
    struct pool seen = { 0 };
    bool ok = true;

    for (uint32_t i = 0; ok && i < pool_count(&updating->ids); i++) {
        struct str id = arena_str(updating->arena, pool_text(&updating->ids, i));

        want_group(updating, id);
        ok = want_tellers(updating, id, &seen, err);
    }
    pool_done(&seen);
    return ok ? true : PASS(err);
}

/* ---- a segment: its records ---- */

static bool add_changed(struct updating *updating, int64_t number, struct err *err)
{
    struct catalog_record record;

    return catalog_record(&updating->reader, number, updating->scratch, &record, err) &&
                   add_record(updating->builder, number, &record, err)
               ? true
               : PASS(err);
}

static bool add_relative(struct updating *updating, int64_t number, struct err *err)
{
    struct catalog_record record;

    if (!catalog_claim(&updating->reader, number, updating->scratch, &record, err))
        return PASS(err);
    index_builder_add_relative(updating->builder, (uint32_t)number, &record);
    return true;
}

/* In the order of the catalogue, which decides where they contradict each other. */
static bool add_records(struct updating *updating, struct err *err)
{
    size_t i = 0, n = 0;

    if (updating->relatives.len > 1)
        qsort(updating->relatives.at, updating->relatives.len, sizeof *updating->relatives.at,
              compare_numbers);
    while (i < updating->changed.len || n < updating->relatives.len) {
        bool is_relative =
            i == updating->changed.len ||
            (n < updating->relatives.len && updating->relatives.at[n] < updating->changed.at[i]);

        arena_reset(updating->scratch);
        if (is_relative ? !add_relative(updating, updating->relatives.at[n++], err)
                        : !add_changed(updating, updating->changed.at[i++], err))
            return PASS(err);
    }
    for (uint32_t k = 0; k < pool_count(&updating->ids); k++)
        index_builder_touch(updating->builder, pool_text(&updating->ids, k));
    return true;
}

/* ---- a segment: exploitation ---- */

static int compare_cves(const void *left, const void *right)
{
    return str_cmp(*(const struct str *)left, ((const struct kev_entry *)right)->cve);
}

static bool add_exploited(struct updating *updating, struct str cve, struct err *err)
{
    const struct kev_entry *kev = updating->kev.len == 0
                                      ? NULL
                                      : bsearch(&cve, updating->kev.at, updating->kev.len,
                                                sizeof *updating->kev.at, compare_cves);
    struct epss_entry epss = { .cve = cve, .score = -1, .percentile = -1 };
    struct catalog_chances chances = { 0 };

    arena_reset(updating->scratch);
    if (!catalog_entry_epss(updating->tx, cve, updating->scratch, &chances, err))
        return PASS(err);
    if (chances.len > 0) {
        epss.score = chances.at[0].score;
        epss.percentile = chances.at[0].percentile;
        epss.date = chances.at[0].date;
    }
    if (kev)
        index_builder_add_kev(updating->builder, kev);
    index_builder_add_epss(updating->builder, &epss);
    return true;
}

/* Of a new catalogue all entries, and those that an older one had. */
static void want_kev(const struct updating *updating, struct pool *cves)
{
    for (size_t i = 0; i < updating->kev.len; i++)
        (void)pool_number(cves, updating->kev.at[i].cve);
    for (size_t i = 0; i < updating->below->count; i++) {
        const struct index_layer *layer = &updating->below->layers[i];
        size_t rows = layer->sections[SECTION_EXPLOITED].len / sizeof(struct exploited_row);

        for (size_t n = 0; n < rows; n++) {
            struct exploited_row row;

            INDEX_ROW(layer, SECTION_EXPLOITED, n, &row);
            if (row.flags & EXPLOITED_KEV)
                (void)pool_number(cves, index_text(layer, row.cve));
        }
    }
}

static struct utc newest_kev(const struct updating *updating)
{
    struct utc newest = { 0 };

    for (size_t i = 0; i < updating->kev.len; i++)
        newest = updating->kev.at[i].added.ms > newest.ms ? updating->kev.at[i].added : newest;
    return newest;
}

static bool add_all_exploited(struct updating *updating, struct err *err)
{
    struct index_cover before = updating->below->layers[updating->below->count - 1].cover;
    struct pool cves = { 0 };
    bool ok = true;

    for (uint32_t i = 0; i < pool_count(&updating->ids); i++) {
        if (alias_is_cve(pool_text(&updating->ids, i)))
            (void)pool_number(&cves, pool_text(&updating->ids, i));
    }
    if (!is_same(&before, &updating->cover, COVER_KEV, 1)) {
        want_kev(updating, &cves);
        index_builder_total(updating->builder, STR("KEV"), updating->kev.len, newest_kev(updating));
    }
    for (uint32_t i = 0; ok && i < pool_count(&cves); i++)
        ok = add_exploited(updating, pool_text(&cves, i), err);
    pool_done(&cves);
    return ok ? true : PASS(err);
}

static bool write_segment(struct updating *updating, const struct matching_index *below,
                          const char *path, struct utc now, struct err *err)
{
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_upon(below);
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct index_cover before = below->layers[below->count - 1].cover;

    updating->builder = builder;
    updating->reader = (struct catalog_reader){ updating->tx, packer };
    updating->below = below;
    index_builder_cover(builder, updating->cover);
    return catalog_changes(updating->tx, reach_of(before), updating->arena, &updating->changed,
                           err) &&
                   want_changed(updating, err) && close_ids(updating, err) &&
                   add_records(updating, err) && add_all_exploited(updating, err) &&
                   index_builder_write(builder, path, now, err)
               ? true
               : PASS(err);
}

/* ---- choosing ---- */

/* Is a segment upon the base enough? A catalogue that knows less than the index is another one, and new scores are of all CVE. */
static bool is_small(struct updating *updating, const struct matching_index *index,
                     struct update_limits limits, bool *out, struct err *err)
{
    struct index_cover base = index->layers[0].cover, top = index->layers[index->count - 1].cover;
    int64_t count;

    *out = false;
    if (updating->cover.at[COVER_RECORD] < top.at[COVER_RECORD] ||
        updating->cover.at[COVER_PAST] < top.at[COVER_PAST] ||
        !is_same(&base, &updating->cover, COVER_EPSS_COUNT, 3))
        return true;
    if (!catalog_changes_count(updating->tx, reach_of(base), &count, err))
        return PASS(err);
    *out = count <= limits.records;
    return true;
}

static bool update(struct updating *updating, const char *path, struct utc now,
                   struct update_limits limits, enum update_made *made, struct err *err)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL, *base = NULL;
    struct err ignored = { 0 };
    bool is_enough = false;

    if (!look(updating, err))
        return PASS(err);
    if (matching_index_open(path, &index, &ignored)) {
        *made = UPDATE_NOTHING;
        if (is_same(&index->layers[index->count - 1].cover, &updating->cover, 0, INDEX_COVER))
            return true;
        if (!is_small(updating, index, limits, &is_enough, err))
            return PASS(err);
    }
    *made = is_enough ? UPDATE_SEGMENT : UPDATE_BASE;
    if (!is_enough)
        return write_base(updating, path, now, err) ? true : PASS(err);
    if (index->count > limits.segments) {
        /* One in the place of all of them. */
        if (!matching_index_open_base(path, &base, err))
            return PASS(err);
    }
    return write_segment(updating, base ? base : index, path, now, err) ? true : PASS(err);
}

bool matching_update(struct tx *tx, const char *path, struct utc now, struct update_limits limits,
                     enum update_made *made, struct err *err)
{
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(UPDATE_MEMORY), *scratch = arena_new(UPDATE_MEMORY);
    struct updating updating = { .tx = tx, .arena = arena, .scratch = scratch };
    bool ok;
    int lock;

    if (!manifest_lock(path, arena, &lock, err)) /* who waited finds what the other made */
        return PASS(err);
    ok = update(&updating, path, now, limits, made, err);
    pool_done(&updating.ids);
    close(lock);
    return ok ? true : PASS(err);
}
