/* formats/cyclonedx/cyclonedx_internal.h: what the readers of both syntaxes hold a document to. */
#pragma once
#include "formats/cyclonedx/cyclonedx.h"
#include <stddef.h>

/* Fields that are plain text and have one name in both syntaxes. */
struct cyclonedx_field {
    const char *name;
    size_t offset;
};
extern const struct cyclonedx_field cyclonedx_fields[];
extern const size_t cyclonedx_field_count;

static inline struct str *cyclonedx_field_of(struct cyclonedx_component *component,
                                             const struct cyclonedx_field *field)
{
    return (struct str *)((char *)component + field->offset);
}

/* ERR_INVENTORY: "what: value" at that line. */
#define cyclonedx_fail(err, line, what, value) \
    err_false(err_set_value((err), ERR_INVENTORY, (line), (what), (value), HERE))

bool cyclonedx_is_version(struct str version);
MUST_CHECK bool cyclonedx_check_serial(struct str serial, size_t line, struct err *err);
MUST_CHECK bool cyclonedx_read_time(struct str timestamp, size_t line, struct arena *arena,
                                    struct utc *out, struct err *err);
MUST_CHECK bool cyclonedx_check_hash(struct str algorithm, struct str content, size_t line,
                                     struct err *err);
/* Type, name and scope; a missing type is told apart by type.ptr. */
MUST_CHECK bool cyclonedx_check_component(const struct cyclonedx_component *component,
                                          struct err *err);
/* One licence of a list: an expression, or a licence with an id or a name. */
MUST_CHECK bool cyclonedx_check_license(bool is_expression, bool has_id, bool has_name, size_t line,
                                        struct err *err);
/* Before 1.7 a list holds one expression alone, or licences. */
MUST_CHECK bool cyclonedx_check_licenses(struct str version, size_t expressions, size_t licenses,
                                         size_t line, struct err *err);
/* Fills refs; none stands twice. */
MUST_CHECK bool cyclonedx_collect_refs(struct cyclonedx *document, struct arena *arena,
                                       struct err *err);
struct str cyclonedx_join(struct arena *arena, const struct cyclonedx_strings *words);
