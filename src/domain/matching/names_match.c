#include "domain/matching/index_internal.h"

#include "domain/matching/match.h"

/* A name against the criteria of its product. */

struct asking {
    struct layer_session *session;
    const struct index_layer *layer;
    const struct asked_name *name;
    uint32_t asked;
    bool tells_version; /* a value: neither ANY nor NA */
    struct run bounds;  /* of the product at hand */
    struct version_place place;
    bool is_placed;
};

static bool tail_allows(const struct asking *asking, uint32_t tail, bool is_joined)
{
    struct str field[CRITERION_TAIL], rest;

    if (tail == INDEX_ANY_TAIL)
        return true;
    rest = index_text(asking->layer, tail);
    for (size_t i = 0; i < CRITERION_TAIL; i++) {
        size_t end = 0;

        while (end < rest.len && rest.ptr[end] != ':')
            end += rest.ptr[end] == '\\' && end + 1 < rest.len ? 2 : 1;
        field[i] = str_take(rest, end);
        rest = str_drop(rest, end + 1);
    }
    return criterion_tail_allows(field, is_joined, asking->name);
}

static enum finding_kind kind_of(enum criterion_answer answer)
{
    return answer == CRITERION_YES   ? FINDING_AFFECTED
           : answer == CRITERION_ALL ? FINDING_NO_RANGE
                                     : FINDING_UNKNOWN_VERSION;
}

/* The records and configurations of a criterion that the name meets. */
static void meet(struct asking *asking, uint32_t criterion, struct run postings,
                 enum criterion_answer answer, int confidence)
{
    struct layer_session *session = asking->session;
    bool is_system = asking->name->component == (size_t)QUESTION_SYSTEM;
    bool is_told = !is_system && (answer != CRITERION_UNSURE || session->all->unknown);
    const unsigned char *at = asking->layer->sections[SECTION_POSTINGS].at;
    struct match_hit *hits = session_room(session->all, postings.end - postings.first);
    struct match_hit hit = { .at = criterion,
                             .configuration = STATEMENT_NONE,
                             .asked = asking->asked,
                             .kind = (uint16_t)kind_of(answer),
                             .confidence = (uint16_t)confidence };
    size_t count = 0;

    session_match(session, (struct match){ .criterion = criterion,
                                           .asked = asking->asked,
                                           .answer = (uint8_t)answer,
                                           .confidence = (uint8_t)confidence });
    for (uint32_t i = postings.first; i < postings.end; i++) {
        uint32_t to = index_u32(at + (size_t)i * sizeof(uint32_t));

        if (to & POSTING_CONFIGURATION) {
            session_touch(session, to & ~POSTING_CONFIGURATION);
        } else if (!layer_is_masked(asking->layer, to)) {
            hit.record = asking->layer->first_record + to;
            hits[count++] = hit;
        }
    }
    session->all->hits.len += is_told ? count : 0;
}

/* ---- single values ---- */

static void meet_point(struct asking *asking, uint32_t number, const struct point_row *row,
                       enum criterion_answer answer)
{
    struct point_row next;

    if (!tail_allows(asking, row->tail, false))
        return;
    INDEX_ROW(asking->layer, SECTION_POINTS, (size_t)number + 1, &next);
    meet(asking, number,
         index_run(row->postings, next.postings,
                   asking->layer->sections[SECTION_POSTINGS].len / sizeof(uint32_t)),
         answer, answer == CRITERION_YES ? CONFIDENCE_EXACT : CONFIDENCE_NAME_ONLY);
}

static void ask_points(struct asking *asking, struct run points)
{
    struct str version = asking->name->cpe.field[CPE_VERSION];
    uint32_t low = points.first, high = points.end;
    struct point_row row;

    if (cpe_is_any(version)) {
        for (uint32_t i = points.first; i < points.end; i++) {
            INDEX_ROW(asking->layer, SECTION_POINTS, i, &row);
            meet_point(asking, i, &row, CRITERION_UNSURE);
        }
        return;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        INDEX_ROW(asking->layer, SECTION_POINTS, middle, &row);
        if (str_cmp(index_text(asking->layer, row.version), version) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < points.end; low++) {
        INDEX_ROW(asking->layer, SECTION_POINTS, low, &row);
        if (!str_eq(index_text(asking->layer, row.version), version))
            return;
        meet_point(asking, low, &row, CRITERION_YES);
    }
}

/* ---- ranges and all versions ---- */

static bool is_inside(struct asking *asking, const struct range_row *row)
{
    if (!asking->is_placed) {
        asking->place = index_place(asking->layer, SECTION_BOUNDS, asking->bounds, VERSION_GENERIC,
                                    asking->name->version);
        asking->is_placed = true;
    }
    return place_is_inside(asking->place, asking->bounds.first, row->from,
                           (row->flags & RANGE_FROM_EXCLUDED) != 0, row->to,
                           (row->flags & RANGE_TO_INCLUDED) != 0);
}

/* As criterion_answers, with the places of the bounds instead of their texts. */
static enum criterion_answer range_answers(struct asking *asking, const struct range_row *row,
                                           bool is_platform)
{
    enum criterion_shape shape = row->flags & RANGE_SHAPE;
    enum criterion_answer answer = CRITERION_YES;

    if (shape != CRITERION_BOUNDED)
        answer = criterion_value_answers(shape, index_text(asking->layer, row->version),
                                         asking->name, is_platform);
    if (answer != CRITERION_YES || (row->from == 0 && row->to == 0))
        return answer;
    if (cpe_is_any(asking->name->cpe.field[CPE_VERSION]))
        return CRITERION_UNSURE;
    return asking->tells_version && is_inside(asking, row) ? CRITERION_YES : CRITERION_NO;
}

static void ask_range(struct asking *asking, uint32_t number)
{
    const struct index_layer *layer = asking->layer;
    enum criterion_answer answer;
    struct range_row row, next;
    int confidence = CONFIDENCE_NAME_ONLY;
    bool is_joined;

    INDEX_ROW(layer, SECTION_RANGES, number, &row);
    is_joined = criterion_is_joined(row.flags & RANGE_SHAPE, row.to != 0);
    answer = range_answers(asking, &row, false);
    if (answer == CRITERION_NO && !(row.flags & RANGE_IS_PLATFORM))
        return;
    if (answer == CRITERION_NO) {
        answer = range_answers(asking, &row, true);
        if (answer != CRITERION_NO && tail_allows(asking, row.tail, is_joined))
            session_match(asking->session, (struct match){ .criterion = layer->points + number,
                                                           .asked = asking->asked,
                                                           .answer = answer,
                                                           .is_platform_only = true });
        return;
    }
    if (!tail_allows(asking, row.tail, is_joined))
        return;
    INDEX_ROW(layer, SECTION_RANGES, (size_t)number + 1, &next);
    if (answer == CRITERION_YES)
        confidence = row.from == 0 && row.to == 0 ? CONFIDENCE_EXACT : CONFIDENCE_GENERIC;
    meet(asking, layer->points + number,
         index_run(row.postings, next.postings,
                   layer->sections[SECTION_POSTINGS].len / sizeof(uint32_t)),
         answer, confidence);
}

/* ---- products ---- */

static void ask_product(struct asking *asking, uint32_t number)
{
    const struct index_layer *layer = asking->layer;
    struct product_row row, next;
    struct run ranges;

    INDEX_ROW(layer, SECTION_PRODUCTS, number, &row);
    INDEX_ROW(layer, SECTION_PRODUCTS, (size_t)number + 1, &next);
    asking->bounds = index_run(row.bounds, next.bounds,
                               layer->sections[SECTION_BOUNDS].len / sizeof(struct bound_row));
    asking->is_placed = false;
    ask_points(asking, index_run(row.points, next.points, layer->points));
    ranges = index_run(row.ranges, next.ranges, layer->ranges);
    for (uint32_t i = ranges.first; i < ranges.end; i++)
        ask_range(asking, i);
}

static bool stands_for(struct str product, const struct cpe *cpe)
{
    for (size_t i = CPE_PART; i <= CPE_PRODUCT; i++) {
        enum cpe_relation relation;
        size_t end = 0;

        while (end < product.len && product.ptr[end] != ':')
            end += product.ptr[end] == '\\' && end + 1 < product.len ? 2 : 1;
        relation = cpe_field_relation(str_take(product, end), cpe->field[i]);
        if (relation != CPE_EQUAL && relation != CPE_SUPERSET)
            return false;
        product = str_drop(product, end + 1);
    }
    return true;
}

void layer_ask_name(struct layer_session *session, const struct asked_name *name, uint32_t asked)
{
    const struct index_layer *layer = session->layer;
    struct asking asking = { .session = session, .layer = layer, .name = name, .asked = asked };
    size_t wild = layer->sections[SECTION_WILD].len / sizeof(uint32_t);
    uint32_t product;

    asking.tells_version = !str_is_empty(name->version);
    if (index_find_product(layer, &name->cpe, &product))
        ask_product(&asking, product);
    for (size_t i = 0; i < wild; i++) {
        struct product_row row;

        product = index_word(layer, SECTION_WILD, i);
        INDEX_ROW(layer, SECTION_PRODUCTS, product, &row);
        if (stands_for(index_text(layer, row.name), &name->cpe))
            ask_product(&asking, product);
    }
}

/* ---- criteria as texts ---- */

/* The product that a criterion belongs to: the last whose run begins at or before it. */
static uint32_t product_of(const struct index_layer *layer, uint32_t number, bool is_point)
{
    uint32_t low = 0, high = layer->products;

    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        struct product_row row;

        INDEX_ROW(layer, SECTION_PRODUCTS, middle, &row);
        if ((is_point ? row.points : row.ranges) <= number)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct str bound_text(const struct index_layer *layer, const struct product_row *product,
                             uint32_t place)
{
    struct bound_row row;

    if (place == 0)
        return STR_NONE;
    INDEX_ROW(layer, SECTION_BOUNDS, (size_t)product->bounds + place - 1, &row);
    return index_text(layer, row.text);
}

struct str index_criterion(const struct index_layer *layer, uint32_t number, struct arena *arena,
                           struct criterion *out)
{
    bool is_point = number < layer->points;
    struct range_row row = { 0 };
    struct product_row product;
    struct point_row point;

    *out = (struct criterion){ 0 };
    if (is_point) {
        INDEX_ROW(layer, SECTION_POINTS, number, &point);
        row.version = point.version;
        row.tail = point.tail;
    } else {
        INDEX_ROW(layer, SECTION_RANGES, number - layer->points, &row);
    }
    INDEX_ROW(layer, SECTION_PRODUCTS,
              product_of(layer, is_point ? number : number - layer->points, is_point), &product);
    out->from = bound_text(layer, &product, row.from);
    out->to = bound_text(layer, &product, row.to);
    out->from_is_excluded = (row.flags & RANGE_FROM_EXCLUDED) != 0;
    out->to_is_included = (row.flags & RANGE_TO_INCLUDED) != 0;
    out->cpe =
        arena_printf(arena, "cpe:2.3:%.*s:%.*s:%.*s", STR_ARG(index_text(layer, product.name)),
                     STR_ARG(index_text(layer, row.version)), STR_ARG(index_text(layer, row.tail)));
    return out->cpe;
}
