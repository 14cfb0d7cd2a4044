#include "formats/csaf/csaf_check.h"
#include "base/ascii.h"
#include "base/err.h"
#include "base/utc.h"
#include "formats/csaf/csaf_check_internal.h"
#include "formats/version/version.h"
#include <stdlib.h>
#include <string.h>

enum { WORK_MAX = 4000000 };

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

bool csaf_version_parse(struct str text, struct csaf_version *out)
{
    size_t core = str_index(text, '-'), plus = str_index(text, '+');

    if (is_number(text)) {
        *out = (struct csaf_version){ .text = text, .core = text, .major = text };
        return true;
    }
    if (!version_is_valid(VERSION_SEMVER, text))
        return false;
    if (core > plus)
        core = plus;
    *out = (struct csaf_version){
        .is_semantic = true,
        .has_pre = core < text.len && text.ptr[core] == '-',
        .text = text,
        .core = str_take(text, core),
        .major = str_take(text, str_index(text, '.')),
    };
    return true;
}

/* Digits without a zero in front: the longer number is the larger one. A whole number is compared with the major of another. */
int csaf_version_cmp(const struct csaf_version *a, const struct csaf_version *b, bool with_pre)
{
    if (!a->is_semantic || !b->is_semantic)
        return a->major.len != b->major.len ? (a->major.len > b->major.len ? 1 : -1)
                                            : str_cmp(a->major, b->major);
    return version_compare(VERSION_SEMVER, with_pre ? a->text : a->core,
                           with_pre ? b->text : b->core);
}

bool csaf_version_is_zero(const struct csaf_version *v) { return str_eq(v->major, STR("0")); }

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

void csaf_advise(struct json document, struct arena *arena, struct csaf_result *out)
{
    static const char *const beyond_us[] = { "6.3.6", "6.3.7", "6.3.8" };
    struct check check = { document, arena, out, WORK_MAX };

    *out = (struct csaf_result){ 0 };
    advise_document(&check);
    advise_vulnerabilities(&check);
    advise_scores(&check);
    advise_shape(&check);
    for (size_t i = 0; i < COUNT(beyond_us); i++)
        not_checked(&check, beyond_us[i]);
}
