#include "faces/cli/catalog/sheet.h"

enum { STEP = 2 };

struct sheet {
    const struct record_view *v;
    enum lang lang;
    struct arena *arena;
    struct paper *paper;
};

static struct str say(const struct sheet *s, const char *msgid) { return tr(s->lang, msgid); }

static void put(const struct sheet *s, size_t depth, enum tint tint, struct str text)
{
    if (text.len == 0)
        return;
    paper_pad(s->paper, depth * STEP);
    paper_flow(s->paper, tint, text, depth * STEP, depth * STEP);
}

/* "name: value", nothing without a value */
static void put_pair(const struct sheet *s, size_t depth, const char *name, struct str value)
{
    if (value.len > 0)
        put(s, depth, TINT_NONE,
            tr_fill(s->arena, s->lang, N_("{metric}: {value}"),
                    TR_ARGS({ "metric", say(s, name) }, { "value", value })));
}

static void put_title(const struct sheet *s, const char *msgid)
{
    paper_end(s->paper);
    put(s, 0, TINT_BOLD, say(s, msgid));
}

/* ---- the head ---- */

static void put_severity(const struct sheet *s)
{
    const struct severity_view *severity = &s->v->severity;

    if (!s->v->has_severity) {
        put(s, 0, TINT_DIM, say(s, N_("No source has rated its severity yet.")));
        return;
    }
    put(s, 0, TINT_BOLD,
        arena_printf(s->arena, "%.*s %.*s  %.*s", STR_ARG(severity->score),
                     STR_ARG(severity->tag.word), STR_ARG(severity->scale)));
    put(s, 1, TINT_NONE, severity->words);
}

static void put_kev(const struct sheet *s)
{
    const struct exploited_view *kev = &s->v->kev;

    if (!s->v->is_kev)
        return;
    put(s, 0, TINT_BOLD_RED, say(s, N_("Exploitation of this vulnerability is confirmed")));
    put(s, 1, TINT_NONE,
        tr_fill(
            s->arena, s->lang,
            N_("It stands in the list of known exploited vulnerabilities (KEV, kept by CISA) since {date}."),
            TR_ARGS({ "date", kev->added.words })));
    if (kev->is_ransomware)
        put(s, 1, TINT_NONE, say(s, N_("It is known to be used by ransomware.")));
    put(s, 1, TINT_NONE, kev->action);
    if (kev->due.words.len > 0)
        put(s, 1, TINT_NONE,
            tr_fill(s->arena, s->lang, N_("US authorities have to act by {date}."),
                    TR_ARGS({ "date", kev->due.words })));
}

static void put_head(const struct sheet *s)
{
    const struct record_view *v = s->v;

    put(s, 0, TINT_BOLD,
        v->number.len > 0
            ? arena_printf(s->arena, "%.*s  %.*s", STR_ARG(v->name), STR_ARG(v->number))
            : v->name);
    put(s, 0, TINT_BOLD, v->title);
    put_pair(s, 0, N_("Published on"), v->published.words);
    if (v->was_updated)
        put_pair(s, 0, N_("Last updated"), v->modified.words);
    put(s, 0, TINT_YELLOW, v->state_words);
    paper_end(s->paper);
    put_severity(s);
    put_kev(s);
    put(s, 0, TINT_NONE, v->chance.words);
}

/* ---- texts ---- */

static void put_texts(const struct sheet *s, const char *title, const struct text_parts *parts)
{
    if (parts->len == 0)
        return;
    put_title(s, title);
    for (size_t i = 0; i < parts->len; i++) {
        const struct text_part *part = &parts->at[i];

        for (size_t j = 0; j < part->blocks.len; j++) {
            const struct text_block *block = &part->blocks.at[j];

            put(s, 1, block->is_head ? TINT_BOLD : TINT_NONE, block->text);
        }
        put(s, 1, TINT_DIM,
            tr_fill(s->arena, s->lang, N_("Source: {source}"), TR_ARGS({ "source", part->by })));
    }
}

/* ---- products ---- */

static void put_versions(const struct sheet *s, const char *name, const struct version_lines *lines)
{
    for (size_t i = 0; i < lines->len; i++)
        put_pair(s, 3, name,
                 arena_printf(s->arena, "%.*s (%.*s)", STR_ARG(lines->at[i].words),
                              STR_ARG(lines->at[i].sources)));
}

static void put_product(const struct sheet *s, const struct affected_row *row)
{
    put(s, 2, TINT_NONE,
        row->note.len > 0
            ? arena_printf(s->arena, "%.*s (%.*s)", STR_ARG(row->name), STR_ARG(row->note))
            : row->name);
    put_versions(s, N_("Affected versions"), &row->affected);
    put_versions(s, N_("Not affected"), &row->unaffected);
    put_versions(s, N_("Fixed version"), &row->fixed);
}

static void put_products(const struct sheet *s)
{
    put_title(s, N_("Products affected"));
    if (s->v->products.len == 0)
        put(s, 1, TINT_DIM, say(s, N_("No source names a product yet.")));
    for (size_t i = 0; i < s->v->products.len; i++) {
        const struct affected_group *group = &s->v->products.at[i];

        put(s, 1, TINT_BOLD, group->name.len > 0 ? group->name : say(s, N_("Vendor not named")));
        for (size_t j = 0; j < group->rows.len; j++)
            put_product(s, &group->rows.at[j]);
    }
    put(s, 1, TINT_DIM, s->v->products_cut);
}

/* ---- scores, weaknesses, references, names ---- */

static void put_scores(const struct sheet *s)
{
    if (s->v->scores.len == 0)
        return;
    put_title(s, N_("Severity"));
    for (size_t i = 0; i < s->v->scores.len; i++) {
        const struct score_view *score = &s->v->scores.at[i];

        put(s, 1, TINT_BOLD,
            arena_printf(s->arena, "%.*s %.*s  %.*s", STR_ARG(score->severity.score),
                         STR_ARG(score->severity.tag.word), STR_ARG(score->vector)));
        put(s, 1, TINT_DIM,
            tr_fill(s->arena, s->lang, N_("Rated by {who}"), TR_ARGS({ "who", score->by })));
        for (size_t j = 0; j < score->metrics.len; j++)
            put(s, 2, TINT_NONE,
                tr_fill(s->arena, s->lang, N_("{metric}: {value}"),
                        TR_ARGS({ "metric", score->metrics.at[j].name },
                                { "value", score->metrics.at[j].value })));
    }
}

static void put_labels(const struct sheet *s, const char *title, const struct links *links)
{
    if (links->len == 0)
        return;
    put_title(s, title);
    for (size_t i = 0; i < links->len; i++)
        put(s, 1, TINT_NONE, links->at[i].label);
}

static void put_references(const struct sheet *s)
{
    if (s->v->references.len == 0)
        return;
    put_title(s, N_("References"));
    for (size_t i = 0; i < s->v->references.len; i++) {
        const struct reference_group *group = &s->v->references.at[i];

        put(s, 1, TINT_NONE, group->kind);
        for (size_t j = 0; j < group->links.len; j++)
            put(s, 2, TINT_BLUE, group->links.at[j].label);
    }
}

/* ---- who says so, and what changed ---- */

static void put_tellings(const struct sheet *s)
{
    put_title(s, N_("What each source says"));
    for (size_t i = 0; i < s->v->tellings.len; i++) {
        const struct telling_view *telling = &s->v->tellings.at[i];

        put(s, 1, TINT_NONE,
            arena_printf(s->arena, "%.*s %.*s", STR_ARG(telling->source), STR_ARG(telling->id)));
        put_pair(s, 2, N_("State"), telling->state.word);
        put_pair(s, 2, "CVSS", telling->score);
        put_pair(s, 2, "CWE", telling->weaknesses);
        put_pair(s, 2, N_("Published on"), telling->published.words);
        put_pair(s, 2, N_("Last updated"), telling->modified.words);
    }
}

static void put_signed(const struct sheet *s, const char *sign, enum tint tint, struct str text)
{
    if (text.len == 0)
        return;
    paper_pad(s->paper, 3 * (size_t)STEP);
    paper_put(s->paper, tint, str_from_z(sign));
    paper_flow(s->paper, tint, text, 4 * (size_t)STEP, 4 * (size_t)STEP);
}

static void put_change(const struct sheet *s, const struct change_view *change)
{
    put(s, 1, TINT_NONE,
        arena_printf(
            s->arena, "%.*s  %.*s", STR_ARG(change->when.words),
            STR_ARG(tr_fill(s->arena, s->lang,
                            change->is_first ? N_("{who} was taken in") : N_("{who} changed"),
                            TR_ARGS({ "who", change->who })))));
    for (size_t i = 0; i < change->lines.len; i++) {
        put(s, 2, TINT_DIM, change->lines.at[i].field);
        put_signed(s, "- ", TINT_RED, change->lines.at[i].before);
        put_signed(s, "+ ", TINT_GREEN, change->lines.at[i].after);
    }
}

void sheet_print(const struct record_view *v, enum lang lang, struct arena *arena,
                 struct paper *paper)
{
    struct sheet s = { v, lang, arena, paper };

    put_head(&s);
    put_texts(&s, N_("Overview"), &v->overview);
    put_products(&s);
    put_texts(&s, N_("Possible impact"), &v->impact);
    put_texts(&s, N_("Solution"), &v->countermeasure);
    put_texts(&s, N_("Workaround"), &v->workaround);
    put_scores(&s);
    put_labels(&s, N_("Weakness (CWE)"), &v->weaknesses);
    put_references(&s);
    put_labels(&s, N_("Other names"), &v->aliases);
    put_tellings(&s);
    if (v->history.len > 0)
        put_title(&s, N_("Update history"));
    for (size_t i = 0; i < v->history.len; i++)
        put_change(&s, &v->history.at[i]);
}
