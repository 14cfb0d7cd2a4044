#include "faces/portal/report/form.h"

#include "base/err.h"
#include "base/record.h"
#include "faces/http/respond.h"
#include "faces/portal/frame.h"
#include "faces/portal/report/notes.h"
#include "faces/portal/report/report.html.h"

enum { PAGE_MAX = 4 << 20, FILE_FIELD_MAX = 1024 };

/* What one step of the form says. */
struct step_words {
    const char *name, *title, *lead, *next;
};
/* clang-format off */
static const struct step_words product_steps[FORM_STEPS + 1] = {
    [FORM_PRODUCT] = { N_("Product"), N_("The product, and whom you have told"), N_("One report is about one product. You need no account, and nothing is sent before the last page."), N_("Next: the vulnerability") },
    [FORM_VULNERABILITY] = { N_("Vulnerability"), N_("The vulnerability"), N_("This part is told to the product developers step by step, and in the end to everybody. The ways to confirm and to attack come on the next page."), N_("Next: verification and attack") },
    [FORM_METHODS] = { N_("Verification and attack"), N_("How it is confirmed, and how it is attacked"), N_("These two are kept apart and are never published."), N_("Next: about you") },
    [FORM_FINDER] = { N_("About you"), N_("About you, and how your name is handled"), N_("This part is kept apart from the report. It is told to nobody but those you name here."), N_("Next: check and consent") },
    [FORM_CONSENT] = { N_("Check and consent"), N_("Check, legal notes and consent"), N_("Please check what you have entered, read the notes, and send."), N_("Send the report to the receiving body") },
};
/* Where a report on a website speaks of something else. */
static const struct step_words website_steps[FORM_STEPS + 1] = {
    [FORM_PRODUCT] = { N_("Website"), N_("The website, and whom you have told"), N_("One report is about one website. You need no account, and nothing is sent before the last page."), N_("Next: the vulnerability") },
    [FORM_VULNERABILITY] = { N_("Vulnerability"), N_("The vulnerability"), N_("This part is told to the operator of the website alone, and is not published. The ways to confirm and to attack come on the next page."), N_("Next: verification and attack") },
};
/* clang-format on */
static const char *const last_step = N_("Receipt number");

static const struct step_words *words_of(enum report_target target, int step)
{
    return target == REPORT_WEBSITE && website_steps[step].name ? &website_steps[step]
                                                                : &product_steps[step];
}

/* Check boxes that are one question. */
static const struct group {
    unsigned targets;
    const char *first, *last, *legend, *help;
    bool is_required;
} groups[] = {
    { REPORT_PRODUCT | REPORT_WEBSITE, "told_nobody", "told_other",
      N_("Whom you have told about it"), N_("Please tick all that apply."), true },
    { REPORT_PRODUCT, "consent_coordinator", "consent_credit", N_("How your name may be handled"),
      N_("What is not ticked is not allowed. You can also leave all of them empty."), false },
    { REPORT_WEBSITE, "consent_developer", "consent_direct", N_("How your name may be handled"),
      N_("What is not ticked is not allowed. You can also leave all of them empty."), false },
};

struct str form_mailbox(const struct request *req)
{
    return arena_printf(req->arena, "%.*s%.*s/mailbox", STR_ARG(public_of(req)->settings->desk_url),
                        STR_ARG(req->base));
}

struct steps_view form_steps(const struct request *req, enum report_target target, size_t now)
{
    struct steps_view steps = { .now = now };

    for (int step = FORM_PRODUCT; step <= FORM_STEPS; step++)
        VEC_PUSH(req->arena, &steps.steps, tr(req->lang, words_of(target, step)->name));
    VEC_PUSH(req->arena, &steps.steps, tr(req->lang, last_step));
    return steps;
}

/* ---- out of the request ---- */

/* Browsers send CR LF in texts. */
static struct str with_lf(struct arena *arena, struct str s)
{
    struct buf buf = buf_new(arena, s.len + 1);

    if (str_index(s, '\r') == s.len)
        return s;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '\r')
            buf_byte(&buf, s.ptr[i]);
        else if (i + 1 == s.len || s.ptr[i + 1] != '\n')
            buf_byte(&buf, '\n');
    }
    return buf_str(&buf);
}

/* "ID SIZE NAME": for eyes alone; what goes with the report is the desk's knowledge. */
static bool read_file_field(struct str text, struct form_file *out)
{
    struct str rest = text;

    return text.len <= FILE_FIELD_MAX && str_split(&rest, ' ', &out->id) &&
           str_split(&rest, ' ', &out->size) && public_id_is(out->id) && out->size.len > 0 &&
           out->size.len < 16 && rest.len > 0 && (out->name = rest, true);
}

void form_keep_file(const struct request *req, struct form_in_hand *form, struct form_file file)
{
    if (form->files.len < FORM_FILES_SHOWN)
        VEC_PUSH(req->arena, &form->files, file);
}

bool form_take(const struct request *req, struct form_in_hand *out, struct err *err)
{
    struct buf buf = buf_new(req->arena, INTAKE_FORM_MAX);
    struct form_in_hand form = { .draft = request_form(req, "draft"),
                                 .target = str_eq(request_form(req, "target"), STR("website"))
                                               ? REPORT_WEBSITE
                                               : REPORT_PRODUCT,
                                 .step = FORM_PRODUCT };
    const struct form_field *field = NULL;
    struct err why = { 0 };
    int64_t step;

    while ((field = report_field_next(form.target, field))) {
        struct str value = request_form(req, field->name);

        if (value.len > 0)
            record_put(&buf, field->name, with_lf(req->arena, value));
    }
    if (!buf_done(&buf, &form.fields, err))
        return PASS(err);
    if (str_to_int(request_form(req, "step"), FORM_PRODUCT, FORM_STEPS, &step, &why))
        form.step = (int)step;
    if (!intake_draft_is(form.draft))
        form.draft = random_token(req->arena);
    for (size_t i = 0; i < request_form_count(req, "file") && i < FORM_FILES_SHOWN; i++) {
        struct form_file file;

        if (read_file_field(request_form_nth(req, "file", i), &file))
            form_keep_file(req, &form, file);
    }
    *out = form;
    return true;
}

int form_first_fault(const struct request *req, struct form_in_hand *form, int last)
{
    for (int step = FORM_PRODUCT; step <= last; step++) {
        form->faults = (struct form_faults){ 0 };
        report_form_check(form->target, form->fields, step, req->arena, &form->faults);
        if (form->faults.len > 0)
            return step;
    }
    return 0;
}

/* ---- into a page ---- */

static enum field_kind kind_of(const struct form_field *field)
{
    switch (field->kind) {
    case FORM_LINES:
        return FIELD_TEXTAREA;
    case FORM_EMAIL:
        return FIELD_EMAIL;
    case FORM_URL:
        return FIELD_URL;
    case FORM_DATE:
        return FIELD_DATE;
    case FORM_CHOICE:
        return field->max > 12 ? FIELD_SELECT : FIELD_RADIO;
    case FORM_CHECK:
        return FIELD_CHECK;
    case FORM_TEXT:
        break;
    }
    return str_eq_z(STR("finder_phone"), field->name) ? FIELD_TEL : FIELD_TEXT;
}

static struct str autocomplete_of(const struct form_field *field)
{
    static const char *const known[][2] = {
        { "finder_name", "name" },
        { "finder_organisation", "organization" },
        { "finder_email", "email" },
        { "finder_phone", "tel" },
    };

    for (size_t i = 0; i < COUNT(known); i++) {
        if (str_eq_z(str_from_z(field->name), known[i][0]))
            return str_from_z(known[i][1]);
    }
    return STR_NONE;
}

static struct field_view view_of(const struct request *req, const struct form_in_hand *form,
                                 const struct form_field *field)
{
    const char *fault = form_fault_of(&form->faults, str_from_z(field->name));
    struct field_view view = {
        .name = str_from_z(field->name),
        .label = tr(req->lang, field->label),
        .help = field->help[0] ? tr(req->lang, field->help) : STR_NONE,
        .value = record_get(form->fields, field->name),
        .error = fault ? tr(req->lang, fault) : STR_NONE,
        .kind = kind_of(field),
        .required = field->is_required,
        .rows = field->max > 2000 ? 10 : 4,
        .autocomplete = autocomplete_of(field),
        .max_length =
            field->kind == FORM_TEXT || field->kind == FORM_LINES ? (int64_t)field->max : 0,
    };

    if (field->kind == FORM_CHECK)
        VEC_PUSH(req->arena, &view.choices,
                 (struct choice){ .value = STR("yes"),
                                  .label = view.label,
                                  .help = view.help,
                                  .is_chosen = view.value.len > 0 });
    if (view.kind == FIELD_SELECT)
        VEC_PUSH(req->arena, &view.choices,
                 (struct choice){ .value = STR(""), .label = tr(req->lang, N_("Please choose")) });
    for (const struct form_option *o = field->options; o && o->value; o++)
        VEC_PUSH(req->arena, &view.choices,
                 (struct choice){ .value = str_from_z(o->value),
                                  .label = tr(req->lang, o->label),
                                  .is_chosen = str_eq_z(view.value, o->value) });
    return view;
}

static const struct group *group_from(enum report_target target, const char *name)
{
    for (size_t i = 0; i < COUNT(groups); i++) {
        if ((groups[i].targets & (unsigned)target) && str_eq_z(str_from_z(name), groups[i].first))
            return &groups[i];
    }
    return NULL;
}

/* The boxes of a group, from its first field on; *field is left at its last. Its faults stand at the whole. */
static struct report_item group_item(const struct request *req, const struct form_in_hand *form,
                                     const struct group *group, const struct form_field **field)
{
    struct report_item item = {
        .field = { .id = arena_printf(req->arena, "%s-all", group->first),
                   .label = tr(req->lang, group->legend),
                   .help = tr(req->lang, group->help),
                   .required = group->is_required },
    };

    for (;; *field = report_field_next(form->target, *field)) {
        struct field_view box = view_of(req, form, *field);

        if (item.field.error.len == 0)
            item.field.error = box.error;
        box.kind = FIELD_CHECKS;
        VEC_PUSH(req->arena, &item.checks, box);
        if (str_eq_z(box.name, group->last))
            return item;
    }
}

static void fill_items(const struct request *req, const struct form_in_hand *form,
                       struct report_view *v)
{
    const struct form_field *field = NULL;

    while ((field = report_field_next(form->target, field))) {
        const struct group *group = group_from(form->target, field->name);

        if ((int)field->step != form->step)
            continue;
        if (group)
            VEC_PUSH(req->arena, &v->items, group_item(req, form, group, &field));
        else
            VEC_PUSH(req->arena, &v->items,
                     (struct report_item){ .field = view_of(req, form, field) });
    }
}

static void hide(const struct request *req, struct report_view *v, const char *name,
                 struct str value)
{
    VEC_PUSH(req->arena, &v->hidden, (struct report_hidden){ str_from_z(name), value });
}

static void fill_hidden(const struct request *req, const struct form_in_hand *form,
                        struct report_view *v)
{
    const struct form_field *field = NULL;

    if (form->target == REPORT_WEBSITE)
        hide(req, v, "target", STR("website"));
    hide(req, v, "step", arena_printf(req->arena, "%d", form->step));
    hide(req, v, "draft", form->draft);
    while ((field = report_field_next(form->target, field))) {
        struct str value = record_get(form->fields, field->name);

        if ((int)field->step != form->step && value.len > 0)
            hide(req, v, field->name, value);
    }
    for (size_t i = 0; i < form->files.len; i++) {
        const struct form_file *file = &form->files.at[i];

        hide(req, v, "file",
             arena_printf(req->arena, "%.*s %.*s %.*s", STR_ARG(file->id), STR_ARG(file->size),
                          STR_ARG(file->name)));
    }
}

/* The question a box belongs to; the box itself when it stands alone. */
static const char *label_of(enum report_target target, const struct form_field *field)
{
    const struct form_field *one = NULL;
    const struct group *group = NULL;

    while ((one = report_field_next(target, one))) {
        const struct group *begins = group_from(target, one->name);

        if (begins)
            group = begins;
        if (one == field)
            return group ? group->legend : field->label;
        if (group && str_eq_z(str_from_z(one->name), group->last))
            group = NULL;
    }
    return field->label;
}

static void fill_faults(const struct request *req, const struct form_in_hand *form,
                        struct report_view *v)
{
    for (size_t i = 0; i < form->faults.len; i++) {
        const struct form_field *field =
            report_field(form->target, str_from_z(form->faults.at[i].field));
        struct str words = tr(req->lang, form->faults.at[i].words);

        if (field)
            words = tr_fill(req->arena, req->lang, N_("{field}: {words}"),
                            TR_ARGS({ "field", tr(req->lang, label_of(form->target, field)) },
                                    { "words", words }));
        VEC_PUSH(req->arena, &v->faults,
                 (struct fault){ str_from_z(form->faults.at[i].field), words });
    }
}

/* What was chosen, in words. */
static struct str shown(const struct request *req, const struct form_field *field, struct str value)
{
    if (field->kind == FORM_CHECK)
        return tr(req->lang, N_("Yes"));
    for (const struct form_option *o = field->options; o && o->value; o++) {
        if (str_eq_z(value, o->value))
            return tr(req->lang, o->label);
    }
    return value;
}

static void fill_parts(const struct request *req, const struct form_in_hand *form,
                       struct report_view *v)
{
    for (int step = FORM_PRODUCT; step < FORM_CONSENT; step++) {
        struct report_part part = { .title = tr(req->lang, words_of(form->target, step)->title),
                                    .go = arena_printf(req->arena, "step%d", step) };
        const struct form_field *field = NULL;

        while ((field = report_field_next(form->target, field))) {
            struct str value = record_get(form->fields, field->name);

            if ((int)field->step == step && value.len > 0)
                VEC_PUSH(req->arena, &part.facts,
                         (struct fact){ .name = tr(req->lang, field->label),
                                        .value = shown(req, field, value) });
        }
        VEC_PUSH(req->arena, &v->parts, part);
    }
}

static void fill_notes(const struct request *req, const struct form_in_hand *form,
                       struct report_view *v)
{
    for (size_t i = 0; i < report_note_count; i++) {
        if (!(report_notes[i].targets & (unsigned)form->target))
            continue;
        if (report_notes[i].title)
            VEC_PUSH(req->arena, &v->notes,
                     (struct report_note_view){ .title = tr(req->lang, report_notes[i].title) });
        VEC_PUSH(req->arena, &v->notes.at[v->notes.len - 1].words,
                 tr(req->lang, report_notes[i].words));
    }
    v->valid_as_of = report_notes_date(req->arena, req->lang);
}

static struct str size_words(struct arena *arena, struct str bytes)
{
    struct err err = { 0 };
    int64_t n;

    if (!str_to_int(bytes, 0, INT64_MAX, &n, &err))
        return STR_NONE;
    return n < 1024 ? arena_printf(arena, "%lld B", (long long)n)
                    : arena_printf(arena, "%.*s KB", STR_ARG(tr_number(arena, (n + 1023) / 1024)));
}

int64_t form_file_max(const struct request *req)
{
    int64_t max = public_of(req)->settings->attachment_max_bytes;

    return max < INTAKE_FILE_MAX ? max : INTAKE_FILE_MAX;
}

static void fill_files(const struct request *req, const struct form_in_hand *form,
                       struct report_view *v)
{
    const struct settings *settings = public_of(req)->settings;
    struct str megabytes = tr_number(req->arena, form_file_max(req) >> 20),
               files = tr_number(req->arena, settings->attachments_max);
    const char *fault = form_fault_of(&form->faults, STR("files"));

    for (size_t i = 0; i < form->files.len; i++)
        VEC_PUSH(req->arena, &v->files,
                 (struct attachment){ .name = form->files.at[i].name,
                                      .size = size_words(req->arena, form->files.at[i].size) });
    v->takes_files = (int64_t)form->files.len < settings->attachments_max;
    v->file_field = (struct field_view){
        .name = STR("files"),
        .kind = FIELD_FILE,
        .multiple = true,
        .label = tr(req->lang,
                    N_("Files such as screenshots or a program that shows the vulnerability")),
        .help = tr_fill(
            req->arena, req->lang,
            N_("Number of files: at most {count}, each of at most {size} MB. Each is sealed at once and opened by the receiving body first."),
            TR_ARGS({ "count", files }, { "size", megabytes })),
        .error = fault ? tr(req->lang, fault) : STR_NONE,
    };
}

bool form_show(struct request *req, struct response *res, const struct form_in_hand *form,
               struct err *err)
{
    struct page *body = page_new(req->arena, PAGE_MAX, req->lang, req->form_token);
    const struct step_words *words = words_of(form->target, form->step);
    struct report_view v = {
        .steps = form_steps(req, form->target, (size_t)form->step - 1),
        .draft_name = form->target == REPORT_WEBSITE ? STR("report-website") : STR("report"),
        .title = tr(req->lang, words->title),
        .lead = tr(req->lang, words->lead),
        .next = tr(req->lang, words->next),
        .has_back = form->step > FORM_PRODUCT,
        .is_last = form->step == FORM_CONSENT,
    };

    if (form->trouble)
        v.trouble = (struct note_view){ .tone = TONE_BAD, .words = tr(req->lang, form->trouble) };
    fill_hidden(req, form, &v);
    fill_faults(req, form, &v);
    fill_items(req, form, &v);
    if (v.is_last) {
        fill_parts(req, form, &v);
        fill_notes(req, form, &v);
        fill_files(req, form, &v);
    }
    report_page(body, &v);
    return form_send_page(req, res, body, words->title, err) ? true : PASS(err);
}

bool form_send_page(struct request *req, struct response *res, struct page *body, const char *title,
                    struct err *err)
{
    struct portal_frame frame = {
        .title = tr(req->lang, title),
        .is_narrow = true,
        .crumbs = PORTAL_CRUMBS(req->arena, { tr(req->lang, N_("Home")), STR("/") },
                                { tr(req->lang, N_("Report a vulnerability")), STR_NONE }),
    };

    res->cache = CACHE_NONE; /* it holds what the finder typed */
    return portal_send(req, res, body, &frame, err) ? true : PASS(err);
}
