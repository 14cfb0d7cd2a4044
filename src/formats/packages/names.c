#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "formats/packages/packages_internal.h"
#include "formats/xml/tree.h"

bool packages_read_names(struct str text, struct arena *arena, struct packages *out,
                         struct err *err)
{
    struct lines lines = { text, 0 };
    struct str line;

    while (lines_next(&lines, &line)) {
        struct package package = { .kind = PACKAGE_OTHER, .line = lines.number };

        line = str_trim(line);
        if (str_is_empty(line) || line.ptr[0] == '#')
            continue;
        if (str_starts(line, STR("pkg:"))) {
            package.purl = line;
        } else if (str_starts(line, STR("cpe:"))) {
            package.cpe = line;
        } else {
            packages_problem(out, arena, lines.number,
                             N_("This is neither a package URL nor a CPE."), line);
            continue;
        }
        if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    return out->list.len > 0 || packages_fail(err, 1, "it holds no package URL and no CPE");
}

/* A value as a shell reads it: quotes go, a backslash stands for the character behind it. */
static struct str unquoted(struct str value, struct arena *arena)
{
    struct buf buf = buf_new(arena, value.len + 1);
    char quote = '\0';

    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];

        if (quote == '\0' ? c == '"' || c == '\'' : c == quote)
            quote = quote == '\0' ? c : '\0';
        else if (c == '\\' && quote != '\'' && i + 1 < value.len)
            buf_byte(&buf, value.ptr[++i]);
        else
            buf_byte(&buf, c);
    }
    return buf_str(&buf);
}

bool packages_read_os_release(struct str text, struct arena *arena, struct os_release *out,
                              struct err *err)
{
    struct os_release os = { 0 };
    const struct {
        const char *key;
        struct str *value;
    } keys[] = {
        { "ID", &os.id },
        { "VERSION_ID", &os.version },
        { "VERSION_CODENAME", &os.codename },
        { "PRETTY_NAME", &os.name },
        { "CPE_NAME", &os.cpe },
    };
    struct lines lines = { text, 0 };
    struct str line;

    while (lines_next(&lines, &line)) {
        size_t equal = str_index(line, '=');

        for (size_t i = 0; i < COUNT(keys) && equal < line.len; i++)
            if (str_eq_z(str_take(line, equal), keys[i].key))
                *keys[i].value = unquoted(str_trim(str_drop(line, equal + 1)), arena);
    }
    if (str_is_empty(os.id))
        return packages_fail(err, 1, "it has no ID");
    *out = os;
    return true;
}

bool packages_read_nuget_props(struct str text, struct arena *arena, struct packages *out,
                               struct err *err)
{
    const struct xml_node *root, *group, *node;

    if (!xml_read(text, arena, &root, err))
        return PASS(err);
    for (group = xml_child(root, "ItemGroup"); group; group = xml_next(group)) {
        for (node = group->first; node; node = node->next) {
            struct package package = { .kind = PACKAGE_NUGET,
                                       .name = xml_attribute_of(node, "Include"),
                                       .version = xml_attribute_of(node, "Version"),
                                       .line = node->line };

            if (!str_eq_z(node->name, "PackageVersion") &&
                !str_eq_z(node->name, "PackageReference"))
                continue;
            if (str_is_empty(package.name)) /* "Update" changes one that stands elsewhere */
                package.name = xml_attribute_of(node, "Update");
            if (str_is_empty(package.version))
                package.version = xml_child_text(node, "Version");
            if (str_is_empty(package.name) || str_is_empty(package.version) ||
                str_contains(package.version, STR("$("))) {
                packages_problem(out, arena, package.line, N_("No single version is named."),
                                 package.name);
                continue;
            }
            if (!packages_add(out, arena, &package, err))
                return PASS(err);
        }
    }
    return out->list.len > 0 || packages_fail(err, 1, "it names no package");
}
