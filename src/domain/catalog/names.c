#include "domain/catalog/names.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/catalog/names.sql.h"
#include "store/store.h"

static bool run(struct tx *tx, const struct query *const *queries, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!store_exec(tx, queries[i], NO_BINDS, NULL, err))
            return PASS(err);
    return true;
}

bool names_renew(struct tx *tx, struct err *err)
{
    static const struct query *const newer[] = { &sql_vendor_names_new, &sql_product_names_new };
    static const struct query *const all[] = { &sql_vendor_names_drop, &sql_vendor_names_missing,
                                               &sql_product_names_drop, &sql_product_names_missing,
                                               &sql_names_looked_at };
    int64_t are_told;

    if (!store_number(tx, &sql_names_are_told, NO_BINDS, 0, &are_told, err))
        return PASS(err);
    return (are_told ? run(tx, all, COUNT(all), err) : run(tx, newer, COUNT(newer), err))
               ? true
               : PASS(err);
}

struct str names_question(struct str part, struct arena *arena)
{
    struct buf buf = buf_new(arena, 2 * part.len + 2);

    if (str_code_points(part) < NAMES_PART_MIN)
        return STR_NONE;
    buf_byte(&buf, '"');
    for (size_t i = 0; i < part.len; i++) {
        if (part.ptr[i] == '"')
            buf_byte(&buf, '"');
        buf_byte(&buf, part.ptr[i]);
    }
    buf_byte(&buf, '"');
    return buf_str(&buf);
}
