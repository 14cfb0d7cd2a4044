/* domain/statistics/figures.c: the figures by name, and what stands beside each. */
#include <string.h>

#include "base/err.h"
#include "domain/access/partner.h"
#include "domain/casework/report_form.h"
#include "domain/statistics/statistics.h"

/* ---- labels ---- */

struct word {
    const char *key, *label;
};

static struct str word_of(const struct word *words, struct str key, enum lang lang)
{
    for (; words->key; words++) {
        if (str_eq_z(key, words->key))
            return tr(lang, words->label);
    }
    return key;
}

static struct str label_of_state(struct str key, enum lang lang, struct arena *arena)
{
    static const struct word words[] = {
        { "PUBLISHED", N_("Published") },
        { "NOT_COORDINATED", N_("Published after the committee's decision") },
        { "INDIVIDUAL", N_("Handled individually") },
        { "NOT_VULNERABLE", N_("Not a vulnerability") },
        { "REJECTED", N_("Not accepted") },
        { "FIXED", N_("Fixed") },
        { "OPERATIONAL", N_("Avoided by operation") },
        { "PAGE_DELETED", N_("The page was deleted") },
        { "ALERT", N_("Alert issued") },
        { "UNHANDLEABLE", N_("Cannot be handled") },
        { "IN_HANDLING", N_("In handling") },
        { NULL, NULL },
    };

    (void)arena;
    return word_of(words, key, lang);
}

static struct str label_of_origin(struct str key, enum lang lang, struct arena *arena)
{
    static const struct word words[] = {
        { "FINDER", N_("Reports of finders in Japan") },
        { "DEVELOPER", N_("Developers' own reports") },
        { "COLLECTED", N_("Collected by the coordinating body") },
        { "FOREIGN", N_("Coordinating bodies abroad") },
        { NULL, NULL },
    };

    (void)arena;
    return word_of(words, key, lang);
}

static struct str label_of_kind(struct str key, enum lang lang, struct arena *arena)
{
    static const struct word words[] = { { "all", N_("Together") }, { NULL, NULL } };

    (void)arena;
    for (const struct form_option *o = report_field(REPORT_PRODUCT, STR("category"))->options;
         o->value; o++) {
        if (str_eq_z(key, o->value))
            return tr(lang, o->label);
    }
    return word_of(words, key, lang);
}

static struct str label_of_sector(struct str key, enum lang lang, struct arena *arena)
{
    const char *words = sector_words(key);

    (void)arena;
    return words ? tr(lang, words) : key;
}

static struct str label_of_quarter(struct str key, enum lang lang, struct arena *arena)
{
    struct quarter q;

    return quarter_parse(key, &q) ? quarter_words(q, lang, arena) : key;
}

/* "0-45", "46-300", "301+" */
static struct str label_of_days(struct str key, enum lang lang, struct arena *arena)
{
    struct str from = str_take(key, str_index(key, '-'));

    if (str_ends(key, STR("+")))
        return tr_fill(arena, lang, N_("{days} days or more"),
                       TR_ARGS({ "days", str_take(key, key.len - 1) }));
    return tr_fill(arena, lang,
                   str_eq(from, STR("0")) ? N_("Up to {days} days") : N_("{from} to {days} days"),
                   TR_ARGS({ "from", from }, { "days", str_drop(key, from.len + 1) }));
}

/* ---- the figures ---- */

#define REPORTS N_("reports")
#define ENTRIES N_("entries")
#define CASES   N_("cases")

/* clang-format off */
const struct figure_kind figure_kinds[] = {
    { "reports_by_quarter", "STA-02", N_("Reports by quarter"),
      N_("A report counts from the day on which the receiving body decided whether to accept it, in Japanese time. Working days are counted from the beginning of acceptance, without Saturdays, Sundays, national holidays and 29 December to 3 January."),
      REPORTS,
      { { "product", N_("Products"), COLUMN_COUNT }, { "website", N_("Websites"), COLUMN_COUNT }, { "new", N_("Together"), COLUMN_COUNT },
        { "cumulative", N_("Since the beginning"), COLUMN_COUNT }, { "per_working_day", N_("For each working day"), COLUMN_HUNDREDTHS } },
      5, false, label_of_quarter },
    { "products_by_state", "STA-03", N_("Reports about products by how they stand"),
      N_("Every report stands in exactly one line, by what had become of it at the end of the day of the count."),
      REPORTS, { { "count", N_("Reports"), COLUMN_COUNT } }, 1, true, label_of_state },
    { "websites_by_state", "STA-04", N_("Reports about websites by how they stand"),
      N_("Every report stands in exactly one line, by what had become of it at the end of the day of the count."),
      REPORTS, { { "count", N_("Reports"), COLUMN_COUNT } }, 1, true, label_of_state },
    { "days_to_publication", "STA-05", N_("Days from acceptance to publication"),
      N_("Published reports, by the days from the day on which the receiving body accepted the report."),
      REPORTS, { { "count", N_("Reports"), COLUMN_COUNT } }, 1, true, label_of_days },
    { "entries_by_origin", "STA-06", N_("Published countermeasure information by where it came from"),
      N_("Entries of this portal, each once, at its first publication."),
      ENTRIES, { { "count", N_("Entries"), COLUMN_COUNT } }, 1, true, label_of_origin },
    { "products_by_kind", "STA-07", N_("Reports about products by kind of product"),
      N_("Without those that were not accepted. Kinds with few reports are put together, so that none of them can be recognised."),
      REPORTS, { { "count", N_("Reports"), COLUMN_COUNT } }, 1, true, label_of_kind },
    { "provisions_by_sector", "STA-09", N_("Priority provision by sector"),
      N_("Cases of which operators of critical infrastructure were told before publication, each once in every sector that was told, however many operators."),
      CASES, { { "quarter", N_("In this quarter"), COLUMN_COUNT }, { "cumulative", N_("Since the beginning"), COLUMN_COUNT } }, 2, false, label_of_sector },
    { "days_to_fix", "STA-11", N_("Days from the notice to the fix of a website"),
      N_("Fixed websites, by the days from the day on which the operator was given the details to its report of the fix."),
      REPORTS, { { "count", N_("Reports"), COLUMN_COUNT } }, 1, true, label_of_days },
    { "websites_pending", "STA-14", N_("Websites that are not fixed, by days since the notice"),
      N_("Websites in handling whose operator has been given the details. From 90 days on their handling counts as long."),
      REPORTS, { { "count", N_("Reports"), COLUMN_COUNT } }, 1, true, label_of_days },
    { "iot", "STA-21", N_("Reports about IoT products"),
      N_("Without those that were not accepted. Given only when none of the kinds is too small to be told apart."),
      REPORTS, { { "reports", N_("Reports"), COLUMN_COUNT }, { "published", N_("Published"), COLUMN_COUNT } }, 2, false, label_of_kind },
};
const size_t figure_kind_count = COUNT(figure_kinds);

const struct statistics_gap statistics_gaps[] = {
    { "STA-08", N_("Products by cause"), N_("The kind of vulnerability is part of the sealed text of a report.") },
    { "STA-10", N_("Developers that cannot be reached"), N_("The public list of unreachable developers says how many were listed, reached again and are still looked for.") },
    { "STA-12 STA-13 STA-16", N_("Websites by kind of vulnerability and effect"), N_("The kind of vulnerability is part of the sealed text of a report.") },
    { "STA-17 STA-18", N_("Entries of the database of countermeasures"), N_("They are counted in the database itself, not in the ledger.") },
    { "STA-19 STA-20", N_("Checklists and guides"), N_("No assessments or downloads are kept yet.") },
};
const size_t statistics_gap_count = COUNT(statistics_gaps);
/* clang-format on */

const struct figure *statistics_figure(const struct statistics *s, const char *key)
{
    for (size_t i = 0; i < s->figures.len; i++) {
        if (strcmp(s->figures.at[i].kind->key, key) == 0)
            return &s->figures.at[i];
    }
    return NULL;
}

int64_t figure_total(const struct figure *figure)
{
    int64_t total = 0;

    for (size_t i = 0; i < figure->len; i++)
        total += figure->at[i].is_part ? 0 : figure->at[i].n[0];
    return total;
}

int64_t figure_share(int64_t n, int64_t total)
{
    return total > 0 ? (n * 200 + total) / (2 * total) : 0;
}

struct str figure_row_label(const struct figure *figure, const struct figure_row *row,
                            enum lang lang, struct arena *arena)
{
    return figure->kind->label(row->key, lang, arena);
}

struct str figure_number(const struct figure *figure, size_t column, int64_t n, struct arena *arena)
{
    if (figure->kind->columns[column].kind == COLUMN_HUNDREDTHS)
        return arena_printf(arena, "%lld.%02lld", (long long)(n / 100), (long long)(n % 100));
    return tr_number(arena, n);
}

struct quarter statistics_quarter(const struct statistics *s)
{
    return quarter_of((struct utc){ s->until.ms - 1 });
}

struct str quarter_words(struct quarter q, enum lang lang, struct arena *arena)
{
    return tr_fill(arena, lang, N_("quarter {number} of {year}"),
                   TR_ARGS({ "year", arena_printf(arena, "%d", quarter_year(q)) },
                           { "number", arena_printf(arena, "%d", quarter_number(q)) }));
}

struct str statistics_day(const struct statistics *s, enum lang lang, struct arena *arena)
{
    return tr_date(arena, lang, (struct utc){ s->until.ms - 1 });
}
