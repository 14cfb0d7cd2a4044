#include "base/err.h"
#include "faces/cli/cmd.h"
#include "faces/cli/lines.h"
#include "formats/json/json.h"
#include "formats/purl/purl.h"

static void put_text(struct json_writer *w, const char *key, struct str text)
{
    json_key(w, key);
    if (text.len > 0)
        json_put_text(w, text);
    else
        json_put_null(w);
}

static void put_qualifiers(struct json_writer *w, const struct purl *purl, struct arena *arena)
{
    json_key(w, "qualifiers");
    if (purl->qualifiers.len == 0) {
        json_put_null(w);
        return;
    }
    json_object_begin(w);
    for (size_t i = 0; i < purl->qualifiers.len; i++)
        put_text(w, arena_z(arena, purl->qualifiers.at[i].key), purl->qualifiers.at[i].value);
    json_object_end(w);
}

/* The parts on one line of JSON, null where there is none, as the official suite writes them; and the canonical text. */
static bool parse(void *context, const struct str *operand, struct buf *out, struct err *err)
{
    struct json_writer w = json_writer_new(out, false);
    struct str canonical;
    struct purl purl;

    (void)context;
    if (!purl_parse(operand[0], out->arena, &purl, err) ||
        !purl_text(&purl, out->arena, &canonical, err))
        return PASS(err);
    json_object_begin(&w);
    put_text(&w, "type", purl.type);
    put_text(&w, "namespace", purl.namespace);
    put_text(&w, "name", purl.name);
    put_text(&w, "version", purl.version);
    put_qualifiers(&w, &purl, out->arena);
    put_text(&w, "subpath", purl.subpath);
    put_text(&w, "canonical", canonical);
    json_object_end(&w);
    return true;
}

bool cmd_purl(const struct app *app, int argc, char **argv, int *status, struct err *err)
{
    static const struct line_tool tool = { .operands = 1, .answer = parse };

    if (argc < 2 || !str_eq_z(str_from_z(argv[1]), "parse"))
        return FAIL(err, USAGE, str_from_z(argc > 1 ? argv[1] : argv[0]));
    return lines_run(app, &tool, argc - 2, argv + 2, status, err) ? true : PASS(err);
}
