#include "faces/desk/form.h"

#include "faces/desk/form.html.h"
#include "faces/desk/frame.h"

struct form_group *form_group(struct request *req, struct form_view *form, const char *title,
                              const char *help)
{
    VEC_PUSH(req->arena, &form->groups,
             (struct form_group){ .title = title ? say(req, title) : STR_NONE,
                                  .help = help ? say(req, help) : STR_NONE });
    return &form->groups.at[form->groups.len - 1];
}

struct field_view *form_field(struct request *req, struct form_group *group, enum field_kind kind,
                              const char *name, const char *label, const char *help)
{
    VEC_PUSH(req->arena, &group->fields,
             (struct field_view){ .kind = kind,
                                  .name = str_from_z(name),
                                  .label = label ? say(req, label) : STR_NONE,
                                  .help = help ? say(req, help) : STR_NONE,
                                  .value = kind == FIELD_PASSWORD ? STR_NONE
                                                                  : request_form(req, name) });
    return &group->fields.at[group->fields.len - 1];
}

void form_choice(struct request *req, struct field_view *field, struct str value, struct str label,
                 bool is_chosen)
{
    VEC_PUSH(req->arena, &field->choices,
             (struct choice){ .value = value, .label = label, .is_chosen = is_chosen });
}

void form_tell(struct request *req, struct form_view *form, const char *field, const char *words)
{
    struct str name = str_from_z(field), said = say(req, words);

    VEC_PUSH(req->arena, &form->faults, (struct fault){ name, said });
    for (size_t i = 0; i < form->groups.len; i++) {
        struct field_list *fields = &form->groups.at[i].fields;

        for (size_t k = 0; k < fields->len; k++) {
            if (str_eq(fields->at[k].name, name) && fields->at[k].error.len == 0)
                fields->at[k].error = said;
        }
    }
}

void form_tell_faults(struct request *req, struct form_view *form, const struct form_faults *faults)
{
    for (size_t i = 0; i < faults->len; i++)
        form_tell(req, form, faults->at[i].field, faults->at[i].words);
}

void form_link(struct request *req, struct form_view *form, const char *label, struct str href)
{
    VEC_PUSH(req->arena, &form->links, (struct link){ say(req, label), href });
}

bool form_send(struct request *req, struct response *res, const struct form_view *form,
               struct err *err)
{
    struct page *body = frame_page(req);
    struct frame frame = { .title = form->title, .is_narrow = true };

    if (form->faults.len > 0 && res->status == 0)
        res->status = 422;
    form_page(body, form);
    return frame_send(req, res, body, &frame, err);
}
