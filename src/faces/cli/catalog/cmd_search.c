/* `noroshi search WORDS`: the portal's search, with the filters that stand in its address. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "faces/cli/catalog/hits.h"
#include "faces/cli/catalog/open.h"
#include "faces/cli/cmd.h"
#include "faces/cli/open.h"
#include "faces/http/http.h"
#include "faces/portal/search/query.h"

enum { WORK_MAX = 256 << 20, OUTPUT_MAX = 64 << 20 };

struct asked {
    struct request req; /* what the address would hold */
    struct search_query query;
    struct str folder;
    bool is_json;
};

static void add_field(struct asked *asked, const char *name, struct str value)
{
    VEC_PUSH(asked->req.arena, &asked->req.query, (struct field){ str_from_z(name), value });
}

static bool read_filters(struct asked *asked, int *argc, char **argv, struct err *err)
{
    for (int i = 0; i < QUERY_PARAMS; i++) {
        const char *name = query_param_name(i);
        struct str value;

        if (i == PARAM_WORDS)
            continue;
        if (!option_value(argc, argv, arena_printf(asked->req.arena, "--%s", name).ptr, &value,
                          err))
            return PASS(err);
        add_field(asked, name, value);
    }
    return true;
}

/* What is left are words; one that looks like an option is none of ours. */
static bool read_words(struct asked *asked, int argc, char **argv, struct err *err)
{
    struct buf words = buf_new(asked->req.arena, SEARCH_WORDS_MAX * 8);
    struct str text;

    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] == '-')
            return FAIL(err, USAGE, str_from_z(argv[i]));
        if (i > 1)
            buf_byte(&words, ' ');
        buf_add_z(&words, argv[i]);
    }
    if (!buf_done(&words, &text, err))
        return PASS(err);
    add_field(asked, search_param_name(PARAM_WORDS), text);
    return true;
}

static bool read_size(struct asked *asked, struct str limit, struct err *err)
{
    struct search *search = &asked->query.search;
    struct err ignored = { 0 };
    int64_t n = SEARCH_PAGE;

    if (limit.len > 0 && !str_to_int(limit, 1, SEARCH_PAGE_MAX, &n, &ignored))
        return FAIL(err, USAGE, limit);
    search->limit = (size_t)n;
    search->offset = (asked->query.page - 1) * search->limit;
    return true;
}

static bool read_all(struct asked *asked, int argc, char **argv, struct err *err)
{
    struct str limit, format, lang;

    if (!option_value(&argc, argv, "--limit", &limit, err) ||
        !option_value(&argc, argv, "--format", &format, err) ||
        !option_value(&argc, argv, "--catalog", &asked->folder, err) ||
        !option_value(&argc, argv, "--lang", &lang, err) ||
        !read_filters(asked, &argc, argv, err) || !read_words(asked, argc, argv, err))
        return PASS(err);
    asked->is_json = str_eq(format, STR("json"));
    if (!asked->is_json && format.len > 0 && !str_eq(format, STR("table")))
        return FAIL(err, USAGE, format);
    if (lang.len > 0 && !lang_from_code(lang, &asked->req.lang))
        return FAIL(err, USAGE, lang);
    search_query_read(&asked->req, STR("/search"), &asked->query);
    if (asked->query.faults.len > 0)
        return FAIL(err, SEARCH, asked->query.faults.at[0].words);
    return read_size(asked, limit, err) ? true : PASS(err);
}

static bool tell(const struct asked *asked, struct tx *tx, const struct search_found *found,
                 struct err *err)
{
    struct arena *arena = asked->req.arena;
    struct buf buf = buf_new(arena, OUTPUT_MAX);
    struct paper paper = paper_for_output(&buf, isatty(STDOUT_FILENO));
    struct entry_lines lines = { 0 };
    struct hits hits = { &asked->query.search, found, &lines, asked->req.lang, arena };
    struct str out;

    if (asked->is_json) {
        hits_json(&hits, &buf);
    } else {
        if (!entry_lines_of(tx, &found->entries, asked->req.lang, arena, &lines, err))
            return PASS(err);
        hits_table(&hits, &paper);
    }
    if (!buf_done(&buf, &out, err))
        return PASS(err);
    cli_print(out);
    return true;
}

bool cmd_search(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORK_MAX);
    CLEANUP(catalog_reading_end) struct catalog_reading reading = { 0 };
    struct asked asked = { .req = { .arena = arena, .lang = app->lang } };
    struct search_found found = { 0 };

    (void)status;
    return read_all(&asked, argc, argv, err) &&
                   catalog_reading_begin(app, asked.folder, &reading, err) &&
                   catalog_search(reading.tx, &asked.query.search, asked.is_json, arena, &found,
                                  err) &&
                   tell(&asked, reading.tx, &found, err)
               ? true
               : PASS(err);
}
