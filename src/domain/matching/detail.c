#include "domain/matching/detail.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/shape.h"

enum { LIST_MAX = 4096 };
static const struct shape_limits limits = { LIST_MAX, 1 };

/* clang-format off */
static const struct shape_field score_fields[] = {
    SHAPE_FIELD(catalog_score, by, TEXT), SHAPE_FIELD(catalog_score, vector, TEXT), SHAPE_FIELD(catalog_score, version, TEXT), SHAPE_FIELD(catalog_score, tenths, INT),
    SHAPE_FIELD(catalog_score, is_primary, FLAG),
};
static const struct shape score_shape = SHAPE_OF(catalog_score, score_fields);
static const struct shape_field ssvc_fields[] = {
    SHAPE_FIELD(ssvc_points, exploitation, TEXT), SHAPE_FIELD(ssvc_points, automatable, TEXT), SHAPE_FIELD(ssvc_points, technical_impact, TEXT),
};
static const struct shape ssvc_shape = SHAPE_OF(ssvc_points, ssvc_fields);
static const struct shape_field indicator_fields[] = {
    SHAPE_FIELD(catalog_indicator, by, TEXT), SHAPE_FIELD(catalog_indicator, scale, TEXT), SHAPE_FIELD(catalog_indicator, value, TEXT),
};
static const struct shape indicator_shape = SHAPE_OF(catalog_indicator, indicator_fields);
static const struct shape_field detail_fields[] = {
    SHAPE_FIELD(detail, title, TEXT), SHAPE_FIELD(detail, is_title, FLAG), SHAPE_FIELD(detail, is_disputed, FLAG), SHAPE_FIELD(detail, published, TIME),
    SHAPE_FIELD(detail, modified, TIME), SHAPE_FIELD(detail, weaknesses, TEXTS), SHAPE_FIELD(detail, urls, TEXTS), SHAPE_FIELD_OF(detail, scores, MANY, score_shape),
    SHAPE_FIELD_OF(detail, ssvc, ONE, ssvc_shape), SHAPE_FIELD_OF(detail, indicators, MANY, indicator_shape),
};
static const struct shape detail_shape = SHAPE_OF(detail, detail_fields);
/* clang-format on */

/* ---- of a record ---- */

/* Where the first sentence or line ends. */
static size_t sentence_end(struct str text)
{
    const char full_stop = "。"[0];
    size_t end = 0;

    for (; end < text.len && text.ptr[end] != '\n'; end++) {
        struct str rest;

        if (text.ptr[end] != '.' && text.ptr[end] != full_stop)
            continue;
        rest = str_drop(text, end);
        if (str_starts(rest, STR("。")) || str_starts(rest, STR(". ")) ||
            str_starts(rest, STR(".\n")) || str_eq_z(rest, "."))
            break;
    }
    return end;
}

/* The first sentence or line; of a long one its start, between two words and with a sign that more follows. At most DETAIL_TITLE_MAX
 * characters. */
static struct str first_sentence(struct str text, struct arena *arena)
{
    struct str whole, cut;
    size_t end;

    text = str_trim(text);
    whole = str_trim(str_take(text, sentence_end(text)));
    cut = str_take_code_points(whole, DETAIL_TITLE_MAX);
    if (cut.len == whole.len)
        return whole;
    cut = str_take_code_points(whole, DETAIL_TITLE_MAX - 1);
    for (end = cut.len; end > cut.len / 2 && cut.ptr[end - 1] != ' ';)
        end--;
    cut = end > cut.len / 2 ? str_trim(str_take(cut, end)) : cut;
    return arena_printf(arena, "%.*s…", STR_ARG(cut));
}

static struct str text_of(const struct catalog_record *record, enum catalog_text_kind kind)
{
    const struct catalog_text *found = NULL;

    for (size_t i = 0; i < record->texts.len; i++) {
        const struct catalog_text *text = &record->texts.at[i];

        if (text->kind == kind &&
            (!found || (str_eq_z(text->lang, "en") && !str_eq_z(found->lang, "en"))))
            found = text;
    }
    return found ? found->text : STR_NONE;
}

static bool is_leading(struct str kind)
{
    static const char *const leading[] = { "ADVISORY", "FIX",   "Advisory",
                                           "Patch",    "patch", "vendor-advisory" };

    for (size_t i = 0; i < COUNT(leading); i++) {
        if (str_contains(kind, str_from_z(leading[i])))
            return true;
    }
    return false;
}

static void add_once(struct finding_strings *list, struct str text, struct arena *arena)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq(list->at[i], text))
            return;
    }
    VEC_PUSH(arena, list, text);
}

static void take_urls(const struct catalog_record *record, bool leading, struct arena *arena,
                      struct detail *detail)
{
    for (size_t i = 0; i < record->references.len && detail->urls.len < DETAIL_URLS; i++) {
        const struct catalog_reference *reference = &record->references.at[i];

        if (is_leading(reference->kind) == leading)
            add_once(&detail->urls, reference->url, arena);
    }
}

struct detail detail_of(const struct catalog_record *record, struct arena *arena)
{
    struct detail detail = {
        .title = first_sentence(text_of(record, TEXT_TITLE), arena),
        .is_title = true,
        .is_disputed = record->is_disputed,
        .published = record->published,
        .modified = record->modified,
        .ssvc = record->ssvc,
        .indicators = record->indicators,
    };

    if (str_is_empty(detail.title)) {
        detail.title = first_sentence(text_of(record, TEXT_DESCRIPTION), arena);
        detail.is_title = false;
    }
    for (size_t i = 0; i < record->weaknesses.len; i++)
        add_once(&detail.weaknesses, record->weaknesses.at[i], arena);
    for (size_t i = 0; i < record->scores.len; i++)
        VEC_PUSH(arena, &detail.scores, record->scores.at[i]);
    take_urls(record, true, arena, &detail);
    take_urls(record, false, arena, &detail);
    return detail;
}

/* ---- as bytes ---- */

bool detail_encode(const struct detail *detail, struct buf *buf, struct err *err)
{
    return shape_write(&detail_shape, detail, &limits, buf, err) || PASS(err);
}

struct detail detail_decode(struct str bytes, struct arena *arena)
{
    struct detail detail = { 0 };

    if (!shape_read(&detail_shape, bytes, &limits, arena, &detail))
        detail = (struct detail){ 0 };
    return detail;
}

/* ---- of a finding ---- */

static void add_score(struct finding *finding, const struct catalog_score *score,
                      struct arena *arena)
{
    for (size_t i = 0; i < finding->scores.len; i++) {
        if (str_eq(finding->scores.at[i].vector, score->vector) &&
            str_eq(finding->scores.at[i].by, score->by))
            return;
    }
    VEC_PUSH(arena, &finding->scores, *score);
}

static void add_indicator(struct finding *finding, const struct catalog_indicator *indicator,
                          struct arena *arena)
{
    for (size_t i = 0; i < finding->indicators.len; i++) {
        const struct catalog_indicator *one = &finding->indicators.at[i];

        if (str_eq(one->by, indicator->by) && str_eq(one->scale, indicator->scale) &&
            str_eq(one->value, indicator->value))
            return;
    }
    VEC_PUSH(arena, &finding->indicators, *indicator);
}

static bool is_told(const struct ssvc_points *points)
{
    return !str_is_empty(points->exploitation) || !str_is_empty(points->automatable) ||
           !str_is_empty(points->technical_impact);
}

static void add(const struct detail *detail, struct arena *arena, struct finding *finding)
{
    finding->is_disputed |= detail->is_disputed;
    if (finding->published.ms == 0 ||
        (detail->published.ms != 0 && detail->published.ms < finding->published.ms))
        finding->published = detail->published;
    if (detail->modified.ms > finding->modified.ms)
        finding->modified = detail->modified;
    for (size_t i = 0; i < detail->weaknesses.len; i++)
        add_once(&finding->weaknesses, detail->weaknesses.at[i], arena);
    for (size_t i = 0; i < detail->urls.len; i++)
        add_once(&finding->urls, detail->urls.at[i], arena);
    for (size_t i = 0; i < detail->scores.len; i++)
        add_score(finding, &detail->scores.at[i], arena);
    for (size_t i = 0; i < detail->indicators.len; i++)
        add_indicator(finding, &detail->indicators.at[i], arena);
    if (!is_told(&finding->ssvc))
        finding->ssvc = detail->ssvc;
}

/* A title that was given before a sentence that was cut. */
static struct str title_of(const struct detail *details, size_t count)
{
    struct str title = STR_NONE;

    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(details[i].title))
            continue;
        if (details[i].is_title)
            return details[i].title;
        if (str_is_empty(title))
            title = details[i].title;
    }
    return title;
}

void detail_add(const struct detail *details, size_t count, struct arena *arena,
                struct finding *finding)
{
    finding->title = title_of(details, count);
    for (size_t i = 0; i < count; i++)
        add(&details[i], arena, finding);
}
