#include "formats/csaf/csaf_check.h"
#include "base/ascii.h"
#include "base/err.h"
#include "base/utc.h"
#include "formats/csaf/csaf_check_internal.h"
#include <stdlib.h>
#include <string.h>

enum { WORK_MAX = 20000000 };

static void put_place(struct buf *buf, const struct place *place)
{
    if (!place)
        return;
    put_place(buf, place->up);
    if (place->key)
        buf_printf(buf, "/%s", place->key);
    else
        buf_printf(buf, "/%zu", place->index);
}

void found(struct check *check, const char *test, const struct place *place, const char *message)
{
    struct buf buf = buf_new(check->arena, 4096);

    if (check->result->findings.len >= CSAF_FINDINGS_MAX) {
        check->result->has_more = true;
        return;
    }
    put_place(&buf, place);
    VEC_PUSH(check->arena, &check->result->findings,
             (struct csaf_finding){ str_from_z(test), buf_str(&buf), message });
}

void not_checked(struct check *check, const char *test)
{
    for (size_t i = 0; i < check->result->not_checked.len; i++)
        if (str_eq_z(check->result->not_checked.at[i], test))
            return;
    VEC_PUSH(check->arena, &check->result->not_checked, str_from_z(test));
}

struct each each(struct json array)
{
    return json_kind(array) == JSON_ARRAY ? (struct each){ .iter = json_iter(array) }
                                          : (struct each){ 0 };
}

bool each_next(struct each *e)
{
    e->index = e->next++;
    return json_next(&e->iter, NULL, &e->value);
}

static int item_cmp(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = str_cmp(x->id, y->id);

    if (order == 0)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

void items_sort(struct items *items)
{
    if (items->len > 1)
        qsort(items->at, items->len, sizeof(items->at[0]), item_cmp);
}

const struct item *items_find(const struct items *items, struct str id)
{
    size_t low = 0, high = items->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_cmp(items->at[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < items->len && str_eq(items->at[low].id, id) ? &items->at[low] : NULL;
}

static bool is_number(struct str s)
{
    if (s.len == 0 || (s.len > 1 && s.ptr[0] == '0'))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]))
            return false;
    return true;
}

/* Identifiers of semantic versions, parted by dots; a number in a pre-release part has no zero in front. */
static bool are_identifiers(struct str s, bool is_pre)
{
    struct str part;

    if (s.len == 0 || s.ptr[s.len - 1] == '.')
        return false;
    while (str_split(&s, '.', &part)) {
        bool digits = true;

        for (size_t i = 0; i < part.len; i++) {
            char c = part.ptr[i];

            digits = digits && ascii_is_digit(c);
            if (!ascii_is_alnum(c) && c != '-')
                return false;
        }
        if (part.len == 0 || (is_pre && digits && !is_number(part)))
            return false;
    }
    return true;
}

bool version_parse(struct str text, struct version *out)
{
    struct version v = { 0 };
    size_t plus = str_index(text, '+');
    struct str core = str_take(text, plus), rest;
    size_t dash = str_index(core, '-');

    if (is_number(text)) {
        *out = (struct version){ .major = text, .minor = STR("0"), .patch = STR("0") };
        return true;
    }
    v.is_semantic = true;
    v.has_pre = dash < core.len;
    v.pre = str_drop(core, dash + 1);
    rest = str_take(core, dash);
    if (rest.len == 0 || !str_split(&rest, '.', &v.major) || !str_split(&rest, '.', &v.minor))
        return false;
    v.patch = rest;
    if (!is_number(v.major) || !is_number(v.minor) || !is_number(v.patch) ||
        (v.has_pre && !are_identifiers(v.pre, true)) ||
        (plus < text.len && !are_identifiers(str_drop(text, plus + 1), false)))
        return false;
    *out = v;
    return true;
}

/* Digits without a zero in front: the longer number is the larger one. */
static int number_cmp(struct str a, struct str b)
{
    return a.len != b.len ? (a.len > b.len) - (a.len < b.len) : str_cmp(a, b);
}

static int identifier_cmp(struct str a, struct str b)
{
    bool x = is_number(a), y = is_number(b);

    return x && y ? number_cmp(a, b) : x != y ? (x ? -1 : 1) : str_cmp(a, b);
}

/* Semantic versioning, 11: without a pre-release part is later than with one. */
static int pre_cmp(const struct version *a, const struct version *b)
{
    struct str x = a->pre, y = b->pre, p, q;

    if (!a->has_pre || !b->has_pre)
        return b->has_pre - a->has_pre;
    while (x.len > 0 && y.len > 0) {
        int order;

        if (!str_split(&x, '.', &p) || !str_split(&y, '.', &q))
            break;
        order = identifier_cmp(p, q);
        if (order != 0)
            return order;
    }
    return (x.len > 0) - (y.len > 0);
}

int version_cmp(const struct version *a, const struct version *b, bool with_pre)
{
    int order = number_cmp(a->major, b->major);

    if (order == 0)
        order = number_cmp(a->minor, b->minor);
    if (order == 0)
        order = number_cmp(a->patch, b->patch);
    return order == 0 && with_pre ? pre_cmp(a, b) : order;
}

bool version_is_zero(const struct version *v) { return str_eq(v->major, STR("0")); }

bool is_instant(struct str text)
{
    struct err err = { 0 };
    struct utc t;
    struct str end = text.len > 0 ? str_drop(text, text.len - 1) : text;
    bool has_zone =
        str_eq_nocase(end, STR("Z")) ||
        (text.len > 6 && (text.ptr[text.len - 6] == '+' || text.ptr[text.len - 6] == '-'));

    return text.len >= sizeof "2026-11-21T04:00:00Z" - 1 && text.ptr[16] == ':' && has_zone &&
           utc_parse(text, &t, &err);
}

/* The digits of a second's fraction behind the third, which utc does not keep, without zeros at the end. */
static struct str finer_than_ms(struct str text)
{
    struct str rest = str_drop(text, str_index(text, '.') + 1);
    size_t n = 0;

    while (n < rest.len && ascii_is_digit(rest.ptr[n]))
        n++;
    while (n > 0 && rest.ptr[n - 1] == '0')
        n--;
    return str_drop(str_take(rest, n), 3);
}

int instant_cmp(struct str a, struct str b)
{
    struct err err = { 0 };
    struct utc x = { 0 }, y = { 0 };

    if (!utc_parse(a, &x, &err) || !utc_parse(b, &y, &err) || x.ms != y.ms)
        return (x.ms > y.ms) - (x.ms < y.ms);
    return str_cmp(finer_than_ms(a), finer_than_ms(b));
}

void csaf_check(struct json document, struct arena *arena, struct csaf_result *out)
{
    struct check check = { document, arena, out, WORK_MAX };

    *out = (struct csaf_result){ 0 };
    check_shape(&check);
    check_products(&check);
    check_scores(&check);
    check_document(&check);
    check_tracking(&check);
    check_vulnerabilities(&check);
}
