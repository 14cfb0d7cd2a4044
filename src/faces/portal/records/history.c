#include "domain/catalog/difference.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/records/fill.h"

enum {
    LINES_SHOWN = 40,
    TEXT_SHOWN = 600,
    RANGES_SHOWN = 20,
    RANGES_TEXT_MAX = 8192,
    DAYS_MAX = 100
};

/* ---- what a field is called ---- */

static const char *const text_names[] = {
    [TEXT_TITLE] = N_("Title"),
    [TEXT_DESCRIPTION] = N_("Overview"),
    [TEXT_IMPACT] = N_("Possible impact"),
    [TEXT_COUNTERMEASURE] = N_("Solution"),
    [TEXT_WORKAROUND] = N_("Workaround"),
};

static const char *const field_names[DIFFERENCE_FIELDS] = {
    [DIFFERENCE_STATE] = N_("State"),
    [DIFFERENCE_DISPUTED] = N_("Disputed"),
    [DIFFERENCE_STATUS] = N_("Stage at the source"),
    [DIFFERENCE_SCORE] = N_("CVSS"),
    [DIFFERENCE_WEAKNESS] = N_("Weakness (CWE)"),
    [DIFFERENCE_ALIAS] = N_("Other names"),
    [DIFFERENCE_PRODUCT] = N_("Product affected"),
    [DIFFERENCE_CRITERION] = N_("Product affected"),
    [DIFFERENCE_REFERENCE] = N_("Reference"),
    [DIFFERENCE_SSVC] = N_("SSVC"),
};

static struct str field_words(const struct record_filling *f, const struct difference *d)
{
    struct str name =
        tr(f->lang, d->field == DIFFERENCE_TEXT ? text_names[d->kind] : field_names[d->field]);

    if (d->about.len == 0)
        return name;
    if (d->field == DIFFERENCE_TEXT)
        return record_is_of(f->lang, d->about)
                   ? name
                   : arena_printf(f->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(d->about));
    return arena_printf(f->arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(d->about));
}

/* ---- what it said ---- */

static struct str product_words(const struct record_filling *f, const struct affected *affected)
{
    struct buf buf = buf_new(f->arena, RANGES_TEXT_MAX);

    if (!affected)
        return STR_NONE;
    for (size_t i = 0; i < affected->spans.len && i < RANGES_SHOWN; i++) {
        if (affected->spans.at[i].status == SPAN_UNAFFECTED)
            continue;
        if (buf.len > 0)
            buf_add(&buf, f->lang == LANG_JA ? STR("、") : STR("; "));
        buf_add(&buf, catalog_span_words(f->lang, &affected->spans.at[i], f->arena));
    }
    if (buf.len == 0)
        return tr(f->lang, affected->default_status == SPAN_AFFECTED ? N_("all versions")
                                                                     : N_("no version is named"));
    return buf_str(&buf);
}

static struct str criterion_words(const struct record_filling *f, const struct criterion *criterion)
{
    struct str words;

    if (!criterion)
        return STR_NONE;
    words = catalog_criterion_words(f->lang, criterion, f->arena);
    return arena_printf(f->arena, "%.*s %.*s", STR_ARG(criterion->cpe), STR_ARG(words));
}

static struct str state_words(const struct record_filling *f, struct str word)
{
    static const struct {
        const char *word, *words;
    } rows[] = { { "published", N_("Published") },
                 { "rejected", N_("Rejected") },
                 { "withdrawn", N_("Withdrawn") },
                 { "disputed", N_("Disputed") } };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq_z(word, rows[i].word))
            return tr(f->lang, rows[i].words);
    return word;
}

/* A long text is shown from where it begins to differ. */
static void cut_to_the_difference(const struct record_filling *f, struct change_line *line)
{
    size_t same = 0,
           least = line->before.len < line->after.len ? line->before.len : line->after.len;
    struct str *const sides[] = { &line->before, &line->after };

    while (same < least && line->before.ptr[same] == line->after.ptr[same])
        same++;
    same = same > 80 ? same - 80 : 0;
    while (same > 0 && ((unsigned char)line->after.ptr[same] & 0xc0) == 0x80)
        same--;
    for (size_t i = 0; i < COUNT(sides); i++) {
        struct str rest = str_drop(*sides[i], same), shown = str_take_code_points(rest, TEXT_SHOWN);

        if (sides[i]->len > 0)
            *sides[i] = arena_printf(f->arena, "%s%.*s%s", same > 0 ? "…" : "", STR_ARG(shown),
                                     shown.len < rest.len ? "…" : "");
    }
}

static struct change_line line_of(const struct record_filling *f, const struct difference *d)
{
    struct change_line line = { field_words(f, d), d->before, d->after };

    if (d->is_long) {
        line.after = tr(f->lang, N_("The list is too long to be compared here."));
        return line;
    }
    switch (d->field) {
    case DIFFERENCE_STATE:
    case DIFFERENCE_DISPUTED:
        line.before = state_words(f, d->before);
        line.after = state_words(f, d->after);
        break;
    case DIFFERENCE_TEXT:
        cut_to_the_difference(f, &line);
        break;
    case DIFFERENCE_PRODUCT:
        line.before = product_words(f, d->product_was);
        line.after = product_words(f, d->product_is);
        break;
    case DIFFERENCE_CRITERION:
        line.before = criterion_words(f, d->criterion_was);
        line.after = criterion_words(f, d->criterion_is);
        break;
    default:
        break;
    }
    return line;
}

/* ---- moments ---- */

static struct str who_of(const struct record_filling *f, const struct catalog_told *told)
{
    return arena_printf(f->arena, "%.*s %.*s", STR_ARG(record_telling_words(f, &told->record)),
                        STR_ARG(told->record.id));
}

struct moment_of {
    struct utc at;
    struct change_view view;
};
struct moments {
    VEC_OF(struct moment_of);
};

static void add_moment(const struct record_filling *f, struct moments *moments, struct utc at,
                       struct change_view view)
{
    size_t place = moments->len;

    view.when = (struct when_view){ tr_instant(f->arena, f->lang, at),
                                    utc_iso_jst(f->arena, (struct utc){ at.ms / 1000 * 1000 }),
                                    TONE_NEUTRAL };
    VEC_PUSH(f->arena, moments, (struct moment_of){ at, view });
    for (; place > 0 && moments->at[place - 1].at.ms < at.ms; place--) {
        struct moment_of newer = moments->at[place];

        moments->at[place] = moments->at[place - 1];
        moments->at[place - 1] = newer;
    }
}

static void add_changes(const struct record_filling *f, struct moments *moments,
                        const struct catalog_told *told)
{
    const struct catalog_record *is = &told->record;

    for (size_t i = 0; i < f->facts->pasts.len; i++) {
        const struct catalog_past *past = &f->facts->pasts.at[i];
        struct change_view view = { .who = who_of(f, told) };
        struct differences found;

        if (past->record != told->id)
            continue;
        found = catalog_difference(&past->was, is, f->arena);
        for (size_t j = 0; j < found.len && view.lines.len < LINES_SHOWN; j++)
            VEC_PUSH(f->arena, &view.lines, line_of(f, &found.at[j]));
        if (view.lines.len > 0)
            add_moment(f, moments, past->until, view);
        is = &past->was;
    }
}

void record_fill_history(const struct record_filling *f)
{
    struct moments moments = { 0 };

    for (size_t i = 0; i < f->facts->tellings.len && i < DAYS_MAX; i++) {
        const struct catalog_told *told = &f->facts->tellings.at[i];

        add_changes(f, &moments, told);
        if (told->first.ms)
            add_moment(f, &moments, told->first,
                       (struct change_view){ .who = who_of(f, told), .is_first = true });
    }
    for (size_t i = 0; i < moments.len; i++)
        VEC_PUSH(f->arena, &f->out->history, moments.at[i].view);
}

/* ---- who says what now ---- */

static struct str telling_href(const struct record_filling *f, const struct catalog_record *record)
{
    static const struct {
        enum catalog_source source;
        const char *prefix, *address;
    } rows[] = {
        { SOURCE_NVD, "CVE-", "https://nvd.nist.gov/vuln/detail/" },
        { SOURCE_CVE, "CVE-", "https://www.cve.org/CVERecord?id=" },
        { SOURCE_OSV, "", "https://osv.dev/vulnerability/" },
    };
    struct buf buf = buf_new(f->arena, 4 * CATALOG_ID_MAX);

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (record->source != rows[i].source || !str_starts(record->id, str_from_z(rows[i].prefix)))
            continue;
        buf_add_z(&buf, rows[i].address);
        html_url_encode(&buf, record->id);
        return buf_str(&buf);
    }
    return STR_NONE;
}

static struct str weaknesses_of(const struct record_filling *f, const struct catalog_record *record)
{
    struct buf buf = buf_new(f->arena, 1024);

    for (size_t i = 0; i < record->weaknesses.len && buf.len < 900; i++) {
        if (i > 0)
            buf_add(&buf, STR(", "));
        buf_add(&buf, str_take(record->weaknesses.at[i], 20));
    }
    return buf_str(&buf);
}

static void add_told_texts(const struct record_filling *f, const struct catalog_record *record,
                           struct telling_view *view)
{
    for (size_t i = 0; i < record->texts.len && i < LINES_SHOWN; i++) {
        const struct catalog_text *text = &record->texts.at[i];
        enum lang lang = record_is_of(LANG_JA, text->lang) ? LANG_JA : LANG_EN;

        VEC_PUSH(f->arena, &view->texts,
                 (struct told_text){ tr(f->lang, text_names[text->kind]), text->text,
                                     lang == f->lang ? STR_NONE : lang_code(lang) });
    }
}

static void set_score(const struct record_filling *f, const struct catalog_record *record,
                      struct telling_view *view)
{
    const struct catalog_score *best = NULL;

    for (size_t i = 0; i < record->scores.len; i++) {
        const struct catalog_score *score = &record->scores.at[i];

        if (score->tenths >= 0 && (!best || (score->is_primary && !best->is_primary)))
            best = score;
    }
    if (best)
        view->score = arena_printf(f->arena, "%d.%d (v%.*s)", best->tenths / 10, best->tenths % 10,
                                   STR_ARG(best->version));
}

void record_fill_tellings(const struct record_filling *f)
{
    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_told *told = &f->facts->tellings.at[i];
        const struct catalog_record *record = &told->record;
        struct telling_view view = {
            .source = record_telling_words(f, record),
            .id = record->id,
            .status = record->status,
            .weaknesses = weaknesses_of(f, record),
            .href = telling_href(f, record),
            .state = entry_state_tag(f->lang, record->state, record->is_disputed),
            .published = catalog_day(f->lang, record->published, f->arena),
            .modified = catalog_day(f->lang, record->modified, f->arena),
            .first = catalog_day(f->lang, told->first, f->arena),
            .last = catalog_day(f->lang, told->last, f->arena),
        };

        set_score(f, record, &view);
        add_told_texts(f, record, &view);
        VEC_PUSH(f->arena, &f->out->tellings, view);
    }
}
