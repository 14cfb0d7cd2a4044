/* The match index is made anew of all that is kept, and replaces the one before whole; one that nothing changed since stays. */
#include "domain/matching/index.h"
#include "base/err.h"
#include "faces/cli/import/import.h"

static bool add_record(void *context, const struct catalog_record *record, struct err *err)
{
    return index_builder_add(context, record, err) ? true : PASS(err);
}

static bool add_kev(void *context, const struct kev_item *item, struct err *err)
{
    const struct kev_entry entry = { .cve = item->cve,
                                     .added = item->added,
                                     .due = item->due,
                                     .is_ransomware = item->is_ransomware };

    (void)err;
    index_builder_add_kev(context, &entry);
    return true;
}

static bool add_epss(void *context, const struct epss_row *row, struct utc date, struct err *err)
{
    const struct epss_entry entry = {
        .cve = row->cve, .score = row->score, .percentile = row->percentile, .date = date
    };

    (void)err;
    index_builder_add_epss(context, &entry);
    return true;
}

/* One that is missing, damaged or of another version is not. */
static bool is_current(struct tx *tx, const char *path, bool *out, struct err *err)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    struct err ignored = { 0 };
    struct utc changed;

    if (!catalog_changed(tx, &changed, err))
        return PASS(err);
    *out = matching_index_open(path, &index, &ignored) &&
           matching_index_facts(index).built.ms > changed.ms;
    return true;
}

bool import_build_index(struct store *store, const char *path, struct utc now, struct err *err)
{
    CLEANUP(index_builder_free_var) struct index_builder *builder = index_builder_new();
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool is_there;
    const struct catalog_visitor visitor = {
        .record = add_record, .kev = add_kev, .epss = add_epss, .context = builder
    };

    if (!tx_begin(store, TX_READ, &tx, err) || !is_current(tx, path, &is_there, err))
        return PASS(err);
    return is_there ||
                   (catalog_walk(tx, &visitor, err) && index_builder_write(builder, path, now, err))
               ? true
               : PASS(err);
}
