#include "faces/desk/casework/deed.h"

#include "faces/desk/casework/frame_case.h"
#include "faces/desk/files/files.h"

struct deed_view *deed_add(struct request *req, struct deeds *deeds, const char *id,
                           const char *label, const char *verb, struct str href, const char *tell,
                           enum look look, int64_t version)
{
    struct deed_view deed = {
        .id = str_from_z(id),
        .label = tr(req->lang, label),
        .verb = tr(req->lang, verb),
        .href = href,
        .tell = *tell ? tr(req->lang, tell) : STR_NONE,
        .look = look,
        .version = version,
        .is_danger = look == LOOK_BAD,
    };

    /* A form that could not be taken stays open with what was typed. */
    deed.is_open = req->method == METHOD_POST && str_ends(req->path, href);
    VEC_PUSH(req->arena, deeds, deed);
    return &deeds->at[deeds->len - 1];
}

struct field_view *deed_field(struct request *req, struct deed_view *deed, enum field_kind kind,
                              const char *name, const char *label, const char *help, bool required)
{
    struct field_view field = {
        .id = arena_printf(req->arena, "%.*s-%s", STR_ARG(deed->id), name),
        .name = str_from_z(name),
        .label = tr(req->lang, label),
        .help = *help ? tr(req->lang, help) : STR_NONE,
        .kind = kind,
        .required = required,
        .rows = kind == FIELD_TEXTAREA ? 4 : 0,
        .value = deed->is_open ? case_kept(req, name) : STR_NONE,
    };

    VEC_PUSH(req->arena, &deed->fields, field);
    return &deed->fields.at[deed->fields.len - 1];
}

void deed_choice(struct request *req, struct field_view *field, const char *value,
                 const char *label)
{
    struct choice choice = { .value = str_from_z(value),
                             .label = tr(req->lang, label),
                             .is_chosen = str_eq_z(field->value, value) };

    VEC_PUSH(req->arena, &field->choices, choice);
}

void deed_value(const struct request *req, struct field_view *field, struct str value)
{
    (void)req;
    if (field->value.len == 0)
        field->value = value;
}

void deed_files(struct request *req, struct deed_view *deed)
{
    struct field_view field = desk_files_field(
        req, arena_z(req->arena, arena_printf(req->arena, "%.*s-files", STR_ARG(deed->id))));

    deed->takes_files = true;
    VEC_PUSH(req->arena, &deed->fields, field);
}

struct str deed_instant(struct arena *arena, struct utc t)
{
    struct civil c = utc_to_jst(t);

    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, c.hour,
                        c.minute);
}
