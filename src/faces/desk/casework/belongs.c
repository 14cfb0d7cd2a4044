/* faces/desk/casework/belongs.c: cases that belong together, on the page of a case: merged, taken out again, a part split off. */
#include "domain/casework/belongs.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/casework/analysis.h"
#include "domain/casework/foreign.h"
#include "domain/casework/intake.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

/* clang-format off */
static const char *const tie_words[BELONGINGS] = {
    [BELONGS_MERGED_INTO] = N_("It was merged into this case, where its handling goes on"),
    [BELONGS_MERGED_HERE] = N_("It was merged into this one and rests"),
    [BELONGS_SPLIT_FROM]  = N_("It was split off this case"),
    [BELONGS_SPLIT_OFF]   = N_("It was split off as a case of its own"),
};
/* clang-format on */

static void add_tie(struct request *req, const struct case_tie *tie, struct case_page_view *v)
{
    VEC_PUSH(
        req->arena, &v->ties,
        (struct fact){ .name = tr(req->lang, tie_words[tie->kind]),
                       .value = arena_printf(req->arena, "%.*s %.*s", STR_ARG(tie->number),
                                             STR_ARG(tie->title)),
                       .href = arena_printf(req->arena, "/cases/%.*s", STR_ARG(tie->public_id)),
                       .tag = state_tag(req->lang, tie->state) });
}

/* What a third party analyses goes on in the case that rests; who asked and how it stands is told here, the words stand there. */
static bool add_analyses(struct request *req, struct scene *s, const struct case_tie *tie,
                         struct case_page_view *v, struct err *err)
{
    struct analyses all;

    if (!analyses_of_case(s->tx, tie->case_id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct analysis *a = &all.at[i];

        VEC_PUSH(req->arena, &v->ties,
                 (struct fact){ .name = tr(req->lang, N_("Analysed by a third party there")),
                                .value = req->lang == LANG_EN && a->organisation_name_en.len > 0
                                             ? a->organisation_name_en
                                             : a->organisation_name_ja,
                                .href = arena_printf(req->arena, "/cases/%.*s#analyses",
                                                     STR_ARG(tie->public_id)),
                                .tag = analysis_tag(req, a) });
    }
    return true;
}

static void add_merge(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d = deed_add(
        req, deeds, "merge", N_("Merge it into another case"), N_("Merge it"),
        case_href(req, s, "/merge"),
        N_("This case rests, and can be taken out again. Its developers and foreign coordinators join the other case, where nothing has been disclosed to them yet; threads, files, analyses and the finder stay here. The receiving body and the developers that had the summary are told. Of two publication dates the earlier one holds."),
        LOOK_PLAIN, s->c.version);

    deed_field(
        req, d, FIELD_CODE, "into", N_("Number of the other case"),
        N_("The one that has come as far or further. Example: the number at the top of its page."),
        true);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"),
               N_("Why both are the same vulnerability. The two bodies read it."), true);
}

static enum field_kind field_of(enum form_kind kind)
{
    switch (kind) {
    case FORM_LINES:
        return FIELD_TEXTAREA;
    case FORM_CHOICE:
        return FIELD_SELECT;
    case FORM_URL:
        return FIELD_URL;
    default:
        return FIELD_TEXT;
    }
}

/* What was reported stands in the fields, so that the part can be cut from it. */
static bool add_part_fields(struct request *req, struct scene *s, struct deed_view *d,
                            struct err *err)
{
    struct str record;

    if (!report_texts(s->tx, &s->c, &s->grant, req->arena, &record, err))
        return PASS(err);
    for (size_t i = 0; i < foreign_field_count; i++) {
        const struct form_field *asked =
            report_field(REPORT_PRODUCT, str_from_z(foreign_fields[i].name));
        struct field_view *f = deed_field(req, d, field_of(asked->kind), asked->name, asked->label,
                                          "", foreign_fields[i].is_required);

        deed_value(req, f, record_get(record, asked->name));
        for (const struct form_option *o = asked->options; o && o->value; o++)
            deed_choice(req, f, o->value, o->label);
    }
    return true;
}

static bool add_split(struct request *req, struct scene *s, struct deeds *deeds, struct err *err)
{
    struct deed_view *d = deed_add(
        req, deeds, "split", N_("Split a part off"), N_("Begin a case of its own"),
        case_href(req, s, "/split"),
        N_("The new case stands where this one stands, with the same start of counting and the same publication date. The receiving body is told. The developers you choose join it, and nothing is disclosed to them yet; here they stay."),
        LOOK_PLAIN, s->c.version);
    struct field_view *f;

    if (!add_part_fields(req, s, d, err))
        return PASS(err);
    if (s->developers.len == 0)
        return true;
    f = deed_field(req, d, FIELD_CHECKS, "part_of", N_("Developers whose products it concerns"), "",
                   false);
    for (size_t i = 0; i < s->developers.len; i++)
        VEC_PUSH(req->arena, &f->choices,
                 (struct choice){ .value = s->developers.at[i].organisation_public_id,
                                  .label = fill_name(req, &s->developers.at[i]) });
    return true;
}

bool fill_belongs(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct case_ties ties;
    struct deed_view *d;

    if (!belongs_load(&desk_of(req)->casework, s->tx, &s->c, req->arena, &ties, err))
        return PASS(err);
    for (size_t i = 0; i < ties.len; i++) {
        add_tie(req, &ties.at[i], v);
        if (ties.at[i].kind == BELONGS_MERGED_HERE && !add_analyses(req, s, &ties.at[i], v, err))
            return PASS(err);
    }
    if (!(who_of(req)->roles & ROLE_CB) || str_eq(s->c.origin, STR("SELF")))
        return true;
    if (s->c.state == CASE_MERGED) {
        d = deed_add(
            req, &v->deeds, "release", N_("Take it out again"), N_("Handle it by itself again"),
            case_href(req, s, "/release"),
            N_("It stands where it stood; a publication date it had is to be set anew. Both bodies are told. Developers that joined the other case stay there until you remove them."),
            LOOK_PLAIN, s->c.version);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"), "", true);
        return true;
    }
    if (product_split(s->c.state) < 0)
        return true;
    add_merge(req, s, &v->deeds);
    return add_split(req, s, &v->deeds, err) ? true : PASS(err);
}

/* ---- handlers ---- */

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static bool merge_deed(struct request *req, struct scene *s, struct err *err)
{
    return belongs_merge(&desk_of(req)->casework, s->tx, who_of(req), &s->c, form(req, "into"),
                         form(req, "words"), req->now, req->arena, err);
}

static bool release_deed(struct request *req, struct scene *s, struct err *err)
{
    return belongs_release(s->tx, who_of(req), &s->c, form(req, "words"), req->now, req->arena,
                           err);
}

static bool split_deed(struct request *req, struct scene *s, struct err *err)
{
    struct buf part = buf_new(req->arena, REPORT_FORM_MAX);
    struct organisation_ids organisations = { 0 };
    struct product_case begun;
    struct str record;

    for (size_t i = 0; i < foreign_field_count; i++)
        record_put(&part, foreign_fields[i].name, request_form(req, foreign_fields[i].name));
    for (size_t i = 0; i < request_form_count(req, "part_of"); i++)
        VEC_PUSH(req->arena, &organisations, request_form_nth(req, "part_of", i));
    return buf_done(&part, &record, err) &&
           belongs_split(&desk_of(req)->casework, s->tx, who_of(req), &s->c, record, &organisations,
                         req->now, req->arena, &begun, err);
}

bool case_merge(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, merge_deed, case_page_show, case_path(req), "merged", err);
}

bool case_release(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, release_deed, case_page_show, case_path(req), "released_again",
                           err);
}

bool case_split(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, split_deed, case_page_show, case_path(req), "split", err);
}
