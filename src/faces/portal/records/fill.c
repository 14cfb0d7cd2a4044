#include "faces/portal/records/fill.h"

#include "domain/catalog/to.h"
#include "faces/portal/advisory/fill.h"
#include "faces/portal/catalog/words.h"
#include "formats/cwe/cwe.h"

enum { NAMES_SHOWN = 100 };

struct str record_telling_words(const struct record_filling *f, const struct catalog_record *record)
{
    struct str source = catalog_source_words(f->lang, record->source);

    if (record->source == SOURCE_JVN && record->origin.len > 0)
        return record->origin;
    if (record->origin.len == 0 || record->source != SOURCE_OSV)
        return source;
    return arena_printf(f->arena, "%.*s (%.*s)", STR_ARG(source), STR_ARG(record->origin));
}

/* ---- the head ---- */

static void fill_state(const struct record_filling *f)
{
    const struct catalog_entry *entry = &f->facts->entry;

    f->out->state = entry_state_tag(f->lang, entry->state, entry->is_disputed);
    if (entry->state == CATALOG_REJECTED)
        f->out->state_words = tr(
            f->lang,
            N_("This number has been rejected: it is no vulnerability of its own. What its sources say is kept below."));
    else if (entry->state == CATALOG_WITHDRAWN)
        f->out->state_words =
            tr(f->lang, N_("The source has withdrawn this entry. What it said is kept below."));
    else if (entry->is_disputed)
        f->out->state_words = tr(
            f->lang,
            N_("It is disputed whether this is a vulnerability. Please read the overview and the references."));
}

static void fill_kev(const struct record_filling *f)
{
    const struct catalog_exploited *kev = &f->facts->kev;

    f->out->is_kev = kev->is_there;
    f->out->kev = (struct exploited_view){
        .added = catalog_day(f->lang, kev->added, f->arena),
        .due = catalog_day(f->lang, kev->due, f->arena),
        .action = kev->action,
        .notes = kev->notes,
        .name = kev->name,
        .is_ransomware = kev->is_ransomware,
    };
}

/* ---- names ---- */

static bool has_label(const struct links *links, struct str label)
{
    for (size_t i = 0; i < links->len; i++)
        if (str_eq(links->at[i].label, label))
            return true;
    return false;
}

static void add_name(const struct record_filling *f, struct links *links, struct str name,
                     bool is_elsewhere)
{
    if (str_eq(name, f->facts->entry.name) || links->len >= NAMES_SHOWN || has_label(links, name))
        return;
    VEC_PUSH(f->arena, links,
             (struct link){ name, is_elsewhere ? entry_href(name, f->arena) : STR_NONE });
}

static void add_names(const struct record_filling *f, struct links *links,
                      const struct catalog_strings *names, bool is_elsewhere)
{
    for (size_t i = 0; i < names->len && i < NAMES_SHOWN; i++)
        add_name(f, links, names->at[i], is_elsewhere);
}

static void fill_names(const struct record_filling *f)
{
    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_record *record = &f->facts->tellings.at[i].record;

        add_name(f, &f->out->aliases, record->id, false);
        add_names(f, &f->out->aliases, &record->aliases, false);
        add_names(f, &f->out->upstream, &record->upstream, true);
        add_names(f, &f->out->related, &record->related, true);
    }
}

static void fill_weaknesses(const struct record_filling *f)
{
    for (size_t i = 0; i < f->facts->tellings.len; i++) {
        const struct catalog_strings *names = &f->facts->tellings.at[i].record.weaknesses;

        for (size_t j = 0; j < names->len && j < NAMES_SHOWN; j++) {
            struct str words = catalog_weakness_words(f->lang, names->at[j], f->arena);
            unsigned number;

            if (has_label(&f->out->weaknesses, words))
                continue;
            VEC_PUSH(f->arena, &f->out->weaknesses,
                     (struct link){ words, cwe_parse(names->at[j], &number)
                                               ? arena_printf(f->arena, "/weaknesses/%u", number)
                                               : STR_NONE });
        }
    }
}

/* ---- the end ---- */

/* Two of them are for what is about one CVE alone. */
static void fill_formats(const struct record_filling *f)
{
    static const struct {
        const char *label, *suffix;
        bool is_of_cve;
    } rows[] = {
        { "JSON", ".json", false },          { "OSV", ".osv.json", false },
        { "CVE 5", ".cve.json", true },      { "NVD 2.0", ".nvd.json", true },
        { "CSAF 2.0", ".csaf.json", false }, { "VULDEF", ".vuldef.xml", false },
    };
    struct catalog_record whole = catalog_whole(&f->facts->entry, &f->facts->tellings, f->arena);
    bool is_of_cve = catalog_cve_of(&whole).len > 0;
    struct str href = entry_href(f->facts->entry.name, f->arena);

    for (size_t i = 0; i < COUNT(rows); i++)
        if (is_of_cve || !rows[i].is_of_cve)
            VEC_PUSH(f->arena, &f->out->formats,
                     (struct format_line){
                         str_from_z(rows[i].label),
                         arena_printf(f->arena, "%.*s%s", STR_ARG(href), rows[i].suffix) });
}

static void fill_toc(const struct record_filling *f)
{
    const struct record_view *v = f->out;
    const struct {
        const char *label, *id;
        bool is_there;
    } rows[] = {
        { N_("Overview"), "overview", true },
        { N_("Products affected"), "products", true },
        { N_("Possible impact"), "impact", v->impact.len > 0 },
        { N_("Solution"), "solution", v->countermeasure.len + v->workaround.len > 0 },
        { N_("Severity"), "severity", v->scores.len + v->indicators.len > 0 },
        { N_("Weakness (CWE)"), "weakness", v->weaknesses.len > 0 },
        { N_("Probability of attack (EPSS)"), "chance", v->chance.score.len > 0 },
        { N_("References"), "references", v->references.len > 0 },
        { N_("Identifiers"), "identifiers", true },
        { N_("What each source says"), "sources", true },
        { N_("Update history"), "history", v->history.len > 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].is_there)
            VEC_PUSH(f->arena, &f->out->toc,
                     (struct link){ tr(f->lang, rows[i].label), str_from_z(rows[i].id) });
}

/* At the desk, where the reader's lists are. */
static void fill_mine(const struct record_filling *f)
{
    struct buf buf = buf_new(f->arena, 4096);

    buf_printf(&buf, "%.*s%s/records/", STR_ARG(f->settings->desk_url),
               f->lang == LANG_EN ? "/en" : "");
    html_url_encode(&buf, f->out->name);
    f->out->mine_href = buf_str(&buf);
}

void record_fill(const struct record_facts *facts, const struct settings *settings, enum lang lang,
                 struct arena *arena, struct record_view *out)
{
    const struct catalog_entry *entry = &facts->entry;
    struct record_filling f = { facts, settings, lang, arena, out };

    *out = (struct record_view){
        .name = entry->name,
        .number = entry->number,
        .published = catalog_day(lang, entry->published, arena),
        .modified = catalog_day(lang, entry->modified, arena),
        .was_updated = entry->modified.ms - entry->published.ms >= UTC_DAY,
        .is_embedded = entry->is_embedded,
        .is_standard = entry->is_standard,
    };
    out->title = entry_title(entry, lang, &out->title_lang);
    fill_state(&f);
    fill_kev(&f);
    record_fill_texts(&f);
    record_fill_products(&f);
    record_fill_scores(&f);
    fill_weaknesses(&f);
    record_fill_chance(&f);
    record_fill_references(&f);
    fill_names(&f);
    record_fill_tellings(&f);
    record_fill_history(&f);
    fill_formats(&f);
    fill_mine(&f);
    fill_toc(&f);
}
