#include "faces/portal/catalog/words.h"

#include "base/buf.h"
#include "base/err.h"
#include "faces/portal/catalog/names.h"
#include "formats/cpe/cpe.h"
#include "formats/cvss/cvss.h"
#include "formats/cwe/cwe.h"

enum { LIST_TEXT_MAX = 4096, COMMIT_SHOWN = 12 };

/* ---- severity ---- */

struct str catalog_class_words(enum lang lang, int tenths, const struct settings *settings)
{
    if (tenths < 0)
        return STR_NONE;
    if (tenths >= settings->severity_class_3)
        return tr(lang, N_("Severity class III"));
    if (tenths >= settings->severity_class_2)
        return tr(lang, N_("Severity class II"));
    return tr(lang, N_("Severity class I"));
}

struct str catalog_chance_words(int chance, struct arena *arena)
{
    if (chance < 0)
        return STR_NONE;
    if (chance < 10)
        return STR("<0.01%");
    return arena_printf(arena, "%d.%02d%%", chance / 1000, chance % 1000 / 10);
}

/* ---- sources ---- */

struct str catalog_source_words(enum lang lang, enum catalog_source source)
{
    static const char *const names[CATALOG_SOURCES] = {
        [SOURCE_NVD] = "NVD",   [SOURCE_CVE] = "CVE",        [SOURCE_OSV] = "OSV",
        [SOURCE_CSAF] = "CSAF", [SOURCE_JVN] = "JVN iPedia", [SOURCE_OURS] = N_("This database"),
    };

    return tr(lang, names[source]);
}

struct str catalog_sources_words(enum lang lang, unsigned sources, struct arena *arena)
{
    struct buf buf = buf_new(arena, LIST_TEXT_MAX);

    for (unsigned i = 0; i < CATALOG_SOURCES; i++) {
        if (!(sources & 1u << i))
            continue;
        if (buf.len > 0)
            buf_add(&buf, lang == LANG_JA ? STR("、") : STR(", "));
        buf_add(&buf, catalog_source_words(lang, (enum catalog_source)i));
    }
    return buf_str(&buf);
}

/* ---- versions ---- */

static bool is_point(const struct span *span)
{
    return span->from.len > 0 && str_eq(span->from, span->to) && span->to_is_included &&
           !span->from_is_excluded;
}

static struct str filled(enum lang lang, const char *msgid, struct str from, struct str to,
                         struct arena *arena)
{
    return tr_fill(arena, lang, msgid, TR_ARGS({ "from", from }, { "to", to }));
}

static struct str commits_words(enum lang lang, const struct span *span, struct arena *arena)
{
    struct str from = str_take(span->from, COMMIT_SHOWN), to = str_take(span->to, COMMIT_SHOWN);

    if (is_point(span))
        return filled(lang, N_("commit {from}"), from, to, arena);
    if (from.len > 0 && to.len > 0)
        return filled(lang,
                      span->to_is_included ? N_("commits {from} to {to}")
                                           : N_("commits from {from} until before {to}"),
                      from, to, arena);
    if (from.len > 0)
        return filled(lang, N_("commits from {from} on"), from, to, arena);
    if (to.len > 0)
        return filled(lang,
                      span->to_is_included ? N_("commits up to {to}") : N_("commits before {to}"),
                      from, to, arena);
    return tr(lang, N_("all versions"));
}

struct str catalog_span_words(enum lang lang, const struct span *span, struct arena *arena)
{
    /* by: from excluded, to included */
    static const char *const both[2][2] = {
        { N_("{from} or later, before {to}"), N_("{from} or later, up to {to}") },
        { N_("later than {from}, before {to}"), N_("later than {from}, up to {to}") },
    };
    const char *msgid;

    if (span->is_git)
        return commits_words(lang, span, arena);
    if (is_point(span))
        return span->from;
    if (span->from.len > 0 && span->to.len > 0)
        msgid = both[span->from_is_excluded][span->to_is_included];
    else if (span->from.len > 0)
        msgid = span->from_is_excluded ? N_("later than {from}") : N_("{from} or later");
    else if (span->to.len > 0)
        msgid = span->to_is_included ? N_("up to {to}") : N_("before {to}");
    else
        return tr(lang, N_("all versions"));
    return filled(lang, msgid, span->from, span->to, arena);
}

struct str key_words(struct str key, struct arena *arena)
{
    char *words = arena_alloc(arena, key.len + 1);

    for (size_t i = 0; i < key.len; i++)
        words[i] = key.ptr[i] == '_' ? ' ' : key.ptr[i];
    return (struct str){ words, key.len };
}

struct str catalog_cpe_words(struct str field, struct arena *arena)
{
    if (cpe_is_any(field) || cpe_is_na(field))
        return STR_NONE;
    return key_words(cpe_plain(field, arena), arena);
}

/* "9.0.0" with its update: "9.0.0 m1" */
static struct str named_version(const struct cpe *cpe, struct arena *arena)
{
    struct str version = cpe_plain(cpe->field[CPE_VERSION], arena),
               update = catalog_cpe_words(cpe->field[CPE_UPDATE], arena);

    if (cpe_is_any(cpe->field[CPE_VERSION]) || cpe_is_na(cpe->field[CPE_VERSION]))
        return update;
    if (update.len == 0)
        return version;
    return arena_printf(arena, "%.*s %.*s", STR_ARG(version), STR_ARG(update));
}

struct str catalog_criterion_words(enum lang lang, const struct criterion *criterion,
                                   struct arena *arena)
{
    struct span span = { .from = criterion->from,
                         .to = criterion->to,
                         .from_is_excluded = criterion->from_is_excluded,
                         .to_is_included = criterion->to_is_included };
    struct err ignored = { 0 };
    struct cpe cpe;

    if (span.from.len > 0 || span.to.len > 0)
        return catalog_span_words(lang, &span, arena);
    if (!cpe_parse(criterion->cpe, arena, &cpe, &ignored))
        return STR_NONE;
    return named_version(&cpe, arena);
}

/* ---- the rest ---- */

struct str catalog_weakness_words(enum lang lang, struct str weakness, struct arena *arena)
{
    unsigned number;
    struct str name = cwe_parse(weakness, &number) ? cwe_name(number, lang) : STR_NONE;

    if (name.len == 0)
        return weakness;
    return arena_printf(arena, "%.*s %.*s", STR_ARG(weakness), STR_ARG(name));
}

struct when_view catalog_day(enum lang lang, struct utc t, struct arena *arena)
{
    if (!t.ms)
        return (struct when_view){ .tone = TONE_NEUTRAL };
    return (struct when_view){ tr_date(arena, lang, t),
                               utc_iso_jst(arena, (struct utc){ t.ms / 1000 * 1000 }),
                               TONE_NEUTRAL };
}
