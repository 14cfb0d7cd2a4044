/* What the types of package URLs ask for: the registered definitions where real names follow them. A namespace that
 * a definition calls required or prohibited is demanded only where its tests refuse the name without (docs/conformance.md). */
#include "base/ascii.h"
#include "formats/purl/purl_internal.h"

enum {
    LOWER_NAMESPACE = 1 << 0,
    LOWER_NAME = 1 << 1,
    LOWER_VERSION = 1 << 2,
    LOWER_BOTH = LOWER_NAMESPACE | LOWER_NAME,
    UPPER_NAMESPACE = 1 << 3,
    NEEDS_NAMESPACE = 1 << 4,
    NO_NAMESPACE = 1 << 5,
    NAME_IS_PATH = 1 << 6,
    STRICT_KEYS = 1 << 7
};

struct purl_type {
    struct str name;
    unsigned rules;
    const char *needs; /* a qualifier that must be there */
    bool (*adjust)(const struct purl *purl, struct purl_parts *parts);
};

static struct str str_of(struct purl_span span) { return (struct str){ span.ptr, span.len }; }

static void lower(struct purl_span span)
{
    for (size_t i = 0; i < span.len; i++)
        span.ptr[i] = ascii_lower(span.ptr[i]);
}

static void upper(struct purl_span span)
{
    for (size_t i = 0; i < span.len; i++)
        if (ascii_is_letter(span.ptr[i]) && !ascii_is_upper(span.ptr[i]))
            span.ptr[i] = (char)(span.ptr[i] - 'a' + 'A');
}

/* An extension's id is 32 letters from a to p, its version one to four numbers. */
static bool adjust_chrome(const struct purl *purl, struct purl_parts *parts)
{
    size_t dots = 0;

    (void)purl;
    if (parts->name.len != 32)
        return false;
    for (size_t i = 0; i < parts->name.len; i++)
        if (parts->name.ptr[i] < 'a' || parts->name.ptr[i] > 'p')
            return false;
    for (size_t i = 0; i < parts->version.len; i++) {
        bool is_dot = parts->version.ptr[i] == '.';

        if (is_dot ? i == 0 || i + 1 == parts->version.len || parts->version.ptr[i - 1] == '.'
                   : !ascii_is_digit(parts->version.ptr[i]))
            return false;
        dots += is_dot;
    }
    return dots <= 3;
}

static bool adjust_cocoapods(const struct purl *purl, struct purl_parts *parts)
{
    struct str name = str_of(parts->name);

    (void)purl;
    return name.ptr[0] != '.' && str_index(name, '+') == name.len &&
           str_index(name, ' ') == name.len;
}

/* A distribution has a name, a module has "::" in it. */
static bool adjust_cpan(const struct purl *purl, struct purl_parts *parts)
{
    (void)purl;
    return !str_contains(str_of(parts->name), STR("::"));
}

/* The hash of a commit is written small; a tag stays as it is. */
static bool adjust_huggingface(const struct purl *purl, struct purl_parts *parts)
{
    (void)purl;
    for (size_t i = 0; i < parts->version.len; i++) {
        char c = ascii_lower(parts->version.ptr[i]);

        if (!ascii_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return true;
    }
    if (parts->version.len == 40)
        lower(parts->version);
    return true;
}

/* Databricks does not tell case apart, the others do. */
static bool adjust_mlflow(const struct purl *purl, struct purl_parts *parts)
{
    if (str_contains(purl_qualifier(purl, "repository_url"), STR("databricks")))
        lower(parts->name);
    return true;
}

static bool adjust_pub(const struct purl *purl, struct purl_parts *parts)
{
    (void)purl;
    for (size_t i = 0; i < parts->name.len; i++)
        if (parts->name.ptr[i] == '-')
            parts->name.ptr[i] = '_';
    return true;
}

/* PEP 503: a run of "-", "_" and "." is one "-". */
static bool adjust_pypi(const struct purl *purl, struct purl_parts *parts)
{
    struct purl_span *name = &parts->name;
    size_t len = 0;

    (void)purl;
    for (size_t i = 0; i < name->len; i++) {
        char c = name->ptr[i];

        if (c == '_' || c == '.')
            c = '-';
        if (c != '-' || len == 0 || name->ptr[len - 1] != '-')
            name->ptr[len++] = c;
    }
    name->len = len;
    return true;
}

/* The namespace is the host and who owns the repository there. */
static bool adjust_swift(const struct purl *purl, struct purl_parts *parts)
{
    (void)purl;
    return str_contains(str_of(parts->namespace), STR("/"));
}

/* clang-format off */
static const struct purl_type types[] = {
    { STR_INIT("alpm"),             LOWER_BOTH,                                 0,        0 },
    { STR_INIT("apk"),              LOWER_BOTH,                                 0,        0 },
    { STR_INIT("bitbucket"),        LOWER_BOTH,                                 0,        0 },
    { STR_INIT("bitnami"),          LOWER_NAME,                                 0,        0 },
    { STR_INIT("brew"),             LOWER_BOTH,                                 0,        0 },
    { STR_INIT("chrome-extension"), LOWER_NAME | NO_NAMESPACE,                  0,        adjust_chrome },
    { STR_INIT("cocoapods"),        0,                                          0,        adjust_cocoapods },
    { STR_INIT("composer"),         LOWER_BOTH,                                 0,        0 },
    { STR_INIT("cpan"),             UPPER_NAMESPACE,                            0,        adjust_cpan },
    { STR_INIT("deb"),              LOWER_BOTH,                                 0,        0 },
    { STR_INIT("git"),              LOWER_BOTH | NEEDS_NAMESPACE | NAME_IS_PATH, 0,       0 },
    { STR_INIT("github"),           LOWER_BOTH,                                 0,        0 },
    { STR_INIT("golang"),           LOWER_BOTH,                                 0,        0 },
    { STR_INIT("hex"),              LOWER_BOTH,                                 0,        0 },
    { STR_INIT("huggingface"),      0,                                          0,        adjust_huggingface },
    { STR_INIT("julia"),            0,                                          "uuid",   0 },
    { STR_INIT("luarocks"),         LOWER_BOTH,                                 0,        0 },
    { STR_INIT("mlflow"),           0,                                          0,        adjust_mlflow },
    { STR_INIT("npm"),              LOWER_BOTH,                                 0,        0 },
    { STR_INIT("oci"),              LOWER_NAME | LOWER_VERSION,                 0,        0 },
    { STR_INIT("otp"),              LOWER_NAME | NO_NAMESPACE,                  0,        0 },
    { STR_INIT("pub"),              LOWER_NAME,                                 0,        adjust_pub },
    { STR_INIT("pypi"),             LOWER_NAME | LOWER_VERSION,                 0,        adjust_pypi },
    { STR_INIT("qpkg"),             LOWER_NAMESPACE,                            0,        0 },
    { STR_INIT("rpm"),              LOWER_NAMESPACE | STRICT_KEYS,              0,        0 },
    { STR_INIT("swid"),             0,                                          "tag_id", 0 },
    { STR_INIT("swift"),            NEEDS_NAMESPACE,                            0,        adjust_swift },
    { STR_INIT("vscode-extension"), LOWER_BOTH | LOWER_VERSION | NEEDS_NAMESPACE, 0,      0 },
    { STR_INIT("yocto"),            LOWER_NAMESPACE,                            0,        0 },
};
/* clang-format on */

const struct purl_type *purl_type_of(struct str name)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (name.len == types[i].name.len && name.ptr[0] == types[i].name.ptr[0] &&
            str_eq(name, types[i].name))
            return &types[i];
    return NULL;
}

bool purl_name_is_path(const struct purl_type *type) { return type && type->rules & NAME_IS_PATH; }

bool purl_keys_are_strict(const struct purl_type *type)
{
    return type && type->rules & STRICT_KEYS;
}

static bool fold(struct purl_span *word, bool is_key)
{
    for (size_t i = 0; i < word->len; i++) {
        char c = word->ptr[i] = ascii_lower(word->ptr[i]);

        if (!ascii_is_letter(c) &&
            (i == 0 || (!ascii_is_digit(c) && c != '.' && c != '-' && !(is_key && c == '_'))))
            return false;
    }
    return word->len > 0;
}

bool purl_fold_key(struct purl_span *key) { return fold(key, true); }

bool purl_fold_type(struct purl_span *type) { return fold(type, false); }

bool purl_apply_type(const struct purl_type *type, const struct purl *purl,
                     struct purl_parts *parts)
{
    if (!type)
        return true;
    if (parts->namespace.len > 0 ? type->rules & NO_NAMESPACE : type->rules & NEEDS_NAMESPACE)
        return false;
    if (type->needs && str_is_empty(purl_qualifier(purl, type->needs)))
        return false;
    if (type->rules & LOWER_NAMESPACE)
        lower(parts->namespace);
    if (type->rules & UPPER_NAMESPACE)
        upper(parts->namespace);
    if (type->rules & LOWER_NAME)
        lower(parts->name);
    if (type->rules & LOWER_VERSION)
        lower(parts->version);
    return !type->adjust || type->adjust(purl, parts);
}
