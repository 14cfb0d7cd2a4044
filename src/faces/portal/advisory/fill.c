#include "faces/portal/advisory/fill.h"

#include "base/buf.h"
#include "base/err.h"
#include "faces/http/url.h"
#include "formats/cvss/cvss.h"

enum { PRODUCTS_SHOWN = 3, NEWEST_SHOWN = 10 };

/* ---- words ---- */

struct tag_view severity_tag(enum lang lang, struct str severity)
{
    static const struct {
        const char *severity;
        enum cvss_severity known;
        enum tone tone;
    } rows[] = {
        { "CRITICAL", CVSS_CRITICAL, TONE_BAD }, { "HIGH", CVSS_HIGH, TONE_BAD },
        { "MEDIUM", CVSS_MEDIUM, TONE_WARN },    { "LOW", CVSS_LOW, TONE_NEUTRAL },
        { "NONE", CVSS_NONE, TONE_NEUTRAL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(severity, rows[i].severity))
            return (struct tag_view){ tr(lang, cvss_severity_name(rows[i].known, CVSS_3_1)),
                                      rows[i].tone };
    }
    return (struct tag_view){ STR_NONE, TONE_NEUTRAL };
}

static struct tag_view vendor_tag(enum lang lang, struct str status)
{
    enum tone tone = TONE_NEUTRAL;

    if (str_eq(status, STR("vulnerable")))
        tone = TONE_BAD;
    else if (str_eq(status, STR("vulnerable_investigating")) ||
             str_eq(status, STR("notvulnerable_investigating")))
        tone = TONE_WARN;
    else if (str_eq(status, STR("notvulnerable")))
        tone = TONE_GOOD;
    else if (str_eq(status, STR("no_report")))
        tone = TONE_EMBER;
    return (struct tag_view){ tr(lang, vendor_status_msgid(status)), tone };
}

/* The value of a metric in a vector: 'N' of "/AV:N"; 0 when it is not there. */
static char metric(struct str vector, const char *name)
{
    struct str part = str_from_z(name);
    size_t at = str_index_str(vector, part);

    return at + part.len < vector.len ? vector.ptr[at + part.len] : 0;
}

struct str attack_words(enum lang lang, struct str vector)
{
    /* clang-format off */
    static const struct {
        char from;
        bool no_login, no_action;
        const char *words;
    } rows[] = {
        { 'N', true, true, N_("It can be attacked over the network, without logging in and without any action by the user.") },
        { 'N', true, false, N_("It can be attacked over the network, without logging in and when the user is made to do something.") },
        { 'N', false, true, N_("It can be attacked over the network, by somebody who can log in and without any action by the user.") },
        { 'N', false, false, N_("It can be attacked over the network, by somebody who can log in and when the user is made to do something.") },
        { 'A', true, true, N_("It can be attacked from a neighbouring network, without logging in and without any action by the user.") },
        { 'A', true, false, N_("It can be attacked from a neighbouring network, without logging in and when the user is made to do something.") },
        { 'A', false, true, N_("It can be attacked from a neighbouring network, by somebody who can log in and without any action by the user.") },
        { 'A', false, false, N_("It can be attacked from a neighbouring network, by somebody who can log in and when the user is made to do something.") },
        { 'L', true, true, N_("It can be attacked on the device itself, without logging in and without any action by the user.") },
        { 'L', true, false, N_("It can be attacked on the device itself, without logging in and when the user is made to do something.") },
        { 'L', false, true, N_("It can be attacked on the device itself, by somebody who can log in and without any action by the user.") },
        { 'L', false, false, N_("It can be attacked on the device itself, by somebody who can log in and when the user is made to do something.") },
        { 'P', true, true, N_("It can be attacked with physical access to the device, without logging in and without any action by the user.") },
        { 'P', true, false, N_("It can be attacked with physical access to the device, without logging in and when the user is made to do something.") },
        { 'P', false, true, N_("It can be attacked with physical access to the device, by somebody who can log in and without any action by the user.") },
        { 'P', false, false, N_("It can be attacked with physical access to the device, by somebody who can log in and when the user is made to do something.") },
    };
    /* clang-format on */
    char from = metric(vector, "/AV:"), login = metric(vector, "/PR:"),
         action = metric(vector, "/UI:");

    for (size_t i = 0; login && action && i < COUNT(rows); i++) {
        if (rows[i].from == from && rows[i].no_login == (login == 'N') &&
            rows[i].no_action == (action == 'N'))
            return tr(lang, rows[i].words);
    }
    return STR_NONE;
}

static struct when_view when_of(struct utc t, enum lang lang, struct arena *arena)
{
    if (!t.ms)
        return (struct when_view){ .tone = TONE_NEUTRAL };
    return (struct when_view){ tr_date(arena, lang, t),
                               utc_iso_jst(arena, (struct utc){ t.ms / 1000 * 1000 }),
                               TONE_NEUTRAL };
}

static struct str either(enum lang lang, struct str ja, struct str en)
{
    return lang == LANG_EN && en.len > 0 ? en : ja;
}

/* ---- texts ---- */

static bool is_head(struct str line)
{
    return (str_starts(line, STR("[")) && str_ends(line, STR("]")) && line.len > 2) ||
           (str_starts(line, STR("【")) && str_ends(line, STR("】")));
}

static struct str head_text(struct str line)
{
    size_t mark = line.ptr[0] == '[' ? 1 : 3;

    return (struct str){ line.ptr + mark, line.len - 2 * mark };
}

/* A paragraph ends at an empty line or a sub-head. */
struct text_blocks text_blocks_of(struct str text, struct arena *arena)
{
    struct text_blocks blocks = { 0 };
    struct str rest = str_trim(text), line;
    struct buf paragraph = buf_new(arena, text.len + 1);

    for (bool more = rest.len > 0; more;) {
        more = str_split(&rest, '\n', &line);
        line = more ? str_trim(line) : STR_NONE;
        if (line.len > 0 && !is_head(line)) {
            if (paragraph.len > 0)
                buf_byte(&paragraph, '\n');
            buf_add(&paragraph, line);
            continue;
        }
        if (paragraph.len > 0)
            VEC_PUSH(arena, &blocks,
                     (struct text_block){ arena_str(arena, buf_str(&paragraph)), false });
        paragraph.len = 0;
        if (line.len > 0)
            VEC_PUSH(arena, &blocks, (struct text_block){ head_text(line), true });
    }
    return blocks;
}

/* ---- one advisory ---- */

struct filling {
    const struct advisory_view *view;
    const struct advisory_site *site;
    enum lang lang;
    struct arena *arena;
    struct advisory_page_view *out;
};

static void fill_texts(struct filling *f)
{
    const struct advisory_text *text = advisory_text_of(f->view, f->lang);

    f->out->title = text->title;
    f->out->action = text_blocks_of(text->action, f->arena);
    f->out->overview = text_blocks_of(text->overview, f->arena);
    f->out->details = text_blocks_of(text->details, f->arena);
    f->out->impact = text_blocks_of(text->impact, f->arena);
    f->out->solution = text_blocks_of(text->solution, f->arena);
    f->out->workaround = text_blocks_of(text->workaround, f->arena);
    f->out->judgement = text_blocks_of(text->judgement, f->arena);
    f->out->addendum = text_blocks_of(text->addendum, f->arena);
    f->out->credit = text_blocks_of(text->credit, f->arena);
}

static struct str tenths_text(int tenths, struct arena *arena)
{
    return arena_printf(arena, "%d.%d", tenths / 10, tenths % 10);
}

static void fill_severity(struct filling *f)
{
    struct advisory_score score = advisory_score_of(f->view, f->arena);

    if (score.vector.len == 0)
        return;
    f->out->has_severity = true;
    f->out->severity.scale = tr_fill(f->arena, f->lang, N_("CVSS v{version} base score"),
                                     TR_ARGS({ "version", score.version }));
    f->out->severity.words = attack_words(f->lang, score.vector);
    f->out->severity.score = tenths_text(score.tenths, f->arena);
    f->out->severity.tag = severity_tag(f->lang, score.word);
}

static void fill_products(struct filling *f)
{
    for (size_t i = 0; i < f->view->products.len; i++) {
        const struct advisory_product *p = &f->view->products.at[i];

        VEC_PUSH(f->arena, &f->out->products,
                 (struct product_line){ .name = p->product,
                                        .vendor = either(f->lang, p->vendor_ja, p->vendor_en),
                                        .versions = either(f->lang, p->versions, p->versions_en),
                                        .fixed = p->fixed,
                                        .is_fixed = p->fixed.len > 0,
                                        .note = either(f->lang, p->note_ja, p->note_en) });
    }
}

static void fill_weaknesses(struct filling *f)
{
    for (size_t i = 0; i < f->view->weaknesses.len; i++) {
        const struct advisory_weakness *w = &f->view->weaknesses.at[i];
        struct advisory_score score = weakness_score(w, f->arena);
        struct weakness_line line = { .cve = w->cve,
                                      .vector = score.vector,
                                      .version = score.version };

        if (w->cve.len > 0)
            line.cve_href = url_of_cve(w->cve, f->arena);
        if (w->cwe.len > 0)
            line.cwe = arena_printf(f->arena, "%.*s %.*s", STR_ARG(w->cwe),
                                    STR_ARG(either(f->lang, w->cwe_name_ja, w->cwe_name_en)));
        if (score.tenths >= 0) {
            line.score = tenths_text(score.tenths, f->arena);
            line.severity = severity_tag(f->lang, score.word);
        }
        VEC_PUSH(f->arena, &f->out->weaknesses, line);
    }
}

static void fill_vendors(struct filling *f)
{
    for (size_t i = 0; i < f->view->vendors.len; i++) {
        const struct advisory_vendor *v = &f->view->vendors.at[i];

        VEC_PUSH(
            f->arena, &f->out->vendors,
            (struct vendor_line){ .name = either(f->lang, v->name_ja, v->name_en),
                                  .url = v->url,
                                  .statement = either(f->lang, v->statement_ja, v->statement_en),
                                  .status = vendor_tag(f->lang, v->status),
                                  .when = when_of(v->at, f->lang, f->arena) });
    }
}

/* Newest first. */
static void fill_history(struct filling *f)
{
    for (size_t i = f->view->history.len; i-- > 0;) {
        const struct advisory_change *change = &f->view->history.at[i];

        VEC_PUSH(f->arena, &f->out->history,
                 (struct moment){ .when = when_of(change->at, f->lang, f->arena),
                                  .what = either(f->lang, change->words_ja, change->words_en),
                                  .is_latest = i + 1 == f->view->history.len });
    }
}

static void fill_formats(struct filling *f)
{
    struct str slug = advisory_slug(f->view->number, f->arena);
    struct str csaf = csaf_file_of(f->view->number, f->view->published_at, f->arena);

#define FORMAT(label, href) \
    VEC_PUSH(f->arena, &f->out->formats, (struct format_line){ STR(label), (href) })
    FORMAT("CSAF 2.0 (JSON)", arena_printf(f->arena, PATH_CSAF_WHITE "%.*s", STR_ARG(csaf)));
    FORMAT("VULDEF 3.2 (XML)", path_of_vuldef(slug, f->lang, f->arena));
    FORMAT("JSON", path_of_json(slug, f->arena));
    FORMAT("JVNRSS", f->lang == LANG_EN ? STR("/en/rss/noroshi.rdf") : STR("/rss/noroshi.rdf"));
#undef FORMAT
}

static void fill_toc(struct filling *f)
{
    const struct advisory_page_view *v = f->out;
    /* clang-format off */
    const struct {
        const char *label, *id;
        bool is_there;
    } rows[] = {
        { N_("What to do now"), "now", true },
        { N_("Overview"), "overview", true },
        { N_("Products affected"), "products", true },
        { N_("Possible impact"), "impact", true },
        { N_("Solution"), "solution", true },
        { N_("Workaround"), "workaround", v->workaround.len > 0 },
        { N_("Details"), "details", v->details.len > 0 },
        { N_("Why it is published"), "judgement", v->judgement.len > 0 },
        { N_("Status of the product developers"), "vendors", true },
        { N_("References and identifiers"), "references", true },
        { N_("Additional information by the coordinating body"), "addendum", v->addendum.len > 0 },
        { N_("Credit"), "credit", v->credit.len > 0 },
        { N_("Update history"), "history", true },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].is_there)
            VEC_PUSH(f->arena, &f->out->toc,
                     (struct link){ tr(f->lang, rows[i].label), str_from_z(rows[i].id) });
    }
}

struct advisory_page_view advisory_page_of(const struct advisory_view *view,
                                           const struct advisory_site *site, enum lang lang,
                                           struct arena *arena)
{
    struct advisory_page_view out = {
        .number = view->number,
        .published = tr_instant(arena, lang, view->published_at),
        .published_iso = utc_iso_jst(arena, (struct utc){ view->published_at.ms / 1000 * 1000 }),
        .updated = tr_instant(arena, lang, view->updated_at),
        .updated_iso = utc_iso_jst(arena, (struct utc){ view->updated_at.ms / 1000 * 1000 }),
        .was_updated = view->updated_at.ms > view->published_at.ms,
        .is_critical = view->is_critical,
        .is_stop_use = view->is_stop_use,
        .without_countermeasure =
            view->no_countermeasure_by_decision && view->ja.workaround.len == 0,
        .receiving = either(lang, site->receiving_ja, site->receiving_en),
        .coordinating = either(lang, site->coordinating_ja, site->coordinating_en),
        .address = url_of_page(site, view->number, lang, arena),
    };
    struct filling f = { view, site, lang, arena, &out };

    fill_texts(&f);
    fill_severity(&f);
    fill_products(&f);
    fill_weaknesses(&f);
    fill_vendors(&f);
    for (size_t i = 0; i < view->references.len; i++)
        VEC_PUSH(arena, &out.references,
                 (struct link){ view->references.at[i].title, view->references.at[i].url });
    fill_history(&f);
    fill_formats(&f);
    fill_toc(&f);
    return out;
}

/* ---- lists ---- */

/* The first products of a row, and how many more. */
static struct str products_text(struct str products, enum lang lang, struct arena *arena)
{
    struct buf buf = buf_new(arena, products.len + 256);
    struct str rest = products, one;
    size_t count = 0;

    while (rest.ptr && str_split(&rest, '\n', &one)) {
        if (count++ < PRODUCTS_SHOWN) {
            if (buf.len > 0)
                buf_add(&buf, lang == LANG_JA ? STR("、") : STR(", "));
            buf_add(&buf, one);
        }
    }
    if (count <= PRODUCTS_SHOWN)
        return buf_str(&buf);
    return tr_fill(arena, lang, N_("{products} and {count} more"),
                   TR_ARGS({ "products", buf_str(&buf) },
                           { "count", tr_number(arena, (int64_t)(count - PRODUCTS_SHOWN)) }));
}

static struct advisory_line line_of(const struct advisory_row *row, enum lang lang,
                                    struct arena *arena)
{
    return (struct advisory_line){
        .number = row->number,
        .title = either(lang, row->title_ja, row->title_en),
        .href = arena_printf(arena, "/advisories/%.*s", STR_ARG(row->slug)),
        .overview = either(lang, row->overview_ja, row->overview_en),
        .products = products_text(row->products, lang, arena),
        .severity = severity_tag(lang, row->severity),
        .score = row->tenths >= 0 ? tenths_text((int)row->tenths, arena) : STR_NONE,
        .published = when_of(row->published_at, lang, arena),
        .updated = when_of(row->updated_at, lang, arena),
        .was_updated = row->updated_at.ms > row->published_at.ms,
        .is_critical = row->is_critical,
        .is_stop_use = row->is_stop_use,
    };
}

struct advisory_lines advisory_lines_of(const struct advisory_rows *rows, enum lang lang,
                                        struct arena *arena)
{
    struct advisory_lines lines = { 0 };

    for (size_t i = 0; i < rows->len; i++)
        VEC_PUSH(arena, &lines, line_of(&rows->at[i], lang, arena));
    return lines;
}

static void choose(struct field_view *field, struct arena *arena, struct str value,
                   struct str label)
{
    VEC_PUSH(arena, &field->choices,
             (struct choice){
                 .value = value, .label = label, .is_chosen = str_eq(value, field->value) });
}

static struct field_view select_of(const char *name, struct str label, struct str value)
{
    return (struct field_view){ .id = STR_NONE,
                                .name = str_from_z(name),
                                .label = label,
                                .value = value,
                                .kind = FIELD_SELECT,
                                .is_bare = true };
}

static struct field_view severity_field(struct str value, enum lang lang, struct arena *arena)
{
    static const char *const words[] = { "CRITICAL", "HIGH", "MEDIUM", "LOW" };
    struct field_view field = select_of("severity", tr(lang, N_("Severity")), value);

    choose(&field, arena, STR(""), tr(lang, N_("All")));
    for (size_t i = 0; i < COUNT(words); i++)
        choose(&field, arena, str_from_z(words[i]), severity_tag(lang, str_from_z(words[i])).word);
    return field;
}

static struct field_view year_field(const struct index_found *found, int64_t year, enum lang lang,
                                    struct arena *arena)
{
    struct field_view field =
        select_of("year", tr(lang, N_("Year")),
                  year ? arena_printf(arena, "%lld", (long long)year) : STR_NONE);

    choose(&field, arena, STR(""), tr(lang, N_("All")));
    for (size_t i = 0; i < found->years.len; i++) {
        struct str value = arena_printf(arena, "%lld", (long long)found->years.at[i].year);

        choose(&field, arena, value,
               tr_fill(arena, lang, N_("{year} ({count})"),
                       TR_ARGS({ "year", value },
                               { "count", tr_number(arena, (int64_t)found->years.at[i].count) })));
    }
    return field;
}

static const char *const order_words[] = { "", "updated", "severity" };

static struct field_view order_field(enum index_order order, enum lang lang, struct arena *arena)
{
    struct field_view field =
        select_of("sort", tr(lang, N_("Order")), str_from_z(order_words[order]));

    choose(&field, arena, STR(""), tr(lang, N_("Newest first")));
    choose(&field, arena, STR("updated"), tr(lang, N_("Last updated first")));
    choose(&field, arena, STR("severity"), tr(lang, N_("Most severe first")));
    return field;
}

/* The same list at another page. */
static struct str list_href(const struct index_query *query, size_t page, struct arena *arena)
{
    struct buf buf = buf_new(arena, 4096);

    buf_add_z(&buf, "/advisories");
    url_add(&buf, "q", query->text);
    url_add(&buf, "severity", query->severity);
    url_add(&buf, "vendor", query->vendor);
    if (query->year)
        url_add(&buf, "year", arena_printf(arena, "%lld", (long long)query->year));
    url_add(&buf, "sort", str_from_z(order_words[query->order]));
    if (page > 1)
        url_add(&buf, "page", arena_printf(arena, "%zu", page));
    return buf_str(&buf);
}

static bool is_filtered(const struct index_query *query)
{
    return query->text.len || query->severity.len || query->vendor.len || query->year;
}

static struct filters_view filters_of(const struct index_found *found,
                                      const struct index_query *query, enum lang lang,
                                      struct arena *arena)
{
    struct filters_view filters = { .href = STR("/advisories") };

    VEC_PUSH(arena, &filters.fields,
             (struct field_view){ .id = STR("filter-q"),
                                  .name = STR("q"),
                                  .label = tr(lang, N_("Words")),
                                  .value = query->text,
                                  .kind = FIELD_TEXT,
                                  .is_bare = true });
    VEC_PUSH(arena, &filters.fields,
             (struct field_view){ .name = STR("vendor"),
                                  .label = tr(lang, N_("Product developer")),
                                  .value = query->vendor,
                                  .kind = FIELD_TEXT,
                                  .is_bare = true });
    VEC_PUSH(arena, &filters.fields, severity_field(query->severity, lang, arena));
    VEC_PUSH(arena, &filters.fields, year_field(found, query->year, lang, arena));
    VEC_PUSH(arena, &filters.fields, order_field(query->order, lang, arena));
    if (is_filtered(query))
        filters.clear_href = STR("/advisories");
    filters.found = tr_fill(arena, lang, N_("{count} found"),
                            TR_ARGS({ "count", tr_number(arena, (int64_t)found->total) }));
    return filters;
}

static struct empty_view empty_of(const struct index_query *query, enum lang lang)
{
    if (is_filtered(query))
        return (struct empty_view){
            .title = tr(lang, N_("Nothing fits these conditions.")),
            .why = tr(
                lang,
                N_("Please try fewer or shorter words, or all years. That nothing is found does not mean that a product is safe.")),
            .next = { tr(lang, N_("Show all")), STR("/advisories") }
        };
    return (struct empty_view){
        .title = tr(lang, N_("Nothing has been published yet.")),
        .why = tr(
            lang,
            N_("As soon as the first countermeasure information is published it stands here and in the feeds.")),
        .next = { tr(lang, N_("Feeds and formats")), STR("/feeds") }
    };
}

struct advisory_list_view advisory_list_of(const struct advisory_rows *rows,
                                           const struct index_query *query, enum lang lang,
                                           struct arena *arena)
{
    struct advisory_list_view v = { 0 };
    struct index_found found;

    index_search(rows, query, arena, &found);
    v.filters = filters_of(&found, query, lang, arena);
    v.lines = advisory_lines_of(&found.rows, lang, arena);
    v.empty = empty_of(query, lang);
    if (found.pages > 1) {
        v.pager.range = tr_fill(arena, lang, N_("Page {page} of {pages}"),
                                TR_ARGS({ "page", tr_number(arena, (int64_t)found.page) },
                                        { "pages", tr_number(arena, (int64_t)found.pages) }));
        v.pager.previous = found.page > 1 ? list_href(query, found.page - 1, arena) : STR_NONE;
        v.pager.next =
            found.page < found.pages ? list_href(query, found.page + 1, arena) : STR_NONE;
    }
    return v;
}

struct home_view home_of(const struct advisory_rows *rows, const struct advisory_site *site,
                         enum lang lang, struct arena *arena)
{
    static const struct index_query newest = { .order = ORDER_PUBLISHED };
    struct home_view v = {
        .receiving = either(lang, site->receiving_ja, site->receiving_en),
        .coordinating = either(lang, site->coordinating_ja, site->coordinating_en),
        .mailbox = arena_printf(arena, "%.*s%s/mailbox", STR_ARG(site->desk_url),
                                lang == LANG_EN ? "/en" : ""),
        .total = tr_number(arena, (int64_t)rows->len),
        .target_days = tr_number(arena, site->target_days),
        .has_any = rows->len > 0,
    };
    struct index_found found;

    index_search(rows, &newest, arena, &found);
    if (found.rows.len > NEWEST_SHOWN)
        found.rows.len = NEWEST_SHOWN;
    v.newest = advisory_lines_of(&found.rows, lang, arena);
    return v;
}
