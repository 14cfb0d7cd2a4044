#include "domain/catalog/record.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/shape.h"

/* One byte that says the layout, then what base/shape.h makes of the tables. */
enum { LAYOUT = 1 };

static const struct shape_limits limits = { CATALOG_LIST_MAX, CATALOG_DEPTH_MAX };

/* clang-format off */
static const struct shape_field text_fields[] = {
    SHAPE_FIELD_WORD(catalog_text, kind, TEXT_WORKAROUND + 1), SHAPE_FIELD(catalog_text, lang, TEXT), SHAPE_FIELD(catalog_text, text, TEXT), SHAPE_FIELD(catalog_text, by, TEXT),
};
static const struct shape text_shape = SHAPE_OF(catalog_text, text_fields);

static const struct shape_field score_fields[] = {
    SHAPE_FIELD(catalog_score, by, TEXT), SHAPE_FIELD(catalog_score, vector, TEXT), SHAPE_FIELD(catalog_score, version, TEXT), SHAPE_FIELD(catalog_score, tenths, INT),
    SHAPE_FIELD(catalog_score, is_primary, FLAG),
};
static const struct shape score_shape = SHAPE_OF(catalog_score, score_fields);

static const struct shape_field indicator_fields[] = { SHAPE_FIELD(catalog_indicator, by, TEXT), SHAPE_FIELD(catalog_indicator, scale, TEXT), SHAPE_FIELD(catalog_indicator, value, TEXT) };
static const struct shape indicator_shape = SHAPE_OF(catalog_indicator, indicator_fields);

static const struct shape_field reference_fields[] = { SHAPE_FIELD(catalog_reference, url, TEXT), SHAPE_FIELD(catalog_reference, kind, TEXT) };
static const struct shape reference_shape = SHAPE_OF(catalog_reference, reference_fields);

static const struct shape_field span_fields[] = {
    SHAPE_FIELD_WORD(span, status, SPAN_UNKNOWN + 1), SHAPE_FIELD_WORD(span, scheme, VERSION_SCHEMES), SHAPE_FIELD(span, is_git, FLAG), SHAPE_FIELD(span, from_is_excluded, FLAG),
    SHAPE_FIELD(span, to_is_included, FLAG), SHAPE_FIELD(span, to_is_fix, FLAG), SHAPE_FIELD(span, from, TEXT), SHAPE_FIELD(span, to, TEXT),
};
static const struct shape span_shape = SHAPE_OF(span, span_fields);

static const struct shape_field affected_fields[] = {
    SHAPE_FIELD(affected, ecosystem, TEXT), SHAPE_FIELD(affected, release, TEXT), SHAPE_FIELD(affected, name, TEXT), SHAPE_FIELD(affected, purl, TEXT), SHAPE_FIELD(affected, vendor, TEXT),
    SHAPE_FIELD(affected, product, TEXT), SHAPE_FIELD(affected, severity, TEXT), SHAPE_FIELD_WORD(affected, default_status, SPAN_UNKNOWN + 1),
    SHAPE_FIELD_OF(affected, spans, MANY, span_shape), SHAPE_FIELD(affected, platforms, TEXTS),
    SHAPE_FIELD(affected, modules, TEXTS), SHAPE_FIELD(affected, files, TEXTS), SHAPE_FIELD(affected, routines, TEXTS),
};
static const struct shape affected_shape = SHAPE_OF(affected, affected_fields);

static const struct shape_field criterion_fields[] = {
    SHAPE_FIELD(criterion, cpe, TEXT), SHAPE_FIELD(criterion, id, TEXT), SHAPE_FIELD(criterion, is_vulnerable, FLAG), SHAPE_FIELD(criterion, from_is_excluded, FLAG),
    SHAPE_FIELD(criterion, to_is_included, FLAG), SHAPE_FIELD(criterion, from, TEXT), SHAPE_FIELD(criterion, to, TEXT),
};
static const struct shape criterion_shape = SHAPE_OF(criterion, criterion_fields);

static const struct shape configuration_shape;
static const struct shape_field configuration_fields[] = {
    SHAPE_FIELD(configuration, is_and, FLAG), SHAPE_FIELD(configuration, is_negated, FLAG), SHAPE_FIELD_OF(configuration, criteria, MANY, criterion_shape),
    SHAPE_FIELD_OF(configuration, nodes, MANY, configuration_shape), SHAPE_FIELD(configuration, platforms, TEXTS),
};
static const struct shape configuration_shape = SHAPE_NESTING(configuration, configuration_fields);

static const struct shape_field ssvc_fields[] = {
    SHAPE_FIELD(ssvc_points, exploitation, TEXT), SHAPE_FIELD(ssvc_points, automatable, TEXT), SHAPE_FIELD(ssvc_points, technical_impact, TEXT),
};
static const struct shape ssvc_shape = SHAPE_OF(ssvc_points, ssvc_fields);

static const struct shape_field record_fields[] = {
    SHAPE_FIELD_WORD(catalog_record, source, CATALOG_SOURCES), SHAPE_FIELD(catalog_record, id, TEXT), SHAPE_FIELD(catalog_record, origin, TEXT),
    SHAPE_FIELD(catalog_record, status, TEXT), SHAPE_FIELD_WORD(catalog_record, state, CATALOG_WITHDRAWN + 1), SHAPE_FIELD(catalog_record, is_disputed, FLAG),
    SHAPE_FIELD(catalog_record, published, TIME), SHAPE_FIELD(catalog_record, modified, TIME), SHAPE_FIELD(catalog_record, withdrawn, TIME),
    SHAPE_FIELD(catalog_record, aliases, TEXTS), SHAPE_FIELD(catalog_record, upstream, TEXTS), SHAPE_FIELD(catalog_record, related, TEXTS),
    SHAPE_FIELD(catalog_record, weaknesses, TEXTS), SHAPE_FIELD_OF(catalog_record, texts, MANY, text_shape), SHAPE_FIELD_OF(catalog_record, scores, MANY, score_shape),
    SHAPE_FIELD_OF(catalog_record, references, MANY, reference_shape), SHAPE_FIELD_OF(catalog_record, affected, MANY, affected_shape),
    SHAPE_FIELD_OF(catalog_record, configurations, MANY, configuration_shape), SHAPE_FIELD_OF(catalog_record, ssvc, ONE, ssvc_shape), SHAPE_FIELD(catalog_record, is_overlay, FLAG),
    SHAPE_FIELD(catalog_record, tags, TEXTS), SHAPE_FIELD_OF(catalog_record, indicators, MANY, indicator_shape),
};
static const struct shape record_shape = SHAPE_OF(catalog_record, record_fields);

static const struct str source_names[CATALOG_SOURCES] = {
    [SOURCE_NVD] = STR_INIT("nvd"), [SOURCE_CVE] = STR_INIT("cve"), [SOURCE_OSV] = STR_INIT("osv"),
    [SOURCE_CSAF] = STR_INIT("csaf"), [SOURCE_JVN] = STR_INIT("jvn"), [SOURCE_OURS] = STR_INIT("ours"),
};
/* clang-format on */

struct str catalog_source_name(enum catalog_source source) { return source_names[source]; }

struct str catalog_state_name(enum catalog_state state)
{
    return state == CATALOG_PUBLISHED  ? STR("published")
           : state == CATALOG_REJECTED ? STR("rejected")
                                       : STR("withdrawn");
}

bool catalog_source_from_name(struct str name, enum catalog_source *out)
{
    for (size_t i = 0; i < CATALOG_SOURCES; i++) {
        if (str_eq(name, source_names[i])) {
            *out = (enum catalog_source)i;
            return true;
        }
    }
    return false;
}

static bool has_id(const struct catalog_record *record)
{
    return record->id.len > 0 && record->id.len <= CATALOG_ID_MAX;
}

bool catalog_record_encode(const struct catalog_record *record, struct buf *buf, struct err *err)
{
    size_t from = buf->len;

    if (!has_id(record))
        return FAIL(err, CATALOG_RECORD, STR("it has no usable id"));
    buf_byte(buf, LAYOUT);
    if (!shape_write(&record_shape, record, &limits, buf, err)) {
        buf->len = from;
        return PASS(err);
    }
    if (buf->over || buf->len - from > CATALOG_RECORD_MAX) {
        buf->len = from;
        return FAIL(err, TOO_LARGE, record->id);
    }
    return true;
}

bool catalog_record_decode(struct str bytes, struct arena *arena, struct catalog_record *out,
                           struct err *err)
{
    struct catalog_record record = { 0 };

    if (bytes.len == 0 || bytes.len > CATALOG_RECORD_MAX || bytes.ptr[0] != LAYOUT)
        return FAIL(err, CATALOG_RECORD, STR("its layout is not known"));
    if (!shape_read(&record_shape, str_drop(bytes, 1), &limits, arena, &record))
        return FAIL(err, CATALOG_RECORD, STR("its bytes are not whole"));
    if (!has_id(&record))
        return FAIL(err, CATALOG_RECORD, STR("it has no usable id"));
    *out = record;
    return true;
}
