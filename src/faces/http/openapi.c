#include "faces/http/openapi.h"

void describe_begin(struct json_writer *w, const char *key)
{
    json_key(w, key);
    json_object_begin(w);
}

void describe_type(struct json_writer *w, const char *key, const char *type)
{
    describe_begin(w, key);
    json_pair(w, "type", str_from_z(type));
    json_object_end(w);
}

/* An answer whose content is described among the components. */
void describe_answer(struct json_writer *w, const char *status, const char *words,
                     const char *media, const char *component)
{
    describe_begin(w, status);
    json_pair(w, "description", str_from_z(words));
    describe_begin(w, "content");
    describe_begin(w, media);
    describe_begin(w, "schema");
    json_pair(w, "$ref", arena_printf(w->buf->arena, "#/components/schemas/%s", component));
    for (int i = 0; i < 4; i++)
        json_object_end(w);
}

void describe_parameter(struct json_writer *w, const char *name, const char *place,
                        const char *type, struct str words)
{
    json_object_begin(w);
    json_pair(w, "name", str_from_z(name));
    json_pair(w, "in", str_from_z(place));
    if (words.len > 0)
        json_pair(w, "description", words);
    if (str_eq_z(STR("path"), place)) {
        json_key(w, "required");
        json_put_bool(w, true);
    }
    describe_type(w, "schema", type);
    json_object_end(w);
}

void describe_path_parameters(struct json_writer *w, const struct route *route)
{
    struct str rest = str_from_z(route->path), part;

    json_key(w, "parameters");
    json_array_begin(w);
    while (rest.len > 0 && str_split(&rest, '/', &part))
        if (str_skip(&part, STR("{")))
            describe_parameter(w, arena_z(w->buf->arena, str_take(part, str_index(part, '}'))),
                               "path", "string", STR_NONE);
    json_array_end(w);
}
