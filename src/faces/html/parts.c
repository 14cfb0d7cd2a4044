#include "faces/html/parts.h"

struct str link_here(const struct page *page, struct str href)
{
    bool is_ours = str_starts(href, STR("/")) && !str_starts(href, STR("/assets/")) &&
                   !str_starts(href, STR("/.well-known/"));

    if (!is_ours || page->lang != LANG_EN || str_eq_z(href, "/en") || str_starts(href, STR("/en/")))
        return href;
    return arena_printf(page->arena, "/en%.*s", STR_ARG(href));
}

struct str tone_class(enum tone tone)
{
    static const struct str classes[] = {
        [TONE_NEUTRAL] = STR_INIT("plain"), [TONE_GOOD] = STR_INIT("good"),
        [TONE_WARN] = STR_INIT("warn"),     [TONE_BAD] = STR_INIT("bad"),
        [TONE_EMBER] = STR_INIT("ember"),
    };

    return classes[tone];
}

struct str look_class(enum look look)
{
    return look == LOOK_GO ? STR("go") : look == LOOK_BAD ? STR("bad") : STR("plain");
}

struct str field_id(const struct field_view *field)
{
    return str_is_empty(field->id) ? field->name : field->id;
}

struct str field_type(enum field_kind kind)
{
    switch (kind) {
    case FIELD_EMAIL:
        return STR("email");
    case FIELD_PASSWORD:
        return STR("password");
    case FIELD_URL:
        return STR("url");
    case FIELD_TEL:
        return STR("tel");
    case FIELD_NUMBER:
        return STR("number");
    case FIELD_DATE:
        return STR("date");
    case FIELD_DATETIME:
        return STR("datetime-local");
    case FIELD_FILE:
        return STR("file");
    case FIELD_RADIO:
        return STR("radio");
    case FIELD_CHECKS:
    case FIELD_CHECK:
        return STR("checkbox");
    case FIELD_HIDDEN:
        return STR("hidden");
    default:
        return STR("text");
    }
}

struct str field_described(struct page *page, const struct field_view *field)
{
    struct str id = field_id(field);
    bool has_help = !str_is_empty(field->help) || !str_is_empty(field->example);

    if (has_help && !str_is_empty(field->error))
        return arena_printf(page->arena, "%.*s-error %.*s-help", STR_ARG(id), STR_ARG(id));
    if (has_help)
        return arena_printf(page->arena, "%.*s-help", STR_ARG(id));
    if (!str_is_empty(field->error))
        return arena_printf(page->arena, "%.*s-error", STR_ARG(id));
    return STR_NONE;
}

struct str faults_about(const struct fault_list *faults, struct str field_id)
{
    for (size_t i = 0; i < faults->len; i++)
        if (str_eq(faults->at[i].field_id, field_id))
            return faults->at[i].words;
    return STR_NONE;
}
