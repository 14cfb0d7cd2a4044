#include "formats/cyclonedx/cyclonedx_internal.h"

#include <string.h>

#include "base/ascii.h"
#include "base/err.h"
#include "base/lookup.h"

#define FIELD(member)                                         \
    {                                                         \
#member, offsetof(struct cyclonedx_component, member) \
    }
const struct cyclonedx_field cyclonedx_fields[] = {
    FIELD(group), FIELD(name),  FIELD(version),   FIELD(purl),
    FIELD(cpe),   FIELD(scope), FIELD(publisher), FIELD(author),
};
const size_t cyclonedx_field_count = COUNT(cyclonedx_fields);

static const char *const types[] = {
    "application",
    "framework",
    "library",
    "container",
    "platform",
    "device-driver",
    "device",
    "operating-system",
    "firmware",
    "file",
    "machine-learning-model",
    "data",
    "cryptographic-asset",
};
static const char *const scopes[] = { "required", "optional", "excluded" };
static const char *const algorithms[] = {
    "MD5",         "SHA-1",    "SHA-256",      "SHA-384",      "SHA-512",
    "SHA3-256",    "SHA3-384", "SHA3-512",     "BLAKE2b-256",  "BLAKE2b-384",
    "BLAKE2b-512", "BLAKE3",   "Streebog-256", "Streebog-512",
};

static bool is_one_of(struct str word, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_z(word, words[i]))
            return true;
    return false;
}

bool cyclonedx_is_version(struct str version)
{
    return version.len == 3 && str_starts(version, STR("1.")) && version.ptr[2] >= '0' &&
           version.ptr[2] <= '7';
}

/* 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(struct str s)
{
    if (s.len != 36)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (is_dash ? s.ptr[i] != '-' : !ascii_is_hex(s.ptr[i]))
            return false;
    }
    return true;
}

bool cyclonedx_check_serial(struct str serial, size_t line, struct err *err)
{
    struct str rest = serial;

    if (str_is_empty(serial) || (str_skip(&rest, STR("urn:uuid:")) && is_uuid(rest)) ||
        (serial.len == 38 && serial.ptr[0] == '{' && is_uuid(str_take(str_drop(serial, 1), 36))))
        return true;
    return cyclonedx_fail(err, line, "the serial number is no UUID", serial);
}

/* XML allows a time without a zone; that is taken as UTC. */
bool cyclonedx_read_time(struct str timestamp, size_t line, struct arena *arena, struct utc *out,
                         struct err *err)
{
    struct str in_utc = arena_printf(arena, "%.*sZ", STR_ARG(timestamp));
    struct err unused = { 0 };

    if (str_contains(timestamp, STR("T")) &&
        (utc_parse(in_utc, out, &unused) || utc_parse(timestamp, out, &unused)))
        return true;
    return cyclonedx_fail(err, line, "the timestamp is no date and time", timestamp);
}

bool cyclonedx_check_hash(struct str algorithm, struct str content, size_t line, struct err *err)
{
    bool is_hex = content.len == 32 || content.len == 40 || content.len == 64 ||
                  content.len == 96 || content.len == 128;

    if (!is_one_of(algorithm, algorithms, COUNT(algorithms)))
        return cyclonedx_fail(err, line, "a hash of an unknown kind", algorithm);
    for (size_t i = 0; i < content.len && is_hex; i++)
        is_hex = ascii_is_hex(content.ptr[i]);
    return is_hex || cyclonedx_fail(err, line, "a hash that is none", content);
}

bool cyclonedx_check_component(const struct cyclonedx_component *component, struct err *err)
{
    if (!component->type.ptr)
        return cyclonedx_fail(err, component->line, "a component without a type", component->name);
    if (!is_one_of(component->type, types, COUNT(types)))
        return cyclonedx_fail(err, component->line, "a component of an unknown type",
                              component->type);
    if (!component->name.ptr)
        return cyclonedx_fail(err, component->line, "a component without a name", STR_NONE);
    if (component->scope.ptr && !is_one_of(component->scope, scopes, COUNT(scopes)))
        return cyclonedx_fail(err, component->line, "an unknown scope", component->scope);
    if (component->ref.ptr && component->ref.len == 0)
        return cyclonedx_fail(err, component->line, "a bom-ref without a text", component->name);
    return true;
}

bool cyclonedx_check_license(bool is_expression, bool has_id, bool has_name, size_t line,
                             struct err *err)
{
    if (is_expression ? !has_id && !has_name : has_id != has_name)
        return true;
    return cyclonedx_fail(err, line, "a licence must have one of: an id, a name, an expression",
                          STR_NONE);
}

bool cyclonedx_check_licenses(struct str version, size_t expressions, size_t licenses, size_t line,
                              struct err *err)
{
    if (version.ptr[2] >= '7' || expressions == 0 || (expressions == 1 && licenses == 0))
        return true;
    return cyclonedx_fail(err, line, "an expression must be the only licence of its list",
                          STR_NONE);
}

bool cyclonedx_collect_refs(struct cyclonedx *document, struct arena *arena, struct err *err)
{
    struct lookup *refs = &document->refs;
    struct str twin;
    size_t place;

    for (size_t i = 0; i < document->components.len; i++)
        if (document->components.at[i].ref.len > 0)
            lookup_add(arena, refs, document->components.at[i].ref, i);
    if (document->has_subject && document->subject.ref.len > 0)
        lookup_add(arena, refs, document->subject.ref, document->components.len);
    lookup_sort(refs);
    if (!lookup_twin(refs, &twin, &place))
        return true;
    return cyclonedx_fail(err,
                          place < document->components.len ? document->components.at[place].line
                                                           : document->subject.line,
                          "a bom-ref that stands twice", twin);
}

struct str cyclonedx_join(struct arena *arena, const struct cyclonedx_strings *words)
{
    size_t size = 0;
    char *joined;

    if (words->len <= 1)
        return words->len == 1 ? words->at[0] : STR_NONE;
    for (size_t i = 0; i < words->len; i++)
        size += words->at[i].len + 2;
    joined = arena_alloc(arena, size);
    size = 0;
    for (size_t i = 0; i < words->len; i++) {
        if (i > 0) {
            memcpy(joined + size, ", ", 2);
            size += 2;
        }
        if (words->at[i].len > 0)
            memcpy(joined + size, words->at[i].ptr, words->at[i].len);
        size += words->at[i].len;
    }
    return (struct str){ joined, size };
}
