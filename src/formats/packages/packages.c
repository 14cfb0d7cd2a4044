#include "formats/packages/packages_internal.h"

#include "base/err.h"
#include "base/tr.h"

bool lines_next(struct lines *lines, struct str *line)
{
    if (str_is_empty(lines->rest) || !str_split(&lines->rest, '\n', line))
        return false;
    lines->number++;
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    return true;
}

bool word_next(struct str *rest, struct str *word)
{
    size_t end = 0;

    *rest = str_trim(*rest);
    while (end < rest->len && rest->ptr[end] != ' ' && rest->ptr[end] != '\t')
        end++;
    *word = str_take(*rest, end);
    *rest = str_trim(str_drop(*rest, end));
    return end > 0;
}

bool field_parse(struct str line, struct str *name, struct str *value)
{
    size_t colon = str_index(line, ':');

    if (colon == line.len || colon == 0)
        return false;
    *name = str_take(line, colon);
    *value = str_trim(str_drop(line, colon + 1));
    return true;
}

bool packages_add(struct packages *out, struct arena *arena, const struct package *package,
                  struct err *err)
{
    if (out->list.len == PACKAGES_MAX)
        return FAIL(err, TOO_LARGE, STR("the list of packages"));
    VEC_PUSH(arena, &out->list, *package);
    return true;
}

void packages_problem(struct packages *out, struct arena *arena, size_t line, const char *what,
                      struct str subject)
{
    VEC_PUSH(arena, &out->problems, (struct package_problem){ line, what, subject });
}

bool packages_fail(struct err *err, size_t line, const char *what)
{
    FAIL(err, INVENTORY, str_from_z(what));
    err->line = (unsigned)line;
    return false;
}
