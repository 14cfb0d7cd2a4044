#include "base/ascii.h"
#include "faces/portal/advisory/fill.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/records/fill.h"

enum { TEXTS_SHOWN = 20, TEXT_SHOWN_POINTS = 20000, REFERENCES_SHOWN = 200, NAMES_SHOWN = 200 };

/* ---- texts ---- */

bool record_is_of(enum lang lang, struct str code)
{
    return str_starts(code, STR("ja")) == (lang == LANG_JA);
}

static bool has_text(const struct catalog_record *record, enum catalog_text_kind kind,
                     enum lang lang)
{
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == kind && record_is_of(lang, record->texts.at[i].lang))
            return true;
    return false;
}

/* The first source that says it in that language; NULL: none does. */
static const struct catalog_record *teller(const struct record_filling *f,
                                           enum catalog_text_kind kind, enum lang lang)
{
    for (size_t i = 0; i < f->facts->tellings.len; i++)
        if (has_text(&f->facts->tellings.at[i].record, kind, lang))
            return &f->facts->tellings.at[i].record;
    return NULL;
}

static struct text_blocks blocks_of(const struct record_filling *f, struct str text)
{
    return text_blocks_of(str_take_code_points(text, TEXT_SHOWN_POINTS), f->arena);
}

/* Unsaid is English. */
static bool is_english(struct str code) { return code.len == 0 || str_starts(code, STR("en")); }

/* What is no Japanese is for want of Japanese: Spanish beside English helps no reader of either edition. */
static bool is_beside_english(const struct catalog_record *record, const struct catalog_text *text)
{
    if (record_is_of(LANG_JA, text->lang) || is_english(text->lang))
        return false;
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == text->kind && is_english(record->texts.at[i].lang))
            return true;
    return false;
}

static void add_texts(const struct record_filling *f, const struct catalog_record *record,
                      enum catalog_text_kind kind, enum lang lang, struct text_parts *out)
{
    for (size_t i = 0; i < record->texts.len && out->len < TEXTS_SHOWN; i++) {
        const struct catalog_text *text = &record->texts.at[i];

        if (text->kind == kind && record_is_of(lang, text->lang) &&
            !is_beside_english(record, text))
            VEC_PUSH(f->arena, out,
                     (struct text_part){
                         .blocks = blocks_of(f, text->text),
                         .lang = lang == f->lang ? STR_NONE : lang_code(lang),
                         .by = record_telling_words(f, record),
                     });
    }
}

static void fill_text(const struct record_filling *f, enum catalog_text_kind kind,
                      struct text_parts *out)
{
    enum lang other = f->lang == LANG_JA ? LANG_EN : LANG_JA;
    const struct catalog_record *own = teller(f, kind, f->lang), *foreign = teller(f, kind, other);

    if (own)
        add_texts(f, own, kind, f->lang, out);
    else if (foreign)
        add_texts(f, foreign, kind, other, out);
}

void record_fill_texts(const struct record_filling *f)
{
    fill_text(f, TEXT_DESCRIPTION, &f->out->overview);
    fill_text(f, TEXT_IMPACT, &f->out->impact);
    fill_text(f, TEXT_COUNTERMEASURE, &f->out->countermeasure);
    fill_text(f, TEXT_WORKAROUND, &f->out->workaround);
}

/* ---- references ---- */

/* Sources have many words for what a link leads to. The first group with one of its words in them takes it. */
static const struct {
    const char *title, *words[8];
} kinds[] = {
    { N_("Corrections"), { "patch", "fix", "release" } },
    { N_("Vendors and advisories"), { "advisory", "vendor", "mitigation", "bulletin" } },
    { N_("Exploits and proofs"), { "exploit", "evidence" } },
    { N_("Reports and discussions"),
      { "report", "issue", "mailing", "article", "discussion", "technical" } },
    { N_("Detection"), { "detection", "tool", "signature" } },
    { N_("Other references"), { "" } },
};

static size_t kind_of(struct str words, struct arena *arena)
{
    char *lower = arena_alloc(arena, words.len);

    for (size_t i = 0; i < words.len; i++)
        lower[i] = ascii_lower(words.ptr[i]);
    for (size_t i = 0; words.len > 0 && i < COUNT(kinds); i++)
        for (size_t j = 0; j < COUNT(kinds[i].words) && kinds[i].words[j]; j++)
            if (str_contains((struct str){ lower, words.len }, str_from_z(kinds[i].words[j])))
                return i;
    return COUNT(kinds) - 1;
}

/* A feed's address becomes a link only when it leads to the web. */
static struct str web_address(struct str url)
{
    return str_starts(url, STR("https://")) || str_starts(url, STR("http://")) ? url : STR_NONE;
}

static bool has_link(const struct reference_group *groups, struct str url)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        for (size_t j = 0; j < groups[i].links.len; j++)
            if (str_eq(groups[i].links.at[j].label, url))
                return true;
    return false;
}

void record_fill_references(const struct record_filling *f)
{
    struct reference_group groups[COUNT(kinds)] = { 0 };
    size_t shown = 0;

    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_record *record = &f->facts->tellings.at[i].record;

        for (size_t j = 0; j < record->references.len && shown < REFERENCES_SHOWN; j++) {
            const struct catalog_reference *reference = &record->references.at[j];

            if (has_link(groups, reference->url))
                continue;
            VEC_PUSH(f->arena, &groups[kind_of(reference->kind, f->arena)].links,
                     (struct link){ reference->url, web_address(reference->url) });
            shown++;
        }
    }
    for (size_t i = 0; i < COUNT(kinds); i++) {
        groups[i].kind = tr(f->lang, kinds[i].title);
        if (groups[i].links.len > 0)
            VEC_PUSH(f->arena, &f->out->references, groups[i]);
    }
}
