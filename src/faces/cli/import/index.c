/* The match index follows what is kept: with a segment where little changed, else whole; one that nothing changed since stays. */
#include "base/err.h"
#include "domain/matching/update.h"
#include "faces/cli/import/import.h"

bool import_build_index(const struct app *app, struct store *store, const char *path,
                        struct err *err)
{
    const struct update_limits limits = { .segments = (size_t)app->settings->match_segments,
                                          .records = app->settings->match_segment_records };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    enum update_made made;

    return tx_begin(store, TX_READ, &tx, err) &&
                   matching_update(tx, path, utc_now(), limits, &made, err)
               ? true
               : PASS(err);
}
