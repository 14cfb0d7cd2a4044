#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/portal/catalog/names.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/search/search.h"

enum { FACET_SHOWN = 6, FACET_MORE = 24, LABEL_POINTS = 60 };

struct filling {
    const struct request *req;
    struct search_query *query;
    struct search_found *found;
    enum search_param hidden;
    struct search_view *out;
};

static struct str say(const struct filling *f, const char *msgid)
{
    return tr(f->req->lang, msgid);
}

static struct str number(const struct filling *f, int64_t n) { return tr_number(f->req->arena, n); }

/* ---- what a value of a parameter is called ---- */

static const char *const param_titles[SEARCH_PARAMS] = {
    [PARAM_SEVERITY] = N_("Severity"),
    [PARAM_SOURCE] = N_("Source"),
    [PARAM_VENDOR] = N_("Vendor"),
    [PARAM_PRODUCT] = N_("Product"),
    [PARAM_CWE] = N_("Weakness (CWE)"),
    [PARAM_YEAR] = N_("Year of publication"),
    [PARAM_KEV] = N_("Exploitation"),
    [PARAM_EPSS] = N_("Probability of attack (EPSS)"),
    [PARAM_EMBEDDED] = N_("Embedded or not"),
    [PARAM_JA] = N_("Language"),
    [PARAM_FROM] = N_("Published from"),
    [PARAM_TO] = N_("Published until"),
    [PARAM_REJECTED] = N_("Rejected and withdrawn entries"),
};

static struct str tick_words(const struct filling *f, enum search_param param, struct str value)
{
    static const struct {
        enum search_param param;
        const char *yes, *no;
    } rows[] = {
        { PARAM_KEV, N_("Exploitation confirmed (KEV)"), N_("No exploitation confirmed") },
        { PARAM_EMBEDDED, N_("Embedded software and devices"), N_("Other software") },
        { PARAM_JA, N_("Has Japanese text"), N_("No Japanese text") },
        { PARAM_REJECTED, N_("Shown as well"), N_("Not shown") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].param == param)
            return say(f, str_eq(value, STR("yes")) ? rows[i].yes : rows[i].no);
    return value;
}

static struct str severities_words(const struct filling *f, struct str value)
{
    struct buf buf = buf_new(f->req->arena, 1024);
    struct str one;

    while (str_split(&value, ',', &one)) {
        enum catalog_severity severity;

        if (!catalog_severity_from_name(one, &severity))
            continue;
        if (buf.len > 0)
            buf_add(&buf, f->req->lang == LANG_JA ? STR("、") : STR(", "));
        buf_add(&buf, catalog_severity_tag(f->req->lang, severity).word);
    }
    return buf_str(&buf);
}

static struct str cwe_words(const struct filling *f, struct str value)
{
    struct str number = value;

    if (!str_starts(number, STR("CWE-")))
        number = arena_printf(f->req->arena, "CWE-%.*s", STR_ARG(value));
    return catalog_weakness_words(f->req->lang, number, f->req->arena);
}

static struct str epss_words(const struct filling *f, struct str value)
{
    struct search asked = f->query->search;
    static const struct {
        const char *value, *words;
    } rows[] = { { "0.01", "1%" }, { "0.1", "10%" }, { "0.5", "50%" } };
    struct str words = catalog_chance_words(asked.epss_min, f->req->arena);

    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq_z(value, rows[i].value))
            words = str_from_z(rows[i].words);
    return tr_fill(f->req->arena, f->req->lang, N_("{percent} or more"),
                   TR_ARGS({ "percent", words }));
}

static struct str source_words(const struct filling *f, struct str value)
{
    enum catalog_source source;

    return catalog_source_from_name(value, &source) ? catalog_source_words(f->req->lang, source)
                                                    : value;
}

static struct str choice_words(const struct filling *f, const struct search_choice *choice)
{
    size_t colon = str_index(choice->key, ':'); /* "apache:http_server" */

    return name_in(f->req->lang, choice->name_ja, choice->name_en,
                   colon < choice->key.len ? str_drop(choice->key, colon + 1) : choice->key);
}

/* The dictionary's name of a vendor or product that the hits have; its key otherwise. */
static struct str dictionary_words(const struct filling *f, enum search_facet facet,
                                   struct str value)
{
    const struct search_choices *choices = &f->found->facets[facet];

    for (size_t i = 0; i < choices->len; i++)
        if (str_eq(choices->at[i].key, value))
            return choice_words(f, &choices->at[i]);
    return value;
}

static struct str value_words(const struct filling *f, enum search_param param, struct str value)
{
    switch (param) {
    case PARAM_SEVERITY:
        return severities_words(f, value);
    case PARAM_SOURCE:
        return source_words(f, value);
    case PARAM_VENDOR:
        return dictionary_words(f, FACET_VENDOR, value);
    case PARAM_PRODUCT:
        return dictionary_words(f, FACET_PRODUCT, value);
    case PARAM_CWE:
        return cwe_words(f, value);
    case PARAM_EPSS:
        return epss_words(f, value);
    case PARAM_KEV:
    case PARAM_EMBEDDED:
    case PARAM_JA:
    case PARAM_REJECTED:
        return tick_words(f, param, value);
    default:
        return value;
    }
}

/* ---- facets ---- */

static struct facet_line line_of(const struct filling *f, enum search_param param, struct str value,
                                 struct str label, struct str count)
{
    bool is_chosen = str_eq(f->query->value[param], value);

    return (struct facet_line){
        .label = str_take_code_points(label, LABEL_POINTS),
        .count = count,
        .href = search_href(f->query, param, is_chosen ? STR_NONE : value, f->req->arena),
        .is_chosen = is_chosen,
    };
}

static void add_line(const struct filling *f, struct facet_view *facet, struct facet_line line)
{
    if (facet->lines.len < FACET_SHOWN || line.is_chosen)
        VEC_PUSH(f->req->arena, &facet->lines, line);
    else if (facet->more.len < FACET_MORE)
        VEC_PUSH(f->req->arena, &facet->more, line);
}

static struct str label_of(const struct filling *f, enum search_param param,
                           const struct search_choice *choice)
{
    return param == PARAM_VENDOR || param == PARAM_PRODUCT ? choice_words(f, choice)
                                                           : value_words(f, param, choice->key);
}

static void add_facet(const struct filling *f, struct facet_view *facet)
{
    if (facet->lines.len > 0)
        VEC_PUSH(f->req->arena, &f->out->facets, *facet);
}

/* Years and severities have an order of their own, the latest and the gravest first; all else stands by how often it is there. */
static int64_t rank_of(enum search_param param, const struct search_choice *choice)
{
    enum catalog_severity severity;
    struct err ignored = { 0 };
    int64_t year = 0;

    if (param == PARAM_SEVERITY && catalog_severity_from_name(choice->key, &severity))
        return severity;
    if (param == PARAM_YEAR && str_to_int(choice->key, 0, INT64_MAX, &year, &ignored))
        return year;
    return 0;
}

static void put_in_order(enum search_param param, struct search_choices *choices)
{
    for (size_t i = 1; i < choices->len; i++) {
        struct search_choice choice = choices->at[i];
        size_t place = i;

        for (; place > 0 && rank_of(param, &choices->at[place - 1]) < rank_of(param, &choice);
             place--)
            choices->at[place] = choices->at[place - 1];
        choices->at[place] = choice;
    }
}

static void fill_choices(const struct filling *f, enum search_facet from, enum search_param param)
{
    struct facet_view facet = { .title = say(f, param_titles[param]) };
    struct search_choices *choices = &f->found->facets[from];

    if (param == f->hidden)
        return;
    if (f->found->count_is_capped && search_facet_is_of_newest(from))
        facet.note = tr_fill(f->req->arena, f->req->lang, N_("Among the {count} modified last"),
                             TR_ARGS({ "count", number(f, SEARCH_COUNT_MAX) }));
    put_in_order(param, choices);
    for (size_t i = 0; i < choices->len; i++) {
        const struct search_choice *choice = &choices->at[i];

        add_line(
            f, &facet,
            line_of(f, param, choice->key, label_of(f, param, choice), number(f, choice->count)));
    }
    add_facet(f, &facet);
}

/* How likely an attack is has no steps of its own: three that people ask for. */
static void fill_epss(const struct filling *f)
{
    static const struct str steps[] = { STR_INIT("0.01"), STR_INIT("0.1"), STR_INIT("0.5") };
    struct facet_view facet = { .title = say(f, param_titles[PARAM_EPSS]) };

    for (size_t i = 0; i < COUNT(steps); i++)
        add_line(f, &facet, line_of(f, PARAM_EPSS, steps[i], epss_words(f, steps[i]), STR_NONE));
    add_facet(f, &facet);
}

static void fill_facets(const struct filling *f)
{
    static const struct {
        enum search_facet facet;
        enum search_param param;
    } rows[] = {
        { FACET_SEVERITY, PARAM_SEVERITY }, { FACET_KEV, PARAM_KEV },
        { FACET_VENDOR, PARAM_VENDOR },     { FACET_PRODUCT, PARAM_PRODUCT },
        { FACET_YEAR, PARAM_YEAR },         { FACET_CWE, PARAM_CWE },
        { FACET_SOURCE, PARAM_SOURCE },     { FACET_JA, PARAM_JA },
        { FACET_EMBEDDED, PARAM_EMBEDDED },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        fill_choices(f, rows[i].facet, rows[i].param);
        if (rows[i].param == PARAM_KEV && f->found->count > 0)
            fill_epss(f);
    }
}

/* ---- what was asked ---- */

static struct str without_filters(const struct filling *f)
{
    struct search_query bare = { .path = f->query->path };

    return search_href(&bare, PARAM_WORDS, f->query->value[PARAM_WORDS], f->req->arena);
}

static void fill_chips(const struct filling *f)
{
    for (int i = 0; i < SEARCH_PARAMS; i++) {
        enum search_param param = (enum search_param)i;
        struct str value = f->query->value[i];

        if (value.len == 0 || !param_titles[i] || param == f->hidden)
            continue;
        VEC_PUSH(f->req->arena, &f->out->chips,
                 (struct chip){ .name = say(f, param_titles[i]),
                                .value = value_words(f, param, value),
                                .href = search_href(f->query, param, STR_NONE, f->req->arena) });
    }
    f->out->clear_href = without_filters(f);
}

static void fill_form(const struct filling *f)
{
    f->out->find.href = f->query->path;
    f->out->find.words = f->query->value[PARAM_WORDS];
    for (int i = 0; i < SEARCH_PARAMS; i++) {
        if (i == PARAM_WORDS || f->query->value[i].len == 0)
            continue;
        VEC_PUSH(f->req->arena, &f->out->find.kept,
                 (struct kept_field){ str_from_z(search_param_name((enum search_param)i)),
                                      f->query->value[i] });
    }
}

static void fill_sorts(const struct filling *f)
{
    static const struct {
        enum search_order order;
        const char *value, *label;
    } rows[] = {
        { ORDER_RELEVANCE, "relevance", N_("Best match") },
        { ORDER_MODIFIED, "modified", N_("Last updated first") },
        { ORDER_PUBLISHED, "published", N_("Newest first") },
        { ORDER_SEVERITY, "severity", N_("Most severe") },
        { ORDER_EPSS, "epss", N_("Most likely attacked") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].order == ORDER_RELEVANCE && f->query->search.words.len == 0)
            continue;
        VEC_PUSH(f->req->arena, &f->out->sorts,
                 (struct sort_line){ .label = say(f, rows[i].label),
                                     .href = search_href(f->query, PARAM_SORT,
                                                         str_from_z(rows[i].value), f->req->arena),
                                     .is_current = rows[i].order == f->query->search.order });
    }
}

/* ---- what was found ---- */

static void fill_count(const struct filling *f)
{
    const char *msgid =
        f->found->count_is_capped ? N_("{count} or more found") : N_("{count} found");

    f->out->count = tr_fill(f->req->arena, f->req->lang, msgid,
                            TR_ARGS({ "count", number(f, f->found->count) }));
}

static struct str page_href(const struct filling *f, size_t page)
{
    return search_href(f->query, PARAM_PAGE,
                       page > 1 ? arena_printf(f->req->arena, "%zu", page) : STR_NONE,
                       f->req->arena);
}

static void fill_pager(const struct filling *f)
{
    const struct search *search = &f->query->search;
    size_t shown = f->found->entries.len, first = search->offset + 1;
    bool is_more = f->found->count_is_capped ? shown == search->limit
                                             : (int64_t)(search->offset + shown) < f->found->count;

    if (f->query->page > 1)
        f->out->pager.previous = page_href(f, f->query->page - 1);
    if (is_more && search->offset + shown < SEARCH_OFFSET_MAX)
        f->out->pager.next = page_href(f, f->query->page + 1);
    if (shown > 0 && (f->query->page > 1 || is_more))
        f->out->pager.range =
            tr_fill(f->req->arena, f->req->lang, N_("{first} to {last}"),
                    TR_ARGS({ "first", number(f, (int64_t)first) },
                            { "last", number(f, (int64_t)(search->offset + shown)) }));
}

static void fill_meant(const struct filling *f)
{
    struct search_query bare = { .path = f->query->path };

    for (size_t i = 0; i < f->found->meant.len; i++) {
        const struct search_choice *choice = &f->found->meant.at[i];

        VEC_PUSH(
            f->req->arena, &f->out->meant,
            (struct link){ .label = choice_words(f, choice),
                           .href = search_href(&bare, PARAM_WORDS, choice->key, f->req->arena) });
    }
}

static void fill_found(const struct filling *f)
{
    f->out->is_done = true;
    fill_facets(f);
    fill_chips(f);
    fill_sorts(f);
    fill_count(f);
    fill_pager(f);
    fill_meant(f);
    if (!f->query->search.with_rejected)
        f->out->with_rejected = search_href(f->query, PARAM_REJECTED, STR("yes"), f->req->arena);
}

static void add_fault(const struct filling *f, const struct err *why)
{
    VEC_PUSH(f->req->arena, &f->query->faults,
             (struct fault){ .words = respond_words(f->req->arena, f->req->lang, why) });
}

bool search_fill(const struct request *req, struct tx *tx, struct search_query *query,
                 enum search_param hidden, struct search_view *out, struct err *err)
{
    struct search_found found = { 0 };
    struct filling f = { req, query, &found, hidden, out };
    struct err why = { 0 };

    *out = (struct search_view){ 0 };
    fill_form(&f);
    if (query->faults.len == 0 &&
        catalog_search(tx, &query->search, true, req->arena, &found, &why)) {
        fill_found(&f);
        if (!entry_lines_of(tx, &found.entries, req->lang, req->arena, &out->lines, err))
            return PASS(err);
    } else if (why.code == ERR_SEARCH) {
        add_fault(&f, &why);
    } else if (why.code != ERR_NONE) {
        *err = why;
        return PASS(err);
    }
    out->faults = query->faults;
    if (out->faults.len > 0)
        out->again_href = search_href(query, PARAM_PAGE, STR_NONE, req->arena);
    return true;
}
