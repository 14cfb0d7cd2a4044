#include "faces/desk/casework/fill.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/developer_view.h"
#include "domain/casework/intake.h"
#include "domain/casework/report_form.h"
#include "faces/desk/casework/fault.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/files/files.h"

enum { TIMELINE_AT_ONCE = 500, TIMELINE_SHOWN = 12 };

struct str case_href(struct request *req, const struct scene *s, const char *rest)
{
    return arena_printf(req->arena, "/cases/%.*s%s", STR_ARG(s->c.public_id), rest);
}

struct str fill_name(const struct request *req, const struct developer *d)
{
    return req->lang == LANG_EN && d->organisation_name_en.len > 0 ? d->organisation_name_en
                                                                   : d->organisation_name_ja;
}

bool fill_may_see_entry(const struct subject *who, const struct scene *s, const struct entry *e)
{
    if (who->roles & (ROLE_RB | ROLE_CB)) {
        bool developers_only = str_eq(e->code, STR("STAFF_PD"));
        bool rb_only = str_eq(e->code, STR("STAFF_RB")) || str_eq(e->code, STR("FINDER")) ||
                       str_starts(e->kind, STR("identity.")) ||
                       str_eq(e->kind, STR("report.coincides"));
        bool cb_only =
            str_eq(e->code, STR("STAFF_CB")) || str_starts(e->kind, STR("room.")) ||
            ((str_eq(e->kind, STR("message.sent")) || str_eq(e->kind, STR("attachment.added"))) &&
             e->participant_id);

        return !developers_only && !(rb_only && !(who->roles & ROLE_RB)) &&
               !(cb_only && !(who->roles & ROLE_CB));
    }
    return s->has_own && developer_sees_entry(&s->own, e);
}

static struct str developer_of(const struct request *req, const struct scene *s,
                               int64_t participant_id)
{
    for (size_t i = 0; i < s->developers.len; i++) {
        if (s->developers.at[i].id == participant_id)
            return fill_name(req, &s->developers.at[i]);
    }
    return STR_NONE;
}

bool fill_entries(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    const struct subject *who = who_of(req);
    bool is_body = who->roles & (ROLE_RB | ROLE_CB);
    size_t shown = v->is_paper ? SIZE_MAX : TIMELINE_SHOWN;
    int64_t before = 0;
    struct entries entries;

    /* From the newest back, until enough may be shown: a large case is not read from its beginning. */
    do {
        if (!ledger_latest(s->tx, s->c.id, 0, before, TIMELINE_AT_ONCE, req->arena, &entries, err))
            return PASS(err);
        for (size_t i = 0; i < entries.len && v->timeline.len < shown; i++) {
            const struct entry *e = &entries.at[i];

            before = e->seq;
            if (!fill_may_see_entry(who, s, e))
                continue;
            VEC_PUSH(req->arena, &v->timeline,
                     (struct moment){ .when = when_of(req->arena, req->lang, e->at),
                                      .what = event_words(req->arena, req->lang, e),
                                      .who = is_body ? developer_of(req, s, e->participant_id)
                                                     : STR_NONE,
                                      .is_latest = v->timeline.len == 0 });
        }
    } while (entries.len == TIMELINE_AT_ONCE && v->timeline.len < shown);
    return true;
}

bool fill_frame(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    bool is_body = who_of(req)->roles & (ROLE_RB | ROLE_CB);

    v->number = s->c.number;
    v->title = is_body ? s->c.title : s->c.summary.len > 0 ? s->c.title : s->c.number;
    v->state = state_tag(req->lang, s->c.state);
    v->grade = is_body ? grade_tag(req->lang, s->c.impact_grade)
                       : (struct tag_view){ STR_NONE, TONE_NEUTRAL };
    v->embargo = s->c.published_at.ms || product_is_closed(s->c.state)
                     ? STR_NONE
                     : tr(req->lang, N_("Not public: handle with care"));
    return fill_entries(req, s, v, err) ? true : PASS(err);
}

void fill_fault(struct request *req, const struct err *fault, struct case_page_view *v)
{
    struct deeds *forms[64] = { &v->deeds, &v->thread_deeds, &v->note_deeds };
    struct wait_rows *const waiting[] = { &v->wishes,   &v->hints,     &v->openings,
                                          &v->analyses, &v->exchanges, &v->numbers };
    size_t count = 3;

    for (size_t i = 0; i < COUNT(waiting); i++) {
        for (size_t j = 0; j < waiting[i]->len && count < COUNT(forms); j++)
            forms[count++] = &waiting[i]->at[j].deeds;
    }
    fault_tell(req, fault, forms, count, &v->faults);
}

/* ---- common deeds ---- */

static void add_impact(struct request *req, const struct scene *s, struct str base,
                       struct deeds *deeds)
{
    struct deed_view *d = deed_add(
        req, deeds, "impact", N_("Assess the impact"), N_("Keep the assessment"),
        arena_printf(req->arena, "%.*s/impact", STR_ARG(base)), "", LOOK_PLAIN, s->c.version);
    struct field_view *f = deed_field(
        req, d, FIELD_SELECT, "range", N_("Extent of use"),
        N_("How many people use it, how important it is, how easy an attack is. If nothing is known: wide."),
        true);

    deed_value(req, f, s->c.impact_range.len > 0 ? s->c.impact_range : STR("wide"));
    deed_choice(req, f, "wide", N_("Wide"));
    deed_choice(req, f, "medium", N_("Medium"));
    deed_choice(req, f, "narrow", N_("Narrow"));
    f = deed_field(req, d, FIELD_TEXT, "score", N_("CVSS base score"),
                   N_("From 0.0 to 10.0; leave it empty if it is not known."), false);
    if (s->c.impact_score > 0)
        deed_value(req, f,
                   arena_printf(req->arena, "%lld.%lld", (long long)(s->c.impact_score / 10),
                                (long long)(s->c.impact_score % 10)));
    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", false);
}

void fill_common_deeds(struct request *req, const struct scene *s, struct str base,
                       struct deeds *deeds)
{
    struct deed_view *d;

    add_impact(req, s, base, deeds);
    d = deed_add(req, deeds, "retitle", N_("Change the working title"), N_("Keep the title"),
                 arena_printf(req->arena, "%.*s/title", STR_ARG(base)), "", LOOK_PLAIN,
                 s->c.version);
    deed_value(req,
               deed_field(req, d, FIELD_TEXT, "title", N_("Working title"),
                          N_("Shown in lists at the desk, and to developers with the summary."),
                          true),
               s->c.title);
}

/* ---- texts ---- */

struct class_row {
    char letter;
    const char *title, *warning;
};
/* clang-format off */
static const struct class_row classes[] = {
    { 'P', N_("Product and circumstances"), "" },
    { 'V', N_("Vulnerability information"), "" },
    { 'T', N_("Verification method"), N_("Never published. It is given only to those who need it to verify.") },
    { 'X', N_("Attack method"), N_("Never published. Do not try it outside a closed environment of your own.") },
    { 'M', N_("A way to avoid the damage, as the finder sees it"), "" },
};
/* clang-format on */

static struct str shown_value(struct request *req, const struct form_field *field, struct str value)
{
    if (field->kind == FORM_CHECK)
        return tr(req->lang, N_("Yes"));
    if (field->kind == FORM_CHOICE) {
        for (const struct form_option *o = field->options; o->value; o++) {
            if (str_eq_z(value, o->value))
                return tr(req->lang, o->label);
        }
    }
    return value;
}

/* Whom the finder told and what it intends is for the bodies alone. */
static bool is_circumstance(const char *name)
{
    return str_starts(str_from_z(name), STR("told_")) || str_eq_z(STR("publication_means"), name) ||
           str_eq_z(STR("planned_publication_at"), name) ||
           str_eq_z(STR("intends_to_publish"), name) || str_eq_z(STR("referral"), name) ||
           str_eq_z(STR("finder_is_developer"), name);
}

bool fill_shows(const struct form_field *field, bool with_circumstances)
{
    /* The declarations were needed to send it. */
    return field->step != FORM_CONSENT && (with_circumstances || !is_circumstance(field->name));
}

void fill_blocks(struct request *req, enum report_target target, struct str record,
                 bool with_circumstances, struct class_blocks *out)
{
    for (size_t i = 0; i < COUNT(classes); i++) {
        const char *title = target == REPORT_WEBSITE && classes[i].letter == 'P'
                                ? N_("Website and circumstances")
                                : classes[i].title;
        struct class_block block = { .title = tr(req->lang, title),
                                     .warning = *classes[i].warning
                                                    ? tr(req->lang, classes[i].warning)
                                                    : STR_NONE };
        const struct form_field *field = NULL;

        while ((field = report_field_next(target, field))) {
            struct str value = record_get(record, field->name);

            if (field->info_class != classes[i].letter || value.len == 0 ||
                !fill_shows(field, with_circumstances))
                continue;
            VEC_PUSH(
                req->arena, &block.blocks,
                (struct text_block){ tr(req->lang, field->label), shown_value(req, field, value) });
        }
        if (block.blocks.len > 0)
            VEC_PUSH(req->arena, out, block);
    }
}

bool fill_texts(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct str record;

    if (!report_texts(s->tx, &s->c, &s->grant, req->arena, &record, err))
        return PASS(err);
    fill_blocks(req, case_target(&s->c), record,
                who_of(req)->roles & (ROLE_RB | ROLE_CB | ROLE_FINDER), &v->texts);
    return true;
}

bool fill_files(struct request *req, struct scene *s, const struct developer *of,
                struct case_page_view *v, struct err *err)
{
    return desk_files_fill(req, s->tx, &s->c, &s->grant, of, "/files", &v->files, &v->file_acts,
                           err)
               ? true
               : PASS(err);
}

/* Which message a thread is shown before: of "older=BODIES.812" the number, 0 for the other threads. */
static int64_t shown_before(const struct request *req, enum thread thread)
{
    struct str rest = request_query(req, "older"), name;
    struct err ignored = { 0 };
    int64_t seq;

    return str_split(&rest, '.', &name) && str_eq_z(name, thread_names[thread]) &&
                   str_to_int(rest, 1, INT64_MAX, &seq, &ignored)
               ? seq
               : 0;
}

bool fill_talks(struct request *req, struct scene *s, enum thread thread,
                const struct developer *of, bool is_whole, struct talks *out,
                struct pager_view *pager, struct err *err)
{
    int64_t before = is_whole ? 0 : shown_before(req, thread);

    if (!talk_page(s->tx, who_of(req), &s->c, thread, of, before, is_whole ? -1 : TALK_PAGE,
                   req->arena, out, err))
        return PASS(err);
    if (req->method != METHOD_GET)
        return true;
    if (out->older > 0) {
        pager->previous = arena_printf(req->arena, "%.*s?older=%s.%lld", STR_ARG(req->path),
                                       thread_names[thread], (long long)out->at[0].seq);
        pager->range = tr_fill(req->arena, req->lang, N_("Older messages: {count}"),
                               TR_ARGS({ "count", tr_number(req->arena, out->older) }));
    }
    if (before)
        pager->next = req->path;
    return true;
}

bool fill_notes(struct request *req, struct scene *s, enum thread thread,
                const struct developer *of, struct str base, struct case_page_view *v,
                struct err *err)
{
    struct talks talks;
    struct deed_view *d;

    if (!fill_talks(req, s, thread, of, v->is_paper, &talks, &v->note_pager, err) ||
        !talk_read(s->tx, who_of(req), &s->c, thread, of, err))
        return PASS(err);
    v->has_notes = true;
    thread_view(req->arena, req->lang, &talks, true, STR_NONE, &v->notes);
    d = deed_add(
        req, &v->note_deeds, "note", N_("Write a note"), N_("Keep your note"),
        arena_printf(req->arena, "%.*s/notes", STR_ARG(base)),
        of ? N_("Only people of your organisation read it; neither of the two bodies does.")
           : N_("Only officers of your own body read it."),
        LOOK_PLAIN, 0);
    deed_field(req, d, FIELD_TEXTAREA, "text", N_("Note"), "", true);
    return true;
}
