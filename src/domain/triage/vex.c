#include "domain/triage/vex.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/shape.h"
#include "domain/triage/vex_internal.h"
#include "formats/csaf/csaf_vex.h"
#include "formats/json/json.h"
#include "formats/openvex/openvex.h"

bool vex_read(struct str text, struct arena *arena, struct vex *out, struct err *err)
{
    struct json document;

    if (text.len > VEX_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("VEX"));
    if (!json_read(text, arena, &document, err))
        return PASS(err);
    if (openvex_is(document))
        return vex_from_openvex(document, arena, out, err) ? true : PASS(err);
    if (csaf_vex_is(document))
        return vex_from_csaf(document, arena, out, err) ? true : PASS(err);
    if (str_eq_z(json_text(json_get(document, "bomFormat")), "CycloneDX"))
        return vex_from_cyclonedx(document, arena, out, err) ? true : PASS(err);
    return FAIL(err, UNKNOWN_FORMAT, STR("VEX"));
}

/* ---- as bytes ---- */

/* clang-format off */
static const struct shape_field name_fields[] = {
    SHAPE_FIELD(vex_name, id, TEXT), SHAPE_FIELD(vex_name, purl, TEXT), SHAPE_FIELD(vex_name, cpe, TEXT),
};
static const struct shape name_shape = SHAPE_OF(vex_name, name_fields);

static const struct shape_field target_fields[] = {
    SHAPE_FIELD_OF(vex_target, product, ONE, name_shape), SHAPE_FIELD_OF(vex_target, part, ONE, name_shape),
    SHAPE_FIELD(vex_target, version, TEXT), SHAPE_FIELD(vex_target, range, TEXT),
};
static const struct shape target_shape = SHAPE_OF(vex_target, target_fields);

static const struct shape_field statement_fields[] = {
    SHAPE_FIELD(vex_statement, ids, TEXTS), SHAPE_FIELD_OF(vex_statement, targets, MANY, target_shape),
    SHAPE_FIELD_WORD(vex_statement, verdict, VERDICT_IGNORED), SHAPE_FIELD(vex_statement, justification, TEXT),
    SHAPE_FIELD(vex_statement, reason, TEXT), SHAPE_FIELD(vex_statement, at, TIME),
};
static const struct shape statement_shape = SHAPE_OF(vex_statement, statement_fields);

static const struct shape_field vex_fields[] = {
    SHAPE_FIELD(vex, format, TEXT), SHAPE_FIELD(vex, id, TEXT), SHAPE_FIELD(vex, author, TEXT),
    SHAPE_FIELD_OF(vex, statements, MANY, statement_shape),
};
static const struct shape vex_shape = SHAPE_OF(vex, vex_fields);
/* clang-format on */
static const struct shape_limits limits = { 2 * VEX_TARGETS_MAX, VEX_DEPTH };

bool vex_encode(const struct vex *vex, struct buf *buf, struct err *err)
{
    return shape_write(&vex_shape, vex, &limits, buf, err) ? true : PASS(err);
}

bool vex_decode(struct str bytes, struct arena *arena, struct vex *out, struct err *err)
{
    struct vex vex = { 0 };

    if (!shape_read(&vex_shape, bytes, &limits, arena, &vex))
        return FAIL(err, VEX, STR("its bytes are not whole"));
    *out = vex;
    return true;
}
