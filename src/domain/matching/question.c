#include "domain/matching/question.h"

#include "base/ascii.h"
#include "base/err.h"
#include "formats/purl/purl.h"

/* ---- names ---- */

/* An unescaped '*' or '?': the attribute stands for many. */
static bool is_pattern(struct str field)
{
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '\\')
            i++;
        else if (field.ptr[i] == '*' || field.ptr[i] == '?')
            return true;
    }
    return false;
}

/* 4.3.3: version and update are one text for a range. */
static struct str joined_version(const struct cpe *cpe, struct arena *arena)
{
    struct str version = cpe->field[CPE_VERSION], update = cpe->field[CPE_UPDATE];

    if (cpe_is_any(version) || cpe_is_na(version))
        return STR_NONE;
    version = cpe_plain(version, arena);
    if (cpe_is_any(update) || cpe_is_na(update) || is_pattern(update))
        return version;
    update = cpe_plain(update, arena);
    return arena_printf(arena, "%.*s-%.*s", STR_ARG(version), STR_ARG(update));
}

bool question_name(struct cpe cpe, struct str text, size_t component, struct str purl_type,
                   struct arena *arena, struct asked_name *out)
{
    if (is_pattern(cpe.field[CPE_PART]) || is_pattern(cpe.field[CPE_VENDOR]) ||
        is_pattern(cpe.field[CPE_PRODUCT]))
        return false;
    if (is_pattern(cpe.field[CPE_VERSION]) && !cpe_is_any(cpe.field[CPE_VERSION]))
        return false; /* 4.2: a target with wildcards is undefined */
    *out = (struct asked_name){
        .component = component,
        .cpe = cpe,
        .text = text,
        .version = joined_version(&cpe, arena),
        .purl_type = purl_type,
    };
    return true;
}

static void ask_name(struct question *question, struct str text, size_t component,
                     struct str purl_type, struct arena *arena)
{
    struct asked_name name;
    struct err ignored = { 0 };
    struct cpe cpe;

    if (str_is_empty(text) || !cpe_parse(text, arena, &cpe, &ignored) ||
        !question_name(cpe, text, component, purl_type, arena, &name))
        return;
    if (cpe.field[CPE_PART].len == 1)
        question->parts |= QUESTION_PART(cpe.field[CPE_PART].ptr[0]);
    VEC_PUSH(arena, &question->names, name);
}

/* ---- packages ---- */

/* "openssl@3.0.7" or "openssl", as some generators tell the source package in the purl. */
static struct source_package source_of_qualifier(struct str upstream)
{
    size_t at = str_index(upstream, '@');

    return (struct source_package){ str_take(upstream, at), str_drop(upstream, at + 1) };
}

static struct source_package source_of(const struct component *component, const struct purl *purl)
{
    if (!str_is_empty(component->source.name))
        return component->source;
    return source_of_qualifier(purl_qualifier(purl, "upstream"));
}

/* As the ecosystem's advisories write versions: Go's without 'v' and "go", rpm's with the epoch. */
static struct str version_as_asked(const struct component *component, const struct purl *purl,
                                   struct arena *arena)
{
    struct str version = str_is_empty(purl->version) ? component->version : purl->version;
    struct str epoch = purl_qualifier(purl, "epoch");

    if (str_eq_z(purl->type, "golang")) {
        if (!str_skip(&version, STR("go")))
            (void)str_skip(&version, STR("v"));
    }
    if (str_eq_z(purl->type, "rpm") && !str_is_empty(epoch) && !str_is_empty(version) &&
        str_index(version, ':') == version.len)
        return arena_printf(arena, "%.*s:%.*s", STR_ARG(epoch), STR_ARG(version));
    return version;
}

/* The source package's version, with the binary's epoch where it tells none. */
static struct str source_version(struct source_package source, struct str binary,
                                 struct arena *arena)
{
    size_t colon = str_index(binary, ':');

    if (str_is_empty(source.version))
        return binary;
    if (colon == binary.len || str_index(source.version, ':') < source.version.len)
        return source.version;
    return arena_printf(arena, "%.*s:%.*s", STR_ARG(str_take(binary, colon)),
                        STR_ARG(source.version));
}

static void ask_package(struct question *question, struct asked_package asked, struct arena *arena)
{
    VEC_PUSH(arena, &question->packages, asked);
}

/* Package URLs write npm's names in small letters; old names have capitals, and differ from what is written without. */
static struct str name_as_given(const struct component *component, const struct purl *purl,
                                struct str name)
{
    bool is_given = str_eq_z(purl->type, "npm") && str_is_empty(purl->namespace) &&
                    str_eq_nocase(component->name, name);

    return is_given ? component->name : name;
}

static void ask_packages(struct question *question, const struct component *component, size_t place,
                         const struct purl *purl, struct distribution os, struct arena *arena)
{
    struct asked_package asked = { .component = place, .subject = component->purl };
    struct source_package source;

    if (!ecosystem_of_purl(purl, os, arena, &asked.package))
        return;
    asked.version = version_as_asked(component, purl, arena);
    if (asked.package.about == ABOUT_PACKAGE) {
        asked.package.name = name_as_given(component, purl, asked.package.name);
        ask_package(question, asked, arena);
        return;
    }
    source = source_of(component, purl);
    if (str_is_empty(source.name) || str_eq(source.name, asked.package.name)) {
        if (asked.package.about == ABOUT_SOURCE)
            asked.version = source_version(source, asked.version, arena);
        ask_package(question, asked, arena);
        return;
    }
    if (asked.package.about == ABOUT_BINARY)
        ask_package(question, asked, arena);
    asked.package.name = ecosystem_fold_name(asked.package.ecosystem, source.name, arena);
    asked.version = source_version(source, asked.version, arena);
    asked.subject = arena_printf(arena, "%.*s %.*s (%.*s)", STR_ARG(source.name),
                                 STR_ARG(asked.version), STR_ARG(component->purl));
    ask_package(question, asked, arena);
}

static bool is_distribution_type(struct str type)
{
    return str_eq_z(type, "deb") || str_eq_z(type, "rpm") || str_eq_z(type, "apk") ||
           str_eq_z(type, "alpm");
}

static void ask_component(struct question *question, const struct component *component,
                          size_t place, struct distribution os, struct arena *arena)
{
    struct err ignored = { 0 };
    struct purl purl = { 0 };

    if (!str_is_empty(component->purl) && purl_parse(component->purl, arena, &purl, &ignored)) {
        question->is_distribution[place] = is_distribution_type(purl.type);
        ask_packages(question, component, place, &purl, os, arena);
    }
    for (size_t i = 0; i < component->cpes.len; i++)
        ask_name(question, component->cpes.at[i], place, purl.type, arena);
}

void question_of(const struct inventory *inventory, struct arena *arena, struct question *out)
{
    struct distribution os = { inventory->os.id, inventory->os.version };

    *out = (struct question){ .os = inventory->os, .components = inventory->components.len };
    VEC_ROOM(arena, &out->packages, inventory->components.len);
    out->is_distribution = ARENA_NEW_N(arena, inventory->components.len + 1, bool);
    for (size_t i = 0; i < inventory->components.len; i++)
        ask_component(out, &inventory->components.at[i], i, os, arena);
    ask_name(out, inventory->os.cpe, (size_t)QUESTION_SYSTEM, STR_NONE, arena);
    for (size_t i = 0; i < inventory->subject.cpes.len; i++)
        ask_name(out, inventory->subject.cpes.at[i], (size_t)QUESTION_SYSTEM, STR_NONE, arena);
}
