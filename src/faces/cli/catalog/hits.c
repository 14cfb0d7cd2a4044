#include "faces/cli/catalog/hits.h"

#include "faces/portal/catalog/names.h"
#include "formats/cvss/cvss.h"
#include "formats/json/json.h"

enum { GAP = 2, INDENT = 4, EPSS_DIGITS = 5 };

/* ---- the table: a line of facts and the title below it ---- */

struct cell {
    struct str text;
    enum tint tint;
};

static enum tint tint_of(enum tone tone)
{
    static const enum tint tints[] = { [TONE_NEUTRAL] = TINT_DIM,
                                       [TONE_GOOD] = TINT_NONE,
                                       [TONE_WARN] = TINT_YELLOW,
                                       [TONE_BAD] = TINT_BOLD_RED,
                                       [TONE_EMBER] = TINT_RED };

    return tints[tone];
}

static struct cell cell_name(const struct hits *hits, const struct entry_line *line)
{
    (void)hits;
    return (struct cell){ line->name, TINT_BOLD };
}

static struct cell cell_score(const struct hits *hits, const struct entry_line *line)
{
    (void)hits;
    return (struct cell){ line->score, tint_of(line->severity.tone) };
}

static struct cell cell_severity(const struct hits *hits, const struct entry_line *line)
{
    (void)hits;
    return (struct cell){ line->severity.word, tint_of(line->severity.tone) };
}

static struct cell cell_kev(const struct hits *hits, const struct entry_line *line)
{
    (void)hits;
    return (struct cell){ line->is_kev ? STR("KEV") : STR_NONE, TINT_BOLD_RED };
}

static struct cell cell_chance(const struct hits *hits, const struct entry_line *line)
{
    (void)hits;
    return (struct cell){ line->chance, TINT_NONE };
}

static struct cell cell_published(const struct hits *hits, const struct entry_line *line)
{
    (void)hits;
    return (struct cell){ str_take(line->published.iso, sizeof "2026-11-21" - 1), TINT_NONE };
}

static struct cell cell_sources(const struct hits *hits, const struct entry_line *line)
{
    if (line->state.word.len == 0)
        return (struct cell){ line->sources, TINT_DIM };
    return (struct cell){ arena_printf(hits->arena, "%.*s (%.*s)", STR_ARG(line->sources),
                                       STR_ARG(line->state.word)),
                          TINT_DIM };
}

/* clang-format off */
static const struct column {
    const char *title; /* msgid */
    struct cell (*cell)(const struct hits *hits, const struct entry_line *line);
    bool is_right;
} columns[] = {
    { N_("Vulnerability"),       cell_name,      false },
    { "CVSS",                    cell_score,     true  },
    { N_("Severity"),            cell_severity,  false },
    { "KEV",                     cell_kev,       false },
    { "EPSS",                    cell_chance,    true  },
    { N_("Date of publication"), cell_published, false },
    { N_("Source"),              cell_sources,   false },
};
/* clang-format on */

static struct cell cell_of(const struct hits *hits, const struct column *column,
                           const struct entry_line *line)
{
    struct cell cell = column->cell(hits, line);

    if (cell.text.len == 0)
        return (struct cell){ STR("-"), TINT_DIM };
    cell.text = paper_clean(hits->arena, cell.text);
    return cell;
}

static void measure(const struct hits *hits, size_t widths[COUNT(columns)])
{
    for (size_t n = 0; n < COUNT(columns); n++) {
        widths[n] = paper_columns(tr(hits->lang, columns[n].title));
        for (size_t i = 0; i < hits->lines->len; i++) {
            size_t own = paper_columns(cell_of(hits, &columns[n], &hits->lines->at[i]).text);

            if (own > widths[n])
                widths[n] = own;
        }
    }
}

static void put_cell(struct paper *paper, const struct column *column, size_t width,
                     struct cell cell)
{
    size_t own = paper_columns(cell.text), room = width > own ? width - own : 0;

    if (column->is_right)
        paper_pad(paper, room);
    paper_put(paper, cell.tint, cell.text);
    paper_pad(paper, (column->is_right ? 0 : room) + GAP);
}

static void put_lines(const struct hits *hits, struct paper *paper)
{
    size_t widths[COUNT(columns)];

    measure(hits, widths);
    for (size_t n = 0; n < COUNT(columns); n++)
        put_cell(paper, &columns[n], widths[n],
                 (struct cell){ tr(hits->lang, columns[n].title), TINT_DIM });
    paper_end(paper);
    for (size_t i = 0; i < hits->lines->len; i++) {
        const struct entry_line *line = &hits->lines->at[i];

        for (size_t n = 0; n < COUNT(columns); n++)
            put_cell(paper, &columns[n], widths[n], cell_of(hits, &columns[n], line));
        paper_end(paper);
        paper_pad(paper, INDENT);
        paper_flow(paper, TINT_NONE, line->title, INDENT, INDENT);
    }
}

static struct str count_words(const struct hits *hits)
{
    const struct search *search = hits->search;
    int64_t shown = (int64_t)hits->lines->len;
    struct str count = tr_fill(hits->arena, hits->lang,
                               hits->found->count_is_capped ? N_("{count} or more found")
                                                            : N_("{count} found"),
                               TR_ARGS({ "count", tr_number(hits->arena, hits->found->count) })),
               range;

    if (shown == 0 || (shown == hits->found->count && search->offset == 0))
        return count;
    range = tr_fill(hits->arena, hits->lang, N_("{first} to {last}"),
                    TR_ARGS({ "first", tr_number(hits->arena, (int64_t)search->offset + 1) },
                            { "last", tr_number(hits->arena, (int64_t)search->offset + shown) }));
    return arena_printf(hits->arena, "%.*s (%.*s)", STR_ARG(count), STR_ARG(range));
}

static struct str meant_name(const struct hits *hits, const struct search_choice *choice)
{
    return name_in(hits->lang, choice->name_ja, choice->name_en, choice->key);
}

static void put_meant(const struct hits *hits, struct paper *paper)
{
    const struct search_choices *meant = &hits->found->meant;

    if (meant->len == 0)
        return;
    paper_flow(paper, TINT_NONE, tr(hits->lang, N_("Did you mean:")), 0, 0);
    for (size_t i = 0; i < meant->len; i++) {
        paper_pad(paper, INDENT);
        paper_flow(paper, TINT_BOLD, meant_name(hits, &meant->at[i]), INDENT, INDENT);
    }
}

void hits_table(const struct hits *hits, struct paper *paper)
{
    if (hits->lines->len > 0)
        put_lines(hits, paper);
    paper_flow(paper, TINT_DIM, count_words(hits), 0, 0);
    put_meant(hits, paper);
}

/* ---- for programs ---- */

static void put_count(struct json_writer *w, const char *key, int64_t n)
{
    json_key(w, key);
    json_put_int(w, n);
}

static void put_flag(struct json_writer *w, const char *key, bool flag)
{
    json_key(w, key);
    json_put_bool(w, flag);
}

static void put_time(const struct hits *hits, struct json_writer *w, const char *key, struct utc t)
{
    json_pair(w, key, t.ms ? utc_iso(hits->arena, t) : STR_NONE);
}

static void put_names(struct json_writer *w, const char *key, struct str ja, struct str en)
{
    if (ja.len + en.len == 0)
        return;
    json_key(w, key);
    json_object_begin(w);
    json_pair(w, "ja", ja);
    json_pair(w, "en", en);
    json_object_end(w);
}

static void put_score(const struct catalog_entry *entry, struct json_writer *w)
{
    json_pair(w, "severity", catalog_severity_name(entry->severity));
    if (entry->tenths != CVSS_NO_SCORE) {
        json_key(w, "score");
        json_object_begin(w);
        json_pair(w, "version", entry->score_version);
        json_key(w, "base");
        json_put_tenths(w, entry->tenths);
        json_object_end(w);
    }
    if (entry->epss >= 0) {
        json_key(w, "epss");
        json_put_decimal(w, entry->epss, EPSS_DIGITS);
    }
}

static void put_sources(const struct catalog_entry *entry, struct json_writer *w)
{
    json_key(w, "sources");
    json_array_begin(w);
    for (int i = 0; i < CATALOG_SOURCES; i++)
        if (entry->sources & 1u << i)
            json_put_text(w, catalog_source_name((enum catalog_source)i));
    json_array_end(w);
}

static void put_entry(const struct hits *hits, const struct catalog_entry *entry,
                      struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "name", entry->name);
    json_pair(w, "number", entry->number);
    put_names(w, "title", entry->title_ja, entry->title_en);
    json_pair(w, "state", catalog_state_name(entry->state));
    put_flag(w, "disputed", entry->is_disputed);
    put_score(entry, w);
    put_flag(w, "kev", entry->is_kev);
    put_flag(w, "embedded", entry->is_embedded);
    put_flag(w, "standard", entry->is_standard);
    put_flag(w, "japanese", entry->has_ja);
    put_time(hits, w, "published", entry->published);
    put_time(hits, w, "modified", entry->modified);
    put_sources(entry, w);
    json_object_end(w);
}

static void put_choices(const struct search_choices *choices, const char *key,
                        struct json_writer *w)
{
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < choices->len; i++) {
        json_object_begin(w);
        json_pair(w, "key", choices->at[i].key);
        put_names(w, "name", choices->at[i].name_ja, choices->at[i].name_en);
        put_count(w, "count", choices->at[i].count);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_facets(const struct search_found *found, struct json_writer *w)
{
    /* by the names of the filters that take their keys */
    static const char *const names[SEARCH_FACETS] = {
        [FACET_SEVERITY] = "severity", [FACET_SOURCE] = "source",     [FACET_VENDOR] = "vendor",
        [FACET_PRODUCT] = "product",   [FACET_CWE] = "cwe",           [FACET_YEAR] = "year",
        [FACET_KEV] = "kev",           [FACET_EMBEDDED] = "embedded", [FACET_JA] = "ja",
    };

    json_key(w, "facets");
    json_object_begin(w);
    for (int i = 0; i < SEARCH_FACETS; i++)
        put_choices(&found->facets[i], names[i], w);
    json_object_end(w);
    json_key(w, "countedAmongNewest"); /* where the counts are not of all hits */
    json_array_begin(w);
    for (int i = 0; i < SEARCH_FACETS; i++)
        if (found->count_is_capped && search_facet_is_of_newest((enum search_facet)i))
            json_put_text(w, str_from_z(names[i]));
    json_array_end(w);
}

void hits_json(const struct hits *hits, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    put_count(&w, "count", hits->found->count);
    put_flag(&w, "more", hits->found->count_is_capped);
    put_count(&w, "offset", (int64_t)hits->search->offset);
    json_key(&w, "entries");
    json_array_begin(&w);
    for (size_t i = 0; i < hits->found->entries.len; i++)
        put_entry(hits, &hits->found->entries.at[i], &w);
    json_array_end(&w);
    put_facets(hits->found, &w);
    put_choices(&hits->found->meant, "meant", &w);
    json_object_end(&w);
    buf_byte(out, '\n');
}
