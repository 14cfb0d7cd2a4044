#include "formats/kev/kev_csv.h"

#include <string.h>

#include "base/err.h"

enum { COLUMNS_MAX = 32 };

struct row {
    struct str cells[COLUMNS_MAX];
    size_t count;
};

bool kev_csv_is_one(struct str head)
{
    (void)str_skip(&head, STR("\xef\xbb\xbf"));
    return str_starts(head, STR("cveID,")) || str_starts(head, STR("\"cveID\","));
}

/* A cell in quotes; two of them inside are one. */
static bool quoted(struct str *rest, struct arena *arena, unsigned *line, struct str *out)
{
    char *at = NULL;
    size_t len = 0, end = 1;

    while (end < rest->len &&
           (rest->ptr[end] != '"' || (end + 1 < rest->len && rest->ptr[end + 1] == '"')))
        end += rest->ptr[end] == '"' ? 2 : 1;
    if (end >= rest->len)
        return false;
    at = arena_alloc(arena, end);
    for (size_t i = 1; i < end; i++) {
        *line += rest->ptr[i] == '\n';
        at[len++] = rest->ptr[i];
        i += rest->ptr[i] == '"';
    }
    *out = (struct str){ at, len };
    *rest = str_drop(*rest, end + 1);
    return true;
}

static bool is_end(struct str rest)
{
    return rest.len == 0 || rest.ptr[0] == '\n' || str_starts(rest, STR("\r\n"));
}

static bool next_row(struct str *rest, struct arena *arena, unsigned *line, struct row *out)
{
    out->count = 0;
    for (;;) {
        struct str cell;
        size_t len = 0;

        if (rest->len > 0 && rest->ptr[0] == '"') {
            if (!quoted(rest, arena, line, &cell))
                return false;
        } else {
            while (len < rest->len && rest->ptr[len] != ',' && !is_end(str_drop(*rest, len)))
                len++;
            cell = str_take(*rest, len);
            *rest = str_drop(*rest, len);
        }
        if (out->count < COLUMNS_MAX)
            out->cells[out->count++] = cell;
        if (str_skip(rest, STR(",")))
            continue;
        if (!is_end(*rest))
            return false;
        (void)str_skip(rest, STR("\r"));
        *line += str_skip(rest, STR("\n"));
        return true;
    }
}

static struct str cell_of(const struct row *head, const struct row *row, const char *name)
{
    for (size_t i = 0; i < head->count && i < row->count; i++)
        if (str_eq_z(head->cells[i], name))
            return row->cells[i];
    return STR_NONE;
}

static bool day(struct str text, struct utc *out)
{
    char instant[] = "0000-00-00T00:00:00Z";
    struct err ignored = { 0 };

    if (text.len != 10)
        return false;
    memcpy(instant, text.ptr, 10);
    return utc_parse(str_from_z(instant), out, &ignored);
}

static bool item_of(const struct row *head, const struct row *row, struct arena *arena,
                    struct kev_item *out)
{
    struct str weaknesses = cell_of(head, row, "cwes"), one;
    struct kev_item item = {
        .cve = cell_of(head, row, "cveID"),
        .vendor = cell_of(head, row, "vendorProject"),
        .product = cell_of(head, row, "product"),
        .name = cell_of(head, row, "vulnerabilityName"),
        .description = cell_of(head, row, "shortDescription"),
        .action = cell_of(head, row, "requiredAction"),
        .notes = cell_of(head, row, "notes"),
        .is_ransomware = str_eq(cell_of(head, row, "knownRansomwareCampaignUse"), STR("Known")),
    };

    if (!str_starts(item.cve, STR("CVE-")) || !day(cell_of(head, row, "dateAdded"), &item.added) ||
        !day(cell_of(head, row, "dueDate"), &item.due))
        return false;
    while (weaknesses.ptr && str_split(&weaknesses, ',', &one))
        VEC_PUSH(arena, &item.weaknesses, str_trim(one));
    *out = item;
    return true;
}

bool kev_csv_read(struct str text, struct arena *arena, struct kev_rows *out, struct err *err)
{
    struct row *head = ARENA_NEW(arena, struct row), *row = ARENA_NEW(arena, struct row);
    struct kev_rows rows = { 0 };
    unsigned line = 1;

    if (text.len > JSON_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("KEV"));
    if (!kev_csv_is_one(text) || !str_is_utf8(text))
        return FAIL(err, UNKNOWN_FORMAT, STR("KEV"));
    (void)str_skip(&text, STR("\xef\xbb\xbf"));
    for (bool is_head = true; text.len > 0; is_head = false) {
        const unsigned from = line;
        struct kev_item item;

        if (!next_row(&text, arena, &line, is_head ? head : row)) {
            (void)FAIL(err, CATALOG_RECORD, STR("quotes that do not close"));
            err->line = from;
            return false;
        }
        if (is_head)
            continue;
        if (!item_of(head, row, arena, &item)) {
            VEC_PUSH(arena, &rows.wrong, from);
            continue;
        }
        if (item.added.ms > rows.released.ms)
            rows.released = item.added;
        VEC_PUSH(arena, &rows.items, item);
    }
    *out = rows;
    return true;
}
