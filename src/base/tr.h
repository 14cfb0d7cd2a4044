/* base/tr.h: the language of a page or mail, and its sentences (GEN-14). msgids are English, whole sentences, never glued. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum lang { LANG_JA, LANG_EN };

#define N_(msgid) msgid

/* The sentence in that language; msgid itself for English or when the catalogue (po/ja/ *.po, compiled in) lacks it. */
struct str tr(enum lang lang, const char *msgid);

/* A value for a place such as {count} in a sentence. */
struct tr_arg {
    const char *name;
    struct str value;
};
#define TR_ARGS(...)                        \
    (const struct tr_arg[]){ __VA_ARGS__ }, \
        sizeof((const struct tr_arg[]){ __VA_ARGS__ }) / sizeof(struct tr_arg)

/* tr() with its places filled; an unknown place stays as it is. Lives in arena. */
struct str tr_fill(struct arena *arena, enum lang lang, const char *msgid,
                   const struct tr_arg *args, size_t count);

struct str lang_code(enum lang lang);                 /* "ja", "en" */
bool lang_from_code(struct str code, enum lang *out); /* false when neither */

/* For catalogues made by tools/trc.py; sorted by msgid. */
struct tr_entry {
    const char *msgid;
    struct str text;
};
extern const struct tr_entry tr_catalogue_ja[];
extern const size_t tr_catalogue_ja_count;

struct utc;
/* 2026年11月21日（土）13:00 (JST) · 21 November 2026, 13:00 JST (04:00 UTC) */
struct str tr_instant(struct arena *arena, enum lang lang, struct utc t);
struct str tr_date(struct arena *arena, enum lang lang,
                   struct utc t); /* 2026年11月21日 · 21 November 2026 */
struct str tr_short_instant(struct arena *arena, enum lang lang,
                            struct utc t);            /* 11月21日 13:00 · 21 Nov 13:00 */
struct str tr_number(struct arena *arena, int64_t n); /* 12,345 */
/* あと3日 · 2日超過 · 今日 13:00 ; in 3 days · 2 days overdue · today 13:00 */
struct str tr_due(struct arena *arena, enum lang lang, struct utc now, struct utc due);
