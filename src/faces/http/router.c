#include "faces/http/router.h"

#include "base/err.h"
#include <stdlib.h>

enum kind { LITERAL, VALUE, REST }; /* in the order of choice: what is more exact comes first */

struct segment {
    enum kind kind;
    struct str text; /* the literal, or the name */
};

struct entry {
    const struct route *route;
    struct segment segments[HTTP_SEGMENTS_MAX];
    size_t count;
};

struct router {
    struct entry *entries;
    size_t count;
};

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || s.ptr[i] == '_'))
            return false;
    return s.len > 0;
}

static bool read_segment(struct str text, struct segment *out)
{
    if (str_index(text, '{') == text.len && str_index(text, '}') == text.len) {
        *out = (struct segment){ LITERAL, text };
        return true;
    }
    if (!str_skip(&text, STR("{")) || !str_ends(text, STR("}")))
        return false;
    text = str_take(text, text.len - 1);
    *out = (struct segment){ str_ends(text, STR("*")) ? REST : VALUE, text };
    if (out->kind == REST)
        out->text = str_take(text, text.len - 1);
    return is_name(out->text);
}

static bool read_pattern(const struct route *route, struct entry *out)
{
    struct str rest = str_from_z(route->path);
    bool more = true;

    *out = (struct entry){ .route = route };
    if (!str_skip(&rest, STR("/")))
        return false;
    while (more) {
        size_t at = str_index(rest, '/');

        more = at < rest.len;
        if (out->count == HTTP_SEGMENTS_MAX ||
            !read_segment(str_take(rest, at), &out->segments[out->count]))
            return false;
        if (out->segments[out->count++].kind == REST && more)
            return false;
        rest = str_drop(rest, at + 1);
    }
    return true;
}

/* Is there a path that both take? */
static bool overlap(const struct entry *a, const struct entry *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        const struct segment *x = &a->segments[i], *y = &b->segments[i];

        if (x->kind == REST || y->kind == REST)
            return true;
        if (x->kind == LITERAL && y->kind == LITERAL && !str_eq(x->text, y->text))
            return false;
    }
    return a->count == b->count;
}

/* For two that overlap: at every place one of them is at least as exact as the other. */
static bool is_at_least_as_exact(const struct entry *a, const struct entry *b, bool *is_more)
{
    *is_more = false;
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        if (a->segments[i].kind > b->segments[i].kind)
            return false;
        *is_more = *is_more || a->segments[i].kind < b->segments[i].kind;
    }
    return true;
}

static bool clash(const struct entry *a, const struct entry *b)
{
    bool is_more;

    if (a->route->method != b->route->method || !overlap(a, b))
        return false;
    if (is_at_least_as_exact(a, b, &is_more) && is_more)
        return false;
    return !(is_at_least_as_exact(b, a, &is_more) && is_more);
}

static int by_exactness(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (a->segments[i].kind != b->segments[i].kind)
            return a->segments[i].kind < b->segments[i].kind ? -1 : 1;
    /* Those of other lengths do not meet, but the order must be one for all. */
    return (a->count > b->count) - (a->count < b->count);
}

static bool is_whole(const struct route *route)
{
    bool is_get = route->method == METHOD_GET;

    return route->path && route->handle && route->name && route->may != 0 &&
           (route->token == TOKEN_OPEN || is_get == (route->token == TOKEN_NONE_GET)) &&
           (!is_get || route->body == BODY_NONE) &&
           (route->body == BODY_NONE) == (route->body_max == 0) &&
           (route->token != TOKEN_FORM || route->body == BODY_FORM ||
            route->body == BODY_MULTIPART);
}

static bool refuse(const struct route *route, const char *why, struct arena *arena, struct err *err)
{
    return FAIL(err, BUG,
                arena_printf(arena, "route %s %s: %s", route->name ? route->name : "",
                             route->path ? route->path : "", why));
}

bool router_new(const struct route_list *lists, size_t count, struct arena *arena,
                struct router **out, struct err *err)
{
    struct router *router = ARENA_NEW(arena, struct router);
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += lists[i].len;
    router->entries = ARENA_NEW_N(arena, total, struct entry);
    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < lists[i].len; n++) {
            struct entry *entry = &router->entries[router->count];
            const struct route *route = &lists[i].at[n];

            if (!is_whole(route))
                return refuse(route, "permission, token rule, body or handler is missing", arena,
                              err);
            if (!read_pattern(route, entry))
                return refuse(route, "not a pattern", arena, err);
            for (size_t k = 0; k < router->count; k++)
                if (clash(entry, &router->entries[k]))
                    return refuse(route, "takes the same paths as another", arena, err);
            router->count++;
        }
    qsort(router->entries, router->count, sizeof(struct entry), by_exactness);
    *out = router;
    return true;
}

static bool matches(const struct entry *entry, const struct str *segments, size_t count)
{
    for (size_t i = 0; i < entry->count; i++) {
        if (i >= count)
            return false;
        if (entry->segments[i].kind == REST)
            return segments[i].len > 0;
        if (entry->segments[i].kind == LITERAL ? !str_eq(entry->segments[i].text, segments[i])
                                               : segments[i].len == 0)
            return false;
    }
    return count == entry->count;
}

static struct fields values_of(const struct entry *entry, const struct str *segments,
                               struct str path, struct arena *arena)
{
    struct fields values = { 0 };

    for (size_t i = 0; i < entry->count; i++) {
        struct field field = { entry->segments[i].text, segments[i] };

        if (entry->segments[i].kind == LITERAL)
            continue;
        if (entry->segments[i].kind == REST)
            field.value = str_drop(path, (size_t)(segments[i].ptr - path.ptr));
        VEC_PUSH(arena, &values, field);
    }
    return values;
}

enum found router_find(const struct router *router, enum method method, struct str path,
                       struct arena *arena, size_t *index, struct fields *values)
{
    struct str segments[HTTP_SEGMENTS_MAX], rest = str_drop(path, 1);
    enum found found = FOUND_NOTHING;
    size_t count = 0;
    bool more = true;

    while (more) {
        size_t at = str_index(rest, '/');

        if (count == HTTP_SEGMENTS_MAX)
            return FOUND_NOTHING;
        more = at < rest.len;
        segments[count++] = str_take(rest, at);
        rest = str_drop(rest, at + 1);
    }
    for (size_t i = 0; i < router->count; i++) {
        if (!matches(&router->entries[i], segments, count))
            continue;
        if (router->entries[i].route->method != method) {
            found = FOUND_OTHER_METHOD;
            continue;
        }
        *index = i;
        *values = values_of(&router->entries[i], segments, path, arena);
        return FOUND;
    }
    return found;
}

size_t router_count(const struct router *router) { return router->count; }

const struct route *router_route(const struct router *router, size_t index)
{
    return router->entries[index].route;
}

bool routes_check(const struct route_list *lists, size_t count, struct arena *arena,
                  struct err *err)
{
    struct router *router;

    return router_new(lists, count, arena, &router, err) || PASS(err);
}
