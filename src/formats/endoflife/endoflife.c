#include "formats/endoflife/endoflife.h"

#include "base/ascii.h"
#include "base/err.h"

#define FENCE "---"

bool endoflife_is_page(struct str head)
{
    return (str_starts(head, STR(FENCE "\n")) || str_starts(head, STR(FENCE "\r\n"))) &&
           (str_contains(head, STR("\nreleasePolicyLink:")) ||
            str_contains(head, STR("\nreleases:")) || str_contains(head, STR("\npermalink:")));
}

/* ---- lines of a head ---- */

/* "  - releaseCycle: "10"  # words": where its key stands, whether it begins an element of a list, key and value. */
struct line {
    size_t indent;
    bool is_element;
    struct str key, value;
};

/* Without what stands around it: quotes, or a remark behind a plain value. */
static struct str plain(struct str value)
{
    value = str_trim(value);
    if (value.len > 0 && (value.ptr[0] == '"' || value.ptr[0] == '\'')) {
        struct str inner = str_drop(value, 1);

        return str_take(inner, str_index(inner, value.ptr[0]));
    }
    if (str_starts(value, STR("#")))
        return STR_NONE;
    return str_trim(str_take(value, str_index_str(value, STR(" #"))));
}

static size_t blanks(struct str text)
{
    size_t n = 0;

    while (n < text.len && text.ptr[n] == ' ')
        n++;
    return n;
}

/* False: there is no key, but a remark, a text that goes on, or nothing. */
static bool read_line(struct str text, struct line *out)
{
    struct str rest;
    size_t end;

    *out = (struct line){ .indent = blanks(text) };
    rest = str_drop(text, out->indent);
    if (str_starts(rest, STR("- "))) {
        size_t n = 1 + blanks(str_drop(rest, 1));

        out->is_element = true;
        out->indent += n;
        rest = str_drop(rest, n);
    }
    for (end = 0; end < rest.len && (ascii_is_alnum(rest.ptr[end]) || rest.ptr[end] == '_');)
        end++;
    if (end == 0 || end == rest.len || rest.ptr[end] != ':' ||
        (end + 1 < rest.len && rest.ptr[end + 1] != ' ' && rest.ptr[end + 1] != '\r'))
        return false;
    out->key = str_take(rest, end);
    out->value = plain(str_drop(rest, end + 1));
    return true;
}

/* ---- a page ---- */

struct reading {
    struct arena *arena;
    struct endoflife *out;
    struct str room; /* the root's key that we are in */
    size_t indent;   /* of the keys of its present element */
};

static void set_member(struct endoflife_cycle *cycle, struct str key, struct str value)
{
    const struct {
        const char *key;
        struct str *to;
    } members[] = {
        { "releaseCycle", &cycle->name },
        { "releaseLabel", &cycle->label },
        { "releaseDate", &cycle->released },
        { "eoas", &cycle->active },
        { "eol", &cycle->ends },
        { "eoes", &cycle->extended },
        { "latest", &cycle->latest },
        { "latestReleaseDate", &cycle->latest_at },
    };

    for (size_t i = 0; i < COUNT(members); i++)
        if (str_eq_z(key, members[i].key))
            *members[i].to = value;
}

static void take_line(struct reading *reading, const struct line *line)
{
    struct endoflife *out = reading->out;

    if (line->indent == 0) {
        reading->room = line->key;
        if (str_eq(line->key, STR("title")))
            out->title = line->value;
        return;
    }
    if (line->is_element && str_eq(reading->room, STR("identifiers")) && line->value.len > 0) {
        VEC_PUSH(reading->arena, &out->names, line->value);
        return;
    }
    if (!str_eq(reading->room, STR("releases")))
        return;
    if (line->is_element && (out->cycles.len == 0 || line->indent <= reading->indent)) {
        VEC_PUSH(reading->arena, &out->cycles, (struct endoflife_cycle){ 0 });
        reading->indent = line->indent;
    }
    if (out->cycles.len > 0 && line->indent == reading->indent)
        set_member(&out->cycles.at[out->cycles.len - 1], line->key, line->value);
}

static bool refuse(struct err *err, unsigned line, const char *why)
{
    (void)FAIL(err, CATALOG_RECORD, str_from_z(why));
    err->line = line;
    return false;
}

bool endoflife_read_page(struct str text, struct arena *arena, struct endoflife *out,
                         struct err *err)
{
    struct endoflife found = { 0 };
    struct reading reading = { .arena = arena, .out = &found };
    struct str rest = text, row;
    unsigned count = 1;
    bool is_closed = false;

    if (text.len > ENDOFLIFE_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("page"));
    if (!str_is_utf8(text))
        return FAIL(err, NOT_UTF8, STR("page"));
    if (!str_split(&rest, '\n', &row) || !str_eq(str_trim(row), STR(FENCE)))
        return refuse(err, 1, "there is no head");
    while (!is_closed && rest.len > 0 && str_split(&rest, '\n', &row)) {
        struct line line;
        size_t cycles = found.cycles.len;

        count++;
        is_closed = str_eq(str_trim(row), STR(FENCE)) && row.ptr[0] == '-';
        if (is_closed || !read_line(row, &line))
            continue;
        if (line.indent == 0 || (line.is_element && line.indent <= reading.indent))
            if (cycles > 0 && found.cycles.at[cycles - 1].name.len == 0)
                return refuse(err, count, "releaseCycle: missing");
        take_line(&reading, &line);
    }
    if (!is_closed)
        return refuse(err, count, "its head does not end");
    if (found.title.len == 0)
        return refuse(err, count, "title: missing");
    if (found.cycles.len > 0 && found.cycles.at[found.cycles.len - 1].name.len == 0)
        return refuse(err, count, "releaseCycle: missing");
    *out = found;
    return true;
}

/* ---- the list of releases ---- */

bool endoflife_is_json(struct json json)
{
    return json_kind(json_get(json, "releases")) == JSON_OBJECT &&
           json_kind(json_get(json, "versions")) == JSON_OBJECT;
}

/* A day, or whether it has come. */
static struct str day_of(struct json json)
{
    if (json_kind(json) == JSON_BOOL)
        return json_is_true(json) ? STR("true") : STR("false");
    return json_text(json);
}

static bool add_cycle(struct json json, struct arena *arena, struct endoflife *out, struct err *err)
{
    struct endoflife_cycle cycle = {
        .name = json_text(json_get(json, "name")),
        .label = json_text(json_get(json, "releaseLabel")),
        .released = day_of(json_get(json, "releaseDate")),
        .active = day_of(json_get(json, "eoas")),
        .ends = day_of(json_get(json, "eol")),
        .extended = day_of(json_get(json, "eoes")),
        .latest = json_text(json_get(json, "latest")),
        .latest_at = day_of(json_get(json, "latestReleaseDate")),
    };

    if (cycle.name.len == 0)
        return FAIL(err, CATALOG_RECORD, STR("releases.name: missing"));
    VEC_PUSH(arena, &out->cycles, cycle);
    return true;
}

bool endoflife_read_json(struct json json, struct arena *arena, struct endoflife *out,
                         struct err *err)
{
    struct endoflife found = { 0 };
    struct json one;

    if (!endoflife_is_json(json))
        return FAIL(err, CATALOG_RECORD, STR("releases: missing"));
    for (struct json_iter i = json_iter(json_get(json, "releases")); json_next(&i, NULL, &one);)
        if (!add_cycle(one, arena, &found, err))
            return PASS(err);
    for (struct json_iter i = json_iter(json_get(json, "versions")); json_next(&i, NULL, &one);) {
        struct endoflife_release release = { json_text(json_get(one, "name")),
                                             day_of(json_get(one, "date")) };

        if (release.name.len == 0)
            return FAIL(err, CATALOG_RECORD, STR("versions.name: missing"));
        VEC_PUSH(arena, &found.releases, release);
    }
    *out = found;
    return true;
}
