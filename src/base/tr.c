#include "base/tr.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/utc.h"

enum { SENTENCE_MAX = 1024 * 1024 };

struct str tr(enum lang lang, const char *msgid)
{
    size_t from = 0, to = lang == LANG_JA ? tr_catalogue_ja_count : 0;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strcmp(msgid, tr_catalogue_ja[middle].msgid);

        if (order == 0)
            return tr_catalogue_ja[middle].text;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return str_from_z(msgid);
}

static const struct tr_arg *arg_named(struct str name, const struct tr_arg *args, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_z(name, args[i].name))
            return &args[i];
    return NULL;
}

struct str tr_fill(struct arena *arena, enum lang lang, const char *msgid,
                   const struct tr_arg *args, size_t count)
{
    struct str rest = tr(lang, msgid);
    struct buf buf = buf_new(arena, SENTENCE_MAX);

    while (rest.len > 0) {
        size_t open = str_index(rest, '{');
        struct str inside = str_drop(rest, open + 1);
        size_t len = str_index(inside, '}');
        const struct tr_arg *arg =
            len < inside.len ? arg_named(str_take(inside, len), args, count) : NULL;

        buf_add(&buf, str_take(rest, open));
        if (arg) {
            buf_add(&buf, arg->value);
            rest = str_drop(inside, len + 1);
        } else {
            buf_add(&buf, str_take(str_drop(rest, open), 1)); /* an unknown place stays as it is */
            rest = inside;
        }
    }
    return buf_str(&buf);
}

struct str lang_code(enum lang lang) { return lang == LANG_JA ? STR("ja") : STR("en"); }

bool lang_from_code(struct str code, enum lang *out)
{
    if (!str_eq_z(code, "ja") && !str_eq_z(code, "en"))
        return false;
    *out = str_eq_z(code, "ja") ? LANG_JA : LANG_EN;
    return true;
}

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };
static const char *const weekdays[] = { "日", "月", "火", "水", "木", "金", "土" };

struct str tr_instant(struct arena *arena, enum lang lang, struct utc t)
{
    struct civil c = utc_to_jst(t), utc = utc_to_civil(t);

    if (lang == LANG_JA)
        return arena_printf(arena, "%d年%d月%d日（%s）%02d:%02d (JST)", c.year, c.month, c.day,
                            weekdays[c.weekday], c.hour, c.minute);
    return arena_printf(arena, "%d %s %d, %02d:%02d JST (%02d:%02d UTC)", c.day,
                        months[c.month - 1], c.year, c.hour, c.minute, utc.hour, utc.minute);
}

struct str tr_date(struct arena *arena, enum lang lang, struct utc t)
{
    struct civil c = utc_to_jst(t);

    if (lang == LANG_JA)
        return arena_printf(arena, "%d年%d月%d日", c.year, c.month, c.day);
    return arena_printf(arena, "%d %s %d", c.day, months[c.month - 1], c.year);
}

struct str tr_short_instant(struct arena *arena, enum lang lang, struct utc t)
{
    struct civil c = utc_to_jst(t);

    if (lang == LANG_JA)
        return arena_printf(arena, "%d月%d日 %02d:%02d", c.month, c.day, c.hour, c.minute);
    return arena_printf(arena, "%d %.3s %02d:%02d", c.day, months[c.month - 1], c.hour, c.minute);
}

struct str tr_number(struct arena *arena, int64_t n)
{
    struct str plain = arena_printf(arena, "%" PRIu64, n < 0 ? -(uint64_t)n : (uint64_t)n);
    struct buf buf = buf_new(arena, 64);

    if (n < 0)
        buf_byte(&buf, '-');
    for (size_t i = 0; i < plain.len; i++) {
        if (i > 0 && (plain.len - i) % 3 == 0)
            buf_byte(&buf, ',');
        buf_byte(&buf, plain.ptr[i]);
    }
    return buf_str(&buf);
}

struct str tr_due(struct arena *arena, enum lang lang, struct utc now, struct utc due)
{
    int64_t days = utc_days_between(now, due);
    struct civil c = utc_to_jst(due);
    struct str count = tr_number(arena, days < 0 ? -days : days);
    const char *day = days == 1 || days == -1 ? "day" : "days";

    if (days == 0)
        return arena_printf(arena, lang == LANG_JA ? "今日 %02d:%02d" : "today %02d:%02d", c.hour,
                            c.minute);
    if (lang == LANG_JA)
        return days > 0 ? arena_printf(arena, "あと%.*s日", STR_ARG(count))
                        : arena_printf(arena, "%.*s日超過", STR_ARG(count));
    return days > 0 ? arena_printf(arena, "in %.*s %s", STR_ARG(count), day)
                    : arena_printf(arena, "%.*s %s overdue", STR_ARG(count), day);
}
