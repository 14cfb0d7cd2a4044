/* Tests 6.1.14, 6.1.16 to 6.1.22 and 6.1.30: the document's version, its status and its revision history. */
#include "formats/csaf/csaf_check_internal.h"
#include <stdlib.h>

struct revision {
    struct str date, number;
    struct csaf_version version;
    size_t index;
};
struct history {
    VEC_OF(struct revision);
};

/* By date; among equal dates the lower version first, because no order is told. */
static int revision_cmp(const void *a, const void *b)
{
    const struct revision *x = a, *y = b;
    int order = instant_cmp(x->date, y->date);

    if (order == 0)
        order = csaf_version_cmp(&x->version, &y->version, true);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static const struct place *const no_place = NULL;
#define TRACKING       AT(AT(no_place, "document"), "tracking")
#define REVISION_AT(i) AT(AT_NTH(AT(TRACKING, "revision_history"), (i)), "number")

/* The revisions that can be read; the shape has told of the others. */
static void load(struct check *check, struct json tracking, struct history *history)
{
    for (struct each e = each(json_get(tracking, "revision_history")); each_next(&e);) {
        struct revision revision = { json_text(json_get(e.value, "date")),
                                     json_text(json_get(e.value, "number")),
                                     { 0 },
                                     e.index };

        if (is_instant(revision.date) && csaf_version_parse(revision.number, &revision.version))
            VEC_PUSH(check->arena, history, revision);
    }
    if (history->len > 1)
        qsort(history->at, history->len, sizeof(history->at[0]), revision_cmp);
}

/* Majors follow each other without a gap; digits of any length. */
static bool is_next(struct str before, struct str after)
{
    size_t i = before.len, j = after.len;
    bool carry = true;

    while (i > 0 || carry) {
        char digit = i > 0 ? before.ptr[i - 1] : '0';
        char sum = !carry ? digit : digit == '9' ? '0' : (char)(digit + 1);

        carry = carry && digit == '9';
        if (j == 0 || after.ptr[j - 1] != sum)
            return false;
        i = i > 0 ? i - 1 : 0;
        j--;
    }
    return j == 0;
}

static void test_order(struct check *check, const struct history *history)
{
    for (size_t i = 1; i < history->len; i++) {
        const struct revision *before = &history->at[i - 1], *now = &history->at[i];
        bool is_same = str_eq(before->version.major, now->version.major);

        if (csaf_version_cmp(&before->version, &now->version, true) > 0)
            found(check, "6.1.14", REVISION_AT(now->index),
                  N_("Sorted by date, the version numbers do not ascend."));
        if (!is_next(before->version.major, now->version.major) &&
            !(is_same && now->version.is_semantic) && !str_eq(before->number, now->number))
            found(check, "6.1.21", REVISION_AT(now->index),
                  N_("Versions are missing before this one."));
    }
    if (history->len > 0 && !str_eq(history->at[0].version.major, STR("0")) &&
        !str_eq(history->at[0].version.major, STR("1")))
        found(check, "6.1.21", REVISION_AT(history->at[0].index),
              N_("The history does not begin with version 0 or 1."));
}

static void test_doubles(struct check *check, const struct history *history)
{
    struct items items = { 0 };

    for (size_t i = 0; i < history->len; i++)
        VEC_PUSH(check->arena, &items,
                 (struct item){ history->at[i].number, 0, history->at[i].index });
    items_sort(&items);
    for (size_t i = 1; i < items.len; i++)
        if (str_eq(items.at[i].id, items.at[i - 1].id))
            found(check, "6.1.22", REVISION_AT(items.at[i].index),
                  N_("This version stands twice in the history."));
}

static void test_revisions(struct check *check, const struct history *history,
                           const struct csaf_version *version, bool is_released)
{
    for (size_t i = 0; i < history->len; i++) {
        const struct revision *revision = &history->at[i];

        if (is_released && csaf_version_is_zero(&revision->version))
            found(check, "6.1.18", REVISION_AT(revision->index),
                  N_("A released document has a version 0 in its history."));
        if (revision->version.has_pre)
            found(check, "6.1.19", REVISION_AT(revision->index),
                  N_("A history has no entry for a pre-release version."));
        if (revision->version.is_semantic !=
            (version ? version->is_semantic : history->at[0].version.is_semantic))
            found(check, "6.1.30", REVISION_AT(revision->index),
                  N_("Whole numbers and semantic versions are mixed."));
    }
}

static void test_version(struct check *check, const struct history *history,
                         const struct csaf_version *version, struct str status)
{
    bool is_draft = str_eq(status, STR("draft")),
         is_released = str_eq(status, STR("final")) || str_eq(status, STR("interim"));
    const struct revision *last = history->len > 0 ? &history->at[history->len - 1] : NULL;

    if (last && csaf_version_cmp(&last->version, version, !is_draft) != 0)
        found(check, "6.1.16", AT(TRACKING, "version"),
              N_("The version is not the latest one of the history."));
    if ((csaf_version_is_zero(version) || version->has_pre) && !is_draft)
        found(check, "6.1.17", AT(TRACKING, "status"),
              N_("A version 0 or a pre-release version is a draft."));
    if (is_released && version->has_pre)
        found(check, "6.1.20", AT(TRACKING, "version"),
              N_("A released document has no pre-release version."));
}

void check_tracking(struct check *check)
{
    struct json tracking = json_get(json_get(check->document, "document"), "tracking");
    struct str status = json_text(json_get(tracking, "status"));
    struct history history = { 0 };
    struct csaf_version version;
    bool has_version = csaf_version_parse(json_text(json_get(tracking, "version")), &version);

    load(check, tracking, &history);
    test_order(check, &history);
    test_doubles(check, &history);
    test_revisions(check, &history, has_version ? &version : NULL,
                   str_eq(status, STR("final")) || str_eq(status, STR("interim")));
    if (has_version)
        test_version(check, &history, &version, status);
}
